"""Which clients do the files say, now?

Rules kept here:

* a file is looked at, not read, until its size or time changes, or those of its logo or its folder;
* an edit with a mistake changes nothing: the last good one stays, and the mistake is told once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.pages.hosting import HostedClient

type Stamp = tuple[tuple[int, int, int] | None, ...]
"""The time, size and number of each place that is looked at; None where nothing is."""


@dataclass(frozen=True, kw_only=True)
class _File:
    """A file as it was when last looked at; `mistake` is what is wrong with it, empty if nothing.

    `hosted` is what it said when it was last right, `places` are what tells an edit.
    """

    path: Path
    places: tuple[str, ...]
    stamp: Stamp
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
            hosted = read(path)
            self._refuse_second(hosted, path)
            self._files.append(_read(path, hosted))

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
        stamp = _stamp(file.places)
        if stamp == file.stamp:
            return file
        try:
            hosted = self._read(file.path)
            self._refuse_second(hosted, file.path)
        except (OSError, ValueError) as error:  # ClientFileError and LogoError are ValueErrors.
            return self._mistaken(replace(file, stamp=stamp), str(error))
        if file.mistake:
            self._tell(f"{file.path.name}: is right again")
        return _read(file.path, hosted)

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


def _read(path: Path, hosted: HostedClient) -> _File:
    """Return a file that was right just now.

    What tells an edit is the file, its logo, and the folder, where another logo may appear.
    """
    logo = hosted.client.branding.logo
    own = (path, path.parent, *((path.parent / logo,) if logo else ()))
    places = tuple(map(str, own))
    return _File(path=path, places=places, stamp=_stamp(places), hosted=hosted)


def _stamp(places: tuple[str, ...]) -> Stamp:
    return tuple(map(_seen, places))


def _seen(place: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(place)  # noqa: PTH116 - at each request; Path.stat takes twice as long
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
