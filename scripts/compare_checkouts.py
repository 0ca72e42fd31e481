"""Compares what two checkouts do: `.venv/bin/python scripts/compare_checkouts.py ANDER`.

For a restructuring that must change nothing: ANDER is a checkout of an earlier commit. Both get the same
files (the examples of ANDER, spoiled forms, random studies: `--studies 200`) and the same commands, side by
side, each with its own .venv. Then what they ship, write and say is compared, byte for byte but for what
`normal` takes out; `--keep MAP` keeps it. Only what every checkout has is used: its command line, and files
as anyone reads them. Results hold the day, so do not run this at midnight. Exit code 0 where all is equal,
1 where something differs, 2 where a checkout could not run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import _venv
import openpyxl
from _differences import Parts, answer, difference, unpacked

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

import json_mistakes
import json_studies
import spoiling
from forms import light_example

TESTS = _venv.ROOT / "tests"
RUNNER = _venv.ROOT / "scripts" / "_run_commands.py"

COMMANDS = """
sjabloon --soort formulier --uit leeg/formulier.xlsx
sjabloon --soort portefeuille --uit leeg/portefeuille.xlsx
sjabloon --soort kengetallen --uit leeg/kengetallen.xlsx
sjabloon --studie ../invoer/voorbeelden/portefeuille.xlsx --uit leeg/studie.xlsx
sjabloon --vorig ../invoer/voorbeelden/de_kade.xlsx --uit leeg/vorig.xlsx
sjabloon --vorig ../invoer/earlier/first/de_kade.xlsx --uit leeg/lang_geleden.xlsx
voorbeelden voorbeelden
alles ../invoer/voorbeelden --uit alles
alles ../invoer/voorbeelden --kengetallen ../invoer/eigen_kengetallen.xlsx --uit eigen
alles terplekke --terplekke --uit terplekke
brief ../invoer/voorbeelden/portefeuille.xlsx --huisstijl ../invoer/huisstijl.docx --uit huisstijl
bereken ../invoer/voorbeelden/het_trefpunt.xlsx --uit een
exporteer ../invoer/voorbeelden/portefeuille.xlsx --uit studie.json
bereken studie.json --json
controleer ../invoer/voorbeelden/portefeuille.xlsx --uit controles
controleer-brief alles/raadsbrief.docx --portefeuille ../invoer/voorbeelden/portefeuille.xlsx
controleer-brief eigen/raadsbrief.docx --portefeuille ../invoer/voorbeelden/portefeuille.xlsx --json
controleer-brief eigen/raadsbrief.html --portefeuille ../invoer/voorbeelden/portefeuille.xlsx
herleid totaal.baten --portefeuille ../invoer/voorbeelden/portefeuille.xlsx --html herleid/totaal.html --alles
herleid verhouding.waarde --portefeuille ../invoer/voorbeelden/portefeuille.xlsx --html herleid/per_euro.html
herleid '2,6 mln.' --portefeuille ../invoer/voorbeelden/portefeuille.xlsx
herleid 'de_kade EF-01' --portefeuille ../invoer/voorbeelden/portefeuille.xlsx --html herleid/regel.html
herleid 'Wat verandert er!G9' --portefeuille ../invoer/voorbeelden/de_kade.xlsx --html herleid/cel.html
herleid onbekend --portefeuille ../invoer/voorbeelden/portefeuille.xlsx
kengetallen controleer ../invoer/eigen_kengetallen.xlsx
kengetallen vergelijk ../invoer/kengetallen.xlsx
kengetallen vergelijk ../invoer/eigen_kengetallen.xlsx --portefeuille ../invoer/voorbeelden/portefeuille.xlsx
excel bouw wijkbaten.xlam --python python
"""
"""What both run, each in a folder of its own."""
HELPED = (
    *("", "sjabloon", "voorbeelden", "controleer", "bereken", "exporteer", "portefeuille", "brief", "alles"),
    *("herleid", "controleer-brief", "kengetallen", "kengetallen controleer", "kengetallen vergelijk"),
    *("excel", "excel bouw", "excel installeer", "excel verwijder", "excel controleer", "excel paneel"),
)
"""Every command; what --help says of it may change, so that is told apart."""

SENTENCES = {
    "run": "ander: {other}\nhier:  {here}\n{count} opdrachten, voor beide dezelfde",
    "codes": "hoe vaak elke exitcode: {other} en {here}",
    "none": "{folder} is geen checkout van dit project",
    "taken": "in {folder} staat al iets",
    "failed": "Dat lukte niet in {checkout}:\n{told}",
    "equal": "gelijk     {name}{times}",
    "different": "verschilt  {name}",
    "help": "Uitleg (--help), telt niet mee:",
    "total": "{count} vergeleken: {same} gelijk, {different} verschillend",
}


@dataclass
class Side:
    """A checkout, and the folder in which its commands run."""

    checkout: Path
    folder: Path
    version: str = ""
    codes: Counter[int] = field(default_factory=Counter)
    """How often its commands ended with each exit code."""

    @property
    def python(self) -> Path:
        return self.checkout / _venv.PYTHON.relative_to(_venv.ROOT)

    @property
    def said(self) -> Path:
        """The file with what each command said."""
        return self.folder.with_suffix(".json")

    def results(self, commands: Sequence[str]) -> dict[str, Parts]:
        """Everything to compare, by name: what is shipped, what each command said, what it wrote."""
        shipped = [*self.checkout.glob("workbooks/**/*.xlsx"), *self.checkout.glob("tests/golden/*")]
        found = {path.relative_to(self.checkout): path.read_bytes() for path in sorted(shipped)}
        told = json.loads(self.said.read_text(encoding="utf-8"))
        self.codes.update(code for code, *_ in told)
        found |= {command: answer(*said).encode() for command, said in zip(commands, told, strict=True)}
        written = sorted(path for path in self.folder.rglob("*") if path.is_file())
        found |= {path.relative_to(self.folder): path.read_bytes() for path in written}
        return {
            normal(str(name).encode(), self).decode(): {
                part: normal(content, self) for part, content in unpacked(data).items()
            }
            for name, data in found.items()
        }


def normal(data: bytes, side: Side) -> bytes:
    """The data without what differs between two runs that do the same. This is the one place for that.

    1. The version of the toolkit. 2. Where its commands run: the whole path of a copy is shown. 3. The moment
    in the name of the copy that --terplekke keeps.
    """
    data = re.sub(rb"(?<![\w.])" + re.escape(side.version.encode()) + rb"(?!\w|\.\d)", b"VERSIE", data)
    data = data.replace(str(side.folder).encode(), b"MAP")
    return re.sub(rb"_\d{4}-\d\d-\d\d_\d{6}(?=\.xlsx)", b"_MOMENT", data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both, compare, print, and give 1 where something differs."""
    given = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    given.add_argument("other", type=Path, metavar="ANDER")
    given.add_argument("--studies", type=int, default=200, metavar="N")
    given.add_argument("--keep", type=Path, metavar="MAP")
    asked = given.parse_args(arguments)
    if not (asked.other / "scripts" / "_venv.py").is_file():
        given.error(SENTENCES["none"].format(folder=asked.other))
    if asked.keep and asked.keep.exists() and any(asked.keep.iterdir()):
        given.error(SENTENCES["taken"].format(folder=asked.keep))
    with TemporaryDirectory() as temporary:
        folder = (asked.keep or Path(temporary)).resolve()
        other, here = sides = [
            Side(asked.other.resolve(), folder / "ander"),
            Side(_venv.ROOT, folder / "hier"),
        ]
        make_input(folder / "invoer", other.checkout, asked.studies)
        commands = plan(folder / "invoer")
        print(SENTENCES["run"].format(other=other.checkout, here=here.checkout, count=len(commands)))
        try:
            prepare = "import _venv; _venv.prepare('run', 'test')"
            call(other.checkout, sys.executable, "-c", prepare, within=other.checkout / "scripts")
            with ThreadPoolExecutor() as both:
                list(both.map(lambda side: run(side, commands), sides))
        except subprocess.CalledProcessError as failed:
            print(SENTENCES["failed"].format(checkout=failed.cmd, told=failed.stdout), file=sys.stderr)
            return 2
        results = [side.results(commands) for side in sides]
        print(SENTENCES["codes"].format(other=dict(other.codes), here=dict(here.codes)) + "\n")
        return show(*results)


