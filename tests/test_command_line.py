"""The command line speaks Dutch: a sentence and exit code 1 for every mistake, and no English in any help."""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.app import cli, commands, parsing
from toolkit.app.commands import COMMANDS, below, module
from toolkit.app.parsing import Misunderstood, Parser
from toolkit.words.vocabulary import table

PAGES = ("", *dict.fromkeys(name.rpartition(" ")[0] for name in COMMANDS if " " in name))
ENGLISH = re.compile(
    r"\b(usage|positional|arguments?|options?|optional|subcommands?|show|this|help message|exit|program's|"
    r"version number|default|error|required|invalid|choices?|choose from|expected|allowed|unrecognized|"
    r"ambiguous|ignored|explicit|the|following|are|with|not|one|of the|could|match)\b",
    re.IGNORECASE,
)
"""Words that argparse uses, of which none is Dutch."""


def told(capsys, *arguments: str) -> str:
    """The last line that is said of a mistake, below how the command is used."""
    assert cli.main(arguments) == 1
    said = capsys.readouterr()
    usage, *_, sentence = said.err.splitlines()
    assert said.out == ""
    assert usage.startswith("gebruik: wijkbaten")
    assert ENGLISH.findall(said.err) == []
    return sentence


# --- mistakes ---


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "Kies een opdracht. Meer uitleg: wijkbaten --help"),
        ("excel", "Kies een opdracht. Meer uitleg: wijkbaten excel --help"),
        ("berekn de_kade.xlsx", "'berekn' is geen opdracht. Bedoelt u 'wijkbaten bereken'?"),
        ("excel instaleer", "'instaleer' is geen opdracht. Bedoelt u 'wijkbaten excel installeer'?"),
        ("vergelijk", "'vergelijk' is geen opdracht. Bedoelt u 'wijkbaten kengetallen vergelijk'?"),
        (
            "kengetallen kontroleer",
            "'kontroleer' is geen opdracht. Bedoelt u 'wijkbaten kengetallen controleer'?",
        ),
        ("onzin", "'onzin' is geen opdracht. Meer uitleg: wijkbaten --help"),
        ("--versie", "De optie --versie bestaat niet. Bedoelt u '--version'?"),
        ("excel -x", "De optie -x bestaat niet. Meer uitleg: wijkbaten excel --help"),
        ("bereken a.xlsx --trplekke", "De optie --trplekke bestaat niet. Bedoelt u '--terplekke'?"),
        ("bereken a.xlsx --uti=b", "De optie --uti bestaat niet. Bedoelt u '--uit'?"),
        ("brief a.xlsx --wat", "De optie --wat bestaat niet. Meer uitleg: wijkbaten brief --help"),
        (
            "bereken de kade.xlsx",
            "Dit is te veel: kade.xlsx. Zet een naam met spaties tussen aanhalingstekens. "
            "Meer uitleg: wijkbaten bereken --help",
        ),
        ("bereken", "Er ontbreekt nog: BESTAND. Meer uitleg: wijkbaten bereken --help"),
        ("controleer --json", "Er ontbreekt nog: BESTAND. Meer uitleg: wijkbaten controleer --help"),
        ("alles map --uit", "Achter --uit ontbreekt nog: MAP. Meer uitleg: wijkbaten alles --help"),
        (
            "sjabloon --soort",
            "Achter --soort ontbreekt nog: formulier, kort, portefeuille of kengetallen. "
            "Meer uitleg: wijkbaten sjabloon --help",
        ),
        (
            "bereken a.xlsx --json --terplekke",
            "--terplekke en --json gaan niet samen. Kies er één. Meer uitleg: wijkbaten bereken --help",
        ),
        (
            "bereken a.xlsx --json=b",
            "Achter --json hoort niets te staan, ook niet 'b'. Meer uitleg: wijkbaten bereken --help",
        ),
        (
            "brief a.xlsx --h",
            "--h kan --help of --huisstijl zijn. Schrijf de optie helemaal uit. "
            "Meer uitleg: wijkbaten brief --help",
        ),
        (
            "sjabloon --soort portefeuile",
            "Achter --soort kan formulier, kort, portefeuille of kengetallen staan, niet 'portefeuile'. "
            "Bedoelt u 'portefeuille'?",
        ),
        (
            "sjabloon --soort x",
            "Achter --soort kan formulier, kort, portefeuille of kengetallen staan, niet 'x'. "
            "Meer uitleg: wijkbaten sjabloon --help",
        ),
    ],
)
def test_a_mistake_gets_its_sentence(line, sentence, capsys):
    assert told(capsys, *line.split()) == sentence


