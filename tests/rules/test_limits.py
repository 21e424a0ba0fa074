"""Tries, codes and messages are limited: the waiting time on the screen, and the end of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.rules.given import (
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FULL,
    NEW,
    WEB_VIEW,
    WIFI,
    Visitor,
    account_of,
    new_device,
    service,
    with_account,
)

if TYPE_CHECKING:
    from studio.device.device import Device
    from studio.device.people import Person

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
WRONG = "not this one"


def _wrong_code(visitor: Visitor) -> str:
    """Return a code that was not sent."""
    return "0000" if visitor.code != "0000" else "1111"


def _at_password(device: Device, person: Person = FULL) -> Visitor:
    visitor = Visitor(device)
    visitor.ask(acr_values="2", prompt="login")
    visitor.identify(person.phone or person.email)
    return visitor


def _told_to_wait(visitor: Visitor, time: str) -> None:
    assert visitor.state == "too-many-tries"
    assert f"Too many tries. Try again in {time}." in visitor.text


def test_passwords_are_limited_per_account() -> None:
    visitor = _at_password(new_device())
    for _ in range(5):
        visitor.fill("password", WRONG)
        assert visitor.state == "credentials-wrong"
    visitor.fill("password", FULL.password or "")
    _told_to_wait(visitor, "15 minutes")
    visitor.device.connect_by(WEB_VIEW)
    other = _at_password(visitor.device)
    other.fill("password", FULL.password or "")
    _told_to_wait(other, "15 minutes")
    visitor.device.wait(QUARTER - timedelta(minutes=1))
    other.fill("password", FULL.password or "")
    _told_to_wait(other, "1 minute")
    visitor.device.wait(timedelta(minutes=1))
    assert other.fill("password", FULL.password or "") == "service"


def test_passwords_are_limited_per_device() -> None:
    device = new_device()
    for number in range(20):
        visitor = _at_password(device, replace(NEW, phone=f"+474066{number:04}"))
        visitor.fill("password", WRONG)
        assert visitor.state == "credentials-wrong"
    visitor = _at_password(device)
    visitor.fill("password", FULL.password or "")
    _told_to_wait(visitor, "15 minutes")
    device.connect_by(WEB_VIEW)
    assert _at_password(device).fill("password", FULL.password or "") == "service"
    device.connect_by(WIFI)
    device.wait(QUARTER)
    assert visitor.fill("password", FULL.password or "") == "service"


def test_codes_are_limited_per_account() -> None:
    visitor = Visitor(new_device())
    for _ in range(2):
        visitor.ask()
        visitor.identify(FULL.phone)
        for _ in range(5):
            visitor.fill("code", _wrong_code(visitor))
    assert visitor.state == "code-used-up"
    visitor.press("resend")
    visitor.fill("code", visitor.code)
    _told_to_wait(visitor, "60 minutes")
    visitor.device.wait(HOUR - timedelta(minutes=9))
    visitor.ask()
    visitor.identify(FULL.phone)
    visitor.device.wait(timedelta(minutes=9))
    assert visitor.fill("code", visitor.code) == "service"


def test_codes_are_limited_per_device() -> None:
    device = new_device()
    visitor = Visitor(device)
    for number in range(6):
        visitor.ask()
        visitor.identify(f"+474066000{number}")
        for _ in range(5):
            visitor.fill("code", _wrong_code(visitor))
    visitor.ask()
    visitor.identify(FULL.phone)
    visitor.fill("code", visitor.code)
    _told_to_wait(visitor, "60 minutes")


def test_sms_are_limited_per_account() -> None:
    visitor = Visitor(new_device())
    visitor.ask()
    visitor.identify(FULL.phone)
    for _ in range(5):
        visitor.press("resend")
    _told_to_wait(visitor, "60 minutes")
    assert visitor.codes_sent == 5
    visitor.device.connect_by(WEB_VIEW)
    visitor.ask()
    assert visitor.identify(FULL.phone) == "start"
    _told_to_wait(visitor, "60 minutes")
    visitor.device.wait(HOUR)
    visitor.ask()
    assert visitor.identify(FULL.phone) == "verify-phone"
    assert visitor.codes_sent == 6


def test_sms_are_limited_per_device() -> None:
    visitor = Visitor(new_device())
    for number in range(11):
        visitor.ask()
        visitor.identify(f"+47406600{number:02}")
    _told_to_wait(visitor, "60 minutes")
    assert visitor.codes_sent == 10
    visitor.device.wait(HOUR)
    visitor.ask()
    assert visitor.identify(FULL.phone) == "verify-phone"


def test_codes_by_email_are_limited_too() -> None:
    visitor = Visitor(new_device())
    visitor.ask()
    visitor.identify(EMAIL_ONLY.email)
    visitor.press("forgot")
    visitor.press("continue")
    for _ in range(5):
        visitor.press("resend")
    _told_to_wait(visitor, "60 minutes")
    assert visitor.codes_sent == 5


# Codes


def test_a_code_is_good_for_ten_minutes() -> None:
    for waited, screen in ((timedelta(), "service"), (timedelta(seconds=1), "verify-phone")):
        visitor = Visitor(new_device())
        visitor.ask()
        visitor.identify(FULL.phone)
        visitor.device.wait(timedelta(minutes=10) - timedelta(seconds=1) + waited)
        assert visitor.fill("code", visitor.code) == screen
    assert visitor.state == "code-expired"


def test_a_code_has_five_tries() -> None:
    visitor = Visitor(new_device())
    visitor.ask()
    visitor.identify(FULL.phone)
    states = []
    for _ in range(5):
        visitor.fill("code", _wrong_code(visitor))
        states.append(visitor.state)
    assert states == ["code-wrong"] * 4 + ["code-used-up"]
    visitor.fill("code", visitor.code)
    assert visitor.state == "code-used-up"
    visitor.press("resend")
    assert visitor.fill("code", visitor.code) == "service"


def test_a_code_is_for_one_use() -> None:
    device = new_device(service("flow: {consent: ask}\n", scopes="openid, email"))
    visitor = Visitor(device)
    visitor.ask()
    visitor.identify(FULL.phone)
    second = visitor.browser.copy()
    used = visitor.code
    assert visitor.fill("code", used) == "consent"
    second.fill("code", used)
    reply = second.press()
    assert reply.screen is not None
    assert reply.screen.id == "consent"
    other = Visitor(device)
    other.ask()
    other.identify(FULL.phone)
    assert other.code != used
    assert other.fill("code", used) == "verify-phone"


def test_a_new_code_takes_the_place_of_the_one_before() -> None:
    visitor = Visitor(new_device())
    visitor.ask()
    visitor.identify(FULL.phone)
    before = visitor.code
    visitor.press("resend")
    assert visitor.fill("code", before) == "verify-phone"
    assert visitor.state == "code-wrong"


def test_a_right_code_is_used_up_also_where_the_next_one_cannot_be_sent() -> None:
    visitor = Visitor(new_device())
    phone, email = FULL.identifiers
    account = account_of(visitor.device, phone)
    with_account(visitor.device, replace(account, unproven=frozenset({email})))
    for _ in range(6):
        visitor.ask(prompt="login")
        visitor.identify(email.value)
        visitor.press("forgot")
        visitor.press("continue")
    assert visitor.state == "too-many-tries"
    visitor.ask(claims=EMAIL_CLAIM)
    visitor.identify(phone.value)
    used = visitor.code
    visitor.fill("code", used)
    assert visitor.state == "too-many-tries"
    if visitor.screen == "verify-phone":
        visitor.fill("code", used)
        assert visitor.state != "signed-in"
    assert len(visitor.device.world.sessions) == 0
