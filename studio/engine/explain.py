"""Why this screen? What the engine knows of a flow, told in order, with secrets masked.

A value that the window and the command line can show: nothing in it lets anybody sign in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.engine.checks import CHECKS, SSO_CONDITIONS
from studio.engine.flow import Finished
from studio.engine.showing import screen_of

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from studio.engine.policy import Level
    from studio.engine.sessions import Method, Session
    from studio.engine.turn import Turn

SECRET_ENDINGS = ("token", "token_hint", "code_challenge")
"""How the names of parameters end whose values are secret."""

KEPT = 4
"""How many characters of a secret are shown, so that two can be told apart."""


class Answer(StrEnum):
    """What a check said, or that it was not asked because an earlier one had stopped."""

    PASSED = "passed"
    STOPPED = "stopped"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, kw_only=True)
class CheckAnswer:
    """One check with its answer."""

    id: str
    description: str
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """CONNECT's session in this browser, and which conditions of single sign-on hold."""

    id: str
    level: Level
    methods: tuple[Method, ...]
    authenticated: datetime
    lasting: bool
    clients: tuple[str, ...]
    conditions: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class LimitFacts:
    """A limit that is reached, and how long it lasts."""

    action: str
    key: str
    wait: timedelta


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a flow is at its screen."""

    screen: str
    state: str
    client_id: str
    request: tuple[tuple[str, str], ...]
    level_asked: Level
    checks: tuple[CheckAnswer, ...]
    session: SessionFacts | None
    limits: tuple[LimitFacts, ...]
    message: str | None

    def as_dict(self) -> dict[str, object]:
        """Return it as plain values, as JSON would have it but for times."""
        return asdict(self)


def explain(turn: Turn) -> Explanation:
    """Tell why a flow is at its screen."""
    screen, stage = screen_of(turn), turn.flow.stage
    named = ("finished", "") if isinstance(screen, Finished) else (screen.id, screen.state)
    return Explanation(
        screen=named[0],
        state=named[1],
        client_id=turn.policy.client_id,
        request=tuple((name, _shown(name, value)) for name, value in turn.flow.request.parameters),
        level_asked=turn.level,
        checks=tuple(_checks(turn)),
        session=_session(turn, turn.session) if turn.session else None,
        limits=_limits(turn),
        message=str(getattr(stage, "problem", None) or turn.flow.notice or "") or None,
    )


def _checks(turn: Turn) -> list[CheckAnswer]:
    answers, stopped = [], False
    for check in CHECKS:
        stops = not stopped and check.stops(turn)
        answer = Answer.NOT_ASKED if stopped else Answer.STOPPED if stops else Answer.PASSED
        answers.append(CheckAnswer(id=check.id, description=check.description, answer=answer))
        stopped = stopped or stops
    return answers


def _session(turn: Turn, session: Session) -> SessionFacts:
    return SessionFacts(
        id=masked(session.id),
        level=session.authentication.level,
        methods=session.authentication.methods,
        authenticated=session.authentication.when,
        lasting=session.lasting,
        clients=tuple(sorted(session.clients)),
        conditions=tuple(
            (one.id, one.description, one.holds(turn, session)) for one in SSO_CONDITIONS
        ),
    )


def _limits(turn: Turn) -> tuple[LimitFacts, ...]:
    return tuple(
        LimitFacts(action=one.action, key=masked(one.key), wait=one.wait)
        for one in turn.world.usage.in_force(turn.world.now)
    )


def _shown(name: str, value: str) -> str:
    return masked(value) if name.endswith(SECRET_ENDINGS) else value


def masked(secret: str) -> str:
    """Return the first characters of a secret and a dot for the rest; short ones are all dots."""
    return f"{secret[:KEPT]}…" if len(secret) > 2 * KEPT else "…"
