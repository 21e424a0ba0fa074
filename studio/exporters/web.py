"""What a web site needs to sign people in: HTML, CSS, and a whole service in Python and in Node.js.

The examples are the same for every client; what differs is in `connect.json` and in the pages. They
run on the machine itself, against `connect-studio serve`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from studio.client.choices import EntryPoint
from studio.exporters.asking import asked, is_loopback, is_web
from studio.exporters.buttons import css as button_css
from studio.exporters.labels import sign_in_label, texts
from studio.exporters.literals import markdown
from studio.exporters.templates import rendered
from studio.exporters.tokens_code import css_properties
from studio.exporters.tokens_values import BRAND, tokens
from studio.i18n.locales import locale
from studio.pages.language import LocalText
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.client.model import Client
    from studio.exporters.handover import Handover
    from studio.pages.hosting import HostedClient

STATIC = ("python/app.py", "python/requirements.txt", "node/server.mjs", "node/package.json")
"""Files that are the same for every client."""
REDIRECT = "http://localhost:8081/connect/callback"
"""Where the examples are answered, where the client file names no page on the web."""
BACKCHANNEL = "/connect/backchannel"


def files(handover: Handover) -> dict[str, bytes]:
    """Return the files of a web site, by path."""
    client = handover.hosted.client
    source = folder("flow_templates") / "export" / "web"
    made = {
        "connect.css": _style(handover.hosted),
        "connect.json": json.dumps(_settings(handover), ensure_ascii=False, indent=2) + "\n",
        **dict(_pages(client)),
        **_readmes(handover),
    }
    return {
        **{name: text.encode() for name, text in made.items()},
        **{name: (source / name).read_bytes() for name in STATIC},
    }


def redirect_uri(client: Client) -> str:
    """Return where the examples are answered: on the machine itself, if the client file says so."""
    uris = client.registration.redirect_uris
    return _first_on_web((*uris.staging, *uris.production)) or REDIRECT


def _first_on_web(uris: Sequence[str]) -> str | None:
    """Return an address of this machine, else an https one, None where there is neither."""
    return next(iter(sorted(filter(is_web, uris), key=lambda uri: not is_loopback(uri))), None)


def _settings(handover: Handover) -> dict[str, object]:
    client = handover.hosted.client
    wanted = asked(client)
    parameters = {"acr_values": wanted.level, **dict(wanted.more)}
    if wanted.claims:
        essential = {name: {"essential": True} for name in wanted.claims}
        parameters["claims"] = json.dumps({"userinfo": essential}, separators=(",", ":"))
    return {
        "client_id": client.registration.id,
        "issuer": f"{handover.base}/oauth",
        "redirect_uri": redirect_uri(client),
        "post_logout_redirect_uri": _post_logout(client),
        "backchannel_logout_path": _backchannel(client),
        "scope": " ".join(wanted.scopes),
        "parameters": parameters,
        "login_hint": list(wanted.hints),
        "ui_locales": bool(wanted.locales),
        "level": int(wanted.level),
        "language": client.language.default,
        "pages": list(client.language.offered),
    }


def _post_logout(client: Client) -> str | None:
    """Return where the browser comes back to after signing out: an address of the same server."""
    uris = client.registration.post_logout_redirect_uris
    own = _origin(redirect_uri(client))
    return _first_on_web([uri for uri in (*uris.staging, *uris.production) if _origin(uri) == own])


def _origin(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.scheme, parts.netloc


def _backchannel(client: Client) -> str:
    uri = client.registration.backchannel_logout_uri
    return (urlsplit(uri).path or "/") if uri else BACKCHANNEL


def _pages(client: Client) -> Iterator[tuple[str, str]]:
    """Yield the pages of each language: signed out, signed in, and when CONNECT refused."""
    for tag in client.language.offered:
        for name, template, refused in (
            ("signed-out", "signed-out", False),
            ("refused", "signed-out", True),
            ("signed-in", "signed-in", False),
        ):
            yield (
                f"pages/{tag}/{name}.html",
                rendered(
                    f"web/{template}.html",
                    locale=locale(tag),
                    name=client.registration.name,
                    texts=_texts(client, tag),
                    label=_label(client),
                    scheme=client.entry.button.scheme.value,
                    link=client.entry.point is EntryPoint.LINK,
                    refused=refused,
                ),
            )


def _texts(client: Client, tag: str) -> Mapping[str, Markup]:
    """Return the texts as HTML; what they speak of stands apart in its own direction."""
    parts = {
        "service": Markup("<bdi>{}</bdi>").format(client.registration.name),
        "who": Markup('<bdi dir="ltr">[[who]]</bdi>'),
        "error": Markup('<code dir="ltr">[[error]]</code>'),
    }
    return {name: Markup.escape(text) % parts for name, text in texts(tag).items()}


def _label(client: Client) -> LocalText:
    tag = client.entry.button.language
    return LocalText(text=sign_in_label(tag), lang=tag, direction=locale(tag).direction)


def _style(hosted: HostedClient) -> str:
    """Return the button's style, the brand's colours as the tokens have them, and the cards'."""
    brand = [one for one in tokens(hosted) if BRAND in one.path]
    return rendered("web/connect.css.jinja", button=button_css(), brand=css_properties(brand))


def _readmes(handover: Handover) -> dict[str, str]:
    client = handover.hosted.client
    uri, uris = redirect_uri(client), client.registration.redirect_uris
    parts = urlsplit(uri)
    values: dict[str, object] = {
        "name": markdown(client.registration.name),
        "client_id": client.registration.id,
        "redirect_uri": uri,
        "registered": uri in (*uris.staging, *uris.production),
        "home": f"{parts.scheme}://{parts.netloc}/",
        "issuer": f"{handover.base}/oauth",
        "confidential": client.registration.confidential,
        "post_logout": _post_logout(client),
        "backchannel": client.registration.backchannel_logout_uri,
        "backchannel_path": _backchannel(client),
        "label": locale(client.entry.button.language).english_name,
    }
    names = ("README.md", "python/README.md", "node/README.md")
    return {name: rendered(f"web/{name}.jinja", **values) for name in names}
