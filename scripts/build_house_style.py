"""Builds templates/huisstijl.docx from the readable parts in scripts/huisstijl.

The same parts give the same bytes: members in a fixed order, with a fixed date and without compression.
Run it after editing a part: python scripts/build_house_style.py
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
SOURCE = Path(__file__).resolve().parent / "huisstijl"
TARGET = TEMPLATES / "huisstijl.docx"

# Word expects the content types first and the root relationships next.
FIRST = ("[Content_Types].xml", "_rels/.rels")
DATE = (1980, 1, 1, 0, 0, 0)


def build(source: Path = SOURCE) -> bytes:
    """The bytes of the .docx; line ends are those of Unix, however the parts were checked out."""
    names = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name in (*FIRST, *sorted(names.difference(FIRST))):
            member = zipfile.ZipInfo(name, DATE)
            member.create_system = 0
            package.writestr(member, (source / name).read_bytes().replace(b"\r\n", b"\n"))
    return target.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(build())
