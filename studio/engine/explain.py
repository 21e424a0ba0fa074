"""Why this screen? What the engine knows of a flow and of a session, told in order.

Values that the window and the command line can show: nothing in them lets anybody sign in. Every
name that is a secret, or that leads to one, is `masked`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from studio.engine.changes import may_change
from studio.engine.checks import CHECKS, SESSION_LIFETIME, SSO_CONDITIONS
from studio.engine.flow import FLOW_LIFETIME, Finished
from studio.engine.showing import screen_of

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.flow import Flow
    from studio.engine.policy import Level
    from studio.engine.sessions import Method, Session
    from studio.engine.turn import Turn
    from studio.engine.world import World

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
class ConditionAnswer:
    """One condition of single sign-on, and whether it holds."""

    id: str
    description: str
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the sign-in; `by` is `request` or `client`, or empty where nobody asks."""

    name: str
    value: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a flow is at its screen.

    `conditions` are empty where there is no session; `message` is what the page tells the person.
    """

    flow: str
    screen: str
    state: str
    client_id: str
    request: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    started: datetime
    expires: datetime
    checks: tuple[CheckAnswer, ...]
    conditions: tuple[ConditionAnswer, ...]
    message: str | None

    @property
    def stopped(self) -> CheckAnswer | None:
        """The check that decided the screen, None where all passed."""
        return next((one for one in self.checks if one.answer is Answer.STOPPED), None)


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """CONNECT's session in a browser.

    `used` is what the person signed in with, `identifiers` everything on the account. It `ends`
    then at the latest; one that is not `lasting` ends with the window. `may_change` tells whether
    the account may be changed without another proof.
    """

    id: str
    used: str
    identifiers: tuple[str, ...]
    level: Level
    methods: tuple[Method, ...]
    authenticated: datetime
    lasting: bool
    ends: datetime
    clients: tuple[str, ...]
    may_change: bool


def explain(turn: Turn) -> Explanation:
    """Tell why a flow is at its screen; of a finished one, as it was when it finished."""
    turn = replace(turn, world=replace(turn.world, now=_moment(turn)))
    screen, flow = screen_of(turn), turn.flow
    named = ("finished", "") if isinstance(screen, Finished) else (screen.id, screen.state)
    session = turn.session
    return Explanation(
        flow=masked(flow.id),
        screen=named[0],
        state=named[1],
        client_id=turn.policy.client_id,
        request=tuple((name, _shown(name, value)) for name, value in flow.request.parameters),
        asked=_asked(turn),
        started=flow.started,
        expires=flow.started + FLOW_LIFETIME,
        checks=tuple(_checks(turn)),
        conditions=_conditions(turn, session) if session else (),
        message=str(getattr(flow.stage, "problem", None) or flow.notice or "") or None,
    )


def session_facts(world: World, session: Session) -> SessionFacts:
    """Tell of a session what its person may know."""
    proof = session.authentication
    account = world.accounts.get(proof.account_id)
    return SessionFacts(
        id=masked(session.id),
        used=proof.used.value,
        identifiers=tuple(one.value for one in account.identifiers) if account else (),
        level=proof.level,
        methods=proof.methods,
        authenticated=proof.when,
        lasting=session.lasting,
        ends=session.created + SESSION_LIFETIME,
        clients=tuple(sorted(session.clients)),
        may_change=may_change(world, session),
    )


def answer_of(flow: Flow) -> dict[str, str]:
    """Return what a finished flow told its service: `code` or `error`, and what comes with it."""
    if not isinstance(flow.stage, Finished):
        return {}
    query = flow.stage.location.partition("?")[2].partition("#")[0]
    return {name: values[-1] for name, values in parse_qs(query).items()}


def masked(secret: str) -> str:
    """Return the first characters of a secret and a dot for the rest; short ones are all dots."""
    return f"{secret[:KEPT]}…" if len(secret) > 2 * KEPT else "…"


def _moment(turn: Turn) -> datetime:
    """Return the time to look at a flow: now, or for a finished one when it finished."""
    flow, world = turn.flow, turn.world
    if not isinstance(flow.stage, Finished):
        return world.now
    grant = world.grants.get(answer_of(flow).get("code", ""))
    return grant.issued if grant else flow.started


def _checks(turn: Turn) -> list[CheckAnswer]:
    answers, stopped = [], False
    for check in CHECKS:
        stops = not stopped and check.stops(turn)
        answer = Answer.NOT_ASKED if stopped else Answer.STOPPED if stops else Answer.PASSED
        answers.append(CheckAnswer(id=check.id, description=check.description, answer=answer))
        stopped = stopped or stops
    return answers


def _conditions(turn: Turn, session: Session) -> tuple[ConditionAnswer, ...]:
    return tuple(
        ConditionAnswer(id=one.id, description=one.description, holds=one.holds(turn, session))
        for one in SSO_CONDITIONS
    )


def _asked(turn: Turn) -> tuple[Asked, ...]:
    """Return level, prompt and max_age: the request's, else the client's."""
    request, policy = turn.flow.request, turn.policy
    values = (
        ("level", str(turn.level.value), request.level is not None, True),
        ("prompt", " ".join(sorted(turn.prompt)), bool(request.prompt), bool(policy.prompt)),
        (
            "max_age",
            _seconds(turn.max_age),
            request.max_age is not None,
            policy.max_age is not None,
        ),
    )
    return tuple(
        Asked(name=name, value=value, by="request" if asks else "client" if own else "")
        for name, value, asks, own in values
    )


def _seconds(count: int | None) -> str:
    return "" if count is None else f"{count} s"


def _shown(name: str, value: str) -> str:
    return masked(value) if name.endswith(SECRET_ENDINGS) else value
