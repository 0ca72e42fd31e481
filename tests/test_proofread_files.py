"""Proofreading reads what Word and LibreOffice save as a reader sees it, and refuses with a sentence."""

import io
import json
import random
import re
import zipfile
from dataclasses import replace

import pytest
from forms import change, examples
from letters import (
    BODY,
    CONTROL,
    HARMLESS,
    coded,
    of,
    replaced,
    stops,
    with_body,
    words_inserted_and_deleted_with_a_trace,
)
from situations import all_pay

from toolkit.app import cli
from toolkit.app.refusals import refused
from toolkit.reports.proofread import proofread
from toolkit.reports.proofread.paragraphs import (
    BOTTOM,
    BULLET,
    HEADING,
    MOST_CHARACTERS,
    MOST_PARAGRAPHS,
    NOTE,
    NUMBERED,
    TOP,
)
from toolkit.reports.proofread.reading import FILE_LIMIT, LIMITS, TEXT_LIMIT, LetterRefused, read_bytes
from toolkit.words.vocabulary import located, table
from toolkit.workbook.intake import portfolios
from toolkit.workbook.layout.portfolio import OWN_NUMBERS, PORTFOLIO
from toolkit.workbook.reading.reader import RawAnswer, read

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
POINTER = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def told(findings):
    return [located(finding) for finding in findings]


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def word_parts(body, **more):
    document = f'<w:document xmlns:w="{MAIN}" xmlns:mc="{COMPATIBILITY}"><w:body>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": POINTER.format(id="r1", kind="officeDocument", target="word/document.xml"),
        BODY: document,
        **more,
    }


def seen(body, **more):
    return [p.text for p in read_bytes(zipped(word_parts(body, **more)), ".docx").paragraphs]


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


# --- what a reader sees in Word ---


def test_tracked_changes_count_as_they_stand_now():
    body = (
        f"<w:p>{run('De baten zijn ')}<w:del>{run('9,3')}</w:del><w:ins>{run('9,4')}</w:ins>"
        f"<w:moveFrom>{run(' weg')}</w:moveFrom><w:moveTo>{run(' hier')}</w:moveTo></w:p>"
    )
    assert seen(body) == ["De baten zijn 9,4 hier"]


def test_a_deleted_end_of_a_paragraph_joins_two():
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert seen(f"<w:p>{mark}{run('Een ')}</w:p><w:p>{run('twee.')}</w:p><w:p>{run('Drie.')}</w:p>") == [
        "Een twee.",
        "Drie.",
    ]


def test_a_figure_over_several_runs_is_one_figure():
    body = f"<w:p>{run('ruim 9', '<w:rPr><w:b/></w:rPr>')}{run(',4')}<w:proofErr/>{run(' mln. euro')}</w:p>"
    assert seen(body) == ["ruim 9,4 mln. euro"]


