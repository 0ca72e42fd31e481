"""The parts of a .docx or .odt, opened with care: bounded sizes, no document types and so no entities."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from toolkit.reports.proofread.trouble import LetterRefused

MIB = 1024 * 1024
MEMBER_LIMIT = 5_000
PART_LIMIT = 20 * MIB
"""Of one part that is read; the text of a long letter is a hundredth of it. Pictures are not read."""

_IS_ENCRYPTED = 0x01
_ZIP_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    OSError,
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Parts:
    """The members of a zip by name."""

    def __init__(self, data: bytes) -> None:
        """Raises LetterRefused: 'damaged', 'encrypted', 'too_large'."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except _ZIP_TROUBLE as error:
            raise LetterRefused("damaged") from error
        if any(member.flag_bits & _IS_ENCRYPTED for member in members):
            raise LetterRefused("encrypted")
        if len(members) > MEMBER_LIMIT:
            raise LetterRefused("too_large")
        self._members = {member.filename: member for member in members}
        if len(self._members) < len(members):  # two with one name: no telling which of them counts
            raise LetterRefused("damaged")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises LetterRefused 'no_text', 'too_large' or 'damaged'."""
        if name not in self._members:
            raise LetterRefused("no_text")
        if self._members[name].file_size > PART_LIMIT:
            raise LetterRefused("too_large")
        try:
            return self._archive.read(self._members[name])  # never more than file_size, and the checksum fits
        except _ZIP_TROUBLE as error:
            raise LetterRefused("damaged") from error

    def walk(self, name: str, start: Start, end: End | None = None, text: End | None = None) -> None:
        """Call back for every element ('namespace name') and text of a part, in order.

        Raises LetterRefused as read does, and 'entities' for a document type.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = start
        if end:
            parser.EndElementHandler = end
        if text:
            parser.CharacterDataHandler = text
        data = self.read(name)
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise LetterRefused("damaged") from error

    def related(self, owner: str) -> list[tuple[str, str]]:
        """The parts that a part points to, as (kind, name); an owner of '' is the package itself."""
        folder, base = posixpath.split(owner)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        found: list[tuple[str, str]] = []

        def start(_: str, attributes: dict[str, str]) -> None:
            if "Target" in attributes and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
                found.append((attributes.get("Type", "").rpartition("/")[2], target))

        if rels in self:
            self.walk(rels, start)
        return found


def _refuse_document_type(*_: object) -> None:
    raise LetterRefused("entities")
