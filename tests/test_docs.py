"""The docs hold: examples compute, links lead somewhere, and every name in them exists."""

from __future__ import annotations

import contextlib
import doctest
import importlib.util
import io
import json
import pkgutil
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from toolkit.app import cli
from toolkit.exchange.outcome import as_json
from toolkit.exchange.reading import read_file, read_text
from toolkit.kengetallen.library import load_library
from toolkit.method.appraisal import appraise_study, headline
from toolkit.method.montecarlo import simulate
from toolkit.method.objections import answer_objections
from toolkit.model.portfolio import Sampling
from toolkit.words.vocabulary import table

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))
}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in PAGES.items()}
METHOD, JSON, LIBRARY = "docs/methode.md", "docs/json.md", "docs/kengetallen.md"
COORDINATOR, FINANCE = "docs/handleiding/coordinator.md", "docs/handleiding/financien.md"
EXAMPLES = [name for name, text in TEXTS.items() if ">>> " in text]
INDEX = load_library().index
LISTED = ("initiatives", "per_party", "per_group", "per_domain", "per_effect", "facts", "cash")
PAGES_OF_HELP = ("", *table("screen")["commands"])

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
JSON_BLOCK = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\s*wijkbaten ([a-z].*)$", re.MULTILINE)
INLINE_COMMAND = re.compile(r"`wijkbaten (\S+?)(?: [^`]*)?`")
OPTION = re.compile(r"(?<![\w-])--[a-z]+\b")
BETWEEN_BACKTICKS = re.compile(r"`([^`\n]+)`")
FINDING_CODES = re.compile(r"\bbevinding(?:en)?\s+(`\w+`(?:(?:,|\s+en)\s+`\w+`)*)")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?")
MODULE = re.compile(r"toolkit(?:\.\w+)+")
CODE_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def prose(name: str) -> str:
    """The text of a page without its fenced blocks."""
    return FENCED.sub("", TEXTS[name])


def names(text: str, pattern: re.Pattern[str]) -> list[str]:
    """What stands between backticks and as a whole fits the pattern."""
    return [found for found in BETWEEN_BACKTICKS.findall(text) if pattern.fullmatch(found)]


def finding_codes(text: str) -> list[str]:
    """The codes that the text calls findings."""
    return [code for found in FINDING_CODES.findall(text) for code in BETWEEN_BACKTICKS.findall(found)]


