from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from studio.client.file import parse
from studio.client.samples import SAMPLES
from studio.importers.client_text import client_text
from tests.exporters.handovers import sample
from tests.exporters.strategies import clients

if TYPE_CHECKING:
    from studio.client.model import Client


@settings(max_examples=60, deadline=None)
@given(clients())
def test_any_client_is_read_again_as_it_was(client: Client) -> None:
    text = client_text(client, "From a test.")
    again = parse(text, "t")
    assert again.model_dump(mode="json") == client.model_dump(mode="json")
    assert client_text(again, "From a test.") == text


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_written_as_samples_are(name: str) -> None:
    client = sample(name).hosted.client
    text = client_text(client, "From a test.")
    assert parse(text, "t") == client
    lines = text.splitlines()
    assert lines[0] == f"# {client.registration.name}, a client of CONNECT. From a test."
    assert "# Who the service is, and where it may be answered." in lines
    commented = [line for line in lines if " # " in line and not line.startswith("#")]
    assert all(len(line) <= 100 and line.index("# ") == 37 for line in commented)


def test_defaults_are_left_out() -> None:
    text = "version: 1\nregistration: {id: a, name: B, redirect_uris: {staging: [a://b]}}\n"
    written = client_text(parse(text, "t"), "From a test.")
    keys = [line.strip().partition(":")[0] for line in written.splitlines() if ":" in line]
    assert keys == ["version", "registration", "id", "name", "redirect_uris", "staging", "- a"]


def test_a_name_of_several_lines_stays_within_its_comment() -> None:
    text = (
        'version: 1\nregistration: {id: a, name: "B\\nx: 1", redirect_uris: {staging: [a://b]}}\n'
    )
    client = parse(text, "t")
    written = client_text(client, "From a test.")
    assert written.startswith("# B x: 1, a client of CONNECT. From a test.\n")
    assert parse(written, "t") == client
