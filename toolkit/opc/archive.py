"""The zip around a workbook: members nobody edits travel as the compressed bytes they are."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping

from toolkit.opc.trouble import WorkbookRefused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_PIECE = 1 << 20
_PACKED_PIECE = 1 << 18

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LAST = struct.Struct("<4s4H2LH")
_HAS_DESCRIPTOR, _UTF8_NAME, _IS_ENCRYPTED = 0x08, 0x800, 0x01
_SIZE_LIMIT, _COUNT_LIMIT = 0xFFFFFFFF, 0xFFFF

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


def refuse_other_formats(data: bytes) -> None:
    """Raise WorkbookRefused for what is no zip: 'empty', 'encrypted', 'legacy_xls', 'pdf', 'not_a_zip'."""
    if not data:
        raise WorkbookRefused("empty")
    if data.startswith(OLE_MAGIC):
        raise WorkbookRefused("encrypted" if _ENCRYPTED_STREAM in data else "legacy_xls")
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise WorkbookRefused("pdf")
    if not data.startswith((ZIP_MAGIC, _EMPTY_ZIP_MAGIC)):
        raise WorkbookRefused("not_a_zip")


def open_zip(file: io.BufferedIOBase) -> zipfile.ZipFile:
    """The zip in a file that starts like one; raises WorkbookRefused 'truncated' or 'encrypted'."""
    try:
        opened = zipfile.ZipFile(file)
    except ZIP_TROUBLE as error:
        raise WorkbookRefused("truncated") from error
    if any(info.flag_bits & _IS_ENCRYPTED for info in opened.infolist()):
        raise WorkbookRefused("encrypted")
    return opened


def content_offset(info: zipfile.ZipInfo, local_header: bytes) -> int:
    """Where the compressed bytes of a member begin, given the 30 bytes at its header offset."""
    if len(local_header) < _LOCAL.size or not local_header.startswith(ZIP_MAGIC):
        raise WorkbookRefused("damaged", {"part": info.filename})
    name_length: int
    extra_length: int
    name_length, extra_length = _LOCAL.unpack(local_header)[-2:]
    return info.header_offset + _LOCAL.size + name_length + extra_length


def inflated_pieces(file: io.BufferedIOBase, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member in pieces of at most 1 MiB, all that is there: its header is checked, not believed.

    Raises WorkbookRefused 'damaged' at the end where size or checksum differ from the header.
    """
    damaged = WorkbookRefused("damaged", {"part": info.filename})
    file.seek(info.header_offset)
    file.seek(content_offset(info, file.read(_LOCAL.size)))
    size = crc = 0
    try:
        for piece in _unpacked(file, info):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
    except (zlib.error, EOFError, NotImplementedError) as error:
        raise damaged from error
    if size != info.file_size or crc != info.CRC:
        raise damaged


def _unpacked(file: io.BufferedIOBase, info: zipfile.ZipInfo) -> Iterator[bytes]:
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

    def __init__(self, raw: bytes):
        refuse_other_formats(raw)
        self._raw = raw
        self._zip = open_zip(io.BytesIO(raw))
        self._members = self._zip.infolist()
        self._by_key: dict[str, list[zipfile.ZipInfo]] = {}
        for info in self._members:
            self._by_key.setdefault(_key(info.filename), []).append(info)

    @property
    def names(self) -> tuple[str, ...]:
        """The member names in the order of the file."""
        return tuple(info.filename for info in self._members)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._by_key

    def read(self, part: str) -> bytes:
        """The inflated bytes of a part.

        Raises WorkbookRefused: 'missing_part', 'duplicate_part' (two members with this name, so no
        telling which one counts), 'damaged'.
        """
        info = self._only(part)
        try:
            return self._zip.read(info)
        except ZIP_TROUBLE as error:
            raise WorkbookRefused("damaged", {"part": part}) from error

    def _only(self, part: str) -> zipfile.ZipInfo:
        members = self._by_key.get(_key(part), [])
        if len(members) != 1:
            raise WorkbookRefused("duplicate_part" if members else "missing_part", {"part": part})
        return members[0]

    def rebuilt(self, replaced: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """A zip with some parts replaced or dropped; all other members keep their compressed bytes."""
        new = {id(self._only(part)): data for part, data in replaced.items()}
        gone = {id(self._only(part)) for part in dropped}
        kept = [info for info in self._members if id(info) not in gone]
        body = io.BytesIO()
        directory = []
        for info in kept:
            if id(info) in new:
                method, crc, size, packed = _deflated(new[id(info)])
            else:
                method, crc, size = info.compress_type, info.CRC, info.file_size
                packed = self._compressed(info)
            directory.append(_write_member(body, info, method, crc, size, packed))
        start = body.tell()
        entries = b"".join(directory)
        if len(kept) > _COUNT_LIMIT or start + len(entries) > _SIZE_LIMIT:
            raise WorkbookRefused("too_large", {"limit": _SIZE_LIMIT})
        comment = self._zip.comment
        body.write(entries)
        body.write(
            _LAST.pack(_EMPTY_ZIP_MAGIC, 0, 0, len(kept), len(kept), len(entries), start, len(comment))
        )
        body.write(comment)
        return body.getvalue()

    def _compressed(self, info: zipfile.ZipInfo) -> bytes:
        begin = content_offset(info, self._raw[info.header_offset : info.header_offset + _LOCAL.size])
        packed = self._raw[begin : begin + info.compress_size]
        if len(packed) != info.compress_size:
            raise WorkbookRefused("damaged", {"part": info.filename})
        return packed


def _key(name: str) -> str:
    """Part names differ by more than letter case, and some programs write them with backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _deflated(data: bytes) -> tuple[int, int, int, bytes]:
    squeeze = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeeze.compress(data) + squeeze.flush()
    return zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), packed


def _write_member(
    body: io.BytesIO, info: zipfile.ZipInfo, method: int, crc: int, size: int, packed: bytes
) -> bytes:
    """Write one member; give back its entry for the central directory.

    Sizes stand in the header itself, so the flag for a data descriptor goes; the time of the member
    stays, so that the same edit gives the same bytes.
    """
    offset = body.tell()
    if offset + len(packed) + size > _SIZE_LIMIT:
        raise WorkbookRefused("too_large", {"limit": _SIZE_LIMIT})
    flags = info.flag_bits & ~_HAS_DESCRIPTOR
    name = info.orig_filename.encode("utf-8" if flags & _UTF8_NAME else "cp437")
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
