"""The letter: every figure is a fact, every situation is told honestly, and no spot stays empty."""

import os
import re
from collections import Counter
from dataclasses import fields, replace
from itertools import pairwise

import jinja2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from situations import (
    BARE_LETTER,
    LETTER,
    SITUATIONS,
    all_pay,
    bare,
    computed,
    growth,
    initiative,
    mixed,
    nobody_promised,
    one_initiative,
    situation,
)
from studies import portfolios

from toolkit.model.finding import WARN, Finding
from toolkit.model.letter import Letter, Means, Recommendation
from toolkit.reports.facts import Facts
from toolkit.reports.files.draft import draft
from toolkit.reports.letter.drafting import LetterError, brief_templates, render
from toolkit.reports.letter.markup import FIGURE_CLOSE, FIGURE_OPEN, LITERAL_CLOSE, LITERAL_OPEN, parse
from toolkit.words import vocabulary

EVERYTHING = os.environ.get("WIJKBATEN_ALLES") == "1"
TEMPLATES = brief_templates().list_templates(extensions=["j2"])


@pytest.fixture(scope="module", params=SITUATIONS)
def any_letter(request) -> tuple[str, str, Facts]:
    """Markup, plain text and facts of a letter in each situation."""
    case = SITUATIONS[request.param]()
    facts = case.facts(example=True)
    return render(facts, case.letter), str(draft(facts, case.letter)["txt"]), facts


def text_of(case, letter: Letter | None = None, **more) -> str:
    """The letter as one line of plain text, without its annex."""
    chosen = letter or case.letter
    told = str(draft(replace(case, letter=chosen).facts(**more), chosen)["txt"])
    return " ".join(told.partition("Bijlage bij de brief")[0].split())


def source(name: str) -> str:
    return brief_templates().loader.get_source(brief_templates(), name)[0]


# --- templates ---


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_figure_is_typed_in_a_template(name):
    assert re.findall(r".*\d.*", source(name).replace(".j2", "")) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_do_not_compare_or_calculate(name):
    inside = " ".join(re.findall(r"{[{%](.*?)[}%]}", source(name), re.DOTALL))
    assert re.findall(r"[<>=]=|[<>*/]| is (?!not defined|defined)|\bset\b|\bround\b|\blength\b", inside) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_says_what_it_is_for(name):
    assert source(name).startswith("{#")


def test_every_template_is_part_of_the_letter():
    included = {part for name in TEMPLATES for part in re.findall(r'include "(.+?)"', source(name))}
    assert included | {"brief.j2"} == set(TEMPLATES)


def printed(text: str, **context):
    return brief_templates().from_string(text).render(**context)


def test_an_unknown_fact_is_an_error_and_not_an_empty_spot():
    with pytest.raises(jinja2.UndefinedError):
        printed("{{ totaal.batne }}", **bare().facts().tree())


@pytest.mark.parametrize("name", ["voorbeeld", "studie.nulalternatief", "oordeel.kost_meer.wie"])
def test_a_judgement_and_an_empty_text_cannot_be_printed(name):
    case = bare()
    with pytest.raises(LetterError):
        printed("{{ " + name + " }}", **case.facts().tree())


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "", " - ", ("a",)])
def test_only_facts_and_text_can_be_printed(value):
    with pytest.raises(LetterError):
        printed("{{ value }}", value=value)


def test_a_template_cannot_reach_into_python():
    with pytest.raises(jinja2.exceptions.SecurityError):
        printed("{{ value.__class__.__mro__ }}", value="tekst")


# --- every letter ---


def test_every_number_comes_from_a_fact_or_from_a_field(any_letter):
    markup, _, _ = any_letter
    marked = f"{FIGURE_OPEN}[^{FIGURE_CLOSE}]*{FIGURE_CLOSE}|{LITERAL_OPEN}[^{LITERAL_CLOSE}]*{LITERAL_CLOSE}"
    own = re.sub(marked, "", markup)
    assert re.findall(r"\d.*", re.sub(r"^1\. ", "", own, flags=re.MULTILINE)) == []


