"""Whether the installed add-in can work: what is in order, what is wrong, and who can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from toolkit import __version__
from toolkit.app.excel import addin, shipped
from toolkit.app.excel.installing import ADDIN, places, refuse_store_python
from toolkit.app.excel.system import MACOS, WINDOWS, Folders, System
from toolkit.model.finding import INFO, STOP, WARN
from toolkit.words.vocabulary import word

_SECURITY = r"Microsoft\Office\16.0\Excel\Security"
_OFFICE_RULES = {
    "trusted_off": (rf"{_SECURITY}\Trusted Locations", "AllLocationsDisabled"),
    "addins_off": (_SECURITY, "DisableAllAddins"),
    "signature": (_SECURITY, "RequireAddinSig"),
}
"""Code of the sentence -> key and name of a setting of Excel that stops add-ins where it is 1."""
_DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
_CHILD_RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""The rule of Defender that forbids Office to start other programs; a button does just that."""
_BLOCKED, _WARNED = "1", "6"
_VERSIONS = "import toolkit, toolkit.app.ribbon, xlwings; print(toolkit.__version__, xlwings.__version__)"
_EXCEL_RUNS = {
    WINDOWS: (["tasklist", "/FI", "IMAGENAME eq EXCEL.EXE", "/NH"], "EXCEL.EXE"),
    MACOS: (["pgrep", "-x", "Microsoft Excel"], ""),
}


class Remark(NamedTuple):
    """Something that was looked at; level: STOP, WARN, INFO, or "" where it is in order."""

    level: str
    text: str


def remarks(system: System) -> list[Remark]:
    """Everything that was looked at, in the order in which it matters. Raises CannotInstall, CannotBuild."""
    found = places(system)
    refuse_store_python(system)
    path = found.startup / ADDIN
    if not path.is_file():
        return [_remark("not_installed", STOP, path=path)]
    settings = _settings(path)
    if settings is None:
        return [_remark("unreadable", STOP, path=path)]
    return [
        _remark("installed", path=path),
        *_python(system, settings),
        *_built(settings),
        *_script(found),
        *_mark(system, path),
        *_rules(system),
        *_running(system),
    ]


def _remark(code: str, level: str = "", /, **facts: object) -> Remark:
    return Remark(level, word(f"excel.checks.{code}", **facts))


def _settings(path: Path) -> Mapping[str, object] | None:
    """The settings in the add-in; None where it is not one of ours."""
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(addin.SHEET)
    except (CalamineError, OSError):
        return None
    settings = {str(row[0]): row[1] for row in sheet.to_python() if row[0]}
    wanted = {*addin.INTERPRETERS.values(), addin.BUILT_BY, addin.BUILT_FROM}
    return settings if wanted <= settings.keys() else None


def _python(system: System, settings: Mapping[str, object]) -> Iterator[Remark]:
    """Whether the Python that the buttons start is there, and brings what they need."""
    python = _expanded(str(settings[addin.INTERPRETERS[system.kind]]), system.environment)
    if not Path(python).is_file():
        yield _remark("no_python", STOP, python=python)
        return
    said = (system.run([python, "-c", _VERSIONS]) or "").split()
    if len(said) != 2:
        yield _remark("python_fails", STOP, python=python)
        return
    yield _remark("python", python=python)
    if said != [__version__, shipped.version()]:
        facts = {"there": said[0], "there_xlwings": said[1], "here_xlwings": shipped.version()}
        yield _remark("other_python", WARN, here=__version__, **facts)


def _built(settings: Mapping[str, object]) -> Iterator[Remark]:
    """Whether the add-in belongs to the versions that are installed now."""
    built = (str(settings[addin.BUILT_BY]), str(settings[addin.BUILT_FROM]))
    now = (__version__, shipped.version())
    facts = {"built": built[0], "built_xlwings": built[1], "now": now[0], "now_xlwings": now[1]}
    yield _remark("built", **facts) if built == now else _remark("outdated", STOP, **facts)


def _script(found: Folders) -> Iterator[Remark]:
    """On a Mac: the script without which Excel may not start another program."""
    if found.scripts and not (path := found.scripts / shipped.script_for_macos().name).is_file():
        yield _remark("no_script", STOP, path=path)


def _mark(system: System, path: Path) -> Iterator[Remark]:
    """Whether the file carries the mark of something downloaded; macros in such a file do not run."""
    if system.kind == MACOS:
        marked = system.run(["xattr", "-p", "com.apple.quarantine", str(path)]) is not None
    else:
        marked = Path(f"{path}:Zone.Identifier").exists()
    yield _remark("marked", STOP, path=path) if marked else _remark("not_marked")


def _rules(system: System) -> Iterator[Remark]:
    """Settings that an administrator makes and that stop the add-in or its buttons; on Windows only."""
    if system.kind != WINDOWS:
        return
    stopped = False
    for code, (key, name) in _OFFICE_RULES.items():
        for root in (r"HKCU\Software\Policies", r"HKCU\Software"):
            if system.registry(rf"{root}\{key}", name) == 1:
                stopped = True
                yield _remark(code, STOP, key=rf"{root}\{key}\{name}")
                break
    rule = _child_rule(system)
    if rule == _BLOCKED:
        yield _remark("child_blocked", STOP, rule=_CHILD_RULE)
    elif rule == _WARNED:
        yield _remark("child_warned", WARN, rule=_CHILD_RULE)
    elif not stopped:
        yield _remark("no_rules")


def _child_rule(system: System) -> str:
    """What Defender does when Office starts another program, as group policy or management of devices say."""
    key = rf"{_DEFENDER}\Windows Defender Exploit Guard\ASR\Rules"
    for name in (_CHILD_RULE, _CHILD_RULE.upper()):
        if (found := system.registry(key, name)) is not None:
            return str(found)
    managed = str(system.registry(rf"{_DEFENDER}\Policy Manager", "ASRRules") or "")
    found = re.search(rf"{_CHILD_RULE}=(\d)", managed, re.IGNORECASE)
    return found[1] if found else ""


def _running(system: System) -> Iterator[Remark]:
    command, said = _EXCEL_RUNS[system.kind]
    shown = system.run(command)
    if shown is not None and said in shown.upper():
        yield _remark("excel_open", INFO)


def _expanded(path: str, environment: Mapping[str, str]) -> str:
    """The path with names between percent signs replaced, as Excel does on Windows."""
    known = {name.upper(): value for name, value in environment.items()}
    return re.sub(r"%([^%]+)%", lambda name: known.get(name[1].upper(), name[0]), path)
