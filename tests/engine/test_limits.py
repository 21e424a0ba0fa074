from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from studio.engine.limits import LIMITS, Action, Counted, Limit, Scope, Usage

NOW = datetime(2026, 1, 5, 9, 41, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
PHONE = "+4799912345"
EMAIL = "user@example.com"
HERE = "this browser"


def limit_of(action: Action, scope: Scope) -> Limit:
    return next(limit for limit in LIMITS[action] if limit.scope is scope)


def used(
    action: Action,
    times: int,
    *,
    identifier: str = PHONE,
    browser: str = HERE,
    at: datetime = NOW,
    usage: Usage | None = None,
) -> Usage:
    """Count an action that many times, at one moment."""
    usage = usage or Usage()
    for _ in range(times):
        usage = usage.spent(action, identifier=identifier, browser=browser, now=at)
    return usage


def wait(
    usage: Usage,
    action: Action,
    *,
    identifier: str = PHONE,
    browser: str = HERE,
    at: datetime = NOW,
) -> timedelta | None:
    return usage.waiting(action, identifier=identifier, browser=browser, now=at)


def test_every_action_has_one_limit_for_every_scope() -> None:
    assert set(LIMITS) == set(Action)
    for limits in LIMITS.values():
        assert [limit.scope for limit in limits] == list(Scope)
        assert all(limit.count > 0 and limit.window > timedelta(0) for limit in limits)


@pytest.mark.parametrize("action", Action)
def test_the_wider_a_scope_the_more_it_allows(action: Action) -> None:
    rates = [limit.count / limit.window.total_seconds() for limit in LIMITS[action]]
    assert all(narrow < wide for narrow, wide in pairwise(rates))


@pytest.mark.parametrize("action", Action)
def test_an_identifier_may_be_used_up_to_its_count_from_anywhere(action: Action) -> None:
    limit = limit_of(action, Scope.ACCOUNT)
    usage = Usage()
    for turn in range(limit.count):
        assert wait(usage, action, browser=f"browser {turn}") is None
        usage = used(action, 1, browser=f"browser {turn}", usage=usage)
    assert wait(usage, action, browser="another") == limit.window
    assert wait(usage, action, identifier=EMAIL, browser="another") is None


@pytest.mark.parametrize("action", Action)
def test_a_browser_may_be_used_up_to_its_count_for_anybody(action: Action) -> None:
    limit = limit_of(action, Scope.DEVICE)
    usage = Usage()
    for turn in range(limit.count):
        assert wait(usage, action, identifier=f"{turn}@example.com") is None
        usage = used(action, 1, identifier=f"{turn}@example.com", usage=usage)
    assert wait(usage, action, identifier=EMAIL) == limit.window
    assert wait(usage, action, identifier=EMAIL, browser="another") is None


@pytest.mark.parametrize("action", Action)
def test_everybody_together_may_go_up_to_the_overall_count(action: Action) -> None:
    limit = limit_of(action, Scope.OVERALL)
    usage = Usage()
    for turn in range(limit.count):
        somebody, somewhere = f"{turn}@example.com", f"browser {turn}"
        assert wait(usage, action, identifier=somebody, browser=somewhere) is None
        usage = used(action, 1, identifier=somebody, browser=somewhere, usage=usage)
    assert wait(usage, action, identifier=EMAIL, browser="another") == limit.window


@pytest.mark.parametrize("action", Action)
def test_the_window_ends_exactly(action: Action) -> None:
    limit = limit_of(action, Scope.ACCOUNT)
    usage = used(action, limit.count)
    assert wait(usage, action, at=NOW + limit.window - TICK) == TICK
    assert wait(usage, action, at=NOW + limit.window) is None


def test_the_window_slides_with_each_try() -> None:
    limit = limit_of(Action.PASSWORD_TRY, Scope.ACCOUNT)
    usage = Usage()
    for turn in range(limit.count):
        usage = used(Action.PASSWORD_TRY, 1, at=NOW + turn * SECOND, usage=usage)
    freed = NOW + limit.window
    assert wait(usage, Action.PASSWORD_TRY, at=freed) is None
    usage = used(Action.PASSWORD_TRY, 1, at=freed, usage=usage)
    assert wait(usage, Action.PASSWORD_TRY, at=freed) == SECOND


def test_the_longest_wait_is_told() -> None:
    usage = used(Action.SMS, 5)
    usage = used(Action.SMS, 5, identifier=EMAIL, at=NOW + 60 * SECOND, usage=usage)
    later = NOW + 61 * SECOND
    assert wait(usage, Action.SMS, browser="another", at=later) == timedelta(minutes=58, seconds=59)
    # The browser's own ten were full a minute later, and are free when the first five are over.
    assert wait(usage, Action.SMS, identifier=EMAIL, at=later) == timedelta(minutes=59, seconds=59)


def test_actions_are_counted_apart() -> None:
    usage = used(Action.SMS, 5)
    assert wait(usage, Action.SMS) is not None
    assert [wait(usage, action) for action in Action if action is not Action.SMS] == [None] * 3


def test_a_place_keeps_no_more_than_its_count() -> None:
    usage = used(Action.PASSWORD_TRY, 50)
    limit = limit_of(Action.PASSWORD_TRY, Scope.ACCOUNT)
    assert len(usage.times[Action.PASSWORD_TRY, Scope.ACCOUNT, PHONE]) == limit.count


def test_being_forgiven_frees_the_identifier_and_neither_browser_nor_all() -> None:
    usage = used(Action.PASSWORD_TRY, 5).forgiven(Action.PASSWORD_TRY, identifier=PHONE)
    assert wait(usage, Action.PASSWORD_TRY) is None
    usage = used(Action.PASSWORD_TRY, 15, identifier=EMAIL, usage=usage)
    usage = usage.forgiven(Action.PASSWORD_TRY, identifier=EMAIL)
    assert wait(usage, Action.PASSWORD_TRY, identifier=EMAIL) == timedelta(minutes=15)
    assert len(usage.times[Action.PASSWORD_TRY, Scope.OVERALL, ""]) == 20


def test_being_forgiven_counts_for_one_action_and_one_identifier() -> None:
    usage = used(Action.SMS, 5)
    assert usage.forgiven(Action.CODE_TRY, identifier=PHONE) == usage
    assert usage.forgiven(Action.SMS, identifier=EMAIL) == usage


def test_what_is_over_vanishes_when_touched() -> None:
    usage = used(Action.SMS, 4)
    usage = used(Action.SMS, 1, at=NOW + timedelta(hours=1), usage=usage)
    assert usage.times[Action.SMS, Scope.ACCOUNT, PHONE] == (NOW + timedelta(hours=1),)


def test_what_is_over_vanishes_when_swept() -> None:
    usage = used(Action.SMS, 2, usage=used(Action.PASSWORD_TRY, 2))
    swept = usage.swept(NOW + timedelta(minutes=15))
    assert set(swept.times) == {
        (Action.SMS, Scope.ACCOUNT, PHONE),
        (Action.SMS, Scope.DEVICE, HERE),
    }
    assert swept.swept(NOW + timedelta(hours=1)) == Usage()
    assert usage.swept(NOW) == usage


def test_what_counts_is_told_in_order() -> None:
    usage = used(Action.CODE_TRY, 1, usage=used(Action.SMS, 5))
    usage = used(Action.SMS, 2, identifier=EMAIL, browser="another", usage=usage)
    told = usage.counted(NOW + SECOND)
    assert [(one.action, one.limit.scope, one.key, one.used) for one in told] == [
        (Action.CODE_TRY, Scope.ACCOUNT, PHONE, 1),
        (Action.CODE_TRY, Scope.DEVICE, HERE, 1),
        (Action.CODE_TRY, Scope.OVERALL, "", 1),
        (Action.SMS, Scope.ACCOUNT, PHONE, 5),
        (Action.SMS, Scope.ACCOUNT, EMAIL, 2),
        (Action.SMS, Scope.DEVICE, "another", 2),
        (Action.SMS, Scope.DEVICE, HERE, 5),
        (Action.SMS, Scope.OVERALL, "", 7),
    ]
    assert [(one.key, one.limit.scope) for one in told if one.reached] == [(PHONE, Scope.ACCOUNT)]
    assert usage.counted(NOW + timedelta(hours=1)) == ()


def test_what_counts_frees_when_the_oldest_is_over() -> None:
    usage = used(Action.SMS, 1, usage=used(Action.SMS, 4), at=NOW + SECOND)
    place = usage.counted(NOW + SECOND)[0]
    assert place == Counted(
        action=Action.SMS,
        limit=limit_of(Action.SMS, Scope.ACCOUNT),
        key=PHONE,
        used=5,
        frees=NOW + timedelta(hours=1),
    )
    assert usage.counted(place.frees)[0].used == 1
    assert usage.waiting(Action.SMS, identifier=PHONE, browser=HERE, now=place.frees) is None


STEPS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from([PHONE, EMAIL, "+4799900999"]),
        st.sampled_from([HERE, "another"]),
        st.booleans(),
    ),
    max_size=120,
)


