"""The colours of the button are those of the sample services, and can be read."""

from __future__ import annotations

import re

import pytest

from studio.client.choices import ButtonScheme
from studio.client.colour import contrast, parse_paint
from studio.exporters.schemes import CORNER, DISABLED, DISABLED_INK, SCHEMES, TEXT_SIZE
from studio.resources import folder

TEXT, LARGE_TEXT = 4.5, 3.0
"""WCAG 2.2, 1.4.3; bold text is large from 14 pt."""
POINT = 96 / 72
"""CSS pixels."""


def ratio(one: str, other: str) -> float:
    return contrast(parse_paint(one).main(), parse_paint(other).main())


def rule(selector: str) -> str:
    style = (folder("flow_templates") / "static" / "service.css").read_text("utf-8")
    found = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", style, re.MULTILINE | re.DOTALL)
    assert found, selector
    # Short colours are written out, so that `#333` is found as `#333333`.
    return re.sub(r"#([0-9a-f])([0-9a-f])([0-9a-f])\b", r"#\1\1\2\2\3\3", found[1])


@pytest.mark.parametrize("scheme", ButtonScheme)
def test_the_colours_are_those_of_the_sample_services(scheme: ButtonScheme) -> None:
    look = SCHEMES[scheme]
    own = f".connect-{scheme.value}"
    assert f"background: {look.background}; color: {look.ink};" in rule(own)
    assert f"background: {look.hover};" in rule(f"{own}:hover")
    assert f"background: {look.pressed};" in rule(f"{own}:active")
    assert f"border-color: {look.line};" in rule(f"{own} .connect-mark")
    assert f"border-radius: {CORNER}px;" in rule(".connect-button")


def test_the_disabled_button_is_that_of_the_sample_services() -> None:
    disabled = rule('.connect-button[aria-disabled="true"]')
    assert f"background: {DISABLED}; color: {DISABLED_INK};" in disabled


@pytest.mark.parametrize("scheme", ButtonScheme)
def test_the_label_can_be_read_in_every_state(scheme: ButtonScheme) -> None:
    look = SCHEMES[scheme]
    faces = (look.background, look.hover, look.pressed)
    least = min(ratio(look.ink, face) for face in faces)
    assert least >= (LARGE_TEXT if scheme is ButtonScheme.BLUE else TEXT)
    assert ratio(DISABLED_INK, DISABLED) >= TEXT


def test_the_label_is_large_text() -> None:
    assert TEXT_SIZE / POINT >= 14
