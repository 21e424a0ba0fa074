"""The engine's door: begin a flow, let something happen in it, look at it.

Everything comes in as values and goes out as values; a caller keeps the world it gets back and
carries out the effects.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.engine.checks import may_use
from studio.engine.detection import Circumstances
from studio.engine.flow import AtStart, Finished, Flow
from studio.engine.pipeline import advance
from studio.engine.policy import IdentifierKind
from studio.engine.rules import stale
from studio.engine.showing import screen_of
from studio.engine.transitions import decide
from studio.engine.turn import Turn

if TYPE_CHECKING:
    from studio.engine.events import Event
    from studio.engine.policy import ClientPolicy
    from studio.engine.request import AuthorizationRequest
    from studio.engine.sessions import Session
    from studio.engine.world import World


def begin(
    world: World,
    policy: ClientPolicy,
    request: AuthorizationRequest,
    *,
    browser: str,
    circumstances: Circumstances | None = None,
    session: Session | None = None,
    staying: bool | None = None,
) -> Turn:
    """Begin a flow for a valid request in the browser of that name.

    `session` is CONNECT's own in this browser, if there is one; `staying` is how the "Stay signed
    in" box is at first, None as the client has it. The turn's flow is finished at once
    where nothing has to be shown, or where nothing may be (`prompt=none`).
    """
    world, flow_id = world.token()
    world, token = world.token()
    flow = Flow(
        id=flow_id,
        serial=world.drawn,
        token=token,
        browser=browser,
        request=request,
        circumstances=circumstances or Circumstances(),
        started=world.now,
        stage=AtStart(kind=IdentifierKind.PHONE),
        locales=request.ui_locales,
        staying=staying,
    )
    turn = Turn(world=world, policy=policy, flow=flow)
    return _kept(advance(_standing(turn, session)))


def _standing(turn: Turn, session: Session | None) -> Turn:
    """Let the person of a session stand, where this client may use it."""
    if session is None:
        return turn
    flow = replace(turn.flow, session_id=session.id)
    if may_use(turn, session):
        flow = replace(flow, standing=session.authentication)
    return replace(turn, flow=flow)


@dataclass(frozen=True, kw_only=True)
class Form:
    """Which form an event came from: the `id` of its screen and the token of its flow."""

    screen: str
    token: str


def happen(turn: Turn, event: Event, form: Form | None = None) -> Turn:
    """Let an event happen; the turn's world holds the flow in its newest form.

    A form that is not of the screen the flow is at, or does not know the flow's token, changes
    nothing. Without a form the event is one that no form sends.
    """
    turn = _without_ended_session(turn)
    known = form is None or _is_current(form, turn)
    return _kept(decide(turn, event) if known else stale(turn, turn.flow.stage, event))


def _without_ended_session(turn: Turn) -> Turn:
    """Let nobody stand by a session that this browser no longer has.

    In another tab the person may have signed out, or somebody else in.
    """
    standing, session = turn.flow.standing, turn.session
    same = standing and session and session.authentication.account_id == standing.account_id
    if turn.flow.fresh or same:
        return turn
    return replace(turn, flow=replace(turn.flow, standing=None))


def _is_current(form: Form, turn: Turn) -> bool:
    screen = screen_of(turn)
    if isinstance(screen, Finished):
        return True
    genuine = hmac.compare_digest(form.token.encode(), turn.flow.token.encode())
    return genuine and form.screen == screen.id


def _kept(turn: Turn) -> Turn:
    return replace(turn, world=turn.world.with_flow(turn.flow))


def location_of(flow: Flow) -> str | None:
    """Return where a finished flow sends the browser, None for one under way."""
    return flow.stage.location if isinstance(flow.stage, Finished) else None
