"""Letters for tests: drafted from a study, read back, and edited the way people edit them in Word."""

from __future__ import annotations

import html
import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from situations import all_pay

from toolkit.model.finding import STOP, Finding
from toolkit.model.letter import Letter
from toolkit.reports.facts import Facts
from toolkit.reports.files.draft import draft
from toolkit.reports.proofread import Basis, compare
from toolkit.reports.proofread.reading import read_bytes

CONTROL = re.compile(
    r'<w:sdt><w:sdtPr><w:alias w:val="[^"]*"/><w:tag w:val="(?P<fact>[^"]*)"/><w:id w:val="\d+"/></w:sdtPr>'
    r'<w:sdtContent><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">(?P<text>[^<]*)</w:t></w:r>'
    r"</w:sdtContent></w:sdt>"
)
SPAN = re.compile(r'<span data-feit="(?P<fact>[^"]*)">(?P<text>[^<]*)</span>')
PLAIN_PARAGRAPH = re.compile(r'<w:p><w:pPr><w:pStyle w:val="[^"]*"/></w:pPr>(?:(?!</?w:p>|<w:pPr>).)+</w:p>')
# not inside a figure, nor inside a tracked insertion
PLAIN_RUN = re.compile(
    r'(?<!<w:sdtContent>)(?<!Z">)<w:r><w:t xml:space="preserve">(?P<text> ?[^< ]+ [^<]*)</w:t></w:r>'
)
BODY = "word/document.xml"


@dataclass(frozen=True, eq=False)
class Drafted:
    """One letter in every format, with what it is held against."""

    facts: Facts
    letter: Letter
    files: dict[str, bytes]

    @cache  # noqa: B019 (a test keeps few of them)
    def basis(self, kind: str) -> Basis:
        """What a letter of this kind of file is held against."""
        return Basis.of(self.facts, self.letter, kind)

    def findings(self, data: bytes | str, kind: str) -> list[Finding]:
        """Everything that is said about an edited letter."""
        data = data.encode() if isinstance(data, str) else data
        document = read_bytes(data, f".{kind}")
        return compare(document, self.basis(document.kind))

    def text(self, kind: str) -> str:
        """The draft as text: the page, the plain text, or the body of the Word document."""
        if kind == "docx":
            return zipfile.ZipFile(io.BytesIO(self.files["docx"])).read(BODY).decode()
        return self.files[kind].decode()

    def word(self, body: str) -> list[Finding]:
        """What is said about the Word document with another body."""
        return self.findings(with_body(self.files["docx"], body), "docx")

    def edited(self, old: str, new: str, kind: str = "docx", times: int = 1) -> list[Finding]:
        """What is said after one text was replaced by another; in Word inside the XML of the body."""
        text = self.text(kind)
        assert text.count(old) >= times, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new, times)
        return self.word(text) if kind == "docx" else self.findings(text, kind)


def drafted(facts: Facts, letter: Letter) -> Drafted:
    """A letter about these facts in every format."""
    made = draft(facts, letter)
    return Drafted(facts, letter, {k: v if isinstance(v, bytes) else v.encode() for k, v in made.items()})


@cache
def of(case: Callable = all_pay) -> Drafted:
    """The letter about one of the situations."""
    made = case()
    return drafted(made.facts(), made.letter)


