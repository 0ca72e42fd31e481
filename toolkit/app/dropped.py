"""Workbooks that are dragged onto the program: computed, with the outcome in a folder beside them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from toolkit.app.telling import say
from toolkit.words.vocabulary import word

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
FOLDER = "uitvoer"
ALONE = 2
"""Processes of a console that was opened for us: the program that starts Python, and Python itself."""


def are_files(arguments: Sequence[str]) -> bool:
    """True where there are only workbooks and no command, as when files are dragged onto the program.

    >>> are_files(["bereken", "de_kade.xlsx"]), are_files([])
    (False, False)
    """
    paths = [Path(argument) for argument in arguments]
    return bool(paths) and all(path.suffix.lower() in WORKBOOKS and path.is_file() for path in paths)


def compute(files: Sequence[str], run: Callable[[Sequence[str]], int]) -> int:
    """Compute each by the command that fits it; the worst exit code.

    run: does a command.  A window that was opened for us stays until someone has read it.
    """
    worst = 0
    for file in files:
        path = Path(file)
        worst = max(worst, run([_command(path), str(path), "--uit", str(path.parent / FOLDER)]))
    if _has_own_window():
        say("")
        input(word("screen.dropped.enter"))
    return worst


def _command(path: Path) -> str:
    # a command that is named does not wait for what reads workbooks
    from toolkit.app import walk
    from toolkit.workbook.layout import FORM

    _, findings = walk.read_raw(path, FORM)
    is_portfolio = any(f.code == "refused_is_portfolio" for f in findings)
    return "portefeuille" if is_portfolio else "bereken"


def _has_own_window() -> bool:
    """True where Windows opened a console for this program alone; it is gone when the program ends."""
    if sys.platform != "win32":
        return False
    import ctypes

    room = (ctypes.c_uint * (ALONE + 1))()
    return 0 < ctypes.windll.kernel32.GetConsoleProcessList(room, len(room)) <= ALONE
