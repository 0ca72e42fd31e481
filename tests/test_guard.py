"""The gate before any parser: forms pass, and whatever would hurt or is something else does not."""

import io
import struct
import zipfile
from pathlib import Path

import ooxml
import openpyxl
import pytest

from toolkit.opc import archive
from toolkit.opc.archive import MIB, Limits
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.opening import far_cells, gate

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
FILLED = '<table:table-cell office:value-type="float" office:value="1" {}/>'
EMPTY_ROW = '<table:table-cell table:number-columns-repeated="16384"/>'


def workbook(sheet: str | bytes, **parts: str | bytes) -> bytes:
    return ooxml.zipped({**ooxml.workbook_parts({"Blad": sheet}), **parts})


def cells(*references: str, content: str = "<v>1</v>") -> str:
    rows = [f'<row r="{ref.lstrip("ABCDEFXZ")}"><c r="{ref}">{content}</c></row>' for ref in references]
    return ooxml.sheet_xml("".join(rows))


def open_document(rows: str) -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Geld">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return ooxml.zipped({"mimetype": ODS_TYPE, "META-INF/manifest.xml": "<manifest/>", "content.xml": body})


def ods_row(content: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{content}</table:table-row>'


@pytest.fixture
def refused(tmp_path):
    """Inspect these bytes as a file and give back the refusal."""

    def inspect(data: bytes) -> FileRefused:
        path = tmp_path / "bestand"
        path.write_bytes(data)
        with pytest.raises(FileRefused) as caught:
            gate.inspect(path)
        return caught.value

    return inspect


@pytest.fixture
def passes(tmp_path):
    """Inspect these bytes as a file that must pass."""

    def inspect(data: bytes) -> None:
        path = tmp_path / "bestand.xlsx"
        path.write_bytes(data)
        assert gate.inspect(path) is None

    return inspect


# --- what passes


def test_a_workbook_of_openpyxl_passes(passes):
    book = openpyxl.Workbook()
    for row in range(300):
        book.active.append([row, "tekst", row / 3])
    buffer = io.BytesIO()
    book.save(buffer)
    passes(buffer.getvalue())


@pytest.mark.parametrize("content_type", [ooxml.BOOK_TYPE, ooxml.MACRO_BOOK_TYPE])
def test_workbooks_with_and_without_macros_pass(passes, content_type):
    parts = ooxml.workbook_parts({"Blad": cells("A1")})
    types = parts["[Content_Types].xml"].replace(ooxml.BOOK_TYPE, content_type)
    passes(ooxml.zipped({**parts, "[Content_Types].xml": types}))


def test_a_zip_that_was_streamed_and_one_without_compression_pass(passes):
    parts = ooxml.workbook_parts({"Blad": cells("A1")})
    passes(ooxml.streamed(parts))
    passes(ooxml.zipped(parts, zipfile.ZIP_STORED))


def test_pictures_may_hold_any_bytes(passes):
    passes(workbook(cells("A1"), **{"xl/media/foto.png": b"\x89PNG <!DOCTYPE html> <c r " * 90_000}))


def test_a_long_sheet_with_few_columns_passes(passes):
    passes(workbook(cells("A1", "F1048576")))


def test_a_wide_sheet_with_few_rows_passes(passes):
    passes(workbook(cells("A1", "XFD500")))


def test_an_empty_cell_far_away_does_no_harm(passes):
    extra = "<ext><f>A1</f><v>1</v></ext>"
    passes(workbook(cells("A1", "XFD1048576", content="").replace("</worksheet>", extra + "</worksheet>")))
    passes(workbook('<dimension ref="A1:XFD1048576"/>' + cells("A1")))


def test_a_value_outside_any_cell_does_no_harm(passes):
    passes(workbook(cells("A9", "XFD9").replace("</sheetData>", '<row r="1048576"><v/></row></sheetData>')))


def test_text_about_document_types_passes(passes):
    passes(workbook(ooxml.sheet_xml('<row r="1"><c r="A1"><is><t>&lt;!DOCTYPE</t></is></c></row>')))


def test_an_ods_with_the_usual_empty_rows_at_the_end_passes(passes):
    passes(open_document(ods_row(FILLED.format("")) + ods_row(EMPTY_ROW, 1_048_575)))


# --- what is something else


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"naam;aantal\njan;1\n", "not_a_zip"),
        (b"<html><table></table></html>", "not_a_zip"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.7", "not_a_zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "legacy_xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (ooxml.zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<Types/>"}), "other_document"),
        (ooxml.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "other_document"),
        (ooxml.zipped({"foto.png": b"\x89PNG"}), "other_document"),
        (ooxml.zipped({}), "other_document"),
        (
            ooxml.zipped(
                {
                    "mimetype": ODS_TYPE,
                    "META-INF/manifest.xml": "<file-entry><encryption-data/></file-entry>",
                }
            ),
            "encrypted",
        ),
        (
            ooxml.zipped(
                {
                    "[Content_Types].xml": '<Types><Override ContentType="application/'
                    'vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
                }
            ),
            "binary_workbook",
        ),
    ],
)
def test_a_file_that_is_something_else_is_named(refused, data, code):
    assert refused(data).code == code


