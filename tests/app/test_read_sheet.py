"""The sheet with which the device asks whether the service may read the code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.app.fakes import SMS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession


def arrives(fake: FakeSession) -> None:
    fake.readable_code = "4821"
    fake.receive(SMS)
    fake.walk("verify-phone")


def test_the_device_asks_and_the_code_is_typed_in(window: StudioWindow, fake: FakeSession) -> None:
    sheet = window.stage.sheet
    assert sheet.isHidden()
    arrives(fake)
    assert not sheet.isHidden()
    assert sheet.question.text() == "Allow FakeBrand to read this message and fill in the code?"
    sheet.allow.click()
    assert fake.filled == [{"code": "4821"}]
    assert sheet.isHidden()


def test_the_keyboard_comes_to_the_sheet_after_the_page(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.resize(1366, 768)
    fake.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    arrives(fake)
    fake.view.setFocus()
    window.commands.action("view.next_part").trigger()
    assert window.focusWidget() is window.stage.sheet.allow
    window.commands.action("view.next_part").trigger()
    assert window.session_panel.isAncestorOf(window.focusWidget() or window)


def test_who_denies_is_not_asked_again_about_the_same_message(
    window: StudioWindow, fake: FakeSession
) -> None:
    arrives(fake)
    window.stage.sheet.deny.click()
    fake.walk("verify-phone")
    assert window.stage.sheet.isHidden()
    assert fake.filled == []
    fake.receive(replace(SMS, code="7777"))
    assert not window.stage.sheet.isHidden()


def test_nothing_is_asked_where_the_sdk_reads_no_code(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.receive(SMS)
    fake.walk("verify-phone")
    assert window.stage.sheet.isHidden()


def test_nothing_is_asked_on_a_screen_that_wants_no_code(
    window: StudioWindow, fake: FakeSession
) -> None:
    arrives(fake)
    fake.walk("password")
    assert window.stage.sheet.isHidden()


def test_an_email_is_not_read(window: StudioWindow, fake: FakeSession) -> None:
    arrives(fake)
    fake.receive(replace(SMS, kind="email"))
    assert window.stage.sheet.isHidden()


def test_the_sheet_lies_on_the_page(window: StudioWindow, fake: FakeSession) -> None:
    arrives(fake)
    for zoom in (0.75, 1.0, 1.5):
        window.stage.choose_zoom(zoom)
        assert window.stage.frame.page_rect().contains(window.stage.sheet.geometry())
