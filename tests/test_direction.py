"""What went the other way has a name of its own, the same in letter, annex, trace and workbook."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from forms import change, examples
from library_books import book, opened
from situations import SITUATIONS, effect, initiative, situation

from toolkit.app import walk
from toolkit.app.places import trail
from toolkit.kengetallen.library import load_library
from toolkit.method.direction import change_name, loss_name, shared_name, value_name
from toolkit.method.transfers import transfers
from toolkit.model.initiative import Effect
from toolkit.reports.trace import find, to_text
from toolkit.words.vocabulary import word
from toolkit.workbook.outcome.hung_up import poster_rows
from toolkit.workbook.outcome.tables import transfer_rows
from toolkit.workbook.outcome.uncertainty import rows as uncertainty_rows

LIBRARY = load_library()
SIGN_WORD = re.compile(r"andersom|omgekeerd|richting '|tegendeel")


def of(kengetal: str, **more) -> Effect:
    return effect("EF-01", kengetal, 2.0, **more)


def test_every_change_and_unit_value_of_the_library_has_a_name_for_the_other_direction():
    named = [*LIBRARY.changes.values(), *LIBRARY.unit_values.values()]
    assert all(one.name_more and one.name_more != one.name for one in named)
    assert not any(SIGN_WORD.search(f"{one.name} {one.name_more}") for one in named)


def test_an_own_library_keeps_the_names_of_ours(tmp_path):
    library = opened(book(tmp_path, huisartsconsult__note="Zelf nagekeken"))
    assert [v.name_more for v in library.unit_values.values()] == [
        v.name_more for v in LIBRARY.unit_values.values()
    ]


def test_a_change_is_called_by_its_direction():
    less, more = of("schuldhulptraject", change="Schuldhulptraject niet nodig"), {"direction": "more"}
    assert change_name(less) == "Schuldhulptraject niet nodig"
    assert change_name(replace(less, **more, change_more="Extra hulp")) == "Extra hulp"
    assert change_name(replace(less, **more)) == "Extra schuldhulptrajecten"  # as its unit value says
    assert change_name(replace(less, **more, change="Rust")) == "Het tegendeel van: Rust"


def test_a_unit_value_that_a_change_takes_along_is_called_by_where_it_goes():
    lost = of("huurtoeslag_alsnog", change="Betaald werk gevonden", factor=-1.0)
    assert (value_name([lost]), loss_name(lost)) == ("Verloren huurtoeslag",) * 2
    assert change_name(lost) == "Betaald werk gevonden"
    regained = replace(lost, direction="more", change_more="Betaald werk verloren")
    assert (value_name([regained]), change_name(regained)) == (
        "Huurtoeslag alsnog aangevraagd",
        "Betaald werk verloren",
    )
    assert loss_name(of("bijstand_alleenstaande", change="Betaald werk gevonden")) == "Betaald werk gevonden"
    assert value_name([lost, of("huurtoeslag_alsnog")]) == "Huurtoeslag alsnog aangevraagd"
    own = replace(lost, unit_value=replace(lost.unit_value, name_more=""))
    assert value_name([own]) == "Het tegendeel van: Huurtoeslag alsnog aangevraagd"
    nameless = replace(lost, unit_value=replace(lost.unit_value, name=""))
    assert value_name([nameless]) == "Betaald werk gevonden"


def test_effects_together_go_the_other_way_only_where_all_do():
    less, more = of("jeugdhulp"), of("jeugdhulp", direction="more")
    assert shared_name([more, less]) == less.what_changes
    assert shared_name([more, more]) == "Extra jeugdhulp"


@pytest.fixture(scope="module")
def turned():
    """Work found, so an allowance is lost; more debt help; and allowances that stopped."""
    work = {"change": "Betaald werk gevonden vanuit de bijstand"}
    effects = (
        effect("EF-01.1", "bijstand_alleenstaande", 5.0, **work),
        effect("EF-01.2", "huurtoeslag_alsnog", 5.0, factor=-1.0, **work),
        effect("EF-02", "schuldhulptraject", 20.0, direction="more"),
        effect("EF-03", "zorgtoeslag_alsnog", 40.0, direction="more"),
    )
    return situation(
        [
            initiative(code, name, effects=effects, investments=())
            for code, name in (("A", "Aa"), ("B", "Bee"))
        ]
    )


def test_no_label_says_that_a_name_must_be_read_the_other_way_round(turned):
    texts = [fact.text for fact in turned.facts()]
    for rows in uncertainty_rows(turned.summary(), LIBRARY).values():
        texts += [str(value) for row in rows for value in row.values()]
    texts += [str(row["name"]) for row in transfer_rows(turned.summary())]
    assert [text for text in texts if SIGN_WORD.search(text)] == []
    told = " ".join(texts)
    for name in ("Verloren huurtoeslag", "Extra schuldhulptrajecten", "Verloren zorgtoeslag"):
        assert name in told, name


def test_who_loses_and_gains_by_a_transfer_and_how_much_is_the_same_everywhere(turned):
    facts, shown = turned.facts(), transfer_rows(turned.summary())
    handed = transfers(turned.outcome)
    branches = facts.lists["overdrachten"]
    assert [row["name"] for row in shown] == [facts[f"{b}.naam"].text for b in branches]
    assert [row["amount"] for row in shown] == pytest.approx([facts[f"{b}.bedrag"].value for b in branches])
    for transfer, row, branch in zip(handed, shown, branches, strict=True):
        assert transfer.amount == pytest.approx(sum(transfer.payers.values()))
        assert transfer.amount == pytest.approx(sum(transfer.receivers.values()))
        for leaf, column, side in (
            ("van", "payer", transfer.payers),
            ("naar", "receiver", transfer.receivers),
        ):
            assert len(facts[f"{branch}.{leaf}"].value) == len(side)
            assert all(word(f"form.parties.{party}") in row[column] for party in side)
            if len(side) > 1:
                assert facts[f"{branch}.{leaf}"].text.count("euro)") == len(side)
                assert row[column].count("€") == len(side)


def test_the_first_transfer_is_the_largest_and_names_the_largest_loser_first(turned):
    first, *others = transfers(turned.outcome)
    assert first.name == "Bijstand niet meer nodig (alleenstaande)"
    assert list(first.payers) == ["deelnemers", "rijk"] and list(first.receivers) == ["gemeente"]
    assert [other.name for other in others] == ["Verloren zorgtoeslag", "Verloren huurtoeslag"]
    assert list(others[0].payers) == ["deelnemers"] and list(others[0].receivers) == ["rijk"]


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_government_gains_by_transfers_is_the_sum_of_what_the_annex_lists(name):
    case = SITUATIONS[name]()
    facts = case.facts()
    if "overheid" not in case.outcome.study.groups:
        return
    public, people = case.outcome.members("overheid"), ("deelnemers", "wijkbewoners")
    for leaf, sign in (("ontvangt", 1.0), ("geeft", -1.0)):
        moved = [
            t for t in transfers(case.outcome) if sign * t.among(public) > 0.005 > sign * t.among(people)
        ]
        told = facts[f"overdrachten_overheid.{leaf}"].value
        assert told == pytest.approx(sum(sign * t.among(public) for t in moved), abs=0.01)


def test_a_form_and_its_trace_name_what_went_the_other_way(tmp_path):
    path = examples(tmp_path) / "de_kade.xlsx"
    asked = "Bijstand alsnog aangevraagd"
    change(path, {("EF-01", "change"): asked, ("EF-03", "direction"): "meer"})
    loaded, _ = walk.load_form(path)
    (initiative_,) = loaded.portfolio.initiatives
    picked = next(e for e in initiative_.effects if e.row == "EF-03")
    other = next(c for c in LIBRARY.changes.values() if c.name == picked.change).name_more
    assert (picked.name.partition(":")[0], change_name(picked)) == (other, other)
    taken_along = next(e for e in initiative_.effects if e.row == "EF-01" and e.factor < 0)
    assert taken_along.name == f"{asked}: extra uitvoeringskosten bijstand"
    computed = walk.compute(loaded, draws=200)
    known = trail(computed, walk.facts(computed))
    assert other in to_text(find("EF-03", known)[0].trees(known))


def test_the_page_to_hang_up_names_what_went_the_other_way(turned):
    status = "Berekend op 1 januari."
    case = replace(turned, portfolio=replace(turned.portfolio, initiatives=turned.portfolio.initiatives[:1]))
    page = {row["row"]: str(getattr(row["said"], "text", row["said"])) for row in _page(case, status)}
    told = [text for row, text in page.items() if row.startswith("change_")]
    assert "Extra schuldhulptrajecten: 20 trajecten in het jaar." in told
    assert not any(SIGN_WORD.search(text) for text in told)


def _page(case, status):
    (one,) = case.portfolio.initiatives
    known = {c.parts[0].kengetal: c for c in LIBRARY.changes.values() if len(c.parts) == 1}
    effects = tuple(
        replace(e, change=c.name, change_more=c.name_more, name=c.name)
        if (c := known.get(e.unit_value.code))
        else e
        for e in one.effects
    )
    case = situation([replace(one, effects=effects)])
    return poster_rows(case.summary(one.code), LIBRARY, status)
