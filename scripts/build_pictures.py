"""Makes the pictures of the manuals: `.venv/bin/python scripts/build_pictures.py`.

LibreOffice prints the workbooks as PDF, poppler draws the pages, and each page becomes a small PNG in
docs/handleiding/beeld; the tab in Excel is drawn from its description (ribbon_picture.py). The file
herkomst.json beside them tells of every picture which page of which sheet it shows, with a checksum of what
that sheet says: a test compares those with the workbooks as they are now.
The pixels are not compared, as every version of LibreOffice draws a little differently.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest import mock

import numpy as np
from python_calamine import CalamineWorkbook

from toolkit.app import cli, output, walk
from toolkit.kengetallen.library import load_library
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM
from toolkit.workbook.reading.reader import read

sys.path += [str(Path(__file__).resolve().parent.parent / name) for name in ("tests", "scripts")]

import ribbon_picture
from office import Office

ROOT = Path(__file__).resolve().parent.parent
WORKBOOKS = ROOT / "workbooks"
PICTURES = ROOT / "docs" / "handleiding" / "beeld"
MANIFEST = PICTURES / "herkomst.json"
DOTS_PER_INCH, FOOTER_INCHES, MARGIN, COLOURS, ALIKE = 100, 0.6, 8, 128, 24
PAGES = {code: (1, 2) for code in ("tables", "trail", "initiatives")}
"""The pages shown of sheets that go over several; of all others the first."""
FINANCE = ("study", "initiatives", "own_tariffs", "letter", "checks", "results", "tables", "comparison")
SHOWN = {
    # what is computed shows nothing in an empty form, and Kengetallen is to look things up in, not to print
    "formulier": tuple(
        s.code for s in FORM.sheets if s.kind not in ("result", "poster") and s.code != "library"
    ),
    "ingevuld": ("guide", "about", "activities", "changes", "no_price", "money", "care", "deepening"),
    "vorigjaar": ("about", "money"),
    "uitkomst": tuple(s.code for s in FORM.sheets if s.kind in ("result", "poster")),
    "portefeuille": FINANCE,
    "kengetallen": ("library_guide", "unit_values", "price_index"),
}
"""Workbook -> the sheets of which there are pictures."""
MACHINE_MADE = re.compile(r"\b[0-9a-f]{64}\b")
NOISE = 1e-6
"""Euros: what lies below is the rounding of a processor, and differs from one to another."""


def books(folder: Path) -> dict[str, Path]:
    """Every workbook that is shown, made in a folder: empty, filled, with last year beside it, computed."""
    examples, computed, together = (folder / name for name in ("voorbeelden", "uitvoer", "samen"))
    shutil.copytree(WORKBOOKS / "voorbeelden", examples)
    library = load_library()
    remembering = folder / "formulier_met_vorig_jaar.xlsx"
    remembering.write_bytes(output.new_form(library, last_year=read(examples / "de_kade.xlsx", FORM))[0])
    with _on(dt.date.fromisoformat(library.version)):
        _compute("bereken", examples / "de_kade.xlsx", "--uit", computed)
        _compute("portefeuille", examples / "portefeuille.xlsx", "--uit", together)
    return {
        "formulier": WORKBOOKS / "invulformulier.xlsx",
        "ingevuld": examples / "de_kade.xlsx",
        "vorigjaar": remembering,
        "uitkomst": computed / "de_kade_uitkomst.xlsx",
        "portefeuille": together / "portefeuille.xlsx",
        "kengetallen": WORKBOOKS / "kengetallen.xlsx",
    }


def _compute(*arguments: object) -> None:
    """Run a command without its talk, unless it fails."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main([str(argument) for argument in arguments])
    if code != 0:
        raise RuntimeError(said.getvalue())


@contextlib.contextmanager
def _on(day: dt.date):
    """Compute as if it were this day, so that the pictures do not grow old by themselves."""
    calendar = SimpleNamespace(date=SimpleNamespace(today=lambda: day))
    with mock.patch.object(walk, "dt", calendar), mock.patch.object(output, "dt", calendar):
        yield


