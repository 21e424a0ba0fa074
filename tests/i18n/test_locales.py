from __future__ import annotations

import string
from gettext import c2py

import pytest
from babel import Locale as CldrLocale
from babel.plural import to_gettext
from hypothesis import given
from hypothesis import strategies as st

from studio.i18n.locales import LOCALES, SOURCE, TAGS, Locale, UnknownLocaleError, locale, match


def test_there_are_fourteen_in_alphabetical_order() -> None:
    assert len(TAGS) == 14
    assert list(TAGS) == sorted(TAGS)
    assert SOURCE in TAGS


@pytest.mark.parametrize("each", LOCALES, ids=lambda each: each.tag)
def test_plural_forms_are_those_of_cldr(each: Locale) -> None:
    # Babel's stubs leave the function untyped.
    cldr = to_gettext(CldrLocale.parse(each.babel_id).plural_form)  # type: ignore[no-untyped-call]
    assert cldr.startswith(f"nplurals={each.plural_count};")
    assert _forms(each.plural_forms) == _forms(cldr)


def _forms(header: str) -> list[int]:
    rule = c2py(header.split("plural=")[1].rstrip(";"))
    return [rule(n) for n in range(1000)]


@pytest.mark.parametrize("each", LOCALES, ids=lambda each: each.tag)
def test_script_and_direction_are_those_of_cldr(each: Locale) -> None:
    cldr = CldrLocale.parse(each.babel_id)
    assert cldr.text_direction == each.direction
    assert cldr.script in {None, each.script}


def test_only_urdu_runs_from_right_to_left() -> None:
    assert [each.tag for each in LOCALES if each.direction == "rtl"] == ["ur-PK"]


def test_an_unknown_tag_is_told_with_those_allowed() -> None:
    with pytest.raises(UnknownLocaleError) as caught:
        locale("nn")
    assert isinstance(caught.value, LookupError)
    assert str(caught.value) == f"'nn' is not one of the languages; allowed are {', '.join(TAGS)}"


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("spell", [str, str.upper, str.lower, lambda tag: tag.replace("-", "_")])
def test_every_tag_matches_itself_in_any_spelling(tag: str, spell: type[str]) -> None:
    assert match([spell(tag)]) is locale(tag)


@pytest.mark.parametrize(
    ("preference", "tag"),
    [
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("no_NO", "nb"),
        ("in", "id"),
        ("in-ID", "id"),
        ("zsm", "ms"),
        ("ms-BN", "ms"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("cmn", "zh-Hans"),
        ("cmn-Hans-CN", "zh-Hans"),
        ("zh-Hant", None),
        ("zh-TW", None),
        ("zh-HK", None),
        ("zh-MO", None),
        ("cmn-TW", None),
        ("sr", "sr-Latn"),
        ("sr-RS", "sr-Latn"),
        ("sr-Cyrl-RS", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("sr-ME", "sr-Latn-ME"),
        ("sr_latn_me", "sr-Latn-ME"),
        ("sr-Cyrl-ME", "sr-Latn-ME"),
        ("sh-ME", "sr-Latn-ME"),
        ("cnr", "sr-Latn-ME"),
        ("cnr-ME", "sr-Latn-ME"),
        ("cnr-Latn", "sr-Latn-ME"),
        ("ur", "ur-PK"),
        ("ur-IN", "ur-PK"),
        ("bn-BD", "bn"),
        ("en-GB", "en"),
        ("th-TH-u-nu-thai", "th"),
        ("th-u-nu-thai-x-own", "th"),
        ("da-x-me", "da"),
        ("sr-x-me", "sr-Latn"),
        ("zh-x-tw", "zh-Hans"),
        (" nb ", "nb"),
        ("fr", None),
        ("x-nb", None),
        ("i-klingon", None),
        ("*", None),
        ("", None),
        ("-", None),
        ("---", None),
        ("नमस्ते", None),
        ("\x00", None),
        ("a" * 5000, None),
    ],
)
def test_one_preference(preference: str, tag: str | None) -> None:
    found = match([preference])
    assert (found.tag if found else None) == tag


@pytest.mark.parametrize(
    ("preferences", "offered", "tag"),
    [
        (["fr", "bn", "en"], TAGS, "bn"),
        (["zh-TW", "sv"], TAGS, "sv"),
        (["bn", "en"], ["en", "nb"], "en"),
        (["cnr"], ["en", "sr-Latn"], "sr-Latn"),
        (["sr"], ["en", "sr-Latn-ME"], "sr-Latn-ME"),
        (["sr-Latn-ME"], ["sr-Latn", "sr-Latn-ME"], "sr-Latn-ME"),
        (["bn"], ["en"], None),
        (["bn"], [], None),
        ([], TAGS, None),
    ],
)
def test_preferences_in_order_among_those_offered(
    preferences: list[str], offered: list[str], tag: str | None
) -> None:
    found = match(preferences, offered)
    assert (found.tag if found else None) == tag


@given(st.lists(st.text(string.ascii_letters + "-_*;=0 é\n"), max_size=4))
def test_junk_is_passed_over(junk: list[str]) -> None:
    assert match(junk) in {None, *LOCALES}
