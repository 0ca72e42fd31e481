"""The good workbooks that are spoiled: the shipped ones, one as Excel saves it, and one as .ods."""

from __future__ import annotations

import functools
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date
from importlib import resources
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

MIB = 1024 * 1024
Member = tuple[str, bytes]
WORKBOOKS = resources.files("toolkit.workbooks")
FORMS = ("buurtwerkplaats_noord", "de_kade", "de_spil", "het_anker", "het_trefpunt", "ons_erf")
FORM, PORTFOLIO, LIBRARY = "form", "portfolio", "library"
BOOK, BOOK_POINTERS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
MAIN_TYPE = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Source:
    """A good workbook; kind: what it is read as."""

    kind: str
    suffix: str
    members: tuple[Member, ...]

    @property
    def is_ods(self) -> bool:
        return self.suffix == ".ods"


@functools.cache
def source_of(name: str) -> Source:
    """A shipped workbook, or form 'shared' (texts in one part, as Excel saves) or 'ods'."""
    if name == "ods":
        return Source(FORM, ".ods", _as_ods(_shipped("voorbeelden/de_spil.xlsx")))
    if name == "shared":
        return Source(FORM, ".xlsx", _with_shared_strings(unpacked(_shipped("voorbeelden/de_kade.xlsx"))))
    if name == LIBRARY:
        return Source(LIBRARY, ".xlsx", unpacked(_shipped("kengetallen.xlsx")))
    if name == PORTFOLIO:
        return Source(PORTFOLIO, ".xlsx", unpacked(_shipped("voorbeelden/portefeuille.xlsx")))
    return Source(FORM, ".xlsx", unpacked(_shipped(f"voorbeelden/{name}.xlsx")))


SOURCES = (*FORMS, *FORMS, *("shared",) * 6, *("ods",) * 4, *(LIBRARY,) * 4, PORTFOLIO)


def _shipped(name: str) -> bytes:
    return WORKBOOKS.joinpath(name).read_bytes()


def unpacked(data: bytes) -> tuple[Member, ...]:
    """Names and contents of a zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def packed(members: list[Member] | tuple[Member, ...], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The members as a zip; two may have one name."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _with_shared_strings(members: tuple[Member, ...]) -> tuple[Member, ...]:
    texts: dict[bytes, int] = {}

    def shared(found: re.Match) -> bytes:
        return b't="s"><v>%d</v></c>' % texts.setdefault(found[1], len(texts))

    inline = re.compile(rb't="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
    changed = {name: inline.sub(shared, content) for name, content in members if "worksheets/sheet" in name}
    strings = b"".join(b"<si>%s</si>" % text for text in texts)
    changed["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + strings + b"</sst>"
    )
    pointer = (
        b'<Relationship Id="rIdTexts" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    changed[BOOK_POINTERS] = dict(members)[BOOK_POINTERS].replace(b"</Relationships>", pointer)
    return tuple({**dict(members), **changed}.items())


def _as_ods(data: bytes) -> tuple[Member, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables = b"".join(
        b'<table:table table:name="%s">' % escape(name).encode()
        + b"".join(map(_ods_row, book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
        + b"</table:table>"
        for name in book.sheet_names[:10]
    )
    spaces = b"".join(
        b' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    content = (
        b"<office:document-content" + spaces + b"><office:body><office:spreadsheet>"
        b"%s</office:spreadsheet></office:body></office:document-content>" % tables
    )
    manifest = b"<manifest/>"
    return (("mimetype", ODS_TYPE), ("META-INF/manifest.xml", manifest), ("content.xml", content))


def _ods_row(row: list[object]) -> bytes:
    return b"<table:table-row>" + b"".join(map(_ods_cell, row)) + b"</table:table-row>"


def _ods_cell(value: object) -> bytes:
    if value == "":
        return b"<table:table-cell/>"
    kind = "date" if isinstance(value, date) else "float" if isinstance(value, float) else "string"
    attribute = {
        "float": f' office:value="{value}"',
        "date": f' office:date-value="{value}"',
        "string": "",
    }[kind]
    text = escape(str(value))
    return (
        f'<table:table-cell office:value-type="{kind}"{attribute}><text:p>{text}</text:p></table:table-cell>'
    ).encode()
