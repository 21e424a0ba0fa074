"""The strength of a new password: with a button, and as a page's script asks for it."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from studio.device.people import PEOPLE
from studio.engine.flow import Problem
from studio.engine.screens import NewPassword
from studio.site.application import ORIGIN
from studio.site.strength import MAX_BODY
from tests.device.given import LEVEL_2, code_of, new_device, opened, typed

if TYPE_CHECKING:
    from studio.device.browser import Browser
    from studio.device.device import Device, Reply

URL = f"{ORIGIN}/id/password-strength"
GOOD = "kelp and basalt 77 lanterns"


def choosing() -> Browser:
    """Return a browser at the choice of a new password."""
    browser = opened(LEVEL_2)
    typed(browser, "identifier", PEOPLE[0].phone or "")
    browser.press("forgot")
    browser.press("continue")
    typed(browser, "code", code_of(browser))
    return browser


def asked(device: Device, password: str, flow: str = "") -> dict[str, object]:
    body = urlencode({"password": password, "flow": flow}).encode()
    reply = device.request("POST", URL, body=body)
    assert (reply.status, reply.mimetype) == (200, "application/json")
    answer: dict[str, object] = json.loads(reply.body)
    return answer


def checked(browser: Browser, password: str) -> Reply:
    browser.fill("password", password)
    return browser.press("check-password")


def new_password(reply: Reply) -> NewPassword:
    assert isinstance(reply.screen, NewPassword)
    return reply.screen


@pytest.mark.parametrize(
    ("password", "strength", "word"),
    [("kelp99", 1, "Weak password"), (GOOD, 4, "Strong password")],
)
def test_without_scripts_a_button_tells_the_strength_and_asks_again(
    password: str, strength: int, word: str
) -> None:
    browser = choosing()
    screen = new_password(checked(browser, password))
    assert (screen.strength, screen.problem, screen.state) == (strength, None, "strength")
    (told,) = browser.document.xpath("//*[@role='status' and contains(@class, 'strength')]/text()")
    assert told == word
    assert browser.held("password") == ""
    assert "Type your password again" in browser.document.text_content()
    typed(browser, "password", GOOD)
    assert browser.reply.screen is not None
    assert browser.reply.screen.id == "password-changed"


@pytest.mark.parametrize(
    ("password", "problem", "strength"),
    [
        ("", Problem.PASSWORD_MISSING, None),
        ("abc", Problem.PASSWORD_TOO_SHORT, 0),
        ("password", Problem.PASSWORD_COMMON, 0),
        (PEOPLE[0].phone, Problem.PASSWORD_OWN, 0),
    ],
)
def test_what_would_be_refused_is_told_when_it_is_looked_at(
    password: str, problem: Problem, strength: int | None
) -> None:
    screen = new_password(checked(choosing(), password))
    assert (screen.problem, screen.strength) == (problem, strength)


def test_a_password_that_is_looked_at_is_kept_nowhere() -> None:
    browser = choosing()
    checked(browser, GOOD)
    asked(browser.device, GOOD, urlsplit(browser.reply.url).path)
    assert GOOD not in repr(browser.device.state)
    assert GOOD not in browser.reply.body.decode()


def test_a_refused_password_takes_the_strength_of_the_one_before_away() -> None:
    browser = choosing()
    checked(browser, GOOD)
    assert new_password(typed(browser, "password", "abc")).strength is None


def test_a_script_is_told_the_strength_and_the_problem_and_nothing_changes() -> None:
    device = new_device()
    before = device.world
    assert asked(device, GOOD) == {"strength": 4, "problem": None}
    assert asked(device, "abc") == {"strength": 0, "problem": "password-too-short"}
    assert asked(device, "") == {"strength": 0, "problem": "password-too-short"}
    assert device.world == before


def test_ones_own_number_counts_only_for_the_browser_that_has_proven_it() -> None:
    browser = choosing()
    number = (PEOPLE[0].phone or "").removeprefix("+47")
    flow = urlsplit(browser.reply.url).path
    own = {"strength": 0, "problem": "password-own"}
    assert asked(browser.device, number, flow) == own
    assert asked(browser.device, number) != own
    stranger = new_device()
    stranger.world = browser.device.world
    assert asked(stranger, number, flow) != own
    typed(browser, "password", GOOD)
    browser.press("continue")
    assert asked(browser.device, number) == own


def test_the_answer_is_not_cached_and_nothing_of_it_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        reply = new_device().request("POST", URL, body=b"password=kelp+and+basalt")
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in reply.headers
    assert "kelp" not in caplog.text


def test_what_is_too_long_to_be_typed_is_not_read() -> None:
    device = new_device()
    assert device.request("POST", URL, body=b"password=" + b"a" * MAX_BODY).status == 413
    assert device.request("GET", URL).status == 405
    assert asked(device, "é漢" * 500)["problem"] is None


def test_only_pages_that_ask_may_ask() -> None:
    browser = choosing()
    assert "connect-src 'self'" in browser.reply.headers["Content-Security-Policy"]
    assert browser.document.xpath("//@data-url") == ["/id/password-strength"]
    browser.press("about")
    assert "connect-src" not in browser.reply.headers["Content-Security-Policy"]
