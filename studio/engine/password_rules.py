"""The rules of choosing a password: a code first, then a new one that is good enough.

Rules kept here, besides those of `studio.engine.rules`:

* a forgotten password sends a code to whatever was typed, whether or not there is an account;
* of a password that is only looked at, nothing is kept but how good it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.accounts import hash_password
from studio.engine.codes import send_code, try_code
from studio.engine.effects import News
from studio.engine.flow import (
    AtForgotPassword,
    AtForgotPasswordCode,
    AtNewPassword,
    AtPassword,
    AtPasswordChanged,
    Notice,
    Problem,
    Purpose,
)
from studio.engine.passwords import judge
from studio.engine.pipeline import advance, prove, to_start
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.telling import tell

if TYPE_CHECKING:
    from studio.engine.accounts import Account
    from studio.engine.events import (
        Back,
        Change,
        CheckPassword,
        Continue,
        ForgotPassword,
        Resend,
        SubmitCode,
        SubmitNewPassword,
    )
    from studio.engine.turn import Turn


def forgot_password(turn: Turn, stage: AtPassword, _event: ForgotPassword) -> Turn:
    """Offer a code, to choose a new password with."""
    return turn.to(AtForgotPassword(identifier=stage.identifier))


def send_password_code(turn: Turn, stage: AtForgotPassword, _event: Continue) -> Turn:
    """Send the code, to whatever was typed, whether or not there is an account."""
    identifier = stage.identifier
    return send_code(
        turn,
        identifier,
        lambda code: AtForgotPasswordCode(identifier=identifier, code=code),
        Notice.CODE_SENT,
    )


def resend_password_code(turn: Turn, stage: AtForgotPasswordCode, _event: Resend) -> Turn:
    """Send a new code for the same."""
    return send_code(
        turn,
        stage.identifier,
        lambda code: replace(stage, code=code, problem=None),
        Notice.CODE_RESENT,
    )


def submit_password_code(turn: Turn, stage: AtForgotPasswordCode, event: SubmitCode) -> Turn:
    """Let the person choose a new password after the right code."""
    turn, right = try_code(turn, stage, event.text)
    if not right:
        return turn
    turn = prove(turn, stage.identifier, Level.PHONE, Method.OTP)
    account = turn.account
    creating = account is None or account.password is None
    return turn.to(AtNewPassword(identifier=stage.identifier, creating=creating))


def back_to_password(
    turn: Turn, stage: AtForgotPassword | AtForgotPasswordCode, _event: Back | Change
) -> Turn:
    """Ask for the password again, for the same reason as before."""
    if turn.flow.standing:
        return advance(turn)
    return turn.to(AtPassword(identifier=stage.identifier, purpose=Purpose.SIGN_IN))


def submit_new_password(turn: Turn, stage: AtNewPassword, event: SubmitNewPassword) -> Turn:
    """Keep a new password that is good enough, and tell every address."""
    account = turn.account
    if account is None:
        return to_start(turn)
    problem = _password_problem(event.text, own_values(account))
    if problem:
        return turn.to(replace(stage, problem=problem, strength=None))
    world, salt = turn.world.draw(16)
    password = hash_password(event.text, salt=salt, cost=world.hash_cost)
    turn = replace(turn, world=world).with_account(replace(account, password=password))
    news = News.PASSWORD_CREATED if stage.creating else News.PASSWORD_CHANGED
    turn = tell(turn, news)
    turn = prove(turn, stage.identifier, Level.PASSWORD, Method.PASSWORD)
    return advance(turn) if stage.creating else turn.to(AtPasswordChanged())


def check_password(turn: Turn, stage: AtNewPassword, event: CheckPassword) -> Turn:
    """Tell how good a password would be; of the password itself nothing is kept."""
    if not event.text:
        return turn.to(replace(stage, problem=Problem.PASSWORD_MISSING, strength=None))
    judged = judge(event.text, own_values(turn.account))
    problem = Problem(judged.problem) if judged.problem else None
    return turn.to(replace(stage, problem=problem, strength=judged.strength))


def own_values(account: Account | None) -> list[str]:
    """Return the numbers and addresses that make a bad password for an account."""
    return [one.value for one in account.identifiers] if account else []


def _password_problem(text: str, own: list[str]) -> Problem | None:
    if not text:
        return Problem.PASSWORD_MISSING
    found = judge(text, own).problem
    return Problem(found) if found else None


def password_changed(turn: Turn, _stage: AtPasswordChanged, _event: Continue) -> Turn:
    """Go on after the new password has been kept."""
    return advance(turn)
