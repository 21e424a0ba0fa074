"""What is told when something fails inside CONNECT.

Rules kept here:

* a person is told in words and given a reference, nothing of what has failed;
* the log has the reference and where it failed, but not what was typed: neither the form and the
  query nor the error's own words, which may quote them. A store that fails is no mistake of the
  program, and whoever keeps it has told of it: that is a line for those who want to know all.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.screens import ServerError
from studio.site.backend import StoreError
from studio.site.context import bare_page, client_page
from studio.site.host import wanted
from studio.site.responses import as_json, text

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from studio.pages.render import Page
    from studio.site.host import Host

STATUS = 500
FAILURES_KEY = "connect_studio.failures"
"""Where the WSGI environ may hold a list that takes what has failed: a simulated device's."""
_PAGES = ("/id/", "/oauth/authorize", "/oauth/logout")

_log = logging.getLogger(__name__)


def failed(host: Host, request: Request, error: Exception, flow_id: str = "") -> Response:
    """Log an error and answer a request with it: a page to a person, JSON to a service."""
    request.environ.get(FAILURES_KEY, []).append(error)
    reference = _reference(host, request, error)
    _log.log(
        logging.INFO if isinstance(error, StoreError) else logging.ERROR,
        "%s: %s %s failed with %s\n%s",
        reference,
        request.method,
        request.path,
        type(error).__qualname__,
        "".join(traceback.format_tb(error.__traceback__)),
    )
    if not request.path.startswith(_PAGES):
        return as_json({"error": "server_error"}, status=STATUS)
    try:
        page = _page(host, request, flow_id)
        return host.page(request, ServerError(reference=reference), page, status=STATUS)
    except Exception:  # noqa: BLE001 - the page itself may be what fails
        return text(f"Internal Server Error {reference}", status=STATUS)


def _reference(host: Host, request: Request, error: Exception) -> str:
    """Return a name of 8 signs to find a failure by: the same steps lead to the same one."""
    parts = (host.world.now.isoformat(), request.method, request.path, type(error).__qualname__)
    return hashlib.blake2b(" ".join(parts).encode(), digest_size=4).hexdigest().upper()


def _page(host: Host, request: Request, flow_id: str) -> Page:
    """Return a page in the look of the client, where it is known, with the way to try again."""
    flow = host.world.flows.get(flow_id)
    client_id = flow.request.client_id if flow else request.args.get("client_id", "")
    hosted = host.client(client_id)
    languages = flow.locales if flow else wanted(request)
    page = client_page(hosted, languages) if hosted else bare_page(languages)
    # What was sent is not sent again: a flow is shown where it is, and a page asked for anew.
    again = f"/id/signin/{flow.id}" if flow else request.full_path.rstrip("?")
    return replace(page, again=again if flow or request.method == "GET" else None)
