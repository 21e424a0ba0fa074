"""Which client files come with the program, and how does one become somebody's own?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio import resources
from studio.client.file import read

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".client.yaml"
FIRST = "fakebrand"


def _folder() -> Path:
    return resources.folder("assets") / "samples"


def _found() -> tuple[str, ...]:
    names = [path.name.removesuffix(SUFFIX) for path in _folder().glob(f"*{SUFFIX}")]
    return tuple(sorted(names, key=lambda name: (name != FIRST, name)))


SAMPLES: tuple[str, ...] = _found()
"""Their names, the one to begin with first."""


def sample_path(name: str) -> Path:
    """Return the client file of a sample.

    Raises:
        ValueError: There is no sample of that name.
    """
    if name not in SAMPLES:
        raise ValueError(f'there is no sample "{name}"; there are: {", ".join(SAMPLES)}')
    return _folder() / f"{name}{SUFFIX}"


def create(path: Path, sample: str) -> Path:
    """Write a new client file from a sample, its logo beside it, and return its path.

    A logo that is there already with the same content is used as it is.

    Raises:
        FileExistsError: A file of that name is there; nothing has been written.
        ValueError: There is no sample of that name.
    """
    source = sample_path(sample)
    text, client = read(source)
    contents = {path: text.encode("utf-8")}
    if client.branding.logo is not None:
        logo = (source.parent / client.branding.logo).read_bytes()
        contents[path.parent / client.branding.logo] = logo
    missing = {place: data for place, data in contents.items() if not _is_there(place, data, path)}
    for place, data in missing.items():
        with place.open("xb") as file:
            file.write(data)
    return path


def _is_there(place: Path, data: bytes, client_file: Path) -> bool:
    """Tell whether a logo need not be written.

    Raises:
        FileExistsError: Another file has its name.
    """
    if not place.exists():
        return False
    if place != client_file and place.is_file() and place.read_bytes() == data:
        return True
    raise FileExistsError(f"{place} exists already; choose another name or folder")
