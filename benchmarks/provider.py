"""How many code flows `connect-studio serve` answers, and what one costs, beside npm oidc-provider.

Both run as processes of their own on this machine and are asked over HTTP by the same driver (this
process): `provider_flows` tells what a flow is. Each round measures both, one right after the
other and the other way round in the next, so that a change of the machine's speed meets both
alike; ratios are of the same round. Counted is the processor time of the server's process, user
and system, all threads. No password is hashed in either: people sign in with a code (level 1). What
sends the codes is asked between two halves of a sign-in, and not counted.

The engine's limits stay as they are: every sign-in is of a number and a browser of its own, and
one server gets fewer of them than the 600 messages that go out in a minute.

`PROVIDER_ROUNDS`, `PROVIDER_FLOWS` (a measurement) and `PROVIDER_MEMORY_FLOWS` make it shorter.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.measure import Metric, metric
from benchmarks.provider_flows import (
    FlowError,
    at_once,
    begun,
    codes_sent,
    finished,
    with_session,
)
from benchmarks.provider_servers import own, peer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from benchmarks.provider_flows import Browser, Connection, Halfway
    from benchmarks.provider_servers import Provider

AT_ONCE = (1, 16)
MANY = 100
"""Clients at once that must all be answered."""

MESSAGES = 600
"""As many codes are sent in a minute (studio.engine.limits); the inbox keeps 500 of them."""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much is measured.

    `flows` with a session are one measurement, and a third as many with forms; `warm_up` flows
    come before all of them, `memory` flows stand for a long run.
    """

    rounds: int = int(os.environ.get("PROVIDER_ROUNDS", "5"))
    flows: int = int(os.environ.get("PROVIDER_FLOWS", "150"))
    warm_up: int = 600
    memory: int = int(os.environ.get("PROVIDER_MEMORY_FLOWS", "10000"))

    @property
    def sign_ins(self) -> int:
        """How many sign-ins with forms are one measurement."""
        return max(1, min(self.flows // 3, 400 // (self.rounds * len(AT_ONCE))))


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What flows have cost: in seconds, processor seconds of the server and of the driver."""

    flows: int
    seconds: float
    processor: float
    driver: float

    @property
    def rate(self) -> float:
        """Flows a second."""
        return self.flows / self.seconds

    @property
    def each(self) -> float:
        """Milliseconds of the server's processor time for a flow."""
        return self.processor * 1000 / self.flows

    def and_also(self, other: Spent) -> Spent:
        """Add the other half of the same flows."""
        return Spent(
            flows=self.flows,
            seconds=self.seconds + other.seconds,
            processor=self.processor + other.processor,
            driver=self.driver + other.driver,
        )


class Measured:
    """A provider with browsers that have signed in, and what is asked of it."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._browsers: list[Browser] = []
        self._numbers = itertools.count(1)

    def sign_in(self, count: int) -> None:
        """Let as many browsers sign in, to have sessions."""
        self._browsers += self.with_forms(min(count, AT_ONCE[-1]), count)[1]

    def with_session(self, clients: int, flows: int) -> Spent:
        """Do flows in browsers that have sessions."""
        browsers = itertools.islice(itertools.cycle(self._browsers), flows)

        async def one(connection: Connection, browser: Browser) -> None:
            await with_session(connection, self.provider.endpoints, browser)

        return self._spent(clients, list(browsers), one)[0]

    def with_forms(self, clients: int, flows: int) -> tuple[Spent, list[Browser]]:
        """Do flows with all forms, in new browsers; return these too."""
        at = self.provider.endpoints
        numbers = [f"+47406{next(self._numbers):05d}" for _ in range(flows)]

        async def first(connection: Connection, number: str) -> Halfway:
            return await begun(connection, at, number)

        opened, halves = self._spent(clients, numbers, first)
        codes = asyncio.run(codes_sent(at))

        async def second(connection: Connection, half: Halfway) -> Browser:
            return await finished(connection, at, half, codes[half.number])

        closed, browsers = self._spent(clients, halves, second)
        return opened.and_also(closed), browsers

    def failures(self, clients: int, flows: int) -> tuple[int, Spent]:
        """Do flows with a session; return how many failed."""
        failed = 0

        async def one(connection: Connection, browser: Browser) -> None:
            nonlocal failed
            try:
                await with_session(connection, self.provider.endpoints, browser)
            except (FlowError, OSError, EOFError, ValueError) as mistake:
                failed += 1
                print(f"failed: {mistake}")

        browsers = itertools.islice(itertools.cycle(self._browsers), flows)
        spent, _results = self._spent(clients, list(browsers), one)
        return failed, spent

    def _spent[Job, Result](
        self,
        clients: int,
        jobs: Sequence[Job],
        work: Callable[[Connection, Job], Awaitable[Result]],
    ) -> tuple[Spent, list[Result]]:
        before = (
            self.provider.processor_seconds(),
            time.process_time(),
            time.perf_counter(),
        )
        results = asyncio.run(at_once(self.provider.endpoints, clients, jobs, work))
        spent = Spent(
            flows=len(jobs),
            seconds=time.perf_counter() - before[2],
            driver=time.process_time() - before[1],
            processor=self.provider.processor_seconds() - before[0],
        )
        return spent, results


type Round = dict[tuple[str, int], Spent]
"""What was spent, by the kind of flow and the clients at once."""


def run(sizes: Sizes | None = None) -> dict[str, Metric]:
    """Measure."""
    sizes = sizes or Sizes()
    load = os.getloadavg()[0]
    with own() as ours, peer() as theirs:
        rounds = list(_rounds(ready(ours, sizes), ready(theirs, sizes), sizes))
    return {**compared(rounds), **endured(sizes), "load": metric([load], unit="processes")}


def ready(provider: Provider, sizes: Sizes) -> Measured:
    """Return a provider that is warm: in whose browsers people have signed in."""
    measured = Measured(provider)
    measured.sign_in(AT_ONCE[-1])
    measured.with_session(AT_ONCE[-1], sizes.warm_up)
    measured.with_forms(1, max(1, sizes.warm_up // 10))
    return measured


def one_round(measured: Measured, sizes: Sizes) -> Iterator[tuple[tuple[str, int], Spent]]:
    """Measure each kind of flow, with one client and with several at once."""
    for clients in AT_ONCE:
        yield ("session", clients), measured.with_session(clients, sizes.flows)
        yield ("forms", clients), measured.with_forms(clients, sizes.sign_ins)[0]


def _rounds(ours: Measured, theirs: Measured, sizes: Sizes) -> Iterator[tuple[Round, Round]]:
    """Measure both in turn: each kind of one right before or after that kind of the other."""
    for number in range(sizes.rounds):
        own_round, peer_round = one_round(ours, sizes), one_round(theirs, sizes)
        if number % 2:
            pairs = [(mine, other) for other, mine in zip(peer_round, own_round, strict=True)]
        else:
            pairs = list(zip(own_round, peer_round, strict=True))
        yield dict(mine for mine, _ in pairs), dict(other for _, other in pairs)


def compared(rounds: Sequence[tuple[Round, Round]]) -> dict[str, Metric]:
    """Return the rates and the processor time of both, and the ratios of each round."""
    found: dict[str, Metric] = {}
    for key in rounds[0][0]:
        pairs = [(mine[key], other[key]) for mine, other in rounds]
        found |= {f"{key[0]} at {key[1]}, {name}": one for name, one in _one(pairs).items()}
    return found


def _one(pairs: Sequence[tuple[Spent, Spent]]) -> dict[str, Metric]:
    cost = "ms of processor time a flow"
    return {
        "rate": metric([mine.rate for mine, _ in pairs], unit="flows/s"),
        "rate of the peer": metric([other.rate for _, other in pairs], unit="flows/s"),
        "cost": metric([mine.each for mine, _ in pairs], unit=cost),
        "cost of the peer": metric([other.each for _, other in pairs], unit=cost),
        "cost against the peer": metric(
            [mine.each / other.each for mine, other in pairs], unit="times", target="<= 1"
        ),
        "cost of the driver": metric(
            [one.driver * 1000 / one.flows for pair in pairs for one in pair], unit=cost
        ),
    }


def endured(sizes: Sizes) -> dict[str, Metric]:
    """Return how a server of its own stands many clients at once, and very many flows."""
    with own() as provider:
        measured = Measured(provider)
        measured.sign_in(AT_ONCE[-1])
        measured.with_session(AT_ONCE[-1], MANY)
        early = provider.resident_mebibytes()
        measured.with_session(AT_ONCE[-1], max(0, sizes.memory - MANY))
        late = provider.resident_mebibytes()
        failed, spent = measured.failures(MANY, MANY * 3)
    return {
        f"failures of {MANY} clients at once": metric([failed], unit="flows", target="0"),
        f"rate of {MANY} clients at once": metric([spent.rate], unit="flows/s"),
        f"memory after {MANY} flows": metric([early], unit="MiB"),
        f"memory after {sizes.memory} flows": metric([late], unit="MiB"),
    }
