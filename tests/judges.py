"""Two judges of Office files from outside: Microsoft's Open XML SDK, and openxml-audit.

Both hold a file against the published schemas and against rules that no schema can tell; openxml-audit also
knows what Word and Excel repair although the schemas allow it. Each gives 'part: what is wrong', in words of
its own, and nothing for a file that is as it should be.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator, ValidationSeverity

SDK = Path(__file__).resolve().parent.parent / "requirements" / "node_modules" / ".bin" / "ooxml-validator"
OLDEST = "Office2016"
"""The oldest Office that our files are made for."""
TIMEOUT_SECONDS = 120
REWRITES = "Excel_InlineStrCells"
"""Not a fault but a notice: Excel will move the texts of cells to a table of their own when it saves."""


def is_missing() -> bool:
    """Is there no validator? scripts/test.py installs it."""
    return not SDK.exists()


def sdk(path: Path) -> list[str]:
    """What Microsoft's validator finds. Raises RuntimeError where it gives no verdict."""
    asked = [str(SDK), str(path), "--officeVersion", OLDEST]
    done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{path.name}: no verdict\n{done.stderr}")
    verdict = json.loads(done.stdout)
    found = [f"{error['path'] or path.name}: {error['description']}" for error in verdict["errors"]]
    return found if verdict["ok"] or found else [f"{path.name}: refused"]


def audit(path: Path) -> list[str]:
    """What openxml-audit finds: its errors, and its warnings but for REWRITES."""
    found = _auditor().validate(path).errors
    return [
        f"{error.part_uri or path.name}: {error.description}"
        for error in found
        if error.severity is ValidationSeverity.ERROR or error.id != REWRITES
    ]


def verdicts(paths: Iterable[Path]) -> dict[str, list[str]]:
    """What either judge finds, by the name of the file and the judge; only where it finds something."""
    paths = list(paths)
    with ThreadPoolExecutor() as pool:
        by_sdk = pool.map(sdk, paths)
        by_audit = [audit(path) for path in paths]
    named = [(f"{path.name}, SDK", said) for path, said in zip(paths, by_sdk, strict=True)]
    named += [(f"{path.name}, openxml-audit", said) for path, said in zip(paths, by_audit, strict=True)]
    return {name: said for name, said in named if said}


@cache
def _auditor() -> OpenXmlValidator:
    return OpenXmlValidator(FileFormat.OFFICE_2016, max_errors=0)
