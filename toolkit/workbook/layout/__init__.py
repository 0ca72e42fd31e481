"""The only map of the workbooks: sheets, blocks, codes, types and ranges.

Blank form, reader, intake, results and docs all follow from it. Words stand in words/form.toml.
"""

from toolkit.workbook.layout.books import Workbook
from toolkit.workbook.layout.form import FORM
from toolkit.workbook.layout.library_book import LIBRARY_BOOK
from toolkit.workbook.layout.portfolio import PORTFOLIO
from toolkit.workbook.layout.short import SHORT

__all__ = ["FORM", "LIBRARY_BOOK", "PORTFOLIO", "SHORT", "Workbook"]
