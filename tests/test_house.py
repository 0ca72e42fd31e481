"""The house keeps its own rules: bare core, small rooms, Dutch where it belongs, no trace of a machine."""

import ast
import configparser
import contextlib
import fnmatch
import pkgutil
import re
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
FOLDERS = dict(line.split(" = ") for line in SETUP["options"]["package_dir"].strip().splitlines())
PACKAGE_DATA = {
    name: patterns.replace(",", " ").split() for name, patterns in SETUP["options.package_data"].items()
}

with contextlib.chdir(ROOT), mock.patch("setuptools.setup") as found:
    runpy.run_path("setup.py")
PACKAGES: list[str] = found.call_args.kwargs["packages"]

MOST_LINES = 330
OPTIONAL_LIBRARIES = ("xlwings", "docx", "lxml")

# Words that occur in nearly every Dutch sentence and are not English.
DUTCH = re.compile(
    r"\b(aan|alle|als|bij|dan|dat|de|deze|dit|een|er|geen|heeft|het|hoeveel|iets|kies|maar|meer|met|moet|naar|"
    r"niet|nog|omdat|onder|ook|staat|te|tot|tussen|uit|uw|van|vanaf|voor|vul|waarde|wel|welke|wordt|worden|zijn|"
    r"zonder)\b",
    re.IGNORECASE,
)
# Dutch that may stand in a module: the exact text, and why it cannot live in words/.
DUTCH_ALLOWED: dict[str, str] = {}

HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("deb", "debian", "org"),
    )
)
MACHINE_FOLDER = re.compile(r"(?<![\w.])(?:/(?:home|root|work|Users)/|[A-Za-z]:\\{1,2}Users\\)\w")


def folder_of(package: str) -> Path:
    """The folder of a package according to package_dir: the longest name that fits decides."""
    base = max((name for name in FOLDERS if f"{package}.".startswith(f"{name}.")), key=len)
    return ROOT.joinpath(FOLDERS[base], *package.removeprefix(base).split("."))


def modules() -> list[Path]:
    """Every module of the toolkit and every script."""
    folders = [ROOT / "toolkit", ROOT / "scripts"]
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def name(path: Path) -> str:
    """The path as written from the repository root."""
    return path.relative_to(ROOT).as_posix()


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh Python, so that nothing is imported yet."""
    return subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True, encoding="utf-8"
    )


# --- imports ---


def test_every_module_imports_without_the_optional_libraries():
    names = [
        f"{package}.{module.name}"
        for package in PACKAGES
        for module in pkgutil.iter_modules([str(folder_of(package))])
        if module.name != "__main__"
    ]
    assert names
    blocked = python(
        f"""
import importlib, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {OPTIONAL_LIBRARIES!r}:
            raise ModuleNotFoundError(f"blocked: {{name}}", name=name)

sys.meta_path.insert(0, Blocker())
for name in {names!r}:
    importlib.import_module(name)
"""
    )
    assert blocked.returncode == 0, blocked.stderr


def test_a_button_does_not_wait_for_pandas():
    loaded = python(
        "import sys, toolkit.app.walk; sys.exit('pandas is imported' if 'pandas' in sys.modules else 0)"
    )
    assert loaded.returncode == 0, loaded.stderr


OPENS_OR_PARSES = {
    "ZipFile",
    "is_zipfile",
    "ParserCreate",
    "fromstring",
    "iterparse",
    "XMLParser",
    "parseString",
}
OPENED_ELSEWHERE = {"toolkit/workbook/drawing/stable.py"}
"""Where a zip is read that we have just made ourselves."""


def test_only_the_ground_opens_zips_and_parses_xml():
    found = {
        name(path)
        for path in modules()
        if path.is_relative_to(ROOT / "toolkit") and not path.is_relative_to(ROOT / "toolkit" / "opc")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) in OPENS_OR_PARSES
    }
    assert found == OPENED_ELSEWHERE


# --- modules ---


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_is_small_and_says_what_it_is(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    assert not source.strip() or ast.get_docstring(ast.parse(source)), "the docstring is missing"


def dutch_texts(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of the strings in a module that read as Dutch; no docstrings, no codes of one word."""
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(text, str) and len(text.split()) >= 2 and DUTCH.search(text):
            yield node.lineno, text


