"""The installed wheel, not the checkout, does the job."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_BIN = "Scripts" if os.name == "nt" else "bin"


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("wijkbaten-*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel, tmp_path_factory) -> Path:
    """The command of the wheel in an environment that holds nothing else."""
    home = tmp_path_factory.mktemp("environment") / "env"
    venv.create(home, with_pip=True)
    pins = ROOT / "requirements" / "run.txt"
    run(home / _BIN / "python", "-m", "pip", "install", "--quiet", "-c", pins, wheel, cwd=home)
    return home / _BIN / "wijkbaten"


def test_the_wheel_holds_templates_workbooks_and_words_but_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "toolkit/templates/brief/brief.j2",
        "toolkit/templates/huisstijl.docx",
        "toolkit/workbooks/invulformulier.xlsx",
        "toolkit/workbooks/kortformulier.xlsx",
        "toolkit/workbooks/voorbeelden/portefeuille.xlsx",
        "toolkit/words/messages.toml",
        "toolkit/kengetallen/changes.toml",
    ):
        assert wanted in names
    assert not [n for n in names if n.startswith(("tests/", "scripts/", "docs/"))]


def test_from_an_empty_folder_it_makes_the_examples_and_everything_of_them(program, tmp_path):
    run(program, "voorbeelden", "voorbeelden", cwd=tmp_path)
    said = run(program, "alles", "voorbeelden", "--uit", "uitvoer", cwd=tmp_path)
    assert "Totaal (meegeteld)" in said
    assert len(list((tmp_path / "uitvoer").glob("*_uitkomst.xlsx"))) == 6
    assert "ruim 9,4" in (tmp_path / "uitvoer" / "raadsbrief.txt").read_text(encoding="utf-8").replace(
        "\u00a0", " "
    )
