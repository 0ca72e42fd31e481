"""A compound file (MS-CFB), the container of a VBA project: read a stream, or put other bytes in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_END_OF_CHAIN = 0xFFFFFFFE
_HEADER_BYTES, _ENTRY_BYTES, _SIZE_AT = 512, 128, 120
_FAT_SECTORS_IN_HEADER = 109
_STREAM, _ROOT = 2, 5


class NotAsExpected(Exception):
    """The file is not the kind of compound file that a VBA project is; the text says where it differs."""


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int
    at: int
    """Where the entry itself stands in the file."""


class Compound:
    """The streams of a compound file, by name. Raises NotAsExpected where it cannot be followed."""

    def __init__(self, data: bytes) -> None:
        if data[: len(_SIGNATURE)] != _SIGNATURE:
            raise NotAsExpected("signature")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        self._sector: int = 1 << shift
        self._mini_sector: int = 1 << mini_shift
        fat_count, directory = struct.unpack_from("<II", data, 44)
        self._smallest, mini_fat = struct.unpack_from("<II", data, 56)
        if fat_count > _FAT_SECTORS_IN_HEADER:
            raise NotAsExpected("size")
        self._fat = self._numbers(struct.unpack_from(f"<{fat_count}I", data, 76))
        self._mini_fat = self._numbers(self._chain(self._fat, mini_fat))
        self._entries = list(self._directory(directory))
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        if root is None:
            raise NotAsExpected("root")
        self._small_streams = list(self._chain(self._fat, root.start))

    def read(self, name: str) -> bytes:
        """The content of the stream."""
        entry = self._find(name)
        return b"".join(self._data[at : at + length] for at, length in self._places(entry))[: entry.size]

    def room(self, name: str) -> range:
        """The sizes in bytes that the sectors of the stream can hold; fewer would leave a sector unused."""
        entry = self._find(name)
        places = list(self._places(entry))
        most = sum(length for _, length in places)
        return range(most - places[-1][1] + 1, most + 1)

    def replaced(self, name: str, content: bytes) -> bytes:
        """The whole file with other content in the sectors of one stream; its size follows, all else stays.

        Raises NotAsExpected where the content needs more or fewer sectors than the stream has.
        """
        entry = self._find(name)
        if len(content) not in self.room(name):
            raise NotAsExpected(f"{name}: {len(content)}")
        data, done = bytearray(self._data), 0
        for at, length in self._places(entry):
            piece = content[done : done + length]
            data[at : at + length] = piece.ljust(length, b"\0")
            done += length
        struct.pack_into("<Q", data, entry.at + _SIZE_AT, len(content))
        return bytes(data)

    def _find(self, name: str) -> _Entry:
        found = [entry for entry in self._entries if entry.kind == _STREAM and entry.name == name]
        if len(found) != 1 or not found[0].size:
            raise NotAsExpected(name)
        return found[0]

    def _offset(self, sector: int) -> int:
        return _HEADER_BYTES + sector * self._sector

    def _numbers(self, sectors: Iterator[int] | tuple[int, ...]) -> list[int]:
        """The sectors read as one long row of sector numbers."""
        content = b"".join(self._data[self._offset(n) : self._offset(n + 1)] for n in sectors)
        return [number for (number,) in struct.iter_unpack("<I", content)]

    def _chain(self, table: list[int], sector: int) -> Iterator[int]:
        for _ in table:
            if sector == _END_OF_CHAIN:
                return
            if sector >= len(table):
                raise NotAsExpected("chain")
            yield sector
            sector = table[sector]
        if sector != _END_OF_CHAIN:
            raise NotAsExpected("chain")

    def _directory(self, first: int) -> Iterator[_Entry]:
        for sector in self._chain(self._fat, first):
            for at in range(self._offset(sector), self._offset(sector + 1), _ENTRY_BYTES):
                length, kind = struct.unpack_from("<HB", self._data, at + 64)
                name = self._data[at : at + max(0, length - 2)].decode("utf-16-le")
                start, size = struct.unpack_from("<IQ", self._data, at + 116)
                yield _Entry(name, kind, start, size, at)

    def _places(self, entry: _Entry) -> Iterator[tuple[int, int]]:
        """Where the sectors of a stream stand in the file, with their length; small streams share sectors."""
        if entry.size >= self._smallest:
            for sector in self._chain(self._fat, entry.start):
                yield self._offset(sector), self._sector
            return
        for mini in self._chain(self._mini_fat, entry.start):
            nth, within = divmod(mini * self._mini_sector, self._sector)
            if nth >= len(self._small_streams):
                raise NotAsExpected(entry.name)
            yield self._offset(self._small_streams[nth]) + within, self._mini_sector