def test_dutch_text_is_recognised():
    assert list(dutch_texts('"""Vul het formulier in."""\nx = "Vul het in"')) == [(2, "Vul het in")]
    assert list(dutch_texts('x = f"Cel {cell} heeft geen getal"')) == [(1, " heeft geen getal")]
    assert not list(dutch_texts('x = "aantal_van_de"; y = "not a number in this cell"'))


def test_dutch_text_lives_in_words():
    found = [
        (f"{name(path)}:{line}", text)
        for path in modules()
        if path.is_relative_to(ROOT / "toolkit") and not path.is_relative_to(ROOT / "toolkit" / "words")
        for line, text in dutch_texts(path.read_text(encoding="utf-8"))
    ]
    assert [item for item in found if item[1] not in DUTCH_ALLOWED] == []
    assert set(DUTCH_ALLOWED) <= {text for _, text in found}, "an exception that is no longer needed"


# --- the repository ---


def repository_files() -> list[Path]:
    """Every file that belongs to the repository: those that no line of .gitignore keeps out."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored = [".git", *(line.strip("/") for line in lines)]

    def inside(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored):
                yield from inside(path) if path.is_dir() else [path]

    return list(inside(ROOT))


def contents(path: Path) -> Iterator[str]:
    """The text of a file; of a workbook or document the text of each part."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            yield from (package.read(part).decode("utf-8", errors="ignore") for part in package.namelist())
    else:
        yield path.read_bytes().decode("utf-8", errors="ignore")


def machine_traces(text: str) -> list[str]:
    """What in a text belongs to one computer or to the place packages come from, and not to the project."""
    return [host for host in HOSTS if host in text] + MACHINE_FOLDER.findall(text)


@pytest.mark.parametrize("folder", ["home", "root", "work", "Users"])
def test_a_folder_of_a_machine_is_recognised(folder):
    assert machine_traces(f'path = "/{folder}/someone/file"')
    assert not machine_traces(f"https://example.nl/{folder}/page and a/{folder}/b")


def test_no_file_speaks_of_the_machine_it_was_made_on():
    traces = {
        name(path): found
        for path in repository_files()
        for text in contents(path)
        if (found := machine_traces(text))
    }
    assert traces == {}


# --- types ---


def test_mypy_is_strict_in_every_room():
    assert dict(SETUP["mypy"]) == {"python_version": "3.11", "strict": "True"}
    sections = [section for section in SETUP.sections() if section.startswith("mypy-")]
    assert [section for section in sections if section.startswith("mypy-toolkit")] == []
    text = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    for section in sections:
        assert dict(SETUP[section]) == {"ignore_missing_imports": "True"}
        assert f"[{section}]\n# " in text, f"{section} has no reason"


def silenced(code: str) -> list[str]:
    """What keeps mypy from looking: an ignore without a code, and a type that fits everything."""
    names = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    return [*re.findall(r"#.*type: ignore(?!\[)", code), *sorted(names & {"Any", "cast"})]


def test_silenced_types_are_recognised():
    assert silenced("def f(a: Any) -> int:\n    return a  # type: ignore\n") == ["# type: ignore", "Any"]
    assert silenced("x = y  # type: ignore[index]\n") == []


@pytest.mark.parametrize("path", sorted((ROOT / "toolkit").rglob("*.py")), ids=name)
def test_no_type_is_silenced(path):
    assert silenced(path.read_text(encoding="utf-8")) == []


# --- packaging ---


def test_the_packages_that_exist_are_found():
    folders = {path.parent for base in FOLDERS.values() for path in (ROOT / base).rglob("*.py")}
    assert {name(folder) for folder in folders} == {name(folder_of(package)) for package in PACKAGES}
    assert [package for package in PACKAGES if not (folder_of(package) / "__init__.py").exists()] == []


def test_package_data_holds_exactly_the_files_beside_the_modules():
    taken = {
        (named, pattern): {path for package in packages for path in folder_of(package).glob(pattern)}
        for named, patterns in PACKAGE_DATA.items()
        for packages in [PACKAGES if named == "*" else [named]]
        for pattern in patterns
    }
    assert [pattern for pattern, files in taken.items() if not files] == [], "patterns without a file"
    bases = [ROOT / base for base in FOLDERS.values()]
    beside = {
        path for path in repository_files() if path.suffix != ".py" and any(map(path.is_relative_to, bases))
    }
    assert sorted(map(name, beside - set().union(*taken.values()))) == [], "files that the package leaves out"
