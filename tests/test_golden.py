"""Golden texts: the letter in each situation reads as it was read and found good."""

import golden
import pytest
from situations import SITUATIONS

from toolkit.reports.files.draft import draft

LETTERS = tuple(name for name in SITUATIONS if name != "own_parties")


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_reads_as_the_golden_one(name):
    case = SITUATIONS[name]()
    golden.require(f"brief_{name}", str(draft(case.facts(), case.letter)["txt"]))


def test_every_golden_letter_belongs_to_a_situation():
    kept = {path.stem for path in golden.FOLDER.glob("brief_*.txt")}
    assert kept == {f"brief_{name}" for name in LETTERS}


def test_another_text_than_the_golden_one_shows_the_difference_and_how_to_accept_it(tmp_path, monkeypatch):
    monkeypatch.delenv(golden.ACCEPT, raising=False)
    (tmp_path / "brief.txt").write_text("Een.\nTwee.\nDrie.\n", encoding="utf-8")
    with pytest.raises(AssertionError) as told:
        golden.require("brief", "Een.\n2.\nDrie.\n", tmp_path)
    assert "-Twee.\n+2.\n" in str(told.value)
    assert "python3 scripts/accept_golden.py" in str(told.value)


def test_an_accepted_text_becomes_the_golden_one(tmp_path, monkeypatch):
    monkeypatch.setenv(golden.ACCEPT, "1")
    golden.require("brief", "Een € 1.\n", tmp_path)
    monkeypatch.delenv(golden.ACCEPT)
    golden.require("brief", "Een € 1.\n", tmp_path)
    with pytest.raises(AssertionError):
        golden.require("brief", "Een € 2.\n", tmp_path)
