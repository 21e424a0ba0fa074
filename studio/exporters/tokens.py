"""Design tokens: the colours and sizes of the sign-in pages, for design tools and for code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.exporters import tokens_code as code
from studio.exporters.literals import markdown
from studio.exporters.templates import rendered
from studio.exporters.tokens_dtcg import dtcg, legacy
from studio.exporters.tokens_values import tokens

if TYPE_CHECKING:
    from studio.exporters.handover import Handover


def files(handover: Handover) -> dict[str, bytes]:
    """Return the tokens of a client in every form, by path."""
    registration = handover.hosted.client.registration
    found, name = tokens(handover.hosted), registration.name
    texts = {
        "connect-tokens.css": code.css_sheet(found, name),
        "_connect-tokens.scss": code.scss(found, name),
        "android/res/values/connect_token_colors.xml": code.android_colours(found, name),
        "android/res/values/connect_token_dimens.xml": code.android_sizes(found, name),
        "ios/ConnectTokens.swift": code.swift(found, name),
        "README.md": rendered(
            "tokens/README.md.jinja", name=markdown(name), client_id=registration.id
        ),
    }
    return {
        f"{registration.id}.tokens.json": dtcg(found, name),
        f"{registration.id}.tokens.legacy.json": legacy(found, name),
        **{path: text.encode() for path, text in texts.items()},
        **{f"ios/{path}": data for path, data in code.catalogue(found).items()},
    }
