from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.client.file import parse
from studio.importers import IMPORTERS, ImportFileError, guessed
from studio.importers.dtcg import read, reads
from tests.importers.limited import answers

if TYPE_CHECKING:
    from pathlib import Path

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

RED: dict[str, Json] = {"colorSpace": "srgb", "components": [1, 0, 0]}


def header(tokens: object) -> str:
    text = read(json.dumps(tokens).encode(), "brand.tokens.json").text
    return parse(text, "x").branding.header.css()


def refused(data: bytes | str) -> str:
    with pytest.raises(ImportFileError) as caught:
        read(data.encode() if isinstance(data, str) else data, "t.json")
    message = str(caught.value)
    assert message.startswith("t.json")
    assert "\n" not in message
    assert len(message) < 300
    return message.removeprefix("t.json")


def colour(value: Json, **more: Json) -> dict[str, Json]:
    return {"brand": {"$type": "color", "$value": value, **more}}


@pytest.mark.parametrize(
    ("value", "css"),
    [
        ("#0af", "#00aaff"),
        ("#00aaff80", "#00aaff80"),
        ("rebeccapurple", "#663399"),
        (RED, "#ff0000"),
        ({**RED, "alpha": 0.5}, "#ff000080"),
        ({"colorSpace": "hsl", "components": [120, 100, 50]}, "#00ff00"),
        ({"colorSpace": "hwb", "components": ["none", 0, 0], "alpha": 1}, "#ff0000"),
        ({"colorSpace": "oklch", "components": [0.628, 0.2577, 29.23]}, "#ff0000"),
        ({"colorSpace": "oklab", "components": [1, 0, 0]}, "#ffffff"),
        ({"colorSpace": "display-p3", "components": [0, 0, 0]}, "#000000"),
        ({"colorSpace": "xyz-d65", "components": [0.9505, 1, 1.089]}, "#ffffff"),
    ],
)
def test_colours_of_both_forms(value: Json, css: str) -> None:
    assert header(colour(value)) == css


def test_gradients_of_both_forms() -> None:
    stops: Json = [{"color": RED, "position": 0}, {"color": "{other}", "position": 0.5}]
    tokens = {
        "brand": {"$type": "gradient", "$value": stops},
        "other": {"$type": "color", "$value": "{last}"},
        "last": {"$type": "color", "$value": "#00f"},
    }
    assert header(tokens) == "linear-gradient(90deg, #ff0000 0%, #0000ff 50%)"
    text = {"brand": {"$type": "gradient", "$value": "linear-gradient(#f00, #00f)"}}
    assert header(text) == "linear-gradient(180deg, #ff0000, #0000ff)"


def test_a_type_is_inherited_and_aliases_are_followed() -> None:
    tokens = {
        "palette": {
            "$type": "color",
            "blue": {"$root": {"$value": "#00f"}, "dark": {"$value": "#008"}},
        },
        "header": {"$value": "{nearly}"},
        "nearly": {"$value": "{palette.blue}"},
    }
    assert header(tokens) == "#0000ff"


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["text", "blue", "brand-ink", "brand"], "brand"),
        (["primary", "header-background", "brand"], "header-background"),
        (["grey", "primary-100", "primary-500"], "primary-500"),
        (["on-primary", "border", "accent"], "accent"),
        (["grey", "blue"], "grey"),
        (["text"], "text"),
    ],
)
def test_the_name_tells_which_colour_is_the_brand_s(names: list[str], taken: str) -> None:
    tokens = {"$type": "color", **{name: {"$value": "#123"} for name in names}}
    imported = read(json.dumps(tokens).encode(), "t.json")
    assert f"# From /{taken} of the tokens." in imported.text
    assert [line.split(":")[0] for line in imported.left_out] == [
        f"/{name}" for name in names if name != taken
    ]


def test_what_cannot_be_taken_over_is_listed_with_its_reason() -> None:
    tokens = {
        "a/b": {"$type": "color", "$value": "{nowhere.at all}"},
        "brand": {"$type": "color", "$value": {"colorSpace": "cmyk", "components": [1, 1, 1]}},
        "primary": {"$type": "color", "$value": "#123"},
        "size": {"$type": "dimension", "$value": {"value": 1, "unit": "px"}},
        "font": {"$type": "fontFamily", "$value": "Noto Sans"},
        "other": {"$value": 3},
        "group": {"$extends": "{size}"},
        "spacing": {"$ref": "#/size"},
    }
    imported = read(json.dumps(tokens).encode(), "t.json")
    assert 'header: "#112233"' in imported.text
    assert imported.left_out == (
        "/group/$extends: is not followed",
        "/spacing/$ref: is not followed",
        '/a~1b: "{nowhere.at all}" names no token of this file',
        (
            '/brand: $value/colorSpace: "cmyk" is not allowed; allowed: srgb, srgb-linear, hsl, '
            "hwb, lab, lch, oklab, oklch, display-p3, a98-rgb, prophoto-rgb, rec2020, xyz-d65, "
            "xyz-d50"
        ),
        "/size: sizes of the pages are CONNECT's own",
        '/font: a token "fontFamily" is not part of a client file',
        "/other: a token of no type is not part of a client file",
    )


