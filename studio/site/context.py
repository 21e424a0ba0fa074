"""What pages need besides their screens: language, brand, and the URLs they lead to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from studio.engine.visit import ACCOUNT_CLIENT
from studio.i18n.locales import LOCALES, locale, match
from studio.pages.language import page_locale, page_message
from studio.pages.render import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.client.model import Client
    from studio.engine.flow import Flow
    from studio.i18n.locales import Locale
    from studio.pages.hosting import HostedClient


def bare_page(wanted: Sequence[str]) -> Page:
    """Return what a page without a client needs: CONNECT's own look, the wanted language."""
    return Page(locale=match(wanted) or locale("en"))


def client_page(
    hosted: HostedClient,
    wanted: Sequence[str],
    *,
    action: str = "",
    token: str = "",
    again: Sequence[tuple[str, str]] = (),
) -> Page:
    """Return what a page of a client needs; `again` are the parameters that begin it anew."""
    client = hosted.client
    shown = page_locale(client, wanted)
    base = f"/brand/{client.registration.id}/{hosted.version}"
    return Page(
        locale=shown,
        client_name=client.registration.name,
        symbol=client.branding.logo_kind == "symbol",
        brand_href=f"{base}/brand.css",
        logo_href=f"{base}/logo" if hosted.logo else None,
        action=action,
        token=token,
        message=page_message(client, shown),
        terms_uri=client.registration.terms_uri,
        privacy_uri=client.registration.privacy_uri,
        again=f"/oauth/authorize?{urlencode(again)}" if again else None,
        account=client.registration.id == ACCOUNT_CLIENT,
    )


def flow_page(flow: Flow, hosted: HostedClient) -> Page:
    """Return what a page of a flow needs: its forms come back to the flow's own URL."""
    action = f"/id/signin/{flow.id}"
    page = client_page(hosted, flow.locales, action=action, token=flow.token)
    return replace(page, flow=action, languages=languages_of(hosted.client))


def languages_of(client: Client) -> tuple[Locale, ...]:
    """Return the languages that people can switch to: none where the client does not let them."""
    chosen = client.language
    offered = tuple(one for one in LOCALES if one.tag in chosen.offered)
    return offered if chosen.by_request and len(offered) > 1 else ()
