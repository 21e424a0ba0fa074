from __future__ import annotations

import pytest

from studio.app.visiting import SERVICES, others
from studio.client.samples import SAMPLES
from studio.journeys.services import sample


def test_every_sample_can_be_visited() -> None:
    assert set(SERVICES) == set(SAMPLES)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_as_it_is(service: str) -> None:
    hosted = sample(service).hosted
    client = hosted.client
    asks = ", email" if client.flow.require_email else ""
    name = client.registration.name
    assert hosted.policy.client_id == service
    assert SERVICES[service] == f"{name}: level {client.flow.level:d}{asks}"


def test_a_client_does_not_visit_itself() -> None:
    assert "strusic" not in others("strusic")
    assert others("another") == SERVICES
