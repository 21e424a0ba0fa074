"""Why this screen: the checks, what is folded below them, and what it costs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from studio.app.controls import widgets_in
from studio.app.inspector_facts import (
    language_groups,
    limit_groups,
    number_groups,
    request_groups,
    session_groups,
    token_groups,
)
from studio.app.inspector_parts import breakable, check_title
from studio.device.inspection import inspect
from studio.device.network import Connection
from studio.engine.detection import Network
from tests.device.given import authorize, code_of, opened, typed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.inspector_facts import Fact, Group
    from studio.app.inspector_parts import Column
    from studio.app.window import StudioWindow
    from studio.device.browser import Browser
    from studio.device.inspection import Inspection
    from tests.app.fakes import FakeSession

BREAK = "\u200b"


def told(browser: Browser) -> Inspection:
    screen = browser.reply.screen
    assert screen is not None
    return inspect(browser.device, screen, browser.reply.url)


def signed_in(**changes: str) -> Browser:
    browser = opened(**changes)
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    return browser


@pytest.fixture
def shown(window: StudioWindow, qtbot: QtBot) -> StudioWindow:
    """The window, visible, so that the inspector asks."""
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    return window


def show(fake: FakeSession, inspection: Inspection) -> None:
    fake.told = inspection
    fake.walk("password")


def rows(window: StudioWindow) -> list[str]:
    """Return what a screen reader is told of the check list."""
    contents = window.session_panel.inspector.contents
    return [one.accessibleName() for one in widgets_in(contents.checks.rows)]


def texts(column: Column) -> list[str]:
    """Return what a column shows now."""
    labels = [
        one
        for row in widgets_in(column.rows)
        for one in ([row] if isinstance(row, QLabel) else row.findChildren(QLabel))
    ]
    return [one.text().replace(BREAK, "") for one in labels]


def facts(groups: tuple[Group, ...]) -> dict[str, Fact]:
    """Return facts by name, the first one of each."""
    return {fact.name: fact for group in reversed(groups) for fact in group.facts}


def test_before_the_first_page_it_says_so(shown: StudioWindow) -> None:
    contents = shown.session_panel.inspector.contents
    assert contents.why.text() == "No page is shown yet."
    assert contents.checks.isHidden()
    section, part, _ = contents.parts["Tokens"]
    section.head.click()
    assert texts(part) == ["No page is shown yet."]


def test_the_checks_are_told_in_words(shown: StudioWindow, fake: FakeSession) -> None:
    browser = signed_in()
    browser.open(authorize(acr_values="2"))
    show(fake, told(browser))
    assert rows(shown) == [
        "Signed in: passed",
        "Person: passed",
        "Prompt login: passed",
        "Max age: passed",
        "Level: stopped here",
        "",
        "Code: not reached",
        "Email: not reached",
        "Phone: not reached",
        "Consent: not reached",
    ]
    contents = shown.session_panel.inspector.contents
    assert contents.why.text() == "Signed in with the phone, but level 2 is asked for."
    assert "Passes when: the sign-in is of the level asked for." in texts(contents.checks)


def test_a_page_outside_of_a_flow_has_no_checks(shown: StudioWindow, fake: FakeSession) -> None:
    show(fake, told(opened()))
    assert rows(shown)
    show(fake, replace(told(opened()), flow=None, why="It is so."))
    contents = shown.session_panel.inspector.contents
    assert contents.checks.isHidden()
    assert contents.why.text() == "It is so."


def test_folded_and_hidden_it_asks_for_nothing(shown: StudioWindow, fake: FakeSession) -> None:
    inspector = shown.session_panel.inspector
    show(fake, told(opened()))
    asked = fake.inspections
    inspector.head.click()
    fake.walk("verify-phone", "password")
    assert fake.inspections == asked
    inspector.head.click()
    assert fake.inspections == asked + 1
    shown.toggle_panel(1)
    fake.walk("verify-phone")
    assert fake.inspections == asked + 1


def test_the_same_again_makes_no_widgets(shown: StudioWindow, fake: FakeSession) -> None:
    contents = shown.session_panel.inspector.contents
    show(fake, told(opened()))
    before = widgets_in(contents.checks.rows)
    fake.walk("password")
    assert widgets_in(contents.checks.rows) == before


def test_a_folded_part_is_drawn_when_it_is_unfolded(shown: StudioWindow, fake: FakeSession) -> None:
    section, part, _ = shown.session_panel.inspector.contents.parts["CONNECT session"]
    show(fake, told(signed_in()))
    assert widgets_in(part.rows) == []
    section.head.click()
    assert "+47 99 91 23 45\nuser@example.com" in texts(part)
    show(fake, told(opened()))
    assert texts(part) == ["CONNECT has no session in this browser. One begins with a sign-in."]


@pytest.mark.parametrize(
    ("title", "empty"),
    [
        ("Tokens", "No service has a session in this browser yet."),
        ("Limits", "Nothing has been tried or sent yet that a limit counts."),
    ],
)
def test_what_is_empty_says_so(
    shown: StudioWindow, fake: FakeSession, title: str, empty: str
) -> None:
    section, part, _ = shown.session_panel.inspector.contents.parts[title]
    section.head.click()
    show(fake, told(opened()))
    assert texts(part) == [empty]


def test_every_part_fits_into_the_panel(shown: StudioWindow, fake: FakeSession) -> None:
    nonce = "x" * 200
    show(fake, told(signed_in(login_hint=nonce, scope="openid email phone")))
    panel = shown.session_panel
    for section, _, _ in panel.inspector.contents.parts.values():
        section.head.click()
    widget = panel.widget()
    assert widget is not None
    assert widget.minimumSizeHint().width() <= panel.viewport().width()


@pytest.mark.parametrize("by", ["button", "command"])
def test_it_is_copied_as_json(shown: StudioWindow, fake: FakeSession, by: str) -> None:
    show(fake, told(signed_in()))
    said: list[str] = []
    shown.session_panel.inspector.said.connect(said.append)
    if by == "button":
        shown.session_panel.inspector.copy_button.click()
    else:
        shown.commands.action("journey.copy_why").trigger()
    read = json.loads(QGuiApplication.clipboard().text())
    assert (read["screen"], read["state"]) == ("service", "signed-in")
    assert said == ["Why this screen is on the clipboard, as JSON."]


def test_without_a_page_nothing_is_copied(window: StudioWindow) -> None:
    said: list[str] = []
    window.session_panel.inspector.said.connect(said.append)
    window.session_panel.inspector.copy()
    assert said == ["No page is shown yet."]


# What it says


def test_a_session_in_words() -> None:
    session = facts(session_groups(told(signed_in())))
    assert session["Level"].value == "1, the phone"
    assert session["Proven by"].value == "code"
    assert session["Until"].value == "Tue 5 Jan 2027 09:41 or until the window closes"
    assert session["Account"].value == "may be changed"
    assert session["Counts here"].value == "yes"
    browser = signed_in()
    browser.device.wait(timedelta(minutes=11))
    assert facts(session_groups(told(browser)))["Account"].value == "may be changed after a proof"


def test_a_session_that_does_not_count_here_says_why() -> None:
    browser = opened("session: {sso: false, stay_signed_in: {shown: false}}\n")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    browser.open(authorize())
    session = facts(session_groups(told(browser)))
    assert session["Counts here"].value == (
        "no: it takes that the client has single sign-on switched on"
    )
    assert session["Until"].value == "Tue 5 Jan 2027 09:41"
    browser.open("https://id.connect.example/nowhere")
    assert "Counts here" not in facts(session_groups(told(browser)))


def test_tokens_in_words() -> None:
    browser = signed_in(scope="openid phone")
    tokens = facts(token_groups(told(browser)))
    assert tokens["Signed in as"].value == "+47 99 91 23 45"
    assert tokens["alg"].value == "RS256"
    assert tokens["auth_time"].value == "Mon 5 Jan 2026 09:41"
    assert (tokens["amr"].value, tokens["td_sls"].value) == ("OTP", "true")
    assert tokens["Access"].value.endswith("good, until Mon 5 Jan 2026 10:41")
    assert not tokens["Access"].alert
    browser.device.wait(timedelta(hours=1))
    assert facts(token_groups(told(browser)))["Access"].alert


def test_limits_in_words() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    limits = limit_groups(told(browser))[0].facts
    assert [one.value for one in limits] == [
        "1 of 5 for +47 99 91 23 45\none back at 10:41",
        "1 of 10 for this browser\none back at 10:41",
    ]
    for _ in range(4):
        browser.press("resend")
    reached = limit_groups(told(browser))[0].facts[0]
    assert (reached.value, reached.alert) == (
        "5 of 5 for +47 99 91 23 45\nnone until 10:41",
        True,
    )


def test_a_language_in_words() -> None:
    groups = language_groups(told(opened(ui_locales="tlh nn")))
    assert [group.title for group in groups] == ["", "Wanted, best first"]
    language = facts(groups)
    assert language["Shown"].value == "Norwegian Bokmål (nb)"
    assert language["nn"].value == "taken: served by nb"
    outside = replace(told(opened()), language=None)
    assert language_groups(outside)[0].empty == "This page is of the device, in English."


def test_a_request_in_words() -> None:
    browser = opened(acr_values="2", prompt="consent")
    request = facts(request_groups(told(browser)))
    assert (request["level"].value, request["prompt"].value, request["max_age"].value) == (
        "2, by the request",
        "consent, by the request",
        "nothing",
    )
    assert request["redirect_uri"].value == "fakebrand://connect/oauth2callback"
    assert "Page says" not in request
    assert not request["Ends"].alert
    typed(browser, "identifier", "1")
    assert facts(request_groups(told(browser)))["Page says"].value == "phone-invalid"
    browser.open("https://id.connect.example/nowhere")
    assert request_groups(told(browser))[0].empty == "No request led to this page."


@pytest.mark.parametrize(
    ("network", "number"), [(Network.MOBILE_DATA, "+47 99 91 23 45"), (Network.WIFI, "none")]
)
def test_a_number_in_words(network: Network, number: str) -> None:
    browser = opened()
    browser.device.connect_by(Connection(network=network))
    found = facts(number_groups(told(browser)))
    assert (found["Number"].value, found["Network"].value) == (number, str(network))
    assert found["Why"].value.endswith(".")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a b", ["a b"]),
        ("https://x.example/a", ["https:", "/", "/", "x.", "example/", "a"]),
        ("0" * 40, ["0" * 16, "0" * 16, "0" * 8]),
        ("", [""]),
    ],
)
def test_long_texts_may_break(text: str, lines: list[str]) -> None:
    assert "".join(breakable(text).split(BREAK)) == text
    assert max(map(len, breakable(text).split(BREAK))) <= max(map(len, lines))


def test_a_check_has_a_name_for_reading() -> None:
    assert check_title("signed_in") == "Signed in"