# --- what both get, and run


def make_input(folder: Path, other: Path, studies: int) -> None:
    """The files that both get."""
    shutil.copytree(other / "workbooks" / "voorbeelden", folder / "voorbeelden")
    shutil.copy(other / "templates" / "huisstijl.docx", folder)
    shutil.copy(other / "workbooks" / "kengetallen.xlsx", folder)
    library = openpyxl.load_workbook(folder / "kengetallen.xlsx")
    row = next(row for sheet in library for row in sheet.iter_rows() if row[1].value == "wmo_begeleiding")
    next(cell for cell in row if isinstance(cell.value, int | float)).value += 4  # the amount
    library.save(folder / "eigen_kengetallen.xlsx")
    shutil.copytree(TESTS / "earlier", folder / "earlier")
    shutil.copytree(TESTS / "cases", folder / "cases", ignore=shutil.ignore_patterns("*.toml"))
    texts = {f"json-fouten/{code}": text for code, (text, *_) in json_mistakes.MISTAKES.items()}
    for seed in range(studies):
        texts[f"studies/{seed:03}"] = json.dumps(json_studies.any_study(Random(seed)))
    for name, text in texts.items():
        path = folder / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    forms = sorted(path.name for path in (folder / "voorbeelden").iterdir())
    spoiled(folder / "fouten", "form", ["de_kade.xlsx"])
    spoiled(folder / "fouten", "portfolio", forms)


