"""What the municipality itself says in the letter; figures never come from here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation with the college's response: adopt, partly, decline or '' (none yet).

    progress: what has been done about it since an earlier letter.
    """

    text: str
    response: str = ""
    explanation: str = ""
    who: str = ""
    when: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """Temporary money by name: how much in all, until which year; and the cells that say so."""

    scheme: str
    amount: float | None = None
    until: int | None = None
    note: str = ""
    amount_cell: str = ""
    until_cell: str = ""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the municipality's own that the letter may use: as written, what it means, its source."""

    written: str
    meaning: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The fields of sheet Brief. Empty text where nothing was filled in.

    status: draft or final.  kind: raadsbrief, raadsinformatiebrief or voortgangsbrief.
    previous_letter: how the letter before is known.  previous_portfolio: the file with its figures.
    funding: how the college goes on with the money; where empty the letter says what fits the outcome.
    position: what the college thinks of the initiatives.  accepted_proof: what it takes as proof for money
    in the long run.  short_term: how it pays until then.
    responses_in_letter: whether its responses to recommendations stand in the letter, None where not told.
    published_total (euros), published_ratio: as the letter before printed them, whatever is computed now.
    usual_confirmed_by, usual_confirmed_on: who said that the usual quantities of the library hold here.
    notation: miljoen, mln or symbool.  next_form: letter or discussion.
    own_numbers: never printed; proofreading knows them.
    """

    municipality: str = ""
    addressee: str = ""
    subject: str = ""
    date: dt.date | None = None
    reference: str = ""
    author: str = ""
    phone: str = ""
    attachments: str = ""
    your_letter: str = ""
    your_reference: str = ""
    portfolio_holder: str = ""
    motion: str = ""
    kind: str = ""
    salutation: str = ""
    status: str = ""
    researcher: str = ""
    client: str = ""
    checked_by: str = ""
    wider_group: str = ""
    comparable: str = ""
    next_season: str = ""
    next_form: str = ""
    asked: str = ""
    financial_cover: str = ""
    signer_1: str = ""
    signer_1_role: str = ""
    signer_2: str = ""
    signer_2_role: str = ""
    notation: str = ""
    previous_letter: str = ""
    previous_portfolio: str = ""
    funding: str = ""
    position: str = ""
    accepted_proof: str = ""
    short_term: str = ""
    responses_in_letter: bool | None = None
    published_total: float | None = None
    published_ratio: float | None = None
    usual_confirmed_by: str = ""
    usual_confirmed_on: dt.date | None = None
    recommendations: tuple[Recommendation, ...] = ()
    means: tuple[Means, ...] = ()
    own_numbers: tuple[OwnNumber, ...] = ()
