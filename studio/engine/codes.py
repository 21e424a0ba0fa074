"""Verification codes: sent within limits, tried within limits, used once.

`new_code` and `tried` are the rules; `send_code` and `try_code` bring a flow through them.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
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
    from studio.engine.world import World

ASKING = (AtStart, AtVerify, AtPassword, AtForgotPassword, AtForgotPasswordCode, AtAdd)
"""The stages that can tell of a problem with what was typed."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A code on its way, and the world that has counted it."""

    world: World
    code: Code
    effect: SendCode


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What comes of a code that was typed; `waiting` is set where a limit was met.

    A code that was right is used up. `problem` is None where it was right.
    """

    world: World
    code: Code
    problem: Problem | None = None
    waiting: timedelta | None = None


def new_code(
    world: World, to: Identifier, *, browser: str, client_id: str, locales: tuple[str, ...]
) -> Sent | timedelta:
    """Make a code for a number or address; where a limit is met, return how long it lasts."""
    action = Action.SMS if to.kind is IdentifierKind.PHONE else Action.EMAIL_CODE
    usage, now = world.usage, world.now
    waiting = usage.waiting(action, identifier=to.value, browser=browser, now=now)
    if waiting is not None:
        return waiting
    world, digits = world.digits(CODE_DIGITS)
    usage = usage.spent(action, identifier=to.value, browser=browser, now=now)
    effect = SendCode(to=to, code=digits, client_id=client_id, locales=locales, when=now)
    code = Code(digits=digits, sent=now)
    return Sent(world=replace(world, usage=usage), code=code, effect=effect)


def tried(world: World, code: Code, text: str, *, of: Identifier, browser: str) -> Tried:
    """Compare what was typed with the code of a number or address; count it where it is wrong."""
    usage, now = world.usage, world.now
    waiting = usage.waiting(Action.CODE_TRY, identifier=of.value, browser=browser, now=now)
    if waiting is not None:
        problem = Problem.TOO_MANY_TRIES
        return Tried(world=world, code=code, problem=problem, waiting=waiting)
    found = _problem(code, "".join(fold_digits(text).split()), now)
    if found is None:
        return Tried(world=world, code=replace(code, tries_left=0))
    if found is Problem.CODE_WRONG:
        usage = usage.spent(Action.CODE_TRY, identifier=of.value, browser=browser, now=now)
        world = replace(world, usage=usage)
        code = replace(code, tries_left=code.tries_left - 1)
        found = found if code.tries_left else Problem.CODE_USED_UP
    return Tried(world=world, code=code, problem=found)


def send_code(turn: Turn, to: Identifier, stage: Callable[[Code], Stage], notice: Notice) -> Turn:
    """Send a new code and go to the stage that asks for it; an older one is worth nothing then.

    Where a limit is met nothing is sent, and the flow stays where it is, with the waiting time.
    """
    flow = turn.flow
    sent = new_code(
        turn.world,
        to,
        browser=flow.browser,
        client_id=turn.policy.client_id,
        locales=flow.locales,
    )
    if not isinstance(sent, Sent):
        return told_to_wait(turn, to, sent)
    turn = replace(turn, world=sent.world).with_effects(sent.effect)
    return turn.to(stage(sent.code), notice)


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
    found = tried(turn.world, stage.code, text, of=stage.identifier, browser=turn.flow.browser)
    if found.waiting is not None:
        return told_to_wait(turn, stage.identifier, found.waiting), False
    turn = replace(turn, world=found.world)
    turn = turn.to(replace(stage, code=found.code, problem=found.problem))
    return turn, found.problem is None


def _problem(code: Code, typed: str, now: datetime) -> Problem | None:
    if not code.tries_left:
        return Problem.CODE_USED_UP
    if code.expired(now):
        return Problem.CODE_EXPIRED
    if not typed:
        return Problem.CODE_MISSING
    right = hmac.compare_digest(code.digits.encode(), typed.encode())
    return None if right else Problem.CODE_WRONG
