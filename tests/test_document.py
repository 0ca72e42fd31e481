"""The letter as a document: our markup, plain text, HTML and Word in a house style."""

import datetime as dt
import importlib.util
import io
import posixpath
import re
import zipfile
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.reports.files.housestyle import HouseStyleError
from toolkit.reports.files.page import to_html
from toolkit.reports.files.text import to_text
from toolkit.reports.files.word import to_docx
from toolkit.reports.letter.blocks import HeaderBlock, Heading, Items, PageBreak, Paragraph, Run, Table
from toolkit.reports.letter.markup import MarkupError, figure, literal, parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = {"subject": "Wijkbedrijven & meer", "date": dt.date(2025, 2, 3), "Controlegetal": "abc123"}
LETTER = f"""::: header
Aan: De leden van de raad
te VOORBEELDSTAD
Onderwerp: {literal("Onderzoek: de baten")}
:::

# Impactanalyse

Samen leveren zij **{figure("baten.totaal", "ruim 9,4 miljoen euro")}** op.
Dat is veel.

## Aanbevelingen

1. Beoordeel.
1. Investeer.

Daarna:

1. Borg.

### Waarom

- Zij bereiken mensen.

---

# Bijlage

: Baten per groep, samen {figure("baten.totaal", "€ 9.412.000")}
| Groep | Baten |
|---|---:|
| Overheid | {figure("overheid.baten", "€ 5.700.000")} |
| Overig | |
"""


def docx_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def docx_tree(data: bytes, part: str = "word/document.xml") -> ElementTree.Element:
    return ElementTree.fromstring(docx_parts(data)[part])


def word(blocks, title="Titel", concept=False, house_style=None) -> ElementTree.Element:
    return docx_tree(to_docx(blocks, title, concept, PROPERTIES, house_style))


def docx_text(tree: ElementTree.Element) -> str:
    paragraphs = ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in tree.iter(f"{W}p")]
    return "\n".join(paragraphs)


