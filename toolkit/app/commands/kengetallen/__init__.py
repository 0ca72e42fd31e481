"""Commands about the library of unit values."""
