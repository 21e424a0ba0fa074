"""What does an importer take, and what does it give? The values that every importer shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ImportFileError(ValueError):
    """A file cannot be taken over: one line that names the file, the place and what to do."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A client file to begin with.

    `text` is the client file's, with comments. `logo_name` is its path from the client file, as
    `branding.logo` has it. `left_out` says what could not be taken over, each in a sentence that
    begins with its place: `/jwks_uri: keys of a client are not part of a client file`.
    """

    text: str
    logo: bytes | None = None
    logo_name: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Importer:
    """A format that can be taken over.

    `reads` tells quickly whether a file looks like this format, by its content and its name (whose
    suffix is never enough alone); it never raises. `read` takes content and name, and raises
    `ImportFileError` (ValueError) where the file cannot be taken over. `most` is how many bytes a
    file may have; whoever calls has looked before.
    """

    name: str
    title: str
    about: str
    suffixes: tuple[str, ...]
    reads: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Imported]
    most: int = 2_000_000
