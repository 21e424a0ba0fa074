"""Which client files does a journey meet, with which settings of its own?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from studio.client.file import read, validated
from studio.client.logo import load_logo
from studio.client.mistake import Mistake
from studio.client.samples import sample_path
from studio.client.tree import compose, data_of
from studio.journeys.reading import JourneyFileError
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.client.logo import Logo
    from studio.client.tree import Data, Fault
    from studio.journeys.journey import ServiceOf, Setting


_ASKED = ("start", "flow", "session", "sdk")
"""The sections of a client file that decide what people are asked for."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A client as it was read, and the data of its file, in which settings can be others."""

    hosted: HostedClient
    data: Data

    def with_settings(self, settings: Iterable[Setting]) -> HostedClient:
        """Return the client with other settings.

        Raises:
            JourneyFileError: A setting does not exist, or its value is not allowed.
        """
        chosen = tuple(settings)
        return _made(self.data, chosen, self.hosted.logo) if chosen else self.hosted

    def in_place_of(self, service: ServiceOf) -> HostedClient:
        """Return the client in the place of a service: it asks people for the same.

        What the sample says of start screen, flow, sessions and SDK is taken over, and the settings
        of the journey; registration, branding, languages and entry stay the client's own.

        Raises:
            JourneyFileError: A setting does not exist, or its value is not allowed.
        """
        own = self.data if isinstance(self.data, dict) else {}
        theirs = sample(service.sample).data if service.sample else self.data
        asked = theirs if isinstance(theirs, dict) else {}
        data = own | {section: asked.get(section) for section in _ASKED}
        return _made(data, service.settings, self.hosted.logo)


def source(path: Path) -> Source:
    """Read a client file, with its logo.

    Raises:
        ClientFileError: The file cannot be read or has mistakes.
        LogoError: Its logo cannot be used.
    """
    text, client = read(path)
    logo: Logo | None = None
    if client.branding.logo:
        logo = load_logo(path.parent / client.branding.logo)
    return Source(hosted=HostedClient(client, logo), data=data_of(compose(text).root))


@cache
def sample(name: str) -> Source:
    """Return a sample that comes with the program."""
    return source(sample_path(name))


def hosted_of(service: ServiceOf) -> HostedClient:
    """Return the client of a service of a journey."""
    own = source(service.file) if service.file else sample(service.sample)
    return own.with_settings(service.settings)


def _made(data: Data, chosen: tuple[Setting, ...], logo: Logo | None) -> HostedClient:
    """Return the client of a file's data with other settings."""
    for setting in chosen:
        data = _changed(data, setting.path, setting.value)
    client, faults = validated(data)
    if client is None:
        raise JourneyFileError([_mistake(fault, chosen) for fault in faults])
    return HostedClient(client, logo)


def _changed(data: Data, path: tuple[str, ...], value: str | tuple[str, ...]) -> Data:
    """Return the data with one value set; sections that are missing are made."""
    if not path:
        return value if isinstance(value, str) else list(value)
    section = dict(data) if isinstance(data, dict) else {}
    section[path[0]] = _changed(section.get(path[0]), path[1:], value)
    return section


def _mistake(fault: Fault, settings: tuple[Setting, ...]) -> Mistake:
    """Tell a fault at the setting that is nearest to it."""
    near = max(settings, key=lambda one: _shared(one.path, fault.path))
    place = near.place
    message = f"set {'.'.join(fault.path)}: {fault.message}"
    return Mistake(file=place.file, line=place.line, column=place.column, path="", message=message)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many names two paths have in common at their beginning."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count
