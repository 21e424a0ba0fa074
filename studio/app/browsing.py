"""Where do the browser's own arrows lead? To the page before or after, as the browser knows them.

That is not the trail: what has happened in CONNECT stays, and the page is asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.client.choices import Browser
from studio.device.device import HOST

if TYPE_CHECKING:
    from studio.app.session import Session

BACK = -1
FORWARD = 1
_NONE = {BACK: "there is no page before this one.", FORWARD: "there is no page after this one."}


def blocked(session: Session, step: int) -> str:
    """Return why the browser cannot go back (-1) or forward (1), empty when it can.

    Where CONNECT has a tab or window of its own, that one begins with CONNECT's first page.
    """
    if session.connection.shown_in is Browser.WEB_VIEW:
        return "a web view has no arrows."
    there = session.view.neighbour(step)
    own_window = session.connection.shown_in is not Browser.SAME_TAB
    leaves = (urlsplit(there).netloc == HOST) is session.at_service
    return _NONE[step] if not there or (own_window and leaves) else ""
