"""The economics: pure functions on numbers and arrays."""
