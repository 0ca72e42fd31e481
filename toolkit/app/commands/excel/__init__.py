"""Commands about the add-in for Excel; what stands in their way becomes sentences and an exit code."""

from __future__ import annotations

import functools
from argparse import Namespace
from collections.abc import Callable

from toolkit.app.excel.installing import CannotInstall
from toolkit.app.excel.shipped import CannotBuild
from toolkit.app.telling import STOPPED, not_written, say
from toolkit.app.writing import CannotWrite


def in_sentences(command: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """The command, with a sentence instead of CannotInstall, CannotBuild and CannotWrite."""

    @functools.wraps(command)
    def run(given: Namespace) -> int:
        try:
            return command(given)
        except CannotInstall as trouble:
            for sentence in trouble.sentences:
                say(sentence)
        except CannotBuild as trouble:
            say(str(trouble))
        except CannotWrite as trouble:
            return not_written(trouble)
        return STOPPED

    return run
