from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from studio.exporters.buttons_label import FILES, Letters, MissingGlyphError, short
from studio.exporters.labels import sign_in_label
from studio.i18n.locales import TAGS
from studio.resources import folder


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters()


def nominal(script: str, text: str) -> list[int]:
    """Return the glyphs that letters have by themselves."""
    name = next(file for file in FILES if script in file)
    font = TTFont(folder("assets") / "fonts" / name)
    return [font.getGlyphID(font.getBestCmap()[ord(char)]) for char in text]


@pytest.mark.parametrize("tag", TAGS)
def test_every_label_is_drawn_without_an_empty_box(letters: Letters, tag: str) -> None:
    outline = letters.outline(sign_in_label(tag), tag)
    assert len(outline.glyphs) > 5
    assert all(outline.glyphs)
    assert outline.path.startswith("M")
    assert outline.path.count("M") >= 9  # CONNECT alone has seven letters, one of them with a hole
    assert outline.top < 0 < outline.bottom


def test_a_bengali_vowel_moves_before_its_letter(letters: Letters) -> None:
    first, second = letters.outline("দি", "bn").glyphs
    assert [second] == nominal("bengali", "দ")
    assert [first] != [second]


def test_a_burmese_medial_changes_its_form_and_goes_before(letters: Letters) -> None:
    shaped = letters.outline("ဖြ", "my").glyphs
    assert shaped[-1:] == tuple(nominal("myanmar", "ဖ"))
    assert shaped != tuple(nominal("myanmar", "ဖြ"))


def test_a_thai_tone_mark_is_on_its_vowel(letters: Letters) -> None:
    with_tone = letters.outline("สู่", "th")
    assert with_tone.width == letters.outline("ส", "th").width
    assert with_tone.top < letters.outline("สู", "th").top


def test_urdu_letters_join(letters: Letters) -> None:
    assert not set(letters.outline("سے", "ur-PK").glyphs) & set(nominal("nastaliq", "سے"))


def test_in_urdu_what_comes_first_stands_on_the_right(letters: Letters) -> None:
    connect = letters.outline("CONNECT", "en").glyphs
    assert letters.outline("CONNECT سے", "ur-PK").glyphs[-7:] == connect
    assert letters.outline("سے CONNECT", "ur-PK").glyphs[:7] == connect


def test_in_urdu_the_words_have_a_space_between_them(letters: Letters) -> None:
    words = [letters.outline(word, "ur-PK").width for word in ("CONNECT", "سے")]
    assert letters.outline("CONNECT سے", "ur-PK").width > sum(words) + 2


def test_words_of_one_direction_keep_their_order(letters: Letters) -> None:
    one, other = (letters.outline(word, "en").glyphs for word in ("ON", "TE"))
    joined = letters.outline("سے ON TE سے", "ur-PK").glyphs
    start = joined.index(one[0])
    assert joined[start : start + 2] == one
    assert joined[start + 3 : start + 5] == other


def test_a_character_without_a_glyph_is_told() -> None:
    with pytest.raises(MissingGlyphError, match=r"no font has 'Ω' \(U\+03A9\)"):
        Letters().outline("Ω", "en")


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (-0.001, "0"), (-0.5, "-0.5"), (12.0, "12"), (100, "100"), (1.006, "1.01")],
)
def test_numbers_are_short(number: float, written: str) -> None:
    assert short(number) == written
