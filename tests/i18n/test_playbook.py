from __future__ import annotations

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from studio.i18n.glossary import FORMATS
from studio.i18n.locales import LOCALES, locale
from studio.i18n.playbook import Playbook, PlaybookError, load, parse, path
from studio.resources import folder

TEXT = """\
terms:
  sign in:
    use: Logga in
    avoid: [no, Signa in]
    reason: The usual one; with "a|b".
  back:
    use: Tillbaka
    avoid: []
    reason: Short.
"""
SWEDISH = locale("sv")
NAMESPACE = {"tbx": "urn:iso:std:iso:30042:ed-2"}


def test_terms_are_read_with_their_lines() -> None:
    first, second = parse(TEXT, "playbook.yaml", SWEDISH).terms
    assert (first.name, first.use, first.avoid, first.line) == (
        "sign in", "Logga in", ("no", "Signa in"), 2,
    )  # fmt: skip
    assert (second.name, second.avoid, second.line) == ("back", (), 6)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("terms:\n", "words:\n", 'p.yaml:1:1 a playbook is a mapping with one key, "terms"'),
        ("    use: Logga in\n", "", "p.yaml:3:5 sign in.use: is missing"),
        ("reason: Short", "why: Short", "back.why: unknown key; allowed: use, avoid, reason"),
        ("avoid: []", "avoid: Bak", "p.yaml:8:12 back.avoid: has to be a list, such as [a, b]"),
        ("avoid: []", "avoid: [[a]]", "back.avoid: holds something that is not a text"),
        ("avoid: []", "avoid: [tillbaka]", 'back.avoid: "tillbaka" is also what to use'),
        ("  back:", "  sign in:", "p.yaml:6:3 sign in: is there twice; remove one"),
        ("use: Tillbaka", "use: ''", "p.yaml:7:10 back.use: has to be a text"),
        ("[no, Signa in]", "[no, Signa in", "this is not YAML"),
    ],
)
def test_each_mistake_is_told_with_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(PlaybookError) as error:
        parse(TEXT.replace(old, new), "p.yaml", SWEDISH)
    assert says in str(error.value)


@pytest.mark.parametrize("text", ["", "terms: 3", "terms:\n  back: 3", "- a", "\x00"])
def test_what_is_no_playbook(text: str) -> None:
    with pytest.raises(PlaybookError, match=r"^p\.yaml:"):
        parse(text, "p.yaml", SWEDISH)


def test_all_mistakes_are_told_at_once() -> None:
    text = TEXT.replace("use: Logga in", "").replace("reason: Short.", "")
    with pytest.raises(PlaybookError) as error:
        parse(text, "p.yaml", SWEDISH)
    assert len(str(error.value).splitlines()) == 2


def test_the_playbooks_that_come_with_the_program_can_be_read() -> None:
    for one in LOCALES:
        playbook = load(folder("locales"), one.tag)
        assert bool(playbook.terms) is path(folder("locales"), one).is_file()
    names = {term.name for term in load(folder("locales"), "en").terms}
    assert {"sign in", "sign out", "signed in as", "signed in with", "manage account"} <= names
    assert {"account settings", "app settings", "phone number", "password"} <= names


def test_markdown_has_a_table_for_each_language() -> None:
    playbook = parse(TEXT, "playbook.yaml", SWEDISH)
    text = FORMATS["md"]([playbook, Playbook(locale=locale("da"))])
    assert '| sign in | Logga in | no, Signa in | The usual one; with "a\\|b". |' in text
    assert "# Danish (da)\n\nNo terms are chosen yet.\n" in text


def test_csv_can_be_read_back() -> None:
    rows = list(csv.reader(io.StringIO(FORMATS["csv"]([parse(TEXT, "p.yaml", SWEDISH)]))))
    assert rows[0] == ["locale", "term", "use", "avoid", "reason"]
    assert rows[1] == ["sv", "sign in", "Logga in", "no; Signa in", 'The usual one; with "a|b".']


def test_tbx_has_a_concept_for_each_term_with_its_languages() -> None:
    swedish = parse(TEXT, "p.yaml", SWEDISH)
    text = FORMATS["tbx"]([swedish, replace(swedish, locale=locale("da"))])
    root = ET.fromstring(text)  # noqa: S314  written by the program itself
    assert root.get("type") == "TBX-Basic"
    concepts = root.findall(".//tbx:conceptEntry", NAMESPACE)
    assert [one.get("id") for one in concepts] == ["c1", "c2"]
    sections = concepts[0].findall("tbx:langSec", NAMESPACE)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [one.get(lang) for one in sections] == ["sv", "da"]
    statuses = [
        (one.findtext("tbx:term", "", NAMESPACE), one.findtext("tbx:termNote", "", NAMESPACE))
        for one in sections[0].findall("tbx:termSec", NAMESPACE)
    ]
    assert statuses == [
        ("Logga in", "preferredTerm-admn-sts"),
        ("no", "deprecatedTerm-admn-sts"),
        ("Signa in", "deprecatedTerm-admn-sts"),
    ]
