"""The script that compares two checkouts: it sees every kind of difference, and none where there is none."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from random import Random

import pytest
from forms import EXAMPLES
from json_studies import any_study
from ooxml import with_part, zipped

from toolkit.app import cli
from toolkit.exchange.reading import read_file
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import stops

sys.path.append(str(Path(__file__).resolve().parent.parent / "scripts"))
differences, script = (importlib.import_module(name) for name in ("_differences", "compare_checkouts"))

BOOK = (EXAMPLES / "de_kade.xlsx").read_bytes()
PARTS = differences.unpacked(BOOK)
PLAN, MONEY = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet6.xml"
MARGINS = '<conditionalFormatting sqref="A1"><cfRule priority="7"/></conditionalFormatting><pageMargins '


def changed(part: str, pattern: str, put: str) -> list[str]:
    """What the script tells of the example in which one thing of a part is another."""
    other = with_part(BOOK, part, lambda content: re.sub(pattern.encode(), put.encode(), content, count=1))
    assert other != BOOK and differences.unpacked(other) != PARTS
    return differences.difference(PARTS, differences.unpacked(other))


def pair(told: list[str], start: str) -> tuple[str, str]:
    """The line that begins like this, as it is on either side."""
    before, after = ([line[2:] for line in told if line.startswith(f"{sign} {start}")] for sign in "-+")
    assert len(before) == len(after) == 1, told
    return before[0], after[0]


def test_equal_files_are_equal():
    assert differences.difference(PARTS, differences.unpacked(BOOK)) == []
    assert differences.difference({"": b"een\n"}, {"": b"een\n"}) == []


def test_a_changed_value_is_told_with_its_cell():
    before, after = pair(changed(MONEY, "<v>21000</v>", "<v>21001</v>"), "Geld en inzet!E20: ")
    assert before.startswith("Geld en inzet!E20: '21000' ")
    assert after == before.replace("21000", "21001")


def test_a_changed_text_is_told_with_its_cell():
    told = changed(PLAN, "<t>([^<]*)</t>", "<t>\\1!</t>")
    before, after = pair(told, "Uitleg!B1: ")
    assert after == before.replace("' inlineStr", "!' inlineStr")


def test_a_changed_formula_is_told_with_its_cell():
    told = changed(
        PLAN, r"<f>SUM\('Wat doen wij'!\$H\$9:\$H\$20\)</f>", "<f>SUM('Wat doen wij'!$H$9:$H$19)</f>"
    )
    before, after = pair(told, "Uitleg!D20: ")
    assert "=SUM('Wat doen wij'!$H$9:$H$20)" in before
    assert after == before.replace("H$20", "H$19")


def test_a_changed_number_format_is_told_with_the_cells_that_have_it():
    told = changed("xl/styles.xml", 'formatCode="[^"]*"', 'formatCode="0.000"')
    assert any(re.match(r"\+ [^!]+![A-Z]+\d+: .* \| 0\.000 \w{12}$", line) for line in told)


def test_a_changed_font_is_told_with_the_cells_that_have_it():
    told = changed("xl/styles.xml", '<sz val="16" />', '<sz val="19" />')
    before, after = pair(told, "Uitleg!B1: ")
    assert before[:-12] == after[:-12] and before != after


def test_a_changed_chart_is_told():
    told = changed("xl/charts/chart1.xml", '<barDir val="bar" />', '<barDir val="col" />')
    assert [line.split() for line in told[-2:]] == [
        ["-", "barDir", "val='bar'"],
        ["+", "barDir", "val='col'"],
    ]


def test_a_hidden_row_is_told():
    before, after = pair(changed(MONEY, '<row r="17"', '<row hidden="1" r="17"'), "Geld en inzet!17: ")
    assert "hidden" not in before and "'hidden': '1'" in after


@pytest.mark.parametrize(
    ("part", "pattern", "put", "line"),
    [
        (MONEY, r'<col width="[\d.]+"', '<col width="99"', "col width='99'"),
        (MONEY, "<formula1>36526</formula1>", "<formula1>7</formula1>", "formula1: '7'"),
        (MONEY, "<pageMargins ", MARGINS, "cfRule priority='7'"),
        ("xl/worksheets/sheet11.xml", 'sheet="1"', 'sheet="7"', "sheet='7'"),
        ("xl/workbook.xml", '<definedName name="', '<definedName name="odd', "definedName name='odd"),
    ],
    ids=["width", "validation", "conditional format", "protection", "defined name"],
)
def test_what_surrounds_the_cells_is_told(part, pattern, put, line):
    assert any(told.startswith("+") and line in told for told in changed(part, pattern, put))


def test_a_part_that_is_no_xml_is_told_by_its_name():
    told = differences.difference(
        *(differences.unpacked(zipped({"vba.bin": data})) for data in ("een", "twee"))
    )
    assert [line.split()[:2] for line in told[1:]] == [["-", "vba.bin:"], ["+", "vba.bin:"]]


@pytest.mark.parametrize("other", [b"een\r\n", b"een", b"een \n", b"\xfeen\n"])
def test_a_difference_that_nobody_sees_is_told(other):
    assert differences.difference({"": b"een\n"}, {"": other})


def test_xml_that_is_broken_is_told_by_its_name():
    told = differences.difference({"a.xml": b"<a/>"}, {"a.xml": b"<a>"})
    assert [line.split()[:2] for line in told[1:3]] == [["-", "a.xml:"], ["+", "a.xml:"]]


def test_parts_in_another_order_and_a_part_too_many_are_differences():
    assert differences.difference(PARTS, dict(reversed(PARTS.items())))
    assert any(
        line.startswith("+ meer.bin: ") for line in differences.difference(PARTS, PARTS | {"meer.bin": b""})
    )


def test_a_file_on_one_side_only_is_told():
    assert differences.difference(None, PARTS) == ["is er alleen hier"]
    assert differences.difference(PARTS, None) == ["is er alleen ander"]


def test_a_long_difference_is_cut_off():
    told = differences.difference({"": b"a\n"}, {"": b"b\n" * 100})
    assert len(told) == differences.MOST_LINES + 1 and told[-1] == "... en nog 72 regels"


def test_a_changed_digit_in_an_answer_is_told_with_the_largest_difference():
    answers = [
        differences.answer(
            0, json.dumps({"ok": True, "totaal": [{"baten": baten}, {"baten": 3}]}, indent=2), "Let op"
        )
        for baten in (0.1 + 0.2, 0.3)
    ]
    told = differences.difference(*({"": answer.encode()} for answer in answers))
    assert [line.split() for line in told if line[0] in "-+" and "baten" in line] == [
        ["-", '"baten":', "0.30000000000000004"],
        ["+", '"baten":', "0.3"],
    ]
    assert told[-1] == (
        "grootste verschil in getallen: 5.55e-17 bij $.totaal.0.baten: 0.30000000000000004 wordt 0.3"
    )


def test_a_changed_exit_code_is_told():
    one, other = (differences.answer(code, "{}", "").encode() for code in (0, 1))
    assert "+ exitcode 1" in differences.difference({"": one}, {"": other})


def test_only_version_folder_and_moment_are_taken_out():
    side = script.Side(Path("/x"), Path("/y/hier"), "0.1.0")

    def normal(text: str) -> str:
        return script.normal(text.encode(), side).decode()

    assert (
        normal("wijkbaten 0.1.0, in /y/hier/a_2026-11-22_142301.xlsx")
        == "wijkbaten VERSIE, in MAP/a_MOMENT.xlsx"
    )
    for text in ("10.1.0", "0.1.01", "0.1.0.2", "22-11-2026", "a_2026-11-22.xlsx", "/y/ander"):
        assert normal(text) == text


def test_a_difference_makes_the_exit_code_and_help_does_not(capsys):
    same = {"brief.txt": {"": b"een"}, "alles --help": {"": b"zo"}}
    assert script.show(same, same) == 0
    assert script.show(same, same | {"alles --help": {"": b"anders"}}) == 0
    assert "verschilt  alles --help" in capsys.readouterr().out
    assert script.show(same, same | {"brief.txt": {"": b"twee"}}) == 1
    shown = capsys.readouterr().out
    assert "verschilt  brief.txt\n    regel 1:\n    - een\n    + twee\n" in shown
    assert shown.endswith("1 vergeleken: 0 gelijk, 1 verschillend\n")


def test_equal_studies_share_a_line_and_one_that_differs_has_its_own(capsys):
    names = [f"bereken ../invoer/studies/{n:03}.json --json" for n in range(3)]
    one = {name: {"": b"een"} for name in names}
    script.show(one, one | {names[1]: {"": b"twee"}})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "gelijk     bereken ../invoer/studies/*.json --json (2 keer)"
    assert lines[1] == f"verschilt  {names[1]}"


def test_a_folder_that_is_no_checkout_and_one_that_is_not_empty_are_refused(tmp_path, capsys):
    (tmp_path / "iets").touch()
    for given, told in (
        ([tmp_path], "is geen checkout van dit project"),
        ([script._venv.ROOT, "--keep", tmp_path], "staat al iets"),
    ):
        with pytest.raises(SystemExit) as ended:
            script.main([str(word) for word in given])
        assert ended.value.code == 2 and told in capsys.readouterr().err


def test_every_command_is_asked_for_help(capsys):
    asked = {""}
    for group in ("", "kengetallen", "excel"):
        with pytest.raises(SystemExit):
            cli.main([*group.split(), "--help"])
        shown = capsys.readouterr().out
        asked |= {
            f"{group} {name}".strip() for name in re.findall(r"^    ([a-z][a-z-]+)", shown, re.MULTILINE)
        }
    assert set(script.HELPED) == asked


def test_every_kind_of_file_gets_its_commands(tmp_path):
    for name in ("a/b c.json", "a/vorm.xlsx", "fouten/x/a.xlsx", "fouten/x/b.xlsx", "los.xlsx"):
        path = tmp_path / "invoer" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    own = [command for command in script.plan(tmp_path / "invoer") if command not in script.COMMANDS]
    assert own[: -len(script.HELPED)] == [
        "bereken '../invoer/a/b c.json' --json",
        "bereken ../invoer/a/vorm.xlsx --json",
        "exporteer ../invoer/a/vorm.xlsx",
        "controleer ../invoer/a/vorm.xlsx",
        "controleer ../invoer/fouten/x/b.xlsx",
        "controleer ../invoer/fouten/x/b.xlsx --json",
    ]


def test_a_random_study_is_sound_and_the_same_each_time(tmp_path):
    library, texts = load_library(), []
    for seed in range(60):
        path = tmp_path / f"{seed}.json"
        texts.append(json.dumps(any_study(Random(seed))))
        path.write_text(texts[-1], encoding="utf-8")
        portfolio, findings = read_file(path, library)
        assert portfolio is not None and not stops(findings)
        assert json.dumps(any_study(Random(seed))) == texts[-1]
    assert len(set(texts)) == len(texts)
