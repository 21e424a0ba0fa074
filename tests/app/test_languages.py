from __future__ import annotations

import pytest

from studio.app.languages import Language, by_tag, installed, stands_in
from studio.client import file
from studio.client.samples import sample_path
from studio.i18n.locales import TAGS
from studio.resources import folder
from tests.app.fakes import LANGUAGES

ENGLISH, BOKMAL, URDU = LANGUAGES


def test_all_languages_are_there() -> None:
    languages = installed(folder("locales"))
    assert tuple(each.tag for each in languages) == TAGS
    english, urdu = by_tag(languages, "en"), by_tag(languages, "ur-PK")
    assert english is not None
    assert urdu is not None
    assert (english.percentage, english.rtl, urdu.rtl) == (100, False, True)


def test_a_percentage_is_rounded_down() -> None:
    almost = Language(tag="x", own_name="", english_name="", messages=1000, translated=999)
    assert almost.percentage == 99
    empty = Language(tag="x", own_name="", english_name="", messages=0, translated=0)
    assert empty.percentage == 0


@pytest.mark.parametrize(
    ("wanted", "shown", "expected"),
    [
        ("", ENGLISH, ""),
        ("en", ENGLISH, ""),
        ("ur-PK", URDU, ""),
        ("bn", ENGLISH, "FakeBrand does not offer বাংলা: English is shown."),
        ("fr", ENGLISH, "CONNECT does not speak fr: English is shown."),
        (
            "ur-PK",
            ENGLISH,
            "FakeBrand lets no request choose the language: English is shown.",
        ),
        ("nb", BOKMAL, "norsk bokmål: 0 of 40 texts are translated; English stands in."),
        ("", BOKMAL, "norsk bokmål: 0 of 40 texts are translated; English stands in."),
    ],
)
def test_it_is_told_which_language_stands_in(wanted: str, shown: Language, expected: str) -> None:
    text, _ = file.read(sample_path("fakebrand"))
    client = file.parse(
        text.replace("  default: en\n", "  default: en\n  offered: [en, nb, ur-PK]\n"), "test"
    )
    assert stands_in(client, wanted, shown) == expected
