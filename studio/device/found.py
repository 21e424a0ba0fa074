"""What does the browser in use hold now: its name, sessions, and the flow or visit of a page?

It is read as CONNECT and the services read it: from the cookies that are not over.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.device.hosts import service_origin
from studio.engine.checks import SESSION_LIFETIME
from studio.site.application import ORIGIN
from studio.site.cookies import BROWSER_COOKIE, SESSION_COOKIE
from studio.site.service import SERVICE_COOKIE

if TYPE_CHECKING:
    from studio.device.device import DeviceState
    from studio.engine.flow import Flow
    from studio.engine.sessions import Session
    from studio.engine.visit import Visit
    from studio.site.service import ServiceSession

_HOST = urlsplit(ORIGIN).netloc
_FLOW_PATH = "/id/signin/"
_ACCOUNT_PATH = "/id/account"


def browser_name(state: DeviceState) -> str:
    """Return the name by which CONNECT knows the browser, empty before the first page."""
    return _cookies(state, BROWSER_COOKIE).get(_HOST, "")


def connect_session(state: DeviceState) -> Session | None:
    """Return CONNECT's session in the browser, while it lasts."""
    session_id, _, secret = _cookies(state, SESSION_COOKIE).get(_HOST, "").partition(".")
    session = state.world.sessions.get(session_id)
    if session is None or not hmac.compare_digest(secret.encode(), session.secret.encode()):
        return None
    return session if state.world.now < session.created + SESSION_LIFETIME else None


def visit_at(state: DeviceState, url: str) -> Visit | None:
    """Return the visit that a page of My CONNECT account is of."""
    session = connect_session(state)
    if session is None or not urlsplit(url).path.startswith(_ACCOUNT_PATH):
        return None
    return state.world.visits.get(session.id)


def service_session(state: DeviceState, url: str) -> ServiceSession | None:
    """Return the session of the service that a page is of or leads to, else of the newest one."""
    flow = flow_at(state, url)
    home = service_origin(flow.request.client_id) if flow else url
    found = {
        host: state.services[secret]
        for host, secret in _cookies(state, SERVICE_COOKIE).items()
        if secret in state.services and state.services[secret].expires > state.world.now
    }
    newest = max(found.values(), key=lambda one: one.expires, default=None)
    return found.get(urlsplit(home).netloc, newest)


def flow_at(state: DeviceState, url: str) -> Flow | None:
    """Return the flow that a page's address names."""
    path = urlsplit(url).path
    if not path.startswith(_FLOW_PATH):
        return None
    return state.world.flows.get(path.removeprefix(_FLOW_PATH))


def newest_flow(state: DeviceState, url: str) -> Flow | None:
    """Return the flow that began last in the browser for the service that a page is of."""
    name, host = browser_name(state), urlsplit(url).netloc
    own = [
        flow
        for flow in state.world.flows.values()
        if flow.browser == name and urlsplit(service_origin(flow.request.client_id)).netloc == host
    ]
    return max(own, key=lambda flow: flow.serial, default=None)


def _cookies(state: DeviceState, name: str) -> dict[str, str]:
    """Return the values of the cookies of a name that are not over, by host."""
    return {
        host: cookie.value
        for (host, each), cookie in state.jar.cookies.items()
        if each == name and (cookie.expires is None or cookie.expires > state.world.now)
    }
