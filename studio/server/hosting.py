"""How does a client become one that is hosted at a real address, and where does its service live?

Rules kept here:

* the sample service of a client has a path of its own at CONNECT's origin, and is answered there:
  its addresses are registered in front of those of the client file, whose stay as they are;
* nothing else of the client is changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.client.model import PostLogoutRedirectUris, RedirectUris
from studio.site.service import ARRIVED, SIGNED_OUT

if TYPE_CHECKING:
    from studio.pages.hosting import HostedClient
    from studio.site.place import Place

SERVICES = "/services/"


def service_path(client_id: str) -> str:
    """Return the path that a client's sample service lives below, without a slash at its end."""
    return f"{SERVICES}{client_id}"


def service_home(place: Place, client_id: str) -> str:
    """Return the address of a client's sample service, without a slash at its end."""
    return f"{place.origin}{service_path(client_id)}"


def at_place(hosted: HostedClient, place: Place) -> HostedClient:
    """Return a client whose sample service can be answered where it is served.

    The addresses are plain http in one's own network too, which a client file may not have: they
    are not read from anywhere, so they are not checked as a file's are.
    """
    registration = hosted.client.registration
    home = service_home(place, registration.id)
    uris, after = registration.redirect_uris, registration.post_logout_redirect_uris
    own = {
        "redirect_uris": RedirectUris.model_construct(
            staging=(f"{home}{ARRIVED}", *uris.staging), production=uris.production
        ),
        "post_logout_redirect_uris": PostLogoutRedirectUris.model_construct(
            staging=(f"{home}{SIGNED_OUT}", *after.staging), production=after.production
        ),
    }
    client = hosted.client.model_copy(update={"registration": registration.model_copy(update=own)})
    return replace(hosted, client=client)
