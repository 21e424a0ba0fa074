"""The files of an Android app: they parse as resources, and say what the client has decided."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import lxml.etree
import pytest

from studio.client.kinds import TAGS
from studio.exporters.android import DENSITIES, files, qualifier
from studio.exporters.writing import write
from tests.exporters.given import HOSTILE, handover, raster
from tests.exporters.test_literals import read_android

if TYPE_CHECKING:
    from pathlib import Path

    from studio.exporters.handover import Handover
    from tests.samples import Setting

RES = "main/res"
ANDROID = "{http://schemas.android.com/apk/res/android}"
QUALIFIER = re.compile(r"[a-z]{2}(-r[A-Z]{2})?|b\+[a-z]{2}(\+[A-Z][a-z]{3})?(\+[A-Z]{2})?")
"""What Android takes for a language: "Providing resources", table 2."""


def made(settings: dict[str, Setting] | None = None, sample: str = "fakebrand") -> dict[str, bytes]:
    return files(handover(sample, settings, logo=raster()))


def strings(data: bytes) -> dict[str, str]:
    root = lxml.etree.fromstring(data)
    return {each.get("name", ""): read_android(each.text or "") for each in root.iter("string")}


def test_every_xml_file_is_well_formed_and_names_a_resource_once() -> None:
    seen: Counter[tuple[str, str, str]] = Counter()
    for path, data in made().items():
        if not path.endswith(".xml"):
            continue
        root = lxml.etree.fromstring(data)
        assert "/" not in path or re.fullmatch(r"[a-z][a-z0-9_]*\.xml", path.rsplit("/", 1)[1])
        if root.tag == "resources":
            folder = path.rsplit("/", 1)[0]
            named = [each for each in root if isinstance(each.tag, str)]
            seen.update((folder, str(each.tag), str(each.get("name"))) for each in named)
    assert set(seen.values()) == {1}
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]*", name) for _, _, name in seen)


def test_every_reference_leads_somewhere() -> None:
    contents = made()
    there = {"string": set[str](), "color": set[str](), "dimen": set[str](), "bool": set[str]()}
    for path, data in contents.items():
        if path.startswith(f"{RES}/values/"):
            for each in lxml.etree.fromstring(data).iter(*there):
                there[str(each.tag)].add(str(each.get("name")))
    there["color"] |= {name(path) for path in contents if path.startswith(f"{RES}/color/")}
    there["drawable"] = {name(path) for path in contents if path.startswith(f"{RES}/drawable/")}
    text = b"\n".join(data for path, data in contents.items() if path.endswith(".xml")).decode()
    asked = set(re.findall(r"@(string|color|dimen|bool|drawable)/(\w+)", text))
    assert asked
    assert not [each for kind, each in asked if each not in there[kind]]


def name(path: str) -> str:
    return path.rsplit("/", 1)[1].removesuffix(".xml")


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_has_a_folder_that_android_takes(tag: str) -> None:
    assert QUALIFIER.fullmatch(qualifier(tag))
    assert strings(made()[f"{RES}/values-{qualifier(tag)}/strings.xml"])["connect_sign_in"]


def test_folders_are_named_as_android_names_them() -> None:
    assert [
        qualifier(tag) for tag in ("id", "ur-PK", "zh-Hans", "sr-Latn", "sr-Latn-ME", "nb")
    ] == [
        "in",
        "ur-rPK",
        "b+zh+Hans",
        "b+sr+Latn",
        "b+sr+Latn+ME",
        "nb",
    ]


def test_values_hold_the_settings_and_debug_those_of_staging() -> None:
    settings: dict[str, Setting] = {
        "registration.redirect_uris.staging": ["fakebrand-try://connect/back"]
    }
    contents = made(settings)
    used = strings(contents[f"{RES}/values/strings.xml"])
    tried = strings(contents["debug/res/values/strings.xml"])
    assert used["connect_client_id"] == tried["connect_client_id"] == "fakebrand"
    assert used["connect_redirect_uri"] == "fakebrand://connect/oauth2callback"
    assert used["connect_redirect_uri_scheme"] == "fakebrand"
    assert tried["connect_redirect_uri"] == "fakebrand-try://connect/back"
    assert tried["connect_redirect_uri_scheme"] == "fakebrand-try"
    assert (tried["connect_redirect_uri_host"], tried["connect_redirect_uri_path"]) == (
        "connect",
        "/back",
    )
    assert set(tried) <= set(used)


def test_a_language_without_a_message_takes_the_one_that_stands_in() -> None:
    contents = made({"branding.message.nb": None, "language.default": "da"})  # type: ignore[dict-item]  # None removes
    assert "connect_message" not in strings(contents[f"{RES}/values-nb/strings.xml"])
    otherwise = strings(contents[f"{RES}/values/strings.xml"])["connect_message"]
    assert otherwise == strings(contents[f"{RES}/values-da/strings.xml"])["connect_message"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_is_the_same_text_to_android(text: str) -> None:
    contents = made({"branding.message.en": text, "registration.name": text.replace("\n", " ")})
    assert strings(contents[f"{RES}/values/strings.xml"])["connect_message"] == text


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"flow.level": 2}, 'val level = "2"'),
        ({"flow.force.phone": "+4799912345"}, '"login_hint" to "+4799912345"'),
        ({"session.max_age": 60}, '"max_age" to "60"'),
        ({"session.prompt": ["no_seam"]}, '"prompt" to "no_seam"'),
        ({"flow.require_email": True}, 'button.setClaims(Claims("email"))'),
        ({"registration.scopes": ["openid", "a$b"]}, r'arrayOf("openid", "a\$b")'),
        ({"entry.browser": "web-view"}, "button: ConnectWebViewLoginButton"),
        ({"registration.confidential": True}, "fun code(intent: Intent): String?"),
    ],
)
def test_kotlin_says_what_the_client_has_decided(
    settings: dict[str, Setting], expected: str
) -> None:
    code = made(settings)["ConnectSignIn.kt"].decode()
    assert expected in code
    assert balanced(code)


def test_kotlin_says_nothing_that_the_client_has_not_decided() -> None:
    code = made({"language.by_request": False})["ConnectSignIn.kt"].decode()
    assert not re.search("login_hint|setClaims|addLoginParameters|setLocales|Locale", code)
    assert balanced(code)
    assert "\n\n\n" not in code


def balanced(code: str) -> bool:
    """Tell whether every bracket outside of literals and comments is closed."""
    bare = re.sub(r'"(\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', "", code, flags=re.DOTALL)
    pairs = {")": "(", "]": "[", "}": "{"}
    opened: list[str] = []
    for char in bare:
        if char in pairs.values():
            opened.append(char)
        elif char in pairs and (not opened or opened.pop() != pairs[char]):
            return False
    return not opened


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("fakebrand://connect/cb", {"scheme", "host", "path"}),
        ("fakebrand:/cb", {"scheme"}),
        ("https://fakebrand.example/cb", {"scheme", "host", "path", "verified"}),
    ],
)
def test_the_intent_filter_takes_the_answer_and_nothing_more(uri: str, expected: set[str]) -> None:
    names = "registration.redirect_uris"
    contents = made({f"{names}.production": [uri], f"{names}.staging": [uri]})
    (chosen,) = lxml.etree.fromstring(contents["AndroidManifest.xml"]).iter("intent-filter")
    (data,) = chosen.iter("data")
    found = {str(name).removeprefix(ANDROID) for name in data.attrib}
    verified = {"verified"} if chosen.get(f"{ANDROID}autoVerify") == "true" else set()
    assert found | verified == expected


def test_logos_are_in_the_folders_of_their_densities() -> None:
    pictures = {path for path in made() if path.endswith(".png")}
    assert pictures == {f"{RES}/drawable-{each}/connect_logo.png" for each in DENSITIES}


def test_a_client_without_a_logo_has_none() -> None:
    given = handover()
    bare = without_logo(given)
    assert not [path for path in files(bare) if path.endswith(".png")]


def without_logo(given: Handover) -> Handover:
    return replace(given, hosted=replace(given.hosted, logo=None))


@pytest.mark.skipif(shutil.which("aapt2") is None, reason="Android's own tool is not there")
@pytest.mark.parametrize("text", ["Welcome", *HOSTILE])
def test_androids_own_tool_takes_the_resources(text: str, tmp_path: Path) -> None:
    write(made({"branding.message.en": text}), tmp_path)
    for folder in ("main", "debug"):
        command = ["aapt2", "compile", "--dir", f"{folder}/res", "-o", f"{folder}.zip"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
