from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment

from studio import resources
from studio.i18n.catalogues import Catalogue, Catalogues, Completeness, pgettext_noop
from studio.i18n.locales import TAGS, UnknownLocaleError
from tests.i18n import checkout

if TYPE_CHECKING:
    from pathlib import Path

_NO_FORMS = 'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""'
_FORMS = 'msgstr[0] "%(num)s minut"\nmsgstr[1] "%(num)s minuta"\nmsgstr[2] "%(num)s minuta."'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder `locales/` with a little Norwegian and Serbian."""
    checkout.make(tmp_path)
    checkout.translate(tmp_path, "nb", "Sign in", "Logg inn")
    checkout.translate(tmp_path, "nb", "Back", "Tilbake")
    checkout.translate(tmp_path, "nb", "Welcome to %(client)s", "Velkommen til %(client)s")
    checkout.edit(tmp_path, "sr-Latn", _NO_FORMS, _FORMS)
    checkout.bring_up_to_date(tmp_path)
    return tmp_path / "locales"


@pytest.fixture
def norwegian(folder: Path) -> Catalogue:
    return Catalogues(folder).load("nb")


def test_what_is_translated_is_read(norwegian: Catalogue) -> None:
    assert norwegian.pgettext("title", "Sign in") == "Logg inn"
    assert norwegian.gettext("Back") == "Tilbake"
    assert not norwegian.missing("title", "Sign in")
    assert not norwegian.missing(None, "Back")


def test_what_is_missing_is_english_and_told(norwegian: Catalogue) -> None:
    assert norwegian.pgettext("title", "Sign out") == "Sign out"
    assert norwegian.gettext("Sign in") == "Sign in"
    assert norwegian.ngettext("%(num)s try", "%(num)s tries", 1) == "%(num)s try"
    assert norwegian.npgettext("wait", "%(num)s minute", "%(num)s minutes", 1) == "%(num)s minute"
    assert norwegian.npgettext("wait", "%(num)s minute", "%(num)s minutes", 0) == "%(num)s minutes"
    assert norwegian.missing("title", "Sign out")
    assert norwegian.missing(None, "Sign in")
    assert norwegian.missing("wait", "%(num)s minute")


@pytest.mark.parametrize(
    ("n", "words"), [(1, "minut"), (3, "minuta"), (5, "minuta."), (21, "minut")]
)
def test_countable_texts_have_the_forms_of_their_language(folder: Path, n: int, words: str) -> None:
    serbian = Catalogues(folder).load("sr-Latn")
    text = serbian.npgettext("wait", "%(num)s minute", "%(num)s minutes", n)
    assert text == f"%(num)s {words}"
    assert not serbian.missing("wait", "%(num)s minute")


def test_english_misses_nothing(folder: Path) -> None:
    english = Catalogues(folder).load("en")
    assert not english.missing("title", "Sign in")
    assert not english.missing("wait", "%(num)s minute")
    assert english.missing("title", "No such text")


def test_a_language_that_was_never_compiled_misses_everything(tmp_path: Path) -> None:
    catalogue = Catalogues(tmp_path).load("my")
    assert catalogue.missing("title", "Sign in")
    assert catalogue.pgettext("title", "Sign in") == "Sign in"


def test_a_catalogue_is_read_once(folder: Path) -> None:
    catalogues = Catalogues(folder)
    assert catalogues.load("nb") is catalogues.load("nb")
    assert catalogues.load("nb").locale.tag == "nb"


def test_jinja_speaks_through_a_catalogue(norwegian: Catalogue) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    # Put there by the extension.
    environment.install_gettext_translations(norwegian, newstyle=True)  # type: ignore[attr-defined]
    page = environment.from_string(checkout.START).render(client="A<B", minutes=2)
    assert "<h1>Logg inn</h1>" in page
    assert "<p>Velkommen til A&lt;B</p>" in page
    assert "<p>2 minutes</p>" in page
    assert "<p>Tilbake</p>" in page


def test_a_marked_text_is_looked_up_later(norwegian: Catalogue) -> None:
    assert norwegian.pgettext(*pgettext_noop("title", "Sign in")) == "Logg inn"


@pytest.mark.parametrize(
    ("tag", "translated"), [("en", 6), ("nb", 3), ("sr-Latn", 1), ("ur-PK", 0)]
)
def test_completeness_is_counted_against_the_template(
    folder: Path, tag: str, translated: int
) -> None:
    counted = Catalogues(folder).completeness(tag)
    assert counted == Completeness(messages=6, translated=translated)


def test_doubtful_and_foreign_texts_do_not_count(folder: Path) -> None:
    root = folder.parent
    checkout.edit(
        root, "nb", 'msgctxt "title"\nmsgid "Sign in"', '#, fuzzy\nmsgctxt "title"\nmsgid "Sign in"'
    )
    checkout.edit(root, "nb", 'msgid "Back"', 'msgid "Not in the template"')
    assert Catalogues(folder).completeness("nb") == Completeness(messages=6, translated=1)


def test_a_folder_without_a_catalogue_has_none_translated(folder: Path) -> None:
    (folder / "th" / "LC_MESSAGES" / "connect.po").unlink()
    assert Catalogues(folder).completeness("th") == Completeness(messages=6, translated=0)


def test_a_tag_of_no_language_is_refused(folder: Path) -> None:
    with pytest.raises(UnknownLocaleError):
        Catalogues(folder).load("../en")
    with pytest.raises(UnknownLocaleError):
        Catalogues(folder).completeness("nn")


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_comes_with_the_program(tag: str) -> None:
    folder = resources.folder("locales")
    assert Catalogues(folder).load(tag).locale.tag == tag
    assert (folder / tag / "LC_MESSAGES" / "connect.mo").is_file()


def test_english_comes_complete() -> None:
    counted = Catalogues(resources.folder("locales")).completeness("en")
    assert 0 < counted.messages == counted.translated
