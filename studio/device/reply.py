"""What a device is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from werkzeug.datastructures import Headers

    from studio.engine.screens import Screen
    from studio.site.service import AtService


@dataclass(frozen=True)
class Outside:
    """An address that is not part of the preview."""

    id: ClassVar[str] = "outside"
    state: ClassVar[str] = "empty"
    address: str


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer; `location` is where a redirect leads, as an absolute URL the device can load.

    `failure` is what went wrong inside CONNECT, of which the page tells a reference only.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    location: str | None = None
    screen: Screen | AtService | Outside | None = None
    failure: Exception | None = None

    @property
    def mimetype(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0]