def test_a_number_that_is_none_gets_its_sentence():
    parser = Parser("opdracht", "", "")
    parser.takes("--uit", said="out_folder", type=int)
    with pytest.raises(Misunderstood) as mistake:
        parser.read(["--uit", "twee"])
    assert (
        mistake.value.sentence == "Achter --uit kan 'twee' niet staan. Meer uitleg: wijkbaten opdracht --help"
    )


def test_what_is_said_in_words_unknown_to_us_is_told_in_dutch_too():
    def refuse(text: str) -> str:
        raise argparse.ArgumentTypeError("something new")

    parser = Parser("opdracht", "", "")
    parser.takes("--uit", said="out_folder", type=refuse)
    with pytest.raises(Misunderstood) as mistake:
        parser.read(["--uit", "b"])
    assert mistake.value.sentence == "Deze opdracht is niet begrepen. Meer uitleg: wijkbaten opdracht --help"


def test_an_option_may_be_shortened_and_a_name_may_begin_with_a_dash():
    _, given = cli.understood(["bereken", "--uit=map", "--kenget", "eigen.xlsx", "--", "-vreemd.xlsx"])
    assert [str(name) for name in (given.bestand, given.uit, given.kengetallen)] == [
        "-vreemd.xlsx",
        "map",
        "eigen.xlsx",
    ]


def test_of_argparse_only_public_names_are_used():
    tree = ast.parse(Path(parsing.__file__).read_text(encoding="utf-8"))
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert {name for name in used if name.startswith("_") and not name.startswith("__")} <= own
    assert own.isdisjoint(
        name for name in dir(argparse.ArgumentParser) if name.startswith("_") and name != "__init__"
    )


# --- help ---


@pytest.mark.parametrize("name", (*PAGES, *COMMANDS))
def test_every_help_is_in_dutch_and_has_an_example(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([*name.split(), "--help"])
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert said.err == ""
    assert said.out.startswith("gebruik: wijkbaten")
    assert "toon deze uitleg" in said.out
    assert ENGLISH.findall(said.out) == []
    assert not name or f"voorbeeld: wijkbaten {name}" in said.out


@pytest.mark.parametrize("page", PAGES)
def test_a_page_lists_what_stands_below_it(page, capsys):
    with pytest.raises(SystemExit):
        cli.main([*page.split(), "-h"])
    listed = capsys.readouterr().out.partition("OPDRACHT\n")[2]
    names = [line.split()[0] for line in listed.splitlines() if re.match(" {4}\\S", line)]
    assert names == [name.rpartition(" ")[2] for name in below(page)]


def test_english_is_recognised():
    said = argparse.ArgumentParser(prog="x").format_help()
    assert {"usage", "options", "show", "this", "help message", "exit"} <= set(ENGLISH.findall(said))


# --- one file a command ---


def test_every_command_has_one_file_and_every_file_is_a_command():
    found = [
        one.name for one in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}.") if not one.ispkg
    ]
    assert sorted(found) == sorted(map(module, COMMANDS))


def test_every_command_and_every_group_has_words():
    assert set(table("screen")["commands"]) == {*COMMANDS, *PAGES[1:]}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_takes_and_does(name):
    command = importlib.import_module(module(name))
    assert all((command.__doc__, command.arguments.__doc__, command.run.__doc__))


def test_the_program_does_not_wait_for_what_only_one_command_needs():
    code = """
import sys
from toolkit.app import cli
cli.main(["berekn"])
heavy = ("numpy", "toolkit.workbook", "toolkit.reports")
waited_for = [name for name in sys.modules if name.startswith(heavy)]
sys.exit(", ".join(waited_for) or None)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "geen opdracht" in done.stderr
