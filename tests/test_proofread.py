"""Proofreading: what is wrong in an edited letter gets its sentence; what is true in other words passes."""

import re
from dataclasses import replace

import pytest
from letters import CONTROL, coded, drafted, of, replaced, shown, stops
from situations import LETTER, a_group_loses, all_pay, mixed

from toolkit.method.confirmation import FINAL
from toolkit.model.finding import STOP, WARN
from toolkit.model.letter import OwnNumber
from toolkit.reports.proofread.figures import figures
from toolkit.reports.proofread.language import MOST_HINTS
from toolkit.words import dutch
from toolkit.words.vocabulary import located, table

CLOSING = "Met vriendelijke groet,"


@pytest.fixture(scope="module")
def letter():
    return of(all_pay)


def total(letter, text="{about} {n} mln. euro"):
    """A text on the total: {n} millions, {about} as the letter has it, {like} it and {other} in its place."""
    about, n, *_ = letter.facts["totaal.baten"].text.replace("\u00a0", " ").split(" ")
    like = table("proofread")["about"][about][1]
    other = "bijna" if about == "ruim" else "ruim"
    full = f"{n.replace(',', '.')}00.000"
    return text.format(about=about, n=n, other=other, like=like, full=full)


def told(findings):
    return [located(finding) for finding in findings]


def typed(letter, fact, text, nth=0):
    """What is said after someone typed this in a figure of the Word document."""
    body = letter.text("docx")
    match = [m for m in CONTROL.finditer(body) if m["fact"] == fact][nth]
    return letter.word(replaced(body, match, text))


def end(letter):
    """Where the closing line stands, counted in the XML itself: no tables, no empty paragraphs."""
    before = letter.text("docx").split(f">{CLOSING}<")[0]
    paragraphs = re.sub("<w:tbl>.*?</w:tbl>", "", before, flags=re.S).split("<w:p>")[1:]
    return f"alinea {sum('<w:t' in paragraph for paragraph in paragraphs)}"


def said(letter, text, kind="docx"):
    """What is said after someone added this text at the end."""
    return letter.edited(CLOSING, f"{text} {CLOSING}", kind)


# --- figures ---


def test_a_unit_in_the_next_cell_of_a_table_belongs_to_no_figure():
    assert [(f.value, f.unit) for f in figures("90.000\teuro\t65")] == [(90_000, ""), (65, "")]
    assert [f.unit for f in figures("90.000 euro")] == ["euro"]


def test_another_digit_is_wrong_and_the_sentence_tells_where_what_and_why(letter):
    assert told(typed(letter, "totaal.baten", "ruim 11,1 mln. euro")) == [
        "alinea 14 ('Deze brief laat zien wat…'): Hier staat 'ruim 11,1 mln. euro', maar de berekening geeft "
        f"'{total(letter)}' (totaal.baten). Dit cijfer betekent: Alle baten van wat meetelt, "
        "als contante waarde. Met een ander cijfer klopt de brief niet. Typ "
        f"'{total(letter)}', of maak de brief opnieuw als de portefeuille is veranderd."
    ]


def test_a_figure_in_a_table_is_found_by_table_and_row(letter):
    where = [f.where for f in typed(letter, "overheid.baten_duizend", "1")]
    assert where == ["tabel 3, rij 2 ('1')"]


@pytest.mark.parametrize(
    "text",
    [
        "{other} {n} mln. euro",
        "{n} mln. euro",
        "{about} {n} mln.",
        "{about} {n}%",
        "{about} {n} miljard euro",
        "min {about} {n} mln. euro",
        "{about} -{n} mln. euro",
        "ruim 11.6 mln. euro",
        "ruim 13 mln. euro",
        "veel",
    ],
)
def test_a_wording_that_is_not_true_is_wrong(letter, text):
    text = total(letter, text)
    found = typed(letter, "totaal.baten", text)
    assert [f.code for f in stops(found)] == ["letter_figure_wrong"]
    assert stops(found)[0].facts["found"] == text


