"""A drawer of spoiled workbooks: one mistake each, and the exact Dutch sentence that must follow."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest
from forms import EXAMPLES, change, examples, light_example
from spoiling import CONTENTS, spoil

from toolkit.app import cli, walk
from toolkit.model.finding import INFO, WARN
from toolkit.words.vocabulary import located, table

ROOT = Path(__file__).resolve().parent.parent

DRAWER = Path(__file__).resolve().parent / "mistakes"
FORM, PORTFOLIO, FILES = (
    tomllib.loads((DRAWER / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("form", "portfolio", "files")
)
STOPS, WARNS, TELLS = "Moet anders: ", "Let op: ", "Ter info: "


def checked(capsys, *arguments) -> tuple[int, dict[str, list[str]]]:
    """Exit code of a command, and what it says of each level, without the name of the file."""
    code = cli.main([str(a) for a in arguments])
    lines = capsys.readouterr().err.splitlines()
    own = Path(arguments[-1]).name
    told = {
        level: [
            re.sub(rf"^{re.escape(own)}[,:] ", "", x.removeprefix(level))
            for x in lines
            if x.startswith(level)
        ]
        for level in (STOPS, WARNS, TELLS)
    }
    return code, told


def listed(sentences: object) -> list[str]:
    return [sentences] if isinstance(sentences, str) else list(sentences)


def agrees(mistake: dict, found: tuple[int, dict[str, list[str]]]) -> None:
    """What was said is what the drawer says: no sentence less, and of those that stop no sentence more."""
    code, told = found
    assert told[STOPS] == listed(mistake.get("says", ()))
    for key, level in (("warns", WARNS), ("tells", TELLS)):
        assert [s for s in listed(mistake.get(key, ())) if s not in told[level]] == []
    assert code == bool(told[STOPS])


@pytest.mark.parametrize("mistake", FORM)
def test_a_mistake_in_a_form_gets_its_sentence(mistake, tmp_path, capsys):
    path = spoil(light_example(tmp_path, "de_kade.xlsx"), FORM[mistake])
    agrees(FORM[mistake], checked(capsys, "controleer", path))


@pytest.mark.parametrize("mistake", PORTFOLIO)
def test_a_mistake_in_a_portfolio_gets_its_sentence(mistake, tmp_path, capsys):
    for item in EXAMPLES.iterdir():
        light_example(tmp_path, item.name)
    path = spoil(tmp_path / "portefeuille.xlsx", PORTFOLIO[mistake])
    agrees(PORTFOLIO[mistake], checked(capsys, "controleer", path))


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_filled_form_gets_its_sentence(kind, tmp_path, capsys):
    mistake = FILES[kind]
    path = tmp_path / mistake.get("name", "formulier.xlsx")
    if mistake["holds"] == "a folder":
        path.mkdir()
    elif mistake["holds"]:
        path.write_bytes(CONTENTS[mistake["holds"]]())
    agrees(mistake, checked(capsys, mistake.get("runs", "controleer"), path))


def test_the_drawer_is_full():
    assert len(FORM) + len(PORTFOLIO) + len(FILES) >= 100
    for mistake in (*FORM.values(), *PORTFOLIO.values(), *FILES.values()):
        assert mistake.keys() & {"says", "warns", "tells"}


def test_ten_mistakes_are_told_at_once(tmp_path, capsys):
    ten = (
        "no name",
        "half a year",
        "below zero",
        "not applicable",
        "temporary money without an end",
        "words for a number",
        "a choice with a slip of the pen",
        "a phone number",
        "eleven of ten people",
        "accounts without a total",
    )
    together = {key: value for name in ten for key, value in FORM[name]["put"].items()}
    together["GI-03 until"] = together.pop("GI-01 until")
    path = spoil(light_example(tmp_path, "de_kade.xlsx"), {"put": together})
    code, told = checked(capsys, "controleer", path)
    said = {FORM[name]["says"].replace("Geld en inzet!I19", "Geld en inzet!I21") for name in ten}
    stopping = told[STOPS]
    assert code == 1
    assert said == set(stopping) and len(stopping) == len(ten)


def test_a_number_typed_as_dutch_text_has_one_reading(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "de_kade.xlsx", {("GI-02", "amount"): "43.000,00"})
    loaded, findings = walk.load_form(path)
    assert loaded is not None
    assert {f.level for f in findings if f.code == "number_as_text"} == {WARN}
    assert [located(f) for f in findings if f.code == "number_as_text"] == [
        "de_kade.xlsx, Geld en inzet!E20: Hier staat het getal als tekst ('43.000,00'). Het is gelezen als "
        "43.000, maar de formules in het formulier tellen tekst niet altijd mee. Typ het getal opnieuw."
    ]


def test_unknown_is_never_a_silent_zero(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "de_kade.xlsx", {("EF-01", "deadweight"): "weet ik niet"})
    loaded, findings = walk.load_form(path)
    effects = [e for e in loaded.portfolio.initiatives[0].effects if e.row == "EF-01"]
    assert {e.deadweight.mode for e in effects} == {0.5}
    assert {e.grade for e in effects} == {"D"}
    assert [f.level for f in findings if f.code == "default_deadweight"] == [WARN]


def test_accounts_that_do_not_add_up_are_told_but_do_not_stop(tmp_path):
    folder = examples(tmp_path)
    loaded, findings = walk.load_form(change(folder / "de_kade.xlsx", {("JR-01", "answer"): 100_000}))
    assert loaded is not None
    (finding,) = [f for f in findings if f.code == "accounts_differ"]
    assert "de jaarrekening zegt 100.000 euro" in located(finding)


def test_hidden_costs_are_told_only_where_they_lack_their_row(tmp_path):
    """'ja' with a row in kind is complete and 'nee' asks for nothing; 'weet ik niet' is only told."""
    path = examples(tmp_path) / "de_kade.xlsx"
    assert hidden_costs(path) == []
    change(path, {("JR-02", "answer"): "weet ik niet"})
    assert hidden_costs(path) == [(INFO, "hidden_cost_unknown", "Geld en inzet!C12")]
    change(path, {("JR-02", "answer"): "nee", ("JR-03", "answer"): None, ("GI-07", "kind"): "geld"})
    assert hidden_costs(path) == []


def test_a_row_of_money_that_cannot_be_read_is_not_called_a_hidden_cost(tmp_path):
    """Whether there is a row in kind is known only once every row of money can be read."""
    path = examples(tmp_path) / "de_kade.xlsx"
    change(path, {("GI-07", "amount"): "3 x 31000"})
    assert hidden_costs(path) == []


def hidden_costs(path) -> list[tuple[str, str, str]]:
    """Level, code and cell of what is said about costs that the annual accounts do not hold."""
    _, findings = walk.load_form(path)
    return [(f.level, f.code, f.where) for f in findings if f.code.startswith("hidden_cost")]


def test_the_contact_field_may_hold_a_way_to_reach_someone(tmp_path):
    folder = examples(tmp_path)
    path = change(folder / "de_kade.xlsx", {("OO-10", "answer"): "jan@voorbeeld.nl, 06-12345678"})
    loaded, _ = walk.load_form(path)
    assert loaded is not None


def test_every_finding_has_its_sentence():
    """Every code that our modules give to a finding is a key of messages.toml."""
    known = {code for code, entry in table("messages").items() if "text" in entry}
    missing = []
    for path in (ROOT / "toolkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 2:
                level, code = node.args[0], node.args[1]
                named = isinstance(level, ast.Name) and level.id in ("STOP", "WARN", "INFO")
                if named and isinstance(code, ast.Constant) and code.value not in known:
                    missing.append((path.name, code.value))
    assert missing == []


def test_every_remark_brings_the_facts_that_its_sentence_names():
    """Where code and facts of a remark are written out, no placeholder of its sentence is left open."""
    sentences, checked = table("messages"), 0
    for path in (ROOT / "toolkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_note = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note"
            if not is_note or len(node.args) < 3 or not isinstance(node.args[1], ast.Constant):
                continue
            brought = {keyword.arg for keyword in node.keywords}
            if None in brought:
                continue
            text = sentences[node.args[1].value]["text"]
            named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert named <= brought, (path.name, node.lineno)
            checked += 1
    assert checked > 30
