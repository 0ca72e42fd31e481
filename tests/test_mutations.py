"""Broken and hostile workbooks end in results or in a sentence, never in a traceback or a dead process.

Two hundred in the short run, two thousand in the long one. Each has a number; one alone is made with
`python -m mutations NUMBER FILE` in the folder tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Timer

import mutations
import pytest
from mutations.kinds import HEAVY, KINDS

LONG = os.environ.get("WIJKBATEN_ALLES") == "1"
SEEDS = range(2000 if LONG else 200)
WRITTEN_EACH = 1 if LONG else 10
SECONDS = 120
WORKER = Path(__file__).with_name("mutation_worker.py")
# one thread in the sums and few pools of memory, so that the limit on memory measures the workbook
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "PYTHONFAULTHANDLER": "1"}


class Worker:
    """A process that judges one workbook after another, and is started again where it dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), str(self.folder), str(WRITTEN_EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT},
        )

    def ask(self, seed: int) -> dict[str, object]:
        """What came of the workbook of a seed; 'trouble' where the process died of it or took too long."""
        timer = Timer(SECONDS, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(b"%d\n" % seed)
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = b""
        finally:
            timer.cancel()
        if line:
            return json.loads(line)
        self.stop()
        noise = (self.folder / "noise.txt").read_text(encoding="utf-8", errors="replace")
        self.start()
        return {"trouble": f"the process died ({self.process.returncode})\n{noise}"}

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, dict[str, object]]]:
    """What came of every seed, judged by one process for each processor."""
    folder = tmp_path_factory.mktemp("mutations")
    workers = [Worker(folder / str(n)) for n in range(min(os.cpu_count() or 1, 8))]
    free: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def judged(seed: int) -> dict[str, object]:
        worker = free.get()
        try:
            return worker.ask(seed)
        finally:
            free.put(worker)

    with ThreadPoolExecutor(len(workers)) as threads:
        yield dict(zip(SEEDS, threads.map(judged, SEEDS), strict=True))
    for worker in workers:
        worker.stop()


def escaped(told: dict[str, object]) -> str:
    """What went wrong with one workbook, empty where nothing did."""
    if "trouble" in told or told["noise"]:
        return told.get("trouble") or told["noise"]
    return "" if told["results"] or told["sentences"] else "nothing was said"


def test_every_broken_workbook_ends_in_results_or_a_sentence(outcomes):
    wrong = {seed: escaped(told) for seed, told in outcomes.items() if escaped(told)}
    assert not wrong, "\n\n".join(f"seed {n}, {mutations.name_of(n)}: {text}" for n, text in wrong.items())


def test_every_kind_of_damage_occurs(outcomes):
    assert {mutations.name_of(seed) for seed in outcomes} == {*KINDS, *HEAVY}


def test_some_are_harmless_and_others_are_refused(outcomes):
    codes = {code for told in outcomes.values() for code in told.get("codes", ())}
    assert any(told.get("results") for told in outcomes.values())
    assert {
        "refused_unreadable",
        "refused_truncated",
        "refused_encrypted",
        "refused_too_large",
        "refused_too_many_cells",
        "refused_too_much_text",
        "refused_xml_entities",
        "refused_stray_cell",
        "refused_other_document",
    } <= codes


def test_a_seed_makes_the_same_workbook_each_time():
    for seed in (3, 40, 60):
        assert mutations.case(seed) == mutations.case(seed)
