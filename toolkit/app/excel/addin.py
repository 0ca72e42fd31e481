"""Builds the add-in from the template in the installed xlwings and our own tab; each time the same bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from html import escape
from importlib import resources

from toolkit import __version__
from toolkit.app.excel import shipped, tab, vba
from toolkit.app.excel.compound import NotAsExpected
from toolkit.opc.archive import packed
from toolkit.opc.markup import Tree
from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import word

SHEET = "myaddin.conf"
"""Where the VBA of xlwings looks for its settings: the name of its project, and .conf."""
INTERPRETERS = {"windows": "INTERPRETER_WIN", "macos": "INTERPRETER_MAC"}
BUILT_BY, BUILT_FROM = "BUILT BY WIJKBATEN", "BUILT FROM XLWINGS"
"""Two lines that xlwings does not know: they tell what the add-in came from."""
_EMPTY = (
    *("PYTHONPATH", "CONDA PATH", "CONDA ENV", "UDF MODULES", "LICENSE_KEY"),
    *("ONEDRIVE_CONSUMER_WIN", "ONEDRIVE_COMMERCIAL_WIN", "SHAREPOINT_WIN"),
    *("ONEDRIVE_CONSUMER_MAC", "ONEDRIVE_COMMERCIAL_MAC", "SHAREPOINT_MAC"),
)
_PROJECT, _TAB, _BOOK = "xl/vbaProject.bin", "customUI/customUI.xml", "xl/workbook.xml"
_SETTINGS, _TEXTS, _PROPERTIES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"
_POINTERS = "_rels/.rels"
_WIDTHS = ((1, 32), (2, 60))
_TAB_TYPE = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CALLBACK = f"""\
Attribute VB_Name = "{tab.MODULE}"
Sub {tab.CALLBACK}(c As IRibbonControl)
If ActiveWorkbook Is Nothing Then Workbooks.Add
If Not SheetExists(ActiveWorkbook, "{SHEET}") Then \
RunPython "import toolkit.app.ribbon as r;r.knop('" & c.ID & "')"
End Sub
"""
"""RunPython cannot do without a workbook. A workbook with a settings sheet of its own could have any program
run: xlwings believes that sheet before ours, so there the button does nothing. Names are short as room is."""


def build(interpreter: str) -> bytes:
    """The add-in whose buttons start this Python. Raises CannotBuild."""
    parts = shipped.template()
    try:
        changed = {
            _PROJECT: vba.with_source(parts[_PROJECT], tab.MODULE, callback()),
            _TAB: tab.description(),
            _POINTERS: _of_2006(parts[_POINTERS]),
            _BOOK: _named(parts[_BOOK]),
            _PROPERTIES: _properties(),
            **_sheet(parts[_SETTINGS], settings(interpreter), licences().splitlines()),
        }
    except (NotAsExpected, FileRefused, KeyError, IndexError, UnicodeError, struct.error) as trouble:
        raise shipped.unknown_template(trouble) from trouble
    return packed(parts | changed)


def callback() -> bytes:
    """The source of the module that hands the name of a button to Python."""
    return _CALLBACK.replace("\n", "\r\n").encode("ascii")


def settings(interpreter: str) -> dict[str, str | bool]:
    """What the VBA of xlwings reads.

    Every setting it knows is named, also where it stays empty: what is not named it looks for in a file
    beside the workbook and in one in the folder of the user, and whoever writes those would decide what a
    button runs. ADD_WORKBOOK_TO_PYTHONPATH is text, as Python reads it and a Dutch Excel writes "ONWAAR".
    """
    return {
        **dict.fromkeys(INTERPRETERS.values(), interpreter),
        "INTERPRETER": interpreter,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW_ERROR_POPUPS": "True",
        "TEMP DIR": "%TEMP%",
        "SHOW CONSOLE": False,
        "USE UDF SERVER": False,
        "DEBUG UDFS": False,
        **dict.fromkeys(_EMPTY, ""),
        BUILT_BY: __version__,
        BUILT_FROM: shipped.version(),
    }


def licences() -> str:
    """The licences of everything in the add-in, with what each is about."""
    facts = {"version": __version__, "xlwings": shipped.version()}
    mit = resources.files(__package__).joinpath("mit.txt").read_text(encoding="utf-8")
    parts = (
        word("excel.addin.made", **facts),
        *(word(f"excel.addin.{name}") for name in ("own", "no_pro", "xlwings")),
        shipped.licence(),
        word("excel.addin.dictionary"),
        mit,
    )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _named(book: bytes) -> bytes:
    """The workbook part with the settings sheet switched on, without two traces of who made the template.

    One is a folder, the other the sharpness of pictures: there are none, and its value is in no schema.
    """
    tree = Tree(book, _BOOK)
    named = [one for one in tree.named(f"{_MAIN} sheet") if one.attributes["name"] == f"_{SHEET}"]
    if len(named) != 1:
        raise NotAsExpected(SHEET)
    gone = [
        (one.start, one.end, b"")
        for one in tree.children(tree.root)
        if any(
            inner.local == "absPath" or "defaultImageDpi" in inner.attributes for inner in tree.inside(one)
        )
    ]
    return tree.edited([tree.retagged(named[0], b"name", SHEET.encode()), *gone])


def _of_2006(pointers: bytes) -> bytes:
    """The relationships of the package, that to the tab of the same year as the description.

    The template has the one of 2007, which belongs to another kind of description (that of 2009).
    """
    tree = Tree(pointers, _POINTERS)
    named = [one for one in tree.elements if one.attributes.get("Type") == _TAB_TYPE.format(2007)]
    if len(named) != 1:
        raise NotAsExpected(_POINTERS)
    return tree.edited([tree.retagged(named[0], b"Type", _TAB_TYPE.format(2006).encode())])


def _sheet(part: bytes, chosen: Mapping[str, str | bool], beside: list[str]) -> dict[str, bytes]:
    """The settings sheet and its texts: names in column A, values in B, and other lines in column D."""
    texts: dict[str, int] = {}

    def cell(reference: str, value: str | bool) -> str:
        if isinstance(value, bool):
            return f'<c r="{reference}" t="b"><v>{value:d}</v></c>'
        if not value:
            return ""
        return f'<c r="{reference}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'

    rows, named = [], list(chosen.items())
    for n in range(max(len(named), len(beside))):
        name, value = named[n] if n < len(named) else ("", "")
        line = beside[n] if n < len(beside) else ""
        cells = cell(f"A{n + 1}", name) + cell(f"B{n + 1}", value) + cell(f"D{n + 1}", line)
        rows.append(f'<row r="{n + 1}">{cells}</row>')
    changed = _swapped(part, "dimension", f'<dimension ref="A1:D{len(rows)}"/>')
    columns = (f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in _WIDTHS)
    changed = _swapped(changed, "cols", f"<cols>{''.join(columns)}</cols>")
    changed = _swapped(changed, "sheetData", f"<sheetData>{''.join(rows)}</sheetData>")
    items = "".join(f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in texts)
    return {_SETTINGS: changed, _TEXTS: _xml(f'<sst xmlns="{_MAIN}">{items}</sst>')}


def _swapped(part: bytes, element: str, new: str) -> bytes:
    """The part with another element in place of the only one of that name."""
    tree = Tree(part, _SETTINGS)
    found = tree.named(f"{_MAIN} {element}")
    if len(found) != 1:
        raise NotAsExpected(element)
    return tree.edited([(found[0].start, found[0].end, new.encode())])


def _properties() -> bytes:
    """Title, maker and description, as Excel and the explorer show them."""
    title = word("excel.addin.title", version=__version__)
    said = word("excel.addin.description", xlwings=shipped.version())
    made = f"<dc:title>{escape(title, quote=False)}</dc:title><dc:creator>wijkbaten</dc:creator>"
    made += f"<dc:description>{escape(said, quote=False)}</dc:description>"
    return _xml(f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="{_DUBLIN}">{made}</cp:coreProperties>')


def _xml(content: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content.encode()
