"""The door of this room: values into known cells of a workbook, and every other byte left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from toolkit.opc.archive import Archive
from toolkit.opc.references import LAST_ROW, column_letters, split_reference
from toolkit.opc.relationships import (
    CONTENT_TYPES,
    main_part,
    related,
    relationships_part,
    without_content_type,
    without_relationship,
)
from toolkit.opc.saving import save_atomically
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile import book, tables
from toolkit.workbook.sheetfile.cells import TALLEST_ROW, content_of
from toolkit.workbook.sheetfile.columns import renamed, with_columns
from toolkit.workbook.sheetfile.sheet import Edit, Place, RowLook, patched
from toolkit.workbook.sheetfile.titles import CHART_PART, retitled


class Package:
    """An .xlsx or .xlsm file of which some cells get new values.

    What changes in the result: the sheet parts with edits, where their tables end, one attribute in
    workbook.xml (recalculate on opening), the titles of charts that show an edited cell, the names of table
    columns whose heading changed, and the calculation chain with its two entries, but only where a formula
    gave way to a value. Every other member is copied as its raw compressed bytes: pictures, comments, macros,
    printer settings, labels and whatever the next version of Excel brings.

    Raises FileRefused: 'encrypted', 'legacy_xls', 'pdf', 'empty', 'not_a_zip', 'truncated',
    'damaged', 'duplicate_part', 'missing_part', 'not_xml', 'xml_entities', 'other_document',
    'binary_workbook', 'signed' (an edit would break the signature).
    The file is read as it comes: run gate.inspect on files of others first.
    """

    def __init__(self, source: Path | bytes):
        raw = source if isinstance(source, bytes) else Path(source).read_bytes()
        self._archive = Archive(raw)
        signature = next((name for name in self.names if name.lower().startswith("_xmlsignatures/")), None)
        if signature:
            raise FileRefused("signed", {"part": signature})
        self._book_part = self._main_part()
        listed, self.date1904 = book.sheets_and_calendar(self.read(self._book_part), self._book_part)
        pointers = related(self._archive, self._book_part)
        targets = {pointer.id: pointer.target for pointer in pointers}
        self.sheets: Mapping[str, str] = MappingProxyType(
            {name: targets[id_] for name, id_ in listed if id_ in targets}
        )
        chains = [pointer.target for pointer in pointers if pointer.kind == "calcChain"]
        self._chains = [part for part in chains if part in self._archive]
        self._edits: dict[str, dict[Place, Edit]] = {}
        self._rows: dict[str, dict[int, RowLook]] = {}
        self._ends: dict[str, dict[str, int]] = {}
        self._columns: dict[str, dict[int, bool]] = {}
        self._headings: dict[str, dict[Place, str]] = {}

    def _main_part(self) -> str:
        if CONTENT_TYPES not in self._archive:
            raise FileRefused("other_document")
        main = main_part(self._archive)
        if not main or main.lower().startswith(("word/", "ppt/", "visio/")):
            raise FileRefused("other_document")
        if main.lower().endswith(".bin"):
            raise FileRefused("binary_workbook")
        return main

    @property
    def names(self) -> tuple[str, ...]:
        """The member names of the source, in its order."""
        return self._archive.names

    def read(self, part: str) -> bytes:
        """A part of the source, without the edits."""
        return self._archive.read(part)

    def set(self, sheet: str, cell: str, value: object, style_from: str | None = None) -> None:
        """Give one cell a value; it keeps its style.

        value: None clears; bool, int, float, Decimal, str, date and datetime become a value; text is
        always text, so '=1+1' stays those four characters; Cached replaces the result of a formula.
        style_from: a cell whose style a cell that is not in the file yet takes; without it the style
        of its row or column.

        Raises ValueError (no such cell, NaN, infinity, text too long), TypeError (any other type)
        and FileRefused 'no_such_sheet'; what the sheet itself forbids shows in to_bytes.
        """
        edit = Edit(content_of(value, self.date1904), split_reference(style_from) if style_from else None)
        self._edits.setdefault(self._part(sheet), {})[split_reference(cell)] = edit

    def hide_rows(self, sheet: str, hidden: Iterable[int], shown: Iterable[int] = ()) -> None:
        """Hide the spare rows of a table and show the used ones, so that charts and print skip them."""
        wishes = {row: False for row in shown}
        for row in hidden:
            if wishes.setdefault(row, True) is False:
                raise ValueError(f"row {row} cannot be both hidden and shown")
        for row in wishes:
            if not 1 <= row <= LAST_ROW:
                raise ValueError(f"row {row} is outside a sheet")
        looks = self._rows.setdefault(self._part(sheet), {})
        for row, is_hidden in wishes.items():
            looks[row] = replace(looks.get(row, RowLook()), hidden=is_hidden)

    def hide_columns(self, sheet: str, hidden: Iterable[int], shown: Iterable[int] = ()) -> None:
        """Hide the spare columns of a table and show the used ones."""
        wishes = self._columns.setdefault(self._part(sheet), {})
        wishes.update(dict.fromkeys(shown, False))
        wishes.update(dict.fromkeys(hidden, True))

    def heading(self, sheet: str, cell: str, text: str) -> None:
        """Give a header cell of a table another text, and its column that name."""
        self.set(sheet, cell, text)
        self._headings.setdefault(self._part(sheet), {})[split_reference(cell)] = text

    def row_height(self, sheet: str, row: int, points: float) -> None:
        """Give one row a height in points, so that wrapped text is not cut off."""
        if not 1 <= row <= LAST_ROW or not 0 < points <= TALLEST_ROW:
            raise ValueError(f"row {row} cannot be {points} points high")
        looks = self._rows.setdefault(self._part(sheet), {})
        looks[row] = replace(looks.get(row, RowLook()), points=points)

    def end_table(self, sheet: str, table: str, row: int) -> None:
        """Let a table of Excel end at a row, so that its filter passes over the spare rows below.

        table: its name. A sheet that has no such table any more is left alone.
        """
        self._ends.setdefault(self._part(sheet), {})[table] = row

    def _part(self, sheet: str) -> str:
        if sheet not in self.sheets:
            raise FileRefused("no_such_sheet", {"sheet": sheet})
        return self.sheets[sheet]

    def to_bytes(self, full_calc: bool = True) -> bytes:
        """The workbook with the edits in it.

        full_calc: make the spreadsheet program compute every formula when it opens the file.
        Raises FileRefused with the sheet among its facts: 'no_sheet_data', 'no_cell_addresses',
        'bad_reference', 'out_of_order', 'no_formula', 'shared_formula', 'array_formula', 'not_xml'.
        """
        replaced: dict[str, bytes] = {}
        formula_lost = False
        for sheet, part in self.sheets.items():
            edits, rows = self._edits.get(part, {}), self._rows.get(part, {})
            if edits or rows:
                try:
                    sized = with_columns(self.read(part), part, self._columns.get(part, {}))
                    replaced[part], lost = patched(sized, part, edits, rows)
                except FileRefused as error:
                    raise FileRefused(error.code, {**error.facts, "sheet": sheet}) from error
                formula_lost |= lost
            replaced |= self._ended(part)
        if full_calc:
            replaced[self._book_part] = book.with_full_calculation(
                self.read(self._book_part), self._book_part
            )
        if formula_lost and self._chains:
            self._forget_chains(replaced)
        for part, headings in self._headings.items():
            for pointer in related(self._archive, part):
                if pointer.kind == "table" and pointer.target in self._archive:
                    table = replaced.get(pointer.target) or self.read(pointer.target)
                    replaced[pointer.target] = renamed(table, pointer.target, headings)
        texts = self._texts()
        for part in filter(CHART_PART.fullmatch, self.names if texts else ()):
            replaced[part] = retitled(self.read(part), part, texts)
        untouched = [part for part, data in replaced.items() if data == self.read(part)]
        for part in untouched:
            del replaced[part]
        return self._archive.rebuilt(replaced, self._chains if formula_lost else ())

    def _ended(self, part: str) -> dict[str, bytes]:
        """The tables of a sheet that end elsewhere, by their parts."""
        ends, found = self._ends.get(part), {}
        for pointer in related(self._archive, part) if ends else ():
            if ends and pointer.kind == "table" and pointer.target in self._archive:
                data = self.read(pointer.target)
                if last := ends.get(tables.name_of(data, pointer.target)):
                    found[pointer.target] = tables.ending_at(data, pointer.target, last)
        return found

    def _texts(self) -> dict[tuple[str, str], str]:
        """Every cell that got a text, with that text."""
        return {
            (sheet, f"{column_letters(column)}{row}"): edit.content.text
            for sheet, part in self.sheets.items()
            for (row, column), edit in self._edits.get(part, {}).items()
            if edit.content.kind == "text"
        }

    def _forget_chains(self, replaced: dict[str, bytes]) -> None:
        """A calculation chain that names a cell without formula makes Excel repair the file."""
        pointers = relationships_part(self._book_part)
        for part in self._chains:
            rels = replaced.get(pointers) or self.read(pointers)
            replaced[pointers] = without_relationship(rels, self._book_part, part)
            types = replaced.get(CONTENT_TYPES) or self.read(CONTENT_TYPES)
            replaced[CONTENT_TYPES] = without_content_type(types, part)

    def save(self, path: Path, full_calc: bool = True) -> None:
        """Write the workbook at path in one step; on failure the old file stays as it was."""
        save_atomically(Path(path), self.to_bytes(full_calc))
