r"""Which CSS may an SVG logo hold? Known properties, and no reference to anything outside.

CSS is read by tinycss2, so that comments and escapes such as `u\72l(` hide nothing, and written
anew from the tokens that stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

from studio.client.svg_allowed import FUNCTIONS, PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinycss2.ast import Node

_DEEPEST = 20


def clean_declarations(text: str) -> tuple[str, list[str]]:
    """Return the declarations of a style attribute that may stay, and what was removed."""
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    if _is_too_nested(tokens):
        return "", ["too deeply nested style"]
    return _declarations(tinycss2.parse_blocks_contents(tokens))


def clean_sheet(text: str) -> tuple[str, list[str]]:
    """Return the rules of a style sheet that may stay, and what was removed."""
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    if _is_too_nested(tokens):
        return "", ["too deeply nested style"]
    rules, removed = [], []
    for rule in tinycss2.parse_stylesheet(tokens, skip_whitespace=True):
        if rule.type != "qualified-rule":
            removed.append(f"@{rule.at_keyword}" if rule.type == "at-rule" else "broken rule")
            continue
        declarations, dropped = _declarations(tinycss2.parse_blocks_contents(rule.content))
        removed += dropped
        if declarations:
            rules.append(f"{tinycss2.serialize(rule.prelude).strip()}{{{declarations}}}")
    return "\n".join(rules), removed


def outside_reference(text: str) -> str | None:
    """Name the first thing in a value that refers outside of the picture, or None."""
    if "(" not in text and "\\" not in text:
        return None
    tokens = tinycss2.parse_component_value_list(text)
    return "too deeply nested value" if _is_too_nested(tokens) else _outside(tokens)


def _is_too_nested(tokens: Iterable[Node]) -> bool:
    """Keep tinycss2's recursive serialiser, and the walk here, within Python's stack."""
    waiting = [(token, 1) for token in tokens]
    while waiting:
        token, depth = waiting.pop()
        if depth > _DEEPEST:
            return True
        waiting += [(inner, depth + 1) for inner in _inner(token)]
    return False


def _inner(token: Node) -> Iterable[Node]:
    """Return the tokens within a function or block."""
    return getattr(token, "arguments", None) or getattr(token, "content", None) or ()


def _declarations(content: Iterable[Node]) -> tuple[str, list[str]]:
    kept, removed = [], []
    for node in content:
        if node.type == "whitespace":
            continue
        if node.type != "declaration":
            removed.append("broken declaration")
        elif node.lower_name not in PROPERTIES:
            removed.append(f"property {node.lower_name}")
        elif (outside := _outside(node.value)) is not None:
            removed.append(f"{outside} in {node.lower_name}")
        else:
            important = " !important" if node.important else ""
            value = tinycss2.serialize(node.value).strip()
            kept.append(f"{node.lower_name}:{value}{important}")
    return ";".join(kept), removed


def _outside(tokens: Iterable[Node]) -> str | None:
    for token in _all_tokens(tokens):
        if token.type == "error":
            return "broken value"
        if token.type == "url" and not token.value.startswith("#"):
            return f'reference to "{token.value[:60]}"'
        if token.type != "function":
            continue
        if token.lower_name not in FUNCTIONS:
            return f"function {token.lower_name}()"
        if token.lower_name == "url" and (target := _target(token)) is not None:
            return f'reference to "{target[:60]}"'
    return None


def _target(function: Node) -> str | None:
    """Return what a quoted `url("...")` refers to, unless it is a part of the picture."""
    parts = [token for token in function.arguments if token.type != "whitespace"]
    if len(parts) == 1 and parts[0].type == "string" and parts[0].value.startswith("#"):
        return None
    return str(tinycss2.serialize(parts))


def _all_tokens(tokens: Iterable[Node]) -> Iterator[Node]:
    for token in tokens:
        yield token
        yield from _all_tokens(_inner(token))
