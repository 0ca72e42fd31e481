"""Accept what the toolkit writes now as the golden texts in tests/golden, and tell which changed."""

import os
import sys

import _venv

FOLDER = _venv.ROOT / "tests" / "golden"
SENTENCES = {
    "none": "Geen enkele voorbeeldtekst is veranderd.",
    "changed": "Veranderd; lees het verschil na met git diff:",
    "failed": "Niet alle toetsen zijn gelukt; lees hierboven waarom.",
}


def texts() -> dict:
    """The bytes of every golden text by its name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.txt"))}


def main() -> int:
    """Run the tests with golden texts, in which they write what they find, and list what changed."""
    _venv.prepare("run", "test")
    os.environ["WIJKBATEN_GOLDEN"] = "1"
    before = texts()
    failed = _venv.child("-m", "pytest", "-q", "tests", "-k", "golden")
    after = texts()
    changed = [name for name, text in after.items() if before.get(name) != text]
    print(SENTENCES["changed" if changed else "none"])
    for name in changed:
        print(f"  tests/golden/{name}")
    if failed:
        print(SENTENCES["failed"], file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main())
