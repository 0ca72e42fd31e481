"""What this room refuses."""

from __future__ import annotations

from toolkit.model.refused import Refused


class LibraryError(Refused):
    """One thing that is wrong with the library, or with what is asked of it."""
