"""What can a server forget? A world that lives for months must not grow with every sign-in.

Rules kept here:

* only what can never matter again is dropped: afterwards every answer is the same but for the words
  of refusals, where "expired" becomes "unknown";
* a family of tokens goes as a whole, once every token of it has expired: while one lives, those
  used before have to be known again (RFC 9700 section 4.14.2);
* anybody can begin flows without end: where there are very many, the oldest go;
* a session goes a year after its sign-in, unless a living token could still sign out of it.
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.engine.checks import SESSION_LIFETIME
from studio.engine.flow import FLOW_LIFETIME

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from immutables import Map

    from studio.engine.flow import Flow
    from studio.engine.sessions import Session
    from studio.engine.world import World

FLOWS = 20_000
"""As many flows are kept at most; each takes 2 to 10 KB."""

GRACE = timedelta(days=1)
"""How long whoever comes back to an expired flow is told so, and offered to begin again."""


def swept(world: World) -> World:
    """Return the world without what can never matter again.

    It looks at everything there is, so it is for once in some minutes, not for every request.
    """
    now = world.now
    living = _living_families(world)
    grants = _only(world.grants, lambda one: one.code in living or not one.expired(now))
    kept = {grant.session_id for grant in grants.values()}
    sessions = _only(world.sessions, lambda one: one.id in kept or not _is_over(one, now))
    return replace(
        world,
        flows=_newest(_only(world.flows, lambda one: not _is_past(one, now))),
        grants=grants,
        access_tokens=_only(
            world.access_tokens, lambda one: one.code in grants and not one.expired(now)
        ),
        refresh_tokens=_only(world.refresh_tokens, lambda one: one.code in grants),
        sessions=sessions,
        visits=_only(world.visits, lambda one: one.session_id in sessions),
        remembered=_only(world.remembered, lambda one: not one.is_over(now)),
        usage=world.usage.swept(now),
    )


def _living_families(world: World) -> set[str]:
    """Return the codes of the families in which a token has not expired."""
    now = world.now
    access = {one.code for one in world.access_tokens.values() if not one.expired(now)}
    return access | {one.code for one in world.refresh_tokens.values() if not one.expired(now)}


def _newest(flows: Map[str, Flow]) -> Map[str, Flow]:
    """Return as many flows as are kept, the newest."""
    if len(flows) <= FLOWS:
        return flows
    first = heapq.nlargest(FLOWS, (flow.serial for flow in flows.values()))[-1]
    return _only(flows, lambda one: one.serial >= first)


def _is_past(flow: Flow, now: datetime) -> bool:
    return now >= flow.started + FLOW_LIFETIME + GRACE


def _is_over(session: Session, now: datetime) -> bool:
    return now >= session.created + SESSION_LIFETIME


def _only[Value](values: Map[str, Value], keeps: Callable[[Value], bool]) -> Map[str, Value]:
    """Return the map with the values that are kept; the same map where all are."""
    gone = [name for name, value in values.items() if not keeps(value)]
    if not gone:
        return values
    changed = values.mutate()
    for name in gone:
        del changed[name]
    return changed.finish()
