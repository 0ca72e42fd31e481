"""The one place where a refusal becomes what the user is told."""

from __future__ import annotations

from pathlib import Path

from toolkit.kengetallen.trouble import LibraryError
from toolkit.kengetallen.wording import worded
from toolkit.model.finding import STOP, Finding
from toolkit.model.refused import Refused
from toolkit.opc.trouble import FileRefused

_NAMED_BY_SUFFIX = {".csv": "refused_csv", ".json": "refused_json"}
"""Files without a zip that are plainly something else -> their sentence."""


def refused(trouble: Refused, file: Path | str = "") -> Finding:
    """The finding that says why. file: what was refused, named as the user should see it."""
    sentence, facts = trouble.sentence, dict(trouble.facts)
    if isinstance(trouble, FileRefused):
        facts["name"] = Path(file).name
        if trouble.code == "not_a_zip":
            sentence = _NAMED_BY_SUFFIX.get(Path(file).suffix.lower(), sentence)
    elif isinstance(trouble, LibraryError):
        facts = worded(facts)
    return Finding(STOP, sentence, "", facts, str(file))
