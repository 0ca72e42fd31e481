"""Builds every workbook that is shipped: the four templates and the filled examples.

Usage: python scripts/build_workbooks.py [FOLDER]   (default: workbooks/)
Building again gives the same files. The examples are fictitious; their answers stand in
scripts/voorbeelden/*.toml.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

# lxml, where it happens to be installed, writes the same XML in other bytes
os.environ["OPENPYXL_LXML"] = "False"

from toolkit.kengetallen.library import Library, load_library
from toolkit.words.vocabulary import word
from toolkit.workbook.drawing.book import build
from toolkit.workbook.drawing.stable import stable
from toolkit.workbook.layout import FORM, LIBRARY_BOOK, PORTFOLIO, SHORT, asked, portfolio
from toolkit.workbook.layout.lists import OTHER
from toolkit.workbook.live.library import care_changes
from toolkit.workbook.outcome.filling import fill

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "scripts" / "voorbeelden"
PRICE_LEVEL = 2025
GRIDS = {
    "doelgroepen": asked.TARGET_GROUPS,
    "activiteiten": asked.ACTIVITIES,
    "doorverwijzingen": asked.REFERRALS,
    "geld": asked.MONEY,
    "effecten": asked.EFFECTS,
    "zonder_prijs": asked.NO_PRICE,
    "overlap": portfolio.OVERLAPS,
    "initiatieven": portfolio.INITIATIVES,
    "eigen_tarieven": portfolio.TARIFFS,
    "aanbevelingen": portfolio.RECOMMENDATIONS,
    "middelen": portfolio.MEANS,
}


def main(folder: Path) -> None:
    """Write all workbooks into `folder`."""
    library = load_library()
    templates = {
        "invulformulier.xlsx": (FORM, build(FORM, library, PRICE_LEVEL)),
        "portefeuille.xlsx": (PORTFOLIO, build(PORTFOLIO, library, PRICE_LEVEL)),
        "kortformulier.xlsx": (SHORT, build(SHORT, library, PRICE_LEVEL)),
        "kengetallen.xlsx": (LIBRARY_BOOK, build(LIBRARY_BOOK, library, PRICE_LEVEL)),
    }
    examples = folder / "voorbeelden"
    examples.mkdir(parents=True, exist_ok=True)
    for name, (_, data) in templates.items():
        (folder / name).write_bytes(data)
    for source in sorted(ANSWERS.glob("*.toml")):
        answers = tomllib.loads(source.read_text(encoding="utf-8"))
        kind = "portefeuille.xlsx" if "initiatieven" in answers else "invulformulier.xlsx"
        workbook, template = templates[kind]
        known = dict(coded(answers, library))
        filled = fill(template, workbook, known, word("form.screen.invented"), library, PRICE_LEVEL)
        (examples / f"{source.stem}.xlsx").write_bytes(stable(filled))


def coded(answers: dict, library: Library) -> Iterator[tuple[tuple[str, str], object]]:
    """The answers of one example by (row code, column code)."""
    care = care_changes(library)
    for given in answers.get("wijkteam", ()):
        row = asked.CARE.row_codes[care.index(library.changes[given["change"]].name)]
        for column in ("average", "group", "source"):
            yield (row, column), given[column]
    for code, value in answers["vragen"].items():
        yield (code, "answer"), value
    for grid, block in GRIDS.items():
        for row, given in zip(block.row_codes, answers.get(grid, ()), strict=False):
            finer = asked.DEEPENING.beside(row)
            for column, value in given.items():
                if column == "groei":
                    for year, reach in enumerate(value, start=2):
                        yield (finer, f"reach_{year}"), reach
                elif grid == "effecten" and column in ("lag", "duration", "displacement", "reason", "agreed"):
                    yield (finer, column), value
                elif column in ("change", "effect") and value != OTHER:
                    changes = library.changes if column == "change" else library.unpriced
                    yield (row, column), changes[value].name
                elif column == "unit_value":
                    yield (row, column), library.unit_values[value].name
                else:
                    yield (row, column), value


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "workbooks")