def test_a_binary_workbook_beside_an_ordinary_one_is_named(refused):
    assert refused(workbook(cells("A1"), **{"xl/Workbook.bin": b"x"})).code == "binary_workbook"


def test_a_word_document_with_a_workbook_inside_is_no_workbook(refused):
    types = '<Types><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-{}"/></Types>'
    inside = types.format("officedocument.spreadsheetml.sheet")
    data = ooxml.zipped({"[Content_Types].xml": inside, "word/embeddings/a.xlsx": workbook(cells("A1"))})
    assert refused(data).code == "other_document"


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    for path, code in ((tmp_path / "weg.xlsx", "missing"), (tmp_path, "folder")):
        with pytest.raises(FileRefused) as caught:
            gate.inspect(path)
        assert caught.value.code == code


def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(archive, "open", locked, raising=False)
    with pytest.raises(FileRefused) as caught:
        gate.inspect(tmp_path / "dicht.xlsx")
    assert (caught.value.code, caught.value.facts) == ("unreadable", {"reason": "Permission denied"})


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_file_that_was_cut_short_is_named(refused, kept):
    data = workbook(cells("A1"))
    assert refused(data[: int(len(data) * kept)]).code == "truncated"


def test_a_zip_with_a_password_is_encrypted(refused):
    data = bytearray(workbook(cells("A1")))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert refused(bytes(data)).code == "encrypted"


def test_flipped_bits_are_damage(refused):
    data = bytearray(ooxml.zipped(ooxml.workbook_parts({"Blad": cells("A1")}), zipfile.ZIP_STORED))
    data[data.index(b"<row")] ^= 0x01
    caught = refused(bytes(data))
    assert (caught.code, caught.facts) == ("damaged", {"part": "xl/worksheets/sheet1.xml"})


def test_flipped_compressed_bits_are_damage(refused):
    data = workbook(cells("A1"))
    packed = next(raw for name, _, raw in ooxml.raw_members(data) if name == "xl/workbook.xml")
    assert refused(data.replace(packed, b"\xff" * len(packed))).code == "damaged"


def test_a_rare_way_of_packing_is_refused(refused):
    assert refused(ooxml.zipped({"a.xml": "<a/>"}, zipfile.ZIP_BZIP2)).code == "damaged"


def test_every_cut_and_every_flipped_byte_ends_in_a_refusal_or_passes(tmp_path):
    data = workbook(cells("A1", "XFD9", "B1048570"))
    path = tmp_path / "kapot.xlsx"
    codes = set()
    for place in range(0, len(data), 3):
        spoiled = bytearray(data)
        spoiled[place] ^= 0x55
        for version in (bytes(spoiled), data[:place]):
            path.write_bytes(version)
            try:
                gate.inspect(path)
            except FileRefused as error:
                codes.add(error.code)
    assert {"truncated", "damaged", "not_a_zip", "stray_cell"} <= codes


