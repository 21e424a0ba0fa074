"""What the start screen does with what is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.engine.connect import begin, happen
from studio.engine.events import Back, Change, Resend, SubmitIdentifier, SwitchField
from studio.engine.flow import AtPassword, AtStart, AtVerify, Notice, Problem
from studio.engine.identifiers import Identifier
from studio.engine.pipeline import start_kinds
from studio.engine.policy import ClientPolicy, IdentifierKind, Level, StartFields, Verification
from studio.engine.request import parse_request
from studio.engine.screens import Start
from studio.engine.showing import screen_of
from tests.engine.given import (
    APP,
    BROWSER,
    EMAIL,
    NEW_EMAIL,
    NEW_PHONE,
    PHONE,
    PHONE_ONLY,
    POLICY,
    Walk,
    at_start,
    begun,
    find,
    parameters,
    populated,
)

if TYPE_CHECKING:
    from studio.engine.turn import Turn

P, E = IdentifierKind.PHONE, IdentifierKind.EMAIL


@pytest.mark.parametrize(
    ("fields", "first", "kinds"),
    [
        (StartFields.BOTH, P, (P, E)),
        (StartFields.BOTH, E, (E, P)),
        (StartFields.PHONE, P, (P,)),
        (StartFields.PHONE, E, (P,)),
        (StartFields.EMAIL, E, (E,)),
        (StartFields.EMAIL, P, (E,)),
    ],
)
def test_the_first_field_is_the_clients(
    fields: StartFields, first: IdentifierKind, kinds: tuple[IdentifierKind, ...]
) -> None:
    policy = replace(POLICY, fields=fields, first=first)
    assert start_kinds(policy) == kinds
    assert at_start(Walk(policy).flow).kind is kinds[0]


@pytest.mark.parametrize(
    ("hints", "fields", "kind", "typed"),
    [
        (["99912345"], StartFields.BOTH, P, "+4799912345"),
        (["user@example.com"], StartFields.BOTH, E, "user@example.com"),
        (["user@example.com", "99912345"], StartFields.BOTH, E, "user@example.com"),
        (["nonsense", "99912345", "99900999"], StartFields.BOTH, P, "+4799912345"),
        (["user@example.com"], StartFields.PHONE, P, ""),
        (["user@example.com", "99912345"], StartFields.PHONE, P, "+4799912345"),
        (["nonsense"], StartFields.BOTH, P, ""),
        ([], StartFields.BOTH, P, ""),
    ],
)
def test_the_first_fitting_hint_is_filled_in(
    hints: list[str], fields: StartFields, kind: IdentifierKind, typed: str
) -> None:
    asked, _ = parse_request([*parameters(), *(("login_hint", hint) for hint in hints)], find)
    turn = begin(populated(), replace(POLICY, fields=fields), asked, browser="b")
    assert turn.flow.stage == AtStart(kind=kind, typed=typed)


LEVELS = [
    # typed, level, stage: `rules.md`, the rows for Wi-Fi
    (PHONE, Level.PHONE, AtVerify),
    (NEW_PHONE, Level.PHONE, AtVerify),
    (PHONE, Level.PASSWORD, AtPassword),
    (PHONE_ONLY, Level.PASSWORD, AtPassword),
    (NEW_PHONE, Level.PASSWORD, AtPassword),
    (EMAIL, Level.PHONE, AtPassword),
    (NEW_EMAIL, Level.PHONE, AtPassword),
    (EMAIL, Level.PASSWORD, AtPassword),
    (NEW_EMAIL, Level.PASSWORD, AtPassword),
]


@pytest.mark.parametrize(("typed", "level", "stage"), LEVELS)
def test_which_authentication(
    typed: Identifier, level: Level, stage: type[AtVerify | AtPassword]
) -> None:
    walk = Walk(replace(POLICY, level=level))
    walk.do(SubmitIdentifier(kind=typed.kind, text=typed.value))
    assert type(walk.stage) is stage
    assert len(walk.effects) == (stage is AtVerify)
    assert walk.flow.notice is (Notice.CODE_SENT if stage is AtVerify else None)


@pytest.mark.parametrize(
    ("asked", "own", "stage"),
    [
        ("2", Level.PHONE, AtPassword),
        ("1", Level.PASSWORD, AtVerify),
        (None, Level.PASSWORD, AtPassword),
        (None, Level.PHONE, AtVerify),
    ],
)
def test_the_level_is_the_requests_else_the_clients(
    asked: str | None, own: Level, stage: type[AtVerify | AtPassword]
) -> None:
    walk = Walk(replace(POLICY, level=own), acr_values=asked)
    assert type(walk.do(SubmitIdentifier(kind=P, text="99912345")).stage) is stage


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        (P, "", Problem.PHONE_MISSING),
        (P, " \t", Problem.PHONE_MISSING),
        (P, "12", Problem.PHONE_INVALID),
        (P, "user@example.com", Problem.PHONE_INVALID),
        (E, "", Problem.EMAIL_MISSING),
        (E, "user@", Problem.EMAIL_INVALID),
        (E, "99912345", Problem.EMAIL_INVALID),
    ],
)
def test_a_mistyped_identifier_stays_as_typed_and_says_why(
    kind: IdentifierKind, text: str, problem: Problem
) -> None:
    walk = Walk().do(SubmitIdentifier(kind=kind, text=text))
    assert walk.stage == AtStart(kind=kind, typed=text, problem=problem)
    assert walk.effects == ()


def test_a_number_without_a_calling_code_is_of_the_clients_country() -> None:
    walk = Walk(replace(POLICY, default_country="BD"))
    walk.do(SubmitIdentifier(kind=P, text="01712-345678"))
    assert walk.sent[-1].to == Identifier(P, "+8801712345678")


@pytest.mark.parametrize(("fields", "kind"), [(StartFields.PHONE, E), (StartFields.EMAIL, P)])
def test_a_field_that_is_not_offered_is_stale(fields: StartFields, kind: IdentifierKind) -> None:
    walk = Walk(replace(POLICY, fields=fields))
    before = walk.stage
    walk.do(SubmitIdentifier(kind=kind, text="99912345"))
    assert (walk.stage, walk.flow.notice) == (before, Notice.STALE_FORM)


def test_the_fields_can_be_switched_to_and_fro() -> None:
    walk = Walk(login_hint="99912345").do(SubmitIdentifier(kind=P, text="12"), SwitchField())
    assert walk.stage == AtStart(kind=E, chosen=True)
    assert walk.do(SwitchField()).stage == AtStart(kind=P, typed="+4799912345", chosen=True)


@pytest.mark.parametrize("fields", [StartFields.PHONE, StartFields.EMAIL])
def test_a_field_alone_cannot_be_switched(fields: StartFields) -> None:
    walk = Walk(replace(POLICY, fields=fields))
    before = walk.screen
    assert walk.do(SwitchField()).screen == before


def test_another_first_field_shows_at_once_until_a_person_has_chosen() -> None:
    other = replace(POLICY, first=E)
    turn = begun()
    assert _shown(replace(turn, policy=other)) == E
    chosen = happen(replace(turn, policy=other), SwitchField())
    assert _shown(chosen) == P
    assert _shown(replace(chosen, policy=POLICY)) == P


def _shown(turn: Turn) -> IdentifierKind:
    screen = screen_of(turn)
    assert isinstance(screen, Start)
    return screen.kind


@pytest.mark.parametrize("policy", [POLICY, replace(POLICY, level=Level.PASSWORD)])
def test_back_leads_to_the_service_without_a_code(policy: ClientPolicy) -> None:
    location = urlsplit(Walk(policy).do(Back()).location)
    assert location._replace(query="").geturl() == APP
    answer = dict(parse_qsl(location.query))
    assert (answer["error"], answer["state"]) == ("access_denied", "s 1")
    assert "code" not in answer


FORCED = [
    # policy, stage: a forced identifier skips `start`
    (replace(POLICY, forced_phone=PHONE.value), AtVerify),
    (replace(POLICY, forced_phone=PHONE.value, level=Level.PASSWORD), AtPassword),
    (replace(POLICY, forced_email=EMAIL.value), AtPassword),
]


@pytest.mark.parametrize(("policy", "stage"), FORCED)
def test_a_forced_identifier_skips_the_start_and_back_leads_to_the_service(
    policy: ClientPolicy, stage: type[AtVerify | AtPassword]
) -> None:
    walk = Walk(policy)
    assert isinstance(walk.stage, stage)
    assert walk.stage.identifier == walk.turn.forced
    assert walk.do(Back()).answer["error"] == "access_denied"


@pytest.mark.parametrize(("policy", "stage"), FORCED)
def test_a_forced_identifier_is_changed_only_where_the_client_lets_it(
    policy: ClientPolicy, stage: type[AtVerify | AtPassword]
) -> None:
    assert Walk(policy).do(Change()).answer["error"] == "access_denied"
    walk = Walk(replace(policy, forced_may_change=True)).do(Change())
    assert at_start(walk.flow).typed == ""
    walk.typed(NEW_PHONE)
    assert isinstance(walk.stage, AtVerify | AtPassword)
    assert walk.stage.identifier == NEW_PHONE
    assert stage in {AtVerify, AtPassword}


def limited() -> Walk:
    """Return a walk that begins where a forced number may get no more codes."""
    before = Walk().typed(PHONE).do(*[Resend()] * 4)
    return Walk(replace(POLICY, forced_phone=PHONE.value), world=before.world)


def test_a_forced_number_that_has_to_wait_is_shown_and_no_other_is_taken() -> None:
    walk = limited()
    waiting = AtStart(kind=P, typed=PHONE.value, problem=Problem.TOO_MANY_TRIES)
    assert (walk.stage, walk.flow.waiting) == (waiting, timedelta(hours=1))
    walk.typed(NEW_PHONE)
    assert (walk.stage, walk.flow.notice, walk.sent) == (waiting, Notice.STALE_FORM, [])


def test_a_forced_number_that_has_waited_goes_on() -> None:
    walk = limited().wait(timedelta(hours=1)).typed(PHONE)
    assert isinstance(walk.stage, AtVerify)
    assert [effect.to for effect in walk.sent] == [PHONE]


def test_the_browser_fills_in_what_was_used_last_where_the_client_hints_at_nothing() -> None:
    world = populated().remembering(BROWSER, EMAIL)
    assert Walk(world=world).stage == AtStart(kind=E, typed=EMAIL.value)
    hinted = Walk(world=world, login_hint="99900999")
    assert hinted.stage == AtStart(kind=P, typed=PHONE_ONLY.value)
    assert hinted.do(SwitchField()).stage == AtStart(kind=E, typed=EMAIL.value, chosen=True)
    only = Walk(replace(POLICY, fields=StartFields.PHONE), world=world)
    assert only.stage == AtStart(kind=P)


@pytest.mark.parametrize(
    ("verification", "stage"),
    [
        (Verification.DEFAULT, AtVerify),
        (Verification.FORCE, AtVerify),
        (Verification.DISALLOW, AtPassword),
    ],
)
def test_where_codes_are_disallowed_a_phone_needs_a_password(
    verification: Verification, stage: type[AtVerify | AtPassword]
) -> None:
    walk = Walk(replace(POLICY, verification=verification)).typed(PHONE)
    assert isinstance(walk.stage, stage)


def test_a_phone_that_got_too_many_codes_has_to_wait_at_the_start() -> None:
    before = Walk().typed(PHONE).do(*[Resend()] * 4)
    walk = Walk(world=before.world).typed(PHONE)
    problem = Problem.TOO_MANY_TRIES
    assert walk.stage == AtStart(kind=P, typed=PHONE.value, problem=problem)
    assert (walk.flow.waiting, walk.sent) == (timedelta(hours=1), [])
    assert isinstance(walk.typed(NEW_PHONE).stage, AtVerify)
    assert walk.flow.waiting is None
