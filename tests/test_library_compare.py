"""Two libraries side by side: what differs, and what the difference does to an outcome."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from forms import examples
from library_books import BUILT_IN, book, mistakes, opened
from python_calamine import CalamineWorkbook

from toolkit.app import cli, walk
from toolkit.app.library_effect import effect
from toolkit.kengetallen.comparison import FIRST_DAYS, Difference, checksum, compare
from toolkit.method.appraisal import appraise_study
from toolkit.workbook.reading.reader import read
from toolkit.workbook.sheetfile import Package

FOLDER = Path(str(resources.files("toolkit.kengetallen")))


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


# --- what is no library ---


def test_another_workbook_is_no_library(tmp_path):
    form = examples(tmp_path) / "de_kade.xlsx"
    assert "De tabel 'Kengetallen' staat niet in dit bestand" in mistakes(form)[0]


@pytest.mark.parametrize("name", ["weg.xlsx", "onzin.xlsx"])
def test_a_file_that_is_no_workbook_gets_a_sentence(name, tmp_path):
    (tmp_path / "onzin.xlsx").write_bytes(b"geen werkmap")
    assert len(mistakes(tmp_path / name)) == 1


def test_a_folder_with_a_mistake_gets_a_sentence(tmp_path):
    told = [line.split(": ", 1)[1] for line in mistakes(tmp_path)]
    assert told == [
        f"Het bestand {name}.toml ontbreekt in de map met kengetallen. Zet het terug."
        for name in ("changes", "zonder_prijs", "index", "peers")
    ]


def test_a_folder_tells_the_mistakes_of_all_its_files_in_dutch(tmp_path):
    made = toml_folder(tmp_path, "index.toml", "year = 2015, change = 0.6", "year = 2014, change = 0.6")
    for file, old, new in (
        ("werk.toml", "low = 14870", 'low = "veel"'),
        ("schulden.toml", 'kind = "welvaart"', 'kind = "winst"'),
    ):
        text = (made / file).read_text(encoding="utf-8")
        (made / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [line.removeprefix(f"{made}: ") for line in mistakes(made)] == [
        "Prijsindex cpi: het jaar 2014 staat er meer dan één keer. Dan is niet te zeggen welk percentage "
        "geldt. Laat er één staan.",
        "Prijsindex cpi: het jaar 2015 ontbreekt. Zonder dat jaar zijn bedragen niet van het ene naar het "
        "andere jaar te brengen. Vul het jaar met zijn percentage en bron aan.",
        'werk_minimumloon: bij "low" staat veel; dat past daar niet. Er hoort een getal. Verbeter de waarde.',
        'schuld_voorkomen: bij "kind" staat winst; dat is niet een van de keuzes. Kies uit: welvaart, '
        "overdracht, uit_kosten.",
    ]


# --- what differs ---


def toml_folder(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The library as a folder of TOML files, one text in it replaced."""
    made = tmp_path / "map"
    made.mkdir(parents=True)
    for source in FOLDER.glob("*.toml"):
        shutil.copyfile(source, made / source.name)
    text = (made / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (made / file).write_text(text.replace(old, new), encoding="utf-8")
    return made


def test_every_trait_that_differs_is_named_with_both_values(tmp_path):
    path = book(tmp_path, wmo_begeleiding__amount=70, wmo_begeleiding__low=60, wmo_begeleiding__grade="C")
    found = compare(BUILT_IN, opened(path))
    assert found.changed == {
        "wmo_begeleiding": (
            Difference("amount", 71.0, 70.0),
            Difference("low", 66.0, 60.0),
            Difference("grade", "B", "C"),
        )
    }


def test_the_index_and_what_can_be_picked_are_compared_too(tmp_path):
    priced = opened(
        toml_folder(tmp_path / "a", "index.toml", "year = 2023, change = 3.8", "year = 2023, change = 4.8")
    )
    assert compare(BUILT_IN, priced).index == (("cpi", 2023, 3.8, 4.8),)
    name = next(iter(BUILT_IN.changes.values())).name
    renamed = opened(
        toml_folder(tmp_path / "b", "changes.toml", f'name = "{name}"', f'name = "{name} (nieuw)"')
    )
    assert compare(BUILT_IN, renamed).changes == {
        f"{name} (nieuw)": (Difference("name", name, f"{name} (nieuw)"),)
    }


def test_amounts_of_earlier_years_are_compared_day_by_day(tmp_path, capsys):
    made = toml_folder(
        tmp_path, "gezondheid.toml", "from = 2024-01-01, amount = 190", "from = 2024-01-01, amount = 180"
    )
    found = compare(BUILT_IN, opened(made))
    assert found.changed == {"eigen_risico": (Difference("amount", 190.0, 180.0, date(2024, 1, 1)),)}
    assert checksum(opened(made)) != checksum(BUILT_IN)
    _, out, _ = run(capsys, "kengetallen", "vergelijk", "ingebouwd", made)
    assert "Bedrag (vanaf 1-1-2024): 190 wordt 180" in out


def test_a_changed_row_holds_in_every_year_and_that_is_told(tmp_path, capsys):
    path = book(tmp_path, eigen_risico__amount=200)
    found = compare(BUILT_IN, opened(path)).changed["eigen_risico"]
    days = [date(year, 1, 1) for year in (2024, 2025, 2026)]
    assert found == (Difference("amount", 190.0, 200.0), Difference(FIRST_DAYS, days, days[2:]))
    assert opened(path).at(2024).unit_values["eigen_risico"].amount.mode == 200
    _, out, _ = run(capsys, "kengetallen", "vergelijk", "ingebouwd", path)
    assert "Bedragen vanaf: 1-1-2024, 1-1-2025, 1-1-2026 wordt 1-1-2026" in out


def test_a_row_that_was_left_alone_keeps_the_amounts_of_earlier_years(tmp_path):
    library = opened(book(tmp_path, wmo_begeleiding__amount=70))
    assert library.entries["werk_minimumloon"] == BUILT_IN.entries["werk_minimumloon"]
    assert library.at(2025).unit_values["werk_minimumloon"].amount.mode == (28426 + 29113) / 2


# --- what it does ---


def effects(tmp_path: Path, path: Path):
    old, new = BUILT_IN, opened(path)
    before, _ = walk.load_portfolio(examples(tmp_path / "studie") / "portefeuille.xlsx", old)
    after, _ = walk.assemble(before.raw, before.forms, new)
    return effect(before, after, old, new, compare(old, new))


def test_each_unit_value_gets_its_part_the_largest_first_and_the_rest_is_interplay(tmp_path):
    path = book(
        tmp_path,
        wmo_begeleiding__amount=75,
        schuld_voorkomen__amount=5000,
        schuld_voorkomen__max_duration=2,
        opvangplek__source="een ander rapport",
    )
    found = effects(tmp_path, path)
    names = [name for name, _ in found.parts]
    assert names == ["schuld_voorkomen", "wmo_begeleiding"]
    assert [amount > 0 for _, amount in found.parts] == [False, True]
    assert sum(amount for _, amount in found.parts) + found.interplay == pytest.approx(found.difference)
    assert found.interplay == pytest.approx(0, abs=0.01)
    assert sum(found.new.groups.values()) == pytest.approx(found.new.benefits)


def test_an_amount_and_the_index_strengthen_each_other_and_that_is_interplay(tmp_path):
    made = toml_folder(tmp_path, "index.toml", "year = 2025, change = 5.0", "year = 2025, change = 15.0")
    text = (made / "ondersteuning.toml").read_text(encoding="utf-8")
    assert text.count("amount = 71\n") == 1
    (made / "ondersteuning.toml").write_text(text.replace("amount = 71\n", "amount = 80\n"), encoding="utf-8")
    found = effects(tmp_path, made)
    assert {name for name, _ in found.parts} == {"index", "wmo_begeleiding"}
    part = dict(found.parts)["wmo_begeleiding"]
    assert found.interplay == pytest.approx(part * (1.15 / 1.05 - 1), rel=1e-6)


def test_what_only_moves_between_groups_is_a_part_of_nothing(tmp_path):
    path = book(tmp_path, wmo_begeleiding__shares="wijkbewoners=1")
    found = effects(tmp_path, path)
    assert found.parts == (("wmo_begeleiding", pytest.approx(0, abs=1e-6)),)
    assert found.new.groups["overheid"] < found.old.groups["overheid"]


def test_what_the_municipality_confirmed_holds_with_both_libraries(tmp_path):
    study = examples(tmp_path / "studie") / "portefeuille.xlsx"
    raw = read(study, walk.PORTFOLIO)
    package = Package(study)
    for column, value in {"own_amount": 66, "price_year": 2023, "confirmation": "eigen tarief"}.items():
        package.set(*raw.answers["ET-01", column].where.split("!"), value)
    package.save(study)
    new = opened(book(tmp_path, wmo_begeleiding__amount=80))
    totals = {
        walk.compute(walk.load_portfolio(study, used)[0], 1000).outcome.benefits_pv for used in (None, new)
    }
    assert len({round(total, 6) for total in totals}) == 1


# --- the commands ---


def test_the_command_tells_what_differs_and_what_it_does(tmp_path, capsys):
    path = book(tmp_path, wmo_begeleiding__amount=70)
    study = examples(tmp_path / "studie") / "portefeuille.xlsx"
    code, out, _ = run(capsys, "kengetallen", "vergelijk", "ingebouwd", path, "--portefeuille", study)
    assert code == 0
    text = out.replace("\u00a0", " ")
    assert "Individuele begeleiding (Wmo) minder nodig (wmo_begeleiding)\n  Bedrag: 71 wordt 70" in text
    for line in ("Totale baten", "Overheid", "Totale kosten", "Baten per geïnvesteerde euro", "Samenspel"):
        assert line in text
    before, after, change = amounts(next(line for line in text.splitlines() if "Totale baten" in line))
    assert after == total_with(path, study) < before
    assert abs(after - before - change) <= 1


def amounts(line: str) -> list[int]:
    """The euros in a line, with their sign."""
    found = re.findall(r"([-+]?)€ ([\d.]+)", line)
    return [int(f"{sign}{digits.replace('.', '')}") for sign, digits in found]


def total_with(library: Path, study: Path) -> int:
    """The total benefits of a study with another library, in whole euros."""
    loaded, _ = walk.load_portfolio(study, opened(library))
    return round(appraise_study(loaded.portfolio, loaded.library.index).benefits_pv)


def test_leaving_one_out_means_the_built_in_library(tmp_path, capsys):
    code, out, _ = run(capsys, "kengetallen", "vergelijk", book(tmp_path))
    assert code == 0
    assert "De kengetallen zijn gelijk." in out
    code, out, _ = run(capsys, "kengetallen", "vergelijk", book(tmp_path, wmo_begeleiding__amount=70))
    assert "Bedrag: 70 wordt 71" in out


def test_added_and_removed_unit_values_are_named(tmp_path, capsys):
    made = toml_folder(tmp_path, "ondersteuning.toml", "# Support", "# Support")
    text = (made / "ondersteuning.toml").read_text(encoding="utf-8")
    extra = text[text.index("[[kengetal]]") : text.index("[[kengetal]]", text.index("[[kengetal]]") + 5)]
    extra = extra.replace('"wmo_begeleiding"', '"extra_begeleiding"')
    (made / "ondersteuning.toml").write_text(f"{text}\n{extra}", encoding="utf-8")
    _, out, _ = run(capsys, "kengetallen", "vergelijk", "ingebouwd", made)
    assert "Nieuw:\n  Individuele begeleiding (Wmo) minder nodig (extra_begeleiding)" in out
    _, out, _ = run(capsys, "kengetallen", "vergelijk", made)
    assert "Vervallen:\n  Individuele begeleiding (Wmo) minder nodig (extra_begeleiding)" in out


def test_a_library_with_a_mistake_stops_with_exit_code_one(tmp_path, capsys):
    path = book(tmp_path, wmo_begeleiding__amount=170)
    for arguments in (("kengetallen", "vergelijk", path), ("controleer", "weg.xlsx", "--kengetallen", path)):
        code, out, said = run(capsys, *arguments)
        assert (code, out) == (1, "")
        assert "wmo_begeleiding: het bedrag is 170 en valt buiten de bandbreedte" in said


def test_a_portfolio_with_a_mistake_is_told(tmp_path, capsys):
    code, _, said = run(
        capsys, "kengetallen", "vergelijk", book(tmp_path), "--portefeuille", tmp_path / "weg.xlsx"
    )
    assert code == 1
    assert "Dit bestand bestaat niet" in said


def test_a_municipality_computes_with_its_own_library_and_its_version_travels(tmp_path, capsys):
    path = book(tmp_path, wmo_begeleiding__amount=70)
    folder = examples(tmp_path / "in")
    code, out, _ = run(
        capsys, "portefeuille", folder / "portefeuille.xlsx", "--uit", tmp_path / "uit", "--kengetallen", path
    )
    assert code == 0
    expected = total_with(path, folder / "portefeuille.xlsx")
    assert f"{expected:,}".replace(",", ".") in out
    book_made = CalamineWorkbook.from_path(str(tmp_path / "uit" / "portefeuille.xlsx"))
    cells = [c for row in book_made.get_sheet_by_name("Versies").to_python() for c in row]
    version = f"2026-11-29 (kengetallen.xlsx, gewijzigd, controlegetal {checksum(opened(path))})"
    assert version in cells


def test_a_study_in_json_takes_the_library_that_is_given(tmp_path, capsys):
    effect_of = {"code": "E", "name": "E", "kengetal": "wmo_begeleiding", "inflow": [10]}
    document = {
        "study": {"name": "S", "first_year": 2025, "horizon": 1, "price_level": 2024, "activity_years": 1},
        "initiatives": [{"code": "A", "name": "A", "investments": [], "effects": [effect_of]}],
    }
    study = tmp_path / "studie.json"
    study.write_text(json.dumps(document), encoding="utf-8")
    path = book(tmp_path, wmo_begeleiding__amount=70)
    code, out, _ = run(capsys, "bereken", study, "--kengetallen", path)
    assert code == 0, out
    assert json.loads(out)["study"]["benefits_pv"] == pytest.approx(700)