class PageReader(HTMLParser):
    """The text of the body, and the figures with their fact names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.figures, self.fact, self.inside = "", [], None, False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.inside = self.inside or tag == "body"
        self.text += " " if tag in ("p", "li", "td", "th", "h1", "h2", "h3", "caption") else ""
        self.fact = dict(attributes).get("data-feit")

    def handle_endtag(self, tag):
        self.fact = None

    def handle_data(self, data):
        self.text += data if self.inside else ""
        if self.fact:
            self.figures.append((self.fact, data))


def build_house_style():
    path = Path(__file__).resolve().parents[1] / "scripts" / "build_house_style.py"
    spec = importlib.util.spec_from_file_location("build_house_style", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def changed_house_style(tmp_path: Path, **changes) -> Path:
    """Our house style with one part replaced by what a function makes of it, None to leave it out."""
    own = docx_parts((resources.files("toolkit.templates") / "huisstijl.docx").read_bytes())
    path = tmp_path / "eigen.docx"
    with zipfile.ZipFile(path, "w") as package:
        for name, data in own.items():
            change = changes.get(posixpath.basename(name).split(".")[0].strip("[]"), lambda text: text)
            text = change(data.decode())
            if text is not None:
                package.writestr(name, text)
    return path


# --- markup -------------------------------------------------------------------------------------------


def test_a_letter_becomes_blocks():
    kinds = [block.kind for block in parse(LETTER)]
    assert kinds == [
        "header",
        "heading",
        "paragraph",
        "heading",
        "items",
        "paragraph",
        "items",
        "heading",
        "items",
        "page",
        "heading",
        "table",
    ]


def test_lines_without_a_blank_line_between_are_one_paragraph():
    assert parse("een\n  twee\n\ndrie") == (Paragraph((Run("een twee"),)), Paragraph((Run("drie"),)))


def test_hashes_give_three_levels_of_heading():
    assert parse("# a\n## b\n### c") == tuple(
        Heading(n, (Run(t),)) for n, t in ((1, "a"), (2, "b"), (3, "c"))
    )
    assert parse("#nee") == (Paragraph((Run("#nee"),)),)


def test_items_may_be_separated_by_blank_lines_and_continued_on_the_next_line():
    assert parse("1. een\n   **meer\n   vet**\n\n2. twee\n\n- los") == (
        Items(True, ((Run("een "), Run("meer vet", bold=True)), (Run("twee"),))),
        Items(False, ((Run("los"),),)),
    )


def test_a_table_has_a_caption_a_header_and_an_alignment():
    assert parse(": Kosten\n| a | b |\n|---|---:|\n| c | **d** |") == (
        Table(
            caption=(Run("Kosten"),),
            header=((Run("a"),), (Run("b"),)),
            rows=(((Run("c"),), (Run("d", bold=True),)),),
            right=(False, True),
        ),
    )


def test_the_header_block_holds_labels_and_values_and_lines_that_continue_a_value():
    block = parse("::: header\nAan: De raad\nte STAD\n\nTijd: 10:30\n:::")
    rows = (((Run("Aan"),), (Run("De raad"),)), ((), (Run("te STAD"),)), ((Run("Tijd"),), (Run("10:30"),)))
    assert block == (HeaderBlock(rows),)


def test_three_dashes_alone_start_a_new_page():
    assert parse("a\n\n---\n\nb")[1] == PageBreak()


def test_bold_may_hold_a_figure_and_text_of_a_user():
    runs = parse(f"**{literal('x*')} {figure('n', '3')}** y")[0].runs
    assert runs == (Run("x* ", bold=True), Run("3", "n", True), Run(" y"))


def test_what_a_template_leaves_empty_gives_no_empty_block():
    assert parse(f"## {literal('')}\n\n{literal(' ')}\n\n- {literal('')}\n\n") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("**vet", "bold_not_closed"),
        ("::: header\nAan: x", "header_not_closed"),
        ("::: voet", "unknown_fence"),
        (":::", "unknown_fence"),
        (": Kosten\n\ntekst", "caption_without_table"),
        (": Kosten", "caption_without_table"),
        (": Kosten\n- punt", "caption_without_table"),
        ("| a | b |\n| c | d |", "table_without_alignment"),
        ("| a |", "table_without_alignment"),
        ("| a | b |\n|---|---|\n| c |", "table_row_length"),
        ("| a | b\n|---|---|", "table_row_not_closed"),
        ("\ue000naam\ue001", "broken_marker"),
    ],
)
def test_a_mistake_in_a_template_has_a_code_of_its_own(text, code):
    with pytest.raises(MarkupError) as error:
        parse(text)
    assert error.value.code == code


@pytest.mark.parametrize("name", ["", "met spatie", 'aan"haling', "é", "x" * 65])
def test_a_figure_needs_a_name_that_fits_a_tag_in_word(name):
    with pytest.raises(ValueError, match="fact"):
        figure(name, "1")


@given(st.text())
def test_text_of_a_user_is_never_markup(text):
    for block in parse(literal(text)):
        assert isinstance(block, Paragraph)
        assert len(block.runs) == 1 and not block.runs[0].bold and not block.runs[0].fact


@given(st.text(), st.text())
def test_text_of_a_user_stays_in_its_own_cell(left, right):
    table = parse(f"| a | b |\n|---|---|\n| {literal(left)} | {figure('f', right)} |")[0]
    assert len(table.rows) == 1 and len(table.rows[0]) == 2


# --- the three formats --------------------------------------------------------------------------------

HOSTILE = [
    "# kop",
    "## kop",
    "a|b",
    "**x**",
    "<x>&\"'",
    "</w:t></w:r>",
    "<script>alert(1)</script>",
    "{{ 1 }}{% if x %}",
    "- punt",
    "1. punt",
    "---",
    ": bijschrift",
    "::: header",
    "&amp;",
    "]]>",
    "]]><!--",
    "C:\\brief",
    "😀 één",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_a_user_comes_out_literally_everywhere(text):
    safe = literal(text)
    blocks = parse(
        f"# {safe}\n\n{safe}\n\n- {safe}\n\n: {safe}\n| {safe} |\n|---|\n| {safe} |\n\n"
        f"::: header\n{safe}: {safe}\n:::\n\n{figure('feit', text)}"
    )
    page = PageReader(to_html(blocks, text, concept=False))
    assert page.text.count(text) == 9
    assert page.figures == [("feit", text)]
    rule = text == "---"  # the line under the header of the table looks the same
    assert to_text(blocks, text).count(text) == 9 + rule
    assert docx_text(word(blocks, text)).count(text) == 9


def test_invisible_characters_of_a_user_reach_no_format():
    text = "a\x00b\x0bc\x1bd\r\ne\ue000f\ue004g\ud800h\ufffei\u202ej\U000f1234k"
    shown = "ab cd efghijk"
    blocks = parse(literal(text) + "\n\n" + figure("f", text))
    assert blocks == (Paragraph((Run(shown),)), Paragraph((Run(shown, "f"),)))
    raw = (Paragraph((Run(text),)),)  # also where someone forgot to clean it
    assert shown in to_html(raw, text, concept=False)
    assert docx_text(word(raw, text)).endswith(shown)
    assert docx_tree(to_docx(raw, text, False, {"x": text}), "docProps/core.xml")[0].text == shown


def test_each_figure_is_tagged_with_its_fact_in_html_and_word():
    expected = [
        ("baten.totaal", "ruim 9,4 miljoen euro"),
        ("baten.totaal", "€ 9.412.000"),
        ("overheid.baten", "€ 5.700.000"),
    ]
    blocks = parse(LETTER)
    assert PageReader(to_html(blocks, "T", concept=False)).figures == expected
    controls = list(word(blocks).iter(f"{W}sdt"))
    tags = [control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") for control in controls]
    assert list(zip(tags, map(docx_text_of_control, controls), strict=True)) == expected
    ids = [control.find(f"{W}sdtPr/{W}id").get(f"{W}val") for control in controls]
    assert len(set(ids)) == len(ids)


def docx_text_of_control(control: ElementTree.Element) -> str:
    return "".join(node.text for node in control.iter(f"{W}t"))


def test_numbered_lists_start_again_at_one():
    blocks = parse("1. a\n1. b\n\nTussendoor.\n\n1. c")
    assert to_html(blocks, "T", concept=False).count("<ol>") == 2
    assert re.findall(r"\d\. \w", to_text(blocks, "T")) == ["1. a", "2. b", "1. c"]
    data = to_docx(blocks, "T", False, PROPERTIES)
    used = [node.get(f"{W}val") for node in docx_tree(data).iter(f"{W}numId")]
    assert used[0] == used[1] != used[2]
    for num in docx_tree(data, "word/numbering.xml").iter(f"{W}num"):
        if num.get(f"{W}numId") in used:
            assert num.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=25).map(" ".join)
RUNS = st.lists(
    st.builds(Run, WORDS.map(lambda text: f" {text} "), st.sampled_from(["", "feit.x"]), st.booleans()),
    min_size=1,
    max_size=4,
).map(tuple)
TABLES = st.integers(1, 4).flatmap(
    lambda n: st.builds(
        Table,
        caption=st.one_of(st.just(()), RUNS),
        header=st.tuples(*[RUNS] * n),
        rows=st.lists(st.tuples(*[RUNS] * n), max_size=3).map(tuple),
        right=st.tuples(*[st.booleans()] * n),
    )
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, st.integers(1, 3), RUNS),
        st.builds(Paragraph, RUNS),
        st.builds(Items, st.booleans(), st.lists(RUNS, min_size=1, max_size=3).map(tuple)),
        st.builds(HeaderBlock, st.lists(st.tuples(RUNS, RUNS), max_size=3).map(tuple)),
        st.just(PageBreak()),
        TABLES,
    ),
    max_size=6,
).map(tuple)


def sorted_words(text: str) -> list[str]:
    return sorted(re.findall(r"[^\W\d_]+", text))


@settings(deadline=None, max_examples=60)
@given(BLOCKS, WORDS, st.booleans())
def test_every_format_holds_the_same_words(blocks, title, concept):
    text = sorted_words(to_text(blocks, title, concept))
    assert text == sorted_words(PageReader(to_html(blocks, title, concept)).text)
    assert text == sorted_words(docx_text(word(blocks, title, concept)))


@settings(deadline=None, max_examples=60)
@given(BLOCKS, WORDS)
def test_plain_text_has_no_trailing_spaces_and_keeps_running_text_within_80_columns(blocks, title):
    lines = to_text(blocks, title).split("\n")
    assert all(line == line.rstrip() and "\u00a0" not in line for line in lines)
    running = tuple(block for block in blocks if not isinstance(block, Table | HeaderBlock))
    assert max(map(len, to_text(running, title[:60]).split("\n"))) <= 80


def test_a_figure_is_not_broken_over_two_lines_of_plain_text():
    amount = figure("baten", "ruim 9,4\u00a0miljoen\u00a0euro")
    for filler in range(80):
        assert "ruim 9,4 miljoen euro" in to_text(parse(f"{'x' * filler} {amount} is veel geld."), "T")


def test_a_fact_that_is_a_long_list_of_names_is_wrapped():
    names = ", ".join(["Wijkbedrijf Voorbeeld"] * 8)
    assert max(map(len, to_text(parse(figure("namen", names)), "T").split("\n"))) <= 80


def test_a_table_in_plain_text_is_aligned():
    assert to_text(parse(LETTER), "T").endswith(
        "Baten per groep, samen € 9.412.000\n"
        "Groep           Baten\n"
        "--------  -----------\n"
        "Overheid  € 5.700.000\n"
        "Overig\n"
    )


def test_a_wide_table_in_plain_text_is_wrapped_inside_its_columns():
    long = "heel veel woorden over de baten van dit ene initiatief en van nog een ander initiatief"
    lines = to_text(parse(f"| a | b | c |\n|---|---|---|\n| {long} | {long} | kort |"), "T").split("\n")
    assert max(map(len, lines)) <= 80 and len(lines) > 8


@pytest.mark.parametrize("concept", [True, False])
def test_a_concept_says_so_in_words_in_every_format(concept):
    blocks = parse("Tekst.")
    for text in (
        to_text(blocks, "T", concept),
        PageReader(to_html(blocks, "T", concept)).text,
        docx_text(word(blocks, "T", concept)),
    ):
        assert ("CONCEPT" in text) == concept


def test_the_page_is_one_dutch_file_without_links_to_other_files():
    page = to_html(parse(LETTER), "T", concept=True)
    assert '<html lang="nl">' in page and "@page" in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert '<th scope="col" class="rechts">Baten</th>' in page and '<th scope="row">Overheid</th>' in page


# --- Word ---------------------------------------------------------------------------------------------


def assert_sound_package(parts: dict[str, bytes]) -> None:
    """Every part is well-formed and has a type, every relationship arrives, every id used exists."""
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    overrides = [node.get("PartName") for node in types if node.tag.endswith("Override")]
    assert len(set(overrides)) == len(overrides)
    assert {name.lstrip("/") for name in overrides} <= set(parts)
    for name, data in parts.items():
        ElementTree.fromstring(data)
        assert name.endswith(".rels") or f"/{name}" in overrides or name == "[Content_Types].xml"
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            relations = list(ElementTree.fromstring(data))
            assert len({relation.get("Id") for relation in relations}) == len(relations)
            for relation in relations:
                assert posixpath.join("/", base, relation.get("Target")).lstrip("/") in parts
    document = ElementTree.fromstring(parts["word/document.xml"])
    styles = ElementTree.fromstring(parts["word/styles.xml"])
    style_ids = [style.get(f"{W}styleId") for style in styles.iter(f"{W}style")]
    assert len(set(style_ids)) == len(style_ids)
    for tag, tree in (("pStyle", document), ("tblStyle", document), ("basedOn", styles), ("next", styles)):
        assert {node.get(f"{W}val") for node in tree.iter(W + tag)} <= set(style_ids)
    numbering = ElementTree.fromstring(parts["word/numbering.xml"])
    nums = {
        num.get(f"{W}numId"): num.find(f"{W}abstractNumId").get(f"{W}val")
        for num in numbering.iter(f"{W}num")
    }
    assert {node.get(f"{W}val") for tree in (document, styles) for node in tree.iter(f"{W}numId")} <= set(
        nums
    )
    abstracts = [node.get(f"{W}abstractNumId") for node in numbering.iter(f"{W}abstractNum")]
    assert set(nums.values()) <= set(abstracts) and len(set(abstracts)) == len(abstracts)
    assert [node.tag for node in numbering] == sorted(node.tag for node in numbering)  # abstractNum, num


SCHEMA_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs lang",
    "sdtPr": "rPr alias tag id",
    "sdt": "sdtPr sdtContent",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "sectPr": "headerReference footerReference pgSz pgMar cols",
    "settings": "zoom defaultTabStop characterSpacingControl compat "
    "themeFontLang decimalSymbol listSeparator",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
}


def test_elements_stand_in_the_order_that_word_demands():
    for name, data in docx_parts(to_docx(parse(LETTER), "T", True, PROPERTIES)).items():
        if name.startswith("word/") and not name.endswith(".rels"):
            for element in ElementTree.fromstring(data).iter():
                order = SCHEMA_ORDER.get(element.tag.removeprefix(W), "").split()
                if order:
                    places = [order.index(child.tag.removeprefix(W)) for child in element]
                    assert places == sorted(places), (name, element.tag)


def test_the_word_file_is_a_sound_package():
    assert_sound_package(docx_parts(to_docx(parse(LETTER), "T", True, PROPERTIES)))


@settings(deadline=None, max_examples=40)
@given(BLOCKS, st.booleans())
def test_any_letter_is_a_sound_package(blocks, concept):
    assert_sound_package(docx_parts(to_docx(blocks, "T", concept, {})))


def test_the_same_letter_gives_the_same_bytes():
    first, second = (to_docx(parse(LETTER), "T", True, PROPERTIES) for _ in range(2))
    assert first == second


def test_headings_lists_and_tables_have_real_styles():
    tree = word(parse(LETTER))
    used = {node.get(f"{W}val") for tag in ("pStyle", "tblStyle") for node in tree.iter(W + tag)}
    assert {"Title", "Heading1", "Heading2", "ListNumber", "ListBullet", "Caption", "Raadstabel"} <= used
    table = list(tree.iter(f"{W}tbl"))[-1]
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert [jc.get(f"{W}val") for jc in table.iter(f"{W}jc")] == ["right"] * 3


AFTER_A_BREAK = [
    "# Bijlage",
    "tekst",
    "- punt\n- punt",
    "| a |\n|---|",
    ": k\n| a |\n|---|",
    "::: header\na: b\n:::",
]


@pytest.mark.parametrize("after", AFTER_A_BREAK)
def test_a_page_break_puts_the_next_block_on_a_new_page(after):
    tree = word(parse(f"# Brief\n\nvoor\n\n---\n\n{after}"))
    breaks = [p for p in tree.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert len(breaks) == 1
    assert list(tree.iter(f"{W}p")).index(breaks[0]) == 2


def test_the_language_is_dutch_and_the_footer_counts_pages():
    parts = docx_parts(to_docx(parse("a"), "T", False, {}))
    assert b'<w:lang w:val="nl-NL"' in parts["word/styles.xml"]
    assert b'<w:themeFontLang w:val="nl-NL"/>' in parts["word/settings.xml"]
    footer = docx_tree(to_docx(parse("a"), "T", False, {}), "word/footer1.xml")
    assert docx_text(footer).strip() == "pagina 1 van 1"
    assert [f.get(f"{W}instr").strip() for f in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_properties_say_what_the_document_is_and_where_it_comes_from():
    core = docx_tree(to_docx(parse("a"), "T & t", True, PROPERTIES), "docProps/core.xml")
    values = {node.tag.split("}")[1]: node.text for node in core}
    assert values["title"] == "T & t" and values["subject"] == "Wijkbedrijven & meer"
    assert values["created"] == values["modified"] == "2025-02-03T00:00:00Z"
    assert values["description"] == "Controlegetal: abc123" and values["contentStatus"] == "CONCEPT"


def test_without_a_date_the_properties_name_no_date():
    core = docx_parts(to_docx(parse("a"), "T", False, {}))["docProps/core.xml"]
    assert b"created" not in core and b"contentStatus" not in core


# --- house style --------------------------------------------------------------------------------------


def test_the_house_style_is_built_from_its_parts():
    module = build_house_style()
    built = module.build()
    assert built == module.build()
    assert docx_parts(built) == docx_parts(module.TARGET.read_bytes()), "run scripts/build_house_style.py"
    assert_sound_package(docx_parts(built))


def test_a_municipality_keeps_its_letterhead_its_margins_and_its_own_style_names(tmp_path):
    def dutch_ids(styles: str) -> str:
        styles = styles.replace('"Heading1"', '"Kop1"')
        styles = re.sub(r'(styleId|basedOn w:val|next w:val)="Normal"', r'\1="Standaard"', styles)
        kept = r'w:styleId="(?:Standaard|Kop1|DefaultParagraphFont|TableNormal|NoList|Header|Footer)"'
        own = [s for s in re.findall(r"<w:style .*?</w:style>", styles, re.DOTALL) if re.search(kept, s)]
        return re.sub(r"<w:style .*</w:style>", "".join(own), styles, flags=re.DOTALL)

    def own_margin_and_no_lists(document: str) -> str:  # and the relationships of the document
        document = document.replace('w:left="1418"', 'w:left="2000"')
        return re.sub(r"<Relationship [^>]*numbering[^>]*/>", "", document)

    path = changed_house_style(
        tmp_path,
        styles=dutch_ids,
        document=own_margin_and_no_lists,
        header1=lambda text: text.replace("<w:p>", "<w:p><w:r><w:t>Gemeente</w:t></w:r></w:p><w:p>"),
        numbering=lambda text: None,
        Content_Types=lambda text: re.sub(r"<Override [^>]*numbering[^>]*/>", "", text),
    )
    data = to_docx(parse(LETTER), "T", True, PROPERTIES, path)
    parts = docx_parts(data)
    assert_sound_package(parts)
    assert b"Gemeente" in parts["word/header1.xml"]
    tree = docx_tree(data)
    assert tree.find(f"{W}body/{W}sectPr/{W}pgMar").get(f"{W}left") == "2000"
    assert tree.find(f"{W}body")[-1].tag == f"{W}sectPr"
    used = {node.get(f"{W}val") for node in tree.iter(f"{W}pStyle")}
    assert {"Kop1", "Standaard", "Title", "Tabeltekst"} <= used and "Heading1" not in used
    assert "Hier" not in docx_text(tree) and "vervangen" not in docx_text(tree)


def test_a_style_id_that_is_taken_by_another_style_is_not_used_twice(tmp_path):
    path = changed_house_style(
        tmp_path, styles=lambda text: text.replace('w:val="Concept"', 'w:val="Anders"')
    )
    data = to_docx(parse("a"), "T", True, {}, path)
    assert_sound_package(docx_parts(data))
    assert docx_tree(data).find(f".//{W}pStyle").get(f"{W}val") == "Conceptx"


def test_a_template_of_word_becomes_a_document(tmp_path):
    path = changed_house_style(
        tmp_path, Content_Types=lambda text: text.replace("document.main+xml", "template.main+xml")
    )
    parts = docx_parts(to_docx(parse("a"), "T", False, {}, path))
    assert b"template.main" not in parts["[Content_Types].xml"]
    assert_sound_package(parts)


def test_a_house_style_without_properties_gets_them(tmp_path):
    path = changed_house_style(
        tmp_path,
        core=lambda text: None,
        Content_Types=lambda text: re.sub(r"<Override [^>]*core[^>]*/>", "", text),
        **{"": lambda text: re.sub(r"<Rel[^>]*core-properties[^>]*/>", "", text)},
    )
    data = to_docx(parse("a"), "Nieuw", False, {}, path)
    assert_sound_package(docx_parts(data))
    assert docx_tree(data, "docProps/core.xml")[0].text == "Nieuw"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"Content_Types": lambda text: text.replace("document.main", "macroEnabled.main")},
            "house_style_macros",
        ),
        (
            {"Content_Types": lambda text: text.replace("wordprocessingml.document.main", "x")},
            "house_style_not_word",
        ),
        ({"document": lambda text: text[: len(text) // 2]}, "house_style_not_word"),
        ({"document": lambda text: text.replace("w:body", "w:romp")}, "house_style_not_word"),
        (
            {"document": lambda text: text.replace("<w:doc", "<!DOCTYPE x><w:doc")},
            "house_style_not_word",
        ),
        ({"document": lambda text: text.replace("wordprocessingml/2006", "x")}, "house_style_not_word"),
        ({"styles": lambda text: None}, "house_style_not_word"),
        ({"document": lambda text: text + " " * 60_000_000}, "house_style_too_large"),
    ],
)
def test_a_file_that_cannot_be_a_house_style_is_refused_with_a_code(tmp_path, changes, code):
    with pytest.raises(HouseStyleError) as error:
        to_docx(parse("a"), "T", False, {}, changed_house_style(tmp_path, **changes))
    assert error.value.code == code


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0oud word", b"PK\x03\x04afgekapt"])
def test_a_file_that_is_no_package_is_refused(tmp_path, data):
    path = tmp_path / "stijl.docx"
    path.write_bytes(data)
    with pytest.raises(HouseStyleError) as error:
        to_docx(parse("a"), "T", False, {}, path)
    assert error.value.code == "house_style_unreadable"


def test_a_house_style_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(HouseStyleError) as error:
        to_docx(parse("a"), "T", False, {}, tmp_path / "weg.docx")
    assert error.value.code == "house_style_unreadable"


def test_lines_that_lead_on_stay_with_what_follows():
    signed = [
        Paragraph((Run("Heeft u vragen, dan horen wij dat graag."),)),
        Paragraph((Run("Met vriendelijke groet,"),)),
        Paragraph((Run("C. Burger, burgemeester"),)),
        Paragraph((Run("D. Secretaris, secretaris"),)),
        PageBreak(),
        Paragraph((Run("Bijlage."),)),
    ]
    body = zipfile.ZipFile(io.BytesIO(to_docx(signed, "Brief", False, {}))).read("word/document.xml").decode()
    kept = [
        re.sub("<.*?>", "", paragraph).strip()
        for paragraph in body.split("<w:p>")
        if "<w:keepNext/>" in paragraph
    ]
    assert kept == ["Met vriendelijke groet,", "C. Burger, burgemeester"]
