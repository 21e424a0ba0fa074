"""The table of My CONNECT account: every stage with its events, and the rule that decides.

A pair that is not written in a row is `stale`, as in signing in: `studio.engine.transitions`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from studio.engine import account_rules as rules
from studio.engine.account_events import (
    AccountEvent,
    Add,
    Confirm,
    Edit,
    MakePreferred,
    OpenService,
    Remove,
    Save,
    SubmitPasswords,
    Withdraw,
)
from studio.engine.account_rules import after_proof
from studio.engine.events import (
    Back,
    Change,
    CheckPassword,
    Continue,
    DismissNotice,
    Resend,
    SubmitCode,
    SubmitIdentifier,
)
from studio.engine.visit import (
    AtAddition,
    AtIdentifiers,
    AtPage,
    AtPasswords,
    AtProfileEdit,
    AtProof,
    AtRemoval,
    AtService,
    AtServices,
    AtWithdrawal,
    VisitStage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.engine.account_rules import Rule
    from studio.engine.account_turn import AccountTurn

ROWS: Mapping[type[VisitStage], Mapping[type[AccountEvent], Rule]] = MappingProxyType(
    {
        AtPage: {
            Edit: rules.edit,
        },
        AtProfileEdit: {
            Save: rules.save,
            Back: rules.to_list,
        },
        AtIdentifiers: {
            Add: after_proof(rules.add),
            Confirm: after_proof(rules.confirm),
            MakePreferred: after_proof(rules.prefer),
            Remove: after_proof(rules.remove),
        },
        AtAddition: {
            SubmitIdentifier: after_proof(rules.submit_identifier),
            Back: rules.to_list,
        },
        AtProof: {
            SubmitCode: after_proof(rules.submit_code),
            Resend: after_proof(rules.resend),
            Change: rules.to_addition,
            Back: rules.to_addition,
        },
        AtRemoval: {
            Continue: after_proof(rules.removed),
            Back: rules.to_list,
        },
        AtPasswords: {
            SubmitPasswords: after_proof(rules.submit_passwords),
            CheckPassword: rules.check_password,
            Back: rules.to_overview,
        },
        AtServices: {
            OpenService: rules.open_service,
        },
        AtService: {
            Withdraw: after_proof(rules.ask_withdrawal),
            Back: rules.to_list,
        },
        AtWithdrawal: {
            Continue: after_proof(rules.withdrawn),
            Back: rules.to_service,
        },
    }
)

TRANSITIONS: Mapping[tuple[type[VisitStage], type[AccountEvent]], Rule] = MappingProxyType(
    {
        (stage, event): row.get(
            event, rules.dismiss_notice if event is DismissNotice else rules.stale
        )
        for stage, row in ROWS.items()
        for event in get_args(AccountEvent)
    }
)


def decide(turn: AccountTurn, event: AccountEvent) -> AccountTurn:
    """Let an event happen to a visit, after the table."""
    stage = turn.visit.stage
    return TRANSITIONS[type(stage), type(event)](turn, stage, event)