# --- what is too large


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "groot.xlsx"
    path.write_bytes(workbook(cells("A1")))
    monkeypatch.setattr(gate, "FILE_LIMIT", 100)
    with pytest.raises(FileRefused) as caught:
        gate.inspect(path)
    assert caught.value.facts == {"size": path.stat().st_size, "limit": 100}


def test_a_part_that_inflates_too_far_is_refused(refused, monkeypatch):
    monkeypatch.setattr(gate, "LIMITS", Limits(part=2 * MIB))
    caught = refused(workbook(cells("A1"), **{"xl/media/leeg.bin": bytes(3 * MIB)}))
    assert (caught.code, caught.facts["part"]) == ("too_large", "xl/media/leeg.bin")


def test_parts_that_together_inflate_too_far_are_refused(refused, monkeypatch):
    monkeypatch.setattr(gate, "LIMITS", Limits(total=2 * MIB))
    many = {f"xl/media/{n}.bin": bytes(MIB) for n in range(3)}
    caught = refused(workbook(cells("A1"), **many))
    assert (caught.code, caught.facts) == ("too_large", {"limit": 2 * MIB})


def test_a_bomb_is_refused(refused):
    caught = refused(workbook(cells("A1"), **{"xl/bom.xml": b"<a>" + b" " * (30 * MIB)}))
    assert (caught.code, caught.facts) == ("bomb", {"part": "xl/bom.xml"})


def test_a_header_that_lies_about_the_size_changes_nothing(refused, monkeypatch):
    monkeypatch.setattr(gate, "LIMITS", Limits(part=2 * MIB))
    data = bytearray(workbook(cells("A1"), **{"xl/bom.xml": bytes(3 * MIB)}))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, entry + 24, 100)
    assert refused(bytes(data)).code == "too_large"


def test_too_many_parts_are_refused(refused, monkeypatch):
    monkeypatch.setattr(gate, "LIMITS", Limits(members=5))
    caught = refused(workbook(cells("A1"), extra="x"))
    assert (caught.code, caught.facts) == ("too_many_parts", {"count": 6, "limit": 5})


# --- texts that many cells point at


def with_texts(cells: int, *texts: str) -> bytes:
    """A workbook in which so many cells point at each of the texts."""
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(len(texts))) + "</row>"
        for row in range(1, cells + 1)
    )
    table = "".join(f"<si><r><t>{text}</t></r></si>" for text in texts)
    return workbook(
        ooxml.sheet_xml(rows), **{"xl/sharedStrings.xml": f'<sst xmlns="{ooxml.MAIN}">{table}</sst>'}
    )


def test_a_long_text_in_too_many_cells_is_refused(refused):
    caught = refused(with_texts(6_000, "x" * 20_000))
    assert (caught.code, caught.facts) == (
        "too_much_text",
        {"part": "xl/sharedStrings.xml", "limit": far_cells.TEXT_LIMIT},
    )


def test_an_end_of_text_that_is_written_inside_one_does_not_shorten_it(refused):
    assert refused(with_texts(6_000, "<![CDATA[</si>]]>" + "x" * 20_000)).code == "too_much_text"


def test_a_long_text_among_many_short_ones_passes(passes):
    data = with_texts(9_000, "ja", "nee")
    table = f'<sst xmlns="{ooxml.MAIN}"><si><t>ja</t></si><si><t/></si><si><t>{"x" * 32_767}</t></si></sst>'
    passes(ooxml.with_part(data, "xl/sharedStrings.xml", lambda _: table.encode()))


