"""Verification codes: sent within limits, tried within limits, used once."""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.effects import SendCode
from studio.engine.flow import (
    CODE_DIGITS,
    AtAdd,
    AtForgotPassword,
    AtForgotPasswordCode,
    AtPassword,
    AtStart,
    AtVerify,
    Code,
    Notice,
    Problem,
)
from studio.engine.identifiers import Identifier, fold_digits
from studio.engine.limits import Action
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from studio.engine.flow import Stage
    from studio.engine.turn import Turn

ASKING = (AtStart, AtVerify, AtPassword, AtForgotPassword, AtForgotPasswordCode, AtAdd)
"""The stages that can tell of a problem with what was typed."""


def send_code(turn: Turn, to: Identifier, stage: Callable[[Code], Stage], notice: Notice) -> Turn:
    """Send a new code and go to the stage that asks for it; an older one is worth nothing then.

    Where a limit is met nothing is sent, and the flow stays where it is, with the waiting time.
    """
    action = Action.SMS if to.kind is IdentifierKind.PHONE else Action.EMAIL_CODE
    usage, now, browser = turn.world.usage, turn.world.now, turn.flow.browser
    waiting = usage.waiting(action, identifier=to.value, browser=browser, now=now)
    if waiting is not None:
        return told_to_wait(turn, to, waiting)
    world, digits = turn.world.digits(CODE_DIGITS)
    usage = usage.spent(action, identifier=to.value, browser=browser, now=now)
    effect = SendCode(
        to=to,
        code=digits,
        client_id=turn.policy.client_id,
        locales=turn.flow.locales,
        when=now,
    )
    turn = replace(turn, world=replace(world, usage=usage)).with_effects(effect)
    return turn.to(stage(Code(digits=digits, sent=now)), notice)


def told_to_wait(turn: Turn, identifier: Identifier, waiting: timedelta) -> Turn:
    """Stay where the flow is, or begin at the start screen, and tell how long a limit lasts."""
    stage = turn.flow.stage
    problem = Problem.TOO_MANY_TRIES
    untouched = isinstance(stage, AtStart) and not stage.typed
    if isinstance(stage, ASKING) and not untouched:
        return turn.to(replace(stage, problem=problem), waiting=waiting)
    start = AtStart(kind=identifier.kind, typed=identifier.value, problem=problem)
    return turn.to(start, waiting=waiting)


def try_code(turn: Turn, stage: AtVerify | AtForgotPasswordCode, text: str) -> tuple[Turn, bool]:
    """Take the right code in time, and tell whether it was; count a wrong one.

    A code that was taken is used up, whatever comes next: the flow may have to wait where it is.
    """
    usage, now, browser = turn.world.usage, turn.world.now, turn.flow.browser
    tried = stage.identifier.value
    waiting = usage.waiting(Action.CODE_TRY, identifier=tried, browser=browser, now=now)
    if waiting is not None:
        return told_to_wait(turn, stage.identifier, waiting), False
    problem = _problem(stage.code, "".join(fold_digits(text).split()), now)
    code = stage.code
    if problem is None:
        used = replace(stage, code=replace(code, tries_left=0), problem=None)
        return turn.to(used), True
    if problem is Problem.CODE_WRONG:
        usage = usage.spent(Action.CODE_TRY, identifier=tried, browser=browser, now=now)
        turn = replace(turn, world=replace(turn.world, usage=usage))
        code = replace(code, tries_left=code.tries_left - 1)
        problem = problem if code.tries_left else Problem.CODE_USED_UP
    return turn.to(replace(stage, code=code, problem=problem)), False


def _problem(code: Code, typed: str, now: datetime) -> Problem | None:
    if not code.tries_left:
        return Problem.CODE_USED_UP
    if code.expired(now):
        return Problem.CODE_EXPIRED
    if not typed:
        return Problem.CODE_MISSING
    right = hmac.compare_digest(code.digits.encode(), typed.encode())
    return None if right else Problem.CODE_WRONG
