from __future__ import annotations

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from studio.engine.connect import Form
from studio.engine.events import (
    Back,
    Change,
    Continue,
    Decline,
    DismissNotice,
    Event,
    ForgotPassword,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SubmitNewPassword,
    SubmitPassword,
    SwitchField,
)
from studio.engine.policy import IdentifierKind
from studio.site.forms import MAX_TYPED, event, origin

P, E = IdentifierKind.PHONE, IdentifierKind.EMAIL

EVENTS: list[tuple[dict[str, str], Event | None]] = [
    ({"screen": "start", "kind": "phone", "identifier": "1"}, SubmitIdentifier(kind=P, text="1")),
    ({"screen": "start", "kind": "email", "identifier": "u"}, SubmitIdentifier(kind=E, text="u")),
    ({"screen": "start", "kind": "x", "action": "submit"}, SubmitIdentifier(kind=P, text="")),
    ({"screen": "start", "action": "switch"}, SwitchField()),
    ({"screen": "start", "action": "back"}, Back()),
    ({"screen": "verify-phone", "code": " 1 "}, SubmitCode(text=" 1 ")),
    (
        {"screen": "verify-phone", "code": "1", "stay": "yes"},
        SubmitCode(text="1", stay_signed_in=True),
    ),
    ({"screen": "verify-phone", "action": "resend", "code": "1"}, Resend()),
    ({"screen": "verify-phone", "action": "change"}, Change()),
    ({"screen": "password", "password": " p "}, SubmitPassword(text=" p ")),
    (
        {"screen": "password", "password": "p", "stay": "yes"},
        SubmitPassword(text="p", stay_signed_in=True),
    ),
    ({"screen": "password", "action": "dismiss-notice"}, DismissNotice()),
    ({"screen": "password"}, SubmitPassword(text="")),
    (
        {"screen": "add-email", "kind": "email", "identifier": "u"},
        SubmitIdentifier(kind=E, text="u"),
    ),
    (
        {"screen": "add-phone", "kind": "phone", "identifier": "1"},
        SubmitIdentifier(kind=P, text="1"),
    ),
    ({"screen": "verify-email", "code": "1"}, SubmitCode(text="1")),
    ({"screen": "reauth-verify-phone", "code": "1"}, SubmitCode(text="1")),
    ({"screen": "forgot-password-code", "code": "1"}, SubmitCode(text="1")),
    ({"screen": "reauth-password", "password": "p"}, SubmitPassword(text="p")),
    ({"screen": "step-up", "password": "p"}, SubmitPassword(text="p")),
    ({"screen": "create-password", "password": " p "}, SubmitNewPassword(text=" p ")),
    ({"screen": "new-password", "password": "p"}, SubmitNewPassword(text="p")),
    ({"screen": "password", "action": "forgot", "password": "p"}, ForgotPassword()),
    ({"screen": "forgot-password", "action": "continue"}, Continue()),
    ({"screen": "consent", "action": "decline"}, Decline()),
    ({"screen": "consent"}, None),
    ({"screen": "signing-in"}, None),
    ({}, None),
    ({"screen": "not-found"}, None),
    ({"screen": "start", "action": "sign-out"}, None),
]


@pytest.mark.parametrize(("fields", "expected"), EVENTS)
def test_a_form_is_what_was_done(fields: dict[str, str], expected: Event | None) -> None:
    assert event(ImmutableMultiDict(fields)) == expected


def test_a_field_is_read_up_to_a_length_that_nobody_types() -> None:
    fields = ImmutableMultiDict({"screen": "password", "password": "x" * (MAX_TYPED + 1)})
    assert event(fields) == SubmitPassword(text="x" * MAX_TYPED)


def test_a_form_says_where_it_is_from() -> None:
    assert origin(ImmutableMultiDict({"screen": "start", "token": "t"})) == Form(
        screen="start", token="t"
    )
    assert origin(ImmutableMultiDict()) == Form(screen="", token="")
