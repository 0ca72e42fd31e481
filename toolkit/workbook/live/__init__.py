"""The live formulas of a workbook, and the results that belong in them."""
