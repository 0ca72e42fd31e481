"""Sheet Narekenen: short live formulas, and the results that belong in them."""
