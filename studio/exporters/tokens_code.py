"""Design tokens as code: CSS, SCSS, Android resources, Swift and an asset catalogue.

Names are the tokens' paths in the manner of each language. Android and Swift have a gradient as its
colours, one after the other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from studio.client.colour import Colour, Solid
from studio.exporters.tokens_values import PREFIX, colours, css

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.exporters.tokens_values import Token

_CATALOGUE = {"info": {"author": "xcode", "version": 1}}


def css_sheet(tokens: Iterable[Token], name: str) -> str:
    """Return a sheet of custom properties (CSS Custom Properties Level 1)."""
    return f"/* CONNECT sign-in of {_in_comment(name)}. */\n{css_properties(tokens)}"


def css_properties(tokens: Iterable[Token]) -> str:
    """Return the rule that declares custom properties."""
    lines = "".join(f"  --{_dashed(one)}: {css(one)}; /* {one.about} */\n" for one in tokens)
    return f":root {{\n{lines}}}\n"


def scss(tokens: Iterable[Token], name: str) -> str:
    """Return SCSS variables; they can be overridden before the file is loaded."""
    lines = "".join(f"${_dashed(one)}: {css(one)} !default; // {one.about}\n" for one in tokens)
    return f"// CONNECT sign-in of {_on_one_line(name)}.\n{lines}"


def android_colours(tokens: Iterable[Token], name: str) -> str:
    """Return colour resources, colours as `#AARRGGBB`."""
    return _resources("color", name, ((each, _argb(colour)) for each, colour in _named(tokens)))


def android_sizes(tokens: Iterable[Token], name: str) -> str:
    """Return dimension resources: text in sp, everything else in dp."""
    sizes = [(one, one.value) for one in tokens if isinstance(one.value, int | float)]
    rows = (
        (_words(one.path, "_"), f"{size:g}{'sp' if _is_text(one) else 'dp'}") for one, size in sizes
    )
    return _resources("dimen", name, rows)


def swift(tokens: Sequence[Token], name: str) -> str:
    """Return Swift constants: colours in sRGB and sizes in points."""
    values = [
        f"    public static let {_camel(each)} = {_swift_colour(colour)}"
        for each, colour in _named(tokens)
    ]
    sizes = [
        f"    public static let {_camel(_words(one.path, '_'))}: CGFloat = {one.value:g}"
        for one in tokens
        if isinstance(one.value, int | float)
    ]
    return "\n".join(
        (
            f"// CONNECT sign-in of {_on_one_line(name)}.",
            "import SwiftUI",
            "",
            "public enum ConnectTokens {",
            *values,
            "",
            *sizes,
            "}",
            "",
        )
    )


def catalogue(tokens: Iterable[Token]) -> dict[str, bytes]:
    """Return an asset catalogue of colour sets, by path."""
    folder = "ConnectTokens.xcassets"
    files = {f"{folder}/Contents.json": _json(_CATALOGUE)}
    for each, colour in _named(tokens):
        name = _camel(each)
        files[f"{folder}/Connect{name[0].upper()}{name[1:]}.colorset/Contents.json"] = _json(
            _colour_set(colour)
        )
    return files


def _colour_set(colour: Colour) -> dict[str, object]:
    parts = {"red": colour.red, "green": colour.green, "blue": colour.blue, "alpha": colour.alpha}
    components = {part: f"{value:.3f}" for part, value in parts.items()}
    asset = {"color-space": "srgb", "components": components}
    return {"colors": [{"color": asset, "idiom": "universal"}], **_CATALOGUE}


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def _named(tokens: Iterable[Token]) -> Iterator[tuple[str, Colour]]:
    """Yield every colour with its name; those of a gradient are numbered from 1."""
    for token in tokens:
        name = _words(token.path, "_")
        match token.value:
            case Solid():
                yield name, token.value.colour
            case float() | int():
                continue
            case _:
                for number, colour in enumerate(colours(token.value), 1):
                    yield f"{name}_{number}", colour


def _words(path: Iterable[str], between: str) -> str:
    return between.join(path).replace("-", between)


def _dashed(token: Token) -> str:
    return "-".join(token.path)


def _camel(name: str) -> str:
    first, *rest = name.removeprefix(f"{PREFIX}_").split("_")
    return first + "".join(part.capitalize() for part in rest)


def _is_text(token: Token) -> bool:
    return token.path[-1].startswith(("text", "title"))


def _argb(colour: Colour) -> str:
    red_green_blue = colour.hex()[1:7]
    return f"#{int(colour.alpha * 255 + 0.5):02x}{red_green_blue}".upper()


def _swift_colour(colour: Colour) -> str:
    parts = {"red": colour.red, "green": colour.green, "blue": colour.blue}
    values = ", ".join(f"{part}: {value:.4f}" for part, value in parts.items())
    return f"Color(.sRGB, {values}, opacity: {colour.alpha:.4f})"


def _resources(kind: str, name: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f'    <{kind} name="{each}">{escape(value)}</{kind}>\n' for each, value in rows)
    about = _on_one_line(name).replace("--", "- -").rstrip("-")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<!-- CONNECT sign-in of {about}. -->\n<resources>\n{lines}</resources>\n"
    )


def _on_one_line(text: str) -> str:
    """Return a name that cannot end a comment of one line."""
    return " ".join(text.split())


def _in_comment(text: str) -> str:
    return _on_one_line(text).replace("*/", "* /")
