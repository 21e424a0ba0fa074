"""What stops a session from being enough, in this order, and the screen it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from studio.engine.policy import IdentifierKind
from tests.rules.given import (
    CHOSEN,
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FULL,
    MOBILE,
    PHONE_CLAIM,
    PHONE_ONLY,
    WIFI,
    Visitor,
    new_device,
    service,
    signed_in,
    with_account,
)

if TYPE_CHECKING:
    from studio.device.network import Connection
    from studio.device.people import Person

BOTH_CLAIMS = '{"id_token": {"email": {"essential": true}, "phone_number": {"essential": true}}}'
ASK = "flow: {consent: ask}\n"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One reason: the session that is there, what is asked, and the screens it leads to.

    `error` is what `prompt=none` answers; None where the reason is a prompt itself.
    """

    words: str
    screens: list[str]
    error: str | None
    choices: dict[str, str] = field(default_factory=dict)
    person: Person = FULL
    made: str = "1"
    connection: Connection = WIFI
    waited: timedelta = timedelta()
    unproven: IdentifierKind | None = None
    settings: str = ""


PHONE, EMAIL = IdentifierKind.PHONE, IdentifierKind.EMAIL
NEXT_DAY = timedelta(days=1)
ROWS = [
    Row(
        words="prompt=login; level 2 asked",
        choices={"prompt": "login", "acr_values": "2"},
        screens=["reauth-password"],
        error=None,
    ),
    Row(
        words="prompt=login; the session was made with a password",
        choices={"prompt": "login"},
        made="2",
        screens=["reauth-password"],
        error=None,
    ),
    Row(
        words="older than max_age; level 2 asked",
        choices={"max_age": "3600", "acr_values": "2"},
        waited=NEXT_DAY,
        screens=["reauth-password"],
        error="login_required",
    ),
    Row(
        words="older than max_age; the session was made with a password",
        choices={"max_age": "3600"},
        made="2",
        waited=NEXT_DAY,
        screens=["reauth-password"],
        error="login_required",
    ),
    Row(
        words="prompt=login at level 1, the session was made with the phone",
        choices={"prompt": "login"},
        screens=["reauth-verify-phone"],
        error=None,
    ),
    Row(
        words="older than max_age at level 1, the session was made with the phone",
        choices={"max_age": "3600"},
        waited=NEXT_DAY,
        screens=["reauth-verify-phone"],
        error="login_required",
    ),
    Row(
        words="the same, detected again on mobile data",
        choices={"max_age": "0"},
        connection=MOBILE,
        screens=["signing-in"],
        error="login_required",
    ),
    Row(
        words="higher level asked, person has a password",
        choices={"acr_values": "2"},
        screens=["step-up"],
        error="interaction_required",
    ),
    Row(
        words="higher level asked, person has none: after a code",
        choices={"acr_values": "2"},
        person=PHONE_ONLY,
        screens=["verify-phone", "create-password"],
        error="interaction_required",
    ),
    Row(
        words="higher level asked, person has none: at once when the number is detected",
        choices={"acr_values": "2"},
        person=PHONE_ONLY,
        connection=MOBILE,
        screens=["create-password"],
        error="interaction_required",
    ),
    Row(
        words="essential e-mail missing",
        choices={"claims": EMAIL_CLAIM},
        person=PHONE_ONLY,
        screens=["add-email", "verify-email"],
        error="interaction_required",
    ),
    Row(
        words="essential e-mail not verified",
        choices={"claims": EMAIL_CLAIM},
        unproven=EMAIL,
        screens=["verify-email"],
        error="interaction_required",
    ),
    Row(
        words="essential phone missing",
        choices={"claims": PHONE_CLAIM},
        person=EMAIL_ONLY,
        screens=["add-phone", "verify-phone"],
        error="interaction_required",
    ),
    Row(
        words="essential phone not verified",
        choices={"claims": PHONE_CLAIM},
        unproven=PHONE,
        screens=["verify-phone"],
        error="interaction_required",
    ),
    Row(
        words="prompt=consent",
        choices={"prompt": "consent"},
        screens=["consent"],
        error=None,
    ),
    Row(
        words="the client setting consent: ask, and new scopes",
        settings=ASK,
        screens=["consent"],
        error="consent_required",
    ),
]


def _follow_up(row: Row) -> Visitor:
    """Return somebody on the way to service 2 with the session of a row, made at service 1."""
    beta = service(row.settings, "beta", "openid, email, phone")
    device = new_device(service(), beta, person=row.person, connection=row.connection)
    session = signed_in(device, acr_values=row.made).session
    account = device.world.accounts[session.authentication.account_id]
    doubtful = frozenset(one for one in account.identifiers if one.kind is row.unproven)
    with_account(device, replace(account, unproven=doubtful))
    device.wait(row.waited)
    return Visitor(device, "beta")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.words)
def test_the_screen_it_leads_to(row: Row) -> None:
    visitor = _follow_up(row)
    assert visitor.sign_in(asking=row.choices) == row.screens
    assert visitor.state == "signed-in"
    assert visitor.claims["acr"] >= row.choices.get("acr_values", "1")  # type: ignore[operator]  # both are texts


@pytest.mark.parametrize("row", [row for row in ROWS if row.error], ids=lambda row: row.words)
def test_with_prompt_none_it_is_the_error_of_the_protocol(row: Row) -> None:
    visitor = _follow_up(row)
    assert visitor.ask(**row.choices, prompt="none") == "service"
    assert visitor.state == row.error


