"""Every Dutch word a user sees, and how numbers and lists are written."""
