"""The bookkeeping part of a workbook: its sheets, its calendar, and when it computes."""

from __future__ import annotations

from toolkit.opc import markup
from toolkit.opc.trouble import FileRefused
from toolkit.workbook.sheetfile.scan import MAIN_NAMESPACES

_ID_ATTRIBUTES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
# the children of workbook that stand before calcPr
_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


def sheets_and_calendar(data: bytes, part: str) -> tuple[list[tuple[str, str]], bool]:
    """Sheet names with their relationship ids, in the order of the tabs; and: is it the 1904 calendar?"""
    wanted = {f"{namespace} {local}" for namespace in MAIN_NAMESPACES for local in ("sheet", "workbookPr")}
    sheets, date1904 = [], False
    for element in markup.elements(markup.as_utf8(data, part), part, wanted.__contains__):
        if element.local == "sheet":
            key = next((key for key in _ID_ATTRIBUTES if key in element.attributes), None)
            if key and "name" in element.attributes:
                sheets.append((element.attributes["name"], element.attributes[key]))
        else:
            date1904 = element.attributes.get("date1904") in ("1", "true")
    return sheets, date1904


def with_full_calculation(data: bytes, part: str) -> bytes:
    """workbook.xml that makes the program compute every formula when it opens the file."""
    data = markup.as_utf8(data, part)
    wanted = {
        f"{namespace} {local}" for namespace in MAIN_NAMESPACES for local in ("calcPr", *_BEFORE_CALCULATION)
    }
    found = [element for element in markup.elements(data, part, wanted.__contains__) if element.depth == 1]
    for element in found:
        if element.local == "calcPr":
            if element.attributes.get("fullCalcOnLoad") in ("1", "true"):
                return data
            stop = markup.tag_end(data, element.start)
            tag = markup.with_attribute(data[element.start : stop], b"fullCalcOnLoad", b"1")
            return markup.spliced(data, [(element.start, stop, tag)])
    if not found:
        raise FileRefused("no_sheets", {"part": part})
    after = found[-1]
    name = markup.qualified_name(data[after.start : after.end]).replace(after.local.encode(), b"calcPr")
    return markup.spliced(data, [(after.end, after.end, b"<" + name + b' fullCalcOnLoad="1"/>')])
