"""The right-hand side: who signs in, the inbox, the request, and the trail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from studio.app.controls import widgets_in
from studio.app.crumb import Crumb
from studio.app.theme import Scheme, Theme
from tests.app.fakes import PEOPLE, SMS, FakeMessage

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from pytestqt.qtbot import QtBot

    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession


def test_a_person_and_what_they_have(window: StudioWindow) -> None:
    panel = window.session_panel.scenario
    assert panel.person.currentText() == "New, with a phone"
    assert panel.phone.type_button.isEnabled()
    assert not panel.email.type_button.isEnabled()
    assert not panel.password.type_button.isEnabled()
    assert "Not now: this person has none." in panel.password.type_button.toolTip()


def test_another_person_is_chosen(window: StudioWindow, fake: FakeSession) -> None:
    panel = window.session_panel.scenario
    assert panel.person.count() == len(PEOPLE)
    panel.person.setCurrentIndex(1)
    panel.person.activated.emit(1)
    assert fake.person is PEOPLE[1]
    assert panel.person.count() == len(PEOPLE)


def test_a_step_leaves_the_list_of_people_alone(window: StudioWindow, fake: FakeSession) -> None:
    changes: list[object] = []
    model = window.session_panel.scenario.person.model()
    model.rowsInserted.connect(lambda: changes.append("inserted"))
    model.rowsRemoved.connect(lambda: changes.append("removed"))
    fake.walk("verify-phone")
    assert changes == []


@pytest.mark.parametrize(
    ("screen", "typed"),
    [
        ("start", {"phone": {"identifier": "+47 999 54 321"}}),
        ("start with email", {"email": {"identifier": "person@example.com"}}),
        ("password", {"password": {"password": "correct horse"}}),
        ("verify-phone", {}),
        ("consent", {}),
        ("account-add-phone", {"phone": {"identifier": "+47 999 54 321"}}),
        ("account-password", {"password": {"current": "correct horse"}}),
        ("account-password, the first", {}),
    ],
)
def test_what_the_page_asks_for_is_typed_in_and_nothing_else(
    window: StudioWindow, fake: FakeSession, screen: str, typed: dict[str, dict[str, str]]
) -> None:
    fake.set_person("all")
    fake.walk(screen)
    panel = window.session_panel.scenario
    for name, fact in (
        ("phone", panel.phone),
        ("email", panel.email),
        ("password", panel.password),
    ):
        assert fact.type_button.isEnabled() == (name in typed)
        assert ("Not now: this screen" in fact.type_button.toolTip()) == (name not in typed)
        fact.type_button.click()
    assert fake.filled == list(typed.values())


def test_before_the_first_page_nothing_can_be_typed_in(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.steps, fake.position = (), -1
    window.session_panel.scenario.show_person()
    assert not window.session_panel.scenario.phone.type_button.isEnabled()


def _cards(window: StudioWindow) -> list[QWidget]:
    return widgets_in(window.session_panel.inbox._column)


def _texts(window: StudioWindow) -> list[str]:
    return [
        " ".join(label.text() for label in card.findChildren(QLabel)) for card in _cards(window)
    ]


def test_an_empty_inbox_says_so(window: StudioWindow) -> None:
    assert _cards(window) == []
    texts = [
        label.text()
        for label in window.session_panel.inbox.findChildren(QLabel)
        if not label.isHidden()
    ]
    assert "No messages yet. A code sent by SMS arrives here." in texts


def test_the_newest_message_is_on_top(window: StudioWindow, fake: FakeSession) -> None:
    mail = FakeMessage(
        kind="email",
        sender="CONNECT",
        recipient="person@example.com",
        text="Your password was changed.",
        code=None,
        when=SMS.when,
    )
    fake.receive(SMS)
    fake.receive(mail)
    first, second = _texts(window)
    assert "Your password was changed." in first
    assert "4821" in second
    assert "09:41" in second
    assert _cards(window)[0].findChildren(QPushButton) == []


@pytest.mark.parametrize("screen", ["verify-phone", "account-verify-phone"])
def test_a_code_is_used(window: StudioWindow, fake: FakeSession, screen: str) -> None:
    fake.receive(SMS)
    (use,) = _cards(window)[0].findChildren(QPushButton)
    assert use.accessibleName() == "Use code 4821"
    assert not use.isEnabled()
    assert "Not now: this screen does not ask for a code." in use.toolTip()
    fake.walk(screen)
    assert use.toolTip() == "Type the code 4821 into the page."
    use.click()
    assert fake.filled == [{"code": "4821"}]


def test_a_text_that_looks_like_markup_is_shown_as_it_is(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.receive(FakeMessage(**{**vars(SMS), "text": "<b>4821</b>"}))
    label = next(
        label
        for label in window.session_panel.inbox.findChildren(QLabel)
        if label.text() == "<b>4821</b>"
    )
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_typing_shows_the_url_and_enter_asks(window: StudioWindow, fake: FakeSession) -> None:
    fake.walk("verify-phone")
    scope = window.session_panel.request.inputs["scope"]
    scope.setFocus()
    QTest.keyClick(scope, Qt.Key.Key_End)
    QTest.keyClicks(scope, " x")
    assert fake.fields.scope.endswith(" x")
    assert "%20x&state" in window.session_panel.request.url.toPlainText()
    assert (fake.restarts, fake.position) == (0, 1)
    QTest.keyClick(scope, Qt.Key.Key_Return)
    assert fake.restarts == 1


def test_leaving_a_field_asks_once_and_only_when_it_was_edited(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.session_panel.request.more.unfold()
    hint, prompt = (window.session_panel.request.inputs[name] for name in ("login_hint", "prompt"))
    hint.setFocus()
    # A change of language, for example, is no reason to ask again here.
    fake.fields = replace(fake.fields, ui_locales="nb")
    prompt.setFocus()
    assert fake.restarts == 0
    hint.setFocus()
    QTest.keyClicks(hint, "999")
    prompt.setFocus()
    assert fake.restarts == 1
    hint.setFocus()
    prompt.setFocus()
    assert fake.restarts == 1


def test_several_hints_are_typed_one_a_line(window: StudioWindow, fake: FakeSession) -> None:
    hint = window.session_panel.request.inputs["login_hint"]
    QTest.keyClicks(hint, "999")
    QTest.keyClick(hint, Qt.Key.Key_Return)
    QTest.keyClicks(hint, "888")
    assert fake.fields.login_hint == "999\n888"
    assert fake.restarts == 0
    QTest.keyClick(hint, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (fake.fields.login_hint, fake.restarts) == ("999\n888", 1)


def test_a_mistake_is_told_below_its_field(window: StudioWindow, fake: FakeSession) -> None:
    max_age = window.session_panel.request.inputs["max_age"]
    QTest.keyClicks(max_age, "soon")
    assert window.session_panel.request.rows["max_age"].error == "Not a number."
    assert fake.fields.max_age == "soon"
    assert window.session_panel.request.rows["scope"].error == ""
    QTest.keyClick(max_age, Qt.Key.Key_Return)
    assert fake.restarts == 0


def test_a_mistake_without_a_field_is_told_at_the_url(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.mistakes = {"redirect_uri": "not registered"}
    fake.request_changed.emit()
    shown = [label.text() for label in window.session_panel.request.findChildren(QLabel)]
    assert "Not registered." in shown


def test_what_is_not_sent_is_told(window: StudioWindow, fake: FakeSession) -> None:
    request = window.session_panel.request
    assert (request.not_sent.isHidden(), request.more.opened) == (True, False)
    fake.mistakes = {"max_age": "must be a number", "claims": "claims is not JSON"}
    fake.request_changed.emit()
    assert (request.not_sent.isHidden(), request.more.opened) == (False, True)
    assert request.not_sent.text() == "Not sent: the page still shows the last good request."
    assert request.rows["max_age"].error == "Must be a number."
    assert request.rows["claims"].error == "Claims is not JSON."
    fake.mistakes = {}
    fake.request_changed.emit()
    assert request.not_sent.isHidden()


def test_rare_fields_are_folded_and_it_is_remembered(
    window: StudioWindow, settings: QSettings
) -> None:
    more = window.session_panel.request.more
    for name, control in window.session_panel.request.inputs.items():
        assert more.isAncestorOf(control) == (name in {"max_age", "login_hint", "claims"})
    more.head.click()
    assert more.opened
    assert settings.value("sections/More") == "open"


@pytest.mark.parametrize("by", ["button", "command"])
def test_the_request_is_reset(window: StudioWindow, fake: FakeSession, by: str) -> None:
    fake.fields = replace(fake.fields, prompt="login")
    if by == "button":
        window.session_panel.request.reset_button.click()
    else:
        window.commands.action("journey.reset_request").trigger()
    assert (fake.fields.prompt, fake.restarts) == ("", 1)


def test_what_was_typed_in_leaves_the_keyboard_on_the_page(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    fake.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    fake.walk("verify-phone")
    fake.receive(SMS)
    _cards(window)[0].findChildren(QPushButton)[0].click()
    assert fake.view.hasFocus()
    fake.walk("start")
    window.session_panel.scenario.phone.type_button.setFocus()
    window.session_panel.scenario.phone.type_button.click()
    assert fake.view.hasFocus()


def test_a_code_that_was_replaced_cannot_be_used(window: StudioWindow, fake: FakeSession) -> None:
    fake.walk("verify-phone")
    fake.receive(SMS, FakeMessage(**{**vars(SMS), "code": "7777"}))
    newer, older = _cards(window)
    assert [each.accessibleName() for each in newer.findChildren(QPushButton)] == ["Use code 7777"]
    assert older.findChildren(QPushButton) == []
    assert "replaced" in _texts(window)[1]
    assert "replaced" not in _texts(window)[0]


def test_a_message_unfolds_the_inbox(
    window: StudioWindow, fake: FakeSession, settings: QSettings
) -> None:
    inbox = window.session_panel.inbox
    inbox.head.click()
    fake.receive(SMS)
    assert inbox.opened
    assert settings.value("sections/Inbox") == "folded"
    inbox.head.click()
    fake.walk("password")
    assert not inbox.opened


def test_the_url_is_copied_and_cannot_be_typed_into(
    window: StudioWindow, fake: FakeSession
) -> None:
    window.session_panel.request.copy_button.click()
    assert QGuiApplication.clipboard().text() == fake.url
    assert window.session_panel.request.url.isReadOnly()
    assert window.status.currentMessage() == "The authorisation URL is on the clipboard."


def test_a_url_is_played(window: StudioWindow, fake: FakeSession) -> None:
    window.session_panel.request.paste_button.click()
    assert len(fake.played) == 1


def test_the_trail_marks_the_screen_shown(window: StudioWindow, fake: FakeSession) -> None:
    fake.walk("verify-phone", "consent")
    crumbs = window.stage.trail.crumbs
    assert [crumb.text() for crumb in crumbs] == ["start", "verify-phone", "consent"]
    assert [crumb.isChecked() for crumb in crumbs] == [False, False, True]


def test_steps_with_the_same_title_are_told_apart_by_their_state(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.walk("start", state="phone-invalid")
    fake.walk("verify-phone", state="empty")
    names = [crumb.accessibleName() for crumb in window.stage.trail.crumbs]
    assert names[1] == "Step 2, start phone-invalid"
    assert names[2] == "Step 3, verify-phone, shown now"
    told, plain = (Crumb("start", state).sizeHint().width() for state in ("phone-invalid", ""))
    assert told > plain


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_a_crumb_is_readable_in_both_schemes(
    window: StudioWindow, fake: FakeSession, theme: Theme, qtbot: QtBot, scheme: Scheme
) -> None:
    theme.choose(scheme)
    window.show()
    qtbot.waitExposed(window)
    fake.walk("verify-phone")
    crumb = window.stage.trail.crumbs[1]
    place = QRect(crumb.mapTo(window, QPoint(0, 0)), crumb.size())
    image = window.grab(place).toImage()
    seen = {
        image.pixelColor(x, y).lightness()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert max(seen) - min(seen) > 150


def test_a_long_trail_keeps_its_crumbs_and_the_current_one_in_sight(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    trail = window.stage.trail
    fake.walk(*["verify-phone", "start"] * 10)
    assert window.width() == 1366
    for position in (20, 0, 11):
        fake.go_to(position)
        crumb = trail.crumbs[position]
        left = crumb.mapTo(trail, crumb.rect().topLeft()).x()
        assert 0 <= left <= left + crumb.width() <= trail.width()
        assert all(each.width() >= each.sizeHint().width() for each in trail.crumbs)
    window.resize(1000, 700)
    crumb = trail.crumbs[11]
    assert 0 <= crumb.mapTo(trail, crumb.rect().topLeft()).x() <= trail.width() - crumb.width()


def test_arrow_keys_move_along_the_trail(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    fake.walk(*["verify-phone", "start"] * 10)
    trail = window.stage.trail
    trail.crumbs[20].setFocus()
    QTest.keyClick(trail.crumbs[20], Qt.Key.Key_Right)
    first = trail.crumbs[0]
    assert first.hasFocus()
    assert first.mapTo(trail, first.rect().topLeft()).x() >= 0


def test_a_click_on_the_trail_goes_back(window: StudioWindow, fake: FakeSession) -> None:
    fake.walk("verify-phone")
    window.stage.trail.crumbs[0].click()
    assert fake.position == 0
    window.stage.trail.crumbs[0].click()
    assert window.stage.trail.crumbs[0].isChecked()


def test_back_one_step(window: StudioWindow, fake: FakeSession) -> None:
    back = window.commands.action("journey.back")
    assert not back.isEnabled()
    fake.walk("verify-phone")
    back.trigger()
    assert fake.position == 0
    assert "this is the first screen." in back.toolTip()
