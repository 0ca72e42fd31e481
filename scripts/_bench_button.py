"""The section of bench.py about a button: from a new Python to what Excel is told to do."""

from __future__ import annotations

import compileall
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import toolkit

ROOT = Path(__file__).resolve().parent.parent
TARGET = 0.5
START = "import json, os, sys; os.environ['XLWINGS_LICENSE_KEY'] = 'noncommercial'; import xlwings"
OURS = "; from toolkit.app.ribbon import knop"
CLICK = (
    "; xlwings.Book.caller = lambda: xlwings.Book(json=json.load(open(sys.argv[1])))"
    "; knop('herbereken', melding=lambda text: None)"
)
SENTENCES = {
    "title": "\nKnop Herbereken op De Kade: van een nieuw proces tot wat Excel moet doen\n"
    "  gemeten met de 'remote engine' van xlwings; wat Excel daarna zelf doet is hier niet te meten",
    "none": "  Zonder xlwings is er geen knop om te meten.",
}


def show_click(in_turn: Callable, show_times: Callable, show: Callable) -> None:
    """What starting takes, what our imports take on top of it, and the whole click."""
    print(SENTENCES["title"])
    if find_spec("xlwings") is None:
        print(SENTENCES["none"])
        return
    sys.path.append(str(ROOT / "tests"))
    from remote_excel import sent

    compileall.compile_dir(Path(toolkit.__file__).parent, quiet=1)  # as installing does
    with TemporaryDirectory() as folder:
        book = Path(folder) / "de_kade.json"
        example = sent(ROOT / "workbooks" / "voorbeelden" / "de_kade.xlsx")
        book.write_text(json.dumps(example, default=list), encoding="utf-8")
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder}

        def run(code: str) -> None:
            subprocess.run([sys.executable, "-c", code, str(book)], check=True, env=environment)

        start, ready, done = in_turn(
            [partial(run, code) for code in (START, START + OURS, START + OURS + CLICK)]
        )
    show_times("Python en xlwings", start)
    show_times("met wat wij importeren", ready)
    show_times("de hele klik", done)
    show("onze import boven Python en xlwings", _above(ready, start), TARGET, unit=" s")
    show("de klik boven Python en xlwings", _above(done, start), TARGET, unit=" s")


def _above(times: Sequence[float], other: Sequence[float]) -> float:
    """The median of the differences per round."""
    return statistics.median(a - b for a, b in zip(times, other, strict=True))
