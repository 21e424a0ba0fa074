from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.client.colour import contrast, parse_paint
from studio.client.logo import Logo
from studio.pages.hosting import (
    DARK,
    PAGE,
    WHITE,
    HostedClient,
    brand_variables,
    header_ink,
    lowest_contrast,
)
from studio.resources import folder
from tests.pages.given import hosted

if TYPE_CHECKING:
    from studio.client.srgb import Colour

LOGO = Logo(media_type="image/png", data=b"one", width=1, height=1)

PAINTS = [
    "#000",
    "white",
    "yellow",
    "#007ad0",
    "#ff8800",
    "rgb(0 0 0 / 20%)",
    "transparent",
    "linear-gradient(100deg, #f9d36a, #f36f2d)",
    "linear-gradient(black, white)",
    "radial-gradient(circle, #123, #fed)",
]


@pytest.mark.parametrize("text", PAINTS)
def test_what_is_derived_can_be_seen(text: str) -> None:
    """WCAG 2.2, 1.4.11: a focus ring has a contrast of 3 to the page."""
    paint = parse_paint(text)
    variables = brand_variables(paint)
    ring = _main(variables["--focus"])
    assert contrast(ring, PAGE) >= 3
    assert variables["--focus"] in {paint.main().hex(), DARK.hex()}
    assert contrast(DARK, _main(variables["--tint"])) >= 4.5


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("#007ad0", "#007ad0"),
        ("#000", "#000000"),
        ("yellow", DARK.hex()),
        ("white", DARK.hex()),
        ("#ff8800", DARK.hex()),
    ],
)
def test_the_focus_ring_is_dark_where_the_brand_is_too_light(text: str, focus: str) -> None:
    assert brand_variables(parse_paint(text))["--focus"] == focus


@pytest.mark.parametrize(
    ("text", "ink"),
    [
        ("#000", WHITE),
        ("#007ad0", WHITE),
        ("white", DARK),
        ("yellow", DARK),
        ("transparent", DARK),
        ("linear-gradient(#f9d36a, #f36f2d)", DARK),
        ("linear-gradient(#102030, #304050)", WHITE),
    ],
)
def test_the_header_is_written_on_in_what_is_easier_to_read(text: str, ink: Colour) -> None:
    paint = parse_paint(text)
    assert header_ink(paint) == ink
    other = WHITE if ink == DARK else DARK
    assert lowest_contrast(ink, paint) >= lowest_contrast(other, paint)


def test_the_worst_stop_of_a_gradient_counts() -> None:
    paint = parse_paint("linear-gradient(black, white)")
    assert lowest_contrast(WHITE, paint) == 1
    assert lowest_contrast(DARK, paint) == contrast(DARK, _main("#000000"))


def test_the_style_sheet_uses_what_is_derived_and_nothing_else() -> None:
    page = (folder("flow_templates") / "static" / "page.css").read_text("utf-8")
    derived = set(brand_variables(parse_paint("red")))
    declared = set(re.findall(r"^\s*(--[a-z-]+):", page, re.MULTILINE))
    used = set(re.findall(r"var\((--[a-z-]+)", page))
    assert derived <= declared
    assert derived <= used
    assert used <= declared


def test_the_brand_is_one_rule_of_custom_properties() -> None:
    css = hosted("branding: {header: 'linear-gradient(#fff, #000)'}").css
    assert css.startswith(":root {\n")
    assert css.endswith("}\n")
    body = css.removeprefix(":root {\n").removesuffix("}\n")
    assert re.fullmatch(r"(  --[a-z-]+: [^;{}]+;\n){6}", body)


def test_another_look_has_another_version_and_the_same_look_the_same() -> None:
    plain, red = hosted(""), hosted("branding: {header: red}")
    other = HostedClient(plain.client, replace(LOGO, data=b"two"))
    versions = [plain.version, red.version, HostedClient(plain.client, LOGO).version, other.version]
    assert len(set(versions)) == 4
    assert hosted("start: {fields: phone}").version == plain.version
    assert all(re.fullmatch(r"[0-9a-f]{16}", version) for version in versions)


def test_the_policy_is_the_client_files() -> None:
    policy = hosted("flow: {level: 2}\nstart: {fields: email}").policy
    assert (policy.client_id, policy.level, policy.fields) == ("fakebrand", 2, "email")
    assert policy.redirect_uris[0] == "http://localhost:8081/callback"


def _main(text: str) -> Colour:
    return parse_paint(text).main()
