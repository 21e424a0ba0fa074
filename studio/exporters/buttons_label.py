"""How is a label drawn, so that it looks the same wherever it is shown? As outlines.

Each letter is taken from the first of the program's own fonts that has it, what is of one font and
direction is shaped by HarfBuzz, and the outlines are written as an SVG path. The runs stand in the
order of the Unicode Bidirectional Algorithm (Unicode Standard Annex 9), as far as words in one or
the other direction need it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

import uharfbuzz
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from studio.exporters.schemes import TEXT_SIZE, TEXT_WEIGHT
from studio.i18n.locales import locale
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILES = (
    "noto-sans/noto-sans-latin-wght-normal.woff2",
    "noto-sans/noto-sans-latin-ext-letters-wght-normal.woff2",
    "noto-sans/noto-sans-cyrillic-wght-normal.woff2",
    "noto-sans-bengali/noto-sans-bengali-bengali-wght-normal.woff2",
    "noto-sans-myanmar/noto-sans-myanmar-myanmar-700-normal.woff2",
    "noto-sans-thai/noto-sans-thai-thai-wght-normal.woff2",
    "noto-nastaliq-urdu/noto-nastaliq-urdu-arabic-wght-normal.woff2",
    "noto-sans-sc/noto-sans-sc-button-700-normal.woff2",
)
"""The fonts below `assets/fonts/`, bold or able to be."""

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A label as outlines, in CSS pixels; the baseline starts at 0, 0 and y grows downwards.

    `width` is how far the pen went; `top` and `bottom` are those of the ink. `glyphs` are the
    numbers in their fonts, from left to right.
    """

    path: str
    width: float
    top: float
    bottom: float
    glyphs: tuple[int, ...]


class MissingGlyphError(ValueError):
    """The fonts cannot draw a label."""


class Letters:
    """The fonts that labels are drawn with; each is read once, when a label needs it."""

    def __init__(self) -> None:
        self._fonts = _fonts()

    def outline(self, text: str, tag: str) -> Outline:
        """Draw a label in a language.

        Args:
            text: The label, one line.
            tag: BCP 47 tag of its language.

        Raises:
            MissingGlyphError: No font has one of its characters.
        """
        rtl = locale(tag).direction == "rtl"
        drawn = _Drawn()
        for way, words in _in_sight(text, rtl=rtl):
            runs = list(self._runs(words, rtl=way))
            for font, run in reversed(runs) if way else runs:
                drawn.add(font.shaper, run, tag, rtl=way)
        return drawn.outline()

    def _runs(self, text: str, *, rtl: bool) -> Iterator[tuple[_Font, str]]:
        """Split words of one direction by font; what has no strokes stays with what it follows."""
        fonts: list[_Font] = []
        preferred = sorted(self._fonts, key=lambda font: font.nastaliq is not rtl)
        for char in text:
            before = fonts[-1] if fonts else None
            follows = before is not None and _is_bare(char) and char in before.characters
            fonts.append(before if before and follows else _font_for(char, preferred))
        pairs = zip(fonts, text, strict=True)
        for font, run in groupby(pairs, key=lambda pair: pair[0]):
            yield font, "".join(char for _font, char in run)


class _Font:
    """A font file, with its letters in bold."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.nastaliq = "nastaliq" in file.name

    @cached_property
    def _tables(self) -> TTFont:
        return TTFont(self._file)

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(map(chr, self._tables.getBestCmap()))

    @cached_property
    def shaper(self) -> uharfbuzz.Font:
        plain = BytesIO()
        self._tables.flavor = None
        self._tables.save(plain, reorderTables=None)
        font = uharfbuzz.Font(uharfbuzz.Face(plain.getvalue()))
        font.set_variations({"wght": TEXT_WEIGHT})
        return font


@cache
def _fonts() -> tuple[_Font, ...]:
    return tuple(_Font(folder("assets") / "fonts" / file) for file in FILES)


class _Drawn:
    """What has been drawn of a label, and where the pen stands, in units of the fonts."""

    def __init__(self) -> None:
        self._path = SVGPathPen(None, ntos=short)
        self._bounds = BoundsPen(None)
        self._glyphs: list[int] = []
        self._pen = 0.0

    def add(self, font: uharfbuzz.Font, run: str, tag: str, *, rtl: bool) -> None:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = tag
        uharfbuzz.shape(font, buffer)
        scale = TEXT_SIZE / font.face.upem
        for glyph, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if not glyph.codepoint:
                raise MissingGlyphError(f"the fonts cannot join {run!r} ({tag})")
            place = (self._pen + at.x_offset * scale, -at.y_offset * scale)
            for pen in (self._path, self._bounds):
                moved = TransformPen(pen, (scale, 0, 0, -scale, *place))
                font.draw_glyph_with_pen(glyph.codepoint, moved)
            self._glyphs.append(glyph.codepoint)
            self._pen += at.x_advance * scale

    def outline(self) -> Outline:
        _left, top, _right, bottom = self._bounds.bounds
        return Outline(
            path=self._path.getCommands(),
            width=self._pen,
            top=top,
            bottom=bottom,
            glyphs=tuple(self._glyphs),
        )


def short(number: float) -> str:
    """Write a number of CSS pixels with two decimals at most."""
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _in_sight(text: str, *, rtl: bool) -> Iterator[tuple[bool, str]]:
    """Yield the words of one direction, from left to right, with True where they are rtl."""
    ways = [_way(char) for char in text]
    resolved = [
        way if way is not None else _between(ways, at, rtl=rtl) for at, way in enumerate(ways)
    ]
    groups = groupby(zip(resolved, text, strict=True), key=lambda pair: pair[0])
    parts = [(way, "".join(char for _way, char in group)) for way, group in groups]
    yield from reversed(parts) if rtl else parts


def _way(char: str) -> bool | None:
    """Tell whether a character goes from right to left; None where it goes with others."""
    kind = unicodedata.bidirectional(char)
    if kind in _RIGHT_TO_LEFT:
        return True
    return False if kind in _LEFT_TO_RIGHT else None


def _between(ways: Sequence[bool | None], at: int, *, rtl: bool) -> bool:
    """Return the way of what stands between: its neighbours', or the line's (UAX 9, N1 and N2)."""
    before = next((way for way in reversed(ways[:at]) if way is not None), rtl)
    after = next((way for way in ways[at:] if way is not None), rtl)
    return before if before == after else rtl


def _is_bare(char: str) -> bool:
    """Tell whether a character is nothing by itself: a space, a mark, a joiner."""
    return unicodedata.category(char)[0] in "ZM" or unicodedata.category(char) == "Cf"


def _font_for(char: str, fonts: Sequence[_Font]) -> _Font:
    for font in fonts:
        if char in font.characters:
            return font
    raise MissingGlyphError(f"no font has {char!r} (U+{ord(char):04X})")
