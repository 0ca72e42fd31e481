"""What the live formulas of a form show, so that a form that was never recalculated shows it too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.kengetallen.library import Library
from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import word
from toolkit.workbook.layout.form import FORM
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
    known = {row["name"]: row for row in library_rows(library, price_level)["KV"]}
    for sheet, block, top in FORM.blocks():
        name = word(f"form.sheets.{sheet.code}.name")
        counts[block.prefix] = open_in_block(block, block.row_codes, cell)
        columns = {c: column_letters(n) for n, c in enumerate(block.column_codes, start=2)}
        for line, row in enumerate(block.row_codes, start=top + 3):
            shown: dict[str, object] = {}
            if "open" in columns:
                shown["open"] = open_in_row(block, row, cell)
            picked = cell(row, "change")
            if "said" in columns and picked in known:
                given = {c.code: cell(row, c.code) for c in block.asked}
                shown |= {c: known[picked][c] for c in FROM_LIBRARY}
                shown["said"] = _said(shown["open"], pieces(changes[picked], known[picked]["lasting"], given))
            if "row_change" in columns:
                shown["row_change"] = cell(f"EF{row[2:]}", "change") or ""
            yield from ((name, f"{columns[column]}{line}", value) for column, value in shown.items())
    yield from _counted(counts)


def _said(missing: object, row: Mapping[str, object]) -> str:
    return f"{word('form.open_questions.in_row')}{missing}" if missing else row["sentence"]


def _counted(counts: Mapping[str, int]) -> Iterator[tuple[str, str, object]]:
    """The lines above each sheet and the table on Uitleg."""
    for sheet in FORM.sheets:
        if sheet.kind == "input":
            open_here = sum(counts[part.prefix] for part in sheet.parts if isinstance(part, Block))
            said = f"{word('form.open_questions.on_sheet')}{open_here}"
            yield word(f"form.sheets.{sheet.code}.name"), "B4", said
    guide, table, top = FORM.find("OP")
    name = word(f"form.sheets.{guide.code}.name")
    column = column_letters(2 + [c.code for c in table.columns].index("open"))
    for line, (prefix, _) in enumerate(table.rows, start=top + 3):
        yield name, f"{column}{line}", counts[prefix]
    total = sum(counts[prefix] for prefix, _ in table.rows)
    yield name, "B4", f"{word('form.open_questions.in_form')}{total}"
