"""Have the fonts of the pages every glyph of a text, also when its letters are joined?

The `@font-face` rules of `page.css` say which file serves which characters; each file is asked for
its characters, and every run of them is shaped as a browser shapes it. Glyph 0 is the empty box.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

import tinycss2
import uharfbuzz
from fontTools.ttLib import TTFont

from studio.checks.catalogue import Entry, LanguageTexts, TextCheck
from studio.checks.finding import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tinycss2.ast import Node

    from studio.i18n.locales import Locale

_URL = "/static/fonts/"
_JOINING = ("ARABIC ", "BENGALI ", "MYANMAR ", "THAI ")


@dataclass(frozen=True)
class Face:
    """One `@font-face` rule: a file and the characters it is used for."""

    file: Path
    ranges: tuple[tuple[int, int], ...]

    @property
    def nastaliq(self) -> bool:
        """Whether it is the family that Urdu pages name first."""
        return "nastaliq" in self.file.name

    def serves(self, char: str) -> bool:
        """Tell whether a browser takes a character from this file."""
        point = ord(char)
        return any(first <= point <= last for first, last in self.ranges) and (
            char in self.characters
        )

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the file has."""
        return frozenset(map(chr, self._font.getBestCmap()))

    @cached_property
    def _font(self) -> TTFont:
        return TTFont(self.file)

    @cached_property
    def _shaper(self) -> uharfbuzz.Font:
        plain = BytesIO()
        self._font.flavor = None
        self._font.save(plain, reorderTables=None)
        return uharfbuzz.Font(uharfbuzz.Face(plain.getvalue()))

    def shapes(self, run: str) -> bool:
        """Tell whether a run of characters comes out without an empty box.

        Letters that neither join nor carry marks have the glyph that the file says; a Chinese font
        takes many seconds to open for shaping.
        """
        if not any(map(_joins, run)):
            return True
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._shaper, buffer)
        return all(info.codepoint for info in buffer.glyph_infos)


class Fonts:
    """The upright fonts that a style sheet names; each file is read once."""

    def __init__(self, style: str, folder: Path) -> None:
        self._faces = tuple(_faces(style, folder))
        self._served: dict[tuple[bool, str], Face | None] = {}

    def lacking(self, text: str, of: Locale) -> str:
        """Return the characters of a text in a language that would be empty boxes."""
        nastaliq = of.script == "Arab"
        visible = [char for char in text if unicodedata.category(char) not in {"Cc", "Cf"}]
        runs = groupby(visible, lambda char: self._face(char, nastaliq=nastaliq))
        whole = [(face, "".join(run)) for face, run in runs]
        return "".join(run for face, run in whole if face is None or not face.shapes(run))

    def _face(self, char: str, *, nastaliq: bool) -> Face | None:
        """Return the file for a character, as the families stand in `page.css`."""
        key = (nastaliq, char)
        if key not in self._served:
            faces = sorted(self._faces, key=lambda face: face.nastaliq is not nastaliq)
            self._served[key] = next((face for face in faces if face.serves(char)), None)
        return self._served[key]


class Glyphs(TextCheck):
    """Every character of a text has a glyph in the pages' fonts, also when joined."""

    name = "glyphs"

    def applies(self, texts: LanguageTexts, entry: Entry) -> bool:
        """Only where the fonts are given, and not for an SMS."""
        sent = any("/messages/" in name for name in entry.references)
        return texts.fonts is not None and not sent

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield the characters without a glyph."""
        del source
        lacking = texts.fonts.lacking(text, texts.locale) if texts.fonts else ""
        if lacking:
            points = " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(lacking))
            yield Fault(
                message=f"{entry.name}: the fonts have no glyph for {lacking} ({points})",
                mend="Write it with other characters, or add them to the font's subset.",
            )


def _joins(char: str) -> bool:
    """Tell whether a character changes with its neighbours, or stands on one."""
    mark = unicodedata.category(char).startswith("M")
    return mark or unicodedata.name(char, "").startswith(_JOINING)


def _faces(style: str, folder: Path) -> Iterator[Face]:
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type != "at-rule" or rule.lower_at_keyword != "font-face":
            continue
        lines = tinycss2.parse_declaration_list(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        values = {line.lower_name: line.value for line in lines if line.type == "declaration"}
        name = next((url for node in values["src"] if (url := _url(node))), "")
        if "italic" not in tinycss2.serialize(values.get("font-style", [])):
            yield Face(folder / name.removeprefix(_URL), _ranges(values["unicode-range"]))


def _url(node: Node) -> str:
    if node.type == "url":
        return str(node.value)
    if node.type == "function" and node.lower_name == "url":
        return str(node.arguments[0].value)
    return ""


def _ranges(nodes: list[Node]) -> tuple[tuple[int, int], ...]:
    return tuple((node.start, node.end) for node in nodes if node.type == "unicode-range")
