"""Where does a logo's file stand? Its bytes are kept until the client file is saved beside it.

So nothing on disk changes without saving, undo leaves no files behind, and no file is overwritten.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from studio import storage
from studio.client.logo import Logo, load_logo, read_logo

if TYPE_CHECKING:
    from collections.abc import Mapping


class LogoFiles:
    """The logos of one document: those beside it on disk and those waiting to be saved."""

    def __init__(self, waiting: Mapping[str, bytes] | None = None) -> None:
        self._waiting = dict(waiting or {})

    def logo(self, folder: Path | None, name: str) -> Logo:
        """Return the logo that a client file in a folder names.

        Raises:
            LogoError: There is no such picture, or it cannot be used.
        """
        if name in self._waiting:
            return read_logo(self._waiting[name], name)
        return load_logo((folder or Path()) / name)

    def take(self, source: Path, folder: Path | None) -> str:
        """Keep a picture's bytes, unless it stands in the folder already; return its name.

        Raises:
            LogoError: The picture cannot be used.
            OSError: The picture cannot be read.
        """
        load_logo(source)
        if folder and source.absolute().is_relative_to(folder):
            return source.absolute().relative_to(folder).as_posix()
        data = source.read_bytes()
        name = self._free_name(folder, source.name, data)
        self._waiting[name] = data
        return name

    def prepare(self, name: str, old: Path | None, new: Path) -> str:
        """Make a logo ready for a client file that moves to a folder; return its name there.

        A picture that cannot be read keeps its name: the client file says no less than before.
        """
        data = self._waiting.get(name)
        if Path(name).is_absolute() or (data is None and old == new):
            return name
        try:
            data = data if data is not None else ((old or Path()) / name).read_bytes()
        except OSError:
            return name
        target = self._free_name(new, name, data)
        self._waiting[target] = data
        return target

    def write(self, name: str, folder: Path) -> None:
        """Write a waiting logo into the client file's folder.

        Raises:
            OSError: The file cannot be written.
        """
        data = self._waiting.get(name)
        if data is not None and not _same(folder / name, data):
            storage.write(folder / name, data)

    def written(self, name: str) -> None:
        """Read a logo from disk from now on."""
        self._waiting.pop(name, None)

    def _free_name(self, folder: Path | None, name: str, data: bytes) -> str:
        """Return `logo.svg`, `logo-2.svg` and so on: a name stands for one content only."""
        wanted, number = PurePath(name), 1
        candidate = wanted.name
        while not self._is_free(folder, candidate, data):
            number += 1
            candidate = f"{wanted.stem}-{number}{wanted.suffix}"
        return candidate

    def _is_free(self, folder: Path | None, name: str, data: bytes) -> bool:
        if self._waiting.get(name, data) != data:
            return False
        return folder is None or not os.path.lexists(folder / name) or _same(folder / name, data)


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
