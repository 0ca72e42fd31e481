"""Opens a library: the one that comes with the toolkit, a folder, or a workbook with unit values."""

from __future__ import annotations

from pathlib import Path

from toolkit.app.walk import refused
from toolkit.kengetallen.library import Library, load_library
from toolkit.kengetallen.records import LibraryError
from toolkit.model.finding import STOP, Finding
from toolkit.model.unit_value import VOLUNTEER_HOUR
from toolkit.workbook.library_intake import read_library
from toolkit.workbook.package import WorkbookRefused

BUILT_IN = "ingebouwd"


def open_library(place: Path | None) -> tuple[Library | None, list[Finding]]:
    """Read a library, or tell what is wrong with it.

    place: a folder with the TOML files, a workbook as kengetallen.xlsx, or BUILT_IN or None for the
    library that comes with the toolkit.
    """
    if place is None or str(place) == BUILT_IN:
        return load_library(), []
    try:
        library, findings = (
            (load_library(place), []) if place.is_dir() else read_library(place, load_library())
        )
    except LibraryError as error:
        return None, [Finding(STOP, error.code, "", error.facts, str(place))]
    except WorkbookRefused as trouble:
        return None, [refused(place, trouble)]
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        return None, [Finding(STOP, "unit_values_unreadable", "", {"reason": reason}, str(place))]
    if library is not None and VOLUNTEER_HOUR not in library.unit_values:
        return None, [Finding(STOP, "unit_values_without_hour", "", {"code": VOLUNTEER_HOUR}, str(place))]
    return library, findings
