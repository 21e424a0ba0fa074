"""Which clients do the files say, now?

Rules kept here:

* a file is looked at, not read, until its size or time changes, or those of its logo or its folder;
* what is written while it is read is an edit after that, and read again;
* an edit with a mistake changes nothing: the last good one stays, and the mistake is told once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from studio.pages.hosting import HostedClient

type Seen = Mapping[str, tuple[int, int, int] | None]
"""The time, size and number of each place that is looked at; None where nothing is."""


@dataclass(frozen=True, kw_only=True)
class _File:
    """A file as it was when last looked at; `mistake` is what is wrong with it, empty if nothing.

    `hosted` is what it said when it was last right, `seen` are the places that tell an edit.
    """

    path: Path
    seen: Seen
    hosted: HostedClient
    mistake: str = ""


class ClientFiles:
    """The client files that are served.

    Raises:
        ValueError: One cannot be used, or two have the same id.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        read: Callable[[Path], HostedClient],
        tell: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._read = read
        self._tell = tell
        self._files: list[_File] = []
        for path in paths:
            seen = _look(_places(path))
            hosted = read(path)
            self._refuse_second(hosted, path)
            self._files.append(_read(path, hosted, seen))

    @property
    def hosted(self) -> tuple[HostedClient, ...]:
        """The clients, in the order of the files."""
        return tuple(one.hosted for one in self._files)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """What is wrong with the files now."""
        return tuple(one.mistake for one in self._files if one.mistake)

    def look(self) -> bool:
        """Read what has changed on disk; tell whether a client has."""
        before = self._files
        self._files = [self._looked_at(one) for one in before]
        pairs = zip(self._files, before, strict=True)
        return any(now is not then and now.hosted != then.hosted for now, then in pairs)

    def _looked_at(self, file: _File) -> _File:
        seen = _look(file.seen)
        if seen == file.seen:
            return file
        try:
            hosted = self._read(file.path)
            self._refuse_second(hosted, file.path)
        except (OSError, ValueError) as error:  # ClientFileError and LogoError are ValueErrors.
            return self._mistaken(replace(file, seen=seen), str(error))
        if file.mistake:
            self._tell(f"{file.path.name}: is right again")
        return _read(file.path, hosted, seen)

    def _mistaken(self, file: _File, mistake: str) -> _File:
        if mistake != file.mistake:
            self._tell(f"{mistake}\n{file.path.name}: the last version without mistakes is served")
        return replace(file, mistake=mistake)

    def _refuse_second(self, hosted: HostedClient, path: Path) -> None:
        """Refuse an id that another file has."""
        client_id = hosted.policy.client_id
        for one in self._files:
            if one.path != path and one.hosted.policy.client_id == client_id:
                raise ValueError(f"{path.name}: {one.path.name} has the same id, {client_id}")


def _read(path: Path, hosted: HostedClient, seen: Seen) -> _File:
    """Return a file that was right just now; `seen` is how the places were before it was read.

    What tells an edit is the file, its logo, and the folder, where another logo may appear.
    """
    logo = hosted.client.branding.logo
    places = (*_places(path), *((str(path.parent / logo),) if logo else ()))
    now = {place: seen[place] if place in seen else _seen(place) for place in places}
    return _File(path=path, seen=now, hosted=hosted)


def _places(path: Path) -> tuple[str, ...]:
    return str(path), str(path.parent)


def _look(places: Iterable[str]) -> Seen:
    return {place: _seen(place) for place in places}


def _seen(place: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(place)  # noqa: PTH116 - at each request; Path.stat takes twice as long
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
