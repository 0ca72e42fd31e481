"""Measures speed and memory: `.venv/bin/python scripts/bench.py [kans] [studie] [groei] [start] [knop]`.

Every time is compared with a named alternative in the same run, the two in turn (A B A B), and shown as
median (lowest to highest). Each measurement has a process of its own, so that peak memory is its own too.
Nothing fails here: a verdict is information. `--kort` takes the smallest sizes, to see that it runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from toolkit.app import output, walk
from toolkit.app.writing import save_all
from toolkit.method.montecarlo import simulate
from toolkit.method.ranges import varying_inputs
from toolkit.workbook.layout import FORM, PORTFOLIO
from toolkit.workbook.layout.form import ORGANISATION
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

EXAMPLES = Path(__file__).resolve().parent.parent / "workbooks" / "voorbeelden"
CHANCE_TARGET, STUDY_TARGET, GROWTH_TARGET = 1.5, 2.0, 1.1
MEMORY_TARGET = 1000
GROWTH_DRAWS = 1000
STEPS = ("lezen", "rekenen", "schrijven")

SENTENCES = {
    "machine": "Python {python}, numpy {numpy}, {system}, {cores} processoren. Tijden in seconden: "
    "mediaan (laagste - hoogste) van {rounds} rondes.",
    "kans": "\nKans: {draws} trekkingen van {inputs} onzekere getallen, zes wijkbedrijven\n"
    "  wij   : trekken, rekenen per wijkbedrijf en samen, per groep, verhouding, percentielen, kans,\n"
    "          bijdrage aan de spreiding\n"
    "  ander : per onzeker getal één aanroep Generator.beta(a, b, size={draws}), met dezelfde a en b",
    "studie": "\nHele studie: zes formulieren en de portefeuille (imports vooraf gedaan)\n"
    "  wij   : lezen, controleren, rekenen, gevoeligheid, zeven werkmappen met uitkomsten schrijven\n"
    '  ander : pandas.read_excel(pad, sheet_name=None, engine="openpyxl") op de zes formulieren: '
    "alleen lezen",
    "groei": "\nGroei: de hele studie met meer formulieren (kopieën van de voorbeelden, {draws} trekkingen)\n"
    "  hooguit drie rondes, het grootste aantal één keer; recht evenredig zou 1,00 zijn;\n"
    "  geheugen is de piek boven die van de imports",
    "start": "\nOpstarten: een nieuw proces met alleen de import",
    "times": "  {name:<34}{times}",
    "row": "  {name:<34}{value:>9}   doel {target:<14}{verdict}",
    "size": "  {forms:>4} formulieren: {times}   ({steps})   piek {peak}",
    "no_section": "dit onderdeel is er niet: {names}",
    "missing": "  {name:<34}niet geïnstalleerd",
    "unknown": "onbekend",
    "good": "gehaald",
    "bad": "NIET gehaald",
}


# --- measuring ---


def fresh_process() -> ProcessPoolExecutor:
    """A process of its own, that stays for more than one task."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def in_child(task: Callable, *arguments: object) -> object:
    """What a task gives in a fresh process."""
    with fresh_process() as process:
        return process.submit(task, *arguments).result()


