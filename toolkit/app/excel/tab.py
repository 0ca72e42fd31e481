"""The tab Wijkbaten: which buttons stand where, and its description in XML (customUI 2006)."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree

from toolkit.model.narrowing import as_a
from toolkit.words.vocabulary import word

NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
MODULE, CALLBACK = "RibbonMyAddin", "Knop"
"""The module of the template that is rewritten, and the one Sub in it."""


class Button(NamedTuple):
    """A button; its code is what the Python side gets to hear. image: a name of Office's own pictures."""

    code: str
    image: str
    large: bool = False


GROUPS = {
    "rekenen": (
        Button("herbereken", "CalculateNow", large=True),
        Button("controleer", "ErrorChecking"),
        Button("onzekerheid", "ChartInsert"),
        Button("terugzetten", "Undo"),
    ),
    "verantwoorden": (
        Button("brief", "FileSaveAsWordDocx", large=True),
        Button("herleid", "TracePrecedents", large=True),
    ),
    "beginnen": (
        Button("nieuw", "FileNew", large=True),
        Button("help", "Help", large=True),
    ),
}
"""Group -> its buttons, in the order in which they are shown."""


def description() -> bytes:
    """The tab as Excel reads it; labels are those of words/ribbon.toml, tips come from words/excel.toml."""
    root = ElementTree.Element("customUI", xmlns=NAMESPACE)
    tabs = ElementTree.SubElement(ElementTree.SubElement(root, "ribbon"), "tabs")
    tab = ElementTree.SubElement(tabs, "tab", {"id": "wijkbaten", **_words("tab", "label", "keytip")})
    for name, buttons in GROUPS.items():
        group = ElementTree.SubElement(tab, "group", id=f"groep_{name}", label=word(f"excel.groups.{name}"))
        for button in buttons:
            ElementTree.SubElement(group, "button", _attributes(button))
    return as_a(bytes, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _attributes(button: Button) -> dict[str, str]:
    return {
        "id": button.code,
        "label": word(f"ribbon.buttons.{button.code}.label"),
        **_words(f"buttons.{button.code}", "keytip", "screentip", "supertip"),
        "imageMso": button.image,
        "size": "large" if button.large else "normal",
        "onAction": f"{MODULE}.{CALLBACK}",
    }


def _words(path: str, *names: str) -> dict[str, str]:
    return {name: word(f"excel.{path}.{name}") for name in names}
