"""The right-hand side: who signs in, the inbox, the request, and the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.app.fakes import PEOPLE, SMS, FakeMessage

if TYPE_CHECKING:
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession


def test_a_person_and_what_they_have(window: StudioWindow) -> None:
    panel = window.scenario
    assert panel.person.currentText() == "New, with a phone"
    assert panel.phone.type_button.isEnabled()
    assert not panel.password.type_button.isEnabled()
    assert "Not now: this person has none." in panel.password.type_button.toolTip()


def test_another_person_is_chosen(window: StudioWindow, fake: FakeSession) -> None:
    window.scenario.person.setCurrentIndex(1)
    window.scenario.person.activated.emit(1)
    assert fake.person is PEOPLE[1]
    assert window.scenario.password.type_button.isEnabled()


def test_what_a_person_has_is_typed_in(window: StudioWindow, fake: FakeSession) -> None:
    fake.set_person("all")
    window.scenario.phone.type_button.click()
    window.scenario.email.type_button.click()
    window.scenario.password.type_button.click()
    assert fake.filled == [
        {"identifier": "+47 999 54 321"},
        {"identifier": "person@example.com"},
        {"password": "correct horse"},
    ]


def _texts(window: StudioWindow) -> list[str]:
    return [
        " ".join(label.text() for label in card.findChildren(QLabel)) for card in window.inbox.cards
    ]


def test_an_empty_inbox_says_so(window: StudioWindow) -> None:
    assert window.inbox.cards == []
    texts = [label.text() for label in window.inbox.findChildren(QLabel) if not label.isHidden()]
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
    assert window.inbox.cards[0].findChildren(QPushButton) == []


def test_a_code_is_used(window: StudioWindow, fake: FakeSession) -> None:
    fake.receive(SMS)
    (use,) = window.inbox.cards[0].findChildren(QPushButton)
    assert use.accessibleName() == "Use code 4821"
    use.click()
    assert fake.filled == [{"code": "4821"}]


def test_a_text_that_looks_like_markup_is_shown_as_it_is(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.receive(FakeMessage(**{**vars(SMS), "text": "<b>4821</b>"}))
    label = next(
        label for label in window.inbox.findChildren(QLabel) if label.text() == "<b>4821</b>"
    )
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_request_is_edited(window: StudioWindow, fake: FakeSession) -> None:
    QTest.keyClicks(window.request.inputs["max_age"], "60")
    assert fake.fields.max_age == "60"
    scope = window.request.inputs["scope"]
    scope.setFocus()
    QTest.keyClick(scope, Qt.Key.Key_End)
    QTest.keyClicks(scope, " x")
    assert fake.fields.scope.endswith(" x")
    assert "%20x&state" in window.request.url.toPlainText()


def test_a_mistake_is_told_below_its_field(window: StudioWindow, fake: FakeSession) -> None:
    QTest.keyClicks(window.request.inputs["max_age"], "soon")
    assert window.request.rows["max_age"].error == "not a number"
    assert fake.fields.max_age == "soon"
    assert window.request.rows["scope"].error == ""


def test_a_mistake_without_a_field_is_told_at_the_url(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.mistakes = {"redirect_uri": "not registered"}
    fake.request_changed.emit()
    shown = [label.text() for label in window.request.findChildren(QLabel)]
    assert "not registered" in shown


def test_the_url_is_copied_and_cannot_be_typed_into(
    window: StudioWindow, fake: FakeSession
) -> None:
    window.request.copy_button.click()
    assert QGuiApplication.clipboard().text() == fake.url
    assert window.request.url.isReadOnly()
    assert window.status.currentMessage() == "The authorisation URL is on the clipboard."


def test_a_url_is_played(window: StudioWindow, fake: FakeSession) -> None:
    window.request.paste_button.click()
    assert len(fake.played) == 1


def test_the_trail_marks_the_screen_shown(window: StudioWindow, fake: FakeSession) -> None:
    fake.walk("verify-phone", "consent")
    crumbs = window.stage.trail.crumbs
    assert [crumb.text() for crumb in crumbs] == ["start", "verify-phone", "consent"]
    assert [crumb.isChecked() for crumb in crumbs] == [False, False, True]


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