def in_turn(tasks: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Seconds per task; each round does all tasks once, and the first round does not count."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds + 1):
        for task, of_task in zip(tasks, times, strict=True):
            start = time.perf_counter()
            task()
            of_task.append(time.perf_counter() - start)
    return [of_task[1:] for of_task in times]


def peak_memory() -> float | None:
    """The most memory this process has had, in MB; None on Windows, which does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def figure(value: float, decimals: int = 2) -> str:
    """A number the Dutch way."""
    return f"{value:.{decimals}f}".replace(".", ",")


def shown(times: Sequence[float]) -> str:
    """Median, lowest and highest."""
    return f"{figure(statistics.median(times), 3)} ({figure(min(times), 3)} - {figure(max(times), 3)})"


def show_times(name: str, times: Sequence[float]) -> None:
    """One line of measured times."""
    print(SENTENCES["times"].format(name=name, times=shown(times)))


def show(name: str, value: float | None, target: float, decimals: int = 2, unit: str = "") -> None:
    """One figure beside its target."""
    found, verdict = SENTENCES["unknown"], ""
    if value is not None:
        found, verdict = figure(value, decimals) + unit, SENTENCES["good" if value <= target else "bad"]
    wanted = f"<= {figure(target, decimals)}{unit}"
    print(SENTENCES["row"].format(name=name, value=found, target=wanted, verdict=verdict), flush=True)


def ratio(times: Sequence[float], other: Sequence[float]) -> float:
    """The median of the ratios per round."""
    return statistics.median(a / b for a, b in zip(times, other, strict=True))


# --- chance ---


def example_study(draws: int) -> walk.Loaded:
    """The six example forms, read, with another number of draws."""
    loaded, _ = walk.load_portfolio(EXAMPLES / output.PORTFOLIO_FILE)
    sampling = replace(loaded.portfolio.sampling, draws=draws)
    return replace(loaded, portfolio=replace(loaded.portfolio, sampling=sampling))


def time_chance(draws: int, rounds: int) -> tuple[int, list[list[float]]]:
    """Number of inputs; times of the whole simulation and of only drawing from the same distributions."""
    loaded = example_study(draws)
    inputs = varying_inputs(loaded.portfolio, loaded.portfolio.initiatives).values()
    weights = [4 * (e.mode - e.low) / (e.high - e.low) for e in (v.estimate for v in inputs)]
    generators = [np.random.Generator(np.random.PCG64(place)) for place in range(len(weights))]

    def only_draw() -> None:
        for generator, weight in zip(generators, weights, strict=True):
            generator.beta(1 + weight, 5 - weight, size=draws)

    whole = partial(simulate, loaded.portfolio, loaded.library.index)
    return len(inputs), in_turn([whole, only_draw], rounds)


def chance_memory(draws: int) -> float | None:
    """Peak memory of reading the study and simulating it once, imports and all."""
    loaded = example_study(draws)
    simulate(loaded.portfolio, loaded.library.index)
    return peak_memory()


def chance(short: bool, rounds: int) -> None:
    """Show the section about chance."""
    draws = 1000 if short else 100_000
    inputs, (whole, only_draw) = in_child(time_chance, draws, rounds)
    print(SENTENCES["kans"].format(draws=draws, inputs=inputs))
    show_times("wij", whole)
    show_times("ander", only_draw)
    show("wij / ander", ratio(whole, only_draw), CHANCE_TARGET)
    show("piekgeheugen", in_child(chance_memory, draws), MEMORY_TARGET, 0, " MB")


# --- the whole study ---


def walk_through(folder: Path, out: Path, draws: int | None) -> dict[str, float]:
    """Read, compute and write a study; seconds per step."""
    start = time.perf_counter()
    loaded, _ = walk.load_portfolio(folder / output.PORTFOLIO_FILE)
    read_at = time.perf_counter()
    computed = walk.compute(loaded, draws)
    computed_at = time.perf_counter()
    save_all([*output.forms(computed, out), output.portfolio(computed, out, walk.facts(computed))])
    done = time.perf_counter()
    return dict(zip(STEPS, (read_at - start, computed_at - read_at, done - computed_at), strict=True))


def read_with_pandas() -> None:
    """Read every sheet of the six example forms."""
    import pandas

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl about what it does not read
        for path in sorted(EXAMPLES.glob("*.xlsx")):
            if path.name != output.PORTFOLIO_FILE:
                pandas.read_excel(path, sheet_name=None, engine="openpyxl")


def time_study(rounds: int) -> list[list[float]]:
    """Times of the study without chance, of pandas, and of the study with chance."""
    with fresh_process() as ours, fresh_process() as other, TemporaryDirectory() as out:
        without, full = (partial(walk_through, EXAMPLES, Path(out), draws) for draws in (1, None))
        turns = (ours, without), (other, read_with_pandas), (ours, full)
        return in_turn([lambda p=p, t=t: p.submit(t).result() for p, t in turns], rounds)


def study(short: bool, rounds: int) -> None:
    """Show the section about the whole study."""
    without, other, full = time_study(rounds)
    print(SENTENCES["studie"])
    show_times("wij, zonder kans (1 trekking)", without)
    show_times("wij, met kans (100000 trekkingen)", full)
    show_times("ander", other)
    show("zonder kans / ander", ratio(without, other), STUDY_TARGET)
    show("met kans / ander", ratio(full, other), STUDY_TARGET)


# --- growth ---


def copies(folder: Path, forms: int) -> None:
    """A portfolio of so many forms: the examples, each under several codes and no two with equal answers."""
    raw = read(EXAMPLES / output.PORTFOLIO_FILE, PORTFOLIO)
    lines = [{c: raw.get(row, c) for c in ("code", "path", "counted", "reason")} for row in raw.rows["IN"]]
    given = [{c: a.value for c, a in line.items()} for line in lines if line["code"].value]
    package, asked = Package(EXAMPLES / output.PORTFOLIO_FILE), FORM.place(ORGANISATION)
    for place, line in enumerate(lines[:forms]):
        turn, which = divmod(place, len(given))
        example = given[which]
        name = f"{turn:03d}_{example['path']}"
        form = Package(EXAMPLES / example["path"])
        form.set(asked.sheet.name, asked.cell("OO-05", "answer"), 100 + turn)
        form.save(folder / name)
        code = f"{example['code']}{turn or ''}"
        for column, value in {**example, "code": code, "path": name}.items():
            sheet, cell = line[column].where.rsplit("!", 1)
            package.set(sheet, cell, value)
    package.save(folder / output.PORTFOLIO_FILE)


def time_growth(forms: int) -> tuple[dict[str, float], float | None, float | None]:
    """Seconds per step, and peak memory after the imports and at the end."""
    at_start = peak_memory()
    with TemporaryDirectory() as folder, TemporaryDirectory() as out:
        copies(Path(folder), forms)
        steps = walk_through(Path(folder), Path(out), GROWTH_DRAWS)
    return steps, at_start, peak_memory()


def growth(short: bool, rounds: int) -> None:
    """Show the section about growth. The largest size is done once: it is long enough to be steady."""
    sizes = (6, 12) if short else (6, 60, 600)
    runs: dict[int, list] = {size: [] for size in sizes}
    for turn in range(min(rounds, 3)):
        for size in sizes if turn == 0 else sizes[:-1]:
            runs[size].append(in_child(time_growth, size))
    print(SENTENCES["groei"].format(draws=GROWTH_DRAWS))
    taken, held = {}, {}
    for size, measured in runs.items():
        times = [sum(steps.values()) for steps, *_ in measured]
        medians = {step: statistics.median(steps[step] for steps, *_ in measured) for step in STEPS}
        steps = ", ".join(f"{step} {figure(value)}" for step, value in medians.items())
        taken[size] = statistics.median(times)
        at_start, peak = measured[0][1:3]
        held[size] = peak - at_start if peak else None
        most = f"{figure(peak, 0)} MB" if peak else SENTENCES["unknown"]
        print(SENTENCES["size"].format(forms=size, times=shown(times), steps=steps, peak=most))
    small, large = sizes[-2:]
    show(f"tijd {small} -> {large}", taken[large] / taken[small] / (large / small), GROWTH_TARGET)
    memory = held[large] / held[small] / (large / small) if held[small] else None
    show(f"geheugen {small} -> {large}", memory, GROWTH_TARGET)


# --- start-up ---


def fresh(code: str) -> int:
    """Run code in a new Python; its exit code."""
    return subprocess.run([sys.executable, "-c", code], check=False).returncode


def start_up(short: bool, rounds: int) -> None:
    """Show the section about start-up."""
    ours = "import toolkit.app.output"
    imports = {"alleen Python": "pass", "wij (toolkit.app.walk)": ours}
    imports |= {"pandas": "import pandas", "xlwings": "import xlwings"}
    print(SENTENCES["start"])
    here = {name: code for name, code in imports.items() if code in ("pass", ours) or find_spec(name)}
    times = dict(zip(here, in_turn([partial(fresh, code) for code in here.values()], rounds), strict=True))
    for name in imports:
        if name in times:
            show_times(name, times[name])
        else:
            print(SENTENCES["missing"].format(name=name))
    loaded = fresh(f"{ours}; import sys; sys.exit('pandas' in sys.modules)")
    show("pandas geladen door ons", loaded, 0, 0)


def button(short: bool, rounds: int) -> None:
    """Show the section about one click in Excel."""
    from _bench_button import show_click

    show_click(partial(in_turn, rounds=rounds), show_times, show)


SECTIONS = {"kans": chance, "studie": study, "groei": growth, "start": start_up, "knop": button}


def main(arguments: Sequence[str]) -> None:
    """Do the sections that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("onderdelen", nargs="*", metavar=" | ".join(SECTIONS))
    parser.add_argument("--kort", action="store_true")
    parser.add_argument("--rondes", type=int)
    given = parser.parse_args(arguments)
    if unknown := set(given.onderdelen) - SECTIONS.keys():
        parser.error(SENTENCES["no_section"].format(names=", ".join(sorted(unknown))))
    rounds = given.rondes or (1 if given.kort else 5)
    about = {"python": platform.python_version(), "numpy": np.__version__, "system": platform.platform()}
    print(SENTENCES["machine"].format(**about, cores=os.cpu_count(), rounds=rounds), flush=True)
    for name in given.onderdelen or SECTIONS:
        SECTIONS[name](given.kort, rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
