from __future__ import annotations

import pytest

from studio.client.choices import ButtonScheme
from studio.exporters.buttons_look import LARGE_TEXT, NON_TEXT, RING_APART, State, look, ratios

LOOKS = [(scheme, state) for scheme in ButtonScheme for state in State]


@pytest.mark.parametrize(("scheme", "state"), LOOKS)
def test_label_and_mark_stand_out_in_every_state(scheme: ButtonScheme, state: State) -> None:
    found = ratios(look(scheme, state))
    assert found.label >= LARGE_TEXT
    assert found.mark >= NON_TEXT


def test_only_the_given_blue_needs_large_text() -> None:
    low = {look(*each).face for each in LOOKS if ratios(look(*each)).label < 4.5}
    assert low == {"#007ad0"}


@pytest.mark.parametrize(("scheme", "state"), LOOKS)
def test_the_button_ends_visibly_on_white_unless_disabled(
    scheme: ButtonScheme, state: State
) -> None:
    boundary = ratios(look(scheme, state)).boundary
    assert (boundary >= NON_TEXT) is (state is not State.DISABLED)


@pytest.mark.parametrize("scheme", ButtonScheme)
def test_the_ring_shows_on_every_ground(scheme: ButtonScheme) -> None:
    ring = ratios(look(scheme, State.FOCUS)).ring
    assert ring is not None
    assert ring >= RING_APART
    assert ratios(look(scheme, State.HOVER)).ring is None


def test_contrast_is_never_told_better_than_it_is() -> None:
    assert ratios(look(ButtonScheme.BLUE, State.DEFAULT)).label == 4.47  # 4.4741...


@pytest.mark.parametrize(
    ("state", "face"),
    [(State.DEFAULT, "#007ad0"), (State.PRESSED, "#0762a2"), (State.DISABLED, "#d6d6d6")],
)
def test_blue_is_the_documented_one(state: State, face: str) -> None:
    assert look(ButtonScheme.BLUE, state).face == face


@pytest.mark.parametrize("scheme", ButtonScheme)
def test_states_look_different(scheme: ButtonScheme) -> None:
    assert len({look(scheme, state) for state in State}) == len(State)
