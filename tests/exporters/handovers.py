"""Clients to hand over, without anybody who draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.client.file import parse, read
from studio.client.logo import load_logo
from studio.client.samples import sample_path
from studio.exporters import Handover
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from studio.device.tasks import BatchRenderer


def nobody() -> BatchRenderer:
    """Stand where nothing is drawn."""
    raise AssertionError("a format that draws nothing asked for a renderer")


def handover_of(hosted: HostedClient, text: str = "") -> Handover:
    """Return what a format is made of."""
    return Handover(hosted=hosted, text=text, renderer=nobody)


def sample(name: str) -> Handover:
    """Return a sample to hand over."""
    path = sample_path(name)
    text, client = read(path)
    logo = client.branding.logo
    return handover_of(HostedClient(client, load_logo(path.parent / logo) if logo else None), text)


def written(text: str) -> Handover:
    """Return a client without a logo to hand over."""
    return handover_of(HostedClient(parse(text, "f.yaml")), text)
