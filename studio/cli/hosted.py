"""Read a client file together with its logo; or many, by their names or by a pattern."""

from __future__ import annotations

from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from studio.client.file import read
from studio.client.logo import load_logo
from studio.client.samples import SUFFIX
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, kw_only=True)
class NamedClient:
    """A client, by the name of its file without the suffix."""

    name: str
    hosted: HostedClient


def named_clients(files: Sequence[Path]) -> list[NamedClient]:
    """Return the clients of files, and of those that a pattern stands for, each file once.

    Raises:
        ValueError: A pattern stands for none, two files have one name, or some cannot be used: all
            mistakes of all files are told.
    """
    by_name: dict[str, Path] = {}
    for path in dict.fromkeys(one for file in files for one in meant(file)):
        name = path.name.removesuffix(SUFFIX) if path.name.endswith(SUFFIX) else path.stem
        if name in by_name:
            raise ValueError(
                f"{path}: {by_name[name]} has the same name, and so would its folder; use two --out"
            )
        by_name[name] = path
    return _read(by_name)


def meant(file: Path) -> Iterator[Path]:
    """Yield the file, or in order those of a pattern.

    Raises:
        ValueError: The pattern stands for none.
    """
    if file.exists() or not has_magic(str(file)):
        yield file
        return
    found = sorted(glob(str(file), recursive=True))  # noqa: PTH207 - Path's takes no absolute one
    if not found:
        raise ValueError(f"{file}: there is no such file")
    yield from map(Path, found)


def _read(by_name: dict[str, Path]) -> list[NamedClient]:
    clients: list[NamedClient] = []
    mistakes: list[str] = []
    for name, path in by_name.items():
        try:
            clients.append(NamedClient(name=name, hosted=hosted_client(path)))
        except ValueError as error:  # ClientFileError and LogoError are.
            mistakes.append(str(error))
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return clients


def hosted_client(path: Path) -> HostedClient:
    """Return the client of a file as CONNECT hosts it.

    Raises:
        ClientFileError: The file cannot be read or has mistakes.
        LogoError: Its logo cannot be used.
    """
    _text, client = read(path)
    logo = client.branding.logo
    return HostedClient(client, load_logo(path.parent / logo) if logo else None)