@pytest.mark.parametrize(
    "text",
    [
        "{about} {n} miljoen euro",
        "{about} € {n} miljoen",
        "{about} €{n} mln.",
        "{like} {n} mln. euro",
        "ongeveer {n} miljoen euro",
        "{about} {full} euro",
        "in totaal {about} {n} mln. euro samen",
    ],
)
def test_another_notation_of_the_same_figure_passes(letter, text):
    assert told(typed(letter, "totaal.baten", total(letter, text))) == []


def test_capitals_make_no_other_figure(letter):
    assert told(typed(letter, "totaal.baten", total(letter).upper())) == []


def test_an_amount_may_be_written_in_full(letter):
    full = dutch.euro(letter.facts["totaal.baten"].value)
    assert told(typed(letter, "totaal.baten", full)) == []


def test_a_word_just_before_the_figure_counts_too(letter):
    body = letter.text("docx")
    match = next(m for m in CONTROL.finditer(body) if m["fact"] == "totaal.baten_laag")
    before = body[: match.start()]
    assert before.endswith("ongeveer </w:t></w:r>")
    edited = before.removesuffix("ongeveer </w:t></w:r>") + "bijna </w:t></w:r>" + body[match.start() :]
    true = dutch.about(
        letter.facts["totaal.baten_laag"].value, dutch.rounded_value(letter.facts["totaal.baten_laag"].value)
    )
    wrong = [f.facts["found"] for f in stops(letter.word(edited))]
    assert wrong == ([] if true == "bijna" else [f"bijna {shown(match)}".replace("\u00a0", " ")])


def test_a_percentage_may_get_the_word_that_is_true(letter):
    share = letter.facts["overheid.aandeel"]
    rounded = figures(share.text)[0].value
    true = dutch.about(share.value * 100, rounded)
    other = {"ruim": "bijna", "bijna": "ruim"}[true]
    assert told(typed(letter, "overheid.aandeel", f"{true} {share.text}")) == []
    assert len(stops(typed(letter, "overheid.aandeel", f"{other} {share.text}"))) == 1


def test_a_count_may_be_written_in_digits(letter):
    assert told(typed(letter, "initiatieven.geteld", "5")) == []
    assert len(stops(typed(letter, "initiatieven.geteld", "zes"))) == 1


def test_a_loss_keeps_its_sign():
    letter = of(a_group_loses)
    assert told(typed(letter, "totaal.saldo", letter.facts["totaal.saldo"].text)) == []
    sign = letter.facts["totaal.saldo"].text.replace("min\u00a0", "")
    assert sign != letter.facts["totaal.saldo"].text
    assert [f.code for f in typed(letter, "totaal.saldo", sign)] == ["letter_figure_wrong"]


def test_a_figure_that_is_gone_is_missing(letter):
    body = CONTROL.sub(lambda m: "" if m["fact"] == "verhouding.laag" else m[0], letter.text("docx"))
    found = letter.word(body)
    assert {f.code for f in found} == {"letter_fact_missing"}
    gone = letter.facts["verhouding.laag"].text.replace("\u00a0", " ")
    assert told(found)[0].replace("\u00a0", " ") == (
        f"alinea 36 ('De uitkomst hangt af van…'): In de gemaakte brief staat hier '{gone}' "
        "(verhouding.laag), maar in uw brief ontbreekt dat cijfer. Het betekent: De onderkant van "
        "de baten per geïnvesteerde euro (P5). Zet het cijfer terug zoals het was, of maak de brief "
        "opnieuw "
        "als de portefeuille is veranderd."
    )


def test_a_figure_that_only_lost_its_control_passes(letter):
    plain = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    body = CONTROL.sub(
        lambda m: plain.format(m["text"]) if m["fact"] == "verhouding.waarde" else m[0], letter.text("docx")
    )
    assert told(letter.word(body)) == []
    ratio = letter.facts["verhouding.waarde"].text[-4:]
    changed = body.replace(ratio, "1,23", 1)
    assert {f.code for f in letter.word(changed)} == {"letter_fact_missing", "letter_number_unknown"}


def test_a_figure_that_the_study_no_longer_has_is_told(letter):
    body = letter.text("docx").replace('"verhouding.waarde"', '"verhouding.oud"')
    codes = [f.code for f in letter.word(body)]
    assert set(codes) == {"letter_fact_unknown"}


