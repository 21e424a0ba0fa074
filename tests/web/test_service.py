"""The service's pages in the real view: the splash goes on by itself, a colour is seen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.device.device import service_origin
from tests.samples import fakebrand
from tests.web.test_view import ask

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.web.view import PageView

HOME = service_origin("fakebrand")
FONT = "[...document.fonts].some((face) => face.status === 'loaded')"
BAR = "getComputedStyle(document.querySelector('.bar')).backgroundColor"


def opened(qtbot: QtBot, view: PageView, path: str) -> None:
    with qtbot.waitSignal(view.page().loadFinished):
        view.open(f"{HOME}{path}")


def test_the_splash_goes_on_to_signing_in(qtbot: QtBot, view: PageView) -> None:
    opened(qtbot, view, "/?start")
    qtbot.waitUntil(lambda: "/id/signin/" in view.address)


def test_a_colour_is_painted_on_the_services_page(qtbot: QtBot, view: PageView) -> None:
    opened(qtbot, view, "/")
    view.paint(fakebrand({"branding.header": "#123456"}).variables)
    assert ask(qtbot, view, BAR) == "rgb(18, 52, 86)"


def test_the_services_page_has_its_fonts(qtbot: QtBot, view: PageView) -> None:
    opened(qtbot, view, "/")
    qtbot.waitUntil(lambda: ask(qtbot, view, FONT) is True)
