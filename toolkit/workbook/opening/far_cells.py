"""The second step of the gate: parts that may unfold too far are parsed and measured.

A reader lays out the whole rectangle of a sheet, and gives every cell its own copy of a text that the
file holds once. What that would take is counted here, without taking it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.opc.archive import Member, Zip
from toolkit.opc.markup import End, Start, local_name, walk
from toolkit.opc.references import LAST_COLUMN, column_letters, split_reference
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile import Package

CELL_LIMIT = 10_000_000
TEXT_LIMIT = 100_000_000

# what makes a reader see something in a cell of OpenDocument
_ODS_FILLED = frozenset(
    ("value-type", "value", "string-value", "date-value", "time-value", "boolean-value", "formula")
)


def refuse_stray_sheet_cells(package: Zip, info: Member) -> None:
    """Refuse a sheet part where its filled cells span too large a rectangle."""
    part, spread = info.filename, _Spread()
    inside = False
    row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, row, column
        local = local_name(name)
        if local == "sheetData":
            inside = True
        elif not inside:
            return
        elif local == "row":
            row = split_at("A" + attributes["r"])[0] if "r" in attributes else row + 1
            column = 0
        elif local == "c":
            if "r" in attributes:
                row, column = split_at(attributes["r"])
            else:
                column += 1
        elif column and local in ("v", "is", "f") and spread.is_too_large_with(row, column):
            raise _stray_cell(part, _sheet_name(package, part), row, column)

    def end(name: str) -> None:
        nonlocal inside
        if local_name(name) == "sheetData":
            inside = False

    def split_at(reference: str) -> tuple[int, int]:
        try:
            return split_reference(reference)
        except ValueError as error:
            raise FileRefused("bad_reference", {"part": part, "cell": reference}) from error

    _parse(package, info, start, end)


def refuse_stray_ods_cells(package: Zip, info: Member) -> None:
    """The same for all tables of OpenDocument together, where a cell and a row say how often they repeat.

    The text in a cell repeats with it, and a space can say how often it repeats too.
    """
    part, spread = info.filename, _Spread()
    sheet = ""
    depth = row = column = row_repeats = copies = texts = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal sheet, depth, row, column, row_repeats, copies
        local = local_name(name)
        if local not in ("table", "table-row", "table-cell", "covered-table-cell", "s"):
            return
        plain = {local_name(key): value for key, value in attributes.items()}
        if local == "s":
            unfold(repeats(plain.get("c", "1")))
        elif local == "table":
            depth += 1
            if depth == 1:
                spread.begin_another()
                sheet, row = plain.get("name", ""), 0
        elif depth == 1 and local == "table-row":
            column, row_repeats = 0, repeats(plain.get("number-rows-repeated", "1"))
        elif depth == 1:
            column_repeats = repeats(plain.get("number-columns-repeated", "1"))
            column += column_repeats
            if not _ODS_FILLED.isdisjoint(plain):
                copies = column_repeats * row_repeats
                if spread.is_too_large_with(row + row_repeats, column):
                    raise _stray_cell(part, sheet, row + row_repeats, column)
                unfold(sum(map(len, plain.values())))

    def end(name: str) -> None:
        nonlocal depth, row, copies
        local = local_name(name)
        if local == "table":
            depth -= 1
        elif depth == 1 and local == "table-row":
            row += row_repeats
        elif depth == 1 and local in ("table-cell", "covered-table-cell"):
            copies = 0

    def unfold(length: int) -> None:
        nonlocal texts
        texts += length * copies
        if texts > TEXT_LIMIT:
            raise FileRefused("too_much_text", {"part": part, "limit": TEXT_LIMIT})

    def repeats(written: str) -> int:
        if not (written.isascii() and written.isdigit() and len(written) < 10):
            raise FileRefused("bad_reference", {"part": part, "cell": written})
        return int(written)

    _parse(package, info, start, end, lambda text: unfold(len(text)))


def refuse_heavy_texts(package: Zip, tables: Sequence[Member], sheets: Mapping[Member, int]) -> None:
    """Refuse sheets whose cells together hold too much text of the table of texts.

    sheets: at most how many cells of a part point at a text. Only where that many times the longest
    text is too much are the cells read to see which texts they point at.
    """
    most = sum(sheets.values())
    for table in tables:
        if table.file_size * most <= TEXT_LIMIT:
            continue
        lengths = _lengths(package, table)
        if max(lengths, default=0) * most <= TEXT_LIMIT:
            continue
        if sum(_text_of_table(package, sheet, lengths) for sheet in sheets) > TEXT_LIMIT:
            raise FileRefused("too_much_text", {"part": table.filename, "limit": TEXT_LIMIT})


def _lengths(package: Zip, info: Member) -> list[int]:
    """How long each text of a table of texts is."""
    found: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "si":
            found.append(0)

    def text(characters: str) -> None:
        if found:
            found[-1] += len(characters)

    _parse(package, info, start, text=text)
    return found


def _text_of_table(package: Zip, info: Member, lengths: Sequence[int]) -> int:
    """How long the texts are together that the cells of a sheet point at."""
    total, points = 0, False
    pieces: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal points
        if local_name(name) == "c":
            points = attributes.get("t") == "s"
        pieces.clear()

    def end(name: str) -> None:
        nonlocal total
        if points and local_name(name) == "v":
            written = "".join(pieces).strip()
            if written.isdecimal() and len(written) < 10 and int(written) < len(lengths):
                total += lengths[int(written)]

    _parse(package, info, start, end, pieces.append)
    return total


class _Spread:
    """The rectangle from A1 to the last filled row and column of one sheet, and those of sheets before it."""

    def __init__(self) -> None:
        self.before = self.rows = self.columns = 0

    def begin_another(self) -> None:
        self.before += self.rows * self.columns
        self.rows = self.columns = 0

    def is_too_large_with(self, row: int, column: int) -> bool:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        return self.before + self.rows * self.columns > CELL_LIMIT


def _stray_cell(part: str, sheet: str, row: int, column: int) -> FileRefused:
    letters = column_letters(column) if column <= LAST_COLUMN else f"column {column}, row "
    return FileRefused("stray_cell", {"part": part, "sheet": sheet, "cell": f"{letters}{row}"})


def _sheet_name(package: Zip, part: str) -> str:
    """The name on the tab of a sheet part; the part itself where the workbook cannot tell."""
    try:
        sheets = Package(package.raw()).sheets
    except FileRefused:
        return part
    return next((name for name, target in sheets.items() if target.lower() == part.lower()), part)


def _parse(package: Zip, info: Member, start: Start, end: End | None = None, text: End | None = None) -> None:
    walk(package.pieces(info), info.filename, start, end, text)
