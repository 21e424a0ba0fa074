"""What a service asks for, and where an app is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.exporters.asking import app_addresses, asked, notes
from tests.samples import fakebrand

if TYPE_CHECKING:
    from tests.samples import Setting

OWN, WEB, HOSTLESS = "fakebrand://connect/cb", "https://fakebrand.example/cb", "fakebrand:/cb"
LOCAL, NO_BROWSER = "http://localhost:8081/cb", "urn:ietf:wg:oauth:2.0:oob"


def test_a_request_says_what_the_client_has_decided() -> None:
    settings: dict[str, Setting] = {
        "flow.level": 2,
        "flow.require_email": True,
        "session.max_age": 60,
        "session.prompt": ["login", "consent"],
        "start.prefill.phone": "+4799912345",
        "start.prefill.email": "user@example.com",
        "start.first": "email",
        "language.offered": ["en", "nb"],
    }
    wanted = asked(fakebrand(settings).client)
    assert wanted.level == "2"
    assert wanted.claims == ("email",)
    assert wanted.hints == ("user@example.com", "+4799912345")
    assert wanted.locales == ("en", "nb")
    assert wanted.more == (("prompt", "login consent"), ("max_age", "60"))
    assert wanted.scopes == ("openid", "email", "phone", "profile")


def test_who_is_forced_is_the_only_hint() -> None:
    settings = {"flow.force.phone": "+4799912345", "start.prefill.email": "user@example.com"}
    assert asked(fakebrand(settings).client).hints == ("+4799912345",)


def test_a_field_that_is_not_offered_gives_no_hint() -> None:
    settings = {"start.fields": "phone", "start.prefill.email": "user@example.com"}
    assert asked(fakebrand(settings).client).hints == ()


def test_no_language_is_asked_for_where_the_client_shows_its_own() -> None:
    assert asked(fakebrand({"language.by_request": False}).client).locales == ()


@pytest.mark.parametrize(
    ("production", "staging", "expected"),
    [
        ([OWN], [LOCAL, OWN], (OWN, OWN, "", True)),
        ([WEB], [OWN], (WEB, OWN, "", True)),
        ([WEB, OWN], [WEB], (OWN, WEB, "", True)),
        ([OWN], [LOCAL], (OWN, OWN, "staging", True)),
        ([], [OWN], (OWN, OWN, "production", True)),
        ([NO_BROWSER], [WEB], (WEB, WEB, "production", True)),
        ([WEB], [HOSTLESS], (WEB, WEB, "staging", True)),
        ([HOSTLESS], [OWN], (HOSTLESS, OWN, "", True)),
        ([NO_BROWSER], [LOCAL], (LOCAL, LOCAL, "", False)),
    ],
)
def test_an_app_is_answered_where_it_can_be_called(
    production: list[str], staging: list[str], expected: tuple[str, str, str, bool]
) -> None:
    names = "registration.redirect_uris"
    client = fakebrand({f"{names}.production": production, f"{names}.staging": staging}).client
    own = app_addresses(client)
    assert (own.production, own.staging, own.stands_in, own.reachable) == expected
    assert len(notes(client)) == (1 if own.stands_in or not own.reachable else 0)
