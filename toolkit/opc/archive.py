"""The zip around an Office file: opened within limits; members nobody edits travel as they are packed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from toolkit.opc.trouble import FileRefused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

MIB = 1024 * 1024
# sheets pack to about 100 : 1 at most, a bomb to 1000 : 1; below the size it does no harm
RATIO_LIMIT, RATIO_FROM = 250, 20 * MIB

_PIECE = MIB
_PACKED_PIECE = 1 << 18

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LAST = struct.Struct("<4s4H2LH")
_HAS_DESCRIPTOR, _UTF8_NAME, _IS_ENCRYPTED = 0x08, 0x800, 0x01
_SIZE_LIMIT, _COUNT_LIMIT = 0xFFFFFFFF, 0xFFFF
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)

Member = zipfile.ZipInfo
"""One entry of a zip, as its directory describes it."""

# what zipfile lets escape on a file that only looks like a zip
ZIP_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a zip may unfold: how many members, and how many bytes of one and of all together."""

    members: int = 5_000
    part: int = 100 * MIB
    total: int = 300 * MIB


WIDEST = Limits()
"""What the largest workbook needs, many times over."""


@contextmanager
def opened_file(path: Path, limit: int) -> Iterator[io.BufferedReader]:
    """A file on the disk, to be read from its start. limit: of its size in bytes.

    Raises FileRefused 'missing', 'folder', 'too_large' and 'unreadable', the last also while it is read.
    """
    try:
        if path.is_dir():
            raise FileRefused("folder")
        with open(path, "rb") as file:
            size = file.seek(0, io.SEEK_END)
            if size > limit:
                raise FileRefused("too_large", {"size": size, "limit": limit})
            file.seek(0)
            yield file
    except FileNotFoundError as error:
        raise FileRefused("missing") from error
    except OSError as error:
        raise FileRefused("unreadable", {"reason": error.strerror or str(error)}) from error


def no_zip(data: bytes) -> FileRefused | None:
    """Why bytes are no zip: 'empty', 'encrypted', 'legacy_xls', 'pdf' or 'not_a_zip'; None for a zip.

    legacy_xls: any file of Office from before it wrote zips.
    """
    if not data:
        return FileRefused("empty")
    if data.startswith(OLE_MAGIC):
        return FileRefused("encrypted" if _ENCRYPTED_STREAM in data else "legacy_xls")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return FileRefused("pdf")
    return None if data.startswith((ZIP_MAGIC, _EMPTY_ZIP_MAGIC)) else FileRefused("not_a_zip")


class Zip:
    """The members of a zip, each in pieces that are counted: what a header says is checked, not believed."""

    def __init__(self, file: BinaryIO, limits: Limits = WIDEST) -> None:
        """Raises FileRefused: what no_zip names, 'truncated', 'encrypted', 'too_many_parts'."""
        self._file, self._limits = file, limits
        self._sizes: dict[Member, int] = {}
        self._total = 0
        self._length = file.seek(0, io.SEEK_END)
        file.seek(0)
        head = file.read(len(ZIP_MAGIC))
        if other := no_zip(head if head == ZIP_MAGIC else head + file.read()):
            raise other
        try:
            opened = zipfile.ZipFile(file)
        except ZIP_TROUBLE as error:
            raise FileRefused("truncated") from error
        self.members, self.comment = tuple(opened.infolist()), opened.comment
        if any(info.flag_bits & _IS_ENCRYPTED for info in self.members):
            raise FileRefused("encrypted")
        if len(self.members) > limits.members:
            raise FileRefused("too_many_parts", {"count": len(self.members), "limit": limits.members})

    def raw(self) -> bytes:
        """The whole file as it is."""
        self._file.seek(0)
        return self._file.read()

    def compressed(self, info: Member) -> bytes:
        """The bytes of a member as they are packed; raises FileRefused 'damaged'."""
        self._seek(info)
        packed = self._file.read(info.compress_size)
        if len(packed) != info.compress_size:  # the header before it takes room too
            raise _damaged(info)
        return packed

    def read(self, info: Member) -> bytes:
        """All of a member; raises FileRefused as pieces does, and 'damaged' where it has two names."""
        if self._seek(info) != _written_name(info):
            raise _damaged(info)
        return b"".join(self.pieces(info))

    def pieces(self, info: Member) -> Iterator[bytes]:
        """All that is there of a member, in pieces of at most 1 MiB.

        Raises FileRefused 'too_large' (of itself, or with the others that were read), 'bomb' (packed
        implausibly well), and 'damaged', at the end also where size or checksum differ from the header.
        """
        self._seek(info)
        self._total -= self._sizes.pop(info, 0)
        size = crc = 0
        try:
            for piece in _unpacked(self._file, info):
                size += len(piece)
                self._sizes[info] = size
                self._total += len(piece)
                self._refuse_too_large(info)
                crc = zlib.crc32(piece, crc)
                yield piece
        except (zlib.error, EOFError, NotImplementedError) as error:
            raise _damaged(info) from error
        if size != info.file_size or crc != info.CRC:
            raise _damaged(info)

    def _refuse_too_large(self, info: Member) -> None:
        size = self._sizes[info]
        if size > self._limits.part:
            raise FileRefused("too_large", {"part": info.filename, "limit": self._limits.part})
        if self._total > self._limits.total:
            raise FileRefused("too_large", {"limit": self._limits.total})
        if size > RATIO_FROM and size > RATIO_LIMIT * info.compress_size:
            raise FileRefused("bomb", {"part": info.filename})

    def _seek(self, info: Member) -> bytes:
        """Go to where the compressed bytes of a member begin; gives the name that stands before them."""
        if not 0 <= info.header_offset <= self._length - info.compress_size:
            raise _damaged(info)
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(ZIP_MAGIC):
            raise _damaged(info)
        name_length: int
        extra_length: int
        name_length, extra_length = _LOCAL.unpack(header)[-2:]
        name = self._file.read(name_length)
        self._file.seek(extra_length, io.SEEK_CUR)
        return name


