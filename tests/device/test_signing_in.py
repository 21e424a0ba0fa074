"""Whole sign-ins, through the pages, as a person does them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.device.people import PEOPLE, Person
from studio.engine.screens import Password, Start, VerifyPhone
from tests.device.given import LEVEL_2, answer, at_service, code_of, opened, signed_in, typed

if TYPE_CHECKING:
    from studio.device.browser import Browser
    from studio.engine.tokens import Grant

LANGUAGES = [("en", "ltr"), ("ur-PK", "rtl")]
BY_ID = {person.id: person for person in PEOPLE}


def returned(browser: Browser) -> Grant:
    """Return what the service got, which shows who is signed in."""
    assert signed_in(browser)
    assert answer(browser)["state"] == "s 1"
    grant = browser.device.world.grants[answer(browser)["code"]]
    assert grant.redeemed
    return grant


def shown_in(browser: Browser, tag: str, direction: str) -> None:
    """Hold the page to its language."""
    assert (browser.document.get("lang"), browser.document.get("dir")) == (tag, direction)


@pytest.mark.parametrize(("tag", "direction"), LANGUAGES)
@pytest.mark.parametrize("person", [BY_ID["full"], BY_ID["phone"], BY_ID["new"]])
def test_by_phone_at_level_1(person: Person, tag: str, direction: str) -> None:
    browser = opened(ui_locales=tag, scope="openid phone")
    shown_in(browser, tag, direction)
    assert person.phone is not None
    assert isinstance(typed(browser, "identifier", person.phone).screen, VerifyPhone)
    shown_in(browser, tag, direction)
    message = browser.device.state.inbox[-1]
    assert (message.recipient, message.kind) == (person.phone, "sms")
    typed(browser, "code", code_of(browser))
    grant = returned(browser)
    authentication = grant.authentication
    account = browser.device.world.accounts[authentication.account_id]
    assert (authentication.level, authentication.methods) == (1, ("OTP",))
    assert signed_in(browser).signed_in_as == person.phone
    assert account.identifiers[0].value == person.phone
    assert len(browser.device.world.accounts) == 3 + (not person.exists)


@pytest.mark.parametrize(("tag", "direction"), LANGUAGES)
@pytest.mark.parametrize("person", [BY_ID["full"], BY_ID["email"]])
def test_with_a_password_at_level_2(person: Person, tag: str, direction: str) -> None:
    browser = opened(LEVEL_2, ui_locales=tag)
    if not person.phone:
        browser.press("switch")
    assert isinstance(browser.reply.screen, Start)
    assert isinstance(
        typed(browser, "identifier", person.phone or person.email or "").screen, Password
    )
    shown_in(browser, tag, direction)
    assert person.password is not None
    typed(browser, "password", person.password)
    grant = returned(browser)
    assert (grant.authentication.level, grant.authentication.methods) == (2, ("UID_PWD",))
    assert [message.code for message in browser.device.state.inbox] == [None]


def test_with_every_mistake_on_the_way() -> None:
    browser = opened()
    assert b"Enter your mobile phone number." in browser.press().body
    assert b"This is not a phone number" in typed(browser, "identifier", "12").body
    typed(browser, "identifier", "999 12 346")
    browser.press("change")
    assert isinstance(browser.reply.screen, Start)
    assert browser.reply.screen.typed == "+4799912346"
    typed(browser, "identifier", "999 12 345")
    assert b"Enter the code" in browser.press().body
    browser.device.wait(timedelta(minutes=10))
    assert b"This code has expired." in typed(browser, "code", code_of(browser)).body
    browser.press("resend")
    wrong = "0000" if code_of(browser) != "0000" else "1111"
    assert b"This code is not right." in typed(browser, "code", wrong).body
    typed(browser, "code", code_of(browser))
    assert returned(browser)
    assert [message.recipient for message in browser.device.state.inbox] == [
        "+4799912346",
        "+4799912345",
        "+4799912345",
        "user@example.com",
    ]


def test_five_wrong_tries_and_a_new_code() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    wrong = "0000" if code_of(browser) != "0000" else "1111"
    for _ in range(5):
        typed(browser, "code", wrong)
    assert b"Too many wrong tries." in browser.reply.body
    assert b"Too many wrong tries." in typed(browser, "code", code_of(browser)).body
    browser.press("resend")
    typed(browser, "code", code_of(browser))
    assert returned(browser)


def test_back_and_back_to_the_service() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    assert isinstance(browser.press("back").screen, Start)
    assert browser.press("back").screen == at_service("access_denied")


def test_a_notice_can_be_dismissed_without_a_script() -> None:
    browser = opened()
    assert b'class="notice"' in typed(browser, "identifier", "99912345").body
    assert b'class="notice"' not in browser.press("dismiss-notice").body
    typed(browser, "code", code_of(browser))
    assert returned(browser)


def test_the_language_may_change_half_way() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    browser.open(f"{browser.reply.url}?ui_locales=ur-PK")
    shown_in(browser, "ur-PK", "rtl")
    urdu = "".join(chr(ord("۰") + int(digit)) for digit in code_of(browser))
    typed(browser, "code", urdu)
    assert returned(browser)
