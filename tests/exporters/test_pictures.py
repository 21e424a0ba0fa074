"""Pictures and storyboards, with a renderer that draws nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import lxml.html
import pytest

from studio.client.edit import set_value
from studio.client.file import parse
from studio.device.renderer import PHONE, RenderError
from studio.exporters import pictures, storyboards
from studio.journeys.reach import reachable
from studio.pages.hosting import HostedClient
from tests.exporters.handovers import sample
from tests.exporters.test_storyboard import FakeRenderer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.exporters import Handover


def drawn_by(renderer: FakeRenderer, name: str = "hipstagram") -> Handover:
    return replace(sample(name), renderer=lambda: renderer)


@cache
def every_screen() -> tuple[FakeRenderer, Mapping[str, bytes]]:
    """Go to all screens once; who drew them, and the files."""
    renderer = FakeRenderer()
    return renderer, pictures.files(drawn_by(renderer))


@cache
def every_scenario() -> Mapping[str, bytes]:
    return storyboards.files(drawn_by(FakeRenderer()))


def test_each_screen_is_there_or_told_why_not() -> None:
    renderer, files = every_screen()
    manifest = json.loads(files[pictures.MANIFEST])
    shown, left_out = manifest["pictures"], manifest["left_out"]
    assert (manifest["client"], manifest["locale"]) == ("hipstagram", "en")
    assert manifest["viewport"] == "360x640"
    assert {task.viewport for task in renderer.tasks} == {PHONE}
    names = [f"{row['screen']}/{row['state']}" for row in (*shown, *left_out)]
    assert sorted(names) == sorted(one.name for one in reachable())
    why = next(row["why"] for row in left_out if row["state"] == "email-only")
    assert why.endswith("it takes start.fields: email")
    for row in shown:
        assert hashlib.sha256(files[row["file"]]).hexdigest() == row["sha256"]
    assert len(files) == len(shown) + 2
    page = lxml.html.document_fromstring(files[pictures.INDEX].decode())
    assert page.xpath("//img/@src") == [row["file"] for row in shown]
    assert f"{len(shown)} pictures. {len(left_out)} more screens" in str(page.xpath("string(.)"))


def test_a_page_that_cannot_be_drawn_is_named() -> None:
    with pytest.raises(RenderError, match=r"\.png: it broke"):
        pictures.files(drawn_by(FakeRenderer(error="it broke")))


def test_every_scenario_is_there_as_picture_and_page() -> None:
    files = dict(every_scenario())
    manifest = json.loads(files.pop(storyboards.MANIFEST))
    ids = [row["journey"] for row in manifest["storyboards"]]
    assert ids == [one.id for one in storyboards.scenarios()]
    assert manifest["left_out"] == []
    names = [one.partition("/")[2] for one in ids]
    index = lxml.html.document_fromstring(files.pop(storyboards.INDEX).decode())
    assert list(files) == [f"{name}{suffix}" for name in names for suffix in (".png", ".html")]
    assert index.xpath("//img/@src") == [name for name in files if name.endswith(".png")]
    assert index.xpath("//h2/a/@href") == [name for name in files if name.endswith(".html")]
    assert "Hipstagram" in files["1-level-1.html"].decode()


def test_a_scenario_that_the_client_cannot_be_met_in_is_told() -> None:
    """Where two clients have one redirect URI, an answer comes to the wrong one."""
    given, renderer = sample("fakebrand"), FakeRenderer()
    text = set_value(given.text, ("registration", "id"), "another")
    hosted = HostedClient(parse(text, "f.yaml"), given.hosted.logo)
    handover = replace(given, hosted=hosted, text=text, renderer=lambda: renderer)
    manifest = json.loads(storyboards.files(handover)[storyboards.MANIFEST])
    shown, left_out = manifest["storyboards"], manifest["left_out"]
    ids = {row["journey"] for row in (*shown, *left_out)}
    assert ids == {one.id for one in storyboards.scenarios()}
    first = next(row for row in left_out if row["journey"] == "scenarios/1-level-1")
    assert first["why"].startswith("scenarios/1-level-1.yaml:13: expected the service two ")
