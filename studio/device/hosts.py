"""At which host is the sample service of a client?"""

from __future__ import annotations

import re

SERVICES = "service.example"
MAX_LABEL = 63


def service_origin(client_id: str) -> str:
    """Return where the sample service of a client is: its id as a host's label (RFC 1123, 2.1)."""
    label = re.sub(r"[^a-z0-9]", "-", client_id.lower())[:MAX_LABEL].rstrip("-")
    return f"https://{label}.{SERVICES}"