def spoiled(folder: Path, kind: str, examples: Sequence[str]) -> None:
    """A folder per mistake of this kind in the drawer of the tests: these examples, the last one spoiled."""
    mistakes = tomllib.loads((TESTS / "mistakes" / f"{kind}.toml").read_text(encoding="utf-8"))
    for name, mistake in mistakes.items():
        place = folder / re.sub(r"\W+", "-", name)
        place.mkdir(parents=True)
        *_, last = [light_example(place, example) for example in examples]
        spoiling.spoil(last, mistake)


def plan(given: Path) -> list[str]:
    """Every command, as on the command line, from a folder beside that with what is given."""
    commands = COMMANDS.strip().splitlines()
    for path in sorted(path for path in given.glob("*/**/*") if path.is_file()):
        kind, name = (
            path.relative_to(given).parts[0],
            shlex.quote(os.path.relpath(path, given.with_name("hier"))),
        )
        if path.suffix == ".json":
            commands.append(f"bereken {name} --json")
        elif kind == "fouten" and path == max(path.parent.iterdir()):
            commands += [f"controleer {name}", f"controleer {name} --json"]
        elif kind != "fouten" and path.stem != "portefeuille":
            commands += [f"bereken {name} --json", f"exporteer {name}", f"controleer {name}"]
    return commands + [f"{command} --help".strip() for command in HELPED]


def run(side: Side, commands: Sequence[str]) -> None:
    """Run the commands in the folder of this side."""
    shutil.copytree(side.folder.with_name("invoer") / "voorbeelden", side.folder / "terplekke")
    version = call(side.checkout, side.python, "-m", "toolkit.app.cli", "--version", within=side.folder)
    side.version = version.strip()
    words = side.folder.with_suffix(".opdrachten.json")
    words.write_text(json.dumps([shlex.split(command) for command in commands]), encoding="utf-8")
    call(side.checkout, side.python, RUNNER, side.checkout, words, side.said, within=side.folder)


def call(checkout: Path, *command: str | Path, within: Path) -> str:
    """What a command prints. Raises CalledProcessError, with the checkout as its cmd."""
    done = subprocess.run(
        command,
        check=False,
        cwd=within,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, checkout, done.stdout)
    return done.stdout


# --- the verdicts


def show(other: Mapping[str, Parts], here: Mapping[str, Parts]) -> int:
    """Print a verdict on everything, and give 1 where something differs."""
    found = {name: difference(other.get(name), here.get(name)) for name in {**other, **here}}
    helped = {name: found.pop(name) for name in list(found) if name.endswith("--help")}
    show_verdicts(found)
    print("\n" + SENTENCES["help"])
    show_verdicts(helped)
    different = sum(map(bool, found.values()))
    facts = {"count": len(found), "same": len(found) - different, "different": different}
    print("\n" + SENTENCES["total"].format(**facts))
    return 1 if different else 0


def show_verdicts(found: Mapping[str, Sequence[str]]) -> None:
    """A line each, with what differs below it; studies and mistakes without a difference share a line."""
    shared = {name: re.sub(r"(studies|fouten)/.*?\.", r"\1/*.", name) for name in found if not found[name]}
    times = Counter(shared.values())
    for name in dict.fromkeys(shared.get(name, name) for name in found):
        many = f" ({times[name]} keer)" if times[name] > 1 else ""
        print(SENTENCES["different" if found.get(name) else "equal"].format(name=name, times=many))
        for line in found.get(name, ()):
            print(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
