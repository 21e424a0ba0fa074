"""The engine's door: begin a flow, let something happen in it, look at it.

Everything comes in as values and goes out as values; a caller keeps the world it gets back and
carries out the effects.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.engine.flow import AtStart, Finished, Flow
from studio.engine.policy import IdentifierKind
from studio.engine.request import BadRequestError, Prompt
from studio.engine.rules import Turn, decide, first_stage, stale
from studio.engine.screens import screen_of

if TYPE_CHECKING:
    from studio.engine.events import Event
    from studio.engine.policy import ClientPolicy
    from studio.engine.request import AuthorizationRequest
    from studio.engine.world import World


def begin(
    world: World, policy: ClientPolicy, request: AuthorizationRequest, *, browser: str
) -> tuple[World, Flow]:
    """Begin a flow for a valid request in the browser of that name.

    Raises:
        BadRequestError: The request allows no screen (`prompt=none`) and one would be needed.
    """
    if Prompt.NONE in request.prompt:
        refused = BadRequestError("login_required", "nobody is signed in")
        refused.redirect_uri, refused.state = request.redirect_uri, request.state
        raise refused
    world, flow_id = world.token()
    world, token = world.token()
    flow = Flow(
        id=flow_id,
        token=token,
        browser=browser,
        request=request,
        started=world.now,
        stage=AtStart(kind=IdentifierKind.PHONE),
        locales=request.ui_locales,
    )
    flow = replace(flow, stage=first_stage(flow, policy))
    return world.with_flow(flow), flow


@dataclass(frozen=True, kw_only=True)
class Form:
    """Which form an event came from: the `id` of its screen and the token of its flow."""

    screen: str
    token: str


def happen(
    world: World, policy: ClientPolicy, flow: Flow, event: Event, form: Form | None = None
) -> Turn:
    """Let an event happen; the turn's world holds the flow in its newest form.

    A form that is not of the screen the flow is at, or does not know the flow's token, changes
    nothing. Without a form the event is one that no form sends.
    """
    turn = Turn(world=world, policy=policy, flow=flow)
    known = form is None or _is_current(form, flow, policy)
    turn = decide(turn, event) if known else stale(turn, flow.stage, event)
    return replace(turn, world=turn.world.with_flow(turn.flow))


def _is_current(form: Form, flow: Flow, policy: ClientPolicy) -> bool:
    screen = screen_of(flow, policy)
    if isinstance(screen, Finished):
        return True
    genuine = hmac.compare_digest(form.token.encode(), flow.token.encode())
    return genuine and form.screen == screen.id


def location_of(flow: Flow) -> str | None:
    """Return where a finished flow sends the browser, None for one under way."""
    return flow.stage.location if isinstance(flow.stage, Finished) else None
