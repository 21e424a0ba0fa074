"""What a client file can begin with: one module for each format, and one list of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.importers import archive, config, dtcg, logo, oidc
from studio.importers.shape import Imported, Importer, ImportFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["IMPORTERS", "ImportFileError", "Imported", "Importer", "guessed"]

_ALL: tuple[Importer, ...] = (
    Importer(
        name="config",
        title="Client configuration",
        about="What `export --to config` writes, as JSON or YAML: the same client and logo.",
        suffixes=config.SUFFIXES,
        reads=config.reads,
        read=config.read,
    ),
    Importer(
        name="zip",
        title="Exported ZIP file",
        about="What `export --out FILE.zip` writes, where config is among its formats.",
        suffixes=archive.SUFFIXES,
        reads=archive.reads,
        read=archive.read,
        most=archive.MOST_ARCHIVE_BYTES,
    ),
    Importer(
        name="oidc",
        title="OpenID Connect registration",
        about="Client metadata of RFC 7591, as `export --to oidc` or a provider writes it.",
        suffixes=oidc.SUFFIXES,
        reads=oidc.reads,
        read=oidc.read,
    ),
    Importer(
        name="dtcg",
        title="Design tokens",
        about="The header's colour or gradient, from tokens of DTCG 2025.10 or the form before.",
        suffixes=dtcg.SUFFIXES,
        reads=dtcg.reads,
        read=dtcg.read,
    ),
    Importer(
        name="logo",
        title="Logo",
        about="A PNG, JPEG, WebP or SVG picture, with header colours that it is seen on.",
        suffixes=logo.SUFFIXES,
        reads=logo.reads,
        read=logo.read,
        most=logo.MOST_BYTES,
    ),
)
"""In the order in which a file is tried; each `read` is in a module of its own."""

IMPORTERS: Mapping[str, Importer] = MappingProxyType({importer.name: importer for importer in _ALL})


def guessed(data: bytes, name: str) -> Importer | None:
    """Return the importer that a file looks like, None where it looks like none."""
    return next((one for one in IMPORTERS.values() if one.reads(data, name)), None)