def test_every_figure_shows_the_text_of_its_fact(any_letter):
    markup, _, facts = any_letter
    for block in parse(markup):
        for run in getattr(block, "runs", ()):
            if run.fact:
                shown, fact = run.text, facts[run.fact].text
                assert shown.rstrip(".").casefold() == fact.rstrip(".").casefold()


def test_no_spot_is_empty_and_nothing_is_left_of_the_template(any_letter):
    _, text, _ = any_letter
    assert not re.search(r"None|True|False|\bnan\b|\{\{|\{%|Undefined|Fact\(|__", text)
    assert not re.search(r"\(\)|‘’|\(reden: \)| ,|,,|\.\.|;\.| ;|:\.", text)


def test_a_label_has_a_value_and_a_colon_has_a_list(any_letter):
    blocks = parse(any_letter[0])
    for block, following in pairwise(blocks):
        if block.kind == "header":
            assert all(value for _, value in block.rows)
        if block.kind == "paragraph" and block.runs[-1].text.endswith(":"):
            assert following.kind == "items"
        if block.kind == "table":
            assert block.rows


def test_there_are_no_double_spaces_in_a_sentence(any_letter):
    markup, _, _ = any_letter
    assert [line for line in markup.splitlines() if re.search(r"\S  +\S", line)] == []


def test_every_sentence_ends_as_a_sentence(any_letter):
    markup, _, _ = any_letter
    for block in parse(markup):
        if block.kind == "paragraph":
            line = "".join(run.text for run in block.runs)
            signed = line.startswith((LETTER.signer_1, LETTER.signer_2))
            assert line[-1] in ".:,!?" or line[0].islower() or signed, line


def test_nothing_is_counted_in_the_plural_where_there_is_one(any_letter):
    _, text, _ = any_letter
    flat = " ".join(text.split())
    assert not re.search(
        r"\b(één|1) (wijkbedrijven|aanbevelingen|aannames|effecten|groepen|paren|domeinen)\b", flat
    )
    assert not re.search(
        r"\b(twee|drie|vier|vijf|zes) (wijkbedrijf|aanbeveling|aanname|effect|groep|paar)\b", flat
    )


def test_the_summary_is_short(any_letter):
    _, text, _ = any_letter
    summary = re.search(r"Samenvatting\n-+\n(.*?)\n\n\w", text, re.DOTALL)[1]
    assert 20 < len(summary.split()) <= 120


def test_sentences_in_the_letter_are_short(any_letter):
    markup, _, _ = any_letter
    body = markup.partition("---\n")[0]
    lengths = []
    for block in parse(body):
        if block.kind == "paragraph":
            text = "".join("x" if run.fact else run.text for run in block.runs)
            lengths += [len(s.split()) for s in re.split(r"(?<=[.!?]) ", text) if len(s.split()) > 3]
    assert max(lengths) <= 26
    assert sum(lengths) / len(lengths) < 14


def test_an_example_says_that_it_is_one(any_letter):
    _, text, _ = any_letter
    assert "Deze brief is een voorbeeld met verzonnen namen en cijfers." in text


def test_a_real_letter_does_not_say_that_it_is_an_example():
    assert "verzonnen" not in text_of(all_pay())


# --- what the letter says ---


def test_the_number_before_a_list_of_names_is_that_of_the_list():
    text = text_of(all_pay())
    six, five = re.search(
        r"gaat over (\w+) wijkbedrijven: (.+?)\. .*?gaan over (\w+) daarvan: (.+?)\. ", text
    ).group(1, 3)
    assert (six, five) == ("zes", "vijf")
    names = re.search(r"gaan over vijf daarvan: (.+?)\. ", text)[1]
    assert len(re.split(", | en ", names)) == 5 and "Trefpunt" not in names


def test_the_one_that_does_not_count_is_named_with_its_reason():
    text = text_of(all_pay())
    assert "Het Trefpunt telt niet mee (reden: gestart in het najaar)." in text
    unexplained = situation(
        [initiative("KADE", "De Kade"), initiative("PUNT", "Het Trefpunt", counted=False)]
    )
    assert "Het Trefpunt telt niet mee; de reden is niet opgegeven." in text_of(unexplained)


