"""Closed lists, and how far the tables reach."""

from __future__ import annotations

from toolkit.method.defaults import SCALES
from toolkit.model.initiative import CERTAINTIES
from toolkit.model.study import CARE_BOUGHT, DOMAINS, NO_COVER, PARTY_GROUPS

HORIZON, ACTIVITY_YEARS = 20, 10
EFFECTS, MONEY_ROWS, PM_ROWS, TARGET_GROUPS = 40, 20, 12, 8
ACTIVITIES, REFERRALS, CARE_ROWS = 12, 8, 24
"""How many rows a form has room for."""
"""An average over fewer people could tell something of one of them."""
OTHER = "other"
"""The choice of a list that is none of the others: what it is, is said beside it."""
FIRST_YEAR, LAST_YEAR = 2011, 2100
GROUPS = tuple(dict.fromkeys(PARTY_GROUPS.values()))
PARTIES = tuple(PARTY_GROUPS)
PAYERS = (*PARTIES, NO_COVER)
"""Who can stand beside an amount: a party, or nobody yet."""

CHOICES: dict[str, dict[str, object]] = {
    "direction": {"less": "less", "more": "more"},
    **{scale: {code: answer.mode for code, answer in answers.items()} for scale, answers in SCALES.items()},
    "grade": {g: g for g in "ABCD"},
    "kind": {"money": "money", "in_kind": "in_kind", "volunteer_hours": "volunteer_hours"},
    "term": {"temporary": "temporary", "structural": "structural"},
    "person": {"deelnemers": "deelnemers", "wijkbewoners": "wijkbewoners"},
    "party": {payer: payer for payer in PAYERS},
    "domain": {d: d for d in DOMAINS},
    "pm_grade": {"very_good": "++", "good": "+", "bad": "-", "very_bad": "--"},
    "yes_no": {"yes": True, "no": False},
    "growth": {"more": "more", "same": "same", "fewer": "fewer"},
    "output": {
        output: output
        for output in (
            "meals",
            "repairs",
            "contacts",
            "meetings",
            "courses",
            "language_pairs",
            "advice",
            "forms_help",
            "chores",
            "visits",
            "rides",
            "loans",
            "parcels",
            "kilos",
            "open_hours",
            OTHER,
        )
    },
    "referral": {
        to_whom: to_whom
        for to_whom in (
            "care_team",
            "debt_help",
            "work_and_income",
            "doctor",
            "language",
            "welfare_work",
            "home_care",
            "housing",
            "volunteering",
            OTHER,
        )
    },
    "certainty": {certainty: certainty for certainty in CERTAINTIES},
    "gains": {party: party for party in PARTIES},
    "timing": {"begin": "begin", "middle": "middle", "end": "end"},
    "care_bought": {way: way for way in CARE_BOUGHT},
    "response": {"adopt": "adopt", "partly": "partly", "decline": "decline"},
    "letter_kind": {kind: kind for kind in ("raadsbrief", "raadsinformatiebrief", "voortgangsbrief")},
    "letter_status": {"draft": "draft", "final": "final"},
    "notation": {"miljoen": "miljoen", "mln": "mln", "symbool": "symbool"},
    "next_form": {"letter": "letter", "discussion": "discussion"},
    "confirmation": {"own": "own", "adopted": "adopted", "open": "open"},
}
"""Closed lists: code of the choice -> the value it stands for. The words are in words/form.toml."""
