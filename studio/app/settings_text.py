"""How are the settings of a client file named and explained to the person?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from studio.client.mistake import ClientFileError
from studio.client.model import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

type Path = tuple[str, ...]

_TITLES: Final[Mapping[Path, str]] = {
    ("branding", "header"): "header colour",
    ("branding", "logo_kind"): "logo kind",
    ("start", "fields"): "start-screen fields",
    ("start", "first"): "order of fields",
    ("start", "prefill", "phone"): "prefilled phone",
    ("start", "prefill", "email"): "prefilled email",
    ("session", "stay_signed_in", "shown"): "stay signed in",
    ("session", "stay_signed_in", "default"): "stay signed in by default",
}


def title(path: Path) -> str:
    """Return the name of a setting inside a sentence, such as `header colour`."""
    if path[:2] == ("branding", "message"):
        return f"message ({path[-1]})"
    return _TITLES.get(path, path[-1].replace("_", " "))


def description(path: Path) -> str:
    """Return what the model says about a setting, the same sentence as in the JSON Schema.

    Raises:
        KeyError: There is no such setting.
    """
    model: type[BaseModel] = Client
    *parents, last = path
    for name in parents:
        inner = model.model_fields[name].annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            raise KeyError(".".join(path))
        model = inner
    return model.model_fields[last].description or ""


def reason(error: ValueError | OSError) -> str:
    """Return why a value was refused, in one line and without the place in the file."""
    if isinstance(error, ClientFileError) and error.mistakes:
        return str(error.mistakes[0].message)
    return str(error).partition("\n")[0]
