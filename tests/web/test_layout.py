"""Every screen at every size: nothing is cut off, covered or too small, and the focus can be seen.

`layout.js` measures, at the text's normal size and at 200 % (WCAG 2.2, 1.4.4); here it is said what
has to come out. Each screen is measured in English, from right to left, and with every word twice
as long: longer than in any language there is.
"""

from __future__ import annotations

import json
import re
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, override

import pytest

from studio.client.colour import contrast
from studio.client.srgb import Colour
from studio.device.fresh import fresh_pages
from studio.device.renderer import Viewport
from studio.i18n.catalogues import Catalogue, Catalogues
from studio.i18n.locales import locale
from studio.pages.render import Pages
from studio.resources import folder
from tests.states import SCREENS, cases, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.web.renderer import QtRenderer

SIZES = [Viewport(width=width, height=800) for width in (320, 360, 768, 1280)]
SCRIPT = (Path(__file__).parent / "layout.js").read_text("utf-8")

LEAST_TARGET = 24
"""CSS pixels, in width and height (WCAG 2.2, 2.5.8)."""

COMFORTABLE = 44
"""CSS pixels: the height of whatever is not a link within a sentence (WCAG 2.2, 2.5.5)."""

RING_CONTRAST = 3.0
"""Of a focus ring with what is behind it (WCAG 2.2, 1.4.11)."""


class Target(TypedDict):
    """Something that can be pressed; `covered` names what lies over its middle."""

    name: str
    width: float
    height: float
    inline: bool
    covered: str


class Ring(TypedDict):
    """What shows that something has the focus."""

    name: str
    visible: bool
    width: float
    colour: str
    behind: str
    tabindex: int


class Measured(TypedDict):
    """A page at one size of its text. `cut` names inputs that have not room for what they show."""

    window: float
    content: float
    outside: list[str]
    overlaps: list[str]
    cut: list[str]
    targets: list[Target]


class Layout(TypedDict):
    """What `layout.js` evaluates to; `laid` is the direction that the page is laid out in."""

    lang: str
    dir: str
    laid: str
    headings: list[int]
    rings: list[Ring]
    normal: Measured
    doubled: Measured


class _Longer(NullTranslations):
    """Every word twice as long."""

    @override
    def gettext(self, message: str) -> str:
        return longer(message)

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)

    @override
    def pgettext(self, context: str, message: str) -> str:
        return longer(message)

    @override
    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)


class _LongCatalogues(Catalogues):
    """Catalogues of a language that does not exist."""

    @override
    def load(self, tag: str) -> Catalogue:
        return Catalogue(locale(tag), _Longer())


def longer(message: str) -> str:
    """Double each word, but not what stands for a value: "%(phone)s"."""
    return re.sub(r"%\(\w+\)s|[^\W\d_]+", _double, message)


def _double(word: re.Match[str]) -> str:
    return word[0] if word[0].startswith("%") else word[0] + word[0].lower()


def measure(
    renderer: QtRenderer, name: str, tag: str = "en", pages: Pages | None = None
) -> list[Layout]:
    """Return the layout of a screen at each of the sizes; in English, in a difficult brand."""
    browser = show(name, tag, difficult=tag == "en" and pages is None, pages=pages)
    answers = renderer.measure(browser.device, browser.reply.url, SIZES, SCRIPT)
    return [json.loads(str(answer)) for answer in answers]


def faults(layouts: list[Layout]) -> Iterator[str]:
    """Say what is wrong with a screen, at which size."""
    for size, layout in zip(SIZES, layouts, strict=True):
        for text, measured in (("100 %", layout["normal"]), ("200 %", layout["doubled"])):
            where = f"{size.width}, text {text}"
            yield from (f"{where}: {fault}" for fault in _faults(measured))
        yield from (f"{size.width}: {fault}" for fault in _unseen(layout["rings"]))


