"""The table: every stage with every event, and the rule that decides.

A pair that is not written in a row is `stale`: the form that led to it is not the one on the
screen, and nothing else happens. A test holds that every stage has a row.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from studio.engine import password_rules, rules
from studio.engine.events import (
    Back,
    Change,
    CheckPassword,
    ChooseLocales,
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
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtForgotPassword,
    AtForgotPasswordCode,
    AtMobileData,
    AtNewPassword,
    AtPassword,
    AtPasswordChanged,
    AtSigningIn,
    AtStart,
    AtVerify,
    Finished,
    Stage,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.engine.turn import Turn

    # A rule takes the stage and event of its own row: the key is the proof that they fit.
    Rule = Callable[[Turn, Any, Any], Turn]

ANYWHERE: Mapping[type[Event], Rule] = MappingProxyType(
    {ChooseLocales: rules.choose_locales, DismissNotice: rules.dismiss_notice}
)

ROWS: Mapping[type[Stage], Mapping[type[Event], Rule]] = MappingProxyType(
    {
        AtStart: {
            SubmitIdentifier: rules.submit_identifier,
            SwitchField: rules.switch_field,
            Back: rules.back_to_service,
        },
        AtMobileData: {
            Continue: rules.use_mobile_data,
            Decline: rules.refuse_mobile_data,
            Back: rules.back_to_service,
        },
        AtSigningIn: {
            Continue: rules.signing_in,
            Back: rules.back_to_service,
        },
        AtVerify: {
            SubmitCode: rules.submit_code,
            Resend: rules.resend,
            Change: rules.back_from_code,
            Back: rules.back_from_code,
        },
        AtPassword: {
            SubmitPassword: rules.submit_password,
            ForgotPassword: password_rules.forgot_password,
            Change: rules.back_to_start,
            Back: rules.back_to_start,
        },
        AtForgotPassword: {
            Continue: password_rules.send_password_code,
            Change: password_rules.back_to_password,
            Back: password_rules.back_to_password,
        },
        AtForgotPasswordCode: {
            SubmitCode: password_rules.submit_password_code,
            Resend: password_rules.resend_password_code,
            Change: password_rules.back_to_password,
            Back: password_rules.back_to_password,
        },
        AtNewPassword: {
            SubmitNewPassword: password_rules.submit_new_password,
            CheckPassword: password_rules.check_password,
            Back: rules.back_to_service,
        },
        AtPasswordChanged: {
            Continue: password_rules.password_changed,
        },
        AtAdd: {
            SubmitIdentifier: rules.submit_addition,
            Back: rules.back_to_service,
        },
        AtConsent: {
            Continue: rules.consent,
            Decline: rules.back_to_service,
            Back: rules.back_to_service,
        },
        Finished: dict.fromkeys(get_args(Event), rules.finished),
    }
)

TRANSITIONS: Mapping[tuple[type[Stage], type[Event]], Rule] = MappingProxyType(
    {
        (stage, event): row.get(event, ANYWHERE.get(event, rules.stale))
        for stage, row in ROWS.items()
        for event in get_args(Event)
    }
)


def decide(turn: Turn, event: Event) -> Turn:
    """Let an event happen to a flow, after the table."""
    stage = turn.flow.stage
    return TRANSITIONS[type(stage), type(event)](turn, stage, event)
