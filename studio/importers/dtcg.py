"""Design tokens (Design Tokens Format Module 2025.10, and the form before it) as a brand.

A client file has one thing that tokens tell: what is behind the logo. The token whose name fits
best is taken, aliases (`{group.token}`) are followed, and every other token is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.client.colour import parse_paint
from studio.client.hints import quoted
from studio.importers.dtcg_tokens import Tokens, TokensError
from studio.importers.dtcg_values import TokenValueError, paint_of
from studio.importers.reading import decoded, pointer
from studio.importers.shape import Imported, ImportFileError
from studio.importers.starting import starting_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.client.colour import Paint
    from studio.importers.dtcg_tokens import Path, Token

SUFFIXES = (".tokens", ".tokens.json", ".json")
_NAMES = (("header",), ("brand", "branding"), ("primary",), ("main", "accent", "key"))
_NOT_BEHIND = {
    "ink", "text", "on", "foreground", "fg", "contrast", "hover", "active", "pressed", "disabled",
    "focus", "border", "glow", "tint", "shadow", "error", "danger", "success", "warning",
}  # fmt: skip
_MOST_LISTED = 100
_EXTENSION = "example.connect"
_SIZES = {"dimension", "number", "fontSize"}


def reads(data: bytes, _name: str) -> bool:
    """Tell whether a file looks like design tokens: JSON with values."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"$value"' in data


def read(data: bytes, name: str) -> Imported:
    """Return a client file with the header of design tokens.

    Raises:
        ImportFileError: It is not a file of tokens, goes in circles, or has no colour to take.
    """
    text = decoded(data, name)
    try:
        tokens = Tokens.parse(text)
        path, header, left_out = _header(tokens)
    except TokensError as error:
        raise ImportFileError(f"{name}{error}") from None
    client = starting_with(header, file=name, notes=[f"From {pointer(path)} of the tokens."])
    return Imported(text=client, left_out=tuple(_shortened(left_out)))


def _header(tokens: Tokens) -> tuple[Path, Paint, list[str]]:
    """Return the token that fits best, and what is left of the others."""
    faults: dict[Path, str] = {}
    for path in sorted(tokens.paths, key=_rank):
        token = tokens.resolved(path)
        try:
            header = _paint(token, tokens)
        except TokenValueError as error:
            faults[path] = str(error)
            continue
        if header is not None:
            return path, header, [*tokens.left_out, *_others(tokens, path, faults)]
    raise TokensError(_first(faults) or ": has no colour or gradient with a value")


def _first(faults: dict[Path, str]) -> str:
    return next((f": {pointer(path)}: {fault}" for path, fault in faults.items()), "")


def _rank(path: Path) -> tuple[int, bool]:
    """Return how far a name is from that of a header, and put the shade 500 before the others."""
    words = [word for part in path for word in part.lower().replace("_", "-").split("-")]
    if _NOT_BEHIND & set(words):
        return len(_NAMES) + 1, False
    rank = next((at for at, names in enumerate(_NAMES) if set(names) & set(words)), len(_NAMES))
    return rank, not {"500", "default", "base", "header", "main"} & set(words)


def _paint(token: Token, tokens: Tokens) -> Paint | None:
    """Return the colour or gradient of a token, None for any other type."""
    if token.type not in {"color", "gradient"}:
        return None
    css = token.extension(_EXTENSION).get("css")
    if isinstance(css, str):
        try:
            return parse_paint(css)
        except ValueError as error:
            raise TokenValueError(f"$extensions: {error}") from None
    return paint_of(token, tokens)


def _others(tokens: Tokens, taken: Path, faults: dict[Path, str]) -> Iterator[str]:
    for path in tokens.paths:
        if path != taken:
            why = faults.get(path) or _why(tokens.resolved(path))
            yield f"{pointer(path)}: {why}"


def _why(token: Token) -> str:
    if token.missing:
        return f"{quoted(token.missing)} names no token of this file"
    if token.type in {"color", "gradient"}:
        return "other colours of the pages follow from the header's"
    if token.type in _SIZES:
        return "sizes of the pages are CONNECT's own"
    kind = quoted(token.type) if token.type else "of no type"
    return f"a token {kind} is not part of a client file"


def _shortened(lines: list[str]) -> Iterator[str]:
    yield from lines[:_MOST_LISTED]
    if len(lines) > _MOST_LISTED:
        yield f"/: {len(lines) - _MOST_LISTED:,} tokens more"
