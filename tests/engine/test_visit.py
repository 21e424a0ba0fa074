"""My CONNECT account: sections, stale forms, proof, name and language, services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

import pytest

from studio.engine import account_screens as screens
from studio.engine.account_door import proof_request
from studio.engine.account_events import (
    AccountEvent,
    Add,
    Edit,
    MakePreferred,
    OpenService,
    Remove,
    Save,
    SubmitPasswords,
    Withdraw,
)
from studio.engine.account_transitions import ROWS, TRANSITIONS
from studio.engine.accounts import Purchase, Subscription
from studio.engine.connect import Form
from studio.engine.events import Back, Continue, DismissNotice
from studio.engine.flow import Notice
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.sign_out import sign_out_of_connect
from studio.engine.tokens import Grant
from studio.engine.visit import (
    NAME_LENGTH,
    AtIdentifiers,
    AtPage,
    AtPasswords,
    Section,
    VisitStage,
)
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import EMAIL, PHONE, PHONE_ONLY, populated, request, session_of
from tests.engine.visiting import BY_CODE, BY_PASSWORD, DETECTED, Stay

if TYPE_CHECKING:
    from studio.engine.world import World

FIRST = {
    Section.OVERVIEW: "account",
    Section.PROFILE: "account-profile",
    Section.PHONES: "account-phones",
    Section.EMAILS: "account-emails",
    Section.PASSWORD: "account-password",
    Section.SERVICES: "account-services",
    Section.SUBSCRIPTIONS: "account-subscriptions",
    Section.PURCHASES: "account-purchases",
    Section.ABOUT: "account-about",
}
RECENT = timedelta(minutes=10)
TICK = timedelta(seconds=1)


def connected() -> World:
    """Return a world in which the person uses two services, one of which is hosted no longer."""
    world = populated()
    account = world.accounts["full"]
    account = account.with_consent("fakebrand", frozenset({"openid", "email"}), FIRST_MOMENT)
    return world.with_account(account.with_consent("gone", frozenset({"openid"}), FIRST_MOMENT))


# The table


def test_every_stage_has_a_row_and_every_pair_a_rule() -> None:
    assert set(ROWS) == set(get_args(VisitStage))
    assert set(TRANSITIONS) == {
        (stage, event) for stage in get_args(VisitStage) for event in get_args(AccountEvent)
    }


def test_every_event_means_something_somewhere() -> None:
    known = {event for row in ROWS.values() for event in row} | {DismissNotice}
    assert known == set(get_args(AccountEvent))


# Sections


@pytest.mark.parametrize("section", Section)
def test_a_section_begins_at_its_first_screen(section: Section) -> None:
    assert Stay().go(section).screen.id == FIRST[section]


def test_a_section_stays_as_it_is_when_it_is_opened_again() -> None:
    stay = Stay().go(Section.PHONES).do(Add())
    assert stay.go(Section.PHONES).screen.id == "account-add-phone"
    assert stay.go(Section.EMAILS).go(Section.PHONES).screen.id == "account-phones"


def test_a_notice_stays_until_it_is_read_or_the_section_is_left() -> None:
    saved = Stay().go(Section.PROFILE).do(Edit(), Save(name="A", locale=""))
    assert saved.go(Section.PROFILE).visit.notice is Notice.SAVED
    assert saved.do(DismissNotice()).visit.notice is None


def test_leaving_a_section_leaves_its_notice() -> None:
    saved = Stay().go(Section.PROFILE).do(Edit(), Save(name="A", locale=""))
    assert saved.go(Section.OVERVIEW).visit.notice is None


# Forms


@pytest.mark.parametrize(
    "form",
    [
        Form(screen="account-phones", token="another"),
        Form(screen="account-phones", token=""),
        Form(screen="account-phones", token="ø"),
    ],
)
def test_a_form_without_the_visits_token_changes_nothing(form: Form) -> None:
    stay = Stay().go(Section.PHONES).do(Add(), form=form)
    assert stay.shown == ("account-phones", "stale-form")


def test_a_form_of_another_screen_changes_nothing() -> None:
    stay = Stay().go(Section.PHONES)
    handle = stay.handle(PHONE)
    stay.do(Remove(handle=handle))
    confirm = Form(screen=stay.screen.id, token=stay.visit.token)
    stay.do(Back()).do(Continue(), form=confirm)
    assert stay.shown == ("account-phones", "stale-form")
    assert stay.account == populated().accounts["full"]


def test_the_same_form_sent_twice_happens_once() -> None:
    stay = Stay().go(Section.EMAILS)
    stay.do(Remove(handle=stay.handle(EMAIL)))
    confirm = Form(screen=stay.screen.id, token=stay.visit.token)
    stay.do(Continue(), form=confirm)
    assert stay.shown == ("account-emails", "removed")
    stay.do(Continue(), form=confirm)
    assert stay.shown == ("account-emails", "stale-form")
    assert stay.account.identifiers == (PHONE,)


def test_every_stage_takes_every_event_without_failing() -> None:
    events: list[AccountEvent] = [
        Edit(),
        Save(name="", locale="xx"),
        Add(),
        Continue(),
        Back(),
        Withdraw(),
        OpenService(client_id="nobody"),
        Remove(handle="nothing"),
        MakePreferred(handle="nothing"),
    ]
    for section in Section:
        for event in events:
            stay = Stay().go(section)
            assert stay.do(event).screen.id


# Proof

CHANGES = [
    (Section.PHONES, Add()),
    (Section.EMAILS, Add()),
    (Section.PHONES, Remove(handle="")),
    (Section.EMAILS, MakePreferred(handle="")),
]


@pytest.mark.parametrize(("section", "event"), CHANGES)
def test_a_change_waits_for_a_proof(section: Section, event: AccountEvent) -> None:
    stay = Stay(DETECTED).go(section).do(event)
    assert stay.turn.prove
    assert stay.visit.pending == event
    assert stay.account == populated().accounts["full"]


@pytest.mark.parametrize(("section", "event"), CHANGES)
def test_a_change_needs_no_further_proof_at_level_2(section: Section, event: AccountEvent) -> None:
    assert not Stay(BY_PASSWORD).go(section).do(event).turn.prove


def test_a_code_is_a_proof_for_ten_minutes() -> None:
    assert not Stay(BY_CODE).wait(RECENT).go(Section.PHONES).do(Add()).turn.prove
    assert Stay(BY_CODE).wait(RECENT + TICK).go(Section.PHONES).do(Add()).turn.prove


@pytest.mark.parametrize("section", [one for one in Section if one is not Section.PASSWORD])
def test_reading_needs_no_proof(section: Section) -> None:
    assert not Stay(DETECTED).go(section).turn.prove


def test_the_password_needs_one_when_it_is_opened() -> None:
    assert Stay(DETECTED).go(Section.PASSWORD).turn.prove
    assert not Stay(BY_CODE).go(Section.PASSWORD).turn.prove


def test_what_waited_happens_after_the_proof() -> None:
    stay = Stay(DETECTED).go(Section.PHONES).do(Add()).prove(BY_CODE)
    assert stay.screen.id == "account-add-phone"
    assert stay.visit.pending is None


def test_what_is_no_proof_lets_nothing_happen_and_does_not_ask_again() -> None:
    stay = Stay(DETECTED).go(Section.PHONES).do(Add()).prove(DETECTED)
    assert (stay.screen.id, stay.visit.pending) == ("account-phones", None)
    assert not stay.turn.prove


def test_nothing_waits_any_more_when_the_person_goes_elsewhere() -> None:
    stay = Stay(DETECTED).go(Section.PHONES).do(Add()).go(Section.PHONES).prove(BY_CODE)
    assert stay.screen.id == "account-phones"


def test_somebody_else_does_not_get_what_waited() -> None:
    other = replace(session_of(PHONE_ONLY, account_id="phone"), id="another session")
    stay = Stay(DETECTED).go(Section.PHONES).do(Add()).prove(other)
    assert stay.screen.id == "account"
    assert stay.visit.pending is None


def test_a_password_never_waits() -> None:
    stay = Stay(BY_CODE).go(Section.PASSWORD).wait(RECENT + TICK)
    stay.do(SubmitPasswords(current="kestrel one", new="kestrel two"))
    assert stay.visit.pending is None
    assert "kestrel" not in repr(stay.world)


def test_the_proof_is_the_password_where_there_is_one_else_a_code_that_is_typed() -> None:
    assert proof_request(Stay(DETECTED).turn) == {"acr_values": "2"}
    nobody = session_of(PHONE_ONLY, account_id="phone", method=Method.DETECTED)
    assert proof_request(Stay(nobody).turn) == {"prompt": "login no_seam"}


def test_a_visit_ends_with_its_session() -> None:
    stay = Stay()
    assert stay.world.visits
    world, _notices = sign_out_of_connect(stay.world, BY_PASSWORD.id)
    assert not world.visits


# Name and language


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Example \n User ", "Example User"),
        ("", None),
        ("   ", None),
        ("x" * 200, "x" * NAME_LENGTH),
        (" " * 200 + "x", "x"),
    ],
)
def test_a_name_is_trimmed_and_may_be_emptied(typed: str, kept: str | None) -> None:
    stay = Stay().go(Section.PROFILE).do(Edit(), Save(name="before", locale=""))
    stay.do(Edit(), Save(name=typed, locale=""))
    assert stay.account.name == kept
    assert stay.shown == ("account-profile", "saved")


def test_only_an_offered_language_is_kept_and_none_is_one() -> None:
    stay = Stay().go(Section.PROFILE).do(Edit(), Save(name="", locale="nb"))
    assert stay.account.locale == "nb"
    assert stay.do(Edit(), Save(name="", locale="xx")).visit.notice is Notice.STALE_FORM
    assert stay.account.locale == "nb"
    assert stay.go(Section.OVERVIEW).go(Section.PROFILE).do(Edit(), Save(name="", locale=""))
    assert stay.account.locale is None


def test_the_chosen_language_is_that_of_the_pages_unless_the_link_asks_for_another() -> None:
    stay = Stay(replace(BY_PASSWORD, locales=("sv",)))
    assert stay.turn.locales == ("sv",)
    stay.go(Section.PROFILE).do(Edit(), Save(name="", locale="nb"))
    assert stay.turn.locales == ("nb",)
    asked = replace(stay.visit, locales=("da",))
    assert stay.turn.with_visit(asked).locales == ("da",)


def test_choosing_a_language_counts_more_than_a_link_from_before() -> None:
    stay = Stay()
    stay.in_world(stay.world.with_visit(replace(stay.visit, locales=("da",))))
    stay.go(Section.PROFILE).do(Edit(), Save(name="x", locale=""))
    assert stay.turn.locales == ("da",)
    stay.do(Edit(), Save(name="x", locale="nb"))
    assert stay.turn.locales == ("nb",)


def test_nothing_is_saved_on_the_way_back() -> None:
    stay = Stay().go(Section.PROFILE).do(Edit(), Back())
    assert stay.stage == AtPage(section=Section.PROFILE)
    assert stay.shown == ("account-profile", "empty")


def test_only_the_profile_is_edited() -> None:
    assert Stay().go(Section.ABOUT).do(Edit()).shown == ("account-about", "stale-form")


# Services


def test_services_have_their_names_and_one_that_is_gone_its_id() -> None:
    shown = Stay(world=connected()).go(Section.SERVICES).screen
    assert isinstance(shown, screens.AccountServices)
    assert [(line.name, line.since) for line in shown.lines] == [
        ("FakeBrand", FIRST_MOMENT),
        ("gone", FIRST_MOMENT),
    ]


def test_a_service_shows_what_it_may_see() -> None:
    stay = Stay(world=connected()).go(Section.SERVICES).do(OpenService(client_id="fakebrand"))
    shown = stay.screen
    assert isinstance(shown, screens.AccountService)
    assert shown.scopes == ("email",)


def test_access_is_withdrawn_after_asking_with_codes_and_tokens() -> None:
    stay = Stay(world=connected()).go(Section.SERVICES)
    grant = Grant(
        code="a code",
        request=request(),
        authentication=BY_PASSWORD.authentication,
        session_id=BY_PASSWORD.id,
        issued=FIRST_MOMENT,
        stay_signed_in=True,
    )
    stay.in_world(stay.world.with_grant(grant))
    stay.do(OpenService(client_id="fakebrand"), Withdraw(), Back())
    assert stay.screen.id == "account-service"
    stay.do(Withdraw(), Continue())
    assert stay.shown == ("account-services", "withdrawn")
    assert isinstance(stay.screen, screens.AccountServices)
    assert stay.screen.about == "FakeBrand"
    assert set(stay.account.services) == {"gone"}
    assert not stay.world.grants


def test_a_service_that_is_not_connected_cannot_be_opened() -> None:
    stay = Stay().go(Section.SERVICES).do(OpenService(client_id="fakebrand"))
    assert stay.shown == ("account-services", "stale-form")


def test_a_service_that_was_withdrawn_elsewhere_is_shown_no_longer() -> None:
    stay = Stay(world=connected()).go(Section.SERVICES).do(OpenService(client_id="fakebrand"))
    account = replace(stay.account, services=stay.account.services.delete("fakebrand"))
    stay.in_world(stay.world.with_account(account))
    assert stay.go(Section.SERVICES).screen.id == "account-services"


def test_withdrawing_waits_for_a_proof() -> None:
    stay = Stay(DETECTED, connected()).go(Section.SERVICES).do(OpenService(client_id="fakebrand"))
    assert not stay.turn.prove
    assert stay.do(Withdraw()).turn.prove
    assert stay.prove(BY_CODE).screen.id == "account-withdraw"


# What is only told


def test_purchases_are_the_newest_first_and_subscriptions_the_next_first() -> None:
    world = populated()
    paid = [
        Purchase(
            service="Strusic",
            title=str(days),
            amount=Decimal(1),
            currency="NOK",
            when=FIRST_MOMENT - timedelta(days=days),
        )
        for days in (3, 1, 2)
    ]
    renewed = [
        Subscription(
            service="Strusic",
            title=str(day),
            amount=Decimal(1),
            currency="NOK",
            recurrence="P1M",
            renews=date(2026, 2, day),
        )
        for day in (3, 1, 2)
    ]
    account = replace(world.accounts["full"], purchases=tuple(paid), subscriptions=tuple(renewed))
    stay = Stay(world=world.with_account(account))
    bought = stay.go(Section.PURCHASES).screen
    assert isinstance(bought, screens.AccountPurchases)
    assert [line.title for line in bought.lines] == ["1", "2", "3"]
    running = stay.go(Section.SUBSCRIPTIONS).screen
    assert isinstance(running, screens.AccountSubscriptions)
    assert [line.title for line in running.lines] == ["1", "2", "3"]


@pytest.mark.parametrize("section", [Section.SERVICES, Section.SUBSCRIPTIONS, Section.PURCHASES])
def test_an_empty_list_says_so(section: Section) -> None:
    assert Stay().go(section).screen.state == "empty"


def test_level_1_by_another_way_than_a_code_is_not_recent() -> None:
    assert DETECTED.authentication.level is Level.PHONE
    assert isinstance(Stay(BY_CODE).go(Section.PASSWORD).stage, AtPasswords)
    assert isinstance(Stay(BY_CODE).go(Section.PHONES).stage, AtIdentifiers)