def test_a_long_list_is_shortened() -> None:
    tokens = {f"c{n}": {"$type": "color", "$value": "#123"} for n in range(500)}
    left_out = read(json.dumps(tokens).encode(), "t.json").left_out
    assert len(left_out) == 101
    assert left_out[-1] == "/: 399 tokens more"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", ":1:1 this is not JSON: Expecting value"),
        ('{"a": {"$value": "#12', ":1:18 this is not JSON: Unterminated string starting at"),
        ('{"a": {\n"$value" 1}}', ":2:10 this is not JSON: Expecting ':' delimiter"),
        (b'{"a": "\xff"}', ":1:8 is not UTF-8 here; save it as UTF-8"),
        ("[1]", ": /: a file of tokens is an object with groups and tokens"),
        ('{"a": NaN}', ": this is not JSON: NaN is no number of JSON"),
        ('{"a": 3}', ': /a: has to be a group or a token, not "3"'),
        ('{"a": {"b": ["$value"]}}', ": /a/b: has to be a group or a token, not a list"),
        ('{"a": {"$type": 3, "$value": 1}}', ': /a/$type: has to be a text, such as "color"'),
        ('{"$value": 1}', ": /$value: a value has a name; put it into a token"),
        ('{"a": {}}', ': has no token: nothing with a "$value"'),
        ('{"a": {"$value": 1}}', ": has no colour or gradient with a value"),
        ('{"a": {"$value": "{a}"}}', ': /a: the alias leads back to itself: "a > a"'),
        (
            '{"a": {"$value": "{b.c}"}, "b": {"c": {"$value": "{a}"}}}',
            ': /b/c: the alias leads back to itself: "a > b.c > a"',
        ),
        (json.dumps(colour("gren")), ': /brand: $value: "gren" is not a colour; did'),
        (json.dumps(colour(3)), ': /brand: $value: a colour is "#rrggbb" or has'),
        (json.dumps(colour("{x}")), ': /brand: "{x}" names no token of this file'),
        (
            json.dumps(colour({**RED, "components": [1, 2]})),
            ": /brand: $value/components: has to be a list of 3 numbers",
        ),
        (
            json.dumps(colour({**RED, "components": [1, True, 0]})),
            ': /brand: $value/components/1: has to be a number, not "True"',
        ),
        (
            json.dumps(colour({**RED, "components": [10**400, 0, 0]})),
            ": /brand: $value/components/0: is too large a number",
        ),
        ('{"a": ' + "1" * 5000 + "}", ": this is not JSON: Exceeds the limit (4300 digits)"),
        (
            '{"brand": {"$type": "gradient", "$value": [{"color": "red"}, 3]}}',
            ': /brand: $value/1: a stop is an object with "color" and "position"',
        ),
        (
            '{"brand": {"$type": "gradient", "$value": [{"color": "red"}]}}',
            ": /brand: $value: a gradient needs two colours or more",
        ),
        ('{"a":' * 1000 + "1" + "}" * 1000, ":1:251 the nesting is deeper than 50 levels"),
        ("[" * 500_000, ":1:51 the nesting is deeper than 50 levels"),
        ("{" + " " * 2_000_000 + "}", ": has more than 2,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_one_line(data: bytes | str, message: str) -> None:
    assert refused(data).startswith(message)


def _many() -> dict[str, object]:
    return {f"c{n}": {"$value": 1} for n in range(25_000)}


def _chain() -> dict[str, object]:
    tokens: dict[str, object] = {f"c{n}": {"$value": f"{{c{n + 1}}}"} for n in range(15_000)}
    return {**tokens, "c15000": {"$type": "color", "$value": "#123"}}


def _circle() -> dict[str, object]:
    return {f"c{n}": {"$value": f"{{c{(n + 1) % 15_000}}}"} for n in range(15_000)}


def _stops() -> dict[str, object]:
    value = [{"color": "#123", "position": 0}] * 40_000
    return {"brand": {"$type": "gradient", "$value": value}}


def test_an_enormous_file_takes_neither_long_nor_much(tmp_path: Path) -> None:
    files = {
        "many": json.dumps(_many()),
        "chain": json.dumps(_chain()),
        "circle": json.dumps(_circle()),
        "stops": json.dumps(_stops()),
        "quotes": '{"a": "' + '\\"' * 990_000,
        "objects": '{"a": [' + "{}," * 600_000 + "{}]}",
        "braces": '{"a": {"$value": "' + "{a" * 900_000 + '"}}',
    }
    told = answers(tmp_path, "dtcg", {name: text.encode() for name, text in files.items()})
    assert told["many"] == "t: /c20000: is token 20,001; split the file"
    assert told["chain"] == "read"
    assert told["circle"].startswith("t: /c14999: the alias leads back to itself: ")
    assert told["stops"] == "t: /brand: $value: has 40,000 stops; at most 100 are allowed"
    assert told["quotes"].startswith("t:1:7 this is not JSON: Unterminated string")
    assert told["objects"] == "t: /a: has to be a group or a token, not a list"
    assert told["braces"] == "t: has no colour or gradient with a value"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(
        ["#123", "{a}", "{a.b}", "color", "gradient", "\ud800", "", "linear-gradient(red, 3)"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["a", "b", "$value", "$type", "$extensions", "color", "colorSpace",
                         "components", "example.connect", "css", "\ud800\n", "$root"]),
        inner, max_size=4,
    ),
)  # fmt: skip


@settings(deadline=None)
@given(JSON)
def test_whatever_a_file_holds_it_is_read_or_refused(value: object) -> None:
    data = json.dumps(value).encode()
    try:
        imported = read(data, "t.json")
    except ImportFileError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either answer is right
    else:
        parse(imported.text, "x")
        assert imported.text.isprintable() or imported.text.encode()
        assert all(line.encode() for line in imported.left_out)


def test_it_is_found_by_its_content() -> None:
    data = json.dumps(colour("#123")).encode()
    assert reads(data, "x")
    assert guessed(data, "x.json") is IMPORTERS["dtcg"]
    assert not reads(b'{"a": 1}', "x.tokens.json")
    assert not reads(b"\x89PNG", "x.tokens.json")
