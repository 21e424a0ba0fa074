"""Every character of the catalogues has a glyph in the fonts that come with the pages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from studio import resources
from studio.i18n import pofiles
from studio.i18n.locales import locale

if TYPE_CHECKING:
    from collections.abc import Iterable

_UPRIGHT = (
    "noto-sans/noto-sans-latin-wght-normal.woff2",
    "noto-sans/noto-sans-latin-ext-letters-wght-normal.woff2",
)
_ITALIC = (
    "noto-sans/noto-sans-latin-400-italic.woff2",
    "noto-sans/noto-sans-latin-ext-letters-400-italic.woff2",
)
_URDU = ("noto-nastaliq-urdu/noto-nastaliq-urdu-arabic-wght-normal.woff2", *_UPRIGHT)

_LATIN_LETTERS = "AaÅåÄäÆæÖöØøÉéÇçČčĆćĐđŠšŽž 0123456789 “”‘’„…–—•«»"
_URDU_TEXT = "سائن اِن کریں۔ آپ کا پاس ورڈ؟ ژ ڑ ڈ ٹ ں ھ ہ ۂ ے ۓ ئ ؤ ً ٰ ۰۱۲۳۴۵۶۷۸۹، CONNECT 4821"


@dataclass(frozen=True, kw_only=True)
class Font:
    characters: frozenset[str]
    shaper: uharfbuzz.Font

    def glyphs(self, text: str) -> list[int]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.shaper, buffer)
        return [info.codepoint for info in buffer.glyph_infos]


@cache
def _font(name: str) -> Font:
    font = TTFont(resources.folder("assets") / "fonts" / name)
    characters = frozenset(map(chr, font.getBestCmap()))
    font.flavor = None
    plain = BytesIO()
    font.save(plain)
    return Font(characters=characters, shaper=uharfbuzz.Font(uharfbuzz.Face(plain.getvalue())))


def _without_glyph(text: str, stack: Iterable[str]) -> str:
    """Return the characters that no font of the stack has or that shape to its empty box."""
    fonts = [_font(name) for name in stack]
    visible = [char for char in text if unicodedata.category(char) not in {"Cc", "Cf"}]
    runs = groupby(visible, lambda char: next((f for f in fonts if char in f.characters), None))
    lacking = ["".join(run) for font, run in ((f, list(r)) for f, r in runs) if _fails(font, run)]
    return "".join(lacking)


def _fails(font: Font | None, run: list[str]) -> bool:
    return font is None or 0 in font.glyphs("".join(run))


def _texts(tag: str) -> list[str]:
    catalogue = pofiles.read(pofiles.path(resources.folder("locales"), locale(tag)))
    strings = [message.string for message in pofiles.messages(catalogue)]
    return [text for each in strings for text in ([each] if isinstance(each, str) else each)]


@pytest.mark.parametrize(
    ("tag", "stack"),
    [("en", _UPRIGHT), ("en", _ITALIC), ("ur-PK", _URDU)],
    ids=["en", "en-italic", "ur-PK"],
)
def test_the_fonts_have_all_of_a_catalogue(tag: str, stack: tuple[str, ...]) -> None:
    texts = [*_texts(tag), locale(tag).own_name]
    assert {text: lacks for text in texts if (lacks := _without_glyph(text, stack))} == {}


@pytest.mark.parametrize(
    ("text", "stack"),
    [(_LATIN_LETTERS, _UPRIGHT), (_LATIN_LETTERS, _ITALIC), (_URDU_TEXT, _URDU)],
    ids=["latin", "latin-italic", "urdu"],
)
def test_the_fonts_have_the_letters_of_their_languages(text: str, stack: tuple[str, ...]) -> None:
    assert _without_glyph(text, stack) == ""


def test_a_letter_that_no_font_has_is_found() -> None:
    assert _without_glyph("Sign in 登录", _UPRIGHT) == "登录"
    assert _without_glyph("سائن in", _UPRIGHT) == "سائن"


def test_urdu_letters_are_joined_to_words() -> None:
    nastaliq = _font(_URDU[0])
    apart = [glyph for char in "پاس" for glyph in nastaliq.glyphs(char)]
    assert sorted(nastaliq.glyphs("پاس")) != sorted(apart)
