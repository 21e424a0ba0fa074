"""How are the settings of a client file named and explained to the person?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from studio.client import tree
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


def sentence(text: str) -> str:
    """Return a reason as a sentence of its own: with a capital and a full stop.

    A name that it begins with, such as `logo.svg` or `max_age`, stays as it is.
    """
    text = text.strip()
    if not text:
        return ""
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    is_word = ended.split()[0].rstrip(".,;:").isalpha()
    return ended[0].upper() + ended[1:] if is_word else ended


def written(text: str, path: Path) -> str | None:
    """Return what the author of a client file wrote for a setting, None where it has none.

    The model has `#2f4f4f` where the file says `darkslategray`.

    Raises:
        TreeError: The text is no client file.
    """
    node = tree.compose(text).root
    for name in path:
        entry = tree.child(node, name) if node else None
        if entry is None:
            return None
        node = entry[1]
    data = tree.data_of(node)
    return data if isinstance(data, str) else None
