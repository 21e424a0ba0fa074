"""A client file that begins with a brand: the registration is to be filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.client.file import parse
from studio.client.scalar import scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.client.colour import Paint

_LONGEST_ID = 40
_TEXT = """\
# A client of CONNECT, begun with {source}.
# docs/client-file.md explains every setting; what is left out has its default.
version: 1

# Who the service is, and where it may be answered: yours to fill in.
registration:
  id: {id}
  name: {name}
  redirect_uris:                     # where sign-in returns to, character by character
    staging:
      - http://localhost:8081/callback

# What makes the pages look like the service's own.
branding:
{notes}  header: {header}
"""


def starting_with(
    header: Paint, *, file: str, logo: str | None = None, notes: Iterable[str] = ()
) -> str:
    """Return the text of a client file.

    Args:
        header: What is painted behind the logo.
        file: The name of the file that it comes from; the client's id is made of it.
        logo: The name of the logo beside the client file.
        notes: What is to be said about the header, a line each.
    """
    name = client_id(file)
    text = _TEXT.format(
        source=_comment(file),
        id=scalar_text(name),
        name=scalar_text(name),
        notes="".join(f"  # {_comment(note)}\n" for note in notes),
        header=scalar_text(header.css()),
    )
    if logo is not None:
        text += f"  logo: {scalar_text(logo)}\n"
    parse(text, file)
    return text


def client_id(file: str) -> str:
    """Return an id that the client may have, from the name of a file."""
    stem = file.split(".", maxsplit=1)[0]
    words = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()
    return words[:_LONGEST_ID].strip("-") or "my-service"


def _comment(text: str) -> str:
    """Return text that stays within a comment of one line."""
    return "".join(each if each.isprintable() else " " for each in text)
