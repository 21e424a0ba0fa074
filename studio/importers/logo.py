"""A logo as a starting point for a brand: which header is it seen on?

Proposed are tints and shades of the logo's own colours, and white and dark grey; for a white logo
dark ones. Each is measured against the part of the logo that is hardest to see on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from pathlib import PurePath
from typing import TYPE_CHECKING

from studio.client.colour import WHITE, Colour, Solid, contrast
from studio.client.logo import LogoError, read_logo
from studio.importers.logo_colours import logo_colours
from studio.importers.shape import Imported, ImportFileError
from studio.importers.starting import client_id, starting_with
from studio.pages.hosting import DARK, NON_TEXT_CONTRAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.client.logo import Logo

SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
MOST_BYTES = 1_000_000
_SUFFIX_OF = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/svg+xml": ".svg",
}  # fmt: skip
_BLACK = Colour(red=0, green=0, blue=0)
_CONNECT = Colour.rounded(0, 0x7C / 255, 0xB0 / 255)
_SHARES = (0.9, 0.75, 0.6, 0.45, 0.3)
"""How much white or black is mixed with a colour of the logo."""
_SHOWN = 5
_COLOURED = 0.15
"""Between the lightest and the darkest channel of what people call a colour."""
_TINY = 1e-6


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A colour to put behind a logo; `ratio` (1 to 21) is against its least visible part."""

    header: Solid
    ratio: float
    about: str

    @property
    def enough(self) -> bool:
        """Whether the logo is seen on it (WCAG 2.2, 1.4.11)."""
        return self.ratio + _TINY >= NON_TEXT_CONTRAST

    def __str__(self) -> str:
        """Tell colour, ratio (rounded down) and what it is."""
        return f"{self.header.css()}, {floor(self.ratio * 10 + _TINY) / 10:.1f}:1, {self.about}"


def proposals(logo: Logo) -> tuple[Proposal, ...]:
    """Return headers for a logo, best first: seen at all, of its own colour, then by contrast.

    Where no colour reaches 3:1 with all of the logo, those that come nearest are returned.
    """
    colours = logo_colours(logo)
    found = {
        proposal.header.css(): proposal
        for proposal in _measured(colours, [*_own(colours), *_neutral()])
    }
    ordered = sorted(found.values(), key=_worth, reverse=True)
    seen = [proposal for proposal in ordered if proposal.enough]
    return _varied(seen or ordered)


def _neutral() -> Iterator[tuple[Colour, str]]:
    yield WHITE, "white"
    yield DARK, "dark grey"
    yield _CONNECT, "CONNECT's blue"


def _own(colours: Sequence[Colour]) -> Iterator[tuple[Colour, str]]:
    """Yield tints and shades of the logo's colours."""
    for colour in colours:
        if _saturation(colour) < _COLOURED:
            continue
        for end, kind in ((WHITE, "tint"), (_BLACK, "shade")):
            for share in _SHARES:
                mixed = colour.mix(end, share)
                rounded = Colour.rounded(mixed.red, mixed.green, mixed.blue)
                yield rounded, f"a {kind} of the logo's {colour.hex()}"


def _saturation(colour: Colour) -> float:
    channels = (colour.red, colour.green, colour.blue)
    return max(channels) - min(channels)


def _measured(
    colours: Sequence[Colour], headers: Sequence[tuple[Colour, str]]
) -> Iterator[Proposal]:
    for header, about in headers:
        ratio = min((contrast(header, colour) for colour in colours), default=1.0)
        yield Proposal(header=Solid(colour=header), ratio=ratio, about=about)


def _worth(proposal: Proposal) -> tuple[bool, bool, float]:
    own = proposal.about.startswith("a ")
    return proposal.enough, own and proposal.enough, proposal.ratio


def _varied(ordered: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return the best of each kind first, so that not all are shades of one colour."""
    first = {proposal.about: proposal for proposal in reversed(ordered)}
    best = sorted(first.values(), key=ordered.index)
    rest = [proposal for proposal in ordered if proposal not in best]
    return tuple([*best, *rest][:_SHOWN])


def reads(data: bytes, _name: str) -> bool:
    """Tell whether a file looks like a picture that can be a logo."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    raster = data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return webp or raster or (start.startswith(b"<") and b"<svg" in start)


def read(data: bytes, name: str) -> Imported:
    """Return a client file with a logo and the header that it is seen on best.

    Raises:
        ImportFileError: It cannot be a logo.
    """
    try:
        logo = read_logo(data, name)
        found = proposals(logo)
    except LogoError as error:
        raise ImportFileError(str(error)) from None
    best, *others = found
    file = client_id(PurePath(name).name) + _SUFFIX_OF[logo.media_type]
    text = starting_with(
        best.header, file=PurePath(name).name, logo=file, notes=_notes(best, others)
    )
    left_out = tuple(f"{name}: {what} was removed from the logo" for what in logo.removed)
    return Imported(text=text, logo=logo.data, logo_name=file, left_out=left_out)


def _notes(best: Proposal, others: Sequence[Proposal]) -> Iterator[str]:
    """Tell what was proposed, with the contrast between header and logo."""
    if not best.enough:
        yield "The logo has light and dark parts: no colour has 3:1 with all of them."
    yield f"Proposed: {best}."
    if others:
        yield "Others that the logo is seen on:" if best.enough else "Others:"
        yield from (f"- {proposal}" for proposal in others)
