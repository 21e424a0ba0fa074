"""The cookies of CONNECT: which browser this is, and its session.

Both are HttpOnly and SameSite=Lax; where the place is https they are Secure too, with the prefix
that keeps them to this host (RFC 6265bis, section 4.1.3.2).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from werkzeug.http import dump_cookie

from studio.engine.checks import SESSION_LIFETIME
from studio.site.place import SIMULATED

if TYPE_CHECKING:
    from datetime import timedelta

    from werkzeug.wrappers import Response

    from studio.engine.sessions import Session
    from studio.site.place import Place

BROWSER_COOKIE = SIMULATED.browser_cookie
SESSION_COOKIE = SIMULATED.session_cookie


def keep_browser(response: Response, browser: str, place: Place = SIMULATED) -> None:
    """Let the browser keep its name, by which it is known the next time."""
    keep(response, place.browser_cookie, browser, SESSION_LIFETIME, secure=place.secure)


def keep_session(response: Response, session: Session, place: Place = SIMULATED) -> None:
    """Let the browser keep its session: one that is not lasting ends with its window."""
    value = f"{session.id}.{session.secret}"
    lifetime = SESSION_LIFETIME if session.lasting else None
    keep(response, place.session_cookie, value, lifetime, secure=place.secure)


def without_session(response: Response, place: Place = SIMULATED) -> Response:
    """Let the browser forget its session."""
    response.delete_cookie(
        place.session_cookie, path="/", secure=place.secure, httponly=True, samesite="Lax"
    )
    return response


def sign_out_token(session: Session) -> str:
    """Return what a form proves with that it is of this browser, when it asks to sign out."""
    return hashlib.blake2b(
        b"sign out", key=session.secret.encode()[:64], digest_size=16
    ).hexdigest()


def keep(
    response: Response,
    name: str,
    value: str,
    lifetime: timedelta | None,
    *,
    secure: bool = True,
    path: str = "/",
) -> None:
    """Let the browser keep a cookie; without a lifetime it ends with the window.

    `Expires` is left out, because it would tell of another clock than the world's.
    """
    cookie = dump_cookie(
        name,
        value,
        max_age=lifetime,
        path=path,
        secure=secure,
        httponly=True,
        samesite="Lax",
        sync_expires=False,
    )
    response.headers.add("Set-Cookie", cookie)
