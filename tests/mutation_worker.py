"""A process of its own that takes mutated workbooks through the real walk, one seed a line.

It answers each seed with one line of JSON and lives as long as it can: what kills it was not handled.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import traceback
from pathlib import Path

import mutations
from mutations.sources import FORMS, LIBRARY, WORKBOOKS

from toolkit.app import output, walk
from toolkit.app.libraries import open_library
from toolkit.app.writing import CannotWrite, save_all
from toolkit.kengetallen.library import load_library
from toolkit.model.finding import STOP, Finding, stops
from toolkit.reports.facts import NothingCounted
from toolkit.words.vocabulary import located
from toolkit.workbook.opening.gate import MIB, inspect

MEMORY = 2048 * MIB
DRAWS = 1000


def main(folder: Path, written_each: int) -> None:
    """Answer seeds from standard input until it ends; write the results of one in so many seeds."""
    limit_memory()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    noise = open(folder / "noise.txt", "w+b", buffering=0)  # noqa: SIM115 (it takes over both streams)
    for stream in (1, 2):
        os.dup2(noise.fileno(), stream)
    for name in FORMS:
        shutil.copyfile(str(WORKBOOKS / "voorbeelden" / f"{name}.xlsx"), folder / f"{name}.xlsx")
    walked = walk.load_form(folder / f"{FORMS[0]}.xlsx")
    assert walked[0] is not None
    for line in sys.stdin:
        made = mutations.case(int(line))
        path = folder / made.file
        path.write_bytes(made.data)
        noise.truncate(0)
        noise.seek(0)
        told = {
            "name": made.name,
            "source": made.source,
            **judged(path, made.read_as, made.seed % written_each == 0),
        }
        noise.seek(0)
        told["noise"] = noise.read().decode("utf-8", "replace")
        path.unlink()
        answers.write(json.dumps(told) + "\n")


def limit_memory() -> None:
    """Nothing may take more; where the system knows no such limit, the test is that much weaker."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def judged(path: Path, read_as: str, is_written: bool) -> dict[str, object]:
    """What came of one workbook: its findings as sentences, whether there are results, or the trouble."""
    try:
        findings, has_results = walked(path, read_as, is_written)
        sentences = [located(finding) for finding in findings]
        "".join(sentences).encode()
        return {"codes": [f.code for f in findings], "results": has_results, "sentences": len(sentences)}
    except BaseException:
        return {"trouble": traceback.format_exc()}


def walked(path: Path, read_as: str, is_written: bool) -> tuple[list[Finding], bool]:
    """The findings, and whether results came out, of the walk that the commands take."""
    library = None
    if read_as == LIBRARY:
        library, findings = open_library(path)
        if library is None:
            return findings, False
        path = path.with_name(f"{FORMS[0]}.xlsx")
    loaded, findings = walk.load(path, library or load_library())
    if loaded is None or stops(findings):
        return findings, False
    computed = walk.compute(loaded, DRAWS)
    if not is_written:
        return list(computed.findings), True
    target = path.parent / "uit"
    target.mkdir(exist_ok=True)
    try:
        if loaded.raw is None:
            products = output.forms(computed, target)
        else:
            products = [output.portfolio(computed, target, walk.facts(computed))]
        (written,) = save_all(products)
    except CannotWrite as trouble:
        return [*computed.findings, trouble.finding], False
    except NothingCounted as none:
        return [*computed.findings, Finding(STOP, none.code)], False
    inspect(written.path)
    written.path.unlink()
    return list(computed.findings), True


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
