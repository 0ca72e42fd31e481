"""The text of an .html page, with the figures that still have their fact in data-feit."""

from __future__ import annotations

from html.parser import HTMLParser

from toolkit.opc.trouble import FileRefused
from toolkit.reports.proofread.paragraphs import BULLET, CELL, HEADING, NUMBERED, TEXT, Builder, Document

_BLOCKS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    **dict.fromkeys(("td", "th"), CELL),
    **dict.fromkeys(("p", "div", "caption", "section", "article", "main", "blockquote", "pre", "dt"), TEXT),
    **dict.fromkeys(("dd", "address", "figcaption", "header", "footer", "aside", "hr", "ul", "ol"), TEXT),
    **dict.fromkeys(("table", "tr", "thead", "tbody", "tfoot", "body"), TEXT),
}
_LEFT_OUT = ("head", "title", "script", "style", "template", "noscript", "del", "s", "strike", "svg")
_WITHOUT_END = ("br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "embed", "source")


def read_page(text: str) -> Document:
    """Paragraphs of a page; raises FileRefused 'damaged' for marks that no page can hold."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as error:  # what html.parser says of a marked section it does not know
        raise FileRefused("damaged", {"part": "html"}) from error
    return reader.builder.document("html")


class _Reader(HTMLParser):
    """Calls the builder; a page need not close what it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = Builder()
        self._lists: list[str] = []
        self._left_out: list[str] = []
        self._spans: list[tuple[str, bool]] = []  # open inline elements: name, whether it is a figure

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self._left_out or tag in _LEFT_OUT:
            if tag not in _WITHOUT_END:
                self._left_out.append(tag)
            return
        if tag == "br":
            self.builder.write(" ")
        elif tag == "li":
            self._block(NUMBERED if self._lists[-1:] == ["ol"] else BULLET)
        elif tag in _BLOCKS:
            self._structure(tag)
            self._block(_BLOCKS[tag])
        elif tag not in _WITHOUT_END:
            fact = dict(attributes).get("data-feit")
            self._spans.append((tag, fact is not None))
            if fact is not None:
                self.builder.open_tag(fact)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _WITHOUT_END:
            self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag in self._left_out:
                del self._left_out[self._left_out.index(tag) :]
        elif tag in _BLOCKS or tag == "li":
            self.builder.close_all()
            if tag == "table":
                self.builder.close_table()
            elif tag in ("ul", "ol") and self._lists:
                self._lists.pop()
        elif any(open_tag == tag for open_tag, _ in self._spans):
            while self._spans:
                name, is_figure = self._spans.pop()
                if is_figure:
                    self.builder.close_tag()
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._left_out:
            return
        if not self.builder.is_open and not data.isspace():
            self.builder.open()
        self.builder.write(data.replace("\t", " "))

    def _structure(self, tag: str) -> None:
        if tag == "table":
            self.builder.open_table()
        elif tag == "tr":
            self.builder.open_row()
        elif tag in ("ul", "ol"):
            self._lists.append(tag)

    def _block(self, kind: str) -> None:
        self.builder.close_all()
        self.builder.open(kind)
