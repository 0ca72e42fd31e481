"""Puts what a command made on the disk, and tells in a sentence what stands in the way."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from toolkit.app.refusals import refused
from toolkit.model.finding import STOP, Finding
from toolkit.model.refused import Refused
from toolkit.opc.saving import FileChanged, owner_file, replace_with_copy, save_atomically

_OBSTACLES = {
    "write_full": ("ENOSPC", "EDQUOT", "EFBIG"),
    "write_denied": ("EACCES", "EPERM", "EROFS"),
    "write_held": ("EBUSY", "EAGAIN", "ETXTBSY"),
    "write_too_long": ("ENAMETOOLONG",),
    "write_no_place": ("ENOENT", "ENODEV", "ENXIO", "EIO", "EHOSTDOWN", "ENETUNREACH", "ESTALE"),
    "write_no_folder": ("ENOTDIR", "EEXIST"),
    "write_is_folder": ("EISDIR",),
}
"""Code of the sentence -> names of the errors of the system; no system knows them all."""
_CODES = {
    getattr(errno, name): code for code, names in _OBSTACLES.items() for name in names if hasattr(errno, name)
}
_WINDOWS = {
    **dict.fromkeys((39, 112), "write_full"),
    19: "write_denied",
    **dict.fromkeys((32, 33), "write_held"),
    **dict.fromkeys((111, 206), "write_too_long"),
    **dict.fromkeys((15, 21, 53, 55, 64, 67, 1231), "write_no_place"),
}
"""Error numbers of Windows that say more than the errno Python makes of them."""
_LONGEST_ON_WINDOWS = 259


@dataclass(frozen=True, slots=True)
class Product:
    """A file that is ready to be written.

    replaces: what a file with work of the user held at `path` when it was read; None for a file of ours.
    remarks: what the user should know about the results in it and where they went.
    """

    path: Path
    data: bytes
    replaces: bytes | None = None
    remarks: tuple[Finding, ...] = ()


class Written(NamedTuple):
    """A file that was written; copy: what the user had there before."""

    path: Path
    copy: Path | None = None


class CannotWrite(Refused):
    """A file that could not be written, as a finding for the user; written: those that were before it."""

    def __init__(self, finding: Finding, written: Sequence[Written] = ()) -> None:
        self.finding = finding
        self.written = tuple(written)
        super().__init__(finding.code, finding.facts)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what stands in the way of writing `path` into CannotWrite."""
    try:
        yield
    except FileChanged as trouble:
        raise CannotWrite(refused(trouble, path)) from trouble
    except OSError as trouble:
        raise CannotWrite(obstacle(trouble, path)) from trouble


def obstacle(trouble: OSError, path: Path) -> Finding:
    """The finding for an error of the operating system while `path` was being written."""
    code = _WINDOWS.get(getattr(trouble, "winerror", 0)) or _CODES.get(trouble.errno or 0, "not_writable")
    length = len(str(trouble.filename or path))
    if code == "write_denied" and trouble.filename2 is not None:
        # the new file could be made beside it, so it is the name that cannot be had
        code = "write_held"
    if code == "write_no_place" and length > _LONGEST_ON_WINDOWS:
        code = "write_too_long"
    facts = {"length": length, "reason": trouble.strerror or str(trouble)}
    return Finding(STOP, code, "", facts, str(path))


def save_all(products: Sequence[Product]) -> list[Written]:
    """Write the products, each in one step, in their order.

    Nothing is written where one of them is open in another program.
    Raises CannotWrite at the first that cannot be written.
    """
    for product in products:
        if owner := owner_file(product.path):
            raise CannotWrite(
                Finding(STOP, "write_open", "", {"owner": owner.name}, str(product.path)),
            )
    written: list[Written] = []
    for product in products:
        try:
            written.append(_save(product))
        except CannotWrite as trouble:
            raise CannotWrite(trouble.finding, written) from trouble
    return written


def make_folder(path: Path) -> Path:
    """The folder, made with those above it where they are not there. Raises CannotWrite."""
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def _save(product: Product) -> Written:
    make_folder(product.path.parent)
    with writing(product.path):
        if product.replaces is not None:
            now = dt.datetime.now()
            return Written(product.path, replace_with_copy(product.path, product.replaces, product.data, now))
        save_atomically(product.path, product.data)
    return Written(product.path)
