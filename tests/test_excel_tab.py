"""The tab Wijkbaten keeps the rules of Excel, and says in Dutch what each button does."""

from xml.etree import ElementTree

import pytest
from ribbon_rules import NAMESPACE, breaches

from toolkit.app import ribbon
from toolkit.app.excel import shipped, tab
from toolkit.words.vocabulary import table

DESCRIPTION = tab.description()
BUTTONS = ["herbereken", "controleer", "onzekerheid", "terugzetten", "brief", "herleid", "nieuw", "help"]


def buttons() -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(DESCRIPTION).iter(f"{NAMESPACE}button"))


def test_the_tab_keeps_the_rules():
    assert breaches(DESCRIPTION) == []


def test_the_tab_of_the_template_keeps_the_rules_too():
    """Excel takes that one: rules that it breaks would be too strict."""
    assert breaches(shipped.template()["customUI/customUI.xml"]) == []


@pytest.mark.parametrize(
    ("old", "new", "breach"),
    [
        ('size="large"', 'size="groot"', "button: size cannot be 'groot'"),
        ('size="large"', 'sizes="large"', "button: unknown attribute sizes"),
        ('keytip="H"', 'keytip="HERB"', "button: keytip cannot be 'HERB'"),
        ('keytip="H"', 'keytip="C"', "key tip C occurs 2 times"),
        ('keytip="H"', 'keytip="CX"', "key tip C is the start of another"),
        ('id="herbereken"', 'id="controleer"', "id controleer occurs 2 times"),
        ('id="herbereken"', 'id="1e"', "button: id cannot be '1e'"),
        ('id="herbereken" ', "", "button: needs exactly one id"),
        ('label="Herbereken"', 'label=""', "button: label cannot be ''"),
        ('imageMso="Undo"', 'imageMso="Undo" image="eigen"', "button: more than one image"),
        ("<ribbon>", "<ribbon><knop/>", f"ribbon: {NAMESPACE}knop does not belong there"),
        ("<tabs>", "<tabs>tekst", "tabs: text 'tekst'"),
        (
            "2006/01",
            "2009/07",
            "{http://schemas.microsoft.com/office/2009/07/customui}customUI is not customUI of 2006",
        ),
    ],
)
def test_a_mistake_in_the_tab_is_recognised(old, new, breach):
    spoiled = DESCRIPTION.decode().replace(old, new, 1)
    assert spoiled != DESCRIPTION.decode()
    assert breach in breaches(spoiled.encode())


def test_every_button_is_there_under_the_name_that_python_knows():
    assert [button.get("id") for button in buttons()] == BUTTONS
    assert set(table("excel")["buttons"]) == set(BUTTONS)


def test_every_button_of_the_tab_does_something_and_the_other_way_round():
    assert set(BUTTONS) == set(ribbon.BUTTONS)


def test_every_button_has_a_label_a_picture_and_two_tips():
    for button in buttons():
        assert button.get("imageMso")
        assert len(button.get("label")) <= 20
        assert button.get("screentip") != button.get("supertip")
        assert button.get("supertip").endswith(".")
        assert button.get("onAction") == f"{tab.MODULE}.{tab.CALLBACK}"


def test_all_words_of_the_tab_are_used():
    said = DESCRIPTION.decode()
    words = table("excel")
    assert set(words["groups"]) == set(tab.GROUPS)
    for label in (*words["groups"].values(), words["tab"]["label"]):
        assert f'label="{label}"' in said
