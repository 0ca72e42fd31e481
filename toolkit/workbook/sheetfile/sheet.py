"""Edits on one sheet part, spliced into its bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.opc import markup
from toolkit.opc.markup import Splice
from toolkit.opc.references import column_letters
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile.cells import Content, cell_xml, formula_cell_xml, split_range
from toolkit.workbook.sheetfile.scan import CellSpan, RowSpan, SheetMap, scan

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """New content for one cell; style_from is the cell a new one takes its style of."""

    content: Content
    style_from: Place | None = None


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row must look: hidden or shown, and its height; None leaves it as it is."""

    hidden: bool | None = None
    points: float | None = None


def patched(
    data: bytes, part: str, edits: Mapping[Place, Edit], rows: Mapping[int, RowLook]
) -> tuple[bytes, bool]:
    """The part with the edits in it, and whether a formula gave way to a value.

    rows: row number -> how it must look.
    Raises FileRefused: what scan raises, 'no_formula' (a cached result for a cell without one),
    'shared_formula' and 'array_formula' (the cell holds or lies in a formula of several cells).
    """
    data = markup.as_utf8(data, part)
    by_row: dict[int, dict[int, Edit]] = {}
    interest = set()
    for (row, column), edit in edits.items():
        by_row.setdefault(row, {})[column] = edit
        if edit.style_from:
            interest.add(edit.style_from[0])
    return _Patch(data, scan(data, part, interest | by_row.keys()), by_row, rows).result()


