"""A file that forbids writing still gets its outcome, and every reason has a sentence of its own."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import ooxml
import openpyxl
import pytest
from forms import EXAMPLES
from test_main_path import figures, run

from toolkit.app import cli
from toolkit.opc.references import column_letters
from toolkit.words.vocabulary import table
from toolkit.workbook.layout import FORM
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

ROOT = Path(__file__).resolve().parent.parent
ADDED_BY_PACKAGE = {"sheet"}
"""Facts that Package adds to what happens while one sheet is edited."""
EDITING = ("sheet.py", "scan.py")


# --- a sentence for each code


def refusals() -> Iterator[tuple[str, str, set[str]]]:
    """File, code and names of facts of every FileRefused that is raised somewhere in the toolkit."""
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        chosen = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FileRefused":
                given, *rest = node.args
                if isinstance(given, ast.Attribute):
                    continue  # raised again with more facts
                given = chosen[given.id] if isinstance(given, ast.Name) else given
                options = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
                facts = {key.value for one in rest if isinstance(one, ast.Dict) for key in one.keys if key}
                for option in options:
                    assert isinstance(option, ast.Constant), f"{path.name}:{node.lineno}: which code is this?"
                    yield path.name, option.value, facts


TOLD_BY_THE_WALK = {
    *("csv", "json", "is_form", "is_portfolio", "is_library", "is_short"),
    *("form_is_portfolio", "form_is_library", "form_is_short"),
}
"""Files that can be read, and are of another kind than was asked for."""


def test_every_code_has_its_sentence_and_every_sentence_its_code():
    codes = {code for _, code, _ in refusals()}
    sentences = {name.removeprefix("refused_") for name in table("messages") if name.startswith("refused")}
    assert len(codes) > 25
    assert codes | TOLD_BY_THE_WALK == sentences


def test_every_sentence_uses_only_facts_that_are_always_there():
    known: dict[str, list[set[str]]] = defaultdict(list)
    for file, code, facts in refusals():
        known[code].append(facts | (ADDED_BY_PACKAGE if file in EDITING else set()))
    for code, given in known.items():
        text = table("messages")[f"refused_{code}"]["text"]
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert used <= set.intersection(*given), code


# --- the outcome goes into a form of ours


def signed(data: bytes) -> bytes:
    parts = ooxml.parts_of(data)
    return ooxml.zipped({**parts, "_xmlsignatures/origin.sigs": b""})


def part_of_sheet(data: bytes, sheet: str) -> str:
    return Package(data).sheets[sheet]


def edited(data: bytes, sheet: str, pattern: str, by: str) -> bytes:
    """The workbook with the first place in a sheet that fits the pattern replaced."""

    def change(xml: bytes) -> bytes:
        text, count = re.subn(pattern, by, xml.decode(), count=1)
        assert count == 1
        return text.encode()

    return ooxml.with_part(data, part_of_sheet(data, sheet), change)


def result_cell(data: bytes, tmp_path: Path) -> str:
    """The first amount of the table with the benefits per group."""
    path = tmp_path / "los.xlsx"
    path.write_bytes(data)
    place = read(path, FORM).places["UG"]
    path.unlink()
    assert place.sheet == "Tabellen"
    return f"{column_letters(place.columns['total'])}{place.row + 2}"


def with_shared_formula(data: bytes, tmp_path: Path) -> bytes:
    at = result_cell(data, tmp_path)
    formula = f'<f t="shared" ref="{at}:{at}" si="0">1+1</f><v>2</v>'
    return edited(data, "Tabellen", rf'<c r="{at}"([^>]*?)(?:/>|>.*?</c>)', rf'<c r="{at}">{formula}</c>')


def with_array_formula(data: bytes, tmp_path: Path) -> bytes:
    at = result_cell(data, tmp_path)
    formula = f'<f t="array" ref="{at}:{at}">1+1</f><v>2</v>'
    return edited(data, "Tabellen", rf'<c r="{at}"([^>]*?)(?:/>|>.*?</c>)', rf'<c r="{at}">{formula}</c>')


def without_row_numbers(data: bytes, _: Path) -> bytes:
    return edited(data, "Uitkomsten", r'<row r="1"', "<row")


def with_a_part_twice(data: bytes, _: Path) -> bytes:
    parts = ooxml.parts_of(data)
    name = part_of_sheet(data, "Uitkomsten")
    return ooxml.zipped({**parts, name.replace("sheet", "Sheet"): parts[name]})


def with_a_lost_formula(data: bytes, _: Path) -> bytes:
    return edited(data, "Narekenen", r"<f>(?!IF).*?</f>", "")


REASONS = {
    "signed": (
        lambda data, _: signed(data),
        "Dit bestand is digitaal ondertekend; erin schrijven zou de handtekening breken. Wilt u de uitkomst "
        "in uw eigen bestand, sla dan een kopie zonder handtekening op.",
    ),
    "shared formula": (
        with_shared_formula,
        "waar een uitkomst hoort, een formule die met andere cellen wordt gedeeld. Wie die overschrijft, "
        "breekt ook die andere. Maak de cel leeg.",
    ),
    "array formula": (
        with_array_formula,
        "waar een uitkomst hoort, een matrixformule of gegevenstabel. Wie één cel daarvan overschrijft, "
        "breekt het geheel. Haal die formule weg.",
    ),
    "rows without numbers": (
        without_row_numbers,
        "Op het blad 'Uitkomsten' staan cellen zonder adres, zoals sommige programma's ze bewaren; dan is "
        "niet te zeggen waar de uitkomst moet komen. Sla het bestand in Excel opnieuw op.",
    ),
    "part twice": (
        with_a_part_twice,
        "het is niet duidelijk welk telt. Sla het bestand in Excel opnieuw op.",
    ),
    "formula gone": (
        with_a_lost_formula,
        "geen formule meer, terwijl het formulier daar zelf narekent. Neem een leeg formulier als u dat "
        "narekenen in uw eigen bestand wilt.",
    ),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, list[object]]:
    """The outcome of the example that the tests below spoil."""
    folder = tmp_path_factory.mktemp("gewoon")
    form = folder / "het_trefpunt.xlsx"
    form.write_bytes((EXAMPLES / form.name).read_bytes())
    assert cli.main(["bereken", str(form), "--uit", str(folder / "uit")]) == 0
    return figures(folder / "uit", "het_trefpunt_uitkomst.xlsx")


@pytest.mark.parametrize("reason", REASONS)
def test_a_file_that_forbids_writing_gets_its_outcome_in_a_form_of_ours(reason, plain, tmp_path, capsys):
    spoil, why = REASONS[reason]
    form = tmp_path / "het_trefpunt.xlsx"
    form.write_bytes(spoil((EXAMPLES / form.name).read_bytes(), tmp_path))
    before = form.read_bytes()
    code, _, said = run(capsys, "bereken", form, "--uit", tmp_path / "uit")
    assert code == 0
    assert "Let op: het_trefpunt.xlsx: De uitkomst kan niet in dit bestand zelf. " in said
    assert why in said
    assert (
        "De antwoorden zijn daarom overgenomen in een leeg formulier, en daar staat de uitkomst in: "
        "het_trefpunt_uitkomst.xlsx. Wat u zelf toevoegde, zoals bladen, afbeeldingen en opmaak, staat "
        "alleen in uw eigen bestand."
    ) in said
    assert figures(tmp_path / "uit", "het_trefpunt_uitkomst.xlsx")["ratio"][2] == plain["ratio"][2]
    assert form.read_bytes() == before


def test_the_remark_stands_on_the_sheet_with_checks_too(tmp_path, capsys):
    form = tmp_path / "het_trefpunt.xlsx"
    form.write_bytes(signed((EXAMPLES / form.name).read_bytes()))
    assert run(capsys, "bereken", form, "--uit", tmp_path / "uit")[0] == 0
    checks = figures(tmp_path / "uit", "het_trefpunt_uitkomst.xlsx", "Controles")
    told = [str(cell) for row in checks.values() for cell in row]
    assert any("digitaal ondertekend" in cell for cell in told)


def test_in_place_a_file_that_forbids_writing_gets_its_outcome_beside_it(plain, tmp_path, capsys):
    form = tmp_path / "het_trefpunt.xlsx"
    form.write_bytes(signed((EXAMPLES / form.name).read_bytes()))
    before = form.read_bytes()
    code, _, said = run(capsys, "bereken", form, "--terplekke")
    assert code == 0
    assert "digitaal ondertekend" in said
    assert {path.name for path in tmp_path.iterdir()} == {form.name, "het_trefpunt_uitkomst.xlsx"}
    assert form.read_bytes() == before
    assert figures(tmp_path, "het_trefpunt_uitkomst.xlsx")["ratio"][2] == plain["ratio"][2]


def test_a_form_without_result_sheets_says_where_the_outcome_is(plain, tmp_path, capsys):
    form = tmp_path / "het_trefpunt.xlsx"
    form.write_bytes((EXAMPLES / form.name).read_bytes())
    book = openpyxl.load_workbook(form)
    del book["Uitkomsten"]
    book.save(form)
    code, _, said = run(capsys, "bereken", form, "--uit", tmp_path / "uit")
    assert code == 0
    assert "De uitkomstbladen van dit bestand zijn niet meer compleet: in de tabel '" in said
    assert figures(tmp_path / "uit", "het_trefpunt_uitkomst.xlsx")["ratio"][2] == plain["ratio"][2]


def test_a_reference_sheet_that_lost_a_column_is_no_bug_of_ours(tmp_path, capsys):
    form = tmp_path / "het_trefpunt.xlsx"
    form.write_bytes((EXAMPLES / form.name).read_bytes())
    place = read(form, FORM).places["KG"]
    package = Package(form)
    at = next(iter(place.columns.values()))
    package.set(place.sheet, f"{column_letters(at)}{place.row}", None)
    package.save(form)
    code, _, said = run(capsys, "bereken", form, "--uit", tmp_path / "uit")
    assert code == 0
    assert "in de tabel 'Kengetallen met bron' ontbreken kolommen of regels, of de tabel is weg." in said


def test_macros_never_come_along(plain, tmp_path, capsys):
    form = tmp_path / "het_trefpunt.xlsm"
    data = ooxml.with_part(
        (EXAMPLES / "het_trefpunt.xlsx").read_bytes(),
        "[Content_Types].xml",
        lambda xml: xml.replace(ooxml.BOOK_TYPE.encode(), ooxml.MACRO_BOOK_TYPE.encode()),
    )
    form.write_bytes(data)
    code, _, said = run(capsys, "bereken", form, "--uit", tmp_path / "uit")
    assert code == 0
    assert "Alleen in een werkmap van Excel zonder macro's (.xlsx)" in said
    written = (tmp_path / "uit" / "het_trefpunt_uitkomst.xlsx").read_bytes()
    assert ooxml.MACRO_BOOK_TYPE not in ooxml.part_of(written, "[Content_Types].xml")
    assert figures(tmp_path / "uit", "het_trefpunt_uitkomst.xlsx")["ratio"][2] == plain["ratio"][2]
