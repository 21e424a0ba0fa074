"""What ends next? The moments at which something is over, for a clock that goes there.

At the moment itself it is over already: the engine compares with "at or after".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.device.found import connect_session, flow_at, service_session, visit_at
from studio.engine.changes import RECENT
from studio.engine.checks import SESSION_LIFETIME
from studio.engine.flow import CODE_LIFETIME, FLOW_LIFETIME, Code, Finished
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.tokens import ACCESS_LIFETIME, REFRESH_LIFETIME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from studio.device.device import DeviceState
    from studio.engine.tokens import AccessToken, RefreshToken


@dataclass(frozen=True, kw_only=True, order=True)
class Expiry:
    """That something ends, and when."""

    when: datetime
    name: str


def expiries(state: DeviceState, url: str) -> tuple[Expiry, ...]:
    """Return what ends after this moment, the next first; `url` is that of the page shown."""
    found = (
        *_of_page(state, url),
        *_of_session(state),
        *_of_service(state, url),
        *_of_limits(state),
    )
    return tuple(sorted(one for one in found if one.when > state.world.now))


def access_token(state: DeviceState, token: str) -> AccessToken | None:
    """Return an access token that a service got, None where it was taken back."""
    found = state.world.access_tokens.get(token)
    return found if found and found.code in state.world.grants else None


def refresh_token(state: DeviceState, access: AccessToken) -> RefreshToken | None:
    """Return the newest refresh token of an access token's family."""
    family = (one for one in state.world.refresh_tokens.values() if one.code == access.code)
    return max(family, key=lambda one: (one.issued, not one.used), default=None)


def _of_page(state: DeviceState, url: str) -> Iterator[Expiry]:
    flow, visit = flow_at(state, url), visit_at(state, url)
    stage = flow.stage if flow else visit.stage if visit else None
    code = getattr(stage, "code", None)
    if isinstance(code, Code):
        yield Expiry(name="the code", when=code.sent + CODE_LIFETIME)
    if flow and not isinstance(stage, Finished):
        yield Expiry(name="this sign-in", when=flow.started + FLOW_LIFETIME)


def _of_session(state: DeviceState) -> Iterator[Expiry]:
    session = connect_session(state)
    if session is None:
        return
    proof = session.authentication
    if proof.level is Level.PHONE and Method.OTP in proof.methods:
        last = proof.when + RECENT  # at that moment it may still be changed
        yield Expiry(name="the right to change the account", when=last + timedelta(seconds=1))
    yield Expiry(name="CONNECT's session", when=session.created + SESSION_LIFETIME)


def _of_service(state: DeviceState, url: str) -> Iterator[Expiry]:
    session = service_session(state, url)
    if session is None:
        return
    yield Expiry(name="the service's own session", when=session.expires)
    access = access_token(state, session.access_token)
    if access is None:
        return
    yield Expiry(name="the access token", when=access.issued + ACCESS_LIFETIME)
    refresh = refresh_token(state, access)
    if refresh:
        yield Expiry(name="the refresh token", when=refresh.issued + REFRESH_LIFETIME)


def _of_limits(state: DeviceState) -> Iterator[Expiry]:
    for one in state.world.usage.counted(state.world.now):
        if one.reached:
            yield Expiry(name=f"the limit {one.action} of one {one.limit.scope}", when=one.frees)
