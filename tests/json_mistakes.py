"""Spoiled JSON studies with one mistake each, its place, and the exact Dutch sentence expected."""

from json_studies import DEEP, EFFECT, GONE, INVESTMENT, LAST, VALUE, another, changed, overlap

TWO = [
    ("initiatives", LAST, {"code": "B", "participants": 10}),
    ("initiatives", 0, "participants", 10),
]

TRANSFER = {"kind": "overdracht", "shares": {"persoon": 1, "rijk": -0.5}}

# --- each mistake and the exact sentence ---

MISTAKES = {
    "json_activity_beyond_horizon": (
        changed(("study", "activity_years", 4)),
        "$.study.activity_years",
        "Er zijn 4 jaren met activiteiten en de zichtperiode is 3 jaar. Wat later valt, telt niet mee. "
        "Verleng horizon of verlaag activity_years.",
    ),
    "json_beyond_horizon": (
        changed((*EFFECT, "inflow", [1, 2, 3, 4])),
        f"{DEEP}.inflow",
        "De lijst heeft 4 jaren en de zichtperiode is 3 jaar. "
        "Een getal na de zichtperiode zou stil wegvallen. Haal de jaren erna weg of verleng horizon.",
    ),
    "json_broken": (
        '{\n  "study": {,}\n}',
        "",
        "Dit is geen geldige JSON: op regel 2, teken 13 gaat het mis. "
        "Kijk daar naar een vergeten of overbodige komma, haak of aanhalingsteken.",
    ),
    "json_citizen_number": (
        changed(("study", "name", "de studie van 111222333")),
        "$.study.name",
        "In deze tekst lijkt een burgerservicenummer te staan. Een studie kan openbaar worden. "
        "Haal het nummer weg.",
    ),
    "json_phone_number": (
        changed((*EFFECT, "name", "bel 06-12345678")),
        f"{DEEP}.name",
        "In deze tekst lijkt een telefoonnummer te staan. Een studie kan openbaar worden. "
        "Haal het nummer weg.",
    ),
    "json_mail_address": (
        changed((*EFFECT, "name", "mail jan@voorbeeld.nl")),
        f"{DEEP}.name",
        "In deze tekst staat een e-mailadres. Een studie kan openbaar worden. Haal het adres weg.",
    ),
    "json_empty_text": (
        changed(("study", "name", " ")),
        "$.study.name",
        "Hier staat een lege tekst. Zonder inhoud is niet te zien wat er bedoeld is. "
        "Vul een tekst in, of haal de sleutel weg als die niet verplicht is.",
    ),
    "json_kengetal_without_amount": (
        changed((*EFFECT, "unit_value", GONE), (*EFFECT, "kengetal", "jeugdhulp")),
        f"{DEEP}.kengetal",
        'Het kengetal "jeugdhulp" heeft geen bedrag: daarvoor is een eigen bedrag nodig. '
        "Gebruik unit_value met het eigen bedrag en de bron.",
    ),
    "json_lognormal_not_positive": (
        changed((*EFFECT, "inflow", [{"mode": 1, "low": 0, "high": 2, "dist": "lognormal"}])),
        f"{DEEP}.inflow[0]",
        "De ondergrens is 0.0. Een lognormale verdeling kent alleen getallen boven nul. "
        "Vul bij low een getal boven 0 in of kies een andere verdeling bij dist.",
    ),
    "json_missing_key": (
        changed((*EFFECT, "domain", GONE)),
        DEEP,
        'De sleutel "domain" ontbreekt. Zonder dit gegeven kan er niet worden gerekend. Voeg "domain" toe.',
    ),
    "json_more_than_participants": (
        changed(*TWO, ("overlaps", [overlap("A", "B", people=12)]), ("initiatives", 0, "participants", 99)),
        "$.overlaps[0].people",
        "Er komen 12 mensen bij allebei, maar B heeft 10 deelnemers. De overlap kan niet groter zijn. "
        "Verlaag people of verhoog participants.",
    ),
    "json_negative": (
        changed((*INVESTMENT, "hours", -1)),
        "$.initiatives[0].investments[0].hours",
        "Hier staat -1. Een aantal of bedrag kan hier niet onder nul liggen. Vul 0 of meer in; "
        'een nadelig effect krijgt een negatief bedrag in unit_value, of direction "more".',
    ),
    "json_negative_without_reason": (
        changed((*INVESTMENT, "amounts", [5, -1])),
        "$.initiatives[0].investments[0].amounts[1]",
        "Hier staat -1. Een bedrag onder nul verlaagt de kosten; dat kan alleen met een reden, zoals een "
        "teruggave of restwaarde. Vul reason in, of maak het bedrag 0 of meer.",
    ),
    "json_no_initiatives": (
        changed(("initiatives", [])),
        "$.initiatives",
        "De lijst met initiatieven is leeg, dus er valt niets te berekenen. "
        "Voeg ten minste één initiatief toe.",
    ),
    "json_no_parties": (
        changed(("study", "parties", {})),
        "$.study.parties",
        "De lijst met partijen is leeg. Zonder partijen kan niemand betalen of baten hebben. "
        "Noem de partijen met hun groep, of haal parties weg; dan geldt de standaard.",
    ),
    "json_not_a_flag": (
        changed(("initiatives", 0, "counted", "ja")),
        "$.initiatives[0].counted",
        'Hier staat "ja". Er past alleen ja of nee. Vul true of false in, zonder aanhalingstekens.',
    ),
    "json_not_a_list": (
        changed((*EFFECT, "inflow", 90)),
        f"{DEEP}.inflow",
        "Hier staat 90 en er hoort een lijst. Zet de waarden tussen vierkante haken, bijvoorbeeld [1, 2].",
    ),
    "json_not_a_number": (
        changed((*EFFECT, "unit_value", "amount", "19 euro")),
        f"{DEEP}.unit_value.amount",
        'Hier staat "19 euro" en er hoort een getal om mee te rekenen. Vul een getal in met een punt als '
        "decimaalteken en zonder aanhalingstekens, bijvoorbeeld 12.5.",
    ),
    "json_not_a_pair": (
        changed(("overlaps", [overlap("A", "A")])),
        "$.overlaps[0].initiatives",
        "Een overlap gaat over precies twee verschillende initiatieven. "
        'Vul twee codes in, bijvoorbeeld ["A", "B"].',
    ),
    "json_not_a_share": (
        changed((*EFFECT, "deadweight", 25)),
        f"{DEEP}.deadweight",
        "Hier staat 25. Dit is een aandeel van 0 tot en met 1. Vul bijvoorbeeld 0.25 in voor 25 procent.",
    ),
    "json_not_a_table": (
        "[]",
        "$",
        "Hier staat [] en er hoort een object met sleutels. Zet de gegevens tussen accolades.",
    ),
    "json_not_finite": (
        changed((*EFFECT, "deadweight", float("nan"))),
        f"{DEEP}.deadweight",
        "Hier staat NaN; daarmee valt niet te rekenen. "
        "Vul een gewoon getal in, of haal de sleutel weg als die niet verplicht is.",
    ),
    "json_not_in_list": (
        changed((*EFFECT, "direction", "minder")),
        f"{DEEP}.direction",
        'Hier staat "minder"; dat is niet een van de keuzes. Kies uit: "less", "more".',
    ),
    "json_not_text": (
        changed(("study", "name", 7)),
        "$.study.name",
        "Hier staat 7 en er hoort tekst. Zet de waarde tussen aanhalingstekens.",
    ),
    "json_not_whole": (
        changed((*EFFECT, "duration", 1.5)),
        f"{DEEP}.duration",
        "Hier staat 1.5 en er hoort een heel getal. "
        "Vul een getal in zonder decimalen en zonder aanhalingstekens.",
    ),
    "json_out_of_range": (
        changed((*EFFECT, "lag", 2)),
        f"{DEEP}.lag",
        "Hier staat 2; mogelijk is 0 tot en met 1. Vul een heel getal daartussen in.",
    ),
    "json_party_is_placeholder": (
        changed(("study", "parties", {"gemeente": "overheid", "persoon": "overig"})),
        "$.study.parties.persoon",
        'Een partij kan niet "persoon" heten: persoon staat in kengetallen voor de doelgroep van het effect, '
        "geen_dekking voor kosten die niemand heeft toegezegd. Kies een andere naam.",
    ),
    "json_range_incomplete": (
        changed((*EFFECT, "deadweight", {"mode": 0.2, "high": 0.3})),
        f"{DEEP}.deadweight",
        'De bandbreedte is half: "low" ontbreekt. Vul low en high allebei in, of geen van beide.',
    ),
    "json_range_out_of_order": (
        changed((*EFFECT, "unit_value", "amount", {"mode": 19, "low": 20, "high": 30})),
        f"{DEEP}.unit_value.amount",
        "De bandbreedte klopt niet: low is 20.0, mode is 19.0 en high is 30.0. "
        "Zorg dat low niet boven mode ligt en mode niet boven high.",
    ),
    "json_repeated_code": (
        changed(("initiatives", LAST, {"code": "A"})),
        "$.initiatives[1].code",
        '"A" staat ook bij $.initiatives[0].code. Dan is niet te zien welke van de twee bedoeld is. '
        "Kies een andere naam of code.",
    ),
    "json_repeated_key": (
        changed().replace('"horizon": 3', '"horizon": 3, "horizon": 4'),
        "$.study.horizon",
        'De sleutel "horizon" staat hier meer dan één keer. Alleen de laatste zou tellen. Laat er één staan.',
    ),
    "json_repeated_pair": (
        changed(*TWO, ("overlaps", [overlap("A", "B"), overlap("B", "A")])),
        "$.overlaps[1].initiatives",
        "Dit paar initiatieven staat ook bij $.overlaps[0].initiatives; de correctie zou dubbel tellen. "
        "Laat er één staan.",
    ),
    "json_row_differs": (
        changed((*EFFECT[:3], LAST, another(row="E1", inflow=[8]))),
        "$.initiatives[0].effects[1]",
        f'Dit effect hoort bij regel "E1", net als {DEEP}, maar heeft andere aantallen, aandelen '
        "of een andere grade. Effecten van één regel delen die. Maak ze gelijk of kies een andere row.",
    ),
    "json_shares_do_not_add_up": (
        changed((*EFFECT, "unit_value", "shares", {"gemeente": 0.5, "rijk": 0.3})),
        f"{DEEP}.unit_value.shares",
        'Bij kind "welvaart" moeten de aandelen samen 1 zijn; samen zijn ze nu 0.8. '
        "Anders verdwijnt er geld of komt er geld bij. Pas de aandelen aan.",
    ),
    "json_shares_do_not_cancel": (
        changed((*EFFECT, "unit_value", VALUE | TRANSFER)),
        f"{DEEP}.unit_value.shares",
        'Bij kind "overdracht" zijn de aandelen van wie krijgt samen 1 en van wie geeft samen -1; '
        "nu zijn ze 1 en -0.5. Wat de een krijgt, geeft een ander. Pas de aandelen aan.",
    ),
    "json_too_deep": (
        "[" * 100_000,
        "",
        "De JSON is te diep genest om te lezen. Een studie heeft hooguit een tiental niveaus. "
        "Controleer de haken.",
    ),
    "json_too_large": (
        changed((*EFFECT, "unit_value", "amount", -1e16)),
        f"{DEEP}.unit_value.amount",
        "Dit getal is te groot om mee te rekenen. Gebruik een getal onder een biljard (1 met 15 nullen).",
    ),
    "json_unit_value_differs": (
        changed(
            (*EFFECT, "unit_value", "code", "v"),
            (*EFFECT[:3], LAST, another(unit_value=VALUE | {"code": "v", "amount": 20})),
        ),
        "$.initiatives[0].effects[1].unit_value",
        f'Code "v" staat ook bij {DEEP}.unit_value, met een ander bedrag, prijspeil of een andere index. '
        "Effecten met dezelfde code delen één bedrag en één trekking. "
        "Maak ze gelijk of kies een andere code.",
    ),
    "json_unknown_initiative": (
        changed(*TWO, ("overlaps", [overlap("A", "AB")])),
        "$.overlaps[0].initiatives[1]",
        '"AB" is geen code van een initiatief in deze studie. Bedoelt u "B"?',
    ),
    "json_unknown_kengetal": (
        changed((*EFFECT, "unit_value", GONE), (*EFFECT, "kengetal", "huisartsenconsult")),
        f"{DEEP}.kengetal",
        'Het kengetal "huisartsenconsult" staat niet in de bibliotheek, dus er is geen bedrag. '
        'Bedoelt u "huisartsconsult"? Anders kunt u unit_value gebruiken met een eigen bedrag en bron.',
    ),
    "json_unknown_key": (
        changed((*EFFECT, "attributie", 0.1)),
        f"{DEEP}.attributie",
        'De sleutel "attributie" is onbekend; wat erin staat zou niet meetellen. Bedoelt u "attribution"? '
        "Verbeter de sleutel of haal hem weg.",
    ),
    "json_unknown_party": (
        changed((*INVESTMENT, "party", "gemeenten")),
        "$.initiatives[0].investments[0].party",
        'De partij "gemeenten" hoort niet bij deze studie, dus het geld heeft geen plaats. '
        'Bedoelt u "gemeente"? Anders kunt u de partij met haar groep toevoegen bij parties.',
    ),
    "json_unknown_target_group": (
        changed((*EFFECT, "target_group", "jongeren")),
        f"{DEEP}.target_group",
        'De doelgroep "jongeren" staat niet bij de doelgroepen van dit initiatief. Bedoelt u "wijkbewoners"? '
        "Anders kunt u de doelgroep toevoegen bij target_groups.",
    ),
    "json_unprintable": (
        changed(("study", "name", "bel\x07")),
        "$.study.name",
        'In "bel\\u0007" staat een teken dat niet te tonen is. Haal dat teken weg.',
    ),
    "json_value_missing": (
        changed((*EFFECT, "unit_value", GONE)),
        DEEP,
        "Dit effect heeft geen bedrag per eenheid. "
        "Voeg unit_value toe, of kengetal met een code uit de bibliotheek.",
    ),
    "json_value_twice": (
        changed((*EFFECT, "kengetal", "psycholoog_contact")),
        DEEP,
        "Dit effect heeft zowel unit_value als kengetal. Daarmee is niet duidelijk welk bedrag geldt. "
        "Laat er één staan.",
    ),
    "json_yearly_drops_off": (
        changed((*EFFECT, "unit_value", "telling", "jaar"), (*EFFECT, "drop_off", 0.1)),
        f"{DEEP}.drop_off",
        'Dit kengetal telt eenheden van één jaar (telling "jaar"), dus er is geen afname in latere jaren. '
        "Zet drop_off op 0 of haal de sleutel weg.",
    ),
    "json_yearly_lasts": (
        changed(
            (*EFFECT, "unit_value", GONE),
            (*EFFECT, "kengetal", "psycholoog_contact"),
            (*EFFECT, "duration", 2),
        ),
        f"{DEEP}.duration",
        'De looptijd is 2 jaar, maar dit kengetal telt eenheden van één jaar (telling "jaar"). '
        "Met een langere looptijd tellen dezelfde eenheden dubbel. Zet duration op 1.",
    ),
    "price_year_too_early": (
        changed((*EFFECT, "unit_value", "price_year", 2009)),
        f"{DEEP}.unit_value",
        "Het jaar 2009 ligt vóór 2011, het eerste jaar van de prijsindex, dus het bedrag is niet naar het "
        "prijspeil te brengen. Geef een bedrag van 2011 of later, of zet de index op geen.",
    ),
}

