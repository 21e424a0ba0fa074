from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from lxml import html
from PIL import Image

from studio.client.edit import set_value
from studio.client.file import parse, read
from studio.client.logo import load_logo
from studio.client.samples import sample_path
from studio.device.renderer import Picture
from studio.device.tasks import Done
from studio.exporters.difference import Side, changes
from studio.exporters.difference_pictures import compare, picture_changes
from studio.exporters.difference_report import Difference, as_html, as_json, as_markdown
from studio.journeys.reach import reachable
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from studio.device.tasks import BatchRenderer, Task

TEXT = read(sample_path("fakebrand"))[0]
LOGO = load_logo(sample_path("fakebrand").with_name("fakebrand.svg"))
OTHER_LOGO = load_logo(sample_path("strusic").with_name("strusic.svg"))


def side(name: str = "a.client.yaml", **settings: str | list[str] | None) -> Side:
    text = TEXT
    for path, value in settings.items():
        text = set_value(text, tuple(path.split("__")), value)
    return Side(name=name, text=text, hosted=HostedClient(parse(text, name), LOGO))


def png(colour: str, size: tuple[int, int] = (10, 10), mark: int = 0) -> bytes:
    image = Image.new("RGB", size, colour)
    image.paste("black", (0, 0, mark, 1))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class Drawer:
    """Draws every page in the colour of its brand, and remembers what it drew."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        for task in tasks:
            self.drawn.append(task.key)
            styles = [one.body.decode() for url, one in task.page.assets.items() if "brand" in url]
            red = any("#ff0000" in style for style in styles)
            picture = Picture(png=png("red" if red else "blue"), width=10, height=10)
            yield Done(key=task.key, picture=picture)


def test_comments_order_and_spelling_are_no_difference() -> None:
    other = "\n".join(line.partition("  #")[0] for line in TEXT.splitlines())
    after = Side(name="b", text=other, hosted=HostedClient(parse(other, "b"), LOGO))
    assert changes(side(), after) == ()


def test_settings_are_told_with_their_lines() -> None:
    after = side(
        branding__header="#123456",
        branding__message__sv=None,
        session__prompt=["login", "consent"],
        registration__contact="new@fakebrand.example",
    )
    found = changes(side(), after)
    shown = {one.path: (one.before.text, one.after.text) for one in found}
    assert list(shown) == [
        "registration.contact", "branding.header", "branding.message.sv", "session.prompt",
    ]  # fmt: skip
    assert shown["branding.header"] == ("linear-gradient(100deg, #f9d36a, #f36f2d)", "#123456")
    assert shown["branding.message.sv"][1] == "not set"
    assert shown["session.prompt"] == ("not set", "login, consent")
    for one in found:
        for each, text in ((one.before, TEXT), (one.after, after.text)):
            line = text.splitlines()[each.line - 1] if each.line else ""
            assert one.path.split(".")[-1] in line or not each.line
    assert found[0].before.line == 12
    assert (found[2].after.line, found[3].before.line) == (0, 0)


def test_a_logo_of_the_same_name_with_another_content_differs() -> None:
    before = side()
    after = Side(name="b", text=TEXT, hosted=HostedClient(before.hosted.client, OTHER_LOGO))
    (change,) = changes(before, after)
    assert change.path == "branding.logo"
    assert change.before.text == f"fakebrand.svg (200×40, {len(LOGO.data):,} bytes)"
    assert change.before.text != change.after.text
    (gone,) = changes(before, Side(name="b", text=TEXT, hosted=HostedClient(before.hosted.client)))
    assert gone.after.text == "fakebrand.svg"


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        (png("red"), png("red"), 0),
        (png("red"), png("blue"), 1),
        (png("red"), png("red", mark=3), 0.03),
        (png("#fefefe"), png("#ffffff"), 1),
        (png("red"), png("red", (10, 20)), 0.5),
        (png("white", (20, 10)), png("white", (10, 20)), 1 - 100 / 400),
    ],
)
def test_pictures_are_compared_pixel_by_pixel(before: bytes, after: bytes, share: float) -> None:
    found, picture = compare(before, after)
    assert found == pytest.approx(share)
    with Image.open(BytesIO(picture)) as image:
        marked = sum(
            count
            for count, colour in image.convert("RGB").getcolors() or []
            if colour == (214, 0, 110)
        )
        assert marked / (image.width * image.height) == pytest.approx(share)


def pictures(after: Side, *names: str, tags: tuple[str, ...] = ()) -> tuple[Difference, Drawer]:
    drawer = Drawer()
    screens = [one for one in reachable() if one.name in names]
    assert len(screens) == len(names)

    def start() -> BatchRenderer:
        return drawer

    before = side()
    found = picture_changes(before, after, start, screens=screens, tags=tags)
    settings = changes(before, after)
    whole = Difference(before=before, after=after, settings=settings, pictures=found)
    return whole, drawer


def test_pages_that_are_the_same_for_both_are_not_drawn() -> None:
    whole, drawer = pictures(side("b", registration__organisation="Other"), "start/phone")
    assert whole.pictures == ()
    assert drawer.drawn == []


def test_pages_differ_by_brand_language_and_settings() -> None:
    after = side("b", branding__header="red", start__fields="phone", language__offered=["en", "nb"])
    whole, drawer = pictures(after, "start/phone", "start/phone-only", tags=("en", "sv"))
    assert whole.pictures is not None
    told = {
        (one.screen, one.tag): (one.before is not None, one.after is not None, one.share)
        for one in whole.pictures
    }
    assert told == {
        ("start/phone", "en"): (True, False, 1.0),
        ("start/phone", "sv"): (True, False, 1.0),
        ("start/phone-only", "en"): (False, True, 1.0),
    }
    assert len(drawer.drawn) == 3
    both, _drawer = pictures(side("b", branding__header="red"), "start/phone")
    assert both.pictures is not None
    assert list(both.pictures[0].files) == [
        f"start.phone.en.{part}.png" for part in ("before", "after", "difference")
    ]


def test_markdown_is_a_table_that_no_text_breaks() -> None:
    after = side("b|c.yaml", branding__message__en="*a* | <b>\n# `c`", branding__header="red")
    whole, _drawer = pictures(after, "start/phone")
    text = as_markdown(whole)
    assert text.startswith(
        "## a.client.yaml → b\\|c.yaml\n\n2 settings differ, 1 picture differs.\n"
    )
    assert "| \\*a\\* \\| \\<b\\> \\# \\`c\\` (line 34) |" in text
    assert "![before](pictures/start.phone.en.before.png)" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert [line.replace("\\|", "").count("|") for line in rows] == [4, 4, 4, 4, 6, 6, 6]


def test_json_has_values_and_files() -> None:
    whole, _drawer = pictures(side("b", branding__header="red"), "start/phone")
    data = json.loads(as_json(whole))
    assert data["settings"] == [
        {
            "path": "branding.header",
            "before": {"value": "linear-gradient(100deg, #f9d36a, #f36f2d)", "line": 30},
            "after": {"value": "#ff0000", "line": 30},
        }
    ]
    (picture,) = data["pictures"]
    assert (picture["screen"], picture["locale"], picture["share"]) == ("start/phone", "en", 1.0)
    assert picture["files"][0] == "pictures/start.phone.en.before.png"


def test_html_holds_everything_and_escapes_it() -> None:
    script = "<script>alert(1)</script>"
    after = side("<b>.yaml", branding__header="red", branding__message__en=script)
    whole, _drawer = pictures(after, "start/phone", "start/phone-only")
    page = html.fromstring(as_html(whole))
    assert [element.tag for element in page.iter("script", "link", "iframe")] == []
    assert script in "".join(map(str, page.itertext()))
    sources = [element.get("src", "") for element in page.iter("img")]
    assert {source[:5] for source in sources} == {"data:"}
    assert len(sources) == 3
    swatches = [one for one in page.iter("span") if one.get("class") == "swatch"]
    assert [inner.get("style") for swatch in swatches for inner in swatch] == [
        "background: linear-gradient(100deg, #f9d36a, #f36f2d)",
        "background: #ff0000",
    ]


def test_nothing_differs_is_said() -> None:
    empty = Difference(before=side(), after=side(), settings=())
    assert empty.is_empty
    assert "No settings differ." in as_markdown(empty)
    assert "No settings differ." in as_html(empty)
