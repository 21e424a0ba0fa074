"""The files of an iOS app: they parse, and say what the client has decided."""

from __future__ import annotations

import json
import plistlib
import re
from typing import TYPE_CHECKING

import pytest

from studio.client.kinds import TAGS
from studio.exporters.ios import files
from tests.exporters.given import HOSTILE, handover, raster
from tests.exporters.test_android import balanced, without_logo

if TYPE_CHECKING:
    from tests.samples import Setting

LINE = re.compile(r'/\* .* \*/|("(?:\\.|[^"\\])*") = ("(?:\\.|[^"\\])*");')


def made(
    settings: dict[str, Setting] | None = None, sample: str = "hipstagram"
) -> dict[str, bytes]:
    return files(handover(sample, settings, logo=raster()))


def strings(data: bytes) -> dict[str, str]:
    """Read a `.strings` file line by line; another line than such is a mistake."""
    found = [LINE.fullmatch(line) for line in data.decode().splitlines()]
    assert all(found)
    pairs = [each.groups() for each in found if each and each[1]]
    return {plain(key): plain(value) for key, value in pairs}


def plain(literal: str) -> str:
    return str(json.loads(literal.replace(r"\U", r"\u")))


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_has_its_texts(tag: str) -> None:
    texts = strings(made()[f"{tag}.lproj/Localizable.strings"])
    assert set(texts) == {"connect.sign-in", "connect.message"}
    assert all(texts.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_is_the_same_text_to_ios(text: str) -> None:
    contents = made({"branding.message.en": text, "registration.name": text.replace("\n", " ")})
    assert strings(contents["en.lproj/Localizable.strings"])["connect.message"] == text


def test_a_language_without_a_message_has_the_one_that_stands_in() -> None:
    contents = made({"branding.message.nb": None})  # type: ignore[dict-item]  # None removes
    one, other = (strings(contents[f"{tag}.lproj/Localizable.strings"]) for tag in ("nb", "en"))
    assert one["connect.message"] == other["connect.message"]


def test_the_property_list_names_the_apps_own_schemes() -> None:
    names = "registration.redirect_uris"
    entries = plistlib.loads(made({f"{names}.staging": ["hipstagram-try://cb"]})["Info.plist"])
    (kind,) = entries["CFBundleURLTypes"]
    assert kind["CFBundleURLSchemes"] == ["hipstagram", "hipstagram-try"]
    assert entries["CFBundleLocalizations"] == list(TAGS)


def test_the_property_list_names_no_scheme_of_the_web() -> None:
    names = "registration.redirect_uris"
    uris: Setting = ["https://hipstagram.example/cb"]
    contents = made({f"{names}.production": uris, f"{names}.staging": uris})
    assert "CFBundleURLTypes" not in plistlib.loads(contents["Info.plist"])
    assert "associated domains" in contents["README.md"].decode()


def test_every_asset_parses_and_its_files_are_there() -> None:
    contents = made()
    for path, data in contents.items():
        if not path.endswith("Contents.json"):
            continue
        value = json.loads(data)
        assert value["info"] == {"author": "xcode", "version": 1}
        folder = path.rsplit("/", 1)[0]
        for image in value.get("images", ()):
            assert contents[f"{folder}/{image['filename']}"].startswith(b"\x89PNG")
        for colour in value.get("colors", ()):
            parts = colour["color"]["components"]
            assert all(
                re.fullmatch("0x[0-9A-F]{2}", parts[one]) for one in ("red", "green", "blue")
            )


def test_every_colour_that_swift_names_is_in_the_catalogue() -> None:
    contents = made()
    code = contents["ConnectSignIn.swift"].decode()
    named = set(re.findall(r'"(Connect[A-Z]\w+)"', code))
    assert {"ConnectBlue", "ConnectBluePressed", "ConnectDisabled"} <= named
    assert all(f"Connect.xcassets/{one}.colorset/Contents.json" in contents for one in named)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"flow.level": 2}, 'static let level = "2"'),
        ({"flow.force.phone": "+4799912345"}, '"login_hint": "+4799912345",'),
        ({"session.max_age": 60}, '"max_age": "60",'),
        ({"flow.require_email": True}, 'claims: ["email"],'),
        ({"entry.browser": "web-view"}, "webView: true,"),
        ({"registration.confidential": True}, "isPublicClient: false"),
        ({"registration.scopes": ["openid", "a(b"]}, '["openid", "a(b"]'),
    ],
)
def test_swift_says_what_the_client_has_decided(
    settings: dict[str, Setting], expected: str
) -> None:
    code = made(settings)["ConnectSignIn.swift"].decode()
    assert expected in code
    assert balanced(code)


def test_swift_says_nothing_that_the_client_has_not_decided() -> None:
    code = made({"language.by_request": False})["ConnectSignIn.swift"].decode()
    assert not re.search("login_hint|claims:|ui_locales|Locale|isPublicClient", code)
    assert balanced(code)


def test_a_client_without_a_logo_has_none() -> None:
    assert not [path for path in files(without_logo(handover())) if "ConnectLogo" in path]
