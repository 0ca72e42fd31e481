"""Opens a library: the one that comes with the toolkit, a folder, or a workbook with unit values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.app.refusals import refused
from toolkit.app.telling import report
from toolkit.kengetallen.comparison import checksum
from toolkit.kengetallen.library import Library, load_library, read_folder
from toolkit.model.finding import STOP, Finding, stops
from toolkit.model.unit_value import VOLUNTEER_HOUR
from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import word
from toolkit.workbook.intake.libraries import read_library

BUILT_IN = "ingebouwd"


def open_library(place: Path | None) -> tuple[Library | None, list[Finding]]:
    """Read a library, or tell what is wrong with it; what does not stop is a note about how it was read.

    place: a folder with the TOML files, a workbook as kengetallen.xlsx, or BUILT_IN or None for the
    library that comes with the toolkit. The version of another library names its file, and says by a
    checksum what was computed with where it is not equal to the one that comes with the toolkit.
    """
    if place is None or str(place) == BUILT_IN:
        return load_library(), []
    try:
        library, findings = _folder(place) if place.is_dir() else read_library(place, load_library())
    except FileRefused as trouble:
        return None, [refused(trouble, place.name)]
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        return None, [Finding(STOP, "unit_values_unreadable", "", {"reason": reason}, str(place))]
    if library is not None and VOLUNTEER_HOUR not in library.unit_values:
        findings.append(Finding(STOP, "unit_values_without_hour", "", {"code": VOLUNTEER_HOUR}, str(place)))
    if library is None or stops(findings):
        return None, findings
    return replace(library, version=_version(library, place)), findings


def opened(place: Path | None) -> tuple[Library | None, list[Finding]]:
    """The library to compute with; how its cells were read is told at once, apart from any study."""
    library, findings = open_library(place)
    if library is not None:
        report(findings)
    return library, findings


def _folder(place: Path) -> tuple[Library | None, list[Finding]]:
    library, errors = read_folder(place)
    return library, [refused(error, place) for error in errors]


def _version(library: Library, place: Path) -> str:
    """What a result says it was computed with."""
    name = place.resolve().name
    own = checksum(library)
    if own == checksum(load_library()):
        return word("form.screen.library_of_file", version=library.version, file=name)
    return word("form.screen.library_edited", version=library.version, file=name, checksum=own)
