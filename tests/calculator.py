"""A second calculator beside LibreOffice: formualizer computes every formula of a workbook anew."""

from __future__ import annotations

from pathlib import Path

import formualizer


class CalculatorError(Exception):
    """The calculator left a formula out; the text holds what it said."""


def recalculated(path: Path, into: Path) -> Path:
    """The workbook with every formula computed anew, under its own name in folder `into`."""
    into.mkdir(parents=True, exist_ok=True)
    done = formualizer.recalculate_file(str(path), str(into / path.name))
    if done["evaluated"] < done["total_formulas"] or done["unknown_functions"]:
        raise CalculatorError(f"{path.name}: {done}")
    return into / path.name