def test_a_control_of_the_house_style_is_no_figure(letter):
    text = "<w:sdtContent><w:r><w:t>tekst 12</w:t></w:r></w:sdtContent>"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="huisstijl.logo"/></w:sdtPr>{text}</w:sdt>'
    body = letter.text("docx").replace("</w:p>", f"{control}</w:p>", 1)
    assert [f.code for f in letter.word(body)] == ["letter_number_unknown"]


def test_a_verdict_is_part_of_the_outcome():
    letter = of(mixed)
    assert told(typed(letter, "initiatief.ANKER.oordeel", "rendeert")) == [
        "tabel 8, rij 3 ('rendeert'): Hier staat 'rendeert', maar het oordeel uit de berekening is 'baten "
        "wegen "
        "niet op tegen kosten' (initiatief.ANKER.oordeel). Zo'n oordeel hoort bij de cijfers. Typ 'baten "
        "wegen "
        "niet op tegen kosten', of maak de brief opnieuw als de portefeuille is veranderd."
    ]


def test_a_letter_of_before_a_change_in_the_study_is_wrong_in_every_figure_that_moved(letter):
    moved = letter.findings(of(mixed).files["docx"], "docx")
    assert "totaal.baten" in {f.facts["name"] for f in coded(stops(moved), "letter_figure_wrong")}


# --- counts ---


def test_a_count_before_names_agrees_with_them(letter):
    text = letter.text("docx")
    names = letter.facts["initiatieven.geteld_namen"].text
    found = letter.word(text.replace(CLOSING, f"Dit zijn vier wijkbedrijven: {names}."))
    assert told(coded(found, "letter_count_names")) == [
        f"{end(letter)} "
        "('Dit zijn vier wijkbedrijven: De…'): Hier staat 'vier wijkbedrijven', maar de opsomming "
        f"erachter noemt er vijf: {names}. Maak het aantal en de opsomming gelijk."
    ]
    assert told(letter.word(text.replace(CLOSING, f"Dit zijn vijf wijkbedrijven: {names}."))) == []


def test_words_between_the_names_are_no_names(letter):
    names = letter.facts["initiatieven.geteld_namen"].text
    between = names.replace(" en ", ", zo vinden wij, en ")
    assert coded(said(letter, f"Dit zijn vijf wijkbedrijven: {between}."), "letter_count_names") == []
    (found,) = coded(said(letter, f"Dit zijn vijf wijkbedrijven: De Ark, {names}."), "letter_count_names")
    assert found.facts["n"] == "zes"


def test_names_between_brackets_are_counted_too(letter):
    for n, good in (("twee", True), ("drie", False)):
        found = said(letter, f"Dat zijn {n} van de vijf wijkbedrijven (De Kade en Het Anker).")
        assert [f.facts["found"] for f in stops(found)] == (
            [] if good else ["drie van de vijf wijkbedrijven"]
        )


def test_a_name_of_several_words_is_one_name():
    case = all_pay()
    assert "Buurtwerkplaats Noord" in case.facts()["initiatieven.namen"].text
    found = said(of(all_pay), "Drie wijkbedrijven: Buurtwerkplaats Noord, De Kade en ’t Huis.")
    assert told(stops(found)) == []


def test_the_number_of_initiatives_is_that_of_the_study(letter):
    assert told(stops(said(letter, "Wij steunen de zeven wijkbedrijven."))) == [
        f"{end(letter)} "
        "('Wij steunen de zeven wijkbedrijven.…'): Hier staat 'de zeven wijkbedrijven', maar de "
        "studie noemt zes wijkbedrijven en daarvan tellen er vijf mee. Typ een van die aantallen."
    ]
    assert told(said(letter, "Wij steunen de vijf wijkbedrijven, en bezochten twee wijkbedrijven.")) == []


