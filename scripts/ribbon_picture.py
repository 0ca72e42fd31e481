"""Draws the tab Wijkbaten from its description, for the manual; build_pictures.py makes a PNG of it.

It is a drawing and says so: Excel itself was not there. The pictograms are plain signs of our own.
"""

from __future__ import annotations

import hashlib
import re
from xml.etree import ElementTree

from toolkit.app.excel import tab

NAME = "lint_wijkbaten.png"
CAPTION = "Getekend uit de beschrijving van het lint, geen schermfoto. De pictogrammen zijn in Excel anders."
SIGNS = {
    "herbereken": "=",
    "controleer": "!",
    "onzekerheid": "±",
    "terugzetten": "«",
    "brief": "¶",
    "herleid": "§",
    "nieuw": "+",
    "help": "?",
}
BLUE, INK, DIM, LINE, PAPER, SIDE = "154273", "262626", "5a5a5a", "c8c8c8", "f5f5f5", "e7edf4"
FONT = 13
TOP, ROW, GROUP_HEIGHT = 34, 26, 116
HEIGHT = TOP + GROUP_HEIGHT + 34
POINTS = 0.9
"""Points of the page per unit of the drawing."""
NARROW, WIDE = "fiIjlrt .,'", "mwMW"
_SPACE = f"{{{tab.NAMESPACE}}}"


def origin() -> dict[str, object]:
    """What the picture was made from, with a checksum of it."""
    return {"lint": "Wijkbaten", "inhoud": hashlib.sha256(tab.description()).hexdigest()[:16]}


def drawing() -> bytes:
    """The tab as a PDF of one page."""
    root = ElementTree.fromstring(tab.description())
    (shown,) = root.iter(f"{_SPACE}tab")
    parts, left = [], 12.0
    for group in shown:
        drawn, width = _group(group, left)
        parts += drawn
        left += width
    width, label = max(left, _width(CAPTION)) + 12, shown.get("label")
    head = [
        _box(0, TOP, width, GROUP_HEIGHT, PAPER, LINE),
        _text(24, TOP - 12, label, BLUE, bold=True),
        _box(22, TOP - 5, _width(label) + 8, 3, BLUE, BLUE),
    ]
    caption = _text(12, HEIGHT - 10, CAPTION, INK)
    return _pdf(width, "\n".join([f"{POINTS} 0 0 {POINTS} 0 0 cm", *head, *parts, caption]))


def _group(group: ElementTree.Element, left: float) -> tuple[list[str], float]:
    """The buttons of a group, its name below them and a line after it; with the width they take."""
    drawn, x, row, widest = [], left, 0, 0.0
    for button in group:
        if button.get("size") == "large":
            drawn += _large(button, x)
            x += _large_width(button)
        else:
            drawn += _small(button, x, row)
            row, widest = row + 1, max(widest, 34 + _width(button.get("label")))
    width = max(x + widest - left, _width(group.get("label")) + 12)
    middle, end = left + width / 2, left + width
    drawn.append(_text(middle, TOP + GROUP_HEIGHT - 10, group.get("label"), DIM, centred=True))
    drawn.append(_box(end, TOP + 8, 0.5, GROUP_HEIGHT - 16, LINE, LINE))
    return drawn, width + 8


def _large(button: ElementTree.Element, x: float) -> list[str]:
    middle = x + _large_width(button) / 2
    words = button.get("label").split()
    lines = [_text(middle, TOP + 62 + 16 * n, word, INK, centred=True) for n, word in enumerate(words)]
    return [*_sign(button, middle - 17, TOP + 10, 34), *lines]


def _small(button: ElementTree.Element, x: float, row: int) -> list[str]:
    y = TOP + 10 + ROW * row
    return [*_sign(button, x, y, 18), _text(x + 24, y + 14, button.get("label"), INK)]


def _sign(button: ElementTree.Element, x: float, y: float, size: float) -> list[str]:
    sign = SIGNS[button.get("id")]
    middle = (x + size / 2, y + size * 0.72)
    return [_box(x, y, size, size, SIDE, BLUE), _text(*middle, sign, BLUE, size * 0.65, centred=True)]


def _large_width(button: ElementTree.Element) -> float:
    return max(58, *(_width(word) + 14 for word in button.get("label").split()))


def _width(text: str, size: float = FONT) -> float:
    """About how wide the text is: letters are narrow, wide or in between."""
    return sum(0.28 if c in NARROW else 0.86 if c in WIDE else 0.57 for c in text) * size


def _box(x: float, y: float, width: float, height: float, fill: str, line: str) -> str:
    place = f"{x:.1f} {HEIGHT - y - height:.1f} {width:.1f} {height:.1f} re B"
    return f"{_colour(fill)} rg {_colour(line)} RG {place}"


def _text(
    x: float, y: float, text: str, colour: str, size: float = FONT, bold: bool = False, centred: bool = False
) -> str:
    x -= _width(text, size) / 2 if centred else 0
    said = re.sub(r"([\\()])", r"\\\1", text)
    font = f"/{'B' if bold else 'R'} {size:.1f} Tf"
    return f"BT {font} {_colour(colour)} rg {x:.1f} {HEIGHT - y:.1f} Td ({said}) Tj ET"


def _colour(code: str) -> str:
    return " ".join(f"{int(code[n : n + 2], 16) / 255:.3f}" for n in (0, 2, 4))


def _pdf(width: float, content: str) -> bytes:
    """A PDF of one page with this content; the fonts are those that every reader brings."""
    stream = content.encode("cp1252")
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for name, font in (("R", "Helvetica"), ("B", "Helvetica-Bold"))
    )
    page = f"/MediaBox [0 0 {width * POINTS:.1f} {HEIGHT * POINTS:.1f}] /Resources << /Font << {fonts} >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(made), len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
