"""A client as CONNECT hosts it: its file, its logo, and what pages and engine need of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.client.colour import Paint, contrast
from studio.client.srgb import Colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.client.logo import Logo
    from studio.client.model import Client
    from studio.engine.policy import ClientPolicy


def _grey(level: int) -> Colour:
    return Colour(red=level / 255, green=level / 255, blue=level / 255)


PAGE = _grey(0xF7)
DARK = _grey(0x1F)
WHITE = _grey(0xFF)

TINT_SHARE = 0.12
GLOW_ALPHA = 0.6
NON_TEXT_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: what a focus indicator needs against its surroundings."""


def brand_variables(paint: Paint) -> Mapping[str, str]:
    """Derive the custom properties of `flow_templates/static/page.css` from a header colour.

    The message box is tinted with the paint's main colour and barred with it, the button glows in
    it. The focus ring takes it where its contrast with the page allows, and is dark otherwise.
    """
    main = paint.main()
    visible = contrast(main, PAGE) >= NON_TEXT_CONTRAST
    return MappingProxyType(
        {
            "--header": paint.css(),
            "--header-ink": header_ink(paint).hex(),
            "--brand": main.hex(),
            "--tint": WHITE.mix(main, TINT_SHARE).hex(),
            "--glow": replace(main, alpha=GLOW_ALPHA).hex(),
            "--focus": (main if visible else DARK).hex(),
        }
    )


def header_ink(paint: Paint) -> Colour:
    """Return white or near-black, whichever is easier to read on the whole of a paint."""
    return max((WHITE, DARK), key=lambda ink: lowest_contrast(ink, paint))


def lowest_contrast(ink: Colour, paint: Paint) -> float:
    """Return the contrast of a colour with the part of a paint that is nearest to it."""
    return min(contrast(ink, colour) for colour in paint.colours())


@dataclass(frozen=True)
class HostedClient:
    """A client and its logo, with everything derived from them once."""

    client: Client
    logo: Logo | None = None

    @cached_property
    def policy(self) -> ClientPolicy:
        """What the engine obeys."""
        return self.client.policy()

    @cached_property
    def variables(self) -> Mapping[str, str]:
        """The custom properties of the brand."""
        return brand_variables(self.client.branding.header)

    @cached_property
    def css(self) -> str:
        """The brand's own style sheet."""
        lines = "".join(f"  {name}: {value};\n" for name, value in self.variables.items())
        return f":root {{\n{lines}}}\n"

    @cached_property
    def version(self) -> str:
        """Names the look: another colour or logo has another version, and so another URL."""
        logo = self.logo.data if self.logo else b""
        return hashlib.sha256(self.css.encode() + b"\0" + logo).hexdigest()[:16]
