"""Everything that can be said of a moment: why this page, who is signed in, what ends next.

Rules kept here: no secret is told (names that lead to one are `masked`), and the same moment gives
the same value and the same JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from studio.device.device import Outside
from studio.device.expiries import expiries
from studio.device.found import (
    browser_name,
    connect_session,
    flow_at,
    newest_flow,
    service_session,
    visit_at,
)
from studio.device.network import circumstances
from studio.device.reasons import (
    SIGNED_IN,
    language_facts,
    why_at_service,
    why_number,
    why_page,
    why_refused,
)
from studio.device.service_facts import service_facts
from studio.engine.detection import SdkOptions, detected
from studio.engine.explain import answer_of, explain, session_facts
from studio.engine.limits import Scope
from studio.engine.policy import Prompt
from studio.engine.request import BadClientError, BadRequestError, parse_request
from studio.engine.screens import RequestRefused
from studio.engine.turn import Turn
from studio.engine.visit import ACCOUNT_CLIENT
from studio.site.host import account_client
from studio.site.service import AtService

if TYPE_CHECKING:
    from studio.device.device import Device, DeviceState
    from studio.device.expiries import Expiry
    from studio.device.reasons import LanguageFacts
    from studio.device.service_facts import ServiceFacts
    from studio.engine.account_screens import AccountScreen
    from studio.engine.detection import Circumstances
    from studio.engine.explain import Explanation, SessionFacts
    from studio.engine.flow import Flow
    from studio.engine.limits import Counted
    from studio.engine.policy import ClientPolicy
    from studio.engine.screens import Screen
    from studio.pages.hosting import HostedClient

    Shown = Screen | AccountScreen | AtService | Outside


@dataclass(frozen=True, kw_only=True)
class LimitFacts:
    """What is used of a limit; `of` says over what is counted."""

    action: str
    of: str
    used: int
    most: int
    window: timedelta
    frees: datetime
    reached: bool


@dataclass(frozen=True, kw_only=True)
class DetectionFacts:
    """What the network tells CONNECT; `number` is E.164, None where it tells none."""

    network: str
    browser: str
    platform: str
    number: str | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """Everything about a moment.

    `flow` is None on pages outside of one, `language` on pages that are not CONNECT's.
    """

    now: datetime
    screen: str
    state: str
    why: str
    flow: Explanation | None
    session: SessionFacts | None
    service: ServiceFacts | None
    limits: tuple[LimitFacts, ...]
    language: LanguageFacts | None
    detection: DetectionFacts
    expiries: tuple[Expiry, ...]

    def as_json(self) -> dict[str, object]:
        """Return plain data, always in the same order; times are ISO 8601, spans in seconds."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def inspect(device: Device, screen: Shown, url: str, *, asked: str = "") -> Inspection:
    """Tell everything about the page that a device shows.

    Args:
        device: As it is while the page is shown.
        screen: What is shown.
        url: The page's address.
        asked: The authorisation URL that was opened, for what was wrong with it.
    """
    state = device.state
    flow = _flow(state, screen, url)
    hosted = _client(device, flow, url, asked)
    turn = _turn(state, flow, hosted) if flow and hosted else None
    session, service = connect_session(state), service_session(state, url)
    return Inspection(
        now=state.world.now,
        screen=screen.id,
        state=screen.state,
        why=_why(device, screen, asked, flow),
        flow=explain(turn) if turn else None,
        session=session_facts(state.world, session) if session else None,
        service=service_facts(state, service) if service else None,
        limits=tuple(_limit(one, browser_name(state)) for one in _counted(state)),
        language=_language(device, screen, flow, url),
        detection=_detection(state, turn, hosted),
        expiries=expiries(state, url),
    )


def _flow(state: DeviceState, screen: Shown, url: str) -> Flow | None:
    """Return the flow that led to a page: the address names it, or the service was told of it."""
    if not isinstance(screen, AtService):
        return flow_at(state, url)
    newest = newest_flow(state, url)
    answer = answer_of(newest) if newest else {}
    told = screen.state in SIGNED_IN if "code" in answer else screen.state == answer.get("error")
    return newest if told else None


