from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.client.colour import WHITE, Colour, Gradient, contrast, parse_paint
from studio.client.gradient import Hint, Linear, Radial, Stop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#f36", "#ff3366"),
        ("#F9D36A", "#f9d36a"),
        ("#0006", "#00000066"),
        ("RebeccaPurple", "#663399"),
        ("transparent", "#00000000"),
        ("rgb(255 102 0)", "#ff6600"),
        ("rgba(255, 102, 0, 50%)", "#ff660080"),
        ("rgb(100% 0% none)", "#ff0000"),
        ("hsl(120deg 100% 25%)", "#008000"),
        ("hsl(-120 100% 50%)", "#0000ff"),
        ("hwb(194 0% 0%)", "#00c3ff"),
        # CSS Color 4, section 10: sample values of `red` in each space.
        ("lab(54.2917 80.8125 69.8851)", "#ff0000"),
        ("lch(54.2917 106.839 40.8526)", "#ff0000"),
        ("oklab(0.62796 0.22486 0.12585)", "#ff0000"),
        ("oklch(62.796% 0.25768 29.234)", "#ff0000"),
        ("color(srgb 1 0.5 0)", "#ff8000"),
        ("color(srgb-linear 0.5 0.5 0.5)", "#bcbcbc"),
        ("color(display-p3 0.9175 0.2003 0.1386)", "#ff0000"),
        ("color(a98-rgb 0.85859 0 0)", "#ff0000"),
        ("color(prophoto-rgb 0.70225 0.27572 0.10355)", "#ff0000"),
        ("color(rec2020 0.79198 0.23098 0.07376)", "#ff0000"),
        ("color(xyz-d65 0.4124 0.2126 0.0193)", "#ff0000"),
        ("color(xyz-d50 0.43607 0.22249 0.01392)", "#ff0000"),
        ("color(display-p3 1 0 0)", "#ff0000"),  # outside of sRGB: clipped
        (" red /* warm */ ", "#ff0000"),
    ],
)
def test_any_css_colour_is_read_as_srgb(text: str, expected: str) -> None:
    assert parse_paint(text).css() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("linear-gradient(red, blue)", "linear-gradient(180deg, #ff0000, #0000ff)"),
        ("LINEAR-GRADIENT(to right,red,blue)", "linear-gradient(90deg, #ff0000, #0000ff)"),
        (
            "linear-gradient(to bottom right, red, blue 20px)",
            "linear-gradient(to right bottom, #ff0000, #0000ff 20px)",
        ),
        ("linear-gradient(0.25turn, red, blue)", "linear-gradient(90deg, #ff0000, #0000ff)"),
        ("linear-gradient(-90deg, red, blue)", "linear-gradient(270deg, #ff0000, #0000ff)"),
        ("linear-gradient(0, red, 30%, blue)", "linear-gradient(0deg, #ff0000, 30%, #0000ff)"),
        (
            "linear-gradient(red 10% 20%, 0 blue, white 33.33333%)",
            "linear-gradient(180deg, #ff0000 10%, #ff0000 20%, #0000ff 0px, #ffffff 33.3333%)",
        ),
        (
            "radial-gradient(red, blue)",
            "radial-gradient(ellipse farthest-corner at left 50% top 50%, #ff0000, #0000ff)",
        ),
        (
            "radial-gradient(circle closest-side at top, red, blue)",
            "radial-gradient(circle closest-side at left 50% top 0%, #ff0000, #0000ff)",
        ),
        (
            "radial-gradient(40px at 10px 20%, red, blue)",
            "radial-gradient(circle 40px at left 10px top 20%, #ff0000, #0000ff)",
        ),
        (
            "radial-gradient(20% 30px at bottom 5px right 10%, red, blue)",
            "radial-gradient(ellipse 20% 30px at left 90% bottom 5px, #ff0000, #0000ff)",
        ),
        (
            "radial-gradient(at center left, red, blue)",
            "radial-gradient(ellipse farthest-corner at left 0% top 50%, #ff0000, #0000ff)",
        ),
    ],
)
def test_gradients_are_written_in_one_spelling(text: str, expected: str) -> None:
    paint = parse_paint(text)
    assert paint.css() == expected
    assert parse_paint(paint.css()) == paint


def test_a_gradient_is_read_into_its_parts() -> None:
    paint = parse_paint("linear-gradient(100deg, #f9d36a, 40%, #f36f2d)")
    assert isinstance(paint, Gradient)
    assert paint.shape == Linear(direction=100.0)
    assert [type(stop) for stop in paint.stops] == [Stop, Hint, Stop]
    assert [colour.hex() for colour in paint.colours()] == ["#f9d36a", "#f36f2d"]
    assert paint.main().hex() == "#f6a14c"


