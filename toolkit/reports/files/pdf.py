"""A Word document as a PDF that can be read aloud (PDF/UA), made by LibreOffice where that is installed.

LibreOffice runs without a window and with a profile of its own that is thrown away, so that it neither
reads nor changes the settings of the user, and can run beside a LibreOffice that is open.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from toolkit.model.refused import Refused
from toolkit.opc.archive import Archive
from toolkit.opc.markup import Splice, Tree, prefix_of
from toolkit.opc.trouble import retold
from toolkit.reports.letter.blocks import MOST_WHOLE

TIMEOUT_SECONDS = 120
_NAMES = ("soffice", "libreoffice")
_PLACES = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
"""Where LibreOffice stands when it is not on the path."""
_OPTIONS = {
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "DisplayPDFDocumentTitle": True,
}
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": str(value).lower()} for name, value in _OPTIONS.items()}
)
_MARK = b"pdfuaid:part"
"""Stands in the properties of a PDF that says it can be read aloud; LibreOffice before 7.4 leaves it out."""

_CONTENT = "content.xml"
_DRAW, _STYLE, _TABLE, _SVG = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("drawing", "style", "table", "svg-compatible")
)


class PdfError(Refused):
    """No PDF could be made."""


def office() -> str | None:
    """The command of LibreOffice; None where it is not installed."""
    found = filter(None, map(shutil.which, _NAMES))
    return next(found, None) or next(filter(os.path.isfile, _PLACES.get(sys.platform, ())), None)


def to_pdf(docx: bytes, alts: Sequence[str] = ()) -> bytes:
    """The document as a tagged PDF.

    alts: what each chart in the text says, in order: LibreOffice 7.4 forgets it when it opens a Word file.
    So the document first becomes one of LibreOffice itself, in which it is put back. There too small tables
    are kept whole: one that LibreOffice moves to the next page by itself has no header cells in the PDF.
    Raises PdfError: pdf_no_office, pdf_too_slow, pdf_failed or pdf_too_old.
    """
    command = office()
    if command is None:
        raise PdfError("pdf_no_office")
    with tempfile.TemporaryDirectory(prefix="wijkbaten-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        source = folder / "brief.docx"
        source.write_bytes(docx)
        text = _converted(command, source, "odt", "odt")
        with retold(PdfError, lambda _: "pdf_failed"):
            text.write_bytes(_prepared(text.read_bytes(), alts))
        data = _converted(command, text, "pdf", _FILTER).read_bytes()
    if _MARK not in data:
        raise PdfError("pdf_too_old")
    return data


def _prepared(odt: bytes, alts: Sequence[str]) -> bytes:
    """The document with a description in each chart that has none, and with small tables that stay whole."""
    archive = Archive(odt)
    content = Tree(archive.read(_CONTENT), _CONTENT)
    return archive.rebuilt({_CONTENT: content.edited([*_alts(content, alts), *_whole_tables(content)])})


def _alts(content: Tree, alts: Sequence[str]) -> Iterator[Splice]:
    """A description in each chart that has none; a chart is a frame with an object right inside."""
    charts = [frame for frame in content.named(f"{_DRAW} frame") if content.child(frame, "object")]
    if len(charts) != len(alts):
        raise PdfError("pdf_failed", {"charts": len(charts), "expected": len(alts)})
    for chart, alt in zip(charts, alts, strict=True):
        if all(one.name != f"{_SVG} desc" for one in content.children(chart)):
            said = f'<desc xmlns="{_SVG}">{escape(alt, quote=False)}</desc>'
            yield content.appended(chart, said.encode())


def _whole_tables(content: Tree) -> Iterator[Splice]:
    """What keeps small tables whole: a word in the looks of their style."""
    small = {
        table.own("style-name")
        for table in content.named(f"{_TABLE} table")
        if sum(one.name == f"{_TABLE} table-row" for one in content.inside(table)) <= MOST_WHOLE + 1
    }
    for style in content.named(f"{_STYLE} style"):
        looks = content.child(style, "table-properties")
        if looks and style.own("family") == "table" and style.own("name") in small:
            name = prefix_of(content.tag(looks)) + b"may-break-between-rows"
            yield content.retagged(looks, name, b"false")


def _converted(command: str, source: Path, suffix: str, kind: str) -> Path:
    """The file in another format, beside it. Raises PdfError."""
    folder = source.parent
    profile = f"-env:UserInstallation={(folder / 'profiel').as_uri()}"
    quiet = ("--headless", "--norestore", "--nologo", "--convert-to", kind, "--outdir", str(folder))
    said = _run([command, profile, *quiet, str(source)], folder)
    target = source.with_suffix(f".{suffix}")
    if not target.is_file():
        raise PdfError("pdf_failed", {"said": said})
    return target


def _run(command: list[str], folder: Path) -> str:
    """Runs to the end and gives what was said; kept in a file, as a child left behind holds a pipe open."""
    said = folder / "gezegd.txt"
    with said.open("wb") as log:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        except OSError as trouble:
            raise PdfError("pdf_failed", {"reason": str(trouble)}) from trouble
        try:
            process.wait(TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired as trouble:
            _end(process)
            raise PdfError("pdf_too_slow") from trouble
    return said.read_text(encoding="utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice with the child that does its work."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
