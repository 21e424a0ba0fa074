"""The canonical configuration of a client, for the systems that run sign-in.

The client file's own shape with every default filled in, keys in the model's order and each value
in its only spelling: the same bytes for the same client, so that two exports can be compared line
by line. The logo is in it as data. `studio.importers.config` makes the same client of it again.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

import yaml

from studio.client.schema import json_schema

if TYPE_CHECKING:
    from studio.client.model import Client
    from studio.exporters.handover import Handover
    from studio.pages.hosting import HostedClient

SCHEMA = "config.schema.json"
LINE = 76
"""Characters of base64 in a line of YAML, as MIME has it (RFC 2045, section 6.8)."""

_LOGO_SCHEMA = {
    "title": "Logo",
    "description": "The picture in the header, as data.",
    "type": "object",
    "additionalProperties": False,
    "required": ["media_type", "sha256", "base64"],
    "properties": {
        "media_type": {"enum": ["image/jpeg", "image/png", "image/svg+xml", "image/webp"]},
        "width": {"type": "integer", "minimum": 1, "description": "Pixels; for SVG CSS pixels."},
        "height": {"type": "integer", "minimum": 1, "description": "The same."},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "base64": {"type": "string", "contentEncoding": "base64"},
    },
}


class _Lines(str):
    """A text that YAML shows as a block of lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes blocks of lines as such."""


_Dumper.add_representer(
    _Lines,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"),
)


def files(handover: Handover) -> dict[str, bytes]:
    """Return the configuration as JSON and as YAML, and the schema of both."""
    name = handover.hosted.client.registration.id
    data = configuration(handover.hosted)
    return {
        f"{name}.config.json": as_json(data),
        f"{name}.config.yaml": as_yaml(data),
        SCHEMA: _schema(),
    }


def configuration(hosted: HostedClient) -> dict[str, object]:
    """Return everything a client has decided, and its logo, as plain values."""
    return {"$schema": SCHEMA, **settings(hosted.client), "logo": _logo(hosted)}


def settings(client: Client) -> dict[str, dict[str, object]]:
    """Return everything a client has decided, as plain values in the model's order."""
    data: dict[str, dict[str, object]] = client.model_dump(mode="json")
    message = dict(sorted(client.branding.message.items()))
    return {**data, "branding": {**data["branding"], "message": message}}


def schema() -> dict[str, object]:
    """Return the JSON Schema of a configuration: a client file's, and the logo as data."""
    whole = json_schema()
    properties, parts = whole["properties"], whole["$defs"]
    if not isinstance(properties, dict) or not isinstance(parts, dict):
        raise TypeError("the schema of client files has no properties")
    own = {
        "$schema": {"type": "string", "description": "Where this schema is."},
        "logo": {"anyOf": [{"$ref": "#/$defs/Logo"}, {"type": "null"}]},
    }
    return {
        **whole,
        "title": "CONNECT client configuration",
        "properties": {**properties, **own},
        "$defs": {**parts, "Logo": _LOGO_SCHEMA},
    }


@cache
def _schema() -> bytes:
    return as_json(schema())


def as_json(data: object) -> bytes:
    """Return plain values as JSON, in UTF-8 and the order they have."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def as_yaml(data: dict[str, object]) -> bytes:
    """Return a configuration as YAML that readers of YAML 1.1 and 1.2 take for the same."""
    text = yaml.dump(
        _with_lines(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return text.encode()


def _logo(hosted: HostedClient) -> dict[str, object] | None:
    logo = hosted.logo
    if logo is None:
        return None
    return {
        "media_type": logo.media_type,
        "width": logo.width,
        "height": logo.height,
        "sha256": hashlib.sha256(logo.data).hexdigest(),
        "base64": b64encode(logo.data).decode(),
    }


def _with_lines(data: dict[str, object]) -> dict[str, object]:
    """Break the logo's data into lines."""
    logo = data["logo"]
    if not isinstance(logo, dict):
        return data
    text = logo["base64"]
    lines = "".join(f"{text[at : at + LINE]}\n" for at in range(0, len(text), LINE))
    return {**data, "logo": {**logo, "base64": _Lines(lines)}}
