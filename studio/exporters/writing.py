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
        ValueError: A name leads out of the folder, or `out` cannot be made: see `check_place`.
        OSError: A file cannot be written; each is there whole or as it was before.
    """
    for name in contents:
        _check(name)
    check_place(out)
    if is_archive(out):
        return (_written(out, zipped(contents)),)
    return tuple(_written(out / name, data) for name, data in contents.items())


def is_archive(out: Path) -> bool:
    """Tell whether what is written there is one ZIP file."""
    return out.suffix.lower() == ZIP


def check_place(out: Path) -> None:
    """Refuse a place that cannot become a folder or a ZIP file, before anything is made.

    Raises:
        ValueError: A folder is named like a ZIP file, or a file is where a folder is to be.
    """
    if is_archive(out) and out.is_dir():
        raise ValueError(f"{out}: is a folder; name a ZIP file, or a folder without .zip")
    for folder in (*out.parents, *(() if is_archive(out) else (out,))):
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder}: is a file; a folder is needed there")


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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        storage.write(path, data)
    except OSError as error:
        # Not the name of the temporary file beside it.
        raise OSError(error.errno, error.strerror, str(path)) from None
    return path


def _check(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        raise ValueError(f"{name!r} is not the name of a file in a folder")
