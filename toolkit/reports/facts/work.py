"""Facts about work done: outputs added up per kind, and people who were brought to another organisation."""

from __future__ import annotations

from toolkit.method.telling import Output, outputs, people_said, referred
from toolkit.reports.facts.fact import FactBook
from toolkit.reports.facts.source import Source

MOST_OUTPUTS_IN_LETTER = 4


def work(book: FactBook, source: Source) -> None:
    """gedaan.*, doorverwezen.*: what the counted initiatives did in the reporting year, in numbers."""
    every = outputs(source.counted)
    for number, output in enumerate(every, 1):
        told = book.branch(f"gedaan.{number}", "gedaan", _rows(output), wat=output.what)
        told.text("wat", output.what)
        told.add("aantal", output.number, output.said)
    book.rows("gedaan_rijen", [f"gedaan.{number}" for number in range(1, len(every) + 1)])
    largest = every[:MOST_OUTPUTS_IN_LETTER]
    sources = [f"gedaan.{number}.aantal" for number in range(1, len(largest) + 1)]
    book.flag("gedaan_totaal.bestaat", every, sources=sources)
    book.flag("gedaan_totaal.meer", len(every) > len(largest), sources=sources)
    book.names("gedaan_totaal.grootste", [output.said for output in largest], sources=sources)
    gone = referred(source.counted)
    told = book.branch("doorverwezen", "doorverwezen", [f"{one.code}.{row.code}" for one, row in gone.of])
    told.flag("bestaat", gone.of)
    told.flag("heeft_aantal", gone.people is not None)
    if gone.people is not None:
        told.add("aantal", gone.people, people_said(gone.people))
    told.names("naar", gone.to_whom)


def _rows(output: Output) -> list[str]:
    return [f"{initiative.code}.{activity.code}" for initiative, activity in output.of]
