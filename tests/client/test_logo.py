from __future__ import annotations

import base64
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from studio.client.logo import LogoError, load_logo, read_logo
from studio.client.samples import sample_path
from studio.client.svg_allowed import ATTRIBUTES, ELEMENTS, FUNCTIONS, PROPERTIES

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"'
XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def picture(kind: str, size: tuple[int, int] = (20, 10), **options: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "orange").save(file, kind, **options)
    return file.getvalue()


def cleaned(svg: str) -> tuple[str, tuple[str, ...]]:
    logo = read_logo(svg.encode(), "x.svg")
    again = read_logo(logo.data, "x.svg")
    assert (again.data, again.removed) == (logo.data, ())
    return logo.data.decode(), logo.removed


def refused(data: bytes | str) -> str:
    with pytest.raises(LogoError) as caught:
        read_logo(data.encode() if isinstance(data, str) else data, "x")
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")],
)
def test_pictures_are_told_by_their_content(tmp_path: Path, kind: str, media_type: str) -> None:
    path = tmp_path / "logo.txt"
    path.write_bytes(picture(kind))
    logo = load_logo(path)
    assert (logo.media_type, logo.width, logo.height) == (media_type, 20, 10)
    assert logo.data == path.read_bytes()


def test_a_photo_taken_on_its_side_has_the_size_that_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = read_logo(picture("JPEG", exif=exif), "x.jpg")
    assert (logo.width, logo.height) == (10, 20)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.4", b"\x00\xff", b"hello", b"\x1f\x8b"])
def test_other_files_are_refused(data: bytes) -> None:
    assert "x is not a PNG, JPEG, WebP or SVG picture" in refused(data)


def test_a_gif_is_refused() -> None:
    assert "is not a PNG, JPEG, WebP or SVG picture" in refused(picture("GIF"))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animated_pictures_are_refused(kind: str) -> None:
    second = Image.new("RGB", (20, 10), "blue")
    data = picture(kind, save_all=True, append_images=[second], duration=100)
    assert refused(data) == "x is animated; save one picture of it"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_truncated_pictures_are_refused(kind: str, share: float) -> None:
    data = picture(kind, (200, 100))
    assert refused(data[: int(len(data) * share)]) == "x is a broken picture; save it again"


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(12, 400), st.binary(max_size=9))
def test_broken_pictures_bring_nothing_but_a_logo_error(kind: str, at: int, junk: bytes) -> None:
    data = picture(kind)
    with suppress(LogoError):
        read_logo(data[:at] + junk + data[at + len(junk) :], "x")


