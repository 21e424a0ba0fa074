"""What the start screen does with what is typed."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.engine.connect import begin
from studio.engine.events import Back, SubmitIdentifier, SwitchField
from studio.engine.flow import AtPassword, AtStart, AtVerifyPhone, Notice, Problem
from studio.engine.identifiers import Identifier
from studio.engine.policy import ClientPolicy, IdentifierKind, Level, StartFields
from studio.engine.request import parse_request
from studio.engine.rules import start_kinds
from tests.engine.given import (
    APP,
    EMAIL,
    NEW_EMAIL,
    NEW_PHONE,
    PHONE,
    PHONE_ONLY,
    POLICY,
    Walk,
    at_start,
    find,
    parameters,
    populated,
)

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
    _, flow = begin(populated(), replace(POLICY, fields=fields), asked, browser="b")
    assert flow.stage == AtStart(kind=kind, typed=typed)


LEVELS = [
    # typed, level, stage: `rules.md`, the rows for Wi-Fi
    (PHONE, Level.PHONE, AtVerifyPhone),
    (NEW_PHONE, Level.PHONE, AtVerifyPhone),
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
    typed: Identifier, level: Level, stage: type[AtVerifyPhone | AtPassword]
) -> None:
    walk = Walk(replace(POLICY, level=level))
    walk.do(SubmitIdentifier(kind=typed.kind, text=typed.value))
    assert type(walk.stage) is stage
    assert len(walk.effects) == (stage is AtVerifyPhone)
    assert walk.flow.notice is (Notice.CODE_SENT if stage is AtVerifyPhone else None)


@pytest.mark.parametrize(
    ("asked", "own", "stage"),
    [
        ("2", Level.PHONE, AtPassword),
        ("1", Level.PASSWORD, AtVerifyPhone),
        (None, Level.PASSWORD, AtPassword),
        (None, Level.PHONE, AtVerifyPhone),
    ],
)
def test_the_level_is_the_requests_else_the_clients(
    asked: str | None, own: Level, stage: type[AtVerifyPhone | AtPassword]
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
    assert walk.effects == []


def test_a_number_without_a_calling_code_is_of_the_clients_country() -> None:
    walk = Walk(replace(POLICY, default_country="BD"))
    walk.do(SubmitIdentifier(kind=P, text="01712-345678"))
    assert walk.effects[-1].phone == Identifier(P, "+8801712345678")


@pytest.mark.parametrize(("fields", "kind"), [(StartFields.PHONE, E), (StartFields.EMAIL, P)])
def test_a_field_that_is_not_offered_is_stale(fields: StartFields, kind: IdentifierKind) -> None:
    walk = Walk(replace(POLICY, fields=fields))
    before = walk.stage
    walk.do(SubmitIdentifier(kind=kind, text="99912345"))
    assert (walk.stage, walk.flow.notice) == (before, Notice.STALE_FORM)


def test_the_fields_can_be_switched_to_and_fro() -> None:
    walk = Walk(login_hint="99912345").do(SubmitIdentifier(kind=P, text="12"), SwitchField())
    assert walk.stage == AtStart(kind=E)
    assert walk.do(SwitchField()).stage == AtStart(kind=P, typed="+4799912345")


@pytest.mark.parametrize("fields", [StartFields.PHONE, StartFields.EMAIL])
def test_a_field_alone_cannot_be_switched(fields: StartFields) -> None:
    walk = Walk(replace(POLICY, fields=fields))
    before = walk.stage
    assert walk.do(SwitchField()).stage == before


@pytest.mark.parametrize("policy", [POLICY, replace(POLICY, level=Level.PASSWORD)])
def test_back_leads_to_the_service_without_a_code(policy: ClientPolicy) -> None:
    location = urlsplit(Walk(policy).do(Back()).location)
    assert location._replace(query="").geturl() == APP
    answer = dict(parse_qsl(location.query))
    assert (answer["error"], answer["state"]) == ("access_denied", "s 1")
    assert "code" not in answer
