from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from studio.client.colour import Colour
from studio.client.file import parse
from studio.client.logo import read_logo
from studio.client.samples import SAMPLES, sample_path
from studio.importers import IMPORTERS, ImportFileError, guessed
from studio.importers.logo import proposals, read, reads
from studio.importers.logo_colours import logo_colours
from tests.client.test_logo import _bomb
from tests.importers.limited import answers

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40">{}</svg>'
RECT = '<rect width="9" height="9" {}/>'


def picture(kind: str, *colours: str, mode: str = "RGBA") -> bytes:
    """Return a picture of stripes on nothing."""
    image = Image.new("RGBA", (60 * len(colours), 40))
    drawing = ImageDraw.Draw(image)
    for at, colour in enumerate(colours):
        drawing.rectangle((60 * at, 5, 60 * at + 59, 34), fill=colour)
    file = BytesIO()
    image.convert(mode).save(file, kind)
    return file.getvalue()


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


def colours(data: bytes) -> list[str]:
    return [colour.hex() for colour in logo_colours(read_logo(data, "x"))]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_colours_of_a_picture_are_those_that_can_be_seen(kind: str) -> None:
    found = colours(picture(kind, "#ffffff", "#ffffff", "#7a1f2b"))
    assert found[0] == "#ffffff"
    red = Colour.rounded(*(int(found[1][at : at + 2], 16) / 255 for at in (1, 3, 5)))
    assert abs(red.red - 0x7A / 255) < 0.02
    assert len(found) == 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB"])
def test_pictures_of_every_kind_have_colours(mode: str) -> None:
    image = Image.new("L" if mode != "I;16" else mode, (20, 20), 255 if mode != "I;16" else 65535)
    file = BytesIO()
    image.convert(mode).save(file, "PNG")
    assert colours(file.getvalue()) == ["#ffffff"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (RECT.format(""), ["#000000"]),
        (RECT.format('fill="red"'), ["#ff0000"]),
        (RECT.format('fill="red" style="fill: #00f"'), ["#0000ff"]),
        (f'<g fill="red">{RECT.format("")}{RECT.format("")}</g>', ["#ff0000"]),
        (RECT.format('fill="none" stroke="#0f0"'), ["#00ff00"]),
        (RECT.format('fill="currentColor" color="#0f0"'), ["#00ff00"]),
        (RECT.format('fill="#ff000010"'), []),
        (
            '<linearGradient id="a"><stop stop-color="#f00"/><stop style="stop-color:#00f"/>'
            '</linearGradient><linearGradient id="b" href="#a"/>' + RECT.format('fill="url(#b)"'),
            ["#ff0000", "#0000ff"],
        ),
        (f'<defs>{RECT.format("")}</defs>' + RECT.format('fill="#fff"'), ["#ffffff"]),
        (
            "<style>.a { fill: #00f; stroke: none }</style>" + RECT.format('fill="#00f"'),
            ["#0000ff"],
        ),
        (
            ('<image width="9" height="9" href="data:image/png;base64,'
            f'{base64.b64encode(picture("PNG", "#ff0000")).decode()}"/>'),
            ["#ff0000"],
        ),
    ],
)  # fmt: skip
def test_the_colours_of_a_drawing_are_those_it_is_painted_with(
    inside: str, expected: list[str]
) -> None:
    assert colours(svg(inside)) == expected


def test_a_white_logo_gets_dark_headers() -> None:
    found = proposals(read_logo(picture("PNG", "#ffffff"), "x"))
    assert [one.header.css() for one in found] == ["#1f1f1f", "#007cb0"]
    assert [round(one.ratio, 1) for one in found] == [16.5, 4.7]


def test_a_dark_logo_gets_tints_of_its_own_colour_first() -> None:
    best, *others = proposals(read_logo(picture("PNG", "#7a1f2b"), "x"))
    assert best.about == "a tint of the logo's #7a1f2b"
    assert best.header.colour.luminance() > 0.7
    assert "#ffffff" in {one.header.css() for one in others}
    assert all(one.enough for one in (best, *others))


