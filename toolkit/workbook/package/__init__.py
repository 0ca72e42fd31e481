"""Write values into known cells of a workbook and leave every other byte alone."""

from toolkit.workbook.package.cells import Cached, column_letters, column_number, split_reference
from toolkit.workbook.package.saving import FileChanged, owner_file, replace_with_copy, save_atomically
from toolkit.workbook.package.trouble import WorkbookRefused
from toolkit.workbook.package.writer import Package

__all__ = [
    "Cached",
    "FileChanged",
    "Package",
    "WorkbookRefused",
    "column_letters",
    "column_number",
    "owner_file",
    "replace_with_copy",
    "save_atomically",
    "split_reference",
]
