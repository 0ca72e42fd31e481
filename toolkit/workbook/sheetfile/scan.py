"""One pass over a sheet part: where its rows, and the cells of the rows of interest, stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from xml.parsers import expat

from toolkit.opc import markup
from toolkit.opc.references import LAST_ROW, split_reference
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile.cells import split_range

MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)


@dataclass(slots=True)
class FormulaSpan:
    """The f element of a cell; kind is its t attribute; covers is set on the master of several cells."""

    start: int
    kind: str
    covers: str | None
    end_event: int = 0


@dataclass(slots=True)
class CellSpan:
    """A cell that is in the file; end_event is where expat stood at its end."""

    column: int
    start: int
    style: str | None
    metadata: str | None
    end_event: int = 0
    formula: FormulaSpan | None = None


@dataclass(slots=True)
class RowSpan:
    """A row of interest that is in the file; style is what its new cells take."""

    start: int
    style: str | None
    end_event: int = 0
    cells: list[CellSpan] = field(default_factory=list)


@dataclass(slots=True)
class SheetMap:
    """Byte offsets in one sheet part.

    prefix: the namespace prefix of its elements with the colon, or empty.
    data_start, data_end_event: the sheetData element.
    row_starts: every row number in the file, ascending, with the offset of its tag.
    rows: the rows of interest only, with their cells.
    column_styles: (first column, last column, style).
    dimension: offset of the dimension tag and its ref.
    arrays: ranges of the array formulas and data tables that fill more than one cell.
    """

    prefix: str = ""
    data_start: int = -1
    data_end_event: int = -1
    row_starts: dict[int, int] = field(default_factory=dict)
    rows: dict[int, RowSpan] = field(default_factory=dict)
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)
    dimension: tuple[int, str] | None = None
    arrays: list[tuple[int, int, int, int]] = field(default_factory=list)


def scan(data: bytes, part: str, interest: Collection[int]) -> SheetMap:
    """Find everything an edit needs to know; interest: the row numbers whose cells matter.

    Raises FileRefused: 'no_sheet_data' (a chart or dialog sheet), 'no_cell_addresses' (rows or
    cells without r), 'bad_reference', 'out_of_order', 'not_xml', 'xml_entities'.
    """
    found = SheetMap()
    parser = markup.new_parser(part)
    _listen(parser, found, frozenset(interest), data)
    markup.run(parser, data, part)
    if found.data_end_event < 0:
        raise FileRefused("no_sheet_data", {"part": part})
    return found


def _listen(parser: expat.XMLParserType, found: SheetMap, interest: frozenset[int], data: bytes) -> None:
    """Set the two expat handlers. Closures, because they run for every element of the sheet.

    A row without interest is passed over: no start handler until its end, unless the sheet may
    hold array formulas, which are noted wherever they are.
    """
    may_pass_over = b"array" not in data and b"dataTable" not in data
    data_name = row_name = cell_name = formula_name = ""
    last_row = 0
    inside = False
    row: RowSpan | None = None
    cell: CellSpan | None = None

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, cell
        if inside:
            if name == cell_name:
                if row is not None:
                    cell = _cell(attributes, row, last_row, parser.CurrentByteIndex)
            elif name == row_name:
                row = begin_row(attributes)
                if row is None and may_pass_over:
                    parser.StartElementHandler = None
            elif name == formula_name:
                begin_formula(attributes)
        else:
            begin_outside(name, attributes)

    def begin_outside(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, data_name, row_name, cell_name, formula_name
        namespace, _, local = name.rpartition(" ")
        if namespace not in MAIN_NAMESPACES:
            return
        if local == "sheetData" and found.data_start < 0:
            inside = True
            data_name = name
            row_name, cell_name, formula_name = (f"{namespace} {short}" for short in ("row", "c", "f"))
            found.data_start = parser.CurrentByteIndex
            written = markup.qualified_name(data[found.data_start : found.data_start + 300])
            found.prefix = written.decode("utf-8").removesuffix("sheetData")
        elif local == "dimension":
            found.dimension = parser.CurrentByteIndex, attributes.get("ref", "")
        elif local == "col":
            first, last, style = (_digits(attributes.get(key)) for key in ("min", "max", "style"))
            if first and last and style:
                found.column_styles.append((int(first), int(last), style))

    def begin_row(attributes: dict[str, str]) -> RowSpan | None:
        nonlocal last_row
        if "r" not in attributes:
            raise FileRefused("no_cell_addresses", {"after_row": last_row})
        written = attributes["r"]
        number = int(_digits(written) or 0)
        if not 1 <= number <= LAST_ROW:
            raise FileRefused("bad_reference", {"cell": written})
        if number <= last_row:
            raise FileRefused("out_of_order", {"cell": written})
        last_row = number
        found.row_starts[number] = parser.CurrentByteIndex
        if number not in interest:
            return None
        styled = attributes.get("customFormat") in ("1", "true")
        found.rows[number] = RowSpan(
            parser.CurrentByteIndex, _digits(attributes.get("s")) if styled else None
        )
        return found.rows[number]

    def begin_formula(attributes: dict[str, str]) -> None:
        kind, covers = attributes.get("t", "normal"), attributes.get("ref")
        if kind in ("array", "dataTable") and covers is not None:
            try:
                area = split_range(covers)
            except ValueError as error:
                raise FileRefused("bad_reference", {"cell": covers}) from error
            if area[:2] != area[2:]:
                found.arrays.append(area)
        if cell is not None:
            cell.formula = FormulaSpan(parser.CurrentByteIndex, kind, covers)

    def finish(name: str) -> None:
        nonlocal inside, row, cell
        if not inside:
            return
        if cell is not None:
            if name == cell_name:
                cell.end_event = parser.CurrentByteIndex
                cell = None
            elif name == formula_name and cell.formula is not None:
                cell.formula.end_event = parser.CurrentByteIndex
        elif name == row_name:
            parser.StartElementHandler = begin
            if row is not None:
                row.end_event = parser.CurrentByteIndex
                row = None
        elif name == data_name:
            found.data_end_event = parser.CurrentByteIndex
            inside = False

    parser.StartElementHandler, parser.EndElementHandler = begin, finish


def _cell(attributes: dict[str, str], row: RowSpan, number: int, start: int) -> CellSpan:
    if "r" not in attributes:
        raise FileRefused("no_cell_addresses", {"after_row": number - 1})
    try:
        at, column = split_reference(attributes["r"])
    except ValueError as error:
        raise FileRefused("bad_reference", {"cell": attributes["r"]}) from error
    if at != number or (row.cells and column <= row.cells[-1].column):
        raise FileRefused("out_of_order", {"cell": attributes["r"]})
    row.cells.append(CellSpan(column, start, _digits(attributes.get("s")), _digits(attributes.get("cm"))))
    return row.cells[-1]


def _digits(text: str | None) -> str | None:
    """A whole number as it is written, or None: what goes back into the file must be harmless."""
    return text if text is not None and len(text) < 10 and text.isascii() and text.isdigit() else None