# --- entities


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("lead", ["", "  \n", "<!-- voor -->"])
def test_document_types_are_refused_in_any_encoding(refused, encoding, lead):
    sheet = lead + '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + cells("A1")
    caught = refused(workbook(sheet.encode(encoding)))
    assert (caught.code, caught.facts) == ("xml_entities", {"part": "xl/worksheets/sheet1.xml"})


def test_a_document_type_across_two_pieces_is_refused(refused):
    lead = "<!--" + " " * (MIB - 12) + "-->"
    assert refused(workbook(lead + "<!DOCTYPE x>" + cells("A1"))).code == "xml_entities"


# --- stray cells


@pytest.mark.parametrize(
    "sheet",
    [
        cells("A1", "XFD1048576"),
        cells("XFD1048576"),
        cells("XFD1", "A1048576"),
        cells("A1", "ZZZ1048576").replace("ZZZ", "XFC"),
        cells("A1", "XFD1048576", content="<f>1</f>"),
        cells("A1", "XFD1048576", content="<is><t>x</t></is>"),
        cells("A1", "XFD1048576").replace('r="XFD1048576"', "r = 'XFD1048576'"),
        cells("A1", "XFD1048576").replace("<c r", "<c\n s='1' r"),
        cells("A1", "XFD1048576").replace("1048576", "&#49;048576"),
        cells("A1", "XFD1048576").encode("utf-16"),
        cells("A1", "XFD1048576").encode("utf-16-le"),
        cells("A1", "XFD1048576")
        .replace("xmlns=", "xmlns:z=")
        .replace("</", "</z:")
        .replace("<", "<z:")
        .replace("<z:/z:", "</z:"),
        ooxml.sheet_xml('<row r="1048576">' + "<c><v>1</v></c>" * 10 + "</row>"),
        ooxml.sheet_xml("<row>" + "<c><v>1</v></c>" * 17_000 + '</row><row r="9999"><c><v/></c></row>'),
    ],
    ids=range(14),
)
def test_a_stray_cell_is_refused_however_it_is_written(refused, sheet):
    caught = refused(workbook(sheet))
    assert caught.code == "stray_cell"
    assert caught.facts["part"] == "xl/worksheets/sheet1.xml"
    assert caught.facts["sheet"] == "Blad"


def test_the_refusal_names_the_stray_cell(refused):
    assert refused(workbook(cells("A1", "XFD1048576"))).facts["cell"] == "XFD1048576"


@pytest.mark.parametrize("before", [MIB - 60, *range(MIB - 30, MIB, 7)])
def test_a_stray_cell_across_two_pieces_is_refused(refused, before):
    head = f'<worksheet xmlns="{ooxml.MAIN}">'
    start = '<sheetData><row r="1048576">'
    padding = "<!--" + "x" * (before - len(head) - len(start) - 7) + "-->"
    sheet = head + padding + start + '<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    assert refused(workbook(sheet)).code == "stray_cell"


def test_a_stray_cell_behind_a_very_long_prefix_is_refused(refused):
    prefix = "p" * 1_100_000
    sheet = (
        f'<worksheet xmlns:{prefix}="{ooxml.MAIN}" xmlns="{ooxml.MAIN}"><sheetData><row r="1048576">'
        f'<{prefix}:c r="XFD1048576"><v>1</v></{prefix}:c></row></sheetData></worksheet>'
    )
    assert refused(workbook(sheet)).code == "stray_cell"


def test_a_sheet_under_another_name_is_looked_at_too(refused):
    parts = ooxml.workbook_parts({"Blad": cells("A1")})
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "media/foto.png"
    )
    parts["xl/media/foto.png"] = cells("A1", "XFD1048576")
    caught = refused(ooxml.zipped(parts))
    assert caught.facts == {"part": "xl/media/foto.png", "sheet": "Blad", "cell": "XFD1048576"}


