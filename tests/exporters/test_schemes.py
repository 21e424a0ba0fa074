"""The colours of the button are those of the sample services, and can be read."""

from __future__ import annotations

import re

import pytest

from studio.client.choices import ButtonScheme
from studio.client.colour import contrast, parse_paint
from studio.exporters import android, buttons, ios, web
from studio.exporters.schemes import (
    CORNER,
    DISABLED,
    DISABLED_INK,
    HEIGHT,
    LEAST_HEIGHT,
    SCHEMES,
    TEXT_SIZE,
    TEXT_WEIGHT,
)
from studio.resources import folder
from tests.exporters.given import handover, raster

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


def test_white_on_the_blue_at_rest_is_the_only_label_that_has_to_be_large() -> None:
    low = [
        (scheme, face)
        for scheme, look in SCHEMES.items()
        for face in (look.background, look.hover, look.pressed)
        if ratio(look.ink, face) < TEXT
    ]
    assert low == [(ButtonScheme.BLUE, "#007ad0")]
    assert 4.47 <= ratio("#ffffff", "#007ad0") < 4.48


def test_every_platform_writes_the_label_large_and_bold() -> None:
    assert TEXT_SIZE / POINT >= 14
    assert TEXT_WEIGHT >= 700
    given = handover(logo=raster())
    styles = android.files(given)["main/res/values/connect_styles.xml"].decode()
    for scheme in SCHEMES.values():
        style = re.search(rf'name="ConnectSignIn.{scheme.camel}".*?</style>', styles, re.DOTALL)
        assert style
        assert f'"android:textSize">{TEXT_SIZE}sp<' in style[0]
        assert '"android:textStyle">bold<' in style[0]
    swift = ios.files(given)["ConnectSignIn.swift"].decode()
    assert f"systemFont(ofSize: {TEXT_SIZE}, weight: .bold)" in swift
    for sheet in (buttons.css(), web.files(given)["connect.css"].decode()):
        (own,) = re.findall(r"^\.connect-button \{(.*?)\}", sheet, re.MULTILINE | re.DOTALL)
        assert f"font-size: {TEXT_SIZE / 16}rem;" in own
        assert f"font-weight: {TEXT_WEIGHT};" in own


def test_every_platform_makes_the_button_high_enough() -> None:
    assert HEIGHT >= LEAST_HEIGHT
    given = handover(logo=raster())
    styles = android.files(given)["main/res/values/connect_styles.xml"].decode()
    assert f'"connect_height">{HEIGHT}dp<' in styles
    assert f"max({HEIGHT}, own.height" in ios.files(given)["ConnectSignIn.swift"].decode()
    assert f"min-block-size: {HEIGHT}px;" in buttons.css()


def test_a_light_button_ends_visibly_on_white() -> None:
    white = "#ffffff"
    for scheme in SCHEMES.values():
        assert ratio(scheme.edge or scheme.background, white) >= LARGE_TEXT
    given = handover(logo=raster())
    drawing = android.files(given)["main/res/drawable/connect_button_light_grey.xml"].decode()
    assert drawing.count("@color/connect_light_grey_edge") == 2
    light = handover(settings={"entry.button.scheme": "light-grey"}, logo=raster())
    assert "ConnectLightGreyEdge" in ios.files(light)["ConnectSignIn.swift"].decode()
