"""The routes of the pages to read: what CONNECT is, its terms, its privacy statement.

Within a flow they have its client's brand, its language and the way back to it; elsewhere they are
CONNECT's own, in the language asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engine.connect import happen
from studio.engine.events import ChooseLocales
from studio.engine.screens import About, Privacy, Terms
from studio.site.context import bare_page, flow_page
from studio.site.host import wanted
from studio.site.responses import see_other

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from studio.site.host import Host
    from studio.site.signing_in import SigningIn

TEXTS = {screen.id: screen for screen in (About(), Terms(), Privacy())}
"""The pages by the last part of their URL."""


@dataclass(frozen=True)
class Texts:
    """The routes `/id/<text>` and `/id/signin/<flow>/<text>`."""

    host: Host
    signing_in: SigningIn

    def show(self, request: Request, name: str) -> Response:
        """Show a text in CONNECT's own look."""
        session = self.host.session(request)
        languages = wanted(request) or (session.locales if session else ())
        return self.host.page(request, TEXTS[name], bare_page(languages))

    def show_in_flow(self, request: Request, flow_id: str, name: str) -> Response:
        """Show a text as a page of a flow, which stays where it is."""
        found = self.signing_in.find(request, flow_id)
        if not isinstance(found, tuple):
            return found
        turn, hosted = found
        languages = wanted(request)
        if languages:
            turn = happen(turn, ChooseLocales(tags=languages))
            return self.host.carried_out(turn.world, turn.effects, see_other(request.path))
        return self.host.page(request, TEXTS[name], flow_page(turn.flow, hosted))
