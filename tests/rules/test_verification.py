"""The table "Verification by SMS code", row for row, and the forced identifier."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from tests.rules.given import (
    EMAIL_ONLY,
    FULL,
    MOBILE,
    NEW,
    WIFI,
    Visitor,
    account_of,
    new_device,
    phone_of,
    service,
    with_account,
)

NETWORKS = {"detected": MOBILE, "not detected": WIFI}
TABLE = [
    ("default", "1", "detected", ["signing-in"]),
    ("default", "1", "not detected", ["start", "verify-phone"]),
    ("default", "2", "detected", ["password"]),
    ("default", "2", "not detected", ["start", "password"]),
    ("force", "1", "detected", ["verify-phone"]),
    ("force", "1", "not detected", ["start", "verify-phone"]),
    ("force", "2", "detected", ["password", "verify-phone"]),
    ("force", "2", "not detected", ["start", "password", "verify-phone"]),
    ("disallow", "1", "detected", ["signing-in"]),
    ("disallow", "1", "not detected", ["start", "password"]),
    ("disallow", "2", "detected", ["password"]),
    ("disallow", "2", "not detected", ["start", "password"]),
]


@pytest.mark.parametrize(
    ("setting", "level", "number", "screens"),
    TABLE,
    ids=[f"{row[0]}, level {row[1]}, {row[2]}" for row in TABLE],
)
def test_verification_by_sms_code(
    setting: str, level: str, number: str, screens: list[str]
) -> None:
    hosted = service(f"flow: {{verification: {setting}}}\n")
    visitor = Visitor(new_device(hosted, connection=NETWORKS[number]))
    assert visitor.sign_in(acr_values=level) == screens
    assert visitor.codes_sent == ("verify-phone" in screens)
    assert visitor.claims["acr"] == ("2" if "password" in screens else "1")


@pytest.mark.parametrize(("setting", "code"), [("default", True), ("disallow", False)])
def test_at_level_2_a_number_not_yet_proven_needs_a_code(setting: str, *, code: bool) -> None:
    visitor = Visitor(new_device(service(f"flow: {{level: 2, verification: {setting}}}\n")))
    phone = phone_of(FULL)
    account = account_of(visitor.device, phone)
    with_account(visitor.device, replace(account, unproven=frozenset({phone})))
    assert visitor.sign_in() == ["start", "password", *["verify-phone"] * code]
    assert (phone in account_of(visitor.device, phone).unproven) is not code


@pytest.mark.parametrize("setting", ["default", "force", "disallow"])
def test_somebody_new_at_level_2_proves_the_phone_once(setting: str) -> None:
    hosted = service(f"flow: {{level: 2, verification: {setting}}}\n")
    visitor = Visitor(new_device(hosted, person=NEW))
    screens = ["start", "password", "forgot-password", "forgot-password-code", "create-password"]
    assert visitor.sign_in() == screens
    assert visitor.codes_sent == 1


def test_disallowed_codes_are_not_sent_to_sign_in_again() -> None:
    visitor = Visitor(new_device(service("flow: {verification: disallow}\n"), connection=MOBILE))
    visitor.sign_in()
    visitor.device.connect_by(WIFI)
    assert visitor.sign_in(prompt="login") == ["reauth-password"]
    assert visitor.codes_sent == 0


def test_a_forced_code_is_asked_for_on_signing_in_again() -> None:
    visitor = Visitor(new_device(service("flow: {verification: force}\n"), connection=MOBILE))
    visitor.sign_in()
    assert visitor.sign_in(prompt="login") == ["reauth-verify-phone"]


# The forced identifier

FORCED = f'flow: {{force: {{phone: "{FULL.phone}"}}}}\n'
FORCED_EMAIL = f"flow: {{force: {{email: {EMAIL_ONLY.email}}}}}\n"
FORCED_FIRST = [
    ("phone, level 1", FORCED, "1", "verify-phone"),
    ("phone, level 2", FORCED, "2", "password"),
    ("email, level 1", FORCED_EMAIL, "1", "password"),
    ("email, level 2", FORCED_EMAIL, "2", "password"),
]


@pytest.mark.parametrize(
    ("settings", "level", "first"),
    [row[1:] for row in FORCED_FIRST],
    ids=[row[0] for row in FORCED_FIRST],
)
def test_a_forced_identifier_skips_start_and_cannot_be_changed(
    settings: str, level: str, first: str
) -> None:
    visitor = Visitor(new_device(service(settings), person=NEW))
    assert visitor.ask(acr_values=level) == first
    assert "identifier" not in visitor.inputs
    assert "change" not in visitor.buttons
    assert visitor.press("back") == "service"
    assert visitor.state == "access_denied"


def test_a_different_number_sent_all_the_same_is_not_taken() -> None:
    visitor = Visitor(new_device(service(FORCED), person=NEW))
    visitor.ask()
    for action in ("change", "submit"):
        _send(visitor, screen="start", action=action, kind="phone", identifier="+4740612345")
        visitor.browser.reload()
        assert visitor.screen == "verify-phone"
    assert {one.recipient for one in visitor.device.state.inbox} == {FULL.phone}


def test_a_limit_reached_opens_no_way_to_enter_a_different_one() -> None:
    visitor = Visitor(new_device(service(FORCED), person=NEW))
    for _ in range(6):
        visitor.ask()
    assert visitor.state == "too-many-tries"
    _send(visitor, screen=visitor.screen, action="submit", kind="phone", identifier="+4740612345")
    assert {one.recipient for one in visitor.device.state.inbox} == {FULL.phone}


def test_a_number_detected_that_is_another_is_not_signed_in() -> None:
    visitor = Visitor(new_device(service(FORCED), person=NEW, connection=MOBILE))
    assert visitor.ask() == "verify-phone"
    assert visitor.fixed == "(+47) 99912345"


def test_a_forced_number_that_is_detected_is_signed_in() -> None:
    visitor = Visitor(new_device(service(FORCED), connection=MOBILE))
    assert visitor.sign_in() == ["signing-in"]


def test_where_the_client_lets_it_a_forced_one_can_be_changed() -> None:
    settings = FORCED.replace("}}", ", change: true}}")
    visitor = Visitor(new_device(service(settings), person=NEW))
    visitor.ask()
    assert visitor.press("change") == "start"
    visitor.finish()
    new = Identifier(IdentifierKind.PHONE, NEW.phone or "")
    assert visitor.claims["sub"] == account_of(visitor.device, new).id


def test_a_session_of_somebody_else_does_not_satisfy_a_forced_identifier() -> None:
    device = new_device(service(), service(FORCED, "beta"), person=NEW)
    Visitor(device).sign_in()
    assert Visitor(device, "beta").ask() == "verify-phone"


def _send(visitor: Visitor, **fields: str) -> None:
    """Send a form that the page does not have, with the flow's own token."""
    (token,) = set(visitor.browser.document.xpath("//input[@name='token']/@value"))
    body = urlencode(fields | {"token": str(token)}).encode()
    reply = visitor.device.request("POST", visitor.browser.reply.url, body=body)
    assert reply.status == 303
