"""Nothing stops any more: consent and session are kept, and the person goes back with a code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.effects import KeepSession, News
from studio.engine.flow import Finished
from studio.engine.policy import Consent
from studio.engine.request import with_query
from studio.engine.sessions import Method, Session
from studio.engine.sign_out import sign_out_of_connect
from studio.engine.telling import tell
from studio.engine.tokens import Grant
from studio.engine.visit import ACCOUNT_CLIENT

if TYPE_CHECKING:
    from studio.engine.sessions import Authentication
    from studio.engine.turn import Turn


def finish(turn: Turn, standing: Authentication) -> Turn:
    """Send the person back to the service with an authorisation code."""
    turn, session = _with_session(_consented(turn), standing)
    world = turn.world.remembering(turn.flow.browser, standing.used)
    world, code = world.token()
    request = turn.flow.request
    used = standing if turn.flow.fresh else replace(standing, methods=(Method.SESSION,))
    grant = Grant(
        code=code,
        request=request,
        authentication=used,
        session_id=session.id,
        issued=world.now,
        stay_signed_in=session.lasting,
    )
    location = with_query(request.redirect_uri, [("code", code), ("state", request.state)])
    turn = replace(turn, world=world.with_grant(grant))
    return turn.to(Finished(location=location))


def _consented(turn: Turn) -> Turn:
    """Keep what the client has been given, and tell the person of a service that is new.

    My CONNECT account is no service: it is given nothing.
    """
    account = turn.account
    if account is None or turn.policy.client_id == ACCOUNT_CLIENT:
        return turn
    new = turn.policy.client_id not in account.services
    implied = turn.policy.consent is Consent.IMPLIED or turn.flow.consented
    given = frozenset(turn.flow.request.told_scope) if implied else frozenset({"openid"})
    account = account.with_consent(turn.policy.client_id, given, turn.world.now)
    turn = turn.with_account(account)
    return tell(turn, News.SERVICE_CONNECTED, turn.policy.name) if new else turn


def _with_session(turn: Turn, standing: Authentication) -> tuple[Turn, Session]:
    """Keep the session of the browser, with a new secret after anything was proven.

    For the same person it stays the same session to the clients (`sid`), so that signing out of it
    reaches all of them.
    """
    session = turn.session
    if session and not turn.flow.fresh:
        kept = replace(
            session,
            clients=session.clients | {turn.policy.client_id},
            locales=turn.flow.locales or session.locales,
        )
        return replace(turn, world=turn.world.with_session(kept)), kept
    world, session_id = turn.world.token()
    world, secret = world.token()
    same = session if session and session.authentication.account_id == standing.account_id else None
    made = Session(
        id=same.id if same else session_id,
        secret=secret,
        authentication=standing,
        created=world.now,
        lasting=_lasts(turn, same),
        clients=(same.clients if same else frozenset()) | {turn.policy.client_id},
        locales=turn.flow.locales,
    )
    turn = replace(turn, world=world) if same else _ended(replace(turn, world=world), session)
    world = turn.world.with_session(made)
    flow = replace(turn.flow, session_id=made.id)
    return replace(turn, world=world, flow=flow).with_effects(KeepSession(made)), made


def _ended(turn: Turn, session: Session | None) -> Turn:
    """End the session of somebody else in this browser, and let its clients be told."""
    if session is None:
        return turn
    world, notices = sign_out_of_connect(turn.world, session.id)
    return replace(turn, world=world).with_effects(*notices)


def _lasts(turn: Turn, before: Session | None) -> bool:
    """Tell whether a session outlives the browser window.

    Whoever was not asked stays signed in: where the box is not offered, and where a detected number
    led past the screens that have it. An earlier session of the same person goes on as it was.
    """
    if turn.policy.stay_signed_in_shown and turn.flow.staying is not None:
        return turn.flow.staying
    if before:
        return before.lasting
    asked = turn.policy.stay_signed_in_shown and Method.DETECTED not in turn.flow.fresh
    return turn.policy.stay_signed_in_default if asked else True
