"""The door of My CONNECT account: come in, go to a section, let something happen there.

Rules kept here:

* a section that the visit is not in begins at its first stage; in it, the visit stays as it is, so
  that a page can be fetched again at any time;
* a form that is not of the current screen, or does not know the visit's token, changes nothing;
* what waits for a proof happens when the person comes back from it, and only then.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.account_rules import stale
from studio.engine.account_showing import screen_of
from studio.engine.account_transitions import decide
from studio.engine.account_turn import AccountTurn
from studio.engine.policy import Level
from studio.engine.visit import (
    ACCOUNT_CLIENT,
    AtRemoval,
    AtService,
    AtWithdrawal,
    Section,
    Visit,
    first_stage,
)

if TYPE_CHECKING:
    from studio.engine.account_events import AccountEvent
    from studio.engine.account_turn import FindClient
    from studio.engine.connect import Form
    from studio.engine.policy import ClientPolicy
    from studio.engine.sessions import Session
    from studio.engine.world import World


def arrive(
    world: World,
    policy: ClientPolicy,
    session: Session,
    *,
    browser: str,
    find_client: FindClient,
) -> AccountTurn:
    """Return the turn of a session's visit, which begins here where there is none.

    `policy` is that of CONNECT's own client.
    """
    visit = world.visits.get(session.id)
    if visit is None:
        world, token = world.token()
        visit = Visit(session_id=session.id, token=token, stage=first_stage(Section.OVERVIEW))
    turn = AccountTurn(
        world=world,
        policy=policy,
        session=session,
        visit=visit,
        browser=browser,
        find_client=find_client,
    )
    return _kept(turn if _is_possible(turn) else turn.to(first_stage(visit.stage.section)))


def enter(turn: AccountTurn, section: Section) -> AccountTurn:
    """Go to a section; nothing waits for a proof any more.

    The section of the password asks for a proof when it is opened.
    """
    if turn.visit.stage.section is not section:
        turn = turn.to(first_stage(section))
    turn = turn.with_visit(replace(turn.visit, pending=None))
    asks = section is Section.PASSWORD and not turn.may_change
    return _kept(replace(turn, prove=asks))


def happen(turn: AccountTurn, section: Section, event: AccountEvent, form: Form) -> AccountTurn:
    """Let an event happen in a section, where the form is the current one."""
    turn = enter(turn, section)
    genuine = hmac.compare_digest(form.token.encode(), turn.visit.token.encode())
    if not genuine or form.screen != screen_of(turn).id:
        return _kept(stale(turn, turn.visit.stage, event))
    return _kept(decide(replace(turn, prove=False), event))


def resume(turn: AccountTurn) -> AccountTurn:
    """Let happen what waited for a proof; where the proof was none, nothing happens."""
    pending = turn.visit.pending
    turn = turn.with_visit(replace(turn.visit, pending=None))
    if pending is None or not turn.may_change:
        return _kept(turn)
    return _kept(decide(turn, pending))


def proof_request(turn: AccountTurn) -> dict[str, str]:
    """Return the parameters of the request that asks for a proof.

    The password where the account has one. Else a fresh code: a detected number is not one, so the
    detection is switched off (`no_seam`).
    """
    if turn.account.password:
        return {"acr_values": str(Level.PASSWORD.value)}
    return {"prompt": "login no_seam"}


def is_own_code(turn: AccountTurn, code: str) -> bool:
    """Tell whether an authorisation code was made for CONNECT itself."""
    grant = turn.world.grants.get(code)
    return grant is not None and grant.request.client_id == ACCOUNT_CLIENT


def _is_possible(turn: AccountTurn) -> bool:
    """Tell whether what a stage is about is still there: another browser may have changed it."""
    match turn.visit.stage:
        case AtRemoval(identifier=identifier):
            return identifier in turn.account.identifiers
        case AtService(client_id=client_id) | AtWithdrawal(client_id=client_id):
            return client_id in turn.account.services
        case _:
            return True


def _kept(turn: AccountTurn) -> AccountTurn:
    return replace(turn, world=turn.world.with_visit(turn.visit))