def with_body(docx: bytes, body: str, **parts: str | bytes) -> bytes:
    """The document with another body, and with other parts: word__footnotes becomes word/footnotes.xml."""
    source = zipfile.ZipFile(io.BytesIO(docx))
    new = {BODY: body} | {f"{name.replace('__', '/')}.xml": data for name, data in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys([*source.namelist(), *new]):
            target.writestr(name, new[name] if name in new else source.read(name))
    return buffer.getvalue()


def stops(findings: list[Finding]) -> list[Finding]:
    """What is wrong, apart from what is only worth a look."""
    return [finding for finding in findings if finding.level == STOP]


def coded(findings: list[Finding], *codes: str) -> list[Finding]:
    """The findings with one of these codes."""
    return [finding for finding in findings if finding.code in codes]


# --- edits: each gives the body of the Word document after it ---


def other_digit(text: str, chance: random.Random) -> str:
    """The text with one of its digits changed into another."""
    place = chance.choice([n for n, c in enumerate(text) if c.isdigit()])
    digit = chance.choice([d for d in "0123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def replaced(body: str, match: re.Match[str], text: str) -> str:
    """The body with another text in the figure that was matched."""
    return body[: match.start("text")] + escape(text) + body[match.end("text") :]


def shown(match: re.Match[str]) -> str:
    """The text of a figure that was matched."""
    return html.unescape(match["text"])


def words_added(body: str, chance: random.Random) -> str:
    """Words at the end of a paragraph."""
    paragraph = chance.choice(list(PLAIN_PARAGRAPH.finditer(body)))
    extra = '<w:r><w:t xml:space="preserve"> Daar zijn wij blij mee.</w:t></w:r>'
    return body[: paragraph.end() - len("</w:p>")] + extra + body[paragraph.end() - len("</w:p>") :]


def words_inserted_and_deleted_with_a_trace(body: str, chance: random.Random) -> str:
    """A tracked insertion beside a tracked deletion."""
    run = chance.choice(list(PLAIN_RUN.finditer(body)))
    who = 'w:id="900" w:author="Steller" w:date="2026-03-03T10:00:00Z"'
    extra = (
        f'<w:ins {who}><w:r><w:t xml:space="preserve">, zo vinden wij,</w:t></w:r></w:ins>'
        f'<w:del {who}><w:r><w:delText xml:space="preserve"> ruim 99,9 mln. euro</w:delText></w:r></w:del>'
        f'<w:moveFrom {who}><w:r><w:t xml:space="preserve"> bijna 88%</w:t></w:r></w:moveFrom>'
    )
    return body[: run.end()] + extra + body[run.end() :]


def bold(body: str, chance: random.Random) -> str:
    """A stretch of text, and every figure, made bold: Word splits it into runs of its own."""
    run = chance.choice(list(PLAIN_RUN.finditer(body)))
    text, half = run["text"], run["text"].index(" ", 1)
    text_run = '<w:r>{props}<w:t xml:space="preserve">{text}</w:t></w:r>'.format
    parts = text_run(props="", text=text[:half]) + text_run(props="<w:rPr><w:b/></w:rPr>", text=text[half:])
    body = body[: run.start()] + parts + body[run.end() :]
    return CONTROL.sub(lambda m: m[0].replace("<w:r><w:t ", "<w:r><w:rPr><w:b/></w:rPr><w:t "), body)


def split(body: str, chance: random.Random) -> str:
    """A paragraph that goes on in the next one after some words."""
    runs = [m for p in PLAIN_PARAGRAPH.finditer(body) for m in PLAIN_RUN.finditer(body, p.start(), p.end())]
    run = chance.choice(runs)
    properties = re.compile(r"<w:pPr>.*?</w:pPr>").search(body, body.rindex("<w:p>", 0, run.start()))[0]
    place = run.start("text") + run["text"].index(" ", 1)
    between = f'</w:t></w:r></w:p><w:p>{properties}<w:r><w:t xml:space="preserve">'
    return body[:place] + between + body[place:]


def moved(body: str, chance: random.Random) -> str:
    """A paragraph that now stands before another one."""
    paragraph = chance.choice(list(PLAIN_PARAGRAPH.finditer(body)))
    rest = body[: paragraph.start()] + body[paragraph.end() :]
    place = chance.choice([m.start() for m in PLAIN_PARAGRAPH.finditer(rest)])
    return rest[:place] + paragraph[0] + rest[place:]


HARMLESS = (words_added, words_inserted_and_deleted_with_a_trace, bold, split, moved)
