"""Lets us write on an open workbook undisturbed, and leaves everything as people had it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from toolkit.opc.trouble import FileRefused

if TYPE_CHECKING:
    import xlwings

_ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


@contextmanager
def calm(app: xlwings.App) -> Iterator[None]:
    """No redrawing and no recalculating in between; both as they were at the end, whatever happens.

    An engine that cannot say whether it redraws does so. One that cannot say how it calculates is left
    to calculate: what was chosen could not be put back.
    """
    with ExitStack() as afterwards:
        for setting, quiet, otherwise in (("screen_updating", False, True), ("calculation", "manual", None)):
            try:
                was = getattr(app, setting)
            except NotImplementedError:
                was = otherwise
            if was is not None:
                afterwards.callback(setattr, app, setting, was)
                setattr(app, setting, quiet)
        yield


def open_for_us(sheet: xlwings.Sheet) -> None:
    """Let this program write on a protected sheet, which stays protected for people.

    xlwings has no word of its own for protection, so this asks Excel itself where that is Excel on
    Windows; every other engine has nothing that answers to these names, and is left alone. It lasts
    until the workbook is closed. What people were allowed to do there they still are.
    Raises FileRefused 'sheet_protected' where a password keeps us out.
    """
    excel = getattr(sheet, "api", None)
    protect = getattr(excel, "Protect", None)
    if excel is None or protect is None or not excel.ProtectContents or excel.ProtectionMode:
        return
    rules = excel.Protection
    try:
        protect(
            DrawingObjects=excel.ProtectDrawingObjects,
            Contents=True,
            Scenarios=excel.ProtectScenarios,
            UserInterfaceOnly=True,
            **{name: getattr(rules, name) for name in _ALLOWED},
        )
    except Exception as trouble:  # of Excel, in a class that only exists on Windows
        raise FileRefused("sheet_protected", {"sheet": sheet.name}) from trouble
    if not excel.ProtectionMode:
        raise FileRefused("sheet_protected", {"sheet": sheet.name})
