"""The source of a module in a VBA project (MS-OVBA): its compression, and putting another in its place."""

from __future__ import annotations

import struct

from toolkit.app.excel.compound import Compound, NotAsExpected

_CHUNK_BYTES = 4096
_SIGNATURE = b"\x01"
_COMPRESSED = 0xB000
"""The flags of a chunk of which the tokens are compressed; any other stands there as it is."""
_MODULE_NAME, _MODULE_OFFSET, _VERSION = 0x0019, 0x0031, 0x0009
_VERSION_BYTES = 6
"""The one record of the directory whose length is not what it says."""


def compressed(source: bytes) -> bytes:
    """The source of a module as a VBA project keeps it, in one chunk: up to 4096 bytes, before and after.

    >>> decompressed(compressed(b"na na na na na na batman")) == b"na na na na na na batman"
    True
    """
    if not 0 < len(source) <= _CHUNK_BYTES:
        raise NotAsExpected(f"{len(source)}")
    tokens, at = bytearray(), 0
    while at < len(source):
        flags_at, flags = len(tokens), 0
        tokens.append(0)
        for bit in range(8):
            if at >= len(source):
                break
            back, length = _longest_match(source, at)
            if length < 3:
                tokens.append(source[at])
                at += 1
                continue
            flags |= 1 << bit
            tokens += struct.pack("<H", (back - 1) << (16 - _offset_bits(at)) | (length - 3))
            at += length
        tokens[flags_at] = flags
    if len(tokens) > _CHUNK_BYTES:
        raise NotAsExpected(f"{len(tokens)}")
    return _SIGNATURE + struct.pack("<H", _COMPRESSED | (len(tokens) - 1)) + tokens


def decompressed(data: bytes) -> bytes:
    """What compressed data of a VBA project says. Raises NotAsExpected where it is something else."""
    if data[:1] != _SIGNATURE:
        raise NotAsExpected("compression")
    found, at = bytearray(), 1
    while at < len(data):
        (header,) = struct.unpack_from("<H", data, at)
        chunk = data[at + 2 : at + 3 + (header & 0x0FFF)]
        at += 2 + len(chunk)
        found += _chunk(chunk) if header & 0xF000 == _COMPRESSED else chunk
    return bytes(found)


def source_of(project: bytes, module: str) -> bytes:
    """The source of one module."""
    opened = Compound(project)
    return decompressed(opened.read(module)[_offset(opened, module) :])


def with_source(project: bytes, module: str, source: bytes) -> bytes:
    """The project with another source in one module; every other stream keeps its bytes and its place.

    What stands before the source is what Excel once compiled from it. It no longer belongs to the source,
    so it is blanked: Excel does not read it in a project that was not compiled by that very version.
    Raises NotAsExpected where the source does not fit in the room that the module has.
    """
    opened = Compound(project)
    return opened.replaced(module, bytes(_offset(opened, module)) + compressed(source))


def _offset(project: Compound, module: str) -> int:
    """Where in the stream of a module its source starts, as the directory of the project says."""
    directory, at, name = decompressed(project.read("dir")), 0, b""
    while at + 6 <= len(directory):
        record, length = struct.unpack_from("<HI", directory, at)
        length = _VERSION_BYTES if record == _VERSION else length
        content = directory[at + 6 : at + 6 + length]
        if record == _MODULE_NAME:
            name = content
        elif record == _MODULE_OFFSET and name == module.encode("ascii"):
            return int.from_bytes(content, "little")
        at += 6 + length
    raise NotAsExpected(module)


def _offset_bits(at: int) -> int:
    """How many of the 16 bits of a repetition tell how far back it is; the others tell how long."""
    return max(4, (at - 1).bit_length())


def _longest_match(source: bytes, at: int) -> tuple[int, int]:
    """How far back the longest repetition of what comes starts, and its length."""
    longest = min((0xFFFF >> _offset_bits(at)) + 3, len(source) - at)
    best_back = best = 0
    for start in range(at):
        length = 0
        while length < longest and source[start + length] == source[at + length]:
            length += 1
        if length > best:
            best_back, best = at - start, length
    return best_back, best


def _chunk(tokens: bytes) -> bytes:
    found, at = bytearray(), 0
    while at < len(tokens):
        flags = tokens[at]
        at += 1
        for bit in range(8):
            if at >= len(tokens):
                break
            if not flags >> bit & 1:
                found.append(tokens[at])
                at += 1
                continue
            (token,) = struct.unpack_from("<H", tokens, at)
            at += 2
            rest = 16 - _offset_bits(len(found))
            start = len(found) - (token >> rest) - 1
            for n in range((token & (1 << rest) - 1) + 3):
                found.append(found[start + n])
    return bytes(found)
