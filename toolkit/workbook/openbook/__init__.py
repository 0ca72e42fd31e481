"""A workbook that is open in a spreadsheet program: read, write and put back, through xlwings.

Only sheets, ranges and what every engine of xlwings has; the one exception is in calm.py and says why.
xlwings itself is never imported here: whoever has a workbook open hands it over.
"""

from toolkit.workbook.openbook.cells import OpenBook
from toolkit.workbook.openbook.edits import Edits
from toolkit.workbook.openbook.snapshot import NotPutBack, keep, take
from toolkit.workbook.openbook.writing import put_back, write

__all__ = ["Edits", "NotPutBack", "OpenBook", "keep", "put_back", "take", "write"]
