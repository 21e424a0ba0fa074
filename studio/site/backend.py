"""What the site works on, whoever provides it: a simulated device, or a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.engine.world import World
    from studio.pages.hosting import HostedClient
    from studio.site.messages import Message


class StoreError(OSError):
    """A backend cannot keep what the site gives it. Why is for the backend to tell and to log."""


class Backend(Protocol):
    """What the site works on: the world, the hosted clients and a way to deliver messages."""

    world: World

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""

    def home(self, client_id: str) -> str | None:
        """Return where a client's own site lives; None where it has none, or is not known.

        It is an origin, and where the site has no host to itself, its path.
        """

    def deliver(self, message: Message) -> None:
        """Take an SMS or e-mail to the person."""

    def notify(self, client_id: str, uri: str, logout_token: str) -> None:
        """Tell a client that a session has ended (OpenID Connect Back-Channel Logout 1.0)."""

    def secret(self, client_id: str) -> str | None:
        """Return the SHA-256 of a client's secret in hexadecimal digits; None for a public one."""

    def register(self, hosted: HostedClient, secret: str | None) -> bool:
        """Keep a client that registers itself, and the SHA-256 of its secret, None if it is public.

        False where there is no room for it (RFC 7591 section 5: registration can be flooded).
        """