# The order

LATER = [
    ("login", {"prompt": "login"}, "reauth-verify-phone"),
    ("max_age", {"max_age": "0"}, "reauth-verify-phone"),
    ("level", {"acr_values": "2"}, "step-up"),
    ("email", {"claims": EMAIL_CLAIM}, "add-email"),
    ("consent", {}, "consent"),
]
WITHOUT_EMAIL = replace(FULL, id="no-email", email=None)


@pytest.mark.parametrize(
    ("earlier", "later"),
    list(pairwise(LATER)),
    ids=[f"{one[0]} before {two[0]}" for one, two in pairwise(LATER)],
)
def test_of_two_reasons_the_earlier_ones_screen_comes(
    earlier: tuple[str, dict[str, str], str], later: tuple[str, dict[str, str], str]
) -> None:
    device = new_device(
        service(),
        service(ASK, "beta", "openid, email"),
        people=[WITHOUT_EMAIL],
        person=WITHOUT_EMAIL,
    )
    signed_in(device)
    choices = earlier[1] | later[1]
    by_level_2 = choices.get("acr_values") == "2" and earlier[0] in {"login", "max_age"}
    expected = "reauth-password" if by_level_2 else earlier[2]
    assert Visitor(device, "beta").ask(**choices) == expected


def test_the_order_with_every_reason_at_once() -> None:
    row = replace(ROWS[0], person=EMAIL_ONLY, made="2", unproven=EMAIL, settings=ASK)
    visitor = _follow_up(row)
    assert visitor.sign_in(prompt="login", acr_values="2", claims=BOTH_CLAIMS) == [
        "reauth-password",
        "verify-email",
        "add-phone",
        "verify-phone",
        "consent",
    ]


def test_the_order_for_somebody_with_a_phone_only() -> None:
    visitor = _follow_up(replace(ROWS[0], person=PHONE_ONLY, settings=ASK))
    assert visitor.sign_in(prompt="login", acr_values="2", claims=EMAIL_CLAIM) == [
        "reauth-verify-phone",
        "create-password",
        "add-email",
        "verify-email",
        "consent",
    ]


# What asks nothing, and what can be changed


@pytest.mark.parametrize(("made", "asked"), [("1", "1"), ("2", "2"), ("2", "1")])
def test_an_equal_or_lower_level_asks_nothing(made: str, asked: str) -> None:
    visitor = _follow_up(replace(ROWS[0], made=made))
    assert visitor.sign_in(acr_values=asked) == []


def test_with_the_setting_ask_scopes_given_before_are_not_asked_for_again() -> None:
    visitor = _follow_up(ROWS[-1])
    assert visitor.sign_in() == ["consent"]
    assert visitor.sign_in() == []
    assert visitor.sign_in(prompt="consent") == ["consent"]


@pytest.mark.parametrize(
    ("person", "choices", "screen", "changes"),
    [
        (FULL, {"prompt": "login", "acr_values": "2"}, "reauth-password", True),
        (FULL, {"prompt": "login"}, "reauth-verify-phone", True),
        (FULL, {"acr_values": "2"}, "step-up", True),
        (EMAIL_ONLY, {"prompt": "login"}, "reauth-password", False),
    ],
    ids=["password, phone", "code, phone", "step-up, phone", "password, e-mail"],
)
def test_with_a_fixed_phone_there_is_change_and_with_an_email_address_none(
    person: Person, choices: dict[str, str], screen: str, *, changes: bool
) -> None:
    visitor = _follow_up(replace(ROWS[0], person=person))
    assert visitor.ask(**choices) == screen
    assert ("change" in visitor.buttons) is changes


def test_change_lets_somebody_else_sign_in() -> None:
    visitor = _follow_up(ROWS[0])
    visitor.ask(prompt="login")
    assert visitor.press("change") == "start"
    visitor.device.hand_to(PHONE_ONLY)
    visitor.finish()
    account = visitor.device.world.accounts[str(visitor.claims["sub"])]
    assert account.identifiers[0].value == PHONE_ONLY.phone
    assert visitor.claims["acr"] == "1"


def test_the_password_chosen_on_the_way_is_the_one_asked_for_later() -> None:
    visitor = _follow_up(replace(ROWS[0], person=PHONE_ONLY))
    visitor.sign_in(acr_values="2")
    visitor.ask(prompt="login")
    assert visitor.screen == "reauth-password"
    assert visitor.fill("password", CHOSEN) == "service"


def test_who_forgets_the_password_on_signing_in_again_comes_back_to_it() -> None:
    visitor = _follow_up(ROWS[0])
    visitor.ask(acr_values="2")
    assert visitor.press("forgot") == "forgot-password"
    assert visitor.press("back") == "step-up"


def test_the_phone_the_session_was_made_with_is_the_one_asked_again() -> None:
    second = replace(PHONE_ONLY, id="second", phone="+4799900111")
    device = new_device(person=PHONE_ONLY)
    (account,) = [
        one for one in device.world.accounts.values() if one.identifiers == PHONE_ONLY.identifiers
    ]
    with_account(device, replace(account, identifiers=(*account.identifiers, *second.identifiers)))
    visitor = Visitor(device)
    visitor.sign_in(second.phone)
    assert visitor.ask(prompt="login") == "reauth-verify-phone"
    assert visitor.fixed == "(+47) 99900111"
