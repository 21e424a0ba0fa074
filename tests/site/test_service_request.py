from __future__ import annotations

import pytest

from studio.engine.world import World
from studio.site.service_request import OwnRequest, answered, new_request


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    own = OwnRequest(state="s", verifier="dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert own.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_every_request_is_drawn_anew_and_long_enough() -> None:
    world, first = new_request(World())
    _, second = new_request(world)
    assert {first.state, first.verifier}.isdisjoint({second.state, second.verifier})
    assert len(first.verifier) >= 43


def test_an_answer_is_known_by_its_state() -> None:
    _, own = new_request(World())
    assert answered(own.cookie, own.state) == own


@pytest.mark.parametrize(
    ("cookie", "state"),
    [("", ""), ("", "s"), ("s", "s"), ("s.", "s"), ("s.v", ""), ("s.v", "x"), (".v", "s")],
)
def test_another_answer_is_not_known(cookie: str, state: str) -> None:
    assert answered(cookie, state) is None
