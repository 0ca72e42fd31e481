"""Our own bug: a saved report, so that it can be mended."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from toolkit import __version__
from toolkit.words.vocabulary import word


def reported(trace: str, folders: Iterable[Path]) -> str:
    """Save what went wrong in the first folder that can be written, and tell where."""
    moment = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
    for folder in (*folders, Path(tempfile.gettempdir())):
        path = folder / f"wijkbaten-fout-{moment}.txt"
        try:
            path.write_text(f"wijkbaten {__version__}, Python {sys.version}\n\n{trace}", encoding="utf-8")
        except OSError:
            continue
        return word("screen.trouble.report", path=path)
    return word("screen.trouble.no_report", reason=trace.strip().splitlines()[-1])