REMARKS = {
    "json_person_named": (
        changed((*EFFECT, "name", "mevrouw Jansen vond werk")),
        f"{DEEP}.name",
        "In deze tekst lijkt iemand bij naam te staan. Een studie kan openbaar worden. Ga na of dat mag; "
        "schrijf anders 'een deelnemer'.",
    ),
    "json_dutch_index": (
        changed(("study", "currency", "GBP"), (*EFFECT, "unit_value", "price_year", 2023)),
        f"{DEEP}.unit_value",
        "Het bedrag is van 2023, in GBP, en is met Nederlandse prijscijfers naar het prijspeil gebracht. "
        "Dat past niet bij een andere munt. Geef het bedrag op het prijspeil van de studie, "
        'of zet index op "geen".',
    ),
    "json_no_counted_reason": (
        changed(("initiatives", 0, "counted", False)),
        "$.initiatives[0]",
        "Dit initiatief telt niet mee in het totaal en de reden ontbreekt. Een lezer wil weten waarom. "
        "Vul counted_reason in.",
    ),
    "json_no_participants": (
        changed(*TWO, ("initiatives", 0, "participants", GONE), ("overlaps", [overlap("A", "B")])),
        "$.overlaps[0].initiatives[0]",
        'Initiatief "A" heeft geen aantal deelnemers, dus de overlap is er niet van afgetrokken. '
        "Vul participants in bij dit initiatief.",
    ),
}
