"""`measure.js` and `marks.js` on real pages: what they find is what is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.checks.measuring import InBatches, ShownPage, script
from studio.checks.pages import find_on_pages
from studio.device.fresh import fresh_device
from studio.device.renderer import PHONE
from studio.i18n.catalogues import Catalogues
from studio.i18n.marking import MarkingCatalogues, Numbers
from studio.pages.render import Pages
from studio.resources import folder
from studio.web.pool import Pool
from studio.web.renderer import QtRenderer
from tests.checks.given import entry, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.device.device import Device
    from studio.pages.hosting import HostedClient


@pytest.fixture
def renderer(qtbot: QtBot) -> Iterator[QtRenderer]:
    """A renderer; `qtbot` has made Qt's application."""
    assert qtbot
    made = QtRenderer()
    yield made
    made.close()


def test_a_page_that_fits_and_one_that_does_not(device: Device, url: str) -> None:
    languages = {"en": language("en", [entry("switch to email", "switch to email")])}
    pages = [ShownPage(screen="start/phone", tag="en", device=device, url=url)]
    with Pool(jobs=1) as pool:
        assert list(find_on_pages(InBatches(pool), pages, languages, [320, 1280])) == []
        narrow = list(find_on_pages(InBatches(pool), pages, languages, [110]))
    assert {"wrapping", "clipping"} <= {one.check for one in narrow}
    assert ("connect.po", 12) in {(one.file, one.line) for one in narrow}


def test_several_widths_on_one_load_are_as_on_a_load_for_each(device: Device, url: str) -> None:
    pages = [ShownPage(screen="start/phone", tag="en", device=device, url=url)]
    with Pool(jobs=1) as pool:
        ruler = InBatches(pool)
        together = [(width, layout) for _page, width, layout in ruler.measure(pages, [320, 1280])]
        apart = [
            (width, layout)
            for each in (320, 1280)
            for _, width, layout in ruler.measure(pages, [each])
        ]
    assert [layout["window"] for _width, layout in together] == [320, 1280]
    assert together == apart


def test_what_is_measured(renderer: QtRenderer, device: Device, url: str) -> None:
    call = f"JSON.stringify(({script().strip()})())"
    (answer,) = renderer.measure(device, url, [PHONE], call)
    layout = json.loads(str(answer))
    kinds = {thing["text"]: thing["kind"] for thing in layout["things"] if thing["kind"] != "box"}
    assert kinds["Sign in"] == "button"
    assert kinds["switch to email"] == kinds["Back"] == "link"
    assert kinds["Phone"] == "label"
    assert kinds["Sign in with your CONNECT account"] == "text"
    values = {thing["text"]: thing["value"] for thing in layout["things"]}
    assert values["Sign in with your CONNECT account"] is False
    assert values["CONNECT"] is True
    assert (layout["lang"], layout["window"], layout["content"]) == ("en", 360, 360)
    assert [one["text"] for one in layout["inputs"]] == ["Mobile phone number"]


def test_marks_are_taken_out_and_their_boxes_told(
    renderer: QtRenderer, hosted: HostedClient, url: str
) -> None:
    numbers = Numbers((("start", "Sign in with your CONNECT account"), ("field", "Email address")))
    catalogues = MarkingCatalogues(Catalogues(folder("locales")), numbers)
    marked = fresh_device(hosted, Pages(folder("flow_templates"), catalogues))
    source = (folder("assets") / "scripts" / "marks.js").read_text("utf-8").strip()
    call = f"JSON.stringify([({source})(), document.body.innerText])"
    (answer,) = renderer.measure(marked, url, [PHONE], call)
    marks, text = json.loads(str(answer))
    assert [mark["number"] for mark in marks] == [0]
    (box,) = marks[0]["boxes"]
    assert 80 < box["top"] < box["bottom"] < 150
    assert not any("\ue000" <= char <= "\uf8ff" for char in text)
