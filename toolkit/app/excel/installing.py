"""Puts the add-in where Excel loads it, remembers what was put where, and takes exactly that away again."""

from __future__ import annotations

import compileall
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PureWindowsPath

from toolkit.app.excel import addin, shipped
from toolkit.app.excel.system import WINDOWS, Folders, System, folders
from toolkit.app.writing import Product, make_folder, save_all, writing
from toolkit.words.vocabulary import word

ADDIN, LAUNCHER, RECORD = "Wijkbaten.xlam", "Wijkbaten.cmd", "installatie.json"


class CannotInstall(Exception):
    """What stands in the way, as Dutch sentences."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(*sentences)


@dataclass(frozen=True, slots=True)
class Record:
    """What the installer put on this computer: files with their checksum, and the folders it had to make."""

    files: Mapping[str, str] = field(default_factory=dict)
    folders: Sequence[str] = ()

    def holds(self, path: Path, content: bytes) -> bool:
        """Whether this file is as the installer left it."""
        return self.files.get(str(path)) == _checksum(content)


@dataclass(frozen=True, slots=True)
class Removed:
    """What went, and what stayed because it is no longer as the installer left it."""

    gone: Sequence[Path]
    kept: Sequence[Path]


def places(system: System) -> Folders:
    """The folders of Excel on this computer. Raises CannotInstall where there is no Excel."""
    found = folders(system)
    if found is None:
        raise CannotInstall(word(f"excel.trouble.no_{'folders' if system.kind == WINDOWS else 'excel'}"))
    return found


def install(system: System) -> list[Path]:
    """Put everything in its place and give the files that were written; a second time nothing changes.

    Raises CannotInstall where someone else's file is in the way (nothing is written then), CannotBuild, and
    CannotWrite for what the disk refuses.
    """
    found = places(system)
    refuse_store_python(system)
    wanted, before = _wanted(system, found), read_record(found)
    present = {path: content for path in wanted if (content := _content(path)) is not None}
    ours = {path for path, content in present.items() if before.holds(path, content)}
    same = {path for path, content in present.items() if content == wanted[path]}
    theirs = {path for path in same if str(path) not in before.files}
    if foreign := present.keys() - ours - same:
        raise CannotInstall(*(word("excel.trouble.foreign", path=path) for path in sorted(foreign)))
    # what someone else put there is left to them, also when it is just what we need
    files = {str(path): _checksum(content) for path, content in wanted.items() if path not in theirs}
    missing = {folder for path in [*wanted, found.own / RECORD] for folder in _missing(path.parent)}
    made = sorted({*before.folders, *map(str, missing)})
    # a run that is cut off has put down only what is remembered
    _save_record(found, Record({**files, **before.files}, made))
    todo = {path: content for path, content in wanted.items() if present.get(path) != content}
    save_all([Product(path, content) for path, content in todo.items()])
    outdated = before.files.keys() - files.keys()
    _remove(Record({name: before.files[name] for name in outdated}))
    _save_record(found, Record(files, made))
    return list(todo)


def compile_ahead() -> None:
    """Compile our modules: a button starts Python with -B, which reads compiled modules but keeps none."""
    with resources.as_file(resources.files("toolkit")) as package:
        compileall.compile_dir(package, quiet=2)


def remove(system: System) -> Removed:
    """Take away what was installed, and the folders that were made for it where they are empty.

    Raises CannotInstall and CannotWrite; what could not be removed is then still remembered.
    """
    found = places(system)
    record = read_record(found)
    removed = _remove(record)
    with writing(found.own / RECORD):
        (found.own / RECORD).unlink(missing_ok=True)
    for name in sorted(record.folders, key=len, reverse=True):
        folder = Path(name)
        if folder.is_dir() and not any(folder.iterdir()):
            with writing(folder):
                folder.rmdir()
    return removed


def refuse_store_python(system: System) -> None:
    """Raise CannotInstall for a Python of the Microsoft Store: Windows hides from Excel what that writes."""
    if system.kind == WINDOWS and "windowsapps" in system.base.lower():
        raise CannotInstall(word("excel.trouble.store_python", python=system.base))


def read_record(found: Folders) -> Record:
    """What was installed here before. Raises CannotInstall where that can no longer be read."""
    path = found.own / RECORD
    if not path.exists():
        return Record()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Record(dict(said["files"]), list(said["folders"]))
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise CannotInstall(word("excel.trouble.record", path=path)) from trouble


def _wanted(system: System, found: Folders) -> dict[Path, bytes]:
    """Every file with its content. In the start-up folder only the add-in: Excel opens all that is there."""
    wanted = {
        found.own / word("excel.addin.licences_file"): addin.licences().encode(),
        found.startup / ADDIN: addin.build(system.python),
    }
    if found.menu:
        wanted[found.menu / LAUNCHER] = launcher(system.python)
    if found.scripts:
        script = shipped.script_for_macos()
        wanted[found.scripts / script.name] = script.read_bytes()
    return wanted


def launcher(python: str) -> bytes:
    """The item of the Start menu: it opens the panel and leaves no black window behind."""
    windowed = str(PureWindowsPath(python).with_name("pythonw.exe")).replace("%", "%%")
    lines = ("@echo off", "chcp 65001 >nul", f'start "" "{windowed}" -m toolkit.app.cli excel paneel', "")
    return "\r\n".join(lines).encode()


def _remove(record: Record) -> Removed:
    gone, kept = [], []
    for path in map(Path, record.files):
        content = _content(path)
        if content is None:
            continue
        if not record.holds(path, content):
            kept.append(path)
            continue
        with writing(path):
            path.unlink()
        gone.append(path)
    return Removed(gone, kept)


def _save_record(found: Folders, record: Record) -> None:
    said = {"files": dict(record.files), "folders": list(record.folders)}
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    make_folder(found.own)
    save_all([Product(found.own / RECORD, text.encode())])


def _content(path: Path) -> bytes | None:
    """What is in the file; None where there is none. Raises CannotWrite where it may not be read."""
    with writing(path):
        return path.read_bytes() if path.exists() else None


def _missing(folder: Path) -> list[Path]:
    """This folder and those above it that are not there yet."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
