"""What a service owner takes away: one module for each format, and one list of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.exporters import android, buttons, config, ios, oidc, pictures, storyboards, tokens, web
from studio.exporters.handover import Exporter, Handover
from studio.exporters.writing import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["EXPORTERS", "Exporter", "Handover", "contents", "export"]

_ALL = (
    Exporter(
        name="config",
        title="Client configuration",
        about="Everything the client has decided, as JSON and YAML with a schema and the logo.",
        files=config.files,
    ),
    Exporter(
        name="oidc",
        title="OpenID Connect registration",
        about="Client metadata for staging and production, and authorisation URLs with QR codes.",
        files=oidc.files,
        first="authorization.html",
    ),
    Exporter(
        name="android",
        title="Android app",
        about="Texts of each language, manifest, Gradle lines, Kotlin, theme and logo for the SDK.",
        files=android.files,
        first="README.md",
        draws=True,
    ),
    Exporter(
        name="ios",
        title="iOS app",
        about="Swift, Info.plist entries, asset catalogue and texts of each language for the SDK.",
        files=ios.files,
        first="README.md",
        draws=True,
    ),
    Exporter(
        name="web",
        title="Web site",
        about="HTML and CSS of button and account cards, and examples in Python and Node.js.",
        files=web.files,
        first="README.md",
    ),
    Exporter(
        name="buttons",
        title="Sign-in button",
        about="The button in every colour scheme, language and state: SVG, PNG, CSS and an index.",
        files=buttons.files,
        first="index.html",
        draws=True,
    ),
    Exporter(
        name="tokens",
        title="Design tokens",
        about="Colours and sizes as DTCG design tokens, CSS, SCSS, Android resources and Swift.",
        files=tokens.files,
        first="README.md",
    ),
    Exporter(
        name="pictures",
        title="Pictures of every screen",
        about="Each screen that the client leads to, at a phone's size, and a page of all of them.",
        files=pictures.files,
        first="index.html",
        draws=True,
    ),
    Exporter(
        name="storyboards",
        title="Storyboards",
        about="The scenarios of signing in with this client, each as one picture and one page.",
        files=storyboards.files,
        first="index.html",
        draws=True,
    ),
)
"""In the order in which they are listed; each `files` is in a module of its own."""

EXPORTERS: Mapping[str, Exporter] = MappingProxyType({exporter.name: exporter for exporter in _ALL})


def contents(handover: Handover, names: Sequence[str]) -> dict[str, bytes]:
    """Return the files of formats; of several, each format's are in a folder of its name.

    Raises:
        KeyError: There is no such format.
        RenderError: A page cannot be drawn.
    """
    made: dict[str, bytes] = {}
    for name in dict.fromkeys(names):
        folder = f"{name}/" if len(set(names)) > 1 else ""
        files = EXPORTERS[name].files(handover)
        made.update({f"{folder}{file}": data for file, data in files.items()})
    return made


def export(handover: Handover, names: Sequence[str], out: Path) -> tuple[Path, ...]:
    """Write formats into a folder, which is made where it is missing, or into one .zip file.

    Everything is made before anything is written. Returns the files written.

    Raises:
        KeyError: There is no such format.
        RenderError: A page cannot be drawn; nothing has been written.
        OSError: A file cannot be written; each is there whole or as it was before.
    """
    return write(contents(handover, names), out)
