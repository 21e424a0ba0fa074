"""What `export --to config` writes, taken over: good ones are in tests/exporters/test_config.py."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.client.file import parse
from studio.exporters import config as exporter
from studio.importers import ImportFileError, guessed
from studio.importers.config import read
from tests.exporters.handovers import sample
from tests.importers.limited import answers

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST = {
    "version": 1,
    "registration": {
        "id": "a",
        "name": "A",
        "redirect_uris": {"production": ["https://a.example/back"]},
    },
}
YAML = """\
version: 1
registration:
  id: a
  name: A
  redirect_uris: {production: [https://a.example/back]}
"""


def refused(content: object, name: str = "t.json") -> str:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(ImportFileError) as caught:
        read(data, name)
    return str(caught.value)


def with_logo(data: bytes, **others: object) -> dict[str, object]:
    logo = {
        "media_type": "image/png",
        "sha256": sha256(data).hexdigest(),
        "base64": b64encode(data).decode(),
    }
    return {**SMALLEST, "logo": {**logo, **others}}


def png(side: int = 4) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_configuration_need_not_name_what_has_its_default() -> None:
    for content, name in ((json.dumps(SMALLEST), "t.json"), (YAML, "t.yaml")):
        taken = read(content.encode(), name)
        assert parse(taken.text, "t").registration.id == "a"
        assert (taken.logo, taken.logo_name, taken.left_out) == (None, None, ())


def test_a_logo_without_a_path_is_named_after_the_client() -> None:
    taken = read(json.dumps(with_logo(png())).encode(), "t.json")
    assert (taken.logo, taken.logo_name) == (png(), "a.png")
    assert parse(taken.text, "t").branding.logo == "a.png"


def test_a_logo_that_is_only_named_is_told() -> None:
    content = {**SMALLEST, "branding": {"logo": "a.svg"}}
    taken = read(json.dumps(content).encode(), "t.json")
    assert taken.left_out == (
        "/branding/logo: a.svg itself is not in the file; name it when it is there",
    )
    assert parse(taken.text, "t").branding.logo is None


def test_what_is_not_allowed_in_svg_is_taken_away_and_told() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'
    content = with_logo(svg, media_type="image/svg+xml")
    taken = read(json.dumps(content).encode(), "t.json")
    assert taken.logo is not None
    assert b"script" not in taken.logo
    assert "script" in taken.left_out[0]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "t.json:1:1 the file has to hold keys and values"),
        (b"{", "t.json:1:2 this is not JSON: expecting property name enclosed in double quotes"),
        (b'{"version": 1,\n "registration": {"id"', "t.json:2:23 this is not JSON: expecting ':' "),
        (b'{"a": 1, "a": 2}', "t.json: /a: the key is there twice; remove one"),
        (b'{"a": NaN}', "t.json: /a: is not a number that can be taken over"),
        (b'{"a": 1e999999999999999999999999999999}', "t.json: /a: is not a number that"),
        (b'{"a": ' + b"9" * 5000 + b"}", "t.json: /a: is not a number that can be taken over"),
        (b'{"a": "\\ud800"}', "t.json: /a: holds half of a character (a lone surrogate)"),
        (b'{"a~/b": "\\ud800"}', "t.json: /a~0~1b: holds half of a character"),
        (b'{"a": "\xff"}', "t.json:1:8 is not UTF-8 here; save it as UTF-8"),
        (b'{"a":\n' + b"[" * 30, "t.json:2:20 the nesting is deeper than 20 levels"),
        ({"a": [0] * 1001}, "t.json: /a: has 1001 entries; at most 1000 are allowed"),
        ({**SMALLEST, "version": 2}, "t.json: /version: must be 1, not "),
        ({**SMALLEST, "colour": "red"}, "t.json: /colour: unknown key; allowed: version, "),
        ({**SMALLEST, "flow": []}, "t.json: /flow: must be a section of keys and values"),
        ({**SMALLEST, "flow": {"level": True}}, 't.json: /flow/level: "true" is not allowed; '),
        ({"version": 1}, "t.json: /registration: is missing; it has no default"),
        ({**SMALLEST, "logo": "a"}, "t.json: /logo: must be a section with media_type, sha256 and"),
        ({**SMALLEST, "logo": {}}, "t.json: /logo/base64: is missing; it holds the picture"),
        ({**SMALLEST, "logo": {"base64": "a?"}}, "t.json: /logo/base64: is not base64"),
        ({**SMALLEST, "logo": {"base64": "é"}}, "t.json: /logo/base64: is not base64"),
        ({**SMALLEST, "logo": {"colour": "a"}}, "t.json: /logo/colour: unknown key; allowed: "),
        (with_logo(png(), sha256="0" * 64), "t.json: /logo/sha256: is not that of the picture"),
        (with_logo(png(), media_type="image/jpeg"), "t.json: /logo/media_type: the picture is of"),
        (with_logo(b"no picture"), "t.json: /logo/base64: the picture "),
    ],
)
def test_bad_json_is_refused_with_its_place(content: object, line: str) -> None:
    told = refused(content)
    assert told.startswith(line)
    assert "\n" not in told


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("- a", "t.yaml:1:1 the file has to hold keys and values"),
        ("version: 1\nregistration: [", "t.yaml:3:1 this is not YAML: "),
        ("a: &b [*b]", "t.yaml:1:4 an anchor (&name) is not allowed; remove it (and 1 more)"),
        ("a: !!python/object:os.system x", "t.yaml:1:4 a tag (!name) is not allowed; remove it"),
        ("a: 1\n---\nb: 1", "t.yaml:2:1 a second document begins here"),
        ("a: 1\na: 2", "t.yaml:2:1 a: the key is there twice"),
        ("a: \x07", "t.yaml:1:4 the character U+0007 is not allowed; remove it"),
        ("a: " + "[" * 30, "t.yaml:1:23 the nesting is deeper than 20 levels"),
        (YAML.replace("id: a", "id: a b"), 't.yaml:3:7 registration.id: "a b" is not a client id'),
        (YAML + "logo:\n  base64: a?\n", "t.yaml:7:11 logo.base64: is not base64"),
    ],
)
def test_bad_yaml_is_refused_with_its_place(content: str, line: str) -> None:
    told = refused(content.encode(), "t.yaml")
    assert told.startswith(line), told
    assert "\n" not in told


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
def test_a_truncated_file_is_refused_wherever_it_ends(suffix: str) -> None:
    content = exporter.files(sample("fakebrand"))[f"fakebrand.config{suffix}"]
    read(content, "t")
    # Without its last line end, or the bracket before it, it is whole or no JSON.
    for at in range(20, len(content) - 2, 211):
        told = refused(content[:at], "t")
        assert told.startswith("t")
        assert "\n" not in told


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([".json", ".yaml"]), st.integers(0, 9000), st.binary(max_size=3))
def test_a_damaged_file_is_refused_in_a_line_or_read(suffix: str, at: int, bytes_: bytes) -> None:
    content = exporter.files(sample("strusic"))[f"strusic.config{suffix}"]
    damaged = content[:at] + bytes_ + content[at + 2 :]
    try:
        text = read(damaged, "t").text
    except ImportFileError as error:
        text = str(error)
        damaged = b""
    assert parse(text, "t") if damaged else "\n" not in text


def test_files_made_to_hurt_are_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    mega = 1_900_000
    hurting = {
        "enormous": b"{" + b" " * 30_000_000 + b"}",
        "open-brackets": b"[" * mega,
        "open-braces": b'{"a":' * (mega // 5),
        "numbers": b'{"a":[' + b"0," * (mega // 2) + b"0]}",
        "objects": b'{"a":[' + b"{}," * (mega // 3) + b"0]}",
        "keys": b"{" + b",".join(b'"%d":0' % i for i in range(mega // 11)) + b"}",
        "open-text": b'{"a":"' + b"\\" * mega,
        "quotes": b'{"a":"' + b'\\"' * (mega // 2),
        "digits": b'{"a":' + b"9" * mega + b"}",
        "long-key": b'{"' + b"k" * mega + b'":1,"version":1}',
        "uris": json.dumps({"redirect_uris": [f"https://a/{i}" for i in range(80_000)]}).encode(),
        "yaml-list": b"a:\n" + b"- b\n" * (mega // 4),
        "yaml-flow": b"a: " + b"[" * mega,
        "yaml-pairs": b"a: {" + b"b, " * (mega // 3),
        "yaml-text": b'a: "' + b"b\n" * (mega // 2),
        "yaml-line": b"a: " + b"b " * (mega // 2) + b"\n c",
        "yaml-block": b"a: |\n" + b" b\n" * (mega // 3) + b"\t-",
        "yaml-keys": b"".join(b"k%d: 1\n" % i for i in range(mega // 12)),
        "yaml-questions": b"? " * (mega // 2),
        "yaml-dashes": b"- " * (mega // 2),
        "yaml-laughs": b"".join(
            b"l%d: &l%d [%s]\n" % (i, i, b",".join([b"*l%d" % (i - 1)] * 9)) for i in range(1, 40)
        ),
        "yaml-comments": b"#\n" * (mega // 2) + b"a: [",
        "logo": json.dumps({**SMALLEST, "logo": {"base64": "A" * mega}}).encode(),
        "picture": json.dumps(with_logo(png(6000))).encode(),
    }
    told = answers(tmp_path, "config", hurting)
    assert "read" not in told.values()
    assert all(one.startswith("t:") for one in told.values()), told


def test_what_a_configuration_looks_like() -> None:
    for name, content in exporter.files(sample("fakebrand")).items():
        found = guessed(content, name)
        assert (found.name if found else None) == (None if "schema" in name else "config")