@pytest.mark.parametrize("size", [(5001, 5000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_decoding(size: tuple[int, int]) -> None:
    # The data is far too short for the size: decoding would say that it is broken.
    assert refused(_bomb(*size)) == "x has more than 25,000,000 pixels; save a smaller picture"


def _bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def test_too_many_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(picture("PNG") + bytes(1_000_000))
    with pytest.raises(LogoError, match="x has more than 1,000,000 bytes"):
        load_logo(path)


def test_a_missing_file_is_a_logo_error(tmp_path: Path) -> None:
    with pytest.raises(LogoError, match=r"none\.svg cannot be read: No such file"):
        load_logo(tmp_path / "none.svg")


def test_the_sample_loses_nothing() -> None:
    logo = load_logo(sample_path("fakebrand").with_name("fakebrand.svg"))
    assert (logo.media_type, logo.width, logo.height) == ("image/svg+xml", 200, 40)
    assert logo.removed == ()
    assert b"FakeBrand" in logo.data


@pytest.mark.parametrize(
    ("content", "removed"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
        ('<script href="https://a.example/x.js"/>', "<script>"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg">a()</x:script>', "<x:script>"),
        ('<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="a()"/>', "<h:img>"),
        ("<foreignObject><b>x</b></foreignObject>", "<foreignObject>"),
        ('<iframe src="https://a.example"/>', "<iframe>"),
        ('<animate attributeName="href" values="javascript:a()"/>', "<animate>"),
        ('<set attributeName="onmouseover" to="a()"/>', "<set>"),
        ('<feImage href="https://a.example/x.svg"/>', "<feImage>"),
        ("<handler>a()</handler>", "<handler>"),
        ('<rect onclick="a()"/>', "attribute onclick on <rect>"),
        ('<g onload="a()"/>', "attribute onload on <g>"),
        ('<rect ONCLICK="a()"/>', "attribute ONCLICK on <rect>"),
        ('<g xml:base="https://a.example/"/>', "attribute namespace:base on <g>"),
        ('<g xmlns:i="http://a.example/ns/editor" i:x="1"/>', "attribute editor:x on <g>"),
        ('<use href="https://a.example/x.svg#a"/>', 'reference to "https://a.example/x.svg#a" on'),
        ('<use xlink:href="data:image/svg+xml,x"/>', 'reference to "data:image/svg+xml,x" on'),
        ('<image href="https://a.example/x.png"/>', 'reference to "https://a.example/x.png" on'),
        ('<image href="//a.example/x.png"/>', 'reference to "//a.example/x.png" on'),
        ('<image href="x.png"/>', 'reference to "x.png" on <image>'),
        ('<image href="file:///etc/passwd"/>', 'reference to "file:///etc/passwd" on'),
        ('<image href="data:image/png;base64,AAAA"/>', 'reference to "data:image/png;base64'),
        ('<image href="data:image/png;base64,A"/>', 'reference to "data:image/png;base64'),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', 'reference to "data:image/svg+xml'),
        ('<a href="javascript:a()"><rect/></a>', 'reference to "javascript:a()" on <g>'),
        ("<a><rect/></a>", "<a> (its content stays)"),
        ('<rect fill="url(https://a.example#y)"/>', 'reference to "https://a.example#y" in fill'),
        ("<rect fill=\"url('//a.example/#y')\"/>", "//a.example/#y"),
        ('<rect fill="u\\72l(https://a.example)"/>', 'reference to "https://a.example" in fill'),
        ('<rect fill="/**/url( https://a.example )"/>', 'reference to "https://a.example" in fill'),
        ('<rect fill="image(x.png)"/>', "function image() in fill on <rect>"),
        ('<rect fill="url(&#10;x)"/>', 'reference to "x" in fill'),
        ('<rect mask="url(x.svg#m)"/>', 'reference to "x.svg#m" in mask'),
        ('<rect cursor="url(x.cur)"/>', "attribute cursor on <rect>"),
        (f'<rect fill="{"calc(" * 50}"/>', "too deeply nested value in fill"),
        ('<rect style="fill:url(https://a.example)"/>', 'reference to "https://a.example" in fill'),
        ('<rect style="background:url(x)"/>', "property background on <rect>"),
        ('<rect style="-moz-binding:url(x)"/>', "property -moz-binding on <rect>"),
        ('<rect style="behavior:url(x)"/>', "property behavior on <rect>"),
        ('<rect style="--x:url(x)"/>', "property --x on <rect>"),
        ('<rect style="fill:expression(a())"/>', "function expression() in fill"),
        ('<rect style="fill:red;}"/>', "broken declaration on <rect>"),
        (f'<rect style="fill:{"(" * 5000}"/>', "too deeply nested style on <rect>"),
        ("<style>@import 'https://a.example/x.css';</style>", "@import in <style>"),
        ("<style>@IMPORT url(x.css);</style>", "@IMPORT in <style>"),
        ("<style>@font-face{src:url(x.woff)}</style>", "@font-face in <style>"),
        ("<style>a{fill:url(https://a.example)}</style>", 'reference to "https://a.example" in'),
        ("<style>a{b{fill:red}}</style>", "broken declaration in <style>"),
        (f"<style>{'a{' * 500}</style>", "too deeply nested style in <style>"),
        ('<style><rect onclick="a()"/></style>', "element in <style>"),
        ("<metadata>x</metadata>", "<metadata>"),
        ("&nbsp;", "entity &nbsp;"),
        ("<?xml-stylesheet href='x.css'?>", "processing instruction"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_removed_and_told(content: str, removed: str) -> None:
    doctype = '<!DOCTYPE svg PUBLIC "x" "https://a.example/x.dtd">' if "&nbsp" in content else ""
    text, told = cleaned(f"{doctype}{SVG}{XLINK}><g>{content}</g></svg>")
    assert any(removed in thing for thing in told), told
    assert_safe(text)


def assert_safe(text: str) -> None:
    """Look at the result in another way than the cleaner does."""
    root = etree.fromstring(text.encode())
    for node in root.iter():
        name = etree.QName(node)
        assert name.namespace == "http://www.w3.org/2000/svg"
        assert name.localname in ELEMENTS
        for key, value in node.attrib.items():
            assert not str(key).lower().startswith("on")
            if str(key).endswith("href"):
                assert str(value).startswith(("#", "data:image/"))
    low = text.lower().replace("http://www.w3.org/", "")
    for nasty in ("<script", "http:", "https:", "//a", "file:", "@import", "\\72"):
        assert nasty not in low


def test_text_around_a_removed_element_stays() -> None:
    text, _ = cleaned(f"{SVG}><text>a<script/>b<tspan/>c<script/>d</text></svg>")
    assert "<text>ab<tspan/>cd</text>" in text


def test_what_a_drawing_needs_stays() -> None:
    png = base64.b64encode(picture("PNG")).decode()
    content = (
        '<title>A &amp; B</title><defs><linearGradient id="g"><stop offset="0" stop-color="red"/>'
        '</linearGradient></defs><style>.a{fill:url("#g") !important;stroke:#fff}</style>'
        '<path class="a" d="M0 0h1" transform="translate(1 2) rotate(3)" fill="url(#g)"/>'
        '<use href="#g"/><use xlink:href="#g"/><g style="fill:red;opacity:.5"/>'
        f'<image width="1" height="1" href="data:image/png;base64,{png}"/>'
    )
    text, told = cleaned(f"{SVG}{XLINK}>{content}</svg>")
    assert told == ()
    for part in ("A &amp; B", 'fill="url(#g)"', "!important", 'xlink:href="#g"', png, "rotate(3)"):
        assert part in text


def test_an_embedded_picture_must_be_what_it_says() -> None:
    jpeg = base64.b64encode(picture("JPEG")).decode()
    _, told = cleaned(f'{SVG}><image href="data:image/png;base64,{jpeg}"/></svg>')
    assert told[0].startswith("reference to")


def test_an_embedded_picture_may_not_be_a_bomb() -> None:
    bomb = base64.b64encode(_bomb(20_000, 20_000)).decode()
    _, told = cleaned(f'{SVG}><image href="data:image/png;base64,{bomb}"/></svg>')
    assert told[0].startswith("reference to")


def test_a_document_type_is_left_out_and_nothing_is_fetched() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "x" "https://a.example/x.dtd">'
    text, told = cleaned(f'<?xml version="1.0" encoding="latin1"?>{doctype}{SVG}/>')
    assert told == ("<!DOCTYPE>",)
    assert text.startswith("<svg")


def test_attributes_of_a_document_type_are_cleaned_too() -> None:
    text, _ = cleaned(f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "a()">]>{SVG}/>')
    assert "onload" not in text


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}>&a;</svg>', "declares entities"),
        (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{SVG}>&a;</svg>', "declares"),
        (f'<!DOCTYPE svg [<!ENTITY % a SYSTEM "x">%a;]>{SVG}/>', "declares entities"),
        (f'<!DOCTYPE svg [<!ENTITY l0 "ha">{_LAUGHS}]>{SVG} id="&l11;"/>', "declares entities"),
        ("<svg/>", 'lacks xmlns="http://www.w3.org/2000/svg"'),
        ("<html/>", "is not SVG: it begins with <html>"),
        ("<svg", "is not well-formed SVG"),
        (f"{SVG}><g></svg>", "is not well-formed SVG"),
        (f"{SVG}>{'<g>' * 300}", "Excessive depth"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "has no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="0"/>', "has no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e400 1"/>', "has no size"),
        (f'{SVG} width="90000" height="90000"/>', "more than 25,000,000 pixels"),
        (f'{SVG}><g id="a"><use href="#a"/></g></svg>', "inside of itself"),
        (f'{SVG}><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>', "itself"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(svg: str, sentence: str) -> None:
    message = refused(svg)
    assert sentence in message
    assert "\n" not in message


def test_copies_of_copies_are_counted() -> None:
    parts = [f'<g id="g{n}">{f"<use href='#g{n + 1}'/>" * 10}</g>' for n in range(8)]
    assert "draws more than 10,000 parts" in refused(f"{SVG}>{''.join(parts)}</svg>")


def test_a_second_part_of_the_same_id_hides_no_copies() -> None:
    many = f'<g id="a">{"<rect/>" * 200}</g><g id="a"/>'
    assert "draws more" in refused(f"{SVG}>{many}{'<use href="#a"/>' * 200}</svg>")


def test_a_long_chain_of_copies_is_refused_and_not_followed_for_ever() -> None:
    chain = "".join(f'<use id="u{n}" href="#u{n + 1}"/>' for n in range(2000))
    assert "too deeply" in refused(f"{SVG}>{chain}</svg>")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 200 40"', (200, 40)),
        ('viewBox="0,0,200,40" width="100"', (100, 20)),
        ('viewBox="0 0 200 40" height="10px"', (50, 10)),
        ('viewBox="0 0 200 40" width="100%" height="auto"', (200, 40)),
        ('width="2in" height="72pt"', (192, 96)),
        ('width="25.4mm" height="2.54cm"', (96, 96)),
        ('viewBox="0 0 .5 .1"', (1, 1)),
    ],
)
def test_the_size_of_an_svg_is_in_css_pixels(attributes: str, size: tuple[int, int]) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'
    logo = read_logo(svg.encode(), "x.svg")
    assert (logo.width, logo.height) == size
    assert b"viewBox" in logo.data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_svg_is_read_in_unicode(encoding: str) -> None:
    logo = read_logo(f"{SVG}><title>خوش</title></svg>".encode(encoding), "x.svg")
    assert "خوش" in logo.data.decode()


_NAMES = st.sampled_from(["rect", "script", "g", "a", "use", "image", "style", "x:y", "animate"])
_VALUES = st.sampled_from(
    ["#a", "x", "url(x)", "url(#a)", "javascript:a()", "fill:red", "u\\72l(x)", "&#106;avascript:"]
)
_KEYS = st.sampled_from(["href", "xlink:href", "onload", "style", "fill", "id", "x:href"])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(_NAMES, st.dictionaries(_KEYS, _VALUES)), max_size=6))
def test_no_mixture_of_parts_gets_through(parts: list[tuple[str, dict[str, str]]]) -> None:
    content = "".join(
        f"<{name} {' '.join(f'{key}="{value}"' for key, value in attributes.items())}>x</{name}>"
        for name, attributes in parts
    )
    try:
        text, _ = cleaned(f'{SVG}{XLINK} xmlns:x="http://a.example/">{content}</svg>')
    except LogoError:
        return
    assert_safe(text)
    assert "url(x)" not in text


def test_the_lists_hold_nothing_that_runs_or_refers() -> None:
    assert not ELEMENTS & {"script", "foreignObject", "feImage", "animate", "set", "iframe", "a"}
    assert not any(name.startswith("on") or "href" in name for name in ATTRIBUTES)
    assert not PROPERTIES & {"behavior", "-moz-binding", "cursor", "background", "content", "src"}
    assert not FUNCTIONS & {"image", "image-set", "src", "element", "expression", "var", "attr"}
