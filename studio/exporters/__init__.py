"""What a service owner takes away: one module for each format, and one list of them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio import storage
from studio.exporters.config import config

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studio.pages.hosting import HostedClient


@dataclass(frozen=True, kw_only=True)
class Exporter:
    """A format: `files` makes the contents by file name, the same bytes for the same client."""

    name: str
    title: str
    files: Callable[[HostedClient], Mapping[str, bytes]]


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        exporter.name: exporter
        for exporter in (
            Exporter(name="config", title="Client configuration (JSON)", files=config),
        )
    }
)


def export(hosted: HostedClient, name: str, folder: Path) -> tuple[Path, ...]:
    """Write a client in a format into a folder, which is made where it is missing.

    Raises:
        KeyError: There is no such format.
        OSError: A file cannot be written; what was there before is unchanged.
    """
    contents = EXPORTERS[name].files(hosted)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for file_name, data in contents.items():
        storage.write(folder / file_name, data)
        written.append(folder / file_name)
    return tuple(written)
