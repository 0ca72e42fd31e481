"""Why a letter cannot be read."""

from __future__ import annotations


class LetterRefused(Exception):
    """A file that is not opened. `code` names the sentence 'letter_file_CODE' that tells why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code}: {facts}" if facts else code)
        self.code = code
        self.facts = facts
