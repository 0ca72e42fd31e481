"""Where a figure comes from: the tree adds up, ends in cells and sources, and can be walked both ways."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from math import prod
from pathlib import Path

import pytest
from forms import change, examples
from hypothesis import assume, given, settings
from python_calamine import CalamineWorkbook
from situations import (
    BARE_LETTER,
    LETTER,
    SITUATIONS,
    STUDY,
    all_pay,
    computed,
    effect,
    initiative,
    money,
    situation,
)
from studies import portfolios

from toolkit.app import cli, output, walk
from toolkit.app.places import trail as trail_of
from toolkit.model.estimate import Estimate
from toolkit.model.finding import WARN, Finding
from toolkit.model.initiative import TEMPORARY
from toolkit.model.letter import Means
from toolkit.reports.facts.recipe import Percentile, Ratio
from toolkit.reports.facts.source import Source
from toolkit.reports.trace import Node, NotFound, Place, Trail, find, to_html, to_text
from toolkit.reports.trace.reverse import rests_on
from toolkit.reports.trace.tree import is_amount, node
from toolkit.words.vocabulary import word

EVERYTHING = os.environ.get("WIJKBATEN_ALLES") == "1"
GUIDE = Path(__file__).resolve().parent.parent / "docs" / "handleiding" / "herleiden.md"
CENT = 0.005
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return examples(tmp_path_factory.mktemp("trace"))


@pytest.fixture(scope="module")
def trail(folder) -> Trail:
    """The example portfolio, computed with few draws."""
    loaded, _ = walk.load_portfolio(folder / output.PORTFOLIO_FILE)
    computed = walk.compute(loaded, draws=300)
    return trail_of(computed, walk.facts(computed))


@pytest.fixture(params=SITUATIONS)
def any_trail(request) -> Trail:
    return made_by_hand(SITUATIONS[request.param]())


def made_by_hand(case, findings=(), places=None) -> Trail:
    given = (case.portfolio, case.letter, findings, case.library)
    source = Source(case.outcome, case.simulation, case.answers.study, *given)
    return Trail(source, case.facts(findings=findings), places or {}, "portefeuille.xlsx")


def off(root: Node) -> list[tuple[str, float, float]]:
    """The branches whose amounts below do not add up to their own."""
    found = []
    for branch in root.walk():
        below = [child.amount for child in branch.children if child.amount is not None]
        if branch.amount is not None and below and abs(sum(below) - branch.amount) >= CENT:
            found.append((branch.label, branch.amount, sum(below)))
    return found


def loose(root: Node) -> list[str]:
    """The ends of a tree that lead nowhere: no cell, no source."""
    return [leaf.label for leaf in root.walk() if not (leaf.children or leaf.place or leaf.source)]


def wrong(trail: Trail) -> list[str]:
    """Everything about the trees of all facts that is not as it should be."""
    found = []
    for fact in trail.facts:
        root = node(fact, trail)
        found += [f"{fact.name}: {label} {own} is not {below}" for label, own, below in off(root)]
        found += [f"{fact.name}: {label} has no cell and no source" for label in loose(root)]
        drawn = isinstance(fact.made, Percentile)
        if is_amount(fact) and not drawn and root.amount != fact.value:
            found.append(f"{fact.name}: {root.amount} is not {fact.value}")
    return found


# --- a fact is its recipe ---


def apart(trail: Trail) -> list[str]:
    """The facts that are not what comes out of their recipe, or not what its terms add up to."""
    study, simulation, found = trail.source.outcome, trail.source.simulation, []
    for fact in trail.facts:
        if fact.made is None:
            continue
        if fact.made.value(study, simulation) != fact.value:
            found.append(f"{fact.name}: not what its recipe gives")
        for part in fact.made.parts:
            amounts = [term.amount for term in part.terms(study)]
            noise = 1e-9 * sum(map(abs, amounts))
            if abs(sum(amounts) - part.euros(study)) > CENT + noise:
                found.append(f"{fact.name}: {sum(amounts)} is not {part.euros(study)}")
    return found


def made_of_something_else(trail: Trail) -> set[str]:
    """The amounts without a recipe, by the start of their names: what was filled in, and what was then."""
    return {fact.name.split(".")[0] for fact in trail.facts if is_amount(fact) and fact.made is None}


def test_every_figure_of_the_example_is_what_its_recipe_gives(trail):
    assert apart(trail) == []
    assert made_of_something_else(trail) == set()


def test_so_is_every_figure_in_every_situation(any_trail):
    assert apart(any_trail) == []
    assert made_of_something_else(any_trail) <= {"middel", "vorige", "verschil", "gepubliceerd"}


@settings(max_examples=200 if EVERYTHING else 8)
@given(portfolios())
def test_so_is_every_figure_of_any_study(portfolio):
    assume(portfolio.counted)
    trail = made_by_hand(computed(portfolio, BARE_LETTER))
    assert apart(trail) == []
    assert made_of_something_else(trail) == set()


def test_two_costs_of_one_name_are_two():
    passing = money("rijk", "subsidie", 10_000, term=TEMPORARY, until=2026)
    lasting = money("gemeente", "subsidie", 70_000)
    case = situation([initiative("KADE", "De Kade", investments=(passing, lasting))], BARE_LETTER)
    assert case.facts()["middel.1.bedrag"].value == 2 * 10_000
    assert len({cost.key for cost in case.outcome.costs}) == 2


# --- the tree ---


def test_every_amount_of_the_example_letter_adds_up_and_every_fact_ends_in_a_cell_or_source(trail):
    assert wrong(trail) == []


def test_so_it_is_in_every_situation(any_trail):
    assert wrong(any_trail) == []


def test_so_it_is_with_volunteer_hours_among_the_sums():
    counted = replace(STUDY, include_volunteer_hours=True)
    hours = effect("E9", "vrijwilligersuur", 500.0)
    case = situation(
        [initiative("KADE", "De Kade"), initiative("ERF", "Ons Erf", effects=(hours,))], study=counted
    )
    trail = made_by_hand(case)
    assert wrong(trail) == []
    years = [one for one in node(trail.facts["totaal.kosten"], trail).walk() if "2.000 uur" in one.shown]
    assert len(years) == 2 * STUDY.activity_years


def test_so_it_is_with_a_finding_in_the_letter():
    finding = Finding(WARN, "no_effects", "Geld!F9", {}, "kade.xlsx")
    trail = made_by_hand(all_pay(), [finding])
    assert node(trail.facts["bevinding.1.tekst"], trail).children[0].place == Place("kade.xlsx", "Geld!F9")
    assert wrong(trail) == []


def test_only_money_that_no_form_has_is_an_amount_without_lines():
    letter = replace(LETTER, means=(*LETTER.means, Means("Gift", 5_000.0)))
    facts = situation([initiative("KADE", "De Kade")], letter).facts()
    filled_in = {fact.name for fact in facts if is_amount(fact) and fact.made is None}
    assert filled_in == {f"middel.3.bedrag{end}" for end in ("", "_duizend")}


@pytest.mark.parametrize(
    "name", ["totaal.baten", "overheid.baten", "overdrachten_overheid.ontvangt_bewoners"]
)
def test_the_factors_of_a_line_multiply_to_its_amount(trail, name):
    lines = [
        one
        for one in node(trail.facts[name], trail).walk()
        if one.children and one.children[0].factor is not None
    ]
    assert len(lines) > 5
    for line in lines:
        assert prod(factor.factor for factor in line.children) == pytest.approx(line.amount, abs=CENT)


def test_a_ratio_is_what_stands_above_divided_by_what_stands_below(any_trail):
    ratios = [fact for fact in any_trail.facts if isinstance(fact.made, Ratio)]
    for fact in ratios:
        above, below = node(fact, any_trail).children
        assert above.amount / below.amount == fact.value


def test_government_counts_only_what_government_gains(trail):
    line = next(
        one for one in node(trail.facts["overheid.baten"], trail).children if one.key == "KADE.EF-01.2"
    )
    assert [share.label for share in line.children[-1].children] == ["Gemeente", "Rijk en sociale fondsen"]
    assert line.children[-1].factor == pytest.approx(0.9)


def test_overlap_is_a_branch_of_its_own_that_ends_in_the_cells_of_the_portfolio(trail):
    taken = node(trail.facts["totaal.baten"], trail).children[-1]
    assert taken.amount == pytest.approx(-trail.facts["overlap.bedrag"].value)
    assert {pair.place.file for pair in taken.children} == {"portefeuille.xlsx"}
    assert len(taken.children) == len(trail.source.outcome.corrections)


def test_a_percentile_is_no_sum_but_tells_what_was_drawn(trail):
    root = node(trail.facts["totaal.baten_laag"], trail)
    draws, seed, inputs, point = root.children
    assert root.amount is None
    assert (draws.key, seed.key) == ("sampling.draws", "sampling.seed")
    assert inputs.children[0].key == "unit_value.schuld_voorkomen"
    assert "2.900" in inputs.children[0].shown and "11.640" in inputs.children[0].shown
    assert point.amount == pytest.approx(trail.facts["totaal.baten"].value)


def test_an_objection_tells_what_it_changes_and_the_totals_before_and_after():
    case = all_pay()
    trail = made_by_hand(case)
    answer = next(a for a in case.answers.study if a.objection.code == "horizon")
    name = f"tegenwerping.{case.answers.study.index(answer) + 1}"
    before, change = node(trail.facts[f"{name}.baten"], trail).children
    assert before.amount == trail.facts["totaal.baten"].value and before.children
    assert before.amount + change.amount == pytest.approx(answer.benefits_pv)
    assert answer.objection.said in change.source
    told = to_text(find(f"{name}.verhouding", trail)[0].trees(trail))
    first = " ".join(told.split("\n\n")[0].split())
    assert answer.objection.said in first and "Zonder die tegenwerping" in first
    above, below = node(trail.facts[f"{name}.verhouding"], trail).children
    assert above.amount / below.amount == pytest.approx(answer.ratio)


def test_a_year_without_cover_says_so_in_the_tree_of_the_costs():
    trail = made_by_hand(all_pay())
    years = [
        one.label for one in node(trail.facts["geen_dekking.bedrag"], trail).walk() if one.label[:2] == "20"
    ]
    assert years and all(label.endswith("(nog geen dekking)") for label in years)


def test_without_ranges_nothing_was_drawn():
    trail = made_by_hand(SITUATIONS["bare"]())
    below = node(trail.facts["totaal.baten_laag"], trail).children
    assert any(one.label == word("trace.group.no_inputs") for one in below)


def test_the_cells_hold_what_the_tree_says(trail, folder):
    line = next(one for one in node(trail.facts["totaal.baten"], trail).children if one.key == "KADE.EF-01.1")
    reached = [one for one in line.walk() if one.label.startswith("Bereik")]
    assert [one.shown for one in reached] == ["4", "6", "9", "12", "12"]
    assert [cell_value(folder, one.place) for one in reached] == [4, 6, 9, 12, 12]


def cell_value(folder: Path, place: Place) -> object:
    """What stands in a cell according to the workbook itself."""
    sheet, _, cell = place.where.rpartition("!")
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = sum(26**n * (ord(letter) - 64) for n, letter in enumerate(reversed(letters)))
    rows = CalamineWorkbook.from_path(str(folder / place.file)).get_sheet_by_name(sheet)
    return rows.to_python(skip_empty_area=False)[int(digits) - 1][column - 1]


def test_every_filled_cell_in_the_tree_of_all_benefits_is_filled(trail, folder):
    cells = {
        one.place for one in node(trail.facts["totaal.saldo"], trail).walk() if one.place and one.place.filled
    }
    assert len(cells) > 200
    sample = sorted(cells, key=str)[::25]
    assert [place for place in sample if cell_value(folder, place) in ("", None)] == []


def test_a_setting_ends_in_its_cell_and_an_empty_one_says_so(trail, folder):
    rate = node(trail.facts["studie.discontovoet"], trail).children[0]
    assert cell_value(folder, rate.place) == 2.25
    empty = node(trail.facts["zekerheid.aantal"], trail).children[0]
    assert not empty.place.filled and "leeg gelaten" in empty.shown


def test_an_answer_that_is_not_known_tells_that_a_default_was_used(trail):
    line = next(
        one for one in node(trail.facts["totaal.baten"], trail).children if one.key.startswith("NOORD.EF-07")
    )
    assert word("trace.source.default") in [one.source for one in line.walk()]


def test_an_own_amount_ends_in_the_form_and_a_tariff_of_the_municipality_in_the_portfolio():
    for own, file in ((True, "kade.xlsx"), (False, "portefeuille.xlsx")):
        given = effect("E1", "wmo_begeleiding", 10.0)
        value = replace(given.unit_value, amount=Estimate(80.0, cell="Blad!B2"), own=own, source="contract")
        one = replace(given, unit_value=value)
        trail = made_by_hand(situation([initiative("KADE", "De Kade", effects=(one,), file="kade.xlsx")]))
        found = [n for n in node(trail.facts["totaal.baten"], trail).walk() if n.source == "contract"]
        assert {one.place for one in found} == {Place(file, "Blad!B2")}


def test_a_form_by_itself_can_be_traced(folder):
    loaded, _ = walk.load(folder / "de_kade.xlsx")
    computed = walk.compute(loaded, draws=300)
    trail = trail_of(computed, walk.facts(computed))
    assert wrong(trail) == []
    assert node(trail.facts["studie.prijspeil"], trail).children[0].place.file == "de_kade.xlsx"


# --- what was asked ---


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("5,7 mln.", "overheid.baten"),
        ("ruim 5,7 mln. euro", "overheid.baten"),
        (f"RUIM  5,7{NBSP}miljoen", "overheid.baten"),
        ("bijna 5,7 mln", "overheid.baten"),
        ("€ 5.707.902,07", "overheid.baten"),
        ("5.707.902", "overheid.baten"),
        ("€ 3,60", "verhouding.waarde"),
        ("€3,60", "verhouding.waarde"),
        ("3,60", "verhouding.waarde"),
        ("60%", "overheid.aandeel"),
        ("60 procent", "overheid.aandeel"),
        ("9,4 miljoen", "totaal.baten"),
        ("9,4", "totaal.baten"),
        ("2,25%", "studie.discontovoet"),
        ("alle vijf wijkbedrijven", "initiatieven.alle_geteld"),
        ("verhouding.waarde", "verhouding.waarde"),
        ("overheid.b", "overheid.baten"),
        ("Overh", "overheid.baten"),
    ],
)
def test_a_figure_or_name_finds_its_fact(trail, asked, name):
    assert find(asked, trail)[0].name == name


@pytest.mark.parametrize("asked", ["7 mln", "5,7 mln.1", "3,6", "0%"])
def test_part_of_a_figure_is_another_figure(trail, asked):
    try:
        found = {match.name for match in find(asked, trail)}
    except NotFound:
        found = set()
    assert not found & {"overheid.baten", "verhouding.waarde", "overheid.aandeel"}


def test_several_facts_are_all_told(trail):
    names = {match.name for match in find("zes", trail)}
    assert "initiatieven.genoemd" in names
    assert {match.name for match in find("6,8 mln.", trail)} >= {"totaal.saldo", "totaal.verschil"}


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("overheid.batn", "overheid.baten"),
        ("verhouding.waard e", "verhouding.waarde"),
        ("5,77 mln.", "5,7 mln."),
    ],
)
def test_a_miss_tells_what_looks_like_it(trail, asked, near):
    with pytest.raises(NotFound) as missed:
        find(asked, trail)
    assert any(near in name.replace(NBSP, " ") for name in missed.value.near)


@pytest.mark.parametrize(
    "asked", ["", " ", "ruim", "€", "Blad!", "!A1", "(", "[x](y", "\\", "EF-99", "XX EF-01"]
)
def test_anything_may_be_asked(trail, asked):
    with pytest.raises(NotFound):
        find(asked, trail)


# --- the other way round ---


@pytest.mark.parametrize(
    "asked",
    [
        "de_kade.xlsx Wat verandert er!G9",
        "[de_kade.xlsx]Wat verandert er!$G$9",
        "map/de_kade.xlsx: 'Wat verandert er'!g9",
        "KADE EF-01",
        "kade.ef-01",
        "De Kade EF-01",
        "de_kade EF-01",
        "de_kade.xlsx Verdieping!H25",
    ],
)
def test_a_cell_or_row_gives_the_lines_and_facts_that_rest_on_it(trail, asked):
    match = find(asked, trail)[0]
    assert {"KADE.EF-01.1", "KADE.EF-01.2"} <= match.keys
    told = dict((fact.name, part) for fact, part in rests_on(match.keys, trail))
    assert told["overheid.baten"] > 0 and told["initiatief.KADE.baten"] > told["overheid.baten"]
    assert "initiatief.ANKER.baten" not in told and told["verhouding.waarde"] is None


def test_one_line_of_a_row_can_be_asked_by_itself(trail):
    (match,) = find("KADE EF-01.2", trail)
    assert match.keys == {"KADE.EF-01.2", "KADE.EF-01"}


def test_every_cell_under_a_fact_leads_back_to_it(trail):
    fact = trail.facts["overheid.baten"]
    cells = {one.place for one in node(fact, trail).walk() if one.place and one.place.filled}
    for place in sorted(cells, key=str)[::12]:
        match = find(f"{place.file} {place.where}", trail)[0]
        assert fact.name in [found.name for found, _ in rests_on(match.keys, trail)], place


def test_a_cell_without_its_workbook_is_looked_up_in_all_of_them(trail):
    assert {match.place.file for match in find("Over ons!B13", trail)} == {
        initiative.file for initiative in trail.initiatives.values()
    }


def test_every_input_of_a_form_and_of_the_portfolio_can_be_asked_after(trail):
    asked = re.compile(r"(?:KADE|study|sampling|letter|unit_value)\.(?!(?:EF|GI|PM)-0[2-9])")
    names = [name for name in trail.places if asked.match(name)]
    told = {}
    for name in names:
        if place := trail.place(name):
            match = find(f"{place.file} {place.where}", trail)[0]
            told[name] = to_text(match.trees(trail))
    assert len(told) > 60
    assert word("trace.group.no_pieces") in told["letter.subject"]
    assert word("trace.group.no_pieces") in told["KADE.contact"]


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("KADE GI-02", "totaal.kosten"),
        ("KADE PM-01", "pm.4.oordeel"),
        ("KADE PM-01", "pm.4.mensen"),
        ("KADE WD-01", "gedaan.4.aantal"),
        ("KADE DV-01", "doorverwezen.aantal"),
        ("de_kade.xlsx Over ons!B13", "mensen.deelnemers"),
        ("portefeuille.xlsx Studie!C14", "totaal.baten"),
        ("portefeuille.xlsx Initiatieven!D9", "overlap.bedrag"),
        ("portefeuille.xlsx Brief!B67", "middel.1.naam"),
    ],
)
def test_costs_answers_settings_and_fields_of_the_letter_are_inputs_too(trail, asked, fact):
    match = find(asked, trail)[0]
    assert fact in [found.name for found, _ in rests_on(match.keys, trail)]
    assert fact in to_text(match.trees(trail), everything=True)


def test_people_outputs_and_referrals_lead_back_to_their_cells(trail):
    for name, told in (
        ("pm.4.mensen", "Bij hoeveel mensen: 31"),
        ("gedaan.4.aantal", "De Kade: reparaties: 1150"),
        ("doorverwezen.aantal", "De Kade: schuldhulp: 14"),
    ):
        text = shown(trail, name, everything=True).replace("1.150", "1150")
        (line,) = [line for line in text.splitlines() if told in line]
        assert re.search(r"\[[^\[\]]+![A-Z]\d+\]", line), line


# --- as text and as HTML ---


def shown(trail: Trail, asked: str, everything: bool = False) -> str:
    return to_text(find(asked, trail)[0].trees(trail), everything=everything)


@pytest.mark.parametrize(
    "asked", ["overheid.baten", "verhouding.waarde", "totaal.baten_laag", "rendeert", "KADE EF-01"]
)
@pytest.mark.parametrize("everything", [False, True])
def test_text_fits_a_screen(trail, asked, everything):
    assert max(map(len, shown(trail, asked, everything).splitlines())) <= 100


def test_what_is_folded_and_what_is_shown_add_up_to_the_fact(trail):
    text = shown(trail, "overheid.baten")
    lines = re.findall(r"^ {0,2}(-?€ [\d.]+,\d\d)  ", text, re.MULTILINE)
    folded = re.findall(r"en nog 35 regels, samen (-?€ [\d.]+,\d\d)", text)
    assert len(lines) == 9 and len(folded) == 1
    total = sum(euros(amount) for amount in lines + folded)
    assert total == pytest.approx(trail.facts["overheid.baten"].value, abs=0.05)


def euros(text: str) -> float:
    return float(text.replace("€ ", "").replace(".", "").replace(",", "."))


def test_everything_can_be_shown(trail):
    text = shown(trail, "overheid.baten", everything=True)
    assert "en nog" not in text and text.count("deel dat in dit cijfer telt") == 43


def test_the_first_lines_answer_the_question(trail):
    first = " ".join(shown(trail, "5,7 mln.").split("\n\n")[0].split())
    assert "€ 5.707.902,07" in first and "43 effecten van 5 wijkbedrijven" in first
    assert "‘Minder individuele begeleiding (Wmo) nodig’" in first


@pytest.fixture(scope="module")
def hostile() -> Trail:
    """A name with markup and an escape code for screens."""
    evil = initiative("KADE", "<script>alert(1)</script>\x1b[31m & co")
    return made_by_hand(situation([evil]))


def test_html_escapes_what_people_typed_and_needs_nothing_else(hostile):
    page = to_html(find("totaal.baten", hostile)[0].trees(hostile), [("<b>", "\x1b<i>")])
    assert "<script" not in page and "&lt;script&gt;" in page and "<b>" not in page and "\x1b" not in page
    assert '<html lang="nl">' in page
    assert not re.search(r"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", page)
    assert page.count("<details") == page.count("</details>") > 5


def test_a_screen_gets_no_escape_codes(hostile):
    assert "\x1b" not in to_text(find("totaal.baten", hostile)[0].trees(hostile), [("x", "\x1b[2J")])


def test_html_holds_every_node(trail):
    trees = find("overheid.baten", trail)[0].trees(trail)
    page = to_html(trees)
    assert page.count("<li>") == sum(1 for _ in trees.root.walk()) - 1


# --- as a command ---


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_shows_the_tree_and_writes_the_page(folder, tmp_path, capsys):
    page = tmp_path / "nieuw" / "herleid.html"
    code, out, _ = run(
        capsys, "herleid", "6,8 mln.", "--portefeuille", folder / output.PORTFOLIO_FILE, "--html", page
    )
    assert code == 0
    assert "totaal.verschil: ruim 6,8 mln. euro" in out and "de_kade.xlsx Wat verandert er!B9" in out
    assert "totaal.verschil" in page.read_text(encoding="utf-8")


def test_the_command_asks_back_where_nothing_fits(folder, capsys):
    code, out, told = run(
        capsys, "herleid", "overheid.batn", "--portefeuille", folder / output.PORTFOLIO_FILE
    )
    assert (code, out) == (1, "")
    assert "Bedoelt u" in told and "overheid.baten" in told


def test_the_command_tells_what_is_wrong_with_a_portfolio(tmp_path, capsys):
    code, _, told = run(capsys, "herleid", "60%", "--portefeuille", tmp_path / "weg.xlsx")
    assert code == 1 and "weg.xlsx" in told


def test_the_command_says_so_where_nothing_counts(folder, tmp_path, capsys):
    book = examples(tmp_path) / output.PORTFOLIO_FILE
    no, why = word("form.lists.yes_no.no"), "nog geen cijfers"
    change(book, {(f"IN-{n:04d}", "counted"): no for n in range(1, 7)})
    change(book, {(f"IN-{n:04d}", "reason"): why for n in range(1, 7)})
    code, out, told = run(capsys, "herleid", "60%", "--portefeuille", book)
    assert (code, out) == (1, "") and "portefeuille.xlsx" in told


# --- the guide ---


def test_the_example_in_the_guide_is_what_the_command_shows(trail):
    block = re.search(r"```text\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1]
    told = [line for line in block.splitlines() if line.strip() and line.strip() != "..."]
    real = iter(shown(trail, "5,7 mln.").splitlines())
    assert len(told) > 15
    assert [line for line in told if line not in real] == []