def test_where_the_workbook_gives_no_sheet_name_the_part_stands_in(refused):
    parts = ooxml.workbook_parts({"Blad": cells("A1", "XFD1048576")})
    parts["xl/workbook.xml"] = "geen xml"
    assert refused(ooxml.zipped(parts)).facts["sheet"] == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (cells("A1", "XFD1048576").replace('r="XFD', 'r="A2" r="XFD'), "not_xml"),
        (cells("A1", "XFD1048576").replace("XFD1048576", "XFE1048577"), "bad_reference"),
        (ooxml.sheet_xml('<row r="9999999999"><c><v>1</v></c></row>'), "bad_reference"),
        ('<?xml version="1.0" encoding="shift_jis"?>' + cells("XFD1048576"), "not_xml"),
        ('<?xml version="1.0" encoding="klingon"?>' + cells("XFD1048576"), "not_xml"),
    ],
)
def test_a_sheet_that_cannot_be_proven_harmless_is_refused(refused, sheet, code):
    assert refused(workbook(sheet)).code == code


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(FILLED.format(""))
        + ods_row(EMPTY_ROW, 1_048_574)
        + ods_row('<table:table-cell table:number-columns-repeated="16383"/>' + FILLED.format("")),
        ods_row(FILLED.format('table:number-columns-repeated="1000"'), 100_000),
        ods_row(FILLED.format('table:number-columns-repeated="400000000"')),
        ods_row('<table:covered-table-cell table:number-columns-repeated="400000000"/>' + FILLED.format("")),
        ods_row('<table:table-cell table:formula="of:=1" table:number-columns-repeated="99999"/>', 999),
        ods_row('<table:table-cell office:value="1" table:number-columns-repeated="400000000"/>'),
        ods_row('<table:table-cell office:string-value="x" table:number-columns-repeated="99999"/>', 999),
    ],
    ids=range(7),
)
def test_stray_cells_of_an_ods_are_refused(refused, rows):
    caught = refused(open_document(rows))
    assert (caught.code, caught.facts["sheet"]) == ("stray_cell", "Geld")


def test_tables_of_an_ods_that_are_too_large_together_are_refused(refused):
    rows = ods_row(FILLED.format('table:number-columns-repeated="900"'), 10_000)
    assert refused(open_document(f'{rows}</table:table><table:table table:name="Twee">{rows}')).facts == {
        "part": "content.xml",
        "sheet": "Twee",
        "cell": "AHP10000",
    }


@pytest.mark.parametrize(
    ("cell", "repeated"),
    [
        ('<table:table-cell office:value-type="string"><text:s text:c="900000000"/></table:table-cell>', 1),
        (f'<table:table-cell office:value-type="string">{"x" * 20_000}</table:table-cell>', 9_000),
        (f'<table:table-cell table:formula="{"x" * 20_000}"/>', 9_000),
    ],
    ids=["spaces", "text", "formula"],
)
def test_an_ods_whose_texts_unfold_too_far_is_refused(refused, cell, repeated):
    caught = refused(open_document(ods_row(cell, repeated)))
    assert (caught.code, caught.facts) == (
        "too_much_text",
        {"part": "content.xml", "limit": far_cells.TEXT_LIMIT},
    )


def test_spaces_between_the_cells_of_an_ods_unfold_nowhere(passes):
    passes(open_document(ods_row(f"\n  {FILLED.format('')}\n  {EMPTY_ROW}\n  ", 99_999)))


def test_a_repetition_of_an_ods_that_is_no_number_is_refused(refused):
    rows = ods_row(FILLED.format('table:number-columns-repeated="-5"'))
    assert refused(open_document(rows)).code == "bad_reference"


def test_tables_inside_a_cell_of_an_ods_do_not_count(passes):
    inner = '<table:table table:name="in">' + ods_row(FILLED.format(""), 99) + "</table:table>"
    passes(open_document(ods_row(f"<table:table-cell>{inner}</table:table-cell>", 999_999)))


def test_the_path_may_be_text(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(cells("A1")))
    assert gate.inspect(str(path)) is None
