"""A full level 2 sign-in through the WSGI application in process, and how it grows.

Counted is processor time from opening the authorisation URL to the service's signed-in page, with
the token and userinfo endpoints, less what scrypt and RSA take.
"""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.measure import Metric, metric
from studio.client.file import read
from studio.client.logo import load_logo
from studio.client.samples import SAMPLES, sample_path
from studio.device.browser import Browser
from studio.device.device import Device
from studio.device.entry import authorization_url, default_fields
from studio.device.fresh import fresh_pages, fresh_state
from studio.device.people import PEOPLE
from studio.engine import accounts
from studio.engine.accounts import Account
from studio.engine.identifiers import Identifier
from studio.engine.keys import Keys
from studio.engine.policy import IdentifierKind
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.device.device import DeviceState
    from studio.pages.render import Pages

RUNS = 40
WARM_UP = 5
SIZES = (10, 1_000, 100_000)
GROWTH_RUNS = 15


@dataclass
class Aside:
    """Processor seconds that are not counted."""

    seconds: float = 0.0


def run() -> dict[str, Metric]:
    """Measure."""
    hosted, pages, state = _hosted(), fresh_pages(), fresh_state()
    times = [_sign_in(hosted, pages, state) for _ in range(WARM_UP + RUNS)][WARM_UP:]
    grown = {size: _grown(state, hosted, pages, size) for size in SIZES}
    # Interleaved, so that a change of the machine's speed meets all sizes alike.
    rounds = [
        {size: _sign_in(hosted, pages, grown[size]) for size in SIZES} for _ in range(GROWTH_RUNS)
    ]
    ratios = [one[SIZES[-1]] / one[SIZES[0]] for one in rounds[1:]]
    return {
        "level 2": metric(
            [one * 1000 for one in times], unit="ms of processor time", target="<= 10"
        ),
        "growth to 100,000": metric(ratios, unit="times that of 10 accounts", target="<= 2"),
        "at 1,000": metric(
            [one[SIZES[1]] / one[SIZES[0]] for one in rounds[1:]], unit="times that of 10 accounts"
        ),
        "median at 100,000": metric(
            [statistics.median(one[SIZES[-1]] * 1000 for one in rounds[1:])],
            unit="ms of processor time",
        ),
    }


def _hosted() -> HostedClient:
    path = sample_path(SAMPLES[0])
    _text, client = read(path)
    logo = client.branding.logo
    return HostedClient(client, load_logo(path.parent / logo) if logo else None)


def _sign_in(hosted: HostedClient, pages: Pages, state: DeviceState) -> float:
    """Return the counted processor seconds of one sign-in in a world of its own."""
    browser = Browser(Device(state, pages, [hosted]))
    person = PEOPLE[0]
    chosen = replace(default_fields(hosted.policy), acr_values="2")
    url = authorization_url(hosted.policy.client_id, chosen)
    with _set_aside() as aside:
        begun = time.process_time()
        browser.open(url)
        browser.fill("identifier", person.phone)
        browser.press()
        browser.fill("password", person.password)
        reply = browser.press()
        spent = time.process_time() - begun
    shown = reply.screen
    if shown is None or shown.state != "signed-in":
        raise RuntimeError(f"the sign-in ended at {shown}")
    return spent - aside.seconds


@contextmanager
def _set_aside() -> Iterator[Aside]:
    """Do not count hashing and signing."""
    aside = Aside()
    hashing = _timed(accounts.hash_password, aside)
    signing = _timed(Keys.sign, aside)
    with patch.object(accounts, "hash_password", hashing), patch.object(Keys, "sign", signing):
        yield aside


def _timed[**P, R](function: Callable[P, R], aside: Aside) -> Callable[P, R]:
    def timed(*args: P.args, **kwargs: P.kwargs) -> R:
        begun = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            aside.seconds += time.process_time() - begun

    return timed


def _grown(state: DeviceState, hosted: HostedClient, pages: Pages, size: int) -> DeviceState:
    """Return a world with as many more accounts, and as many flows whose codes have expired."""
    world = state.world
    for number in range(size):
        world, account_id = world.token()
        identifier = Identifier(IdentifierKind.PHONE, f"+4740{number:06d}")
        world = world.with_account(Account(id=account_id, identifiers=(identifier,)))
    device = Device(replace(state, world=world), pages, [hosted])
    browser = Browser(device)
    browser.open(authorization_url(hosted.policy.client_id, default_fields(hosted.policy)))
    browser.fill("identifier", PEOPLE[0].phone)
    browser.press()
    (sent,) = device.world.flows.values()
    world = device.world
    for _ in range(size):
        world, flow_id = world.token()
        world = world.with_flow(replace(sent, id=flow_id))
    return replace(device.state, world=world.later(timedelta(hours=2)), jars=state.jars, inbox=())
