"""What is a step of the trail? A page that was shown, with everything as it was then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from studio.device.device import DeviceState, Outside
    from studio.engine.screens import Screen
    from studio.site.service import AtService


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page that was shown, with everything as it was then."""

    screen: Screen | AtService | Outside
    url: str
    snapshot: DeviceState

    @property
    def title(self) -> str:
        """The id of the screen."""
        return self.screen.id

    @property
    def state(self) -> str:
        """Which variant of the screen it is."""
        return self.screen.state

    @property
    def app(self) -> str:
        """The service that is visited, empty for the client's own."""
        return self.snapshot.app

    def is_like(self, other: Step) -> bool:
        """Tell whether another step is the same page, shown again."""
        same = (self.title, self.state) == (other.title, other.state)
        return same and _place(self.url) == _place(other.url)


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path
