"""The cookies of CONNECT: which browser this is, and its session.

Both are HttpOnly, SameSite=Lax and Secure, with the prefix that keeps them to this host
(RFC 6265bis, section 4.1.3.2).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from werkzeug.http import dump_cookie

from studio.engine.checks import SESSION_LIFETIME

if TYPE_CHECKING:
    from datetime import timedelta

    from werkzeug.wrappers import Response

    from studio.engine.sessions import Session

BROWSER_COOKIE = "__Host-connect-browser"
SESSION_COOKIE = "__Host-connect-session"


def keep_browser(response: Response, browser: str) -> None:
    """Let the browser keep its name, by which it is known the next time."""
    keep(response, BROWSER_COOKIE, browser, SESSION_LIFETIME)


def keep_session(response: Response, session: Session) -> None:
    """Let the browser keep its session: one that is not lasting ends with its window."""
    value = f"{session.id}.{session.secret}"
    keep(response, SESSION_COOKIE, value, SESSION_LIFETIME if session.lasting else None)


def without_session(response: Response) -> Response:
    """Let the browser forget its session."""
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def sign_out_token(session: Session) -> str:
    """Return what a form proves with that it is of this browser, when it asks to sign out."""
    return hashlib.blake2b(
        b"sign out", key=session.secret.encode()[:64], digest_size=16
    ).hexdigest()


def keep(response: Response, name: str, value: str, lifetime: timedelta | None) -> None:
    """Let the browser keep a cookie; without a lifetime it ends with the window.

    `Expires` is left out, because it would tell of another clock than the world's.
    """
    cookie = dump_cookie(
        name,
        value,
        max_age=lifetime,
        path="/",
        secure=True,
        httponly=True,
        samesite="Lax",
        sync_expires=False,
    )
    response.headers.add("Set-Cookie", cookie)
