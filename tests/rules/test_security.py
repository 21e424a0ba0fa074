"""Security as promised: passwords, equal answers, sessions and cookies, changes told of."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.device.device import Device, Reply
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from studio.site.cookies import SESSION_COOKIE
from tests.rules.given import (
    CHOSEN,
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FULL,
    LEVEL_2,
    MOBILE,
    PHONE_CLAIM,
    PHONE_ONLY,
    Visitor,
    account_of,
    new_device,
    phone_of,
    service,
    signed_in,
    with_account,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.device.people import Person

WRONG = "not this one"


# Passwords


@pytest.mark.parametrize(
    ("password", "problem", "sentence"),
    [
        ("", "password-missing", "Enter your password."),
        ("5xK!p", "password-too-short", "Use at least 6 characters."),
        ("password", "password-common", "This password is too easy to guess."),
        ("Pass Word", "password-common", "This password is too easy to guess."),
        ("99900999", "password-own", "Do not use your phone number or email address"),
        ("+4799900999", "password-own", "Do not use your phone number or email address"),
    ],
)
def test_a_new_password_is_held_to_the_rules(password: str, problem: str, sentence: str) -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY, connection=MOBILE))
    assert visitor.ask(acr_values="2") == "create-password"
    assert visitor.fill("password", password) == "create-password"
    assert visitor.state == problem
    assert sentence in visitor.text
    assert account_of(visitor.device, phone_of(PHONE_ONLY)).password is None
    assert visitor.fill("password", "5xK!pz") == "service"


@pytest.mark.parametrize("length", [72, 73, 1000])
def test_a_long_password_is_taken_and_is_good_afterwards(length: int) -> None:
    password = (CHOSEN * 60)[:length]
    visitor = Visitor(new_device(person=PHONE_ONLY, connection=MOBILE))
    visitor.ask(acr_values="2")
    assert visitor.fill("password", password) == "service"
    visitor.ask(prompt="login", acr_values="2")
    assert visitor.fill("password", password[:-1]) == "reauth-password"
    assert visitor.fill("password", password) == "service"


# Equal answers


class Recording(Device):
    """A device that keeps every answer."""

    replies: tuple[Reply, ...] = ()

    def request(self, method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        """Make one request and keep what comes."""
        reply = super().request(method, url, body=body, origin=origin)
        self.replies = (*self.replies, reply)
        return reply


def _recording(device: Device) -> Recording:
    client = device.client("alpha")
    assert client is not None
    return Recording(device.state, device.pages, [client])


def _start(visitor: Visitor, identifier: str) -> None:
    visitor.ask()
    visitor.identify(identifier)


def _password(visitor: Visitor, identifier: str) -> None:
    visitor.ask(acr_values="2")
    visitor.identify(identifier)
    visitor.fill("password", WRONG)


def _many_passwords(visitor: Visitor, identifier: str) -> None:
    _password(visitor, identifier)
    for _ in range(6):
        visitor.fill("password", WRONG)
    assert visitor.state == "too-many-tries"


def _forgot(visitor: Visitor, identifier: str) -> None:
    visitor.ask(acr_values="2")
    visitor.identify(identifier)
    visitor.press("forgot")
    visitor.press("continue")
    visitor.fill("code", "none")


_TOKENS = re.compile(rb"[0-9a-f]{32}|(?<=code_challenge=)[\w-]{43}")


@pytest.mark.parametrize("do", [_start, _password, _many_passwords, _forgot])
@pytest.mark.parametrize("identifier", [FULL.phone, FULL.email])
def test_answers_are_equal_for_existing_and_unknown_people(
    do: Callable[[Visitor, str], None], identifier: str
) -> None:
    answers = []
    for people in ([FULL], [replace(FULL, password=None)], []):
        visitor = Visitor(_recording(new_device(people=people)))
        do(visitor, identifier)
        assert isinstance(visitor.device, Recording)
        answers.append(
            [
                (
                    reply.status,
                    _TOKENS.sub(b"", reply.body),
                    _TOKENS.sub(b"", (reply.location or "").encode()),
                    [_TOKENS.sub(b"", f"{pair}".encode()) for pair in reply.headers],
                )
                for reply in visitor.device.replies
            ]
        )
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    "people", [[FULL], [replace(FULL, password=None)], []], ids=["known", "no password", "unknown"]
)
def test_the_work_of_hashing_is_done_for_everybody(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[int] = []
    hashing = hashlib.scrypt

    def counting(password: bytes, *, salt: bytes, n: int, r: int, p: int) -> bytes:
        costs.append(n)
        return hashing(password, salt=salt, n=n, r=r, p=p)

    visitor = Visitor(new_device(people=people))
    visitor.ask(acr_values="2")
    visitor.identify(FULL.phone)
    monkeypatch.setattr(hashlib, "scrypt", counting)
    visitor.fill("password", WRONG)
    assert costs == [visitor.device.world.hash_cost]


# The session and its cookie


def _cookie(visitor: Visitor) -> str:
    cookies = visitor.device.state.jar.cookies
    return next(cookie.value for (_, name), cookie in cookies.items() if name == SESSION_COOKIE)


def test_the_session_secret_changes_at_each_sign_in() -> None:
    visitor = signed_in(new_device())
    seen = [_cookie(visitor)]
    for choices in ({"prompt": "login"}, {"acr_values": "2"}, {"prompt": "login"}):
        visitor.sign_in(asking=choices)
        seen.append(_cookie(visitor))
    secrets = {value.partition(".")[2] for value in seen}
    assert len(secrets) == 4
    assert {value.partition(".")[0] for value in seen} == {visitor.session.id}


def test_a_cookie_from_before_a_sign_in_is_worth_nothing_after_it() -> None:
    visitor = signed_in(new_device())
    before = visitor.device.state.jar
    visitor.sign_in(acr_values="2")
    visitor.device.state = visitor.device.state.with_jar(before)
    assert visitor.ask() == "start"


def test_every_cookie_is_httponly_samesite_and_secure() -> None:
    visitor = Visitor(_recording(new_device()))
    visitor.sign_in(acr_values="2")
    visitor.sign_out(everywhere=True)
    assert isinstance(visitor.device, Recording)
    cookies = [
        cookie for reply in visitor.device.replies for cookie in reply.headers.getlist("Set-Cookie")
    ]
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert len(names) == 4
    for cookie in cookies:
        attributes = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= attributes
        assert not any(one.lower().startswith("domain") for one in attributes)
        assert cookie.startswith("__Host-")


# Changes are told to every address

ADDRESSES = tuple(
    Identifier(IdentifierKind.EMAIL, value) for value in ("one@example.com", "two@example.com")
)
DOUBTFUL = Identifier(IdentifierKind.EMAIL, "doubtful@example.com")


def _told(visitor: Visitor, words: str) -> list[str]:
    return sorted(
        message.recipient for message in visitor.device.state.inbox if words in message.text
    )


def _with_addresses(visitor: Visitor) -> None:
    account = account_of(visitor.device, phone_of(PHONE_ONLY))
    identifiers = (*account.identifiers, *ADDRESSES, DOUBTFUL)
    with_account(
        visitor.device,
        replace(account, identifiers=identifiers, unproven=frozenset({DOUBTFUL})),
    )


def test_a_password_is_told_of_at_every_proven_address() -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY))
    _with_addresses(visitor)
    visitor.sign_in(acr_values="2")
    assert _told(visitor, "has a password now") == ["one@example.com", "two@example.com"]
    visitor.ask(prompt="login")
    visitor.press("forgot")
    visitor.press("continue")
    visitor.fill("code", visitor.code)
    assert visitor.fill("password", "another 7 hills") == "password-changed"
    assert visitor.press("continue") == "service"
    assert _told(visitor, "has been changed") == ["one@example.com", "two@example.com"]


def test_without_an_address_the_phone_is_told() -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY))
    visitor.sign_in(acr_values="2")
    assert _told(visitor, "has a password now") == [PHONE_ONLY.phone]


def test_a_number_that_is_added_is_told_of_at_every_address() -> None:
    visitor = Visitor(new_device(person=EMAIL_ONLY))
    visitor.sign_in(claims=PHONE_CLAIM)
    assert _told(visitor, "+4740655555 has been added") == [EMAIL_ONLY.email]


def test_an_address_that_is_added_is_told_of_at_every_address() -> None:
    visitor = Visitor(new_device(service(LEVEL_2), person=PHONE_ONLY))
    visitor.sign_in(claims=EMAIL_CLAIM)
    assert _told(visitor, "added@example.com has been added") == ["added@example.com"]