@pytest.mark.parametrize(
    ("name", "says", "never"),
    [
        ("all_pay", ["In ten minste 95 van de 100 doorrekeningen zijn de baten hoger"], ["wegen niet op"]),
        (
            "expected",
            ["Naar verwachting levert elke", "maar niet in zoveel doorrekeningen"],
            ["In ten minste 95 van de 100 doorrekeningen zijn"],
        ),
        (
            "about_equal",
            ["Baten en kosten zijn ongeveer gelijk"],
            ["doorrekeningen zijn de baten hoger", "Naar verwachting"],
        ),
        (
            "uncertain",
            ["Het is onzeker of de baten opwegen tegen de kosten"],
            ["doorrekeningen zijn de baten hoger", "structurele"],
        ),
        (
            "none_pays",
            [
                "De baten wegen niet op tegen de kosten",
                "verdienen de kosten zich binnen die jaren niet terug",
                "geen van de wijkbedrijven",
            ],
            [
                "doorrekeningen zijn de baten hoger",
                "Naar verwachting",
                "structurele",
                "is de waarde voor de samenleving groter",
            ],
        ),
        (
            "harmful",
            ["De effecten zijn samen nadelig", "De baten wegen niet op tegen de kosten"],
            ["euro levert", "gelijk aan"],
        ),
        ("without_costs", ["Er zijn geen kosten opgegeven"], ["geïnvesteerde euro", "terugverdien"]),
        (
            "mixed",
            ["Dat geldt niet voor elk wijkbedrijf apart.", "één van de vier wijkbedrijven (Het Anker) wegen"],
            [],
        ),
        ("bare", ["Een bandbreedte kunnen wij daarom niet geven"], ["doorrekeningen"]),
    ],
)
def test_the_letter_is_as_honest_as_the_figures(name, says, never):
    text = text_of(SITUATIONS[name]())
    assert [s for s in says if s not in text] == []
    assert [s for s in never if s in text] == []


def test_a_group_that_loses_is_named_and_there_are_no_percentages():
    text = text_of(SITUATIONS["a_group_loses"]())
    assert "voor deelnemers is er een nadeel van" in text
    assert re.search(r"Deelnemers: een nadeel van (bijna|ruim) ", text)
    assert "van het totaal." not in text and "noemen wij geen percentages" in text
    assert re.search(r"Bewoners ontvangen daardoor .+ minder aan uitkeringen en toeslagen", text)


def test_groups_stand_with_the_largest_first():
    text = text_of(all_pay())
    groups = ("- De overheid:", "- Deelnemers:", "- Overige partijen:", "- Overige wijkbewoners:")
    places = [text.index(group) for group in groups]
    assert places == sorted(places)


def test_without_recommendations_means_or_effects_without_a_price_nothing_hangs():
    text = text_of(bare())
    assert "anbeveling" not in text and "Wie:" not in text
    assert "In de cijfers staat geen tijdelijk geld." in text
    assert "Het onderzoek noemt geen effecten zonder prijs." in text


def test_every_recommendation_has_the_response_of_the_college():
    text = text_of(all_pay())
    assert "vier aanbevelingen" in text
    responses = ("nemen deze aanbeveling over.", "deels over.", "niet over.", "Onze reactie volgt nog.")
    places = [text.index(response) for response in responses]
    assert places == sorted(places)
    assert "Dat helpt bij keuzes. Wie: Wijkzaken. Wanneer: 2026." in text


def test_one_is_told_as_one():
    text = text_of(one_initiative())
    for sentence in (
        "Het onderzoek gaat over één wijkbedrijf: De Kade.",
        "Het onderzoek doet één aanbeveling.",
        "Het onderzoek noemt één effect zonder prijs.",
        "Bijlage: Rapport",
        "Het wijkbedrijf leverde zelf de gegevens aan.",
    ):
        assert sentence in text
    assert "de wijkbedrijven" not in text.lower()


def test_what_was_not_studied_is_not_claimed():
    assert "Of dit ook geldt voor vergelijkbare initiatieven, is niet onderzocht." in text_of(all_pay())
    told = text_of(all_pay(), replace(LETTER, comparable="dit geldt ook voor buurthuizen"))
    assert "Dit geldt ook voor buurthuizen." in told and "niet onderzocht" not in told