# --- examples ---


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_worked_example_gives_what_the_page_says(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    outcome = doctest.testfile(str(PAGES[name]), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 0
    assert outcome.failed == 0, "the output above tells which example differs"


def test_the_method_and_the_json_page_have_worked_examples():
    assert {METHOD, JSON} <= set(EXAMPLES)


def test_the_method_page_computes_with_the_method_alone():
    """A rule that the page shows stands in the method, and not in the workbook or the letter."""
    rooms = set(re.findall(r">>> from toolkit\.(\w+)", TEXTS[METHOD]))
    assert rooms == {"kengetallen", "model", "method"}


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Heading and content of every section that gives a formula."""
    for part in re.split(r"^##+ ", text, flags=re.MULTILINE)[1:]:
        heading, _, content = part.partition("\n")
        if "**Formule.**" in content:
            yield heading, content


def test_each_formula_is_first_told_plainly_and_then_worked_out():
    found = dict(sections(TEXTS[METHOD]))
    assert len(found) > 15
    for heading, content in found.items():
        marks = ("**In gewone woorden.**", "**Formule.**", "**Voorbeeld.**", "```python\n>>> ")
        places = [content.find(mark) for mark in marks]
        assert -1 not in places, heading
        assert places == sorted(places), heading


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if JSON_BLOCK.search(text)])
def test_every_study_on_a_page_can_be_read(name):
    for text in JSON_BLOCK.findall(TEXTS[name]):
        portfolio, findings = read_text(text)
        assert portfolio is not None
        assert findings == []


def test_the_small_study_has_the_ratio_that_the_page_tells():
    assert "De verhouding is 2." in TEXTS[JSON]
    portfolio, _ = read_text(JSON_BLOCK.findall(TEXTS[JSON])[0])
    assert headline(appraise_study(portfolio, INDEX)).ratio == pytest.approx(2)


# --- links and names ---


def anchor(heading: str) -> str:
    """The name of a heading in a link."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def broken(page: Path, target: str) -> bool:
    """Tell whether a relative link from a page leads nowhere."""
    file, _, fragment = target.partition("#")
    path = (page.parent / file).resolve() if file else page
    if not path.exists():
        return True
    return bool(fragment) and fragment not in map(anchor, HEADING.findall(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", PAGES)
def test_every_relative_link_leads_somewhere(name):
    links = [target for target in LINK.findall(TEXTS[name]) if "://" not in target]
    assert [target for target in links if broken(PAGES[name], target)] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_on_a_page_exists_and_says_what_it_shows(name):
    pictures = PICTURE.findall(TEXTS[name])
    assert [target for _, target in pictures if not (PAGES[name].parent / target).is_file()] == []
    assert [target for said, target in pictures if not said.strip()] == []


def test_a_broken_link_is_recognised():
    assert broken(PAGES[METHOD], "geen.md")
    assert broken(PAGES[METHOD], "#geen-kop")
    assert broken(PAGES[METHOD], "json.md#geen-kop")
    assert not broken(PAGES[METHOD], "json.md#de-sleutels")


@pytest.mark.parametrize("name", PAGES)
def test_every_path_and_module_in_the_docs_exists(name):
    assert [path for path in names(prose(name), PATH) if not (ROOT / path).exists()] == []
    for module in names(prose(name), MODULE):
        pkgutil.resolve_name(module)


def test_every_code_name_in_the_docs_occurs_in_the_toolkit():
    sources = [path for path in (ROOT / "toolkit").rglob("*") if path.suffix in (".py", ".toml")]
    sources += (ROOT / "tests").glob("test_*.py")
    known = {word for path in sources for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    told = {(name, code) for name in PAGES for code in names(prose(name), CODE_NAME)}
    assert told
    assert sorted((name, code) for name, code in told if code not in known) == []


def test_every_finding_in_the_docs_has_its_sentence():
    told = {code for name in PAGES for code in finding_codes(prose(name))}
    assert told
    assert sorted(code for code in told if "text" not in table("messages").get(code, {})) == []


def test_finding_codes_are_recognised():
    text = "een fout (bevinding `a_b`) en bevindingen\n`c`, `d_e` en `f`; `g` is iets anders"
    assert finding_codes(text) == ["a_b", "c", "d_e", "f"]


# --- commands ---


@pytest.mark.parametrize("command", table("screen")["commands"])
def test_every_command_is_mentioned(command):
    assert any(re.search(rf"\bwijkbaten {command}\b", text) for text in TEXTS.values())


@pytest.mark.parametrize("line", sorted({line for text in TEXTS.values() for line in COMMAND.findall(text)}))
def test_every_command_line_in_the_docs_is_understood(line):
    run, _ = cli.understood(shlex.split(line, comments=True))
    assert callable(run)


def test_every_command_in_running_text_exists():
    told = {found for text in TEXTS.values() for found in INLINE_COMMAND.findall(text)}
    assert {"herleid", "OPDRACHT"} & told
    assert told - {"OPDRACHT"} <= set(table("screen")["commands"])


def test_every_option_in_the_docs_exists():
    known = {option for text in map(help_of, PAGES_OF_HELP) for option in OPTION.findall(text)}
    assert {"--studie", "--vorig", "--terplekke", "--kengetallen"} <= known
    of_scripts = re.compile(r"scripts/\S+ .*")
    told = {(name, o) for name, text in TEXTS.items() for o in OPTION.findall(of_scripts.sub("", text))}
    assert sorted((name, option) for name, option in told if option not in known) == []


def help_of(command: str) -> str:
    """What --help says of a command, of a group of commands, or of the program."""
    with contextlib.redirect_stdout(io.StringIO()) as said, pytest.raises(SystemExit):
        cli.main([*command.split(), "--help"])
    return said.getvalue()


def test_the_help_of_a_command_keeps_its_names_as_they_are_written():
    said = " ".join(" ".join(help_of(command).split()) for command in PAGES_OF_HELP)
    assert "Bereken één formulier, of een studie in JSON." in said
    assert "Bouw en installeer het tabblad Wijkbaten in Excel, en controleer of het kan werken." in said


# --- what the manuals quote ---


def test_the_row_that_is_worked_out_says_what_the_form_says():
    quoted = " ".join(re.findall(r"^> (.*)$", TEXTS[COORDINATOR], re.MULTILINE))
    example = CalamineWorkbook.from_path(str(ROOT / "workbooks" / "voorbeelden" / "de_kade.xlsx"))
    cells = [cell for row in example.get_sheet_by_name("Wat verandert er").to_python() for cell in row]
    assert quoted.startswith("4 mensen vonden werk")
    assert quoted in cells


def test_what_the_manual_of_finance_quotes_is_said_by_the_program():
    said = " ".join(leaf for name in ("messages", "screen") for leaf in leaves(table(name)))
    problems = TEXTS[FINANCE].partition("### Als het niet lukt")[2].partition("## 5")[0]
    quoted = re.findall(r"^\| (?!U leest|---)([^|]+) \|", problems, re.MULTILINE)
    assert len(quoted) > 5
    assert [sentence for sentence in quoted if sentence not in said] == []


def leaves(value: object) -> Iterator[str]:
    """Every text in a table of words."""
    if isinstance(value, dict):
        for content in value.values():
            yield from leaves(content)
    elif isinstance(value, str):
        yield value


# --- what the docs take from the code ---


def test_what_the_docs_take_from_the_code_is_up_to_date(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.keys_text() in TEXTS[JSON], "run scripts/build_docs.py"
    assert script.page(TEXTS[JSON]) == TEXTS[JSON], "run scripts/build_docs.py"
    assert script.parties_text() in TEXTS[METHOD], "run scripts/build_docs.py"
    assert script.library(TEXTS[LIBRARY]) == TEXTS[LIBRARY], "run scripts/build_docs.py"


def keys(value: object, free: bool = False) -> Iterator[str]:
    """The fixed keys of an outcome; codes of initiatives, parties, domains, effects and facts are free."""
    if isinstance(value, dict):
        for key, content in value.items():
            if not free:
                yield key
            yield from keys(content, free=key in LISTED and not free)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def test_every_key_of_the_outcome_is_explained():
    portfolio, findings = read_file(DOCS / "voorbeelden" / "wheels-to-meals.json")
    portfolio = replace(portfolio, sampling=Sampling(draws=10))
    answers = answer_objections(portfolio, load_library())
    outcome = as_json(appraise_study(portfolio, INDEX), answers, simulate(portfolio, INDEX), findings)
    _, stopped = read_text("{}")
    told = set(keys(json.loads(json.dumps(outcome)))) | set(keys(as_json(None, None, None, stopped)))
    page = TEXTS[JSON].partition("## Wat eruit komt")[2]
    assert sorted(told - set(BETWEEN_BACKTICKS.findall(page))) == []
