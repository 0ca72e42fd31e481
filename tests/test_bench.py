"""The bench runs and shows a ratio beside its target; how fast anything is, no test asks."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "scripts" / "bench.py"


def test_the_smallest_section_shows_its_ratio_target_and_memory():
    done = subprocess.run(
        [sys.executable, str(BENCH), "kans", "--kort"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"wij / ander +[0-9]+,[0-9]{2} +doel <= 1,50 +(NIET )?gehaald", done.stdout)
    assert re.search(r"piekgeheugen +([0-9]+ MB|onbekend) +doel <= 1000 MB", done.stdout)


def test_the_section_about_a_button_shows_both_imports_and_the_click():
    done = subprocess.run(
        [sys.executable, str(BENCH), "knop", "--kort"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    for name in ("Python en xlwings", "met wat wij importeren", "de hele klik"):
        assert re.search(rf"{name} +[0-9]+,[0-9]{{3}} \(", done.stdout)
    assert re.search(r"boven Python en xlwings +[0-9]+,[0-9]{2} s +doel <= 0,50 s", done.stdout)


def test_alternatives_take_turns_after_one_round_that_does_not_count():
    spec = importlib.util.spec_from_file_location("bench", BENCH)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    order: list[str] = []
    times = bench.in_turn([lambda: order.append("a"), lambda: order.append("b")], 3)
    assert "".join(order) == "abababab"
    assert [len(of_task) for of_task in times] == [3, 3]
