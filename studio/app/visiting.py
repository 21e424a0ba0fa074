"""Which other services can be visited, so that what CONNECT does for the next one can be seen?

They are the samples that come with the program, each hosted as it is beside the client that is
open. The client's own service is visited under no name.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = ""
"""Stands for the service of the client that is open."""

SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "fakebrand": "FakeBrand: level 1",
        "hipstagram": "Hipstagram: level 1",
        "all-the-news": "All the news: level 2",
        "strusic": "Strusic: level 2, email",
    }
)
"""The samples by client id, with their names and what they ask of people."""


def others(own_id: str) -> dict[str, str]:
    """Return the services beside a client's own."""
    return {service: title for service, title in SERVICES.items() if service != own_id}
