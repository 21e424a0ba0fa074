from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.i18n import pofiles
from studio.i18n.locales import LOCALES, Locale, locale
from studio.i18n.pofiles import CatalogueError, StableCatalog, merged, mo_bytes, po_bytes

if TYPE_CHECKING:
    from pathlib import Path


def _template(*texts: str) -> StableCatalog:
    template = StableCatalog(None)
    for text in texts:
        template.add(text, "", context="title")
    return template


def _po(tmp_path: Path, body: str, tag: str = "nb") -> Path:
    file = tmp_path / "connect.po"
    file.write_bytes(po_bytes(StableCatalog(locale(tag))) + f"\n{body}".encode())
    return file


@pytest.mark.parametrize("each", LOCALES, ids=lambda each: each.tag)
def test_a_header_says_language_direction_and_plural_forms(each: Locale) -> None:
    lines = po_bytes(StableCatalog(each)).decode().splitlines()
    assert f'"Language: {each.babel_id}\\n"' in lines
    assert f'"X-Text-Direction: {each.direction}\\n"' in lines
    assert f'"Plural-Forms: {each.plural_forms}\\n"' in lines


@pytest.mark.parametrize("each", LOCALES, ids=lambda each: each.tag)
def test_what_is_written_is_read_and_written_alike(each: Locale, tmp_path: Path) -> None:
    template = StableCatalog(None)
    template.add(("%(num)s try", "%(num)s tries"), "", context="wait")
    first = po_bytes(merged(template, StableCatalog(each), each))
    (tmp_path / "connect.po").write_bytes(first)
    again = merged(template, pofiles.read(tmp_path / "connect.po"), each)
    assert po_bytes(again) == first
    assert first.decode().count("msgstr[") == each.plural_count


def test_english_says_what_its_sources_say() -> None:
    template = _template("Back")
    template.add(("%(num)s try", "%(num)s tries"), "")
    english = merged(template, StableCatalog(locale("en")), locale("en"))
    assert [message.string for message in pofiles.messages(english)] == [
        "Back",
        ("%(num)s try", "%(num)s tries"),
    ]


def test_a_translation_outlives_its_source_text_and_comes_back_with_it(tmp_path: Path) -> None:
    file = _po(tmp_path, '# mine\nmsgctxt "title"\nmsgid "Back"\nmsgstr "Tilbake"\n')
    nb = locale("nb")
    gone = po_bytes(merged(_template("Next"), pofiles.read(file), nb))
    assert b'#~ msgid "Back"\n#~ msgstr "Tilbake"' in gone
    file.write_bytes(gone)
    back = po_bytes(merged(_template("Next", "Back"), pofiles.read(file), nb))
    assert b'\nmsgctxt "title"\nmsgid "Back"\nmsgstr "Tilbake"' in back
    assert b"#~" not in back


def test_a_doubt_stays_with_its_translation_and_is_never_lost(tmp_path: Path) -> None:
    file = _po(tmp_path, '#, fuzzy\nmsgctxt "title"\nmsgid "Back"\nmsgstr "Bak"\n')
    nb = locale("nb")
    assert b"#, fuzzy\n" in po_bytes(merged(_template("Back"), pofiles.read(file), nb))
    assert b"Bak" not in po_bytes(merged(_template("Next"), pofiles.read(file), nb))


def test_the_same_text_in_another_context_is_another_text(tmp_path: Path) -> None:
    file = _po(tmp_path, 'msgctxt "button"\nmsgid "Back"\nmsgstr "Tilbake"\n')
    (message,) = pofiles.messages(merged(_template("Back"), pofiles.read(file), locale("nb")))
    assert not pofiles.is_translated(message)


def test_a_file_that_is_not_gettext_is_refused_with_its_place(tmp_path: Path) -> None:
    file = _po(tmp_path, 'msgid "Back"\nmsgstr "Tilbake"\nno such thing\n')
    line = file.read_text("utf-8").splitlines().index("no such thing") + 1
    with pytest.raises(CatalogueError, match=rf"connect\.po:{line}: "):
        pofiles.read(file)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = _po(tmp_path, "")
    file.write_bytes(file.read_bytes() + b'\nmsgid "Back"\nmsgstr "\xff"\n')
    with pytest.raises(CatalogueError, match=r"connect\.po: "):
        pofiles.read(file)


def test_compiling_leaves_out_what_is_not_translated(tmp_path: Path) -> None:
    body = (
        'msgid "Back"\nmsgstr "Tilbake"\n\n'
        'msgid "Next"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Show"\nmsgstr "Vis"\n\n'
        'msgid "a try"\nmsgid_plural "tries"\nmsgstr[0] "forsøk"\nmsgstr[1] ""\n'
    )
    compiled = mo_bytes(pofiles.read(_po(tmp_path, body)), locale("nb"))
    assert b"Tilbake" in compiled
    for absent in (b"Next", b"Show", b"a try"):
        assert absent not in compiled


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Welcome to %(client)s", "Velkommen til %(client)s"),
        ("%(a)s and %(b)s", "%(b)s og %(a)s"),
        ("Back", "Tilbake"),
        ("100 %%", "100 %%"),
    ],
)
def test_a_translation_with_the_same_placeholders_is_fine(
    source: str, translation: str, tmp_path: Path
) -> None:
    file = _po(tmp_path, f'msgid "{source}"\nmsgstr "{translation}"\n')
    assert pofiles.faults(pofiles.read(file), locale("nb")) == []


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("Welcome to %(client)s", "Velkommen", "placeholders are ['client']"),
        ("Welcome to %(client)s", "Velkommen til %(klient)s", "placeholders are ['client']"),
        ("Welcome to %(client)s", "%(client)s %(code)s", "placeholders are ['client']"),
        ("Welcome to %(client)s", "%(client)", "per cent"),
        ("Back", "100 %", "per cent"),
    ],
)
def test_a_translation_that_would_break_its_page_is_told(
    source: str, translation: str, fault: str, tmp_path: Path
) -> None:
    file = _po(tmp_path, f'msgid "{source}"\nmsgstr "{translation}"\n')
    (told,) = pofiles.faults(pofiles.read(file), locale("nb"))
    assert told.startswith(f"{source!r}: ")
    assert fault in told


def test_a_singular_may_leave_the_number_out(tmp_path: Path) -> None:
    body = (
        'msgid "one try"\nmsgid_plural "%(num)s tries"\n'
        'msgstr[0] "ett forsøk"\nmsgstr[1] "%(num)s forsøk"\n'
    )
    assert pofiles.faults(pofiles.read(_po(tmp_path, body)), locale("nb")) == []


def test_a_wrong_number_of_plural_forms_is_told(tmp_path: Path) -> None:
    body = 'msgid "a try"\nmsgid_plural "tries"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    catalogue = pofiles.read(_po(tmp_path, body))
    assert pofiles.faults(catalogue, locale("sr-Latn")) == [
        "'a try': has 2 plural forms instead of 3"
    ]
