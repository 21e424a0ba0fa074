"""The benchmark of the provider, small: a few flows of our own server, and no time asserted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from benchmarks.provider import Measured, Spent, compared
from benchmarks.provider_flows import Browser, FlowError, at_once, with_session
from benchmarks.provider_servers import own

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def measured() -> Iterator[Measured]:
    with own() as provider:
        one = Measured(provider)
        one.sign_in(2)
        yield one


def test_flows_with_a_session_are_done_and_counted(measured: Measured) -> None:
    spent = measured.with_session(2, 4)
    assert spent.flows == 4
    assert spent.processor > 0


def test_flows_with_forms_sign_different_people_in(measured: Measured) -> None:
    spent, browsers = measured.with_forms(2, 3)
    assert spent.flows == 3
    assert len({browser.subject for browser in browsers}) == 3


def test_more_clients_than_sessions_are_all_answered(measured: Measured) -> None:
    failed, spent = measured.failures(10, 20)
    assert (failed, spent.flows) == (0, 20)


def test_a_flow_that_goes_wrong_is_told(measured: Measured) -> None:
    at = measured.provider.endpoints
    with pytest.raises(FlowError, match=r"^/oauth/authorize: 303 /id/signin/"):
        asyncio.run(at_once(at, 1, [Browser()], lambda one, who: with_session(one, at, who)))


def test_memory_is_read(measured: Measured) -> None:
    assert 10 < measured.provider.resident_mebibytes() < 10_000


def test_ratios_are_those_of_the_same_round() -> None:
    key = ("session", 1)
    rounds = [
        ({key: _spent(2.0)}, {key: _spent(1.0)}),
        ({key: _spent(9.0)}, {key: _spent(3.0)}),
        ({key: _spent(1.0)}, {key: _spent(4.0)}),
    ]
    found = compared(rounds)
    assert found["session at 1, cost against the peer"].median == 2
    assert found["session at 1, cost"].median == 200
    assert found["session at 1, rate of the peer"].median == 5


def _spent(processor: float) -> Spent:
    return Spent(flows=10, seconds=2, processor=processor, driver=0.1)