def test_a_radial_gradient_is_read_into_its_parts() -> None:
    paint = parse_paint("radial-gradient(circle, #fff, #000)")
    assert isinstance(paint, Gradient)
    assert isinstance(paint.shape, Radial)
    assert paint.shape.circle
    assert paint.main().hex() == "#808080"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("gren", '"gren" is not a colour; did you mean "green"?'),
        ("", "a colour is missing"),
        ("red blue", '"red blue" is not one colour or gradient'),
        ("red; } body { color: red", "is not one colour or gradient"),
        ("#12345", '"#12345" is not a colour'),
        ("currentcolor", '"currentcolor" has no value here'),
        ("url(https://a.example/x.png)", "is not a colour"),
        ("var(--x)", '"var(--x)" is not a colour'),
        ("color()", '"color()" is not a colour'),
        ("rgb(1e999 0 0)", "too large"),
        ("conic-gradient(red, blue)", '"conic-gradient()" is not supported'),
        ("repeating-linear-gradient(red, blue)", "is not supported"),
        ("linear-gradiant(red, blue)", "allowed: a colour, linear-gradient()"),
        ("linear-gradient(red)", "two colours or more"),
        ("linear-gradient(red,,blue)", "nothing between two commas"),
        ("linear-gradient()", "nothing between two commas"),
        ("linear-gradient(red, blue 1em)", '"1em" is not a place in per cent or px'),
        ("linear-gradient(red, blue 1% 2% 3%)", "more than a colour and two places"),
        ("linear-gradient(10%, red, blue)", "a place without a colour"),
        ("linear-gradient(red, 1%, 2%, blue)", "a place without a colour"),
        ("linear-gradient(red, blue 1e9%)", "too large"),
        ("linear-gradient(45, red, blue)", 'did you mean "45deg"?'),
        ("linear-gradient(to up, red, blue)", '"to up" is not a direction'),
        ("linear-gradient(to left right, red, blue)", "is not a direction"),
        ("linear-gradient(in oklch, red, blue)", "is not supported; leave it out"),
        ("linear-gradient(red, gren)", 'did you mean "green"?'),
        ("linear-gradient(red, blue; color: red)", "is more than a colour"),
        ("radial-gradient(circle 10%, red, blue)", "one radius, in px"),
        ("radial-gradient(ellipse 10px, red, blue)", "two radii"),
        ("radial-gradient(circle -1px, red, blue)", "not negative"),
        ("radial-gradient(circle ellipse, red, blue)", "more than one shape"),
        ("radial-gradient(circle wide, red, blue)", '"wide" is not a shape or size'),
        ("radial-gradient(circle at, red, blue)", "followed by a place"),
        ("radial-gradient(at top bottom, red, blue)", "one along"),
        ("radial-gradient(at 1% 2% 3%, red, blue)", "one, two or four values"),
        ("radial-gradient(at up 1px top 1px, red, blue)", '"up" is not an edge'),
        ("(" * 100_000, "too long"),
        ("linear-gradient(" * 200, "too long"),
    ],
)
def test_what_is_no_paint_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        parse_paint(text)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_parser_or_gets_through_it(text: str) -> None:
    try:
        css = parse_paint(text).css()
    except ValueError:
        return
    assert not set(css) & set(";{}\\\"'<>")


_PARTS = st.one_of(
    st.sampled_from(["red", "blue", "#f36", "rgb(1 2 3/50%)", "hsl(1 2% 3%)", ",", ",", "in"]),
    st.sampled_from(["to", "at", "right", "left", "top", "center", "10%", "20px", "0", "45deg"]),
    st.sampled_from(["circle", "ellipse", "closest-side"]),
)


@settings(deadline=None)
@given(st.sampled_from(["linear", "radial"]), st.lists(_PARTS, max_size=9))
def test_what_is_read_reads_the_same_again(name: str, parts: list[str]) -> None:
    try:
        paint = parse_paint(f"{name}-gradient({' '.join(parts)})")
    except ValueError:
        return
    assert parse_paint(paint.css()) == paint


# WCAG 2.2, 1.4.3: the definition's own limits, and ratios from the house's documents.
@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#000", 21.0),
        ("#777", "#777", 1.0),
        ("#777", "#fff", 4.48),
        ("#007CB0", "#fff", 4.66),
        ("#00ACE7", "#fff", 2.6),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(_colour(first), _colour(second)) == pytest.approx(ratio, abs=0.01)


def _colour(text: str) -> Colour:
    (colour,) = parse_paint(text).colours()
    return colour


def test_half_transparent_is_seen_on_white() -> None:
    paint = parse_paint("rgb(0 0 0 / 50%)")
    assert paint.css() == "#00000080"
    assert paint.main().hex() == "#7f7f7f"


def test_over_transparent_on_transparent_is_nothing() -> None:
    clear = Colour(red=1, green=0, blue=0, alpha=0)
    assert clear.over(clear).alpha == 0
    assert clear.over(WHITE) == WHITE


def test_mix_goes_from_one_colour_to_the_other() -> None:
    black = Colour(red=0, green=0, blue=0)
    assert black.mix(WHITE, 0) == black
    assert black.mix(WHITE, 1) == WHITE
    assert black.mix(WHITE, 0.2).hex() == "#333333"


def test_a_colour_outside_of_its_range_cannot_exist() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Colour(red=1.5, green=0, blue=0)
