"""Write values into known cells of a workbook and leave every other byte alone."""

from toolkit.workbook.sheetfile.cells import Cached
from toolkit.workbook.sheetfile.writer import Package

__all__ = ["Cached", "Package"]
