"""The computer as the installer sees it: its kind, folders, registry, and the programs that it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

WINDOWS, MACOS = "windows", "macos"
_KINDS = {"win32": WINDOWS, "darwin": MACOS}
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class System:
    """One computer; tests bring an imitation.

    python: the Python that buttons start; base: where the installation it belongs to stands.
    registry: the value at a key ("HKCU\\...") and a name, None where there is none.
    run: what a program says, None where it cannot be started or fails.
    """

    kind: str
    home: Path
    environment: Mapping[str, str]
    python: str
    base: str
    registry: Callable[[str, str], object | None]
    run: Callable[[Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things go. scripts: macOS only, what may start a program there; menu: Windows only."""

    startup: Path
    own: Path
    scripts: Path | None = None
    menu: Path | None = None


def this_system() -> System:
    """The computer that this runs on."""
    kind = _KINDS.get(sys.platform, sys.platform)
    registry = registry_value if kind == WINDOWS else lambda key, name: None
    return System(kind, Path.home(), os.environ, _python(), sys.base_prefix, registry, output)


def folders(system: System) -> Folders | None:
    """The folders of this user; None on a system without Excel, or where Windows does not name them."""
    if system.kind == WINDOWS:
        roaming_at, local_at = (system.environment.get(name) for name in ("APPDATA", "LOCALAPPDATA"))
        if not roaming_at or not local_at:
            return None
        roaming, local = Path(roaming_at), Path(local_at)
        return Folders(
            startup=roaming / "Microsoft" / "Excel" / "XLSTART",
            own=local / "Wijkbaten" / "Excel",
            menu=roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Wijkbaten",
        )
    if system.kind == MACOS:
        library = system.home / "Library"
        group = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        return Folders(
            startup=group / "Startup.localized" / "Excel",
            own=library / "Application Support" / "Wijkbaten" / "Excel",
            scripts=library / "Application Scripts" / "com.microsoft.Excel",
        )
    return None


def output(command: Sequence[str]) -> str | None:
    """What a program says; None where it cannot be started, fails, or keeps us waiting for a minute."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def registry_value(key: str, name: str) -> object | None:
    """A value of the Windows registry; None where it is not there or may not be read."""
    winreg = import_module("winreg")  # by name, as it is known on Windows only
    root, _, path = key.partition("\\")
    hive = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[root]
    try:
        with winreg.OpenKey(hive, path) as opened:
            value: object = winreg.QueryValueEx(opened, name)[0]
            return value
    except OSError:
        return None


def _python() -> str:
    """The Python that runs this, with a console: the one without has nowhere to report an error."""
    path = Path(sys.executable)
    beside = path.with_name("python.exe")
    return str(beside if path.name.lower() == "pythonw.exe" and beside.exists() else path)
