"""Hosted clients for tests: the sample that comes with the program, and variants of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from studio.client.edit import set_value
from studio.client.file import parse, read
from studio.client.logo import load_logo
from studio.client.samples import sample_path
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.client.logo import Logo


Setting = str | int | bool | list[str]


@cache
def _fakebrand() -> tuple[str, Logo]:
    path = sample_path("fakebrand")
    return read(path)[0], load_logo(path.with_name("fakebrand.svg"))


def fakebrand(settings: Mapping[str, Setting] | None = None) -> HostedClient:
    """Return the sample, with settings by dotted path instead of its own."""
    text, logo = _fakebrand()
    for path, value in (settings or {}).items():
        text = set_value(text, tuple(path.split(".")), value)
    return HostedClient(parse(text, "fakebrand.client.yaml"), logo)