def test_the_number_of_recommendations_is_that_of_the_list(letter):
    found = letter.edited("Versterk de samenwerking met partners", "Versterk de samenwerking", "txt")
    assert told(stops(found)) == []
    item = re.search(r"4\. Versterk de samenwerking met partners.*?\n\n", letter.text("txt"), re.DOTALL)[0]
    assert told(stops(letter.edited(item, "\n", "txt")))[0] == (
        "alinea 14 ('Deze brief laat zien wat…'): Hier staat 'vier aanbevelingen', maar onder het kopje "
        "'Aanbevelingen' staan er drie. Maak het aantal en de lijst gelijk. Verandert het aantal "
        "aanbevelingen, pas dan ook het blad Brief van de portefeuille aan en maak de brief opnieuw."
    )


def test_a_count_above_a_list_agrees_with_it(letter):
    body = letter.text("docx")
    items = [m for m in re.finditer(r"<w:p>(?:(?!</w:p>).)*?aanname\.2\.naam.*?</w:p>", body)]
    found = letter.word(body.replace(items[0][0][items[0][0].rindex("<w:p>") :], "", 1))
    assert [f.facts["found"] for f in coded(found, "letter_count_items")] == ["drie aannames"]


# --- what is worth a look ---


def test_an_unknown_number_is_a_warning(letter):
    found = said(letter, "Er kwamen 1.234 bezoekers.")
    assert [f.level for f in found] == [WARN]
    assert told(found) == [
        f"{end(letter)} "
        "('Er kwamen 1.234 bezoekers. Met…'): Het getal '1.234' komt niet uit de berekening. Een "
        "lezer "
        "kan het dan niet herleiden. Klopt het, zet het dan met zijn betekenis en bron op het blad Brief "
        "van de "
        "portefeuille, bij 'Eigen cijfers in de brief'. Haal het anders weg."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "De raad besloot op 3 februari 2024 en op 12-3-2024.",
        "Zie artikel 12, lid 3, en bladzijde 45 van bijlage 2.",
        "Bel 050 123 45 67, 06-12345678 of telefoon 14 050.",
        "Ons kenmerk is ZK-2024-0099; uw brief heeft nummer 12345.",
        "Mail naar wijk9@voorbeeld.nl of kijk op www.voorbeeld.nl/pagina7.",
        "De studie loopt van 2026 tot en met 2030.",
        "Ons adres is Postbus 1234, 9700 AB Voorbeeldstad.",
        "De vergadering is om 19.30 uur.",
        "Er zijn twee of drie scenario's, model A4 en de 3e versie.",
        "Van de baten gaat {share} naar de overheid.",
    ],
)
def test_what_is_no_figure_or_is_known_is_not_told(letter, text):
    share = letter.facts["overheid.aandeel"].text
    assert told(said(letter, text.format(share=share))) == []


def test_a_number_of_ones_own_is_known():
    own = replace(LETTER, own_numbers=(OwnNumber("1.234 bezoekers", "Bezoek in 2024", "Jaarverslag"),))
    letter = drafted(all_pay().facts(), own)
    assert "1.234" not in letter.text("txt") + letter.text("docx")
    assert told(said(letter, "Er kwamen 1.234 bezoekers.")) == []
    assert [f.facts["found"] for f in said(letter, "Er kwamen 1.235 bezoekers.")] == ["1.235"]


def test_a_known_figure_with_another_word_is_told(letter):
    other = total(letter, "{other} {n}")
    assert told(said(letter, f"Het gaat om {other} miljoen euro.")) == [
        f"{end(letter)} "
        f"('Het gaat om {other}…'): Hier staat '{other} miljoen euro'; in de brief is dat "
        f"'{total(letter)}'. Woorden als 'ruim' en 'bijna' zeggen of het echte getal hoger of lager is. "
        f"Typ '{total(letter)}'."
    ]


@pytest.mark.parametrize(
    "left",
    ["{{ totaal }}", "{% if x %}", "«Naam»", "XXX", "xxxx", "...", "…", "[invullen]", "____", "n.t.b.", "??"],
)
def test_what_is_left_of_a_template_is_told(letter, left):
    found = said(letter, f"Dit is {left} hier.")
    assert {f.code for f in found} == {"letter_mark_left"}
    assert located(found[0]).endswith(
        f"Hier staat nog '{found[0].facts['found']}'. Dat lijkt een plek die nog moet worden ingevuld. Vul "
        f"de "
        "tekst in of haal het teken weg."
    )


