"""How often may something be tried or sent, and how long does it have to wait?

Rules kept here:

* what is counted is the number or address as typed, in its stored form, whether or not an account
  has it: so being told to wait tells nothing about accounts;
* a limit slides: in no window of its length is there more than its count, and what is as old as
  the window counts no more;
* what is over vanishes when its place is touched or swept, and a place holds at most as many times
  as its limit allows; so memory is bounded by the overall limits and asking costs the same however
  many places there are.

The times of a place are in order, because the clock of a world never goes back.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from immutables import Map

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Action(StrEnum):
    """What is limited."""

    PASSWORD_TRY = "password-try"  # noqa: S105 - the name of an action
    CODE_TRY = "code-try"
    SMS = "sms"
    EMAIL_CODE = "email-code"


class Scope(StrEnum):
    """Over what is counted: one number or address, one browser, everything."""

    ACCOUNT = "account"
    DEVICE = "device"
    OVERALL = "overall"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `count` in any time of the length `window`. An action has one limit for a scope."""

    scope: Scope
    count: int
    window: timedelta


_MINUTE = timedelta(minutes=1)
_QUARTER = timedelta(minutes=15)
_HOUR = timedelta(hours=1)

LIMITS: Mapping[Action, tuple[Limit, ...]] = MappingProxyType(
    {
        # Five, because people try their few passwords; 480 guesses a day find no password that is
        # not common. A family shares a device. Overall: one guess each at very many accounts.
        Action.PASSWORD_TRY: (
            Limit(scope=Scope.ACCOUNT, count=5, window=_QUARTER),
            Limit(scope=Scope.DEVICE, count=20, window=_QUARTER),
            Limit(scope=Scope.OVERALL, count=1000, window=_MINUTE),
        ),
        # A code has 10,000 values and five tries of its own; new codes must not give new tries
        # without end. Ten an hour are two codes used up, one chance in a thousand.
        Action.CODE_TRY: (
            Limit(scope=Scope.ACCOUNT, count=10, window=_HOUR),
            Limit(scope=Scope.DEVICE, count=30, window=_HOUR),
            Limit(scope=Scope.OVERALL, count=1000, window=_MINUTE),
        ),
        # A message costs money and disturbs whoever has the number. Five are one and four times
        # "send again"; ten a device, because a wrong number is typed now and then.
        Action.SMS: (
            Limit(scope=Scope.ACCOUNT, count=5, window=_HOUR),
            Limit(scope=Scope.DEVICE, count=10, window=_HOUR),
            Limit(scope=Scope.OVERALL, count=600, window=_MINUTE),
        ),
        # The same for addresses: free of charge, and as disturbing.
        Action.EMAIL_CODE: (
            Limit(scope=Scope.ACCOUNT, count=5, window=_HOUR),
            Limit(scope=Scope.DEVICE, count=10, window=_HOUR),
            Limit(scope=Scope.OVERALL, count=600, window=_MINUTE),
        ),
    }
)

Place = tuple[Action, Scope, str]
"""Where is counted; the text is an identifier, a browser, or empty for everything."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What is counted at one place now, where anything is; `key` is as in `Place`.

    `frees` is when the oldest counts no more.
    """

    action: Action
    limit: Limit
    key: str
    used: int
    frees: datetime

    @property
    def reached(self) -> bool:
        """Whether it holds somebody back until `frees`."""
        return self.used >= self.limit.count


@dataclass(frozen=True)
class Usage:
    """What has been tried and sent, and when; the newest times are last."""

    times: Map[Place, tuple[datetime, ...]] = field(default_factory=Map)

    def waiting(
        self, action: Action, *, identifier: str, browser: str, now: datetime
    ) -> timedelta | None:
        """Return how long until the action is allowed again, None where it is allowed now."""
        places = _places(action, identifier, browser)
        waits = (_wait(self.times.get(place, ()), limit, now) for limit, place in places)
        return max(filter(None, waits), default=None)

    def spent(self, action: Action, *, identifier: str, browser: str, now: datetime) -> Usage:
        """Count the action once; ask `waiting` before."""
        times = self.times
        for limit, place in _places(action, identifier, browser):
            counted = (*_live(times.get(place, ()), limit, now), now)
            times = times.set(place, counted[-limit.count :])
        return Usage(times)

    def forgiven(self, action: Action, *, identifier: str) -> Usage:
        """Drop what was counted for a number or address: its owner has proven to be there.

        The counts of the device and overall stay, so that somebody's own account does not give new
        tries at those of others.
        """
        place = (action, Scope.ACCOUNT, identifier)
        return Usage(self.times.delete(place)) if place in self.times else self

    def swept(self, now: datetime) -> Usage:
        """Drop everything that is over; costs as much as there are places."""
        live = {place: _live(times, _limit(place), now) for place, times in self.times.items()}
        return Usage(Map({place: times for place, times in live.items() if times}))

    def counted(self, now: datetime) -> tuple[Counted, ...]:
        """Return what counts now, ordered by action, scope and key.

        Costs as much as there are places: it is for explaining.
        """
        return tuple(_counted(self.times, now))


def _places(action: Action, identifier: str, browser: str) -> Iterator[tuple[Limit, Place]]:
    keys = {Scope.ACCOUNT: identifier, Scope.DEVICE: browser, Scope.OVERALL: ""}
    for limit in LIMITS[action]:
        yield limit, (action, limit.scope, keys[limit.scope])


def _limit(place: Place) -> Limit:
    action, scope, _ = place
    return next(limit for limit in LIMITS[action] if limit.scope is scope)


def _live(times: tuple[datetime, ...], limit: Limit, now: datetime) -> tuple[datetime, ...]:
    return times[bisect_right(times, now - limit.window) :]


def _wait(times: tuple[datetime, ...], limit: Limit, now: datetime) -> timedelta | None:
    live = _live(times, limit, now)
    return live[-limit.count] + limit.window - now if len(live) >= limit.count else None


def _counted(places: Map[Place, tuple[datetime, ...]], now: datetime) -> Iterator[Counted]:
    for place, times in sorted(places.items()):
        action, _scope, key = place
        limit = _limit(place)
        live = _live(times, limit, now)
        if live:
            frees = live[0] + limit.window
            yield Counted(action=action, limit=limit, key=key, used=len(live), frees=frees)
