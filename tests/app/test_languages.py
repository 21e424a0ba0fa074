from __future__ import annotations

from studio.app.languages import Language, by_tag, installed
from studio.i18n.locales import TAGS
from studio.resources import folder


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
