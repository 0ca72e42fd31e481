"""What a command tells the person at the keyboard, and the exit code that goes with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.model.finding import INFO, LEVELS, STOP, WARN, Finding, stops
from toolkit.words.vocabulary import located, word

if TYPE_CHECKING:
    from toolkit.app.writing import CannotWrite

GOOD, STOPPED, OUR_FAULT = 0, 1, 2
"""Exit codes: good, something must be mended first, our fault."""
LEVEL_WORDS = {STOP: "level_stop", WARN: "level_warn", INFO: "level_info"}


def say(text: str) -> None:
    """A line for the person at the keyboard; standard output stays free for results."""
    print(text, file=sys.stderr, flush=True)


def told(finding: Finding) -> str:
    """How serious a finding is, where, and what it says."""
    return f"{word(f'screen.result.{LEVEL_WORDS[finding.level]}')}: {located(finding)}"


def report(findings: Sequence[Finding], brief: bool = False, closing: str = "nothing_written") -> int:
    """Tell every finding, the worst first, and give the exit code.

    brief: of what is only for who wants to know, tell how many there are.
    closing: the last line where something stops.
    """
    shown = [f for f in findings if not (brief and f.level == INFO)]
    for finding in sorted(shown, key=lambda f: LEVELS.index(f.level)):
        say(told(finding))
    if len(shown) < len(findings):
        say(word("screen.result.more_info", n=len(findings) - len(shown)))
    code = exit_code(findings)
    if code == STOPPED:
        say(word(f"screen.result.{closing}"))
    return code


def exit_code(findings: Sequence[Finding]) -> int:
    """Of a command that found this and nothing worse."""
    return STOPPED if stops(list(findings)) else GOOD


def not_written(trouble: CannotWrite) -> int:
    """Tell what stands in the way, and what was written before it came up."""
    say(told(trouble.finding))
    if not trouble.written:
        say(word("screen.result.nothing_written"))
    for path, _ in trouble.written:
        say(word("screen.result.written_before", path=path))
    return STOPPED


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of texts as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(c.rjust(w) if n else c.ljust(w) for n, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]


def as_json_text(value: object) -> str:
    """What `--json` prints of an object."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