def test_hidden_text_instructions_and_placeholders_are_not_read():
    hidden = run("geheim", "<w:rPr><w:vanish/></w:rPr>")
    shown = run("open", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    field = "<w:r><w:instrText>PAGE 9</w:instrText></w:r>"
    assert seen(f"<w:p>{hidden}{field}{shown}</w:p>") == ["open"]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{run('In het kader')}</w:p></w:txbxContent>"
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    assert seen(f"<w:p>{run('Voor ')}<w:r>{both}</w:r>{run('en na')}</w:p>") == ["Voor en na", "In het kader"]


def test_controls_keep_their_fact_inside_and_around_paragraphs():
    tag = '<w:sdtPr><w:tag w:val="a.b"/></w:sdtPr>'
    inline = f"<w:p><w:sdt>{tag}<w:sdtContent>{run(' 5 ')}</w:sdtContent></w:sdt>{run(' mensen')}</w:p>"
    around = f"<w:sdt>{tag}<w:sdtContent><w:p>{run('6')}</w:p></w:sdtContent></w:sdt>"
    empty = (
        f'<w:p><w:sdt><w:sdtPr><w:tag w:val="a.b"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("Klik")}'
    )
    parts = word_parts(inline + around + empty + "</w:sdtContent></w:sdt></w:p>")
    found = read_bytes(zipped(parts), ".docx").paragraphs
    assert [[p.text[s.start : s.end] for s in p.stretches] for p in found] == [["5"], ["6"], []]


def test_head_foot_and_notes_are_read_apart():
    names = {"header": TOP, "footer": BOTTOM, "footnotes": NOTE, "comments": "none"}
    pointers = "".join(
        re.search("<Relationship .*/>", POINTER.format(id=kind, kind=kind, target=f"{kind}.xml"))[0]
        for kind in names
    )
    links = re.sub("<Relationship .*/>", lambda _: pointers, POINTER)
    more = {f"word/{k}.xml": f'<w:x xmlns:w="{MAIN}"><w:p>{run(k)}</w:p></w:x>' for k in names}
    data = zipped(word_parts(f"<w:p>{run('brief')}</w:p>", **{"word/_rels/document.xml.rels": links}, **more))
    found = {p.text: p.part for p in read_bytes(data, ".docx").paragraphs}
    assert found == {"brief": "body", "header": TOP, "footer": BOTTOM, "footnotes": NOTE}


def test_our_own_word_file_is_read_with_its_kinds():
    document = read_bytes(of(all_pay).files["docx"], ".docx")
    kinds = {p.text: p.kind for p in document.paragraphs}
    assert kinds["Samenvatting"] == HEADING
    assert sum(kind == NUMBERED for kind in kinds.values()) == 4
    assert next(kind for text, kind in kinds.items() if text.startswith("De overheid:")) == BULLET


@pytest.mark.parametrize("kind", ["docx", "html", "txt"])
def test_every_format_gives_the_same_kinds_of_paragraph(kind):
    document = read_bytes(of(all_pay).files[kind], f".{kind}")
    counted = {k: sum(p.kind == k for p in document.body) for k in (HEADING, BULLET, NUMBERED)}
    page = of(all_pay).text("html")
    items = {k: "".join(re.findall(f"<{k}>.*?</{k}>", page, re.S)).count("<li") for k in ("ul", "ol")}
    headings = len(re.findall(r"<h\d", page))
    assert counted == {HEADING: headings, BULLET: items["ul"], NUMBERED: items["ol"]}
    assert min(counted.values()) >= 4


# --- OpenDocument ---


def open_document(text, styles=""):
    spaces = " ".join(f'xmlns:{n}="{OFFICE}{n}:1.0"' for n in ("office", "text", "table", "style"))
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    if styles:
        parts["styles.xml"] = f"<office:document-styles {spaces}>{styles}</office:document-styles>"
    return zipped(parts)


def test_what_was_deleted_in_an_odt_does_not_count():
    gone = "<text:deletion><text:p>ruim 88,8 mln. euro</text:p></text:deletion>"
    changes = (
        f"<text:tracked-changes><text:changed-region>{gone}</text:changed-region></text:tracked-changes>"
    )
    text = f"{changes}<text:p>Er<text:s/>is <text:span>9,4</text:span></text:p>"
    assert [p.text for p in read_bytes(open_document(text), ".odt").paragraphs] == ["Er is 9,4"]


def test_lists_tables_notes_and_comments_of_an_odt():
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    text = (
        '<text:h>Kop</text:h><text:list text:style-name="N">' + item.format("een") + "</text:list>"
        '<text:list text:style-name="B">' + item.format("punt") + "</text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>cel</text:p></table:table-cell></table:table-row>"
        "</table:table><text:p>Zin<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noot"
        "</text:p></text:note-body></text:note><office:annotation><text:p>opmerking</text:p></office:annotation>.</text:p>"
    )
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1"/></text:list-style>'
        "<style:header><text:p>boven</text:p></style:header>"
    )
    found = read_bytes(open_document(text, styles), ".odt").paragraphs
    assert [(p.text, p.kind, p.part) for p in found] == [
        ("Kop", HEADING, "body"),
        ("een", NUMBERED, "body"),
        ("punt", BULLET, "body"),
        ("cel", "cell", "body"),
        ("Zin.", "text", "body"),
        ("noot", "text", NOTE),
        ("boven", "text", TOP),
    ]