def test_fields_of_the_letter_stand_where_they_belong():
    text = text_of(all_pay())
    for sentence in (
        "Datum: 3-3-2026",
        "Met deze brief sturen wij u ‘Onderzoek wijkbedrijven’ en ‘Adviesrapport’.",
        "uitgevoerd door een onderzoeksbureau, in opdracht van de gemeente.",
        "De cijfers zijn nagekeken door de afdeling Financiën.",
        "een bredere groep: maatschappelijke initiatieven in de stad.",
        "Wij informeren u in de zomer van 2027 in een volgende brief over de voortgang.",
        "burgemeester en wethouders van Noorderhaven, C. Burger, burgemeester D. Secretaris, secretaris",
    ):
        assert sentence in text
    asked = replace(LETTER, asked="Wij vragen u kennis te nemen van dit onderzoek", next_form="discussion")
    other = text_of(all_pay(), asked)
    assert "Wij vragen u kennis te nemen van dit onderzoek." in other and "niets te besluiten" not in other
    assert "Wij bespreken de voortgang graag met u in de zomer van 2027." in other


@pytest.mark.parametrize("field", [f.name for f in fields(Letter) if f.type == "str"])
def test_each_field_may_be_missing(field):
    case, letter = all_pay(), replace(LETTER, **{field: ""})
    text = text_of(case, letter)
    assert not re.search(
        r"(Aan|Onderwerp|Steller|Telefoon|Ons kenmerk|Portefeuillehouder): (?=[A-Z][a-z ]+:)", text
    )
    assert "  " not in text and "()" not in text


@pytest.mark.parametrize(
    "nasty", ["**vet** | # kop", "{{ totaal.baten }}", "\ue000x\ue001y\ue002", " . ", "1. een\n- twee"]
)
def test_text_of_people_is_never_markup_or_a_template(nasty):
    letter = Letter(
        **{f.name: nasty for f in fields(Letter) if f.type == "str" and f.name not in ("notation", "status")},
        recommendations=(Recommendation(nasty, "adopt", nasty, nasty, nasty),),
        means=(Means(nasty, 1.0, 2026, nasty),),
    )
    case = situation([initiative("KADE", nasty, description=nasty, area=nasty)], letter)
    out = draft(case.facts(), letter)
    kinds = Counter(block.kind for block in parse(render(case.facts(), letter)))
    assert kinds["page"] == 1
    assert "{{ totaal.baten }}" in str(out["txt"]) or "{" not in nasty


def test_the_annex_holds_every_initiative_and_what_stood_out(monkeypatch):
    real = vocabulary.table
    sentences = {"odd": {"text": "hier staat een nul"}}
    monkeypatch.setattr(vocabulary, "table", lambda name: sentences if name == "messages" else real(name))
    facts = all_pay().facts(findings=[Finding(WARN, "odd", "Geld!F9")])
    annex = str(draft(facts, LETTER)["txt"]).partition("Bijlage bij de brief")[2]
    for words in (
        "Het Trefpunt",
        "Geld!F9: hier staat een nul",
        "nulalternatief",
        "discontovoet van 2,25%",
        "SHA",
    ):
        assert (words in annex) == (words != "SHA")


def test_every_format_carries_the_mark_of_a_draft_until_the_status_is_definite():
    case = mixed()
    for status, concept in (("", True), ("draft", True), ("final", False)):
        out = draft(case.facts(), replace(case.letter, status=status))
        assert ("CONCEPT" in str(out["txt"])) == concept
        assert ("CONCEPT" in str(out["html"])) == concept
        assert out["docx"][:2] == b"PK"


def annex_of(case) -> str:
    return " ".join(str(draft(case.facts(), case.letter)["txt"]).partition("Bijlage bij de brief")[2].split())


def test_nowhere_is_it_said_what_happens_if_things_go_against_it(any_letter):
    assert not re.search(r"als het (tegen|mee)zit|van elke tien euro", any_letter[1])


