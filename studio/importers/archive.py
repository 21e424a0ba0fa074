"""A ZIP file that `export --out FILE.zip` has written: the configuration in it is taken over.

Nothing is unpacked: one file is read, up to the size that a configuration may have. An archive with
names that lead out of a folder, or with more files than any export, is refused.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.importers import config
from studio.importers.reading import MOST_BYTES
from studio.importers.shape import ImportFileError

if TYPE_CHECKING:
    from studio.importers.shape import Imported

MOST_ARCHIVE_BYTES = 50_000_000
SUFFIXES = (".zip",)
CONFIGURATION = ".config.json"
_LOCAL, _END, _END64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_END_BYTES, _LONGEST_COMMENT = 22, 65535
_MOST_DIRECTORY_BYTES = 1_000_000
_ENCRYPTED = 0x1


def reads(data: bytes, _name: str) -> bool:
    """Tell whether a file looks like a ZIP file."""
    return data.startswith(_LOCAL)


def read(data: bytes, name: str) -> Imported:
    """Return the client file of the configuration in an exported ZIP file.

    Raises:
        ImportFileError: There is none, or it cannot be taken over.
    """
    _check_directory(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = _configuration(archive, name)
            content = _content(archive, entry, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
        raise ImportFileError(f"{name}: this ZIP file is damaged: {_plainly(error)}") from None
    return config.read(content, f"{name}/{entry.filename}")


def _check_directory(data: bytes, name: str) -> None:
    """Refuse a list of files that would take much memory, before it is read.

    It is looked at wherever `zipfile` may find it: at the end, or before a comment.
    """
    tail = data[-(_END_BYTES + _LONGEST_COMMENT) :]
    found = [tail.rfind(_END), len(tail) - _END_BYTES]
    ends = [tail[at : at + _END_BYTES] for at in found if at >= 0 and tail.startswith(_END, at)]
    sizes = [struct.unpack_from("<L", end, 12)[0] for end in ends if len(end) == _END_BYTES]
    if _END64 in tail or any(size > _MOST_DIRECTORY_BYTES for size in sizes):
        raise ImportFileError(f"{name}: this ZIP file lists more files than any export has")


def _configuration(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    entries = archive.infolist()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
            raise ImportFileError(f"{name}/{entry.filename}: this name leads out of the folder")
    found = [entry for entry in entries if entry.filename.endswith(CONFIGURATION)]
    if len(found) == 1:
        return found[0]
    raise ImportFileError(
        f"{name}: holds {len(found)} files *{CONFIGURATION}; one is needed, "
        "which export --to config writes"
    )


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Return what a file of the archive holds, whatever it says about its size."""
    if entry.flag_bits & _ENCRYPTED:
        raise ImportFileError(f"{name}/{entry.filename}: is encrypted")
    with archive.open(entry) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ImportFileError(f"{name}/{entry.filename}: has more than {MOST_BYTES:,} bytes")
    return content


def _plainly(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:1].lower() + text[1:]