def _faults(measured: Measured) -> Iterator[str]:
    if measured["content"] > measured["window"]:
        yield f"scrolls sideways: {measured['content']} in {measured['window']}"
    yield from (f"sticks out: {name}" for name in measured["outside"])
    yield from (f"one over the other: {pair}" for pair in measured["overlaps"])
    for target in measured["targets"]:
        width, height = target["width"], target["height"]
        if not target["inline"] and (width < LEAST_TARGET or height < COMFORTABLE):
            yield f"too small: {target['name']} is {width:g} x {height:g}"
        if target["covered"]:
            yield f"covered: {target['name']} by {target['covered']}"


def _unseen(rings: list[Ring]) -> Iterator[str]:
    for ring in rings:
        ratio = contrast(_colour(ring["colour"]), _colour(ring["behind"]))
        if not ring["visible"] or ring["width"] < 2 or ratio < RING_CONTRAST:
            yield f"focus not seen: {ring['name']}: {ratio:.1f} on {ring['behind']}"
        if ring["tabindex"] != 0:
            yield f"order of its own: {ring['name']}"


def _colour(css: str) -> Colour:
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", css)[:3])
    return Colour(red=red, green=green, blue=blue)


@pytest.mark.parametrize("name", cases(SCREENS))
def test_in_english(renderer: QtRenderer, name: str) -> None:
    layouts = measure(renderer, name)
    assert list(faults(layouts)) == []
    assert [cut for layout in layouts for cut in layout["normal"]["cut"]] == []
    assert _skipped(layouts[0]["headings"]) == []
    assert (layouts[0]["lang"], layouts[0]["dir"], layouts[0]["laid"]) == ("en", "ltr", "ltr")


@pytest.mark.parametrize("name", cases(SCREENS))
def test_from_right_to_left(renderer: QtRenderer, name: str) -> None:
    layouts = measure(renderer, name, "ur-PK")
    assert list(faults(layouts)) == []
    assert [cut for layout in layouts for cut in layout["normal"]["cut"]] == []
    spoken = (layouts[0]["lang"], layouts[0]["dir"], layouts[0]["laid"])
    assert spoken in {("ur-PK", "rtl", "rtl"), ("en", "ltr", "ltr")}


def _skipped(headings: list[int]) -> list[int]:
    """Return headings that are more than one level below the one before; the first one is 1."""
    return [
        each for before, each in zip([0, *headings], headings, strict=False) if each > before + 1
    ]


@pytest.fixture(scope="module")
def long_pages() -> Pages:
    return Pages(fresh_pages().templates, _LongCatalogues(folder("locales")))


@pytest.mark.parametrize("name", cases(SCREENS))
def test_with_every_word_twice_as_long(renderer: QtRenderer, long_pages: Pages, name: str) -> None:
    assert list(faults(measure(renderer, name, pages=long_pages))) == []


def test_words_become_longer_and_values_stay() -> None:
    assert longer("Sent to %(phone)s.") == "Sentsent toto %(phone)s."


FAULTS = {
    "scrolls sideways": "document.querySelector('.button').style.width = '2000px'",
    "sticks out": "document.querySelector('.back').style.marginLeft = '-40px'",
    "one over the other": "document.querySelector('h1').style.marginBottom = '-40px'",
    "too small": "document.querySelector('.back').style.minHeight = '20px'",
    "covered": "document.querySelector('.notice, main').style.pointerEvents = 'none'",
    "focus not seen": "document.querySelector('input[name=identifier]').style.outline = 'none'",
    "order of its own": "document.querySelector('.button').tabIndex = 2",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(renderer: QtRenderer, fault: str) -> None:
    browser = show("start/phone")
    script = f"{FAULTS[fault]};\n{SCRIPT}"
    (answer,) = renderer.measure(browser.device, browser.reply.url, SIZES[1:2], script)
    layout: Layout = json.loads(str(answer))
    found = [*_faults(layout["normal"]), *_unseen(layout["rings"])]
    assert any(one.startswith(fault) for one in found), found
