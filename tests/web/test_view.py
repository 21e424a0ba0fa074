from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.device.browser import Browser
from studio.device.device import Outside
from studio.site.application import ORIGIN
from tests.samples import fakebrand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.device.device import Device, Reply
    from studio.web.view import PageView

HEADER = "getComputedStyle(document.querySelector('.header')).backgroundColor"
SERVICE = "https://fakebrand.service.example/"
TYPED = "document.querySelector('[name=identifier]').value"


def ask(qtbot: QtBot, view: PageView, script: str) -> object:
    answers: list[object] = []
    view.run(script, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def seen_by_the_page(qtbot: QtBot, view: PageView, script: str) -> object:
    answers: list[object] = []
    view.page().runJavaScript(script, 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def in_urdu(device: Device, address: str) -> str:
    return Browser(device).open(f"{address}?ui_locales=ur-PK").body.decode()


def test_a_colour_is_painted_and_what_was_typed_stays(qtbot: QtBot, view: PageView) -> None:
    view.fill({"identifier": "999 12"})
    view.paint(fakebrand({"branding.header": "#123456"}).variables)
    assert ask(qtbot, view, HEADER) == "rgb(18, 52, 86)"
    assert ask(qtbot, view, TYPED) == "999 12"


def test_a_swapped_body_keeps_typed_text_focus_and_selection(
    qtbot: QtBot, view: PageView, device: Device
) -> None:
    view.fill({"identifier": "999 12 345"})
    view.run("document.activeElement.setSelectionRange(2, 5)")
    view.swap(in_urdu(device, view.address))
    qtbot.waitUntil(lambda: ask(qtbot, view, "document.dir") == "rtl")
    assert ask(qtbot, view, "document.documentElement.lang") == "ur-PK"
    assert ask(qtbot, view, TYPED) == "999 12 345"
    active = "[document.activeElement.name, document.activeElement.selectionStart,"
    active += " document.activeElement.selectionEnd].join()"
    assert ask(qtbot, view, active) == "identifier,2,5"


def test_what_was_typed_does_not_move_to_another_kind_of_field(
    qtbot: QtBot, view: PageView, device: Device
) -> None:
    view.fill({"identifier": "999 12 345"})
    browser = Browser(device)
    browser.open(view.address)
    view.swap(browser.press("switch").body.decode())
    kind = "document.querySelector('[name=identifier]').type"
    qtbot.waitUntil(lambda: ask(qtbot, view, kind) == "email")
    assert ask(qtbot, view, TYPED) == ""


def test_only_the_newest_swap_takes_effect(qtbot: QtBot, view: PageView, device: Device) -> None:
    english = Browser(device).open(view.address).body.decode()
    view.swap(in_urdu(device, view.address))
    view.swap(english)
    qtbot.waitUntil(lambda: ask(qtbot, view, "preview.generation") == 2)
    view.run("preview.settle()")
    qtbot.waitUntil(lambda: ask(qtbot, view, "preview.ready") is True)
    assert ask(qtbot, view, "document.dir") == "ltr"


def test_pages_see_nothing_of_the_program(qtbot: QtBot, view: PageView) -> None:
    assert seen_by_the_page(qtbot, view, "typeof preview") == "undefined"


def test_a_form_is_sent_and_the_next_screen_shown(
    qtbot: QtBot, view: PageView, device: Device
) -> None:
    view.fill({"identifier": "999 12 345"})
    with qtbot.waitSignal(view.answered) as answered:
        view.run("document.querySelector('.button').click()")
    reply: Reply = answered.args[0]
    assert reply.screen is not None
    assert reply.screen.id == "verify-phone"
    assert device.state.inbox[-1].code is not None


def test_scripts_for_a_page_that_is_loading_wait_for_it(qtbot: QtBot, view: PageView) -> None:
    view.open(view.address)
    view.fill({"identifier": "12"})
    qtbot.waitUntil(lambda: not view.loading)
    assert ask(qtbot, view, TYPED) == "12"


@pytest.mark.page_errors
def test_a_request_that_fails_inside_is_failed_not_left_open(
    qtbot: QtBot, view: PageView, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> Reply:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(device, "request", broken)
    with qtbot.waitSignal(view.page().loadFinished) as finished:
        view.open(view.address)
    assert finished.args == [False]


def test_a_page_that_a_link_of_another_host_leads_to_has_the_scripts_of_the_program(
    qtbot: QtBot, view: PageView
) -> None:
    for _visit in range(3):
        with qtbot.waitSignal(view.page().loadFinished):
            view.open("https://fakebrand.service.example/")
        with qtbot.waitSignal(view.page().loadFinished):
            view.run("document.querySelector('a[data-action=sign-in]').click()")
        assert view.address.startswith("https://id.connect.example/")
        assert ask(qtbot, view, "typeof preview") == "object"
        assert seen_by_the_page(qtbot, view, "typeof RTCPeerConnection") == "undefined"


def test_links_between_connect_and_the_service_lead_there(
    qtbot: QtBot, view: PageView, device: Device
) -> None:
    back = "https://fakebrand.service.example/settings?ui_locales=en"
    link = (
        f"<a id='way' href='{ORIGIN}/id/account?client_id=fakebrand&amp;back={quote(back)}'>x</a>"
    )
    view.swap(f"<body>{link}</body>")
    qtbot.waitUntil(lambda: ask(qtbot, view, "!!document.querySelector('#way')") is True)
    with qtbot.waitSignal(view.answered) as answered:
        view.run("document.querySelector('#way').click()")
    reply: Reply = answered.args[0]
    assert reply.url.startswith(f"{ORIGIN}/")
    assert not isinstance(reply.screen, Outside)
    assert device.destination(back) == back


def test_the_page_before_is_seen_until_one_of_another_host_is_there(
    qtbot: QtBot, view: PageView
) -> None:
    seen: list[tuple[bool, bool, bool]] = []

    def look() -> None:
        same = view.cover.grab().toImage().pixelColor(180, 20) == before
        seen.append((view.cover.isVisible(), view.cover.size() == view.size(), same))

    before = view.grab().toImage().pixelColor(180, 20)
    view.answered.connect(look)
    with qtbot.waitSignal(view.answered):
        view.open(SERVICE)
    assert seen[0] == (True, True, True)
    qtbot.waitUntil(lambda: not view.cover.isVisible())
    assert view.address == SERVICE


def test_the_next_page_of_the_same_host_is_not_covered(qtbot: QtBot, view: PageView) -> None:
    with qtbot.waitSignals([view.answered, view.loaded]):
        view.run("location.search = '?ui_locales=nb'")
    assert not view.cover.isVisible()


def test_back_and_forward_are_the_browsers(qtbot: QtBot, view: PageView) -> None:
    first = view.address
    assert (view.neighbour(-1), view.neighbour(1)) == ("", "")
    with qtbot.waitSignal(view.loaded):
        view.run("location.search = '?ui_locales=nb'")
    assert view.neighbour(-1) == first
    with qtbot.waitSignal(view.loaded):
        view.go(-1)
    assert view.address == first
    assert (view.neighbour(-1), view.neighbour(1)) == ("", first)


def test_what_is_opened_is_the_first_page(qtbot: QtBot, view: PageView) -> None:
    with qtbot.waitSignal(view.loaded):
        view.open(SERVICE)
    assert view.neighbour(-1) == ""


def test_a_shortcut_of_the_program_is_not_the_pages(qtbot: QtBot, view: PageView) -> None:
    view.run("document.querySelector('[name=identifier]').focus()")
    keyboard = view.focusProxy()
    assert isinstance(keyboard, QWidget)
    qtbot.waitUntil(lambda: ask(qtbot, view, "document.activeElement.name") == "identifier")

    def taken() -> bool:
        asked = QKeyEvent(
            QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
        )
        asked.ignore()
        QApplication.sendEvent(keyboard, asked)
        return asked.isAccepted()

    qtbot.waitUntil(taken)
    view.not_for_pages = frozenset({"Ctrl+A"})
    assert not taken()
