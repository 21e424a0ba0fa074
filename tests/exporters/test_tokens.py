from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import tinycss2
from lxml import etree

from studio.checks.brand import page_colours
from studio.client.colour import Gradient, parse_paint
from studio.client.file import parse
from studio.exporters.handover import Handover
from studio.exporters.tokens import files
from studio.exporters.tokens_values import stops, tokens
from studio.importers import dtcg
from studio.resources import folder
from tests.exporters.given import no_renderer
from tests.samples import fakebrand

if TYPE_CHECKING:
    from studio.pages.hosting import HostedClient


def made(hosted: HostedClient) -> dict[str, bytes]:
    return files(Handover(hosted=hosted, text="", renderer=no_renderer))


def one(hosted: HostedClient, name: str) -> str:
    return made(hosted)[name].decode()


def test_the_page_s_values_are_those_of_its_style_sheet() -> None:
    style = (folder("flow_templates") / "static" / "page.css").read_text("utf-8")
    shown = {each.path[1:]: each.value for each in tokens(fakebrand())}
    colours = page_colours(style)
    assert shown["page", "button"] == parse_paint(colours["--button"].hex())
    assert shown["page", "background"] == parse_paint(colours["--page"].hex())
    assert shown["size", "header-height"] == 80
    assert shown["size", "header-height-symbol"] == 104
    assert shown["size", "text-small"] == 14


def test_every_token_of_the_new_form_has_type_value_and_description() -> None:
    data = json.loads(one(fakebrand(), "fakebrand.tokens.json"))["connect"]
    rows = [row for group in data.values() for row in group.values()]
    assert {"$type", "$value", "$description"} <= set.intersection(*map(set, rows))
    assert {row["$type"] for row in rows} == {"color", "dimension", "gradient"}
    glow = data["brand"]["glow"]["$value"]
    assert glow == {
        "colorSpace": "srgb",
        "components": [0.9647, 0.6314, 0.298],
        "alpha": 0.6,
        "hex": "#f6a14c",
    }
    assert data["size"]["button-height"]["$value"] == {"value": 48, "unit": "px"}
    assert [stop["position"] for stop in data["brand"]["header"]["$value"]] == [0, 1]


def test_the_older_form_has_text() -> None:
    data = json.loads(one(fakebrand(), "fakebrand.tokens.legacy.json"))["connect"]
    assert data["brand"]["header"]["$value"] == [
        {"color": "#f9d36a", "position": 0},
        {"color": "#f36f2d", "position": 1},
    ]
    assert data["brand"]["glow"]["$value"] == "#f6a14c99"
    assert data["size"]["text"]["$value"] == "16px"


def test_css_parses_and_has_the_pages_own_values() -> None:
    hosted = fakebrand()
    (rule,) = tinycss2.parse_stylesheet(
        one(hosted, "connect-tokens.css"), skip_comments=True, skip_whitespace=True
    )
    lines = [
        line for line in tinycss2.parse_blocks_contents(rule.content) if line.type == "declaration"
    ]
    shown = {line.name: tinycss2.serialize(line.value).strip() for line in lines}
    assert shown["--connect-brand-header"] == hosted.variables["--header"]
    assert shown["--connect-brand-focus"] == hosted.variables["--focus"]
    assert shown["--connect-size-button-radius"] == "3px"
    scss = one(hosted, "_connect-tokens.scss").splitlines()[1:]
    assert {line.split(":")[0].removeprefix("$") for line in scss} == {
        name.removeprefix("--") for name in shown
    }
    assert all(re.fullmatch(r"\$[a-z-]+: [^;{}]+ !default; // [^/]+", line) for line in scss)


def test_android_resources_have_names_and_values_that_it_takes() -> None:
    shown = made(fakebrand())
    for name, value in (("colors", r"#[0-9A-F]{8}"), ("dimens", r"[0-9.]+(dp|sp)")):
        root = etree.fromstring(shown[f"android/res/values/connect_token_{name}.xml"])
        names = [row.get("name", "") for row in root]
        assert len(set(names)) == len(names) > 5
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", each) for each in names)
        assert all(re.fullmatch(value, row.text or "") for row in root)
    colours = shown["android/res/values/connect_token_colors.xml"]
    assert b'name="connect_brand_glow">#99F6A14C<' in colours
    assert b'name="connect_brand_header_2">#FFF36F2D<' in colours


def test_swift_and_the_asset_catalogue_have_the_same_colours() -> None:
    shown = made(fakebrand())
    swift = shown["ios/ConnectTokens.swift"].decode()
    names = re.findall(r"static let (\w+) = Color\(", swift)
    sets = {name for name in shown if name.endswith(".colorset/Contents.json")}
    assert sets == {
        f"ios/ConnectTokens.xcassets/Connect{name[0].upper()}{name[1:]}.colorset/Contents.json"
        for name in names
    }
    for name in sets:
        (colour,) = json.loads(shown[name])["colors"]
        assert set(colour["color"]["components"]) == {"red", "green", "blue", "alpha"}
    assert swift.count("{") == swift.count("}") == 1


@pytest.mark.parametrize("name", ["*/ } x {", "--> <x>&--", "a\nb // c", "Ø'\"\\", "--", "ک"])
def test_a_name_stays_within_its_comment(name: str) -> None:
    hosted = fakebrand({"registration.name": name})
    shown = made(hosted)
    plain = made(fakebrand())
    assert etree.fromstring(shown["android/res/values/connect_token_colors.xml"]).tag == "resources"
    for file, comment in (("_connect-tokens.scss", "// "), ("ios/ConnectTokens.swift", "// ")):
        first, *rest = shown[file].decode().splitlines()
        assert first.startswith(comment)
        assert rest == plain[file].decode().splitlines()[1:]
    css = tinycss2.parse_stylesheet(shown["connect-tokens.css"].decode(), skip_whitespace=True)
    assert [rule.type for rule in css] == ["comment", "qualified-rule"]
    assert (
        json.loads(shown["fakebrand.tokens.json"])["connect"]
        == (json.loads(plain["fakebrand.tokens.json"])["connect"])
    )


@pytest.mark.parametrize(
    ("css", "places"),
    [
        ("linear-gradient(red, green, blue)", [0, 0.5, 1]),
        ("linear-gradient(90deg, red 36px, 50%, green)", [0.1, 1]),
        ("linear-gradient(red 20%, green, blue, white 80%)", [0.2, 0.4, 0.6, 0.8]),
        ("linear-gradient(red 50%, green 20%, blue)", [0.5, 0.5, 1]),
        ("linear-gradient(red -50%, green 150%)", [0, 1]),
        ("radial-gradient(circle, red, green 40%, blue)", [0, 0.4, 1]),
    ],
)
def test_stops_without_a_place_stand_between_the_others(css: str, places: list[float]) -> None:
    paint = parse_paint(css)
    assert isinstance(paint, Gradient)
    assert [place for _colour, place in stops(paint)] == pytest.approx(places)


@pytest.mark.parametrize(
    "header",
    [
        "#123456",
        "#12345680",
        "linear-gradient(to right top, #f00 10px, 30%, #0f08 90%)",
        "radial-gradient(circle 40px at left 10px top 20%, #f00, #00f)",
    ],
)
@pytest.mark.parametrize("form", ["tokens", "tokens.legacy"])
def test_what_is_exported_is_imported_again(header: str, form: str) -> None:
    hosted = fakebrand({"branding.header": header})
    name = f"fakebrand.{form}.json"
    text = dtcg.read(made(hosted)[name], name).text
    client = parse(text, "x")
    assert client.branding.header == hosted.client.branding.header
    assert client.registration.id == "fakebrand"
