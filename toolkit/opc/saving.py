"""Files on the disk: they take their name in one step, and the user's own only after a dated copy."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

from toolkit.model.refused import Refused

WAITS = (0.1, 0.2, 0.4, 0.8)
"""Seconds between the tries to take over a name that another program holds for a moment."""
ABANDONED = 3600
"""Seconds after which a temporary file of ours belongs to a run that was killed."""

_TEMPORARY = re.compile(r"\.wijkbaten-[0-9a-f]{16}\.tmp")
_HELD = (errno.EBUSY, errno.EAGAIN, errno.ETXTBSY)


class FileChanged(Refused):
    """The file on the disk is no longer the one that was read."""


def save_atomically(path: Path, data: bytes) -> None:
    """Put the data at path in one step: a reader sees the old file or the new one, never a half.

    The bytes go to a new file in the same folder, reach the disk, and then take over the name. A
    link keeps pointing where it did; an existing file keeps its access rights. Where a program holds
    the name (a folder that is being synchronised, a virus scanner), it is tried again for a moment.
    What a run that was killed left in the folder is removed. Raises OSError; the new file is then
    gone and the old one untouched.
    """
    target = Path(os.path.realpath(path))
    _sweep(target.parent)
    temporary = target.with_name(f".wijkbaten-{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            with suppress(OSError):  # some shared folders know no access rights
                shutil.copymode(target, temporary)
        _take_over(temporary, target)
    except BaseException:
        with suppress(OSError):  # the reason of the failure matters more; _sweep comes by later
            temporary.unlink(missing_ok=True)
        raise


def replace_with_copy(path: Path, old: bytes, new: bytes, now: dt.datetime) -> Path:
    """Put the new data in place of the user's own file, with the old data beside it; gives that copy.

    old: what was read before; the copy, `name_2026-11-22_142301.xlsx`, takes no name that is in use.
    It is complete before anything is replaced, and gone again where replacing fails.
    Raises OSError, and FileChanged where the file holds something else by now.
    """
    target = Path(os.path.realpath(path))
    if target.read_bytes() != old:
        raise FileChanged("write_changed")
    copy = _free_name(target, f"{now:%Y-%m-%d_%H%M%S}")
    save_atomically(copy, old)
    try:
        save_atomically(target, new)
    except BaseException:
        with suppress(OSError):
            if target.read_bytes() == old:
                copy.unlink()
        raise
    return copy


def owner_file(path: Path) -> Path | None:
    """The file that Excel, Word or LibreOffice keeps beside a document as long as it is open.

    Word leaves out the first two characters of a name.
    """
    names = [f"~${path.name}", f".~lock.{path.name}#"]
    if path.suffix == ".docx":
        names.append(f"~${path.name[2:]}")
    beside = [path.with_name(name) for name in names] if os.path.exists(path) else []
    return next((owner for owner in beside if os.path.exists(owner)), None)


def _free_name(target: Path, moment: str) -> Path:
    copy, number = target.with_stem(f"{target.stem}_{moment}"), 1
    while copy.exists():
        number += 1
        copy = target.with_stem(f"{target.stem}_{moment}_{number}")
    return copy


def _take_over(temporary: Path, target: Path) -> None:
    for wait in WAITS:
        try:
            os.replace(temporary, target)
            return
        except OSError as error:
            if not (isinstance(error, PermissionError) or error.errno in _HELD):
                raise
        time.sleep(wait)
    os.replace(temporary, target)


def _sweep(folder: Path) -> None:
    """Remove temporary files of ours that are too old to belong to a run that still writes."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if _TEMPORARY.fullmatch(entry.name):
                with suppress(OSError):
                    if time.time() - entry.stat().st_mtime > ABANDONED:
                        os.unlink(entry.path)
