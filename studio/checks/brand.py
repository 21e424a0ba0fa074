"""Can all that a brand colours be read and seen (WCAG 2.2), and is the logo fit for its place?"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, ClassVar

import tinycss2

from studio.checks.contrast import header_contrast
from studio.checks.finding import Fault, Finding, Severity
from studio.client.choices import LogoKind
from studio.client.colour import Colour, Solid, contrast, parse_paint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.checks.client import ClientSubject
    from studio.client.logo import Logo

TEXT, LARGE = 4.5, 3.0
"""What WCAG 2.2 asks of text (1.4.3), and of large text and of what is not text (1.4.11)."""

_WHITE = "#fff"
_LOGO_BOX = {LogoKind.WIDE: (240, 40), LogoKind.SYMBOL: (240, 64)}
"""The place for a logo in CSS pixels, width and height (`page.css`)."""
_DENSITIES = (3, 2, 1)
_LARGE_FILE = 100_000
_SYMBOL_AT_MOST, _WIDE_AT_LEAST = 2.0, 1.3


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Something on something: custom properties or colours, and the ratio it takes."""

    what: str
    ink: str
    paper: str
    least: float


PAIRS = (
    Pair(what="the message on its box", ink="--ink", paper="--tint", least=TEXT),
    Pair(what="the button's label", ink=_WHITE, paper="--button", least=TEXT),
    Pair(what="the button on the page", ink="--button", paper="--page", least=LARGE),
    Pair(what="the title on the page", ink="--ink", paper="--page", least=TEXT),
    Pair(what="the quiet text on the page", ink="--quiet", paper="--page", least=TEXT),
    Pair(what="a mistake on the page", ink="--danger", paper="--page", least=TEXT),
    Pair(what="the focus ring on the page", ink="--focus", paper="--page", least=LARGE),
)
"""What a page has besides its header."""


def page_colours(style: str) -> dict[str, Colour]:
    """Return the custom properties of a style sheet's first `:root` that are plain colours."""
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    root = next(
        rule
        for rule in rules
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root"
    )
    lines = tinycss2.parse_declaration_list(root.content, skip_comments=True, skip_whitespace=True)
    found = {}
    for line in lines:
        if line.type == "declaration" and line.name.startswith("--"):
            colour = _plain(tinycss2.serialize(line.value).strip())
            if colour:
                found[line.name] = colour
    return found


def _plain(text: str) -> Colour | None:
    try:
        paint = parse_paint(text)
    except ValueError:
        return None
    return paint.main() if isinstance(paint, Solid) else None


class PageContrast:
    """What the brand colours on the page, and what stands on it, can be told apart (`PAIRS`)."""

    name = "contrast"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield the pairs with too little contrast."""
        brand = {name: _plain(text) for name, text in subject.hosted.variables.items()}
        colours = {**subject.colours, **{name: each for name, each in brand.items() if each}}
        for pair in PAIRS:
            ratio = self._ratio(pair, colours)
            if ratio is not None and ratio < pair.least:
                fault = Fault(
                    message=f"{pair.what} has a contrast of {_written(ratio)}:1; "
                    f"{pair.least:g}:1 is needed (WCAG 2.2)",
                    mend="Choose a header colour further from the page's, or mend the page's own.",
                )
                yield subject.finding(self.name, Severity.ERROR, fault, "branding.header")

    def _ratio(self, pair: Pair, colours: Mapping[str, Colour]) -> float | None:
        ink, paper = (colours.get(each) or _plain(each) for each in (pair.ink, pair.paper))
        return contrast(ink, paper) if ink and paper else None


class HeaderContrast:
    """The service's name or logo is seen on every part of the header.

    WCAG excepts logos (1.4.3), so a pale one is a warning; the name is large text.
    """

    name = "header-contrast"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield it where it is too low; a logo of unknown colours is not judged."""
        if subject.hosted.logo and subject.logo_colour is None:
            return
        measured = header_contrast(subject.client, subject.logo_colour)
        if not measured.enough:
            logo = subject.hosted.logo is not None
            mend = "Choose another header colour" + (
                ", or a lighter or darker logo." if logo else "."
            )
            fault = Fault(message=f"{measured.sentence.rstrip('.')} (WCAG 2.2)", mend=mend)
            severity = Severity.WARNING if logo else Severity.ERROR
            yield subject.finding(self.name, severity, fault, "branding.header")


class LogoSharpness:
    """A logo of pixels has enough of them for screens with 1, 2 and 3 pixels to a CSS pixel."""

    name = "logo-sharpness"
    path: ClassVar[str] = "branding.logo"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield the densities on which it is blurred."""
        logo = subject.hosted.logo
        if logo is None or logo.media_type == "image/svg+xml":
            return
        width, height = shown_size(logo, subject.client.branding.logo_kind)
        blurred = [one for one in _DENSITIES if logo.width + 0.5 < width * one]
        if blurred:
            screens = ", ".join(f"{one}x" for one in sorted(blurred))
            severity = Severity.ERROR if 1 in blurred else Severity.WARNING
            fault = Fault(
                message=f"the logo has {logo.width} x {logo.height} pixels and is blurred on "
                f"screens of {screens}",
                mend=f"Use an SVG, or a picture of {width * 3:.0f} x {height * 3:.0f} pixels.",
            )
            yield subject.finding(self.name, severity, fault, self.path)


class LogoShape:
    """A logo suits its kind, and its file is small enough to come quickly."""

    name = "logo-shape"
    path: ClassVar[str] = "branding.logo_kind"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield a shape of the other kind, or a large file."""
        logo, kind = subject.hosted.logo, subject.client.branding.logo_kind
        if logo is None:
            return
        ratio = logo.width / max(logo.height, 1)
        if kind is LogoKind.SYMBOL and ratio > _SYMBOL_AT_MOST:
            fault = Fault(
                message=f"the logo is {ratio:.1f} times as wide as high, too wide for a symbol",
                mend="Set branding.logo_kind to wide, or use the symbol alone.",
            )
            yield subject.finding(self.name, Severity.WARNING, fault, self.path)
        if kind is LogoKind.WIDE and ratio < _WIDE_AT_LEAST:
            fault = Fault(
                message="the logo is nearly as high as wide and looks small in the header",
                mend="Set branding.logo_kind to symbol: the header becomes higher.",
            )
            yield subject.finding(self.name, Severity.WARNING, fault, self.path)
        if len(logo.data) > _LARGE_FILE:
            fault = Fault(
                message=f"the logo has {len(logo.data):,} bytes and comes late on a slow phone",
                mend=f"Save it with fewer than {_LARGE_FILE:,} bytes.",
            )
            yield subject.finding(self.name, Severity.WARNING, fault, "branding.logo")


def shown_size(logo: Logo, kind: LogoKind) -> tuple[float, float]:
    """Return how large a logo is shown, in CSS pixels."""
    width, height = _LOGO_BOX[kind]
    scale = min(width / max(logo.width, 1), height / max(logo.height, 1))
    return logo.width * scale, logo.height * scale


def _written(ratio: float) -> str:
    """Write a ratio rounded down: 4.47 does not reach 4.5."""
    return f"{floor(ratio * 10) / 10:.1f}"