class _Patch:
    """The splices of one sheet while they are being gathered."""

    def __init__(
        self,
        data: bytes,
        sheet: SheetMap,
        edits: Mapping[int, Mapping[int, Edit]],
        looks: Mapping[int, RowLook],
    ):
        self.data, self.sheet, self.edits, self.looks = data, sheet, edits, looks
        self.splices: list[Splice] = []
        self.created: list[Place] = []
        self.formula_lost = False

    def result(self) -> tuple[bytes, bool]:
        new_rows: list[tuple[int, bytes]] = []
        for row in sorted(self.edits.keys() | self.looks.keys()):
            if row in self.sheet.row_starts:
                self._edit_row(row)
            elif xml := self._new_row(row):
                new_rows.append((row, xml))
        self._insert_rows(new_rows)
        self._widen_dimension()
        return markup.spliced(self.data, self.splices), self.formula_lost

    def _edit_row(self, row: int) -> None:
        start = self.sheet.row_starts[row]
        stop = markup.tag_end(self.data, start)
        old = tag = self.data[start:stop]
        if row in self.looks:
            tag = _looking(tag, self.looks[row])
        if row in self.edits:
            inserted = self._edit_cells(row, self.sheet.rows[row])
            if inserted:
                tag = markup.with_attribute(tag, b"spans", None)
            if inserted and tag.endswith(b"/>"):
                tag = markup.opened(tag, b"".join(new for _, new in inserted))
            else:
                self.splices += [(position, position, new) for position, new in inserted]
        if tag != old:
            self.splices.append((start, stop, tag))

    def _edit_cells(self, row: int, span: RowSpan) -> list[tuple[int, bytes]]:
        """Replace the cells that are there; give back (position, xml) of those that are not."""
        inserted = []
        columns = [cell.column for cell in span.cells]
        for column, edit in sorted(self.edits[row].items()):
            at = bisect_left(columns, column)
            if at < len(columns) and columns[at] == column:
                self._replace_cell((row, column), span.cells[at], edit.content)
            elif xml := self._new_cell((row, column), edit, span.style):
                inserted.append((span.cells[at].start if at < len(columns) else span.end_event, xml))
        return inserted

    def _replace_cell(self, place: Place, cell: CellSpan, content: Content) -> None:
        reference, prefix = _reference(place), self.sheet.prefix
        formula = cell.formula
        if content.keeps_formula:
            if formula is None:
                raise FileRefused("no_formula", {"cell": reference})
            kept = self.data[formula.start : markup.element_end(self.data, formula.start, formula.end_event)]
            new = formula_cell_xml(prefix, reference, cell.style, cell.metadata, kept, content)
        else:
            if formula is not None:
                if formula.covers is not None:
                    code = "shared_formula" if formula.kind == "shared" else "array_formula"
                    raise FileRefused(code, {"cell": reference})
                self.formula_lost = True
            self._refuse_inside_array(place)
            new = cell_xml(prefix, reference, cell.style, content)
        stop = markup.element_end(self.data, cell.start, cell.end_event)
        self.splices.append((cell.start, stop, new))

    def _new_cell(self, place: Place, edit: Edit, row_style: str | None) -> bytes:
        """The xml of a cell that is not in the file yet; empty where there is nothing to write."""
        if edit.content.keeps_formula:
            raise FileRefused("no_formula", {"cell": _reference(place)})
        if edit.content.kind == "empty" and edit.style_from is None:
            return b""
        self._refuse_inside_array(place)
        self.created.append(place)
        style = self._style_of(edit.style_from) if edit.style_from else None
        style = style or row_style or self._column_style(place[1])
        return cell_xml(self.sheet.prefix, _reference(place), style, edit.content)

    def _style_of(self, place: Place) -> str | None:
        span = self.sheet.rows.get(place[0])
        cells = span.cells if span else []
        return next((cell.style for cell in cells if cell.column == place[1]), None)

    def _column_style(self, column: int) -> str | None:
        return next(
            (style for first, last, style in self.sheet.column_styles if first <= column <= last), None
        )

    def _refuse_inside_array(self, place: Place) -> None:
        row, column = place
        for top, left, bottom, right in self.sheet.arrays:
            if top <= row <= bottom and left <= column <= right:
                raise FileRefused("array_formula", {"cell": _reference(place)})

    def _new_row(self, row: int) -> bytes:
        """The xml of a row that is not in the file yet; empty where there is nothing to write."""
        cells = [
            self._new_cell((row, column), edit, None)
            for column, edit in sorted(self.edits.get(row, {}).items())
        ]
        body = b"".join(cells)
        name = f"{self.sheet.prefix}row".encode()
        bare = b"<" + name + f' r="{row}"/>'.encode()
        tag = _looking(bare, self.looks.get(row, RowLook()))
        if body:
            return markup.opened(tag, body)
        return b"" if tag == bare else tag

    def _insert_rows(self, new_rows: list[tuple[int, bytes]]) -> None:
        start = self.sheet.data_start
        stop = markup.tag_end(self.data, start)
        tag = self.data[start:stop]
        if new_rows and tag.endswith(b"/>"):
            whole = markup.opened(tag, b"".join(xml for _, xml in new_rows))
            self.splices.append((start, stop, whole))
            return
        numbers = list(self.sheet.row_starts)
        for row, xml in new_rows:
            after = bisect_left(numbers, row)
            known = after < len(numbers)
            position = self.sheet.row_starts[numbers[after]] if known else self.sheet.data_end_event
            self.splices.append((position, position, xml))

    def _widen_dimension(self) -> None:
        if not self.created or self.sheet.dimension is None:
            return
        start, written = self.sheet.dimension
        try:
            top, left, bottom, right = split_range(written)
        except ValueError:
            return  # an unreadable hint is left as it was
        rows, columns = zip(*self.created, strict=True)
        first = _reference((min(top, *rows), min(left, *columns)))
        last = _reference((max(bottom, *rows), max(right, *columns)))
        area = first if first == last else f"{first}:{last}"
        if split_range(area) != (top, left, bottom, right):
            stop = markup.tag_end(self.data, start)
            tag = markup.with_attribute(self.data[start:stop], b"ref", area.encode())
            self.splices.append((start, stop, tag))


def _reference(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def _looking(tag: bytes, look: RowLook) -> bytes:
    """The row tag with the look it must have; a tag that has it already stays as it is."""
    if look.hidden is not None and look.hidden != (markup.attribute(tag, b"hidden") in (b"1", b"true")):
        tag = markup.with_attribute(tag, b"hidden", b"1" if look.hidden else None)
    if look.points is not None:
        points = f"{look.points:g}".encode()
        if markup.attribute(tag, b"ht") != points:
            tag = markup.with_attribute(tag, b"ht", points)
            tag = markup.with_attribute(tag, b"customHeight", b"1")
    return tag
