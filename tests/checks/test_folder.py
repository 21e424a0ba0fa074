"""Catalogues on the disk: lines of findings, files that cannot be read, files that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.checks.catalogues import find_in_folder
from studio.checks.returned import UnknownLanguageError, take_back
from studio.i18n import pofiles
from studio.i18n.locales import locale
from studio.i18n.pofiles import CatalogueError
from tests.i18n import checkout

if TYPE_CHECKING:
    from pathlib import Path

    from studio.checks.finding import Finding


def found(root: Path, tag: str) -> list[Finding]:
    return list(find_in_folder(root / "locales", [locale(tag)]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = checkout.make(tmp_path)
    for source, text in (
        ("Sign in", "Logga in"),
        ("Welcome to %(client)s", "Välkommen till %(client)s"),
        ("Back", "Tillbaka"),
        ("Sign out", "Logga ut"),
        ("%(code)s is your code", "%(code)s är din kod"),
    ):
        checkout.translate(made, "sv", source, text)
    plural = 'msgid_plural "%(num)s minutes"\nmsgstr[0] ""\nmsgstr[1] ""'
    done = plural.replace('[0] ""', '[0] "%(num)s minut"').replace(
        '[1] ""', '[1] "%(num)s minuter"'
    )
    checkout.edit(made, "sv", plural, done)
    return made


def sent_back(root: Path, old: str, new: str) -> Path:
    """Return the Swedish file as a translator sends it back, with something changed."""
    text = pofiles.path(root / "locales", locale("sv")).read_text("utf-8")
    assert old in text
    file = root / "returned.po"
    file.write_text(text.replace(old, new), "utf-8")
    return file


def test_a_finished_catalogue_has_no_findings(root: Path) -> None:
    assert found(root, "sv") == []


def test_an_untranslated_one_misses_every_text(root: Path) -> None:
    assert [one.check for one in found(root, "da")] == ["missing"] * 6


def test_a_finding_has_the_line_of_its_message(root: Path) -> None:
    checkout.edit(root, "sv", "Välkommen till %(client)s", "Välkommen")
    (finding,) = found(root, "sv")
    assert (finding.check, finding.file) == ("placeholders", "sv/LC_MESSAGES/connect.po")
    text = pofiles.path(root / "locales", locale("sv")).read_text("utf-8")
    assert text.splitlines()[finding.line - 1] == 'msgid "Welcome to %(client)s"'


def test_a_playbook_is_held_to(root: Path) -> None:
    playbook = "terms:\n  back:\n    use: Bakåt\n    avoid: [tillbaka]\n    reason: Shorter.\n"
    (root / "locales" / "sv" / "playbook.yaml").write_text(playbook, "utf-8")
    (finding,) = found(root, "sv")
    assert finding.check == "terms"
    assert finding.mend == 'Use "Bakåt". Shorter.'


def test_a_file_that_cannot_be_read_is_a_finding_with_its_place(root: Path) -> None:
    checkout.edit(root, "sv", 'msgstr "Tillbaka"', 'msgxyz "Tillbaka"')
    (finding,) = found(root, "sv")
    assert (finding.check, finding.file) == ("catalogue-file", "sv/LC_MESSAGES/connect.po")
    assert finding.line > 1
    (root / "locales" / "da" / "playbook.yaml").write_text("terms: []", "utf-8")
    (finding,) = found(root, "da")
    assert (finding.file, finding.line) == ("da/playbook.yaml", 1)


def test_what_comes_back_good_is_what_would_be_written(root: Path) -> None:
    file = sent_back(root, 'msgstr "Tillbaka"', 'msgstr "Gå tillbaka"')
    returned = take_back(file, root / "locales")
    assert returned.good
    assert returned.findings == ()
    place = pofiles.path(root / "locales", locale("sv"))
    assert set(returned.contents) == {place, place.with_suffix(".mo")}
    assert 'msgstr "Gå tillbaka"' in returned.contents[place].decode()
    assert "Gå tillbaka" not in place.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ('msgid "Back"', 'msgid "Backward"', "messages"),
        ('msgctxt "hello"', 'msgctxt "hej"', "messages"),
        ("till %(client)s", "till", "placeholders"),
        ("plural=(n != 1)", "plural=(n > 1)", "plural-forms"),
        ('msgstr "Tillbaka"', 'msgstr "Back"', "same-as-source"),
        ('msgstr "Tillbaka"', 'msgstr "Назад"', "script"),
    ],
)
def test_what_comes_back_wrong_is_not_taken(root: Path, old: str, new: str, check: str) -> None:
    returned = take_back(sent_back(root, old, new), root / "locales")
    assert not returned.good
    assert check in {one.check for one in returned.findings}


def test_work_left_to_do_does_not_keep_the_rest_from_being_taken(root: Path) -> None:
    file = sent_back(root, 'msgstr "Tillbaka"', 'msgstr ""')
    assert take_back(file, root / "locales").good


def test_a_file_in_no_known_language_or_no_catalogue(root: Path) -> None:
    with pytest.raises(UnknownLanguageError, match='Language: "fi"; allowed are bg, bn'):
        take_back(sent_back(root, "Language: sv", "Language: fi"), root / "locales")
    with pytest.raises(UnknownLanguageError, match="names no Language"):
        take_back(sent_back(root, '"Language: sv\\n"\n', ""), root / "locales")
    with pytest.raises(CatalogueError, match=r"returned\.po:\d+: "):
        take_back(sent_back(root, 'msgstr "Tillbaka"', "nothing"), root / "locales")
