from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studio.device.fresh import fresh_pages
from studio.device.renderer import PHONE, Picture, Viewport
from studio.journeys.reach import reach, reachable
from studio.web.renderer import QtRenderer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from studio.pages.hosting import HostedClient

PAGES = fresh_pages()


@pytest.fixture
def renderer(qapp: QApplication) -> Iterator[QtRenderer]:
    made = QtRenderer()
    yield made
    made.close()
    qapp.processEvents()


def shoot(
    renderer: QtRenderer,
    hosted: HostedClient,
    name: str,
    viewport: Viewport = PHONE,
    *,
    full_page: bool = False,
) -> Picture:
    (one,) = (each for each in reachable() if each.name == name)
    browser = reach(one, hosted, PAGES)
    return renderer.shoot(browser.device, browser.reply.url, viewport, full_page=full_page)


def pixels(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def test_each_page_is_its_own_picture_whatever_was_drawn_before(
    renderer: QtRenderer, hosted: HostedClient
) -> None:
    first = shoot(renderer, hosted, "start/phone")
    other = shoot(renderer, hosted, "password/phone")
    again = shoot(renderer, hosted, "start/phone")
    assert first.png != other.png
    assert first == again
    assert (first.width, first.height) == (360, 640)


def test_the_mark_that_proves_freshness_is_gone(renderer: QtRenderer, hosted: HostedClient) -> None:
    picture = pixels(shoot(renderer, hosted, "start/phone"))
    red, _green, blue = picture.getpixel((2, 2))  # type: ignore[misc]  # RGB has three
    assert red > blue, "the corner shows the brand's orange"


def test_a_full_page_is_as_high_as_its_content(renderer: QtRenderer, hosted: HostedClient) -> None:
    small = Viewport(width=320, height=200)
    assert shoot(renderer, hosted, "verify-phone/code-sent", small).height == 200
    grown = shoot(renderer, hosted, "verify-phone/code-sent", small, full_page=True)
    assert grown.width == 320
    assert grown.height > 400
