"""What changed from one client to another?"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel


def flat(value: object, prefix: str = "") -> dict[str, object]:
    """Return the settings of a model by dotted path."""
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if not isinstance(value, Mapping):
        return {prefix: value}
    items = ((f"{prefix}.{name}" if prefix else name, inner) for name, inner in value.items())
    return {path: leaf for name, inner in items for path, leaf in flat(inner, name).items()}


def differences(old: BaseModel, new: BaseModel) -> frozenset[str]:
    """Return the dotted paths of the settings that two models do not share."""
    before, after = flat(old), flat(new)
    return frozenset(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