@given(st.sampled_from(Action), STEPS)
def test_no_window_ever_holds_more_than_the_count(
    action: Action, steps: list[tuple[int, str, str, bool]]
) -> None:
    usage, now = Usage(), NOW
    done: dict[tuple[Scope, str], list[datetime]] = {}
    for seconds, identifier, browser, sweeps in steps:
        now += seconds * SECOND
        usage = usage.swept(now) if sweeps else usage
        if wait(usage, action, identifier=identifier, browser=browser, at=now):
            continue
        usage = used(action, 1, identifier=identifier, browser=browser, at=now, usage=usage)
        for key in ((Scope.ACCOUNT, identifier), (Scope.DEVICE, browser), (Scope.OVERALL, "")):
            done.setdefault(key, []).append(now)
    for (scope, _), times in done.items():
        limit = limit_of(action, scope)
        for first in times:
            assert sum(first <= when < first + limit.window for when in times) <= limit.count


@given(st.sampled_from(Action), STEPS)
def test_the_wait_is_the_shortest_that_helps(
    action: Action, steps: list[tuple[int, str, str, bool]]
) -> None:
    usage, now = Usage(), NOW
    for seconds, identifier, browser, _ in steps:
        now += seconds * SECOND
        ask = partial(wait, usage, action, identifier=identifier, browser=browser)
        told = ask(at=now)
        if told is None:
            usage = used(action, 1, identifier=identifier, browser=browser, at=now, usage=usage)
        else:
            assert ask(at=now + told - TICK) == TICK
            assert ask(at=now + told) is None


def test_a_hundred_thousand_places_cost_no_more_than_ten() -> None:
    few, many = crowded(10), crowded(100_000)
    assert fastest(many) < 10 * fastest(few)


def crowded(count: int) -> Usage:
    """Return a usage that many numbers have spent one SMS in."""
    numbers = (f"+479{number:07}" for number in range(count))
    return Usage(Map({(Action.SMS, Scope.ACCOUNT, number): (NOW,) for number in numbers}))


def fastest(usage: Usage) -> float:
    """Return the processor time of asking and counting 50 times, the best of 20 runs."""
    times = []
    for _ in range(20):
        began = time.process_time()
        for _ in range(50):
            wait(usage, Action.SMS)
            used(Action.SMS, 1, usage=usage)
            usage.forgiven(Action.SMS, identifier=PHONE)
        times.append(time.process_time() - began)
    return min(times)