def origins(paths: dict[str, Path]) -> dict[str, dict[str, object]]:
    """Of every picture, by file name: workbook, sheet, page, and a checksum of what the sheet says."""
    found: dict[str, dict[str, object]] = {ribbon_picture.NAME: ribbon_picture.origin()}
    for book, codes in SHOWN.items():
        opened = CalamineWorkbook.from_path(str(paths[book]))
        for code in codes:
            sheet = word(f"form.sheets.{code}.name")
            said = content(opened.get_sheet_by_name(sheet).to_python())
            for page in (shown := PAGES.get(code, (1,))):
                number = f"_{page}" if len(shown) > 1 else ""
                name = f"{book}_{sheet.lower().replace(' ', '_')}{number}.png"
                found[name] = {"werkmap": book, "blad": sheet, "bladzijde": page, "inhoud": said}
    return found


def content(rows: list[list[object]]) -> str:
    """A short checksum of the values of a sheet: six digits of a number, and no checksum of a file.

    A number that differs from nothing only by the noise of a processor's arithmetic is nothing.

    >>> content([["a", 1 / 3]]) == content([["a", 0.33333333]]) != content([["a", 0.4]])
    True
    >>> content([["a", 4.7e-10]]) == content([["a", 0.0]])
    True
    """
    texts = ([_plain(value) for value in row if value != ""] for row in rows)
    said = "\n".join("\t".join(row) for row in texts)
    return hashlib.sha256(MACHINE_MADE.sub("", said).encode()).hexdigest()[:16]


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{0.0 if abs(value) < NOISE else value:.6g}"
    return str(value)


def draw(pdf: Path, page: int, footer_inches: float = FOOTER_INCHES) -> bytes:
    """One page of a PDF as a small PNG, without its footer and its empty borders."""
    wanted = ("-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page))
    drawn = subprocess.run(["pdftoppm", *wanted, str(pdf)], check=True, capture_output=True).stdout
    _, size, _, pixels = drawn.split(b"\n", 3)
    width, height = map(int, size.split())
    picture = np.frombuffer(pixels, np.uint8).reshape(height, width, 3)
    return png(trimmed(picture[: height - round(footer_inches * DOTS_PER_INCH)]))


def trimmed(picture: np.ndarray) -> np.ndarray:
    """The picture (height, width, 3) with only a small margin around what is not white."""
    inked = (picture < 255).any(axis=2)
    rows, columns = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
    top, left = max(0, rows[0] - MARGIN), max(0, columns[0] - MARGIN)
    return picture[top : rows[-1] + MARGIN, left : columns[-1] + MARGIN]


def png(picture: np.ndarray) -> bytes:
    """The picture as a PNG with a palette: of colours that look alike, the one used most stands for all."""
    height, width, _ = picture.shape
    used, place, count = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    ranked = used[np.argsort(-count, kind="stable")]
    _, first = np.unique(ranked // ALIKE, axis=0, return_index=True)
    palette = ranked[np.sort(first)[:COLOURS]]
    apart = ((used[:, None].astype(int) - palette[None].astype(int)) ** 2).sum(axis=2)
    numbers = apart.argmin(axis=1)[place.reshape(-1)].astype(np.uint8).reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), numbers])
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": palette.astype(np.uint8).tobytes(),
        b"IDAT": zlib.compress(lines.tobytes(), 9),
        b"IEND": b"",
    }
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts.items()
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def pages(pdf: Path) -> dict[str, list[int]]:
    """The pages of a printed workbook by the name of their sheet, as their footers tell."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    found: dict[str, list[int]] = {}
    for number, page in enumerate(text.decode().split("\f")[:-1], start=1):
        footer = page.strip().splitlines()[-1]
        found.setdefault(re.search(r", blad (.+), pagina ", footer)[1], []).append(number)
    return found


def drawn_tab(folder: Path) -> bytes:
    """The tab in Excel as a small PNG."""
    pdf = folder / "lint.pdf"
    pdf.write_bytes(ribbon_picture.drawing())
    return draw(pdf, 1, footer_inches=0)


def main() -> None:
    """Draw every picture anew and write the manifest."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = books(folder)
        wanted = origins(paths)
        office = Office(folder / "office")
        pdfs = office.all_to_format([*paths.values()], folder / "pdf", "pdf")
        printed = dict(zip(paths, pdfs, strict=True))
        sheets = {book: pages(pdf) for book, pdf in printed.items()}
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        (PICTURES / ribbon_picture.NAME).write_bytes(drawn_tab(folder))
        for picture, origin in wanted.items():
            if picture == ribbon_picture.NAME:
                continue
            book = origin["werkmap"]
            page = sheets[book][origin["blad"]][origin["bladzijde"] - 1]
            (PICTURES / picture).write_bytes(draw(printed[book], page))
    text = json.dumps(wanted, ensure_ascii=False, indent=1) + "\n"
    MANIFEST.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
