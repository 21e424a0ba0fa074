"""Accounts: one for each person, and each number and address on one at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from tests.rules.given import (
    CHURNED,
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FOREIGN_NEW,
    FULL,
    MOBILE,
    NEW,
    PHONE_CLAIM,
    PHONE_ONLY,
    WEB_VIEW,
    WIFI,
    Visitor,
    account_of,
    new_device,
    phone_of,
    service,
    signed_in,
    with_account,
)

NEW_EMAIL = Identifier(IdentifierKind.EMAIL, NEW.email or "")
MORE = (
    Identifier(IdentifierKind.PHONE, "+4799900111"),
    Identifier(IdentifierKind.EMAIL, "second@example.com"),
)
IDENTIFIERS = (*FULL.identifiers, *MORE)


def test_one_account_per_person_wherever_they_come_from() -> None:
    device = new_device(service(), service("", "beta"), person=NEW)
    subjects = []
    for connection in (MOBILE, WIFI, WEB_VIEW):
        device.connect_by(connection)
        subjects += [signed_in(device, name).claims["sub"] for name in ("alpha", "beta")]
    assert len(set(subjects)) == 1
    assert len(device.world.accounts) == 4


@pytest.mark.parametrize("level", ["1", "2"])
@pytest.mark.parametrize("identifier", IDENTIFIERS, ids=lambda one: one.value)
def test_sign_in_with_any_of_its_phone_numbers_or_email_addresses(
    identifier: Identifier, level: str
) -> None:
    visitor = Visitor(new_device())
    account = account_of(visitor.device, phone_of(FULL))
    with_account(visitor.device, replace(account, identifiers=IDENTIFIERS))
    visitor.sign_in(identifier.value, acr_values=level)
    assert visitor.claims["sub"] == account.id


def test_an_address_is_on_one_account_at_a_time() -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY))
    visitor.ask(claims=EMAIL_CLAIM)
    visitor.identify(PHONE_ONLY.phone)
    visitor.fill("code", visitor.code)
    visitor.fill("identifier", EMAIL_ONLY.email or "")
    assert visitor.screen == "verify-email"
    visitor.fill("code", visitor.code)
    assert (visitor.screen, visitor.state) == ("add-email", "identifier-taken")
    assert "This is used by another CONNECT account already." in visitor.text
    owner = account_of(visitor.device, EMAIL_ONLY.identifiers[0])
    assert owner.identifiers == EMAIL_ONLY.identifiers
    visitor.fill("identifier", "free@example.com")
    visitor.finish()
    own = account_of(visitor.device, phone_of(PHONE_ONLY))
    assert [one.value for one in own.identifiers] == [PHONE_ONLY.phone, "free@example.com"]


def test_a_number_is_on_one_account_at_a_time() -> None:
    visitor = Visitor(new_device(person=EMAIL_ONLY))
    visitor.ask(claims=PHONE_CLAIM)
    visitor.identify(EMAIL_ONLY.email)
    visitor.fill("password", EMAIL_ONLY.password or "")
    visitor.fill("identifier", FULL.phone or "")
    visitor.fill("code", visitor.code)
    assert (visitor.screen, visitor.state) == ("add-phone", "identifier-taken")
    assert account_of(visitor.device, phone_of(FULL)).identifiers == FULL.identifiers


def test_whose_it_is_is_told_to_nobody_but_its_owner() -> None:
    visitor = Visitor(new_device(person=PHONE_ONLY))
    visitor.ask(claims=EMAIL_CLAIM)
    visitor.identify(PHONE_ONLY.phone)
    visitor.fill("code", visitor.code)
    texts = []
    for address in (EMAIL_ONLY.email or "", "nobody@example.com"):
        visitor.fill("identifier", address)
        texts.append(visitor.text.replace(address, "…"))
        visitor.press("back")
    assert texts[0] == texts[1]


def test_accounts_have_no_relation_to_each_other() -> None:
    device = new_device(person=NEW)
    by_phone = signed_in(device)
    before = account_of(device, phone_of(NEW))
    device.connect_by(WEB_VIEW)
    by_email = Visitor(device)
    by_email.sign_in(NEW.email)
    assert by_email.claims["sub"] != by_phone.device.world.owners[phone_of(NEW)]
    assert account_of(device, phone_of(NEW)) == before
    assert account_of(device, NEW_EMAIL).identifiers == (NEW_EMAIL,)


def test_a_churned_subscriber_keeps_the_account() -> None:
    device = new_device(connection=MOBILE)
    before = signed_in(device)
    subject = before.claims["sub"]
    before.sign_out(everywhere=True)
    device.hand_to(CHURNED)
    after = Visitor(device)
    assert after.sign_in() == ["start", "verify-phone"]
    assert after.claims["sub"] == subject


def test_a_non_subscriber_can_have_one() -> None:
    device = new_device(person=FOREIGN_NEW, connection=MOBILE)
    visitor = Visitor(device)
    assert visitor.sign_in(acr_values="2")[-1] == "create-password"
    assert account_of(device, phone_of(FOREIGN_NEW)).id == visitor.claims["sub"]
