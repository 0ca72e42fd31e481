"""What the live formulas of a form show, so that a form that was never recalculated shows it too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.kengetallen.library import Library
from toolkit.model.narrowing import as_text, as_whole
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.form import EFFECTS, FORM, OPEN_QUESTIONS
from toolkit.workbook.layout.library import CHANGES
from toolkit.workbook.layout.parts import Block
from toolkit.workbook.live.library import FROM_LIBRARY, library_rows
from toolkit.workbook.live.open_questions import open_in_block, open_in_row
from toolkit.workbook.live.readback import pieces

Cells = Mapping[tuple[str, str], object]
"""What stands in a form, by row code and column code."""


def results(cells: Cells, library: Library, price_level: int) -> Iterator[tuple[str, str, object]]:
    """Sheet name, cell and result of every live formula on the sheets that people fill in."""

    def cell(row: str, column: str) -> object:
        return cells.get((row, column))

    counts: dict[str, int] = {}
    changes = {change.name: change for change in library.changes.values()}
    known = {row["name"]: row for row in library_rows(library, price_level)[CHANGES]}
    for placed, block in FORM.blocks():
        counts[block.code] = open_in_block(block, block.row_codes, cell)
        columns = {c: placed.letter(c) for c in block.column_codes}
        for line, row in zip(placed.rows, block.row_codes, strict=True):
            shown: dict[str, object] = {}
            if "open" in columns:
                shown["open"] = open_in_row(block, row, cell)
            picked = cell(row, "change")
            if "said" in columns and isinstance(picked, str) and picked in known:
                given = {c.code: cell(row, c.code) for c in block.asked}
                shown |= {c: known[picked][c] for c in FROM_LIBRARY}
                said = pieces(changes[picked], as_whole(known[picked]["lasting"]), given)
                shown["said"] = _said(shown["open"], said)
            if "row_change" in columns:
                shown["row_change"] = cell(EFFECTS.beside(row), "change") or ""
            yield from (
                (placed.sheet.name, f"{columns[column]}{line}", value) for column, value in shown.items()
            )
    yield from _counted(counts)


def _said(missing: object, row: Mapping[str, object]) -> str:
    return f"{word('form.open_questions.in_row')}{missing}" if missing else as_text(row["sentence"])


def _counted(counts: Mapping[str, int]) -> Iterator[tuple[str, str, object]]:
    """The lines above each sheet and the table on Uitleg."""
    for sheet in FORM.sheets:
        if sheet.kind == "input":
            open_here = sum(counts[part.code] for part in sheet.parts if isinstance(part, Block))
            said = f"{word('form.open_questions.on_sheet')}{open_here}"
            yield sheet.name, "B4", said
    placed = FORM.place(OPEN_QUESTIONS)
    for code in OPEN_QUESTIONS.row_codes:
        yield placed.sheet.name, placed.cell(code, "open"), counts[code]
    total = sum(counts[code] for code in OPEN_QUESTIONS.row_codes)
    yield placed.sheet.name, "B4", f"{word('form.open_questions.in_form')}{total}"
