"""What an iOS app needs to sign people in: Swift, Info.plist entries, assets, texts.

The code is for the SDK of version 1.4, whose names the documentation gives. Everything for trying
out is behind `#if DEBUG`.
"""

from __future__ import annotations

import json
import plistlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.client.choices import Browser
from studio.exporters.asking import MEANINGS, app_addresses, asked, facts
from studio.exporters.labels import message_in, message_otherwise, sign_in_label
from studio.exporters.literals import localizable, swift
from studio.exporters.logos import sized
from studio.exporters.schemes import CORNER, DISABLED, DISABLED_INK, HEIGHT, SCHEMES, TEXT_SIZE
from studio.exporters.templates import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.client.model import Client
    from studio.exporters.handover import Handover

SDK = "1.4.9"
SCALES = (1.0, 2.0, 3.0)
"""Pixels to a point."""
_ASSETS = "Connect.xcassets"
_INFO = {"author": "xcode", "version": 1}


def files(handover: Handover) -> dict[str, bytes]:
    """Return the files of an iOS app, by path.

    Raises:
        RenderError: The logo is a drawing and could not be drawn.
    """
    client = handover.hosted.client
    logo = _logo(handover)
    return {
        **{
            f"{tag}.lproj/Localizable.strings": _texts(client, tag).encode()
            for tag in client.language.offered
        },
        f"{_ASSETS}/Contents.json": _json({"info": _INFO}),
        **dict(_colours(handover)),
        **logo,
        "ConnectSignIn.swift": _code(client).encode(),
        "Info.plist": plistlib.dumps(_plist(client), sort_keys=True),
        "Podfile": rendered("ios/Podfile.jinja", version=SDK).encode(),
        "README.md": _readme(client, logo=bool(logo)).encode(),
    }


def _texts(client: Client, tag: str) -> str:
    """Return the texts of a language; one that is missing would be shown as its key."""
    message = message_in(client, tag) or message_otherwise(client)
    entries = [("The label of the sign-in button.", "connect.sign-in", sign_in_label(tag))]
    if message is not None:
        entries.append(("The service's short message.", "connect.message", message))
    return rendered(
        "ios/Localizable.strings.jinja",
        entries=[(about, localizable(key), localizable(text)) for about, key, text in entries],
    )


def _code(client: Client) -> str:
    wanted, own = asked(client).written(swift), app_addresses(client)
    return rendered(
        "ios/ConnectSignIn.swift.jinja",
        asked=wanted,
        hint=wanted.hints[0] if wanted.hints else "",
        meaning=MEANINGS[client.flow.level],
        client_id=swift(client.registration.id),
        staging=swift(own.staging),
        production=swift(own.production),
        web_view=client.entry.browser is Browser.WEB_VIEW,
        confidential=client.registration.confidential,
        scheme=SCHEMES[client.entry.button.scheme].camel,
        edge=SCHEMES[client.entry.button.scheme].edge,
        corner=CORNER,
        height=HEIGHT,
        text=TEXT_SIZE,
    )


def _plist(client: Client) -> dict[str, object]:
    own = app_addresses(client)
    schemes = {urlsplit(uri).scheme for uri in (own.production, own.staging)}
    schemes -= {"http", "https", "urn"}
    entries: dict[str, object] = {
        "CFBundleDevelopmentRegion": client.language.default,
        "CFBundleLocalizations": list(client.language.offered),
    }
    if schemes:
        entries["CFBundleURLTypes"] = [
            {
                "CFBundleTypeRole": "Editor",
                "CFBundleURLName": client.registration.id,
                "CFBundleURLSchemes": sorted(schemes),
            }
        ]
    return entries


def _colours(handover: Handover) -> Iterator[tuple[str, bytes]]:
    for name, value in _palette(handover).items():
        path = f"{_ASSETS}/Connect{name}.colorset/Contents.json"
        yield path, _json({"colors": [_colour(value)], "info": _INFO})


def _palette(handover: Handover) -> Mapping[str, str]:
    """Return colours as `#rrggbb`, by the last part of their names."""
    hosted = handover.hosted
    palette = {
        "Header": hosted.client.branding.header.main().hex(),
        "HeaderInk": hosted.variables["--header-ink"],
        "Focus": hosted.variables["--focus"],
        "Disabled": DISABLED,
        "DisabledInk": DISABLED_INK,
    }
    for scheme in SCHEMES.values():
        name = scheme.camel
        palette |= {
            name: scheme.background,
            f"{name}Pressed": scheme.pressed,
            f"{name}Ink": scheme.ink,
            **({f"{name}Edge": scheme.edge} if scheme.edge else {}),
        }
    return palette


def _colour(value: str) -> dict[str, object]:
    parts = {"red": value[1:3], "green": value[3:5], "blue": value[5:7]}
    components = {name: f"0x{digits.upper()}" for name, digits in parts.items()}
    asset = {"color-space": "srgb", "components": {"alpha": "1.000", **components}}
    return {"color": asset, "idiom": "universal"}


def _logo(handover: Handover) -> dict[str, bytes]:
    folder = f"{_ASSETS}/ConnectLogo.imageset"
    pictures = {f"connect-logo@{one.scale:g}x.png": one for one in sized(handover, SCALES)}
    if not pictures:
        return {}
    images = [
        {"filename": name, "idiom": "universal", "scale": f"{one.scale:g}x"}
        for name, one in pictures.items()
    ]
    return {
        f"{folder}/Contents.json": _json({"images": images, "info": _INFO}),
        **{f"{folder}/{name}": one.png for name, one in pictures.items()},
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def _readme(client: Client, *, logo: bool) -> str:
    return rendered(
        "ios/README.md.jinja",
        **facts(client),
        logo=logo,
        version=SDK,
    )
