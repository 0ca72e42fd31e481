"""Which kind of file a letter is, by what stands in it, and its paragraphs."""

from __future__ import annotations

import codecs
import re
from contextlib import AbstractContextManager
from pathlib import Path

from toolkit.model.refused import Refused
from toolkit.opc.archive import MIB, Archive, Limits, no_zip, opened_file
from toolkit.opc.relationships import CONTENT_TYPES
from toolkit.opc.trouble import FileRefused, retold
from toolkit.reports.proofread.opendocument import MIMETYPE, read_opendocument
from toolkit.reports.proofread.page import read_page
from toolkit.reports.proofread.paragraphs import Document
from toolkit.reports.proofread.plaintext import read_plain
from toolkit.reports.proofread.word import read_word

FILE_LIMIT = 50 * MIB
TEXT_LIMIT = 5 * MIB
LIMITS = Limits(part=20 * MIB, total=100 * MIB)
"""Of the parts that are read; the text of a long letter is a hundredth of it. Pictures are not read."""

_SAID = {
    **dict.fromkeys(("truncated", "not_xml", "duplicate_part"), "damaged"),
    **dict.fromkeys(("bomb", "too_many_parts"), "too_large"),
    **dict.fromkeys(("not_a_zip", "other_document"), "other"),
    "legacy_xls": "old_word",
    "missing_part": "no_text",
    "xml_entities": "entities",
}
"""Codes that are told of a letter in other words, or as one: what to do about them is the same."""
_MIMETYPE_PART, _RTF = "mimetype", b"{\\rtf"
_TEXT_ENDINGS = (".txt", ".html", ".htm")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


class LetterRefused(Refused):
    """A letter that is not read."""

    family = "letter_file_"


def read(path: Path) -> Document:
    """The letter in a file; raises LetterRefused with why it cannot be read."""
    with _refusing(), opened_file(path, FILE_LIMIT) as file:
        data = file.read()
    return read_bytes(data, path.suffix.lower())


def read_bytes(data: bytes, ending: str) -> Document:
    """The letter in these bytes; the ending of the name matters only for text. Raises LetterRefused."""
    with _refusing():
        other = no_zip(data if data.strip() else b"")
        if other is None:
            return _packed(Archive(data, LIMITS))
        if other.code != "not_a_zip" or ending not in _TEXT_ENDINGS or data.startswith(_RTF):
            raise other
        if len(data) > TEXT_LIMIT:
            raise FileRefused("too_large", {"limit": TEXT_LIMIT})
        text = _decoded(data)
        return read_page(text) if ending != ".txt" or _PAGE.match(text) else read_plain(text)


def _refusing() -> AbstractContextManager[None]:
    """Turns what the ground says of a file into what is said of a letter."""
    return retold(LetterRefused, lambda code: _SAID.get(code, code))


def _packed(archive: Archive) -> Document:
    said = _MIMETYPE_PART if _MIMETYPE_PART in archive else CONTENT_TYPES
    kind = archive.read(said) if said in archive else b""
    if said == _MIMETYPE_PART and kind.startswith(MIMETYPE):
        return read_opendocument(archive)
    if said == CONTENT_TYPES and b"wordprocessingml" in kind.replace(b"\0", b""):
        return read_word(archive)
    raise FileRefused("other_document")


def _decoded(data: bytes) -> str:
    """Text in the encoding that it says or shows; the old one of Windows where it is no UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    told = _CHARSET.search(data[:4096])
    for encoding in ("utf-8-sig", told[1].decode() if told else "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")
