"""The questions of a council: always answered, from facts alone, and as honest as the letter."""

import re
from dataclasses import replace

import golden
import pytest
from situations import SITUATIONS, all_pay, bare, none_pays

from toolkit.reports.letter.markup import FIGURE_CLOSE, FIGURE_OPEN
from toolkit.reports.letter.questions import OBJECTION, QUESTIONS, Answered, answers, question_templates
from toolkit.workbook.layout.portfolio import QUESTIONS as SHOWN
from toolkit.workbook.outcome.tables import question_rows

TEMPLATES = question_templates().list_templates(extensions=["j2"])


def source(name: str) -> str:
    return question_templates().loader.get_source(question_templates(), name)[0]


@pytest.fixture(params=SITUATIONS)
def answered(request) -> tuple[Answered, ...]:
    return answers(SITUATIONS[request.param]().facts())


def told(case, name: str) -> str:
    return answers(case.facts())[QUESTIONS.index(name)].answer.replace("\xa0", " ")


def test_every_question_has_a_template_and_every_template_a_question():
    assert sorted(TEMPLATES) == sorted(f"{name}.j2" for name in (*QUESTIONS, OBJECTION))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_figure_is_typed_in_a_question(name):
    assert re.findall(r".*\d.*", source(name)) == []
    assert FIGURE_OPEN not in source(name) and FIGURE_CLOSE not in source(name)


def test_every_question_is_answered_in_whole_sentences(answered):
    for one in answered:
        assert one.question.endswith("?")
        assert one.answer.endswith(".") and len(one.answer.split()) > 4
        assert not re.search(r"\(\)|‘’|  | ,|,,|\.\.|;\.| ;|:\.", one.answer), one.answer


def test_every_answer_tells_on_which_facts_it_rests(answered):
    assert all(one.facts for one in answered)


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_facts_of_an_answer_exist_and_its_figures_are_theirs(name):
    facts = SITUATIONS[name]().facts()
    for one in answers(facts):
        assert [fact for fact in one.facts if fact not in facts] == []
        rest = one.question + one.answer
        for fact in sorted((facts[name].text for name in one.facts), key=len, reverse=True):
            rest = rest.replace(fact.rstrip(" .") or "\0", "")
        assert not re.search(r"\d", rest), rest


def test_one_that_does_not_count_is_asked_about_by_number_and_told_with_its_reason():
    one = answers(all_pay().facts())[QUESTIONS.index("meetellen")]
    assert one.question == "Waarom vijf van de zes?"
    assert "Het Trefpunt telt niet mee in de totalen (reden: gestart in het najaar)." in one.answer
    assert answers(bare().facts())[QUESTIONS.index("meetellen")].question == "Telt elk wijkbedrijf mee?"


def test_half_of_the_benefits_is_enough_or_not():
    half = " ".join(all_pay().facts()["helft.verhouding"].text.split())
    assert f"levert elke geïnvesteerde euro {half} op. Dat is nog steeds meer" in told(all_pay(), "helft")
    assert "Dat is niet genoeg om de kosten te dekken." in told(none_pays(), "helft")


def test_the_outcome_is_held_against_what_others_found():
    assert "hoger dan die van deze onderzoeken" in told(all_pay(), "elders")
    assert "lager dan die van deze onderzoeken" in told(none_pays(), "elders")
    assert "€ 1,60 (sociaal werk, meta-analyse van SEOR, 2020)" in told(none_pays(), "elders")


def test_without_a_study_of_others_there_is_nothing_to_hold_it_against():
    alone = replace(all_pay(), library=replace(all_pay().library, peers=()))
    assert "geen onderzoek van elders" in told(alone, "elders")
    assert "ligt daartussen" not in told(alone, "elders")


def test_what_happens_after_stopping_was_not_measured():
    for make in SITUATIONS.values():
        assert told(make(), "stoppen").startswith("Dat is niet gemeten.")


def test_the_sheet_has_room_for_every_question():
    table = SHOWN
    asked = answers(bare().facts())
    assert table.capacity >= len(asked)
    (row, *others) = question_rows([(one.question, one.answer, one.facts) for one in asked])
    assert list(row) == [column.code for column in table.columns] and len(others) == len(asked) - 1


@pytest.mark.parametrize("name", ["all_pay", "none_pays", "a_group_loses", "bare"])
def test_the_answers_read_as_the_golden_ones(name):
    lines = [f"{one.question}\n{one.answer}\n" for one in answers(SITUATIONS[name]().facts())]
    golden.require(f"vragen_{name}", "\n".join(lines))
