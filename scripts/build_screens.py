"""Makes the pictures of whole windows: `.venv/bin/python scripts/build_screens.py`.

Each is a real window of LibreOffice on the computed example De Kade, on a screen under Xvfb, as it opens: a
laptop of 1366 x 768 and a monitor of 1920 x 1080. They show what is seen of a sheet without scrolling, as a
printed page cannot.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from build_pictures import ROOT, books, png

from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM

sys.path.append(str(ROOT / "tests"))

from screen import Screen, screen

PICTURES = ROOT / "docs" / "handleiding" / "scherm"
SIZES = ((1366, 768), (1920, 1080))
SHOWN = (*(sheet.code for sheet in FORM.sheets if sheet.kind in ("guide", "input")), "results")
"""The sheets that a coordinator fills in, and the one with the outcome."""
START_SECONDS, LOOK_SECONDS, END_SECONDS = 120, 2, 20
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop>
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""


def wanted() -> dict[str, tuple[str, tuple[int, int]]]:
    """Of every picture, by file name: which sheet it shows, on how large a screen."""
    return {
        f"{name.lower().replace(' ', '_')}_{width}.png": (name, (width, height))
        for width, height in SIZES
        for name in (word(f"form.sheets.{code}.name") for code in SHOWN)
    }


def opening_at(book: Path, sheet: str, into: Path) -> Path:
    """A copy of a workbook that opens at this sheet."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "xl/workbook.xml":
                text = data.decode("utf-8")
                place = re.findall(r'<sheet [^>]*name="([^"]*)"', text).index(sheet)
                data = re.sub(r'activeTab="\d+"', f'activeTab="{place}"', text).encode()
            elif part.startswith("xl/worksheets/sheet"):
                data = data.replace(b' tabSelected="1"', b"")
            target.writestr(part, data)
    return into


@contextmanager
def window(on: Screen, book: Path, folder: Path, size: tuple[int, int]) -> Iterator[None]:
    """LibreOffice with a workbook, over the whole screen; gone afterwards."""
    profile = folder / "profiel"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo", "--calc"]
    # what a child left behind would say must not keep a pipe open
    with (folder / "gezegd.txt").open("wb") as log:
        process = subprocess.Popen(
            [*command, str(book)],
            env=on.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        number = _shown(on, book.stem)
        corner = tuple(map(str, size))
        for change in (
            ("windowmove", number, "0", "0"),
            ("windowsize", number, *corner),
            ("mousemove", *corner),
        ):
            subprocess.run(["xdotool", *change], check=True, env=on.environment, timeout=END_SECONDS)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # soffice is a launcher: its child must end too
        process.wait(END_SECONDS)
        shutil.rmtree(profile)


def _shown(on: Screen, title: str) -> str:
    """The number of the window with this title, once it is there."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        search = ["xdotool", "search", "--onlyvisible", "--name", title]
        found = subprocess.run(search, env=on.environment, stdout=subprocess.PIPE, timeout=END_SECONDS)
        if numbers := found.stdout.decode().split():
            return numbers[-1]
        time.sleep(LOOK_SECONDS)
    raise RuntimeError(f"no window of LibreOffice within {START_SECONDS} seconds")


def settled(on: Screen) -> np.ndarray:
    """What is on the screen once it is filled and has stopped changing."""
    before, until = on.picture().copy(), time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        now = on.picture().copy()
        if np.array_equal(before, now) and now[-1].any():
            return now
        before = now
    raise RuntimeError(f"the window still changes after {START_SECONDS} seconds")


def main() -> None:
    """Draw every window anew."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        computed = books(folder / "werkmappen")["uitkomst"]
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for picture, (sheet, size) in wanted().items():
            # a folder for each: who is ended leaves a lock beside what was open
            place = folder / picture
            place.mkdir()
            opened = opening_at(computed, sheet, place / "de_kade.xlsx")
            with screen(place, size) as on, window(on, opened, place, size):
                (PICTURES / picture).write_bytes(png(settled(on)))


if __name__ == "__main__":
    main()
