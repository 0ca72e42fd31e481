"""Chromium for the tests: what a page measures, what axe-core finds on it, and how it prints.

Chromium runs once per page, without a window, with a new empty profile. The page stands in a frame of a given
width, as a window itself cannot be as narrow as a telephone; what was measured comes back in the page.
"""

import html
import json
import os
import re
import shutil
import signal
import subprocess
from importlib import resources
from pathlib import Path

COMMAND = "chromium"
TIMEOUT_SECONDS = 120
NARROW, WIDE = 360, 1280
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_MEASURED = re.compile(r'<pre id="gemeten">(.*?)</pre>', re.DOTALL)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
_SCRIPT = """
const frame = document.querySelector("iframe");
frame.onload = async () => {
  const page = frame.contentDocument, inside = page.documentElement;
  const axe = page.createElement("script");
  axe.textContent = document.getElementById("axe").textContent;
  const measured = {width: inside.clientWidth, needed: inside.scrollWidth};
  inside.querySelector("head").append(axe);
  const asked = {runOnly: RULES, resultTypes: ["violations", "incomplete"]};
  const found = await frame.contentWindow.axe.run(page, asked);
  const told = list => list.map(one => [one.id, ...one.nodes.map(node => node.html)]);
  measured.violations = told(found.violations);
  measured.passes = found.passes.map(one => one.id);
  measured.unsure = told(found.incomplete);
  const pre = document.createElement("pre");
  pre.id = "gemeten";
  pre.textContent = JSON.stringify(measured);
  document.body.append(pre);
};
frame.srcdoc = JSON.parse(document.getElementById("pagina").textContent);
"""


class BrowserError(Exception):
    """Chromium did not deliver; the text holds what it said."""


class Browser:
    """Chromium that keeps its profiles and pages in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runs = 0

    def measured(self, page: str, width: int = WIDE) -> dict:
        """Width of the page and what it needs in pixels; per rule of axe-core what it finds and doubts."""
        axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        source = json.dumps(page).replace("<", "\\u003c")
        wrapper = (
            f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>meten</title></head><body>'
            f'<iframe title="pagina" width="{width}" height="900" style="border: 0"></iframe>'
            f'<script type="text/plain" id="axe">{axe}</script>'
            f'<script type="application/json" id="pagina">{source}</script>'
            f"<script>const RULES = {json.dumps(_RULES)};{_SCRIPT}</script></body></html>"
        )
        place = self._page(wrapper)
        said = self._run("--virtual-time-budget=60000", "--dump-dom", place.as_uri())
        found = _MEASURED.search(said)
        if not found:
            raise BrowserError(said[-2000:])
        return json.loads(html.unescape(found[1]))

    def printed(self, page: str) -> Path:
        """The page as it prints, as a PDF."""
        place = self._page(page)
        target = place.with_suffix(".pdf")
        self._run("--no-pdf-header-footer", f"--print-to-pdf={target}", place.as_uri())
        return target

    def _page(self, page: str) -> Path:
        self._runs += 1
        place = self.folder / f"pagina{self._runs}.html"
        place.write_text(page, encoding="utf-8")
        return place

    def _run(self, *arguments: str) -> str:
        profile = self.folder / f"profiel{self._runs}"
        command = [COMMAND, *_FLAGS, f"--user-data-dir={profile}", *arguments]
        said = self.folder / f"gezegd{self._runs}.txt"
        with said.open("wb") as log:
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                process.wait(TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired as late:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise BrowserError(f"none within {TIMEOUT_SECONDS} seconds") from late
        shutil.rmtree(profile, ignore_errors=True)
        return said.read_text(encoding="utf-8", errors="replace")


def is_missing() -> bool:
    """Whether Chromium cannot be found."""
    return shutil.which(COMMAND) is None
