"""What Excel asks of the description of a tab: our own wording of the published rules (MS-CUSTOMUI, 2006).

Only the elements and attributes that a tab with plain buttons needs; anything else is reported. The schema of
Microsoft itself is not in the repository, so these rules were written from it by hand.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree

NAMESPACE = "{http://schemas.microsoft.com/office/2006/01/customui}"

Rule = Callable[[str], bool]


def _fits(pattern: str) -> Rule:
    return lambda value: re.fullmatch(pattern, value) is not None


def _text(value: str) -> bool:
    return 1 <= len(value) <= 1024


def _name(value: str) -> bool:
    return _text(value) and re.fullmatch(r"[A-Za-z_][\w.-]*", value) is not None


def _keytip(value: str) -> bool:
    return re.fullmatch(r"[A-Z0-9]{1,3}", value) is not None


IDS: Mapping[str, Rule] = {"id": _name, "idQ": _name, "idMso": _name}
WORDS: Mapping[str, Rule] = {"label": _text, "screentip": _text, "supertip": _text}
FLAGS: Mapping[str, Rule] = dict.fromkeys(
    ("enabled", "visible", "showLabel", "showImage"), _fits("true|false|1|0")
)
IMAGES: Mapping[str, Rule] = {"image": _text, "imageMso": _name}
PLACES: Mapping[str, Rule] = {"insertAfterMso": _name, "insertBeforeMso": _name}
ALLOWED: Mapping[str, tuple[tuple[str, ...], Mapping[str, Rule]]] = {
    "customUI": (("ribbon",), {"onLoad": _text}),
    "ribbon": (("tabs",), {"startFromScratch": _fits("true|false|1|0")}),
    "tabs": (("tab",), {}),
    "tab": (
        ("group",),
        {**IDS, **PLACES, "label": _text, "keytip": _keytip, "tag": _text, "visible": FLAGS["visible"]},
    ),
    "group": (
        ("button", "separator"),
        {**IDS, **PLACES, **IMAGES, **WORDS, "keytip": _keytip, "tag": _text, "visible": FLAGS["visible"]},
    ),
    "separator": ((), {"id": _name}),
    "button": (
        (),
        {**IDS, **PLACES, **IMAGES, **WORDS, **FLAGS}
        | {"keytip": _keytip, "tag": _text, "description": lambda value: 1 <= len(value) <= 4096}
        | {"size": _fits("normal|large"), "onAction": _text},
    ),
}
"""Element -> the elements that may stand in it, and its attributes with what each may hold."""


def breaches(description: bytes) -> list[str]:
    """Every rule that the description of a tab breaks; empty where Excel would take it."""
    root = ElementTree.fromstring(description)
    if root.tag != f"{NAMESPACE}customUI":
        return [f"{root.tag} is not customUI of 2006"]
    return [*_inside(root), *_twice(root)]


def _inside(element: ElementTree.Element) -> Iterator[str]:
    name = element.tag.removeprefix(NAMESPACE)
    children, attributes = ALLOWED[name]
    for attribute, value in element.attrib.items():
        if attribute not in attributes:
            yield f"{name}: unknown attribute {attribute}"
        elif not attributes[attribute](value):
            yield f"{name}: {attribute} cannot be {value!r}"
    if "id" in attributes and sum(one in element.attrib for one in IDS) != 1:
        yield f"{name}: needs exactly one id"
    if sum(one in element.attrib for one in IMAGES) > 1:
        yield f"{name}: more than one image"
    if name in ("customUI", "ribbon", "tabs") and len(element) > (100 if name == "tabs" else 1):
        yield f"{name}: too many elements"
    if (element.text or "").strip():
        yield f"{name}: text {element.text!r}"
    for child in element:
        if child.tag.removeprefix(NAMESPACE) in children:
            yield from _inside(child)
        else:
            yield f"{name}: {child.tag} does not belong there"


def _twice(root: ElementTree.Element) -> Iterator[str]:
    """Ids that occur twice in all, and key tips that occur twice on one tab."""
    for name, count in Counter(element.get("id") for element in root.iter() if element.get("id")).items():
        if count > 1:
            yield f"id {name} occurs {count} times"
    for tab in root.iter(f"{NAMESPACE}tab"):
        tips = [
            element.get("keytip") for element in tab.iter() if element is not tab and element.get("keytip")
        ]
        for one in {tip for tip in tips if any(other != tip and other.startswith(tip) for other in tips)}:
            yield f"key tip {one} is the start of another"
        for tip, count in Counter(tips).items():
            if count > 1:
                yield f"key tip {tip} occurs {count} times"
