"""Which kind of file a letter is, by what stands in it, and its paragraphs."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from toolkit.reports.proofread.opendocument import MIMETYPE, read_opendocument
from toolkit.reports.proofread.page import read_page
from toolkit.reports.proofread.paragraphs import Document
from toolkit.reports.proofread.parts import MIB, Parts
from toolkit.reports.proofread.plaintext import read_plain
from toolkit.reports.proofread.trouble import LetterRefused
from toolkit.reports.proofread.word import read_word

FILE_LIMIT = 50 * MIB
TEXT_LIMIT = 5 * MIB
_ZIP, _OLE, _PDF, _RTF = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{\\rtf"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TEXT_ENDINGS = (".txt", ".html", ".htm")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read(path: Path) -> Document:
    """The letter in a file; raises LetterRefused with why it cannot be read."""
    try:
        if path.is_dir():
            raise LetterRefused("folder")
        if path.stat().st_size > FILE_LIMIT:
            raise LetterRefused("too_large")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise LetterRefused("missing") from error
    except OSError as error:
        raise LetterRefused("unreadable", reason=error.strerror or str(error)) from error
    return read_bytes(data, path.suffix.lower())


def read_bytes(data: bytes, ending: str) -> Document:
    """The letter in these bytes; the ending of the name matters only for text. Raises LetterRefused."""
    if not data.strip():
        raise LetterRefused("empty")
    if data.startswith(_OLE):
        raise LetterRefused("encrypted" if _ENCRYPTED_STREAM in data else "old_word")
    if data[:1024].lstrip().startswith(_PDF):
        raise LetterRefused("pdf")
    if data.startswith(_ZIP):
        return _packed(data)
    if ending not in _TEXT_ENDINGS or data.startswith(_RTF):
        raise LetterRefused("other")
    if len(data) > TEXT_LIMIT:
        raise LetterRefused("too_large")
    text = _decoded(data)
    return read_page(text) if ending != ".txt" or _PAGE.match(text) else read_plain(text)


def _packed(data: bytes) -> Document:
    parts = Parts(data)
    if "mimetype" in parts:
        if not parts.read("mimetype").startswith(MIMETYPE):
            raise LetterRefused("other")
        return read_opendocument(parts)
    if "[Content_Types].xml" not in parts:
        raise LetterRefused("other")
    if b"wordprocessingml" not in parts.read("[Content_Types].xml").replace(b"\0", b""):
        raise LetterRefused("other")
    return read_word(parts)


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
