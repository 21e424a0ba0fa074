"""The canonical configuration that `studio.exporters.config` writes, made a client file again.

JSON and YAML. It gives the client and the logo that were exported; a file that is not whole, or
whose logo has other bytes than its SHA-256 says, is refused.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.client.file import validated
from studio.client.logo import LogoError, read_logo
from studio.importers.client_text import client_text
from studio.importers.reading import decoded, json_source, yaml_source
from studio.importers.shape import Imported

if TYPE_CHECKING:
    from studio.client.logo import Logo
    from studio.client.model import Client
    from studio.client.tree import Data
    from studio.importers.reading import Source

SUFFIXES = (".json", ".yaml", ".yml")
ORIGIN = "Taken over from a configuration."
_LOGO_KEYS = ("media_type", "width", "height", "sha256", "base64")
_MARK = re.compile(rb'(?:^|[{,])\s*"?registration"?\s*:', re.MULTILINE)
_BEGINNING = 4096
SUFFIX_OF = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}


def reads(data: bytes, name: str) -> bool:
    """Tell whether a file looks like a configuration."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in SUFFIXES and _MARK.search(data[:_BEGINNING]) is not None


def read(data: bytes, name: str) -> Imported:
    """Return the client file of a configuration, and its logo.

    Raises:
        ImportFileError: It cannot be taken over.
    """
    text = decoded(data, name)
    source = json_source(text, name) if text.lstrip().startswith("{") else yaml_source(text, name)
    own = {key: value for key, value in source.data.items() if key not in {"$schema", "logo"}}
    logo = _logo(source)
    client, faults = validated(own, source.root)
    if client is None:
        source.refuse_fault(faults[0], len(faults))
    _check_whole(source, client)
    client, left_out = _with_logo(client, logo)
    return Imported(
        text=client_text(client, ORIGIN),
        logo=logo.data if logo else None,
        logo_name=client.branding.logo,
        left_out=left_out,
    )


def _check_whole(source: Source, client: Client) -> None:
    """Refuse an export whose end is missing; YAML without its end is YAML all the same."""
    given = source.data.get("logo")
    if "$schema" in source.data and (
        "logo" not in source.data or (client.branding.logo and not given)
    ):
        source.refuse(("logo",), "is missing: this is the beginning of a file")


def _with_logo(client: Client, logo: Logo | None) -> tuple[Client, tuple[str, ...]]:
    """Return the client with a name for its logo, if it has one, and what is left out."""
    named = client.branding.logo
    if logo is None and named is None:
        return client, ()
    if logo is None:
        left_out = f"/branding/logo: {named} itself is not in the file; name it when it is there"
        return _named(client, None), (left_out,)
    removed = ", ".join(logo.removed)
    told = (f"/logo: {removed} is taken away from the picture",) if removed else ()
    return _named(client, named or f"{client.registration.id}{SUFFIX_OF[logo.media_type]}"), told


def _named(client: Client, logo: str | None) -> Client:
    branding = client.branding.model_copy(update={"logo": logo})
    return client.model_copy(update={"branding": branding})


def _logo(source: Source) -> Logo | None:
    """Return the logo, looked at as any other."""
    given = source.data.get("logo")
    if given is None:
        return None
    if not isinstance(given, dict):
        source.refuse(("logo",), "must be a section with media_type, sha256 and base64")
    unknown = next((key for key in given if key not in _LOGO_KEYS), None)
    if unknown is not None:
        source.refuse(("logo", unknown), f"unknown key; allowed: {', '.join(_LOGO_KEYS)}")
    data = _bytes(source, given.get("base64"))
    if given.get("sha256") != hashlib.sha256(data).hexdigest():
        source.refuse(("logo", "sha256"), "is not that of the picture: the file is damaged")
    try:
        logo = read_logo(data, "the picture")
    except LogoError as error:
        source.refuse(("logo", "base64"), str(error))
    if logo.media_type != given.get("media_type"):
        source.refuse(("logo", "media_type"), f"the picture is of {logo.media_type}")
    return logo


def _bytes(source: Source, text: Data) -> bytes:
    if not isinstance(text, str):
        source.refuse(("logo", "base64"), "is missing; it holds the picture")
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError:  # binascii.Error is one, and so is text beyond ASCII.
        source.refuse(("logo", "base64"), "is not base64")