def _damaged(info: Member) -> FileRefused:
    return FileRefused("damaged", {"part": info.filename})


def _written_name(info: Member) -> bytes:
    """The name of a member as the central directory has it."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8_NAME else "cp437")


def _unpacked(file: BinaryIO, info: Member) -> Iterator[bytes]:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(info.compress_type)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
    remaining = info.compress_size
    while remaining:
        packed = file.read(min(_PACKED_PIECE, remaining))
        if not packed:
            raise EOFError
        remaining -= len(packed)
        if inflate is None:
            yield packed
            continue
        piece = inflate.decompress(packed, _PIECE)
        while piece:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, _PIECE)
    if inflate is not None and not inflate.eof:
        raise EOFError


class Archive:
    """The members of a zip in memory, addressed by part name (letter case does not count)."""

    def __init__(self, raw: bytes, limits: Limits = WIDEST) -> None:
        """Raises FileRefused as Zip does."""
        self._zip = Zip(io.BytesIO(raw), limits)
        self._by_key: dict[str, list[Member]] = {}
        for info in self._zip.members:
            self._by_key.setdefault(_key(info.filename), []).append(info)

    @property
    def names(self) -> tuple[str, ...]:
        """The member names in the order of the file."""
        return tuple(info.filename for info in self._zip.members)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._by_key

    def read(self, part: str) -> bytes:
        """The inflated bytes of a part.

        Raises FileRefused: 'missing_part', 'duplicate_part' (two members with this name, so no
        telling which one counts), 'damaged', 'too_large', 'bomb'.
        """
        return self._zip.read(self._only(part))

    def _only(self, part: str) -> Member:
        members = self._by_key.get(_key(part), [])
        if len(members) != 1:
            raise FileRefused("duplicate_part" if members else "missing_part", {"part": part})
        return members[0]

    def rebuilt(self, replaced: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """A zip with some parts replaced or dropped; all other members keep their compressed bytes."""
        new = {id(self._only(part)): data for part, data in replaced.items()}
        gone = {id(self._only(part)) for part in dropped}
        kept = [info for info in self._zip.members if id(info) not in gone]
        body = io.BytesIO()
        directory = []
        for info in kept:
            if id(info) in new:
                method, crc, size, packed = _deflated(new[id(info)])
            else:
                method, crc, size = info.compress_type, info.CRC, info.file_size
                packed = self._zip.compressed(info)
            directory.append(_write_member(body, info, method, crc, size, packed))
        start = body.tell()
        entries = b"".join(directory)
        if len(kept) > _COUNT_LIMIT or start + len(entries) > _SIZE_LIMIT:
            raise FileRefused("too_large", {"limit": _SIZE_LIMIT})
        comment = self._zip.comment
        body.write(entries)
        body.write(
            _LAST.pack(_EMPTY_ZIP_MAGIC, 0, 0, len(kept), len(kept), len(entries), start, len(comment))
        )
        body.write(comment)
        return body.getvalue()


def _key(name: str) -> str:
    """Part names differ by more than letter case, and some programs write them with backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _deflated(data: bytes) -> tuple[int, int, int, bytes]:
    squeeze = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeeze.compress(data) + squeeze.flush()
    return zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), packed


def _write_member(body: io.BytesIO, info: Member, method: int, crc: int, size: int, packed: bytes) -> bytes:
    """Write one member; give back its entry for the central directory.

    Sizes stand in the header itself, so the flag for a data descriptor goes; the time of the member
    stays, so that the same edit gives the same bytes.
    """
    offset = body.tell()
    if offset + len(packed) + size > _SIZE_LIMIT:
        raise FileRefused("too_large", {"limit": _SIZE_LIMIT})
    flags = info.flag_bits & ~_HAS_DESCRIPTOR
    name = _written_name(info)
    year, month, day, hour, minute, second = info.date_time
    when = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    common = (flags, method, *when, crc, len(packed), size, len(name))
    body.write(_LOCAL.pack(ZIP_MAGIC, info.extract_version, *common, 0) + name + packed)
    made_by = info.create_system << 8 | info.create_version
    entry = _CENTRAL.pack(
        b"PK\x01\x02",
        made_by,
        info.extract_version,
        *common,
        0,
        len(info.comment),
        0,
        info.internal_attr,
        info.external_attr,
        offset,
    )
    return entry + name + info.comment


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts in this order; the same parts give the same bytes on every computer."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _FIRST_MOMENT)
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, data)
    return target.getvalue()