def test_what_libreoffice_saves_passes_and_a_changed_digit_does_not(office, tmp_path):
    letter, chance = of(all_pay), random.Random(1)
    body = letter.text("docx")
    match = next(m for m in CONTROL.finditer(body) if m["fact"] == "verhouding.waarde")
    tracked = words_inserted_and_deleted_with_a_trace(body, chance)
    made = {
        "gelijk": letter.files["docx"],
        "bewerkt": with_body(letter.files["docx"], HARMLESS[0](tracked, chance)),
        "fout": with_body(letter.files["docx"], replaced(body, match, "€ 9,99")),
    }
    paths = [tmp_path / f"{name}.docx" for name in made]
    for path, data in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    for ending in ("docx", "odt"):
        for name, path in zip(made, office.all_to_format(paths, tmp_path / ending, ending), strict=True):
            found = letter.findings(path.read_bytes(), ending)
            if name == "fout":
                assert {f.code for f in found} == {"letter_fact_missing", "letter_number_unknown"}
                assert "verhouding.waarde" in {f.facts.get("name") for f in found}
            else:
                assert told(found) == [], (name, ending)


# --- pages and plain text ---


def test_a_page_need_not_be_neat():
    page = (
        "<title>5</title><style>p{6}</style><p>Een<p>twee <b>en</b> <del>drie</del><br>vier"
        "<ol><li>vijf<li>zes</ol><table><tr><td>a<td>b</table>los <span data-feit='x.y'>7 &amp; 8</span>"
    )
    found = read_bytes(page.encode(), ".html").paragraphs
    assert [p.text for p in found] == ["Een", "twee en vier", "vijf", "zes", "a", "b", "los 7 & 8"]
    assert [p.kind for p in found] == ["text", "text", NUMBERED, NUMBERED, "cell", "cell", "text"]
    assert [(s.fact, s.start, s.end) for s in found[-1].stretches] == [("x.y", 4, 9)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_of_any_program_is_read(encoding):
    data = "Geïnvesteerde euro's: € 3,60".encode(encoding)
    assert [p.text for p in read_bytes(data, ".txt").paragraphs] == ["Geïnvesteerde euro's: € 3,60"]


def test_letters_with_loose_accents_are_the_same_letters():
    assert read_bytes("één".encode(), ".txt") == read_bytes("e\u0301e\u0301n".encode(), ".txt")


# --- what cannot be read ---


def refusal(data, ending=".docx"):
    with pytest.raises(LetterRefused) as caught:
        read_bytes(data, ending)
    return caught.value.code


def bomb():
    return zipped(word_parts("<w:p/>" + " " * (LIMITS.part + 1)))


def no_document():
    return zipped({k: v for k, v in word_parts("").items() if k != BODY})


def entities():
    parts = word_parts("<w:p/>")
    return zipped(parts | {BODY: f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{parts[BODY]}'})


def twice():
    with pytest.warns(UserWarning):
        buffer = io.BytesIO(zipped(word_parts("<w:p/>")))
        with zipfile.ZipFile(buffer, "a") as package:
            package.writestr(BODY, "<x/>")
    return buffer.getvalue()


def encrypted_odt():
    manifest = "<manifest><encryption-data/></manifest>"
    mimetype = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": "x"})


HOSTILE = {
    "an empty file": (b"", ".docx", "empty"),
    "spaces": (b" \n ", ".txt", "empty"),
    "a truncated file": (of(all_pay).files["docx"][:9000], ".docx", "damaged"),
    "a zip bomb": (bomb(), ".docx", "too_large"),
    "entities": (entities(), ".docx", "entities"),
    "no document.xml": (no_document(), ".docx", "no_text"),
    "two documents": (twice(), ".docx", "damaged"),
    "no XML": (zipped(word_parts("<w:p>")), ".docx", "damaged"),
    "an odd encoding": (
        zipped(word_parts("") | {BODY: '<?xml version="1.0" encoding="utf-7"?><x/>'}),
        ".docx",
        "damaged",
    ),
    "a workbook": (zipped({"[Content_Types].xml": "spreadsheetml"}), ".docx", "other"),
    "a zip": (zipped({"a.txt": "a"}), ".docx", "other"),
    "a calc file": (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), ".odt", "other"),
    "an odt without text": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
        ".odt",
        "no_text",
    ),
    "an odt with a password": (encrypted_odt(), ".odt", "encrypted"),
    "a pdf": (b"%PDF-1.7", ".docx", "pdf"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc", "old_word"),
    "a Word file with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ".docx",
        "encrypted",
    ),
    "rich text": (b"{\\rtf1 tekst}", ".txt", "other"),
    "a picture": (b"\x89PNG", ".png", "other"),
    "a very long text": (b"a" * (TEXT_LIMIT + 1), ".txt", "too_large"),
    "an odd mark on a page": (b"<html><![nonsense[x]]></html>", ".html", "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_gets_a_sentence(name):
    data, ending, code = HOSTILE[name]
    assert refusal(data, ending) == code


def refused_sentence(path):
    """What the user is told of a letter that cannot be read."""
    with pytest.raises(LetterRefused) as caught:
        proofread(path, of(all_pay).facts, of(all_pay).letter)
    return located(refused(caught.value, path.name))


def test_every_refusal_has_its_sentence(tmp_path):
    codes = {code for _, _, code in HOSTILE.values()} | {"missing", "folder", "unreadable"}
    assert {f"letter_file_{code}" for code in codes} == {
        code for code in table("messages") if code.startswith("letter_file_")
    }
    assert refused_sentence(tmp_path / "geen.docx") == (
        "geen.docx: Dit bestand bestaat niet. Controleer de naam en de map."
    )
    assert refused_sentence(tmp_path).endswith("Dit is een map en geen bestand. Geef de naam van de brief.")
    (tmp_path / "kapot.docx").write_bytes(HOSTILE["a truncated file"][0])
    assert refused_sentence(tmp_path / "kapot.docx") == (
        "kapot.docx: Dit bestand is beschadigd of niet compleet. Open de brief in Word, sla hem opnieuw op "
        "en probeer het nog eens."
    )


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "groot.docx"
    with path.open("wb") as file:
        file.truncate(FILE_LIMIT + 1)
    with pytest.raises(LetterRefused) as caught:
        proofread(path, of(all_pay).facts, of(all_pay).letter)
    assert caught.value.sentence == "letter_file_too_large"


@pytest.mark.parametrize(
    "text", ["a@" * 200_000, "[a" * 200_000, "1 " * 50_000, "vijf wijkbedrijven: a " * 9_000]
)
def test_odd_text_does_not_keep_the_computer_busy(text):
    assert of(all_pay).findings(f"Brief\n\n{text}", "txt")


def test_more_text_than_a_letter_can_hold_is_refused():
    assert refusal(zipped(word_parts("<w:p/>" * (MOST_PARAGRAPHS + 1)))) == "too_large"
    assert refusal(("<p>" + "a" * MOST_CHARACTERS + "b").encode(), ".html") == "too_large"


@pytest.mark.parametrize("seed", range(40))
def test_odd_markup_never_gives_more_than_a_sentence(seed):
    chance, body = random.Random(seed), of(all_pay).text("docx")
    names = [
        "w:sdt",
        "w:sdtPr",
        "w:sdtContent",
        "w:tag",
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:pPr",
        "w:del",
    ]
    for _ in range(3):
        old, new = chance.sample(names, 2)
        body = re.sub(rf"(</?){old}(?=[ />])", rf"\1{new}", body)
    for finding in of(all_pay).word(body):
        assert located(finding)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_never_gives_more_than_a_sentence(seed):
    data, chance = bytearray(of(all_pay).files["docx"]), random.Random(seed)
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        read_bytes(bytes(data), ".docx")
    except LetterRefused as caught:
        assert caught.sentence in table("messages")


# --- numbers of one's own ---


def with_own_numbers(folder, typed):
    """The example portfolio as it is read when this was typed in the block of own numbers."""
    raw = read(folder / "portefeuille.xlsx", PORTFOLIO)
    kept = {place: answer for place, answer in raw.answers.items() if not place[0].startswith("EG-")}
    rows = tuple(sorted({row for row, _ in typed}))
    new = {place: RawAnswer(value, "Brief!B70") for place, value in typed.items()}
    return replace(raw, answers=kept | new, rows={**raw.rows, "EG": rows})


def test_own_numbers_stand_on_sheet_brief_and_are_read_as_they_are_written(tmp_path):
    sheet, block = PORTFOLIO.place(OWN_NUMBERS).sheet, OWN_NUMBERS
    assert (sheet.code, block.table, block.capacity) == ("letter", "tblEigenGetallen", 12)
    typed = {
        ("EG-01", "own_number"): "1.234 bezoekers",
        ("EG-01", "meaning"): "Bezoek in 2024",
        ("EG-01", "source"): "Jaarverslag",
        ("EG-02", "own_number"): 9876.5,
        ("EG-03", "meaning"): "zonder cijfer",
    }
    plan, findings = portfolios.plan(with_own_numbers(examples(tmp_path), typed))
    assert told(findings) == []
    given = [(own.written, own.meaning, own.source) for own in plan.letter.own_numbers]
    assert given == [("1.234 bezoekers", "Bezoek in 2024", "Jaarverslag"), ("9.876,5", "", "")]


def test_a_portfolio_of_before_has_no_own_numbers(tmp_path):
    plan, _ = portfolios.plan(with_own_numbers(examples(tmp_path), {}))
    assert plan.letter.own_numbers == ()


# --- the command ---


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The examples with few draws, and their letter."""
    folder = examples(tmp_path_factory.mktemp("brief"))
    draws = next(q.code for _, b in PORTFOLIO.blocks() for q in b.questions if q.field.code == "draws")
    change(folder / "portefeuille.xlsx", {(draws, "answer"): 1000})
    assert cli.main(["brief", str(folder / "portefeuille.xlsx"), "--uit", str(folder / "uit")]) == 0
    return folder


def command(capsys, folder, letter, *more):
    capsys.readouterr()
    arguments = ["controleer-brief", str(letter), "--portefeuille", str(folder / "portefeuille.xlsx"), *more]
    code = cli.main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_letter_as_it_was_made_is_in_order(folder, capsys):
    code, out, said = command(capsys, folder, folder / "uit" / "raadsbrief.docx")
    assert (code, out) == (0, "")
    assert said == "De cijfers in raadsbrief.docx kloppen met de portefeuille.\n"


def test_a_wrong_figure_stops_with_exit_code_one(folder, capsys):
    text = (folder / "uit" / "raadsbrief.html").read_text(encoding="utf-8")
    wrong = folder / "bewerkt.html"
    wrong.write_text(
        text.replace("60%", "61%", 1).replace("Met vriendelijke", "XXX Met vriendelijke"), "utf-8"
    )
    code, _, said = command(capsys, folder, wrong)
    assert code == 1
    lines = said.splitlines()
    assert lines[0].startswith(
        "Moet anders: bewerkt.html, alinea 6 ('Deze brief laat zien wat…'): Hier staat '61%'"
    )
    assert re.match(
        r"Let op: bewerkt.html, alinea \d+ \('XXX Met vriendelijke groet,'\): Hier staat nog 'XXX'", lines[1]
    )
    assert lines[2:] == ["Verbeter eerst wat hierboven bij 'Moet anders' staat."]
    code, out, said = command(capsys, folder, wrong, "--json")
    assert (code, said) == (1, "")
    findings = json.loads(out)
    assert [(f["level"], f["code"]) for f in findings] == [
        ("stop", "letter_figure_wrong"),
        ("let op", "letter_mark_left"),
    ]
    assert set(findings[0]) == {"level", "code", "file", "where", "facts", "text"}
    assert findings[0]["where"] == "alinea 6 ('Deze brief laat zien wat…')"


def test_a_portfolio_that_cannot_be_computed_is_told(folder, capsys, tmp_path):
    code, _, said = command(capsys, tmp_path, folder / "uit" / "raadsbrief.docx")
    assert code == 1
    assert said.startswith("Moet anders: portefeuille.xlsx: Dit bestand bestaat niet.")


def test_a_hostile_letter_gets_a_sentence_from_the_command(folder, capsys, tmp_path):
    path = tmp_path / "brief.docx"
    path.write_bytes(bomb())
    code, _, said = command(capsys, folder, path)
    assert code == 1
    assert said.startswith("Moet anders: brief.docx: Dit bestand is te groot om veilig te openen.")


def test_stops_and_codes_are_told_apart():
    share = of(all_pay).facts["overheid.aandeel"].text
    found = of(all_pay).edited(share, "98,7%", "txt")
    assert {f.code for f in stops(found)} == {"letter_fact_missing"}
    assert len(coded(found, "letter_number_unknown")) == 1
