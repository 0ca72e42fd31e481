"""The half of compare_checkouts.py that runs in the Python of one checkout: its commands, one after another.

`PYTHON scripts/_run_commands.py CHECKOUT PLAN SAID`: PLAN is a JSON list of commands, each a list of words;
SAID becomes a list of what each said: exit code, standard output, standard error. Of the toolkit only the
door is used that every checkout has, `toolkit.app.cli.main`, so that one start of Python does for all.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from toolkit.app import cli


def main(checkout: str, plan: str, said: str) -> None:
    """Run the plan in the folder we are in; an AssertionError where this Python has another toolkit."""
    assert Path(cli.__file__).is_relative_to(checkout), f"{cli.__file__} is not in {checkout}"
    commands = json.loads(Path(plan).read_text(encoding="utf-8"))
    Path(said).write_text(json.dumps([run(command) for command in commands]), encoding="utf-8")


def run(command: Sequence[str]) -> tuple[int | None, str, str]:
    """Exit code, standard output and standard error of one command."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main(command)
        except SystemExit as ended:  # as argparse does after --help
            code = ended.code
    return code, *(_text(stream) for stream in (out, err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()


if __name__ == "__main__":
    main(*sys.argv[1:])
