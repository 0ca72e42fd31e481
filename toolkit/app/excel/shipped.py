"""What the installed xlwings brings: version, template of the add-in, licence, and script for macOS."""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from toolkit.opc.archive import Archive
from toolkit.opc.trouble import FileRefused
from toolkit.words.vocabulary import word

TESTED_VERSION = "0.37.8"
_TEMPLATE, _LICENCE = "quickstart_addin_ribbon.xlam", "LICENSE.txt"


class CannotBuild(Exception):
    """Why there is no add-in; the text is the Dutch sentence."""


def version() -> str:
    """The version of xlwings in this environment. Raises CannotBuild where there is none."""
    try:
        return metadata.version("xlwings")
    except metadata.PackageNotFoundError as missing:
        raise CannotBuild(word("excel.trouble.no_xlwings")) from missing


def template() -> dict[str, bytes]:
    """The parts of the add-in that xlwings ships as an example, in their order. Raises CannotBuild."""
    try:
        archive = Archive((_folder() / _TEMPLATE).read_bytes())
        return {name: archive.read(name) for name in archive.names}
    except (OSError, FileRefused) as trouble:
        raise unknown_template(_TEMPLATE) from trouble


def licence() -> str:
    """The licence of the open part, as the installed package brings it. Raises CannotBuild."""
    version()
    for file in metadata.files("xlwings") or ():
        if file.name == _LICENCE:
            return Path(file.locate()).read_text(encoding="utf-8")
    raise unknown_template(_LICENCE)


def script_for_macos() -> Path:
    """The script that Excel on a Mac starts Python with; its name carries the version. Raises CannotBuild."""
    path = _folder() / f"xlwings-{version()}.applescript"
    if not path.is_file():
        raise unknown_template(path.name)
    return path


def unknown_template(reason: object) -> CannotBuild:
    """That this version of xlwings differs from what we know, and where."""
    facts = {"xlwings": version(), "reason": reason, "tested": TESTED_VERSION}
    return CannotBuild(word("excel.trouble.template", **facts))


def _folder() -> Path:
    """Where xlwings is installed; it is not imported, as that takes longer than all the rest."""
    version()
    found = find_spec("xlwings")
    if found is None or not found.submodule_search_locations:
        raise CannotBuild(word("excel.trouble.no_xlwings"))
    return Path(found.submodule_search_locations[0])
