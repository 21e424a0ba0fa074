"""Which files are there of each format, and what is new of them since the last export?"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import unified_diff
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURES = frozenset({".png", ".svg", ".jpg", ".jpeg", ".webp"})
_KILO = 1000


class State(StrEnum):
    """What became of a file since the last export."""

    SAME = ""
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Made:
    """What there is of a format.

    `files` is None while they are being made, or where they cannot be: then `error` says why.
    `drawn` is how many pages are drawn by now. `before` are the files it is compared with, None
    where there are none.
    """

    files: Mapping[str, bytes] | None = None
    error: str = ""
    drawn: int = 0
    before: Mapping[str, bytes] | None = field(default=None, repr=False)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, those that are gone too, in the order of a folder's listing."""
        names = {*(self.files or {}), *(self.before or {} if self.files is not None else {})}
        return tuple(sorted(names))

    def state(self, path: str) -> State:
        """Return what became of a file; without anything to compare with it is the same."""
        if self.before is None or self.files is None:
            return State.SAME
        if path not in self.files:
            return State.GONE
        if path not in self.before:
            return State.NEW
        return State.SAME if self.files[path] == self.before[path] else State.CHANGED

    @property
    def news(self) -> int:
        """How many files are not as they were."""
        return sum(self.state(path) is not State.SAME for path in self.paths)


def is_picture(path: str) -> bool:
    """Tell whether a file is shown as a picture."""
    return PurePosixPath(path).suffix.lower() in PICTURES


def as_text(data: bytes) -> str | None:
    """Return a file's text, None where it is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def size(data: bytes) -> str:
    """Return how large a file is, as people say it."""
    count = len(data)
    return f"{count} B" if count < _KILO else f"{count / _KILO:,.0f} kB"


def difference(before: bytes, now: bytes) -> str | None:
    """Return the lines that differ, None where one is no text."""
    old, new = as_text(before), as_text(now)
    if old is None or new is None:
        return None
    lines = unified_diff(old.splitlines(), new.splitlines(), "before", "now", lineterm="", n=2)
    return "\n".join(lines)
