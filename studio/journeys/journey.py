"""A journey: who goes which way, with what device, at which services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.device.network import Connection
from studio.journeys.steps import Expect

if TYPE_CHECKING:
    from pathlib import Path

    from studio.journeys.steps import Place, Step

SCREENS = "screens"
"""The kind of journey whose id names the screen and the state that it reaches."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting of a client file, by the names on its way, with the value it takes."""

    path: tuple[str, ...]
    value: str | tuple[str, ...]
    place: Place = field(compare=False)

    def __str__(self) -> str:
        value = self.value if isinstance(self.value, str) else f"[{', '.join(self.value)}]"
        return f"{'.'.join(self.path)}: {value}"


@dataclass(frozen=True, kw_only=True)
class ServiceOf:
    """A service of a journey: a sample, or the client file of an owner, with other settings."""

    name: str
    sample: str = ""
    file: Path | None = None
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Journey:
    """One journey. With `after` it goes on where that one ends, with its person and services.

    `file` is the name shown in errors. `language` is the BCP 47 tag of the texts it expects.
    """

    id: str
    title: str
    file: str
    steps: tuple[Step, ...]
    after: str = ""
    person: str = "full"
    device: Connection = field(default_factory=Connection)
    services: tuple[ServiceOf, ...] = (ServiceOf(name="service", sample="fakebrand"),)
    language: str = "en"

    @property
    def kind(self) -> str:
        """The folder it is shipped in: `scenarios`, `sessions`, `examples`, `screens`."""
        return self.id.partition("/")[0]

    @property
    def end(self) -> Expect:
        """What is seen at its end."""
        last = self.steps[-1]
        if not isinstance(last, Expect):
            raise TypeError(f"{self.file} does not end with what is expected")  # the reader checks
        return last
