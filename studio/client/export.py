"""What is a client's configuration, in full? Canonical JSON for the systems that run sign-in."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.client.colour import Paint
    from studio.client.logo import Logo
    from studio.client.model import Client


def config_json(client: Client, logo: Logo | None, authorization_url: str) -> str:
    """Return all settings, defaults filled in, as JSON: the same bytes for the same input.

    Args:
        client: The client.
        logo: Its logo as it is shown; None where it has none.
        authorization_url: Where the client's sign-in begins.
    """
    config = client.model_dump(mode="json")
    config["authorization_url"] = authorization_url
    config["branding"]["header"] = _header(client.branding.header)
    config["branding"]["logo"] = _logo(client.branding.logo, logo)
    return json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _header(paint: Paint) -> dict[str, object]:
    return {
        "css": paint.css(),
        "main": paint.main().hex(),
        "stops": [colour.hex() for colour in paint.colours()],
    }


def _logo(file: str | None, logo: Logo | None) -> dict[str, object] | None:
    if logo is None:
        return None
    return {
        "file": file,
        "media_type": logo.media_type,
        "width": logo.width,
        "height": logo.height,
        "sha256": hashlib.sha256(logo.data).hexdigest(),
    }
