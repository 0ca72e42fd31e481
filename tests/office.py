"""LibreOffice for the tests: recalculate a workbook, turn it into another format, and look at its pages.

Every call starts LibreOffice once, without a window and with a profile of our own. That profile says two
things which the default does not: recalculate every formula when a file is opened (the default keeps stored
results, even those of a file that asks to be recalculated), and write numbers and dates the Dutch way.
"""

import os
import re
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

TIMEOUT_SECONDS = 300
COMMANDS = ("soffice", "pdftoppm")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value></prop>
</item>
</oor:items>
"""


class OfficeError(Exception):
    """LibreOffice or pdftoppm did not deliver; the text holds what the program said."""


class Office:
    """LibreOffice with a throw-away profile in `profile`, a folder that does not exist yet."""

    def __init__(self, profile: Path) -> None:
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        self.profile = profile

    def recalculated(self, path: Path, into: Path, format: str = "xlsx") -> Path:
        """The workbook with every formula computed anew by LibreOffice, saved in folder `into`."""
        return self.to_format(path, into, format)

    def to_format(self, path: Path, into: Path, format: str) -> Path:
        """The file as "ods", "xlsx", "pdf" or another format LibreOffice knows, in folder `into`."""
        return self.all_to_format([path], into, format)[0]

    def all_to_format(self, paths: Sequence[Path], into: Path, format: str) -> list[Path]:
        """Several files in one start of LibreOffice, as starting takes most of the time; order of `paths`.

        Raises:
            ValueError: two results would get the same name, or a result would overwrite its source.
            OfficeError: a result is missing, or LibreOffice did not finish in time.
        """
        results = [into / f"{path.stem}.{format}" for path in paths]
        if len(set(results)) < len(results) or {path.resolve() for path in paths} & {
            r.resolve() for r in results
        }:
            raise ValueError(f"files would overwrite each other: {[result.name for result in results]}")
        into.mkdir(parents=True, exist_ok=True)
        for result in results:
            result.unlink(missing_ok=True)
        log = self._run(
            "soffice",
            f"-env:UserInstallation={self.profile.resolve().as_uri()}",
            *("--headless", "--norestore", "--nologo", "--convert-to", format, "--outdir", str(into)),
            *map(str, paths),
        )
        if missing := [result.name for result in results if not result.exists()]:
            raise OfficeError(f"not made: {missing}\n{log}")
        return results

    def pages(self, path: Path, into: Path) -> list[Path]:
        """A picture (PNG, 70 dots per inch) of every page of a PDF, or of what the printer would give."""
        pdf = path if path.suffix == ".pdf" else self.to_format(path, into, "pdf")
        into.mkdir(parents=True, exist_ok=True)
        log = self._run("pdftoppm", "-r", "70", "-png", str(pdf), str(into / pdf.stem))
        pages = sorted(into.glob(f"{pdf.stem}-*.png"))
        if not pages:
            raise OfficeError(f"no pages in {pdf.name}\n{log}")
        return pages

    def vba_modules(self, path: Path, into: Path) -> dict[str, str]:
        """The source of every module in a workbook with macros, as LibreOffice reads it."""
        into.mkdir(parents=True, exist_ok=True)
        result = into / f"{path.stem}.ods"
        log = self._run(
            "soffice",
            f"-env:UserInstallation={self.profile.resolve().as_uri()}",
            *("--headless", "--norestore", "--nologo", "--infilter=Calc MS Excel 2007 VBA XML"),
            *("--convert-to", "ods", "--outdir", str(into), str(path)),
        )
        if not result.exists():
            raise OfficeError(f"not made: {result.name}\n{log}")
        with zipfile.ZipFile(result) as package:
            parts = [n for n in package.namelist() if re.fullmatch(r"Basic/(?!Standard/)[^/]+/[^/]+\.xml", n)]
            trees = {Path(n).stem: ElementTree.fromstring(package.read(n)) for n in parts}
        return {name: "".join(tree.itertext()) for name, tree in trees.items() if name != "script-lb"}

    def _run(self, *command: str) -> str:
        """Run to the end and give what was said; kept in a file, as a child left behind holds a pipe open."""
        said = self.profile / "said.txt"
        with said.open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
            try:
                code = process.wait(TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # soffice is a launcher: its child must end too
                process.wait()
                code = f"none within {TIMEOUT_SECONDS} seconds"
        text = said.read_text(encoding="utf-8", errors="replace")
        if code != 0:
            raise OfficeError(f"{command[0]}: exit code {code}\n{text}")
        return text


def missing_commands() -> list[str]:
    """The programs these helpers call that cannot be found."""
    return [name for name in COMMANDS if shutil.which(name) is None]
