"""Read a client file together with its logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.client.file import read
from studio.client.logo import load_logo
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from pathlib import Path


def hosted_client(path: Path) -> HostedClient:
    """Return the client of a file as CONNECT hosts it.

    Raises:
        ClientFileError: The file cannot be read or has mistakes.
        LogoError: Its logo cannot be used.
    """
    _text, client = read(path)
    logo = client.branding.logo
    return HostedClient(client, load_logo(path.parent / logo) if logo else None)
