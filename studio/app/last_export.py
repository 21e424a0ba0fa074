"""What was taken away the last time? Kept by client file, to show what is new since then.

Each format's files are one ZIP file in the person's data folder, below a name made of the client
file's path.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from studio import storage
from studio.exporters.writing import zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.app.document import Document

type Files = Mapping[str, bytes]


class LastExports:
    """The files of the last exports, in a folder."""

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or Path(platformdirs.user_data_dir("connect-studio")) / "exports"

    def of(self, document: Document, name: str) -> Files | None:
        """Return the files of a format as they were exported last, None where they were not."""
        try:
            with zipfile.ZipFile(io.BytesIO(self._path(document, name).read_bytes())) as archive:
                return {one: archive.read(one) for one in archive.namelist()}
        except (OSError, zipfile.BadZipFile):
            return None

    def keep(self, document: Document, name: str, files: Files) -> None:
        """Remember the files of a format.

        Raises:
            OSError: They cannot be written.
        """
        path = self._path(document, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        storage.write(path, zipped(files))

    def _path(self, document: Document, name: str) -> Path:
        own = str(document.path or document.client.registration.id)
        return self._place / hashlib.sha256(own.encode()).hexdigest()[:16] / f"{name}.zip"


def in_folder(folder: Path, paths: Mapping[str, bytes]) -> Files:
    """Return those of some files that a folder has, by the same paths."""
    found = {path: folder / path for path in paths}
    return {path: file.read_bytes() for path, file in found.items() if file.is_file()}