def test_the_reporting_year_stands_beside_every_ratio_with_why_a_forecast_shows_more():
    text = text_of(growth())
    year = " ".join(growth().facts()["verslagjaar.verhouding"].text.split())
    assert text.count(f"Alleen over 2025 is dat {year}") == 2
    assert "omdat zij voor latere jaren meer baten per euro verwacht" in text
    assert "omdat zij voor latere jaren" not in text_of(all_pay())


def test_what_a_critic_leaves_stands_in_the_letter_and_every_objection_in_the_annex():
    case = all_pay()
    assert "bij de zwaarste tegenwerping (" in text_of(case) and "een voorzichtige lezing €" in text_of(case)
    names = [a.objection.name for a in case.answers.study]
    rows = [
        row
        for block in parse(render(case.facts(), case.letter))
        if block.kind == "table"
        for row in block.rows
    ]
    shown = ["".join(run.text for run in row[0]) for row in rows]
    assert [name for name in names if name not in shown] == []


def test_an_objection_that_costs_the_verdict_is_told():
    text = text_of(SITUATIONS["residents_gain"]())
    assert "Bij die tegenwerping zijn de baten lager dan de kosten." in text


def test_evidence_is_of_people_and_never_of_euros():
    text = text_of(growth())
    assert re.search(
        r"Bij \d+% van de baten is het aantal mensen gevraagd; \d+% is verwacht voor latere", text
    )
    assert "is overal een inschatting" in text


def test_less_spending_never_stands_without_what_is_spent_extra(any_letter):
    text = " ".join(any_letter[1].split())
    for told in re.findall(r"De gemeente kan .{0,40}? minder uitgeven(.{0,60})", text):
        assert "extra uit" in told
    assert text.count("minder uitgeven") == 0 or "vrijgekomen plek kan door iemand anders" in text


def test_costs_without_cover_are_told_and_are_not_the_municipalitys():
    text = text_of(nobody_promised())
    assert "is nog geen dekking (in 2025, 2026, 2027, 2028 en 2029)" in text
    assert "voor rekening van" not in text and "De gemeente betaalt" not in text
    assert "Nog geen dekking" in annex_of(nobody_promised())
    assert "geen dekking" not in text_of(SITUATIONS["secured"]())


def test_limitations_name_lost_leisure_and_what_who_finds_work_gives_up():
    annex = annex_of(all_pay()).partition("Beperkingen")[2]
    for words in ("niet van het loon afgetrokken", "minder bijstandsuitkeringen", "Werken kost vrije tijd"):
        assert words in annex
    assert "hoger dan wat onderzoekers elders vonden" in annex
    without = annex_of(SITUATIONS["spends_more"]()).partition("Beperkingen")[2]
    assert "betaald werk vonden" not in without and "elders vonden" not in without


def test_an_empty_letter_has_no_empty_header():
    assert "::: header" not in render(bare().facts(), BARE_LETTER)


# --- any study ---


@settings(max_examples=200 if EVERYTHING else 6)
@given(portfolios(), st.integers(0, 12))
def test_every_number_in_any_letter_is_found_back_in_the_facts(portfolio, recommendations):
    assume(portfolio.counted)
    listed = tuple(Recommendation("Werk samen", response="adopt") for _ in range(recommendations))
    letter = Letter(recommendations=listed)
    facts = computed(portfolio, letter).facts()
    shown = [run for block in parse(render(facts, letter)) for run in every_run(block)]
    for run in shown:
        if run.fact:
            assert run.text.rstrip(".").casefold() == facts[run.fact].text.rstrip(".").casefold()
        else:
            assert not re.search(r"\d", run.text), run.text


def every_run(block):
    """All runs of a block, also those in its cells, items and labels."""
    match block.kind:
        case "table":
            stretches = [block.caption, *block.header, *(cell for row in block.rows for cell in row)]
        case "items":
            stretches = block.items
        case "chart":
            return [*block.alt, *every_run(block.table)]
        case "header":
            stretches = [side for row in block.rows for side in row]
        case "page":
            stretches = []
        case _:
            stretches = [block.runs]
    return [run for stretch in stretches for run in stretch]
