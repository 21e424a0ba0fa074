"""What shape does a client file have, for editors and other programs? JSON Schema 2020-12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.client.model import Client

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue


_ABOUT = ("description", "default", "x-effect")


def json_schema() -> dict[str, object]:
    """Return the schema of a client file.

    Every property has a description for service owners; `"x-effect": "none yet"` marks settings
    that are read and kept, and change nothing yet. An optional key may be empty.
    """
    schema = Client.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        for name, field in part.get("properties", {}).items():
            field.pop("title", None)
            if name not in part.get("required", ()):
                part["properties"][name] = _or_empty(field)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "CONNECT client file",
    }


def _or_empty(field: JsonSchemaValue) -> JsonSchemaValue:
    """Allow null: a key without a value is the same as no key."""
    if {"type": "null"} in field.get("anyOf", ()):
        return field
    about = {key: value for key, value in field.items() if key in _ABOUT}
    kind = {key: value for key, value in field.items() if key not in _ABOUT}
    return {"anyOf": [kind, {"type": "null"}], **about}
