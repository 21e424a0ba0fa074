from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import lxml.html
import pytest

from studio.device.renderer import PHONE, Picture
from studio.exporters.translator import PAGE, PLAYBOOK, PO_FILE, translator_files
from studio.i18n import pofiles
from studio.i18n.locales import locale
from studio.i18n.marking import FIRST, OPEN
from studio.resources import folder
from tests.samples import fakebrand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from studio.device.device import Device
    from studio.device.renderer import Renderer, Viewport


def page(files: dict[str, bytes]) -> HtmlElement:
    return cast("HtmlElement", lxml.html.document_fromstring(files[PAGE].decode()))


class FakeRenderer:
    """Says that every marked message stands in the first line of the page, in two pieces."""

    def __init__(self) -> None:
        self.drawn: list[bytes] = []

    def measure(
        self, device: Device, url: str, _sizes: Iterable[Viewport], _script: str
    ) -> list[str]:
        body = device.request("GET", url).body.decode()
        signs = [body[place + 1] for place in range(len(body)) if body[place] == OPEN]
        pieces = [
            {"left": 36, "top": 64, "right": 72, "bottom": 96},
            {"left": 72, "top": 66, "right": 108, "bottom": 94},
        ]
        marks = [{"number": ord(sign) - FIRST, "boxes": pieces} for sign in dict.fromkeys(signs)]
        return [json.dumps(marks)]

    def shoot(
        self, device: Device, url: str, viewport: Viewport, *, full_page: bool = False
    ) -> Picture:
        assert (viewport, full_page) == (PHONE, True)
        self.drawn.append(device.request("GET", url).body)
        return Picture(png=b"PNG", width=360, height=640)


@pytest.fixture(scope="module")
def renderer() -> FakeRenderer:
    return FakeRenderer()


@pytest.fixture(scope="module")
def files(renderer: FakeRenderer) -> dict[str, bytes]:
    return translator_files("ur-PK", cast("Renderer", renderer), [fakebrand()])


def test_the_folder_holds_texts_page_pictures_and_terms(files: dict[str, bytes]) -> None:
    assert files[PO_FILE] == pofiles.path(folder("locales"), locale("ur-PK")).read_bytes()
    assert "سائن اِن کریں" in files[PLAYBOOK].decode()
    pictures = {name for name in files if name.endswith(".png")}
    assert "pictures/start.phone.png" in pictures
    assert set(files) == {PO_FILE, PLAYBOOK, PAGE, *pictures}


def test_each_picture_is_drawn_once_and_without_marks(
    files: dict[str, bytes], renderer: FakeRenderer
) -> None:
    assert len(renderer.drawn) == sum(name.endswith(".png") for name in files) > 20
    assert not any(OPEN in body.decode() for body in renderer.drawn)


def test_every_message_is_on_the_page_with_its_mark(files: dict[str, bytes]) -> None:
    document = page(files)
    sections = document.xpath("//section")
    catalogue = pofiles.read(pofiles.path(folder("locales"), locale("ur-PK")))
    assert len(sections) == len(list(pofiles.messages(catalogue)))
    (first,) = document.xpath(
        "//section[.//p[@class='source'][.='Sign in with your CONNECT account']]"
    )
    assert first.xpath(".//p[@class='translation']/@dir") == ["rtl"]
    assert first.xpath(".//img/@src") == ["pictures/start.email.png"]
    # The two pieces stand in one line, and so become one mark.
    assert first.xpath(".//span[@class='mark']/@style") == [
        "left:10.0%;top:10.0%;width:20.0%;height:5.0%"
    ]
    assert not {OPEN} & set(files[PAGE].decode())


def test_a_message_that_is_sent_is_shown_as_it_arrives(files: dict[str, bytes]) -> None:
    document = page(files)
    (sent,) = document.xpath("//section[.//code='sms']//p[@class='sms']")
    assert "FakeBrand" in sent.text_content()
    assert "%(" not in sent.text_content()
    assert sent.get("lang") == "ur-PK"
