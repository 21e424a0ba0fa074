"""The canonical configuration of a client, for the systems that run sign-in.

JSON with sorted keys and every default filled in: the same bytes for the same client, so that two
exports can be compared line by line.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from studio.device.entry import authorization_url, default_fields

if TYPE_CHECKING:
    from studio.client.colour import Paint
    from studio.pages.hosting import HostedClient


def config(hosted: HostedClient) -> dict[str, bytes]:
    """Return the configuration file of a client, with the authorisation URL it leads to."""
    client = hosted.client
    data = client.model_dump(mode="json")
    data["authorization_url"] = authorization_url(
        client.registration.id, default_fields(hosted.policy)
    )
    data["branding"]["header"] = _header(client.branding.header)
    data["branding"]["logo"] = _logo(hosted)
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return {f"{client.registration.id}.config.json": text.encode()}


def _header(paint: Paint) -> dict[str, object]:
    return {
        "css": paint.css(),
        "main": paint.main().hex(),
        "stops": [colour.hex() for colour in paint.colours()],
    }


def _logo(hosted: HostedClient) -> dict[str, object] | None:
    logo = hosted.logo
    if logo is None:
        return None
    return {
        "file": hosted.client.branding.logo,
        "media_type": logo.media_type,
        "width": logo.width,
        "height": logo.height,
        "sha256": hashlib.sha256(logo.data).hexdigest(),
    }
