"""Which terms has a language chosen, and which does it avoid?

`locales/<tag>/playbook.yaml` holds a mapping `terms`: below each term, named in English, `use` (the
one spelling), `avoid` (wrong ones, as they would be met in a text) and `reason`. Every mistake is
told at once, with its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from studio.i18n.locales import Locale, locale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEYS: Final = ("use", "avoid", "reason")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A chosen term.

    Attributes:
        name: What it stands for, in English: `sign in`.
        use: The one spelling.
        avoid: Spellings and words that no text may have.
        reason: Why, in a sentence.
        line: Its line in the file, from 1.
    """

    name: str
    use: str
    avoid: tuple[str, ...]
    reason: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Playbook:
    """The terms of a language, in the order of its file."""

    locale: Locale
    terms: tuple[Term, ...] = ()


class PlaybookError(ValueError):
    """A playbook has mistakes; a line for each, in the order of the file."""


@dataclass(frozen=True)
class _Mistake:
    """What is wrong at a node."""

    node: yaml.Node
    message: str

    def line(self, name: str) -> str:
        mark = self.node.start_mark
        return f"{name}:{mark.line + 1}:{mark.column + 1} {self.message}"


def path(folder: Path, of: Locale) -> Path:
    """Return where a language's playbook lies in a folder `locales/`."""
    return folder / of.tag / "playbook.yaml"


def read(file: Path, of: Locale) -> Playbook:
    """Read a playbook; a file that is not there has no terms.

    Raises:
        PlaybookError: It is not a playbook.
    """
    if not file.is_file():
        return Playbook(locale=of)
    name = f"{of.tag}/{file.name}"
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise PlaybookError(f"{name}: is not UTF-8; save it as UTF-8") from None
    return parse(text, name, of)


def load(folder: Path, tag: str) -> Playbook:
    """Read the playbook of a language in a folder `locales/`.

    Raises:
        UnknownLocaleError: No language has this tag.
        PlaybookError: It is not a playbook.
    """
    of = locale(tag)
    return read(path(folder, of), of)


def parse(text: str, name: str, of: Locale) -> Playbook:
    """Read a playbook from text; `name` stands in the mistakes.

    Raises:
        PlaybookError: With every mistake.
    """
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else f"{name}:"
        raise PlaybookError(f"{place} this is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise PlaybookError(f"{name}: this is not YAML: {error}") from None
    mistakes = list(_mistakes(root))
    if mistakes:
        raise PlaybookError("\n".join(mistake.line(name) for mistake in mistakes))
    return Playbook(locale=of, terms=tuple(_terms(root)))


def _mistakes(root: yaml.Node | None) -> Iterator[_Mistake]:
    if root is None:
        yield _Mistake(yaml.ScalarNode("", "", _START, _START), 'begins with "terms:"')
        return
    entries = _entries(root)
    if [key for key, _node in entries] != ["terms"]:
        yield _Mistake(root, 'a playbook is a mapping with one key, "terms"')
        return
    terms = entries[0][1]
    if not isinstance(terms, yaml.MappingNode):
        yield _Mistake(terms, "terms: has to be a mapping of terms")
        return
    seen: set[str] = set()
    for key, node in terms.value:
        if key.value in seen:
            yield _Mistake(key, f"{key.value}: is there twice; remove one")
        seen.add(str(key.value))
        yield from _mistakes_of_term(str(key.value), node)


_START: Final = yaml.Mark("", 0, 0, 0, "", 0)


def _mistakes_of_term(name: str, node: yaml.Node) -> Iterator[_Mistake]:
    entries = dict(_entries(node))
    if not entries:
        yield _Mistake(node, f"{name}: has to be a mapping of use, avoid and reason")
        return
    for key, value in entries.items():
        if key not in _KEYS:
            yield _Mistake(value, f"{name}.{key}: unknown key; allowed: {', '.join(_KEYS)}")
    for key in _KEYS:
        if key not in entries:
            yield _Mistake(node, f"{name}.{key}: is missing")
    for key in ("use", "reason"):
        if key in entries and not _text(entries[key]):
            yield _Mistake(entries[key], f"{name}.{key}: has to be a text")
    if "avoid" in entries:
        yield from _mistakes_of_avoid(name, entries["avoid"], _text(entries.get("use")))


def _mistakes_of_avoid(name: str, node: yaml.Node, use: str) -> Iterator[_Mistake]:
    if not isinstance(node, yaml.SequenceNode):
        yield _Mistake(node, f"{name}.avoid: has to be a list, such as [a, b]")
        return
    for item in node.value:
        text = _text(item)
        if not text:
            yield _Mistake(item, f"{name}.avoid: holds something that is not a text")
        elif text.casefold() == use.casefold():
            yield _Mistake(item, f'{name}.avoid: "{text}" is also what to use')


def _terms(root: yaml.Node | None) -> Iterator[Term]:
    for key, node in _entries(root)[0][1].value if root else ():
        entries = dict(_entries(node))
        yield Term(
            name=str(key.value),
            use=_text(entries["use"]),
            avoid=tuple(_text(item) for item in entries["avoid"].value),
            reason=_text(entries["reason"]),
            line=key.start_mark.line + 1,
        )


def _entries(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(str(key.value), value) for key, value in node.value]


def _text(node: yaml.Node | None) -> str:
    """Return a scalar's text whatever YAML would take it for: `no` is a word here."""
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