def test_every_part_of_the_logo_counts() -> None:
    both = read_logo(picture("PNG", "#ffffff", "#000000"), "x")
    for one in proposals(both):
        white, black = (one.header.colour.luminance() + 0.05), 0.05
        assert one.ratio == pytest.approx(min(1.05 / white, white / black))
    unseen = read_logo(picture("PNG", "#ffffff", "#000000", "#777777"), "x")
    assert not any(one.enough for one in proposals(unseen))
    text = read(picture("PNG", "#ffffff", "#000000", "#777777"), "x.png").text
    assert "no colour has 3:1 with all of them" in text


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_logos_make_client_files(sample: str) -> None:
    path = sample_path(sample).with_name(f"{sample}.svg")
    imported = read(path.read_bytes(), path.name)
    client = parse(imported.text, "x")
    assert client.branding.logo == imported.logo_name == path.name
    assert client.registration.id == sample
    assert imported.logo is not None
    best = proposals(read_logo(imported.logo, "x"))[0]
    assert client.branding.header == best.header
    assert f"# Proposed: {best}." in imported.text


def test_what_was_removed_from_a_drawing_is_listed() -> None:
    imported = read(svg("<script>x</script>" + RECT.format("")), "a b.svg")
    assert imported.left_out == ("a b.svg: <script> was removed from the logo",)
    assert imported.logo_name == "a-b.svg"
    assert b"script" not in (imported.logo or b"")


def test_a_picture_with_nothing_to_see_is_no_trouble() -> None:
    assert read(picture("PNG", "#ffffff00"), "x.png").text


@pytest.mark.parametrize("name", ["", "../../etc/x.png", "# x\n- y.png", "ک.png", "a" * 300])
def test_names_of_files_stay_names(name: str) -> None:
    imported = read(picture("PNG", "#fff"), name)
    client = parse(imported.text, "x")
    assert client.branding.logo == imported.logo_name
    assert "/" not in (imported.logo_name or "/")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x is not a PNG, JPEG, WebP or SVG picture (SVG is text in UTF-8)"),
        (picture("PNG", "#fff")[:60], "x is a broken picture; save it again"),
        (svg("")[:60], "x is not well-formed SVG: "),
        (_bomb(20_000, 20_000), "x has more than 25,000,000 pixels; save a smaller picture"),
        (bytes(1_000_001), "x has more than 1,000,000 bytes; save a smaller picture"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(""),
            "x declares entities; save it as plain SVG",
        ),
        (svg("<g>" * 400 + "</g>" * 400), "x "),
    ],
)
def test_a_bad_file_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        read(data, "x")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_large_picture_takes_neither_long_nor_much(tmp_path: Path) -> None:
    large = BytesIO()
    Image.new("RGB", (5000, 5000), "white").save(large, "PNG")
    many = SVG.format((RECT.format('fill="url(#a)"')) * 4000)
    deep = SVG.format("<g>" * 240 + RECT.format("") * 500 + "</g>" * 240)
    files = {
        "large": large.getvalue(),
        "bomb": _bomb(2**31 - 1, 2**31 - 1),
        "many": many.encode(),
        "deep": deep.encode(),
    }
    told = answers(tmp_path, "logo", files)
    assert (told["large"], told["many"], told["deep"]) == ("read", "read", "read")
    assert told["bomb"].startswith("t has more than 25,000,000 pixels")


def test_it_is_found_by_its_content() -> None:
    for data in (picture("PNG", "#fff"), picture("WEBP", "#fff"), svg("")):
        assert reads(data, "x")
        assert guessed(data, "x") is IMPORTERS["logo"]
    assert reads("\ufeff<?xml version='1.0'?>\n<svg/>".encode("utf-16"), "x")
    assert not reads(b'{"a": "<svg"}', "x.svg")
    assert not reads(b"GIF89a", "x.png")
