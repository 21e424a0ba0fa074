"""A storyboard as HTML and SVG, with a renderer that draws nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

import lxml.etree
import lxml.html
import pytest

from studio.device.renderer import DESKTOP, PHONE, Picture, RenderError, Viewport
from studio.device.tasks import Done
from studio.exporters.storyboard import FORMATS, as_html, as_png, as_svg, illustrated
from studio.journeys.library import shipped
from studio.journeys.storyboard import storyboard
from tests.journeys.given import pages, run_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from studio.device.tasks import Json, Task
    from studio.journeys.storyboard import Storyboard

SHAPES: Json = [
    {"kind": "box", "x": 10, "y": 20, "width": 100, "height": 50, "fill": "red", "stroke": "blue",
     "line": 2, "radius": 4},
    {"kind": "picture", "x": 1.5, "y": 0, "width": 360, "height": 640, "number": 1},
    {"kind": "drawing", "x": 0, "y": 0, "width": 9, "height": 9, "markup": "<svg/>"},
    {"kind": "text", "x": 10, "y": 20, "width": 30, "height": 20, "words": "A < B", "ascent": 15,
     "size": 14, "weight": "400", "colour": "rgb(0, 0, 0)", "families": '"Noto Sans"',
     "direction": "rtl", "lang": "ur-PK", "underlined": True},
]  # fmt: skip


class FakeRenderer:
    """Draws every page as the letters PNG and its key, and measures it as SHAPES."""

    def __init__(self, *, high: int = 900, error: str = "") -> None:
        self.tasks: list[Task] = []
        self._high, self._error = high, error

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        for task in tasks:
            self.tasks.append(task)
            if self._error:
                yield Done(key=task.key, error=self._error)
                continue
            png = Picture(png=f"PNG{task.key}".encode(), width=1, height=1) if task.shot else None
            value: Json = {"width": 800, "height": self._high, "shapes": SHAPES}
            yield Done(key=task.key, picture=png, value=value if task.script else None)


@cache
def board(tag: str = "en") -> Storyboard:
    run = run_of(shipped(), tag=tag)
    return storyboard(run, shipped(), shipped().get("scenarios/3-claims"), tag)


def page(tag: str = "en") -> lxml.html.HtmlElement:
    renderer = FakeRenderer()
    text = as_html(illustrated(board(tag), renderer), pages(), renderer).decode()
    return cast("lxml.html.HtmlElement", lxml.html.document_fromstring(text))


def test_the_page_has_every_picture_and_needs_nothing_else() -> None:
    document = page()
    sources = document.xpath("//img/@src")
    assert len(sources) == len(board().panels) == 6
    assert all(one.startswith("data:image/png;base64,") for one in sources)
    assert not document.xpath("//link | //script | //@href")
    style = document.xpath("string(//style)")
    assert "url(" not in style
    assert "--wide: 360px; --high: 640px; --columns: 5; --between: 208px;" in style
    captions = [one.text_content().strip() for one in document.xpath("//figcaption")]
    assert captions[:2] == ["1 start/phone-only", "2 verify-phone/code-sent"]


def test_what_was_done_and_what_came_stands_between() -> None:
    first, second, *_others = page().xpath("//li//div[@class='between']")
    assert "Starts to sign in at Hipstagram" in first.text_content()
    assert " ".join(second.xpath("string(.//div[@class='done'])").split()) == (
        "Mobile phone number Types +4799900999 Presses Sign in"
    )
    (bubble,) = second.xpath(".//div[@class='bubble sms']")
    assert "is your verification code" in bubble.text_content()
    assert "SMS from Hipstagram" in bubble.text_content()


def test_right_to_left_the_way_is_too() -> None:
    document, other = page("ur-PK"), page()
    assert document.get("dir") == "rtl"
    arrows = [one.xpath("string(//svg[@class='arrow']/path/@d)") for one in (document, other)]
    assert arrows[0] != arrows[1]
    assert document.xpath("//p[@class='pressed']/bdi/@lang")[0] == "ur-PK"
    assert document.xpath("//h1/bdi/@dir") == ["ltr"]


def test_a_drawing_keeps_text_as_text_with_its_width() -> None:
    renderer = FakeRenderer()
    data = as_svg(illustrated(board(), renderer), pages(), renderer)
    root = lxml.etree.fromstring(data)
    names = [lxml.etree.QName(one).localname for one in root]
    assert names == ["title", "rect", "rect", "image", "svg", "text"]
    _title, _paper, box, image, _arrow, text = root
    assert (box.get("x"), box.get("width"), box.get("rx")) == ("11", "98", "3")
    assert image.get("href") == "data:image/png;base64,UE5HMQ=="
    assert text.text == "A < B"
    assert (text.get("x"), text.get("y"), text.get("textLength")) == ("40", "35", "30")
    assert text.get("direction") == "rtl"
    assert text.get("font-family") == '"Noto Sans"'


def test_the_picture_is_the_page_in_the_programs_fonts() -> None:
    renderer = FakeRenderer()
    story = illustrated(board(), renderer, PHONE, scale=2)
    assert as_png(story, pages(), renderer) == b"PNGscenarios/3-claims"
    *screens, _measured, drawn = renderer.tasks
    assert {task.scale for task in screens} == {2} == {drawn.scale}
    assert drawn.viewport.width == story.width
    assert drawn.shot is not None
    assert drawn.shot.full_page
    style = drawn.page.document.body.decode()
    assert 'url("https://id.connect.example/static/fonts/noto-sans/' in style
    assert set(drawn.page.assets) <= set(screens[0].page.assets)
    assert all(url.endswith(".woff2") for url in drawn.page.assets)
    assert drawn.page.assets


@pytest.mark.parametrize(
    ("viewport", "columns", "shown"),
    [
        (PHONE, 5, "360x640"),
        (DESKTOP, 3, "640x400"),
        (Viewport(width=320, height=400), 5, "320x400"),
    ],
)
def test_a_row_has_five_pictures_at_most(viewport: Viewport, columns: int, shown: str) -> None:
    story = illustrated(board(), FakeRenderer(), viewport)
    assert (story.columns, str(story.shown)) == (columns, shown)


def test_a_page_that_cannot_be_drawn_is_named() -> None:
    with pytest.raises(RenderError, match="start/phone-only: it crashed"):
        illustrated(board(), FakeRenderer(error="it crashed"))


def test_what_is_too_long_for_a_picture_is_told() -> None:
    renderer = FakeRenderer(high=5000)
    with pytest.raises(RenderError, match="5000 pixels high; write SVG or HTML"):
        as_png(illustrated(board(), renderer), pages(), renderer)


def test_there_is_a_format_for_each_suffix() -> None:
    assert list(FORMATS) == [".png", ".svg", ".html"]