def test_a_final_letter_is_no_draft():
    final = drafted(all_pay().facts(), replace(LETTER, status=FINAL))
    assert told(said(final, "Dit is een CONCEPT.")) == [
        f"{end(final)} ('Dit is een CONCEPT. Met…'): Hier staat 'CONCEPT', maar op het blad Brief staat de "
        "brief op "
        "definitief. Haal dit weg, of zet de brief op het blad Brief op concept."
    ]
    assert told(said(of(all_pay), "Dit is een CONCEPT.")) == []


def test_a_changed_name_is_told_where_it_stands(letter):
    assert told(typed(letter, "initiatief.KADE.naam", "De Kada")) == [
        "tabel 8, rij 2 ('De Kada'): Hier staat 'De Kada', terwijl in de gemaakte brief 'De Kade' staat. Is "
        "het "
        "een tikfout, herstel die dan. Klopt de nieuwe tekst, verander die dan ook in de werkmap."
    ]


def test_a_signer_and_the_municipality_are_names_too(letter):
    assert [f.facts["found"] for f in letter.edited("C. Burger", "C. Borger")] == ["C. Borger"]
    assert told(letter.edited("C. Burger", "")) == [
        "De naam 'C. Burger' komt in de brief niet meer voor. Zet de naam terug, of controleer of die weg "
        "mag."
    ]
    found = letter.edited("Noorderhaven", "Noorderhafen", times=2)
    assert [(f.code, f.facts["found"]) for f in found] == [("letter_name_changed", "Noorderhafen")]


# --- plain language ---


def test_a_long_sentence_is_told(letter):
    long = "Wij " + "lopen " * 24 + "weg."
    assert told(said(letter, long)) == [
        f"{end(letter)} "
        "('Wij lopen lopen lopen lopen…'): De zin die begint met 'Wij lopen lopen lopen lopen' "
        "telt 26 "
        "woorden. Boven 25 woorden haken lezers af. Maak er twee zinnen van."
    ]
    assert told(said(letter, long.replace("lopen ", "", 1))) == []


def test_jargon_without_an_explanation_is_told(letter):
    assert told(said(letter, "De verdringing is groot.")) == [
        f"{end(letter)} ('De verdringing is groot. Met…'): Het woord 'verdringing' staat hier zonder uitleg. "
        "Niet elke "
        "lezer kent het. Leg het uit, bijvoorbeeld zo: Het deel van de verandering dat ten koste gaat van "
        "anderen."
    ]
    for explained in (
        "De verdringing (wat ten koste gaat van anderen) is groot.",
        "De verdringing is groot. Zo heet het deel van de verandering dat ten koste gaat van anderen.",
    ):
        assert told(said(letter, explained)) == []


def test_many_passive_sentences_are_told_once(letter):
    passive = " ".join(f"De brug {n} wordt gemaakt." for n in ["rood", "wit", "blauw", "groot"] * 15)
    found = said(letter, passive)
    assert [f.code for f in found] == ["letter_passive"]
    assert re.match(r"In 6\d van de \d+ zinnen staat 'wordt', 'worden' of 'werd'\.", located(found[0]))


def test_there_are_never_more_than_ten_hints(letter):
    long = [f"Wij {word} " + "lopen " * 26 + "weg." for word in "abcdefghijklmnop"]
    found = said(letter, " ".join(long))
    assert len(found) == MOST_HINTS
    assert located(found[-1]) == (
        "Er zijn nog 7 opmerkingen over de taal. Verbeter eerst wat hierboven staat en kijk de brief daarna "
        "opnieuw na."
    )


def test_what_the_draft_says_itself_gets_no_hint(letter):
    assert [f for f in letter.findings(letter.files["docx"], "docx") if f.level != STOP] == []


# --- sentences ---


def test_every_sentence_about_a_letter_says_what_to_do():
    for code, entry in table("messages").items():
        if code.startswith("letter_"):
            assert entry["text"].endswith((".", "{meaning}")), code
            assert "  " not in entry["text"] and "!" not in entry["text"], code