def _client(device: Device, flow: Flow | None, *urls: str) -> HostedClient | None:
    """Return the client that a page is about: of its flow, named in an address, or at its host."""
    named = [dict(parse_qsl(urlsplit(url).query)).get("client_id", "") for url in urls]
    hosts = [urlsplit(url).netloc.partition(".")[0] for url in urls]
    ids = (flow.request.client_id if flow else "", *named, *hosts)
    found = (account_client() if one == ACCOUNT_CLIENT else device.client(one) for one in ids)
    return next(filter(None, found), None)


def _turn(state: DeviceState, flow: Flow, hosted: HostedClient) -> Turn:
    """Return the flow as CONNECT would meet it in the next request."""
    session = connect_session(state)
    session_id = session.id if session else None
    flow = replace(flow, circumstances=_met(state), session_id=session_id)
    return Turn(world=state.world, policy=hosted.policy, flow=flow)


def _met(state: DeviceState) -> Circumstances:
    person = state.person
    return circumstances(state.connection, phone=person.phone, subscriber=person.subscriber)


def _why(device: Device, screen: Shown, asked: str, flow: Flow | None) -> str:
    if isinstance(screen, RequestRefused):
        return why_refused(screen.parameter, screen.value)
    if isinstance(screen, AtService):
        refusal = _refusal(device, screen.state, asked)
        return why_at_service(screen.state, refusal, single_sign_on=bool(flow and not flow.fresh))
    return why_page(screen.id, screen.state)


def _refusal(device: Device, error: str, asked: str) -> str:
    """Return what was wrong with a request that was told that error, empty where nothing was."""

    def policy(client_id: str) -> ClientPolicy | None:
        hosted = device.client(client_id)
        return hosted.policy if hosted else None

    try:
        parse_request(parse_qsl(urlsplit(asked).query), policy)
    except BadClientError:
        return ""
    except BadRequestError as mistake:
        return mistake.description if mistake.error == error else ""
    return ""


# What surrounds the page


def _counted(state: DeviceState) -> tuple[Counted, ...]:
    """Return what counts for somebody, the overall limits left out until they are near."""
    counted = state.world.usage.counted(state.world.now)
    return tuple(one for one in counted if one.limit.scope is not Scope.OVERALL or one.reached)


def _limit(counted: Counted, browser: str) -> LimitFacts:
    here = "this browser" if counted.key == browser else "another browser"
    of = {Scope.ACCOUNT: counted.key, Scope.DEVICE: here, Scope.OVERALL: "everybody"}
    return LimitFacts(
        action=str(counted.action),
        of=of[counted.limit.scope],
        used=counted.used,
        most=counted.limit.count,
        window=counted.limit.window,
        frees=counted.frees,
        reached=counted.reached,
    )


def _language(device: Device, screen: Shown, flow: Flow | None, url: str) -> LanguageFacts | None:
    if isinstance(screen, Outside):
        return None
    visit, session = visit_at(device.state, url), connect_session(device.state)
    if visit and session:
        account = device.world.accounts[session.authentication.account_id]
        own = (account.locale,) if account.locale else session.locales
        return language_facts(account_client().client, visit.locales or own)
    wanted = tuple(dict(parse_qsl(urlsplit(url).query)).get("ui_locales", "").split())
    remembered = session.locales if session and screen.id.startswith("sign-") else ()
    hosted = None if isinstance(screen, RequestRefused) else _client(device, flow, url)
    kept = flow.locales if flow and not isinstance(screen, AtService) else remembered
    return language_facts(hosted.client if hosted else None, wanted or kept)


def _detection(
    state: DeviceState, turn: Turn | None, hosted: HostedClient | None
) -> DetectionFacts:
    sdk = hosted.policy.sdk if hosted else SdkOptions()
    allowed = turn is None or Prompt.NO_SEAM not in turn.prompt
    return detection_facts(state, sdk, allowed=allowed)


def detection_facts(state: DeviceState, sdk: SdkOptions, *, allowed: bool) -> DetectionFacts:
    """Tell which number the network tells; `allowed` is False for `prompt=no_seam`."""
    met = _met(state)
    number = detected(met, sdk, allowed=allowed)
    return DetectionFacts(
        network=str(met.network),
        browser=str(met.browser),
        platform=str(met.platform),
        number=number.value if number else None,
        why=why_number(met, sdk, allowed=allowed),
    )


def _plain(value: object) -> object:
    """Return what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value
