"""The bench still runs; what it measures is not judged here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "scripts" / "bench.py"


def test_the_bench_prints_a_ratio_against_a_named_alternative():
    command = [sys.executable, str(BENCH), "kans", "--kort", "--rondes", "1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert "Generator.beta(a, b, size=1000)" in said
    assert re.search(r"wij / ander +\d+\.\d\d +doel", said)
