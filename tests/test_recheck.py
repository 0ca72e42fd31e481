"""Two engines, one answer: the live formulas of a workbook against Python, two calculators as referee."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import calculator
import openpyxl
import pytest
from forms import cell, change, examples
from python_calamine import CalamineWorkbook

from toolkit.app import cli, output, walk
from toolkit.app.writing import save_all
from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import headline
from toolkit.opc.references import split_reference
from toolkit.words.vocabulary import word
from toolkit.workbook.layout import FORM
from toolkit.workbook.layout.lists import CHOICES
from toolkit.workbook.layout.recheck import TOTALS
from toolkit.workbook.outcome.filling import UNKNOWN, fill
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Cached, Package

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 120
FUNCTIONS = {
    "ABS", "AND", "COUNT", "COUNTA", "COUNTBLANK", "HYPERLINK", "IF", "IFERROR", "INDEX", "LEN", "MATCH",
    "MAX", "MIN", "N", "REPT", "RIGHT", "ROUND", "SUBSTITUTE", "SUM", "SUMIFS", "SUMPRODUCT", "TRIM",
}  # fmt: skip
CONSTANTS = {"0", "1", "12", "100"}
FEW = 5
"""As many of the random forms as LibreOffice computes too; it takes longer."""

Recalculate = Callable[[list[Path], Path], list[Path]]


def formulas(path: Path):
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for found in row:
                if found.data_type == "f":
                    yield sheet.title, found.coordinate, found.value


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> Path:
    folder = examples(tmp_path_factory.mktemp("recheck"))
    assert cli.main(["alles", str(folder), "--uit", str(folder / "uit")]) == 0
    return folder / "uit"


def test_every_formula_is_short_plain_and_known_to_excel_2016():
    for name in ("invulformulier.xlsx", "kortformulier.xlsx", "portefeuille.xlsx", "kengetallen.xlsx"):
        for _, where, formula in formulas(ROOT / "workbooks" / name):
            assert len(formula) <= LONGEST, (where, formula)
            assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)) <= FUNCTIONS, (where, formula)
            bare = re.sub(r'"[^"]*"|\'[^\']*\'!', "", formula)
            numbers = re.findall(r"(?<![A-Za-z$0-9.])\d+(?:\.\d+)?(?![0-9]*[A-Za-z(:])", bare)
            assert set(numbers) <= CONSTANTS, (where, formula)


def test_no_if_stands_inside_an_if_on_narekenen():
    for sheet, where, formula in formulas(ROOT / "workbooks" / "invulformulier.xlsx"):
        if sheet == "Narekenen":
            depth = deepest = 0
            stack = []
            for token in re.findall(r"[A-Z]*\(|\)", re.sub(r'"[^"]*"', "", formula)):
                if token == ")":
                    depth -= stack.pop() == "IF("
                else:
                    stack.append(token)
                    depth += token == "IF("
                    deepest = max(deepest, depth)
            assert deepest <= 1, (where, formula)


def differences(written: Path, recalculated: Path) -> list[tuple]:
    """Formula cells of which a calculator finds something else than what was stored."""
    stored = openpyxl.load_workbook(written, data_only=True)
    again = openpyxl.load_workbook(recalculated, data_only=True)
    found = []
    for sheet, where, formula in formulas(written):
        mine, theirs = (book[sheet][where].value for book in (stored, again))
        mine, theirs = ("" if v is None else v for v in (mine, theirs))
        numbers = all(isinstance(v, int | float) for v in (mine, theirs))
        same = abs(mine - theirs) <= max(1e-6, 1e-10 * abs(mine)) if numbers else mine == theirs
        if not same:
            found.append((sheet, where, formula, mine, theirs))
    return found


@pytest.fixture(params=["libreoffice", "formualizer"])
def recalculate(request) -> Recalculate:
    """Workbooks with every formula computed anew, by the one calculator and by the other."""
    if request.param == "libreoffice":
        office = request.getfixturevalue("office")
        return lambda books, into: office.all_to_format(books, into, "xlsx")
    return lambda books, into: [calculator.recalculated(book, into) for book in books]


def test_both_calculators_agree_with_every_stored_result(recalculate, computed, tmp_path):
    books = sorted(computed.glob("*.xlsx"))
    assert len(books) == 7
    for book, again in zip(books, recalculate(books, tmp_path), strict=True):
        assert differences(book, again) == []


def test_a_stored_result_that_is_a_cent_off_is_reported(recalculate, computed, tmp_path):
    path, raw = tmp_path / "een_cent.xlsx", read(computed / "de_kade_uitkomst.xlsx", FORM)
    package, stored = Package(computed / "de_kade_uitkomst.xlsx"), totals(computed / "de_kade_uitkomst.xlsx")
    sheet, where = raw.places["NR"].sheet, cell(raw, "NR", 0, "formula")
    off = stored[0][0] + 0.01
    package.set(sheet, where, Cached(off))
    package.save(path)
    (again,) = recalculate([path], tmp_path / "weer")
    ((found_on, found_at, _, mine, theirs),) = differences(path, again)
    assert (found_on, found_at, mine) == (sheet, where, off)
    assert theirs == pytest.approx(off - 0.01, abs=1e-6)


def totals(path: Path) -> list[tuple[object, object]]:
    """(formula, python) of every total on sheet Narekenen."""
    raw = read(path, FORM)
    rows = (
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Narekenen").to_python(skip_empty_area=False)
    )
    place = raw.places["NR"]
    columns = [place.columns[c] - 1 for c in ("formula", "python")]
    size = TOTALS.size
    return [tuple(rows[place.row + 1 + n][c] for c in columns) for n in range(size)]


def agree(path: Path) -> None:
    for formula, python in totals(path):
        if isinstance(formula, str) or isinstance(python, str):
            assert formula == python
        else:
            assert formula == pytest.approx(python, abs=0.005)


def random_answers(chance: random.Random) -> dict[tuple[str, str], object]:
    """A complete form with answers that nobody thought of."""
    library = load_library()
    years = chance.randint(1, 8)
    answers: dict[tuple[str, str], object] = {
        ("OO-01", "answer"): "Toeval",
        ("OO-02", "answer"): "Ergens",
        ("OO-03", "answer"): "Van alles.",
        ("OO-04", "answer"): 2025,
        ("OO-05", "answer"): chance.randint(1, 80),
        ("JR-01", "answer"): chance.randint(0, 90_000),
        ("JR-05", "answer"): UNKNOWN,
        ("JR-06", "answer"): UNKNOWN,
        **{(f"JR-0{n}", "answer"): UNKNOWN for n in (2, 3, 4)},
        ("ST-01", "answer"): "Toevallige studie",
        ("ST-02", "answer"): 2025,
        ("ST-03", "answer"): years,
        ("ST-05", "answer"): chance.choice([2018, 2022, 2025, 2026, 2031]),
        ("ST-06", "answer"): chance.choice([0, 2.25, 3.5]),
        ("ST-07", "answer"): chance.choice(list(CHOICES["timing"])),
        ("ST-09", "answer"): "Dan gebeurt er niets",
        ("ST-10", "answer"): chance.choice(["yes", "no"]),
        ("ST-11", "answer"): 1000,
    }
    if chance.random() < 0.5:
        answers["ST-04", "answer"] = chance.randint(years, 20)
    for n, person in enumerate(("deelnemers", "wijkbewoners"), 1):
        answers[f"DG-{n:02d}", "name"], answers[f"DG-{n:02d}", "person"] = f"Groep {n}", person
    for n in chance.sample(range(1, 41), chance.randint(1, 12)):
        change_ = chance.choice(list(library.changes.values()))
        row, finer = f"EF-{n:02d}", f"VD-{n:02d}"
        value = library.unit_values[change_.parts[0].kengetal]
        answers |= {
            (row, "change"): change_.name,
            (row, "target_group"): f"Groep {chance.randint(1, 2)}",
            # no tenths: a half that is a last bit short is rounded by each calculator in its own way
            (row, "reach"): chance.choice([0, 1, 2.25, 40, 1200]),
            (row, "deadweight"): chance.choice([*CHOICES["deadweight"], UNKNOWN, None]),
            (row, "attribution"): chance.choice([*CHOICES["attribution"], UNKNOWN, None]),
            (row, "still"): chance.choice([*range(11), UNKNOWN, None]),
            (row, "grade"): chance.choice(["A", "B", "C", "D", UNKNOWN]),
            (row, "total"): chance.choice([None, None, 250, 4000.5, UNKNOWN]),
        }
        if chance.random() < 0.2:
            answers |= {
                (row, "change"): "other",
                (row, "own_change"): "mensen durven weer met de bus",
                (row, "own_domain"): "gezondheid",
                (row, "own_gains"): chance.choice(list(CHOICES["gains"])),
                (row, "own_value"): 35.5,
                (row, "own_reason"): "offerte",
                (finer, "agreed"): chance.choice(["yes", "no", None]),
            }
            continue
        if chance.random() < 0.3:
            answers[row, "direction"] = "more"
        if value.amount is None or chance.random() < 0.2:
            answers[row, "own_value"], answers[row, "own_reason"] = chance.randint(-50, 9000), "Eigen opgave"
        if chance.random() < 0.4:
            answers[finer, "lag"] = chance.randint(0, 1)
            answers[finer, "displacement"] = chance.choice([0, 12.5, 100])
        if value.counting == "instroom" and chance.random() < 0.4:
            answers[finer, "duration"] = chance.randint(1, 6)
        for year in chance.sample(range(1, 11), chance.randint(0, 3)):
            answers[finer, f"reach_{year}"] = chance.randint(0, 60)
    for n in chance.sample(range(1, 25), chance.randint(0, 4)):
        row = f"WJ-{n:02d}"
        answers |= {
            (row, "average"): chance.choice([0, 2.5, 40]),
            (row, "group"): 12,
            (row, "source"): "team",
        }
    for n in chance.sample(range(1, 21), chance.randint(1, 6)):
        row, temporary = f"GI-{n:02d}", chance.random() < 0.4
        answers |= {
            (row, "name"): "Iets",
            (row, "party"): chance.choice(list(CHOICES["party"])),
            (row, "kind"): chance.choice(list(CHOICES["kind"])),
            (row, "amount"): chance.choice([0, 750.5, 40_000]),
            (row, "term"): "temporary" if temporary else "structural",
        }
        if temporary:
            answers[row, "until"] = chance.choice([2024, 2025, 2027, 2034, UNKNOWN])
            answers[row, "continues"] = chance.choice(["yes", "no", None, UNKNOWN])
    return {at: value for at, value in answers.items() if value is not None}


def moved(written: Path, recalculated: Path, cells: list[tuple[str, str]]) -> list[tuple]:
    """Those of the cells that show something else once formualizer, which has no decimal comma, is done."""
    books = [CalamineWorkbook.from_path(str(path)) for path in (written, recalculated)]
    sheets = [
        {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        for book in books
    ]
    found = []
    for sheet, where in cells:
        row, column = split_reference(where)
        mine, theirs = (rows[sheet][row - 1][column - 1] for rows in sheets)
        if isinstance(mine, str) and isinstance(theirs, str):
            same = mine.replace(",", ".") == theirs.replace(",", ".")
        else:
            same = mine == pytest.approx(theirs, rel=1e-10, abs=1e-6)
        if not same:
            found.append((sheet, where, mine, theirs))
    return found


def test_fifty_random_forms_give_the_same_totals_in_python_and_in_formulas(office, tmp_path):
    template = (ROOT / "workbooks" / "invulformulier.xlsx").read_bytes()
    folder, results = tmp_path / "in", []
    folder.mkdir()
    for seed in range(50):
        path = folder / f"toeval_{seed:02d}.xlsx"
        answers = random_answers(random.Random(seed))
        level = answers["ST-05", "answer"]
        path.write_bytes(fill(template, FORM, answers, "", load_library(), level))
        loaded, findings = walk.load_form(path)
        assert loaded is not None, (seed, findings)
        results += [written.path for written in save_all(output.forms(walk.compute(loaded), tmp_path))]
    cells = [(sheet, where) for sheet, where, _ in formulas(ROOT / "workbooks" / "invulformulier.xlsx")]
    for result in results:
        again = calculator.recalculated(result, tmp_path / "weer")
        agree(again)
        assert moved(result, again, cells) == []
    for again in office.all_to_format(results[:FEW], tmp_path / "office", "xlsx"):
        agree(again)


def test_a_changed_answer_moves_narekenen_and_makes_the_results_stale(computed, tmp_path):
    path = tmp_path / "de_kade_uitkomst.xlsx"
    shutil.copyfile(computed / "de_kade_uitkomst.xlsx", path)
    assert state(path) == word("form.state.fresh")
    change(path, {("EF-01", "reach"): 20, ("EF-07", "deadweight"): "de helft"})
    recalculated = calculator.recalculated(path, tmp_path / "weer")
    assert state(recalculated) == word("form.state.stale")
    loaded, _ = walk.load_form(path)
    python = headline(walk.compute(loaded, draws=1000).outcome)
    rows = dict(zip(TOTALS.row_codes, totals(recalculated), strict=True))
    for code, figure in (("total", "benefits_pv"), ("costs_pv", "costs_pv"), ("ratio", "ratio")):
        assert rows[code][0] == pytest.approx(getattr(python, figure), abs=0.005)
    assert rows["total"][1] != pytest.approx(python.benefits_pv, abs=1)


def test_computing_again_makes_the_results_fresh(computed, tmp_path):
    path = tmp_path / "de_kade.xlsx"
    shutil.copyfile(computed / "de_kade_uitkomst.xlsx", path)
    change(path, {("EF-01", "reach"): 20})
    assert cli.main(["bereken", str(path), "--uit", str(tmp_path / "uit")]) == 0
    recalculated = calculator.recalculated(tmp_path / "uit" / "de_kade_uitkomst.xlsx", tmp_path / "weer")
    assert state(recalculated) == word("form.state.fresh")
    agree(recalculated)


def test_sorted_rows_do_no_harm(computed, tmp_path):
    """Effects in another order than their refinements: rows are found by their codes."""
    path = tmp_path / "de_kade.xlsx"
    shutil.copyfile(computed / "de_kade_uitkomst.xlsx", path)
    raw, package = read(path, FORM), Package(path)
    place = raw.places["EF"]
    sheet, first, second = place.sheet, cell(raw, "EF", 0, "change"), cell(raw, "EF", 1, "change")
    for column in ("change", "target_group", "reach", "deadweight", "attribution", "helper", "still",
                   "grade", "source"):  # fmt: skip
        for row, other in (("EF-01", "EF-02"), ("EF-02", "EF-01")):
            target = raw.get(row, column).where.rpartition("!")[2]
            answer = raw.get(other, column)
            package.set(sheet, target, answer.value)
    for row, code in ((first, "EF-02"), (second, "EF-01")):
        package.set(sheet, f"A{re.sub('[A-Z]', '', row)}", code)
    package.save(path)
    assert cli.main(["bereken", str(path), "--uit", str(tmp_path / "uit")]) == 0
    result = tmp_path / "uit" / "de_kade_uitkomst.xlsx"
    before = dict(zip(range(99), totals(computed / "de_kade_uitkomst.xlsx"), strict=False))
    for n, (formula, python) in enumerate(totals(calculator.recalculated(result, tmp_path / "weer"))):
        assert formula == pytest.approx(python, abs=0.005)
        assert python == pytest.approx(before[n][1], abs=0.005)


def state(path: Path) -> str:
    """What the workbook says of itself at the top of sheet Uitkomsten."""
    rows = (
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Uitkomsten").to_python(skip_empty_area=False)
    )
    return rows[4][1]


def test_an_own_tariff_of_the_municipality_reaches_the_formulas(tmp_path):
    folder = examples(tmp_path)
    own = {"own_amount": 80.0, "price_year": 2025, "confirmation": "eigen tarief"}
    change(folder / "portefeuille.xlsx", {("ET-01", column): value for column, value in own.items()})
    assert cli.main(["alles", str(folder), "--uit", str(folder / "uit")]) == 0
    agree(calculator.recalculated(folder / "uit" / "de_kade_uitkomst.xlsx", tmp_path / "weer"))
