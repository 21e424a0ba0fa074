from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest
import tinycss2
from lxml import etree, html
from PIL import Image

from studio.client.choices import ButtonScheme
from studio.exporters.buttons import CSS, INDEX, MANIFEST, Button, buttons, css, kit
from studio.exporters.buttons_drawing import HEIGHT, ROOM
from studio.exporters.buttons_look import State, look
from studio.exporters.buttons_pictures import SCALES
from studio.exporters.labels import sign_in_label
from studio.exporters.schemes import HEIGHT as FACE
from studio.i18n.locales import TAGS
from tests.exporters.given import handover, no_renderer

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def made() -> tuple[Button, ...]:
    return tuple(buttons(TAGS))


@pytest.fixture(scope="module")
def urdu() -> Mapping[str, bytes]:
    return kit(handover(renderer=no_renderer), ["ur-PK"])


def drawing(button: Button) -> etree._Element:
    return etree.fromstring(button.svg().encode())


def test_there_is_a_button_for_each_language_scheme_and_state(made: tuple[Button, ...]) -> None:
    assert len(made) == len({one.svg_file for one in made}) == 14 * 3 * 5


def test_a_drawing_needs_nothing_of_its_viewer(made: tuple[Button, ...]) -> None:
    kinds = {str(each.tag).removeprefix(SVG) for one in made for each in drawing(one).iter()}
    assert kinds == {"svg", "title", "rect", "g", "circle", "path"}
    assert not re.search("font|style|class|filter|href|url", "".join(one.svg() for one in made))


def test_a_drawing_says_its_label(made: tuple[Button, ...]) -> None:
    for one in made:
        root, label = drawing(one), sign_in_label(one.label.tag)
        assert (root.get("role"), root.get("aria-label")) == ("img", label)
        assert (root.findtext(f"{SVG}title"), root.get("lang")) == (label, one.label.tag)


def test_sizes_are_large_enough_and_whole_at_every_scale(made: tuple[Button, ...]) -> None:
    assert FACE >= 48
    for one in made:
        assert drawing(one).get("width") == str(one.label.width)
        assert drawing(one).get("height") == str(HEIGHT)
        for scale in SCALES:
            assert scale.pixels(one.label.width) * HEIGHT == one.label.width * scale.pixels(HEIGHT)


def test_the_label_is_within_the_face(made: tuple[Button, ...]) -> None:
    for label in {one.label for one in made}:
        assert label.baseline + label.outline.top >= ROOM + 5
        assert label.baseline + label.outline.bottom <= ROOM + FACE - 3
        assert label.width - label.outline.width >= 2 * ROOM + 56 + 2 * 18


def test_corners_are_round(made: tuple[Button, ...]) -> None:
    blue = next(one for one in made if one.scheme == "blue")
    (face,) = drawing(blue).findall(f"{SVG}rect[@fill='#007ad0']")
    assert face.get("rx") == "4"


def test_urdu_is_mirrored_and_nothing_else(made: tuple[Button, ...]) -> None:
    for one in made:
        marks = drawing(one).findall(f".//{SVG}circle")
        on_the_right = [float(str(mark.get("cx"))) > one.label.width / 2 for mark in marks]
        assert on_the_right == [one.label.tag == "ur-PK"] * 2


def test_names_are_allowed_as_android_resources(made: tuple[Button, ...]) -> None:
    assert all(re.fullmatch("[a-z][a-z0-9_]*", one.name) for one in made)


def test_pictures_show_the_states(urdu: Mapping[str, bytes]) -> None:
    for scheme in ButtonScheme:
        for state in State:
            name = f"connect_sign_in_{scheme.replace('-', '_')}_{state}.png"
            picture = Image.open(io.BytesIO(urdu[f"png/ur-PK/drawable-xhdpi/{name}"]))
            face = picture.getpixel((2 * ROOM + 12, 2 * ROOM + 8))
            ring = picture.getpixel((picture.width // 2, 1))
            assert face == (*bytes.fromhex(look(scheme, state).face[1:]), 255)
            assert ring == ((0x1F, 0x1F, 0x1F, 255) if state is State.FOCUS else (0, 0, 0, 0))
            assert picture.getpixel((0, 0)) == (0, 0, 0, 0)


def test_the_manifest_is_true(urdu: Mapping[str, bytes]) -> None:
    rows = json.loads(urdu[MANIFEST])["files"]
    assert {row["file"] for row in rows} == set(urdu) - {INDEX, CSS, MANIFEST}
    assert len(rows) == 3 * 5 * (1 + len(SCALES))
    for row in rows:
        assert f"/{row['language']}/" in row["file"]
        assert (
            row["file"]
            .rpartition("/")[2]
            .startswith(f"connect_sign_in_{row['scheme'].replace('-', '_')}_{row['state']}.")
        )
        assert (row["width"], row["height"]) == size(urdu[row["file"]])


def size(data: bytes) -> tuple[int, int]:
    if data.startswith(b"<svg"):
        root = etree.fromstring(data)
        return int(str(root.get("width"))), int(str(root.get("height")))
    return Image.open(io.BytesIO(data)).size


def test_the_kit_is_the_same_bytes_every_time(urdu: Mapping[str, bytes]) -> None:
    assert kit(handover(renderer=no_renderer), ["ur-PK"]) == urdu


def test_the_index_leads_to_what_is_there_without_scripts(urdu: Mapping[str, bytes]) -> None:
    page = html.fromstring(urdu[INDEX].decode())
    ids = {str(one.get("id")) for one in page.iter("*")}
    targets = [one.get("href") or one.get("src") for one in page.iter("a", "link", "img")]
    links = [urldefrag(str(target)) for target in targets]
    files = {link.url for link in links if link.url}
    assert {link.fragment for link in links if link.fragment} <= ids
    assert files == set(urdu) - {INDEX}
    assert not list(page.iter("script"))
    assert {"all", "dark-grey", "light-grey", "blue", "ur-PK"} <= ids


def test_the_index_escapes_the_clients_name() -> None:
    hostile = handover(settings={"registration.name": "<b>Bob's"}, renderer=no_renderer)
    page = html.fromstring(kit(hostile, [])[INDEX].decode())
    assert "On the header of <b>Bob's" in "".join(map(str, page.itertext("p")))
    assert not list(page.iter("b"))


def test_the_style_sheet_has_every_look() -> None:
    sheet = css()
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    assert {rule.type for rule in rules} == {"qualified-rule", "at-rule"}
    for scheme in ButtonScheme:
        for state in State:
            assert look(scheme, state).face in sheet
            assert look(scheme, state).ink in sheet
    for needed in (":hover", ":focus-visible", ":active", ":disabled", "forced-colors: active"):
        assert needed in sheet
    assert "prefers-reduced-motion: no-preference" in sheet
    assert "@import" not in sheet


def test_the_style_sheet_knows_no_left_or_right() -> None:
    physical = (
        r"[\s;{](left|right|width|height|(margin|padding|border)-(left|right|top|bottom))\s*:"
    )
    assert not re.findall(physical, re.sub(r"@media.*", "", css()))
