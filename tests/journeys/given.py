"""Journeys of a test's own, in a folder of its own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from studio.device.fresh import fresh_pages, fresh_state
from studio.journeys.library import Library, shipped
from studio.journeys.playing import Run
from studio.journeys.reading import JourneyFileError

if TYPE_CHECKING:
    from pathlib import Path

    from studio.device.device import DeviceState
    from studio.journeys.journey import Journey
    from studio.journeys.services import Source
    from studio.journeys.walking import Point
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages

TITLE = "title: Test\n"


def library(folder: Path, **texts: str) -> Library:
    """Return the journeys of these texts, by their ids."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return Library(folder)


def read(folder: Path, text: str) -> Journey:
    """Return a journey of this text, its id "one"."""
    return library(folder, one=text).get("one")


def mistakes(folder: Path, text: str) -> list[str]:
    """Return what is wrong with a journey's text, a line each."""
    with pytest.raises(JourneyFileError) as raised:
        read(folder, text)
    return str(raised.value).splitlines()


def run_of(journeys: Library, client: Source | HostedClient | None = None, tag: str = "") -> Run:
    """Return a run on pages and a fresh world that all tests share."""
    return Run(journeys, pages(), client=client, tag=tag, state=state())


def played(folder: Path, steps: str, *, head: str = "", tag: str = "") -> Point:
    """Play a journey of these steps, with these further keys."""
    journeys = library(folder, one=f"{TITLE}{head}steps:\n{steps}")
    return run_of(journeys, tag=tag).play(journeys.get("one"))


@cache
def pages() -> Pages:
    """Return the program's own pages."""
    return fresh_pages()


@cache
def state() -> DeviceState:
    """Return a fresh world, with the signing key in it."""
    return fresh_state()


@cache
def shipped_run(tag: str = "en") -> Run:
    """Return a run of the shipped journeys."""
    return run_of(shipped(), tag=tag)
