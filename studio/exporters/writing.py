"""How do the files of a format get into a folder, or into one ZIP file?

A ZIP file has sorted names, one fixed time and fixed permissions: the same bytes for the same
contents.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio import storage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ZIP = ".zip"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP file can name (APPNOTE 4.4.6)."""
_UNIX = 3
_FILE_FOR_ALL = 0o100644 << 16


def write(contents: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Write files below a folder, or into `out` itself where its name ends with .zip.

    Raises:
        ValueError: A name leads out of the folder.
        OSError: A file cannot be written; each is there whole or as it was before.
    """
    for name in contents:
        _check(name)
    if out.suffix.lower() == ZIP:
        out.parent.mkdir(parents=True, exist_ok=True)
        storage.write(out, zipped(contents))
        return (out,)
    return tuple(_written(out / name, data) for name, data in contents.items())


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(contents.items()):
            archive.writestr(_entry(name), data, zipfile.ZIP_DEFLATED, compresslevel=9)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _BEGINNING)
    entry.create_system = _UNIX
    entry.external_attr = _FILE_FOR_ALL
    return entry


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    storage.write(path, data)
    return path


def _check(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        raise ValueError(f"{name!r} is not the name of a file in a folder")
