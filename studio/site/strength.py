"""How strong is the password that is being typed? Asked by a page's script, answered by a number.

Rules kept here:

* the password is judged and forgotten: it is neither kept nor logged, and nothing is changed by it,
  so that the form needs no token;
* one's own numbers and addresses count against it only for the browser that has proven them;
* the time is bounded by the size of what is read and by `judge` itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.passwords import judge
from studio.site.responses import as_json

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from studio.site.host import Host

MAX_BODY = 16 * 1024
"""Bytes that are read: a thousand characters, however they are encoded."""

PREFIX = "/id/signin/"


def password_strength(host: Host, request: Request) -> Response:
    """Answer POST /id/password-strength; `flow` is the URL of the flow the page is of, if any."""
    request.max_content_length = MAX_BODY
    judged = judge(request.form.get("password", ""), _own(host, request))
    return as_json({"strength": judged.strength, "problem": judged.problem})


def _own(host: Host, request: Request) -> list[str]:
    account = host.world.accounts.get(_account_id(host, request))
    return [one.value for one in account.identifiers] if account else []


def _account_id(host: Host, request: Request) -> str:
    """Return whose password it is: of who stands in the flow, or has the session."""
    flow = host.world.flows.get(request.form.get("flow", "").removeprefix(PREFIX))
    if flow and flow.standing and host.is_browser(request, flow.browser):
        return flow.standing.account_id
    session = host.session(request)
    return session.authentication.account_id if session else ""
