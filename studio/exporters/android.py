"""What an Android app needs to sign people in: resources, manifest entries, Gradle lines, Kotlin.

The code is for the SDK of version 1.6, whose names the documentation gives. Resources of the debug
build are those of staging; Gradle puts them in the place of the others.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.client.choices import Browser
from studio.exporters.asking import MEANINGS, app_addresses, asked, facts, is_web
from studio.exporters.labels import message_in, message_otherwise, sign_in_label
from studio.exporters.literals import android, kotlin
from studio.exporters.logos import sized
from studio.exporters.schemes import CORNER, DISABLED, DISABLED_INK, HEIGHT, SCHEMES, TEXT_SIZE
from studio.exporters.templates import rendered
from studio.i18n.locales import locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.client.model import Client
    from studio.exporters.asking import AppAddresses
    from studio.exporters.handover import Handover
    from studio.exporters.schemes import Scheme

SDK = "1.6.1"
DENSITIES: Mapping[str, float] = MappingProxyType(
    {"mdpi": 1, "hdpi": 1.5, "xhdpi": 2, "xxhdpi": 3, "xxxhdpi": 4}
)
"""Pixels to a dp, by the name of the density."""

QUALIFIERS: Mapping[str, str] = MappingProxyType(
    {
        "id": "in",
        "ur-PK": "ur-rPK",
        "zh-Hans": "b+zh+Hans",
        "sr-Latn": "b+sr+Latn",
        "sr-Latn-ME": "b+sr+Latn+ME",
    }
)
"""How Android's resource folders name a language where it is not as BCP 47 has it.

Indonesian keeps its old code, a region has an `r` before it, and a script needs the form `b+`.
"""
_RES = "main/res"


def files(handover: Handover) -> dict[str, bytes]:
    """Return the files of an Android app, by path.

    Raises:
        RenderError: The logo is a drawing and could not be drawn.
    """
    client = handover.hosted.client
    logos = _logos(handover)
    texts = {
        **_strings(client),
        **_look(handover),
        "AndroidManifest.xml": _manifest(client),
        "ConnectSignIn.kt": _code(client),
        "connect.gradle.kts": rendered("android/connect.gradle.kts.jinja", version=SDK),
        "README.md": _readme(client, logo=bool(logos)),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **logos}


def qualifier(tag: str) -> str:
    """Return how a resource folder names a language: `sr-Latn` is `b+sr+Latn`."""
    return QUALIFIERS.get(tag, tag)


def _strings(client: Client) -> dict[str, str]:
    """Return the texts of each language, those for all others in `values/`, and the settings.

    The client's own language is there twice: without a folder of its own, Android would take a
    person's second language where there is one for it. Settings of staging are those of the debug
    build.
    """
    own = app_addresses(client)
    found = {
        f"{_RES}/values-{qualifier(tag)}/strings.xml": _texts(tag, message_in(client, tag))
        for tag in client.language.offered
    }
    return {
        f"{_RES}/values/strings.xml": _texts(
            client.language.default,
            message_otherwise(client),
            settings=_settings(client, own, own.production),
        ),
        "debug/res/values/strings.xml": rendered(
            "android/strings.xml",
            settings=_settings(client, own, own.staging),
            staging=True,
            label="",
            message=None,
        ),
        **found,
    }


def _texts(tag: str, message: str | None, settings: Sequence[tuple[str, str]] = ()) -> str:
    return rendered(
        "android/strings.xml",
        settings=settings,
        staging=False,
        label=android(sign_in_label(tag)),
        message=None if message is None else android(message),
    )


def _settings(client: Client, addresses: AppAddresses, uri: str) -> list[tuple[str, str]]:
    return [(name, android(value)) for name, value in _named(client, addresses, uri)]


def _named(client: Client, addresses: AppAddresses, uri: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(uri)
    yield "connect_client_id", client.registration.id
    yield "connect_redirect_uri", uri
    yield "connect_redirect_uri_scheme", parts.scheme
    if _has_host(addresses):
        yield "connect_redirect_uri_host", parts.hostname or ""
        yield "connect_redirect_uri_path", parts.path


def _has_host(addresses: AppAddresses) -> bool:
    """Tell whether the intent filter can name a host, in both environments."""
    return all(urlsplit(uri).hostname for uri in (addresses.production, addresses.staging))


def _manifest(client: Client) -> str:
    own = app_addresses(client)
    return rendered(
        "android/AndroidManifest.xml",
        host=_has_host(own),
        web=is_web(own.production) or is_web(own.staging),
        detects=client.sdk.detect_on_wifi,
        confidential=client.registration.confidential,
    )


def _code(client: Client) -> str:
    wanted = asked(client).written(kotlin)
    return rendered(
        "android/ConnectSignIn.kt.jinja",
        asked=wanted,
        hint=wanted.hints[0] if wanted.hints else "",
        meaning=MEANINGS[client.flow.level],
        button=_button(client),
        confidential=client.registration.confidential,
    )


def _button(client: Client) -> str:
    """Return the SDK's class of the button: one of them opens a plain web view."""
    web_view = client.entry.browser is Browser.WEB_VIEW
    return "ConnectWebViewLoginButton" if web_view else "ConnectLoginButton"


def _look(handover: Handover) -> dict[str, str]:
    client, variables = handover.hosted.client, handover.hosted.variables
    schemes = tuple(SCHEMES.values())
    brand = [
        ("header", client.branding.header.main().hex()),
        ("header_ink", variables["--header-ink"]),
        ("focus", variables["--focus"]),
    ]
    return {
        f"{_RES}/values/connect_colors.xml": rendered(
            "android/connect_colors.xml",
            brand=brand,
            schemes=schemes,
            disabled=DISABLED,
            disabled_ink=DISABLED_INK,
        ),
        f"{_RES}/values/connect_styles.xml": rendered(
            "android/connect_styles.xml",
            schemes=schemes,
            chosen=SCHEMES[client.entry.button.scheme],
            corner=CORNER,
            height=HEIGHT,
            text=TEXT_SIZE,
        ),
        f"{_RES}/layout/connect_sign_in_button.xml": rendered(
            "android/connect_sign_in_button.xml", button=_button(client)
        ),
        **{
            f"{_RES}/drawable/connect_button_{one.name}.xml": rendered(
                "android/connect_button.xml", shapes=_shapes(one)
            )
            for one in schemes
        },
        **{
            f"{_RES}/color/connect_text_{one.name}.xml": rendered(
                "android/connect_text.xml", scheme=one
            )
            for one in schemes
        },
    }


def _shapes(scheme: Scheme) -> tuple[tuple[str, str, str, str], ...]:
    """Return a state and its value, background and line of each look; Android takes the first."""
    own = f"connect_{scheme.name}"
    edge = f"{own}_edge" if scheme.edge else ""
    return (
        ("enabled", "false", "connect_disabled", ""),
        ("pressed", "true", f"{own}_pressed", edge),
        ("focused", "true", own, f"{own}_ink"),
        ("", "", own, edge),
    )


def _logos(handover: Handover) -> dict[str, bytes]:
    names = {scale: name for name, scale in DENSITIES.items()}
    return {
        f"{_RES}/drawable-{names[one.scale]}/connect_logo.png": one.png
        for one in sized(handover, tuple(DENSITIES.values()))
    }


def _readme(client: Client, *, logo: bool) -> str:
    return rendered(
        "android/README.md.jinja",
        **facts(client),
        default=locale(client.language.default).english_name,
        logo=logo,
        version=SDK,
    )
