"""How is a journey read? A file's nodes become values, and every mistake is told at once.

Rules kept here:

* a mistake names file, line and column, and what to write instead;
* whatever a file names must be there: people, samples, screens, kinds of steps;
* what only playing can tell, such as a state or an input's name, is told when it is played.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from studio.client.hints import choice, did_you_mean, quoted
from studio.client.mistake import Mistake
from studio.client.tree import TreeError, compose_quickly
from studio.journeys.steps import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    Entries = dict[str, yaml.Node]


class JourneyFileError(ValueError):
    """A journey cannot be read; it has every mistake at once."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class Reader:
    """Reads one file, and gathers what is wrong with it.

    What cannot be read becomes something empty; `done` raises before anybody uses that.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._mistakes: list[Mistake] = []

    def root(self, text: str) -> yaml.Node:
        """Return the node of a whole file.

        Raises:
            JourneyFileError: The text is no YAML, or of a shape that is refused.
        """
        try:
            tree = compose_quickly(text)
        except TreeError as error:
            faults, root = error.faults, None
        else:
            faults, root = tree.faults, tree.root
        for fault in faults:
            path = ".".join(fault.path)
            self._tell(fault.line, fault.column, f"{path}: {fault.message}".removeprefix(": "))
        if root is None and not faults:
            self._tell(1, 1, "the file is empty; write title and steps")
        if root is None or faults:
            raise JourneyFileError(self._mistakes)
        return root

    def place(self, node: yaml.Node) -> Place:
        """Return where a node stands."""
        mark = node.start_mark
        return Place(file=self.file, line=mark.line + 1, column=mark.column + 1)

    def fail(self, node: yaml.Node, message: str) -> None:
        """Note a mistake at a node."""
        at = self.place(node)
        self._tell(at.line, at.column, message)

    def done(self) -> None:
        """End reading.

        Raises:
            JourneyFileError: There were mistakes.
        """
        if self._mistakes:
            raise JourneyFileError(sorted(self._mistakes, key=lambda one: (one.line, one.column)))

    # Shapes

    def entries(self, node: yaml.Node, what: str, allowed: Iterable[str] | None = None) -> Entries:
        """Return the entries of a mapping by key; without `allowed` any key is right."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, f"{what} must be keys with values, not {self._shown(node)}")
            return {}
        known = None if allowed is None else tuple(allowed)
        found: Entries = {}
        for key, value in node.value:
            if known is not None and key.value not in known:
                guess = did_you_mean(key.value, known) or ";"
                self.fail(key, f"unknown key {quoted(key.value)}{guess} allowed: {_list(known)}")
            else:
                found[key.value] = value
        return found

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """Return the items of a list."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.fail(node, f"{what} must be a list, not {self._shown(node)}")
        return []

    def text(self, node: yaml.Node, what: str) -> str:
        """Return the text of a scalar that is not empty."""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value)
        self.fail(node, f"{what} must be one value, not {self._shown(node)}")
        return ""

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """Return one text or several."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(item, what) for item in node.value)
        return (self.text(node, what),)

    def one_of(self, node: yaml.Node, what: str, options: Iterable[str]) -> str:
        """Return a text that is one of a closed list; the first of them where it is not."""
        allowed = tuple(options)
        text = self.text(node, what)
        if text and text not in allowed:
            self.fail(node, f"{what}: {choice(text, allowed)}")
        return text if text in allowed else allowed[0]

    def flag(self, node: yaml.Node, what: str) -> bool:
        """Return `true` or `false`."""
        return self.one_of(node, what, ("true", "false")) == "true"

    def number(self, node: yaml.Node, what: str) -> int:
        """Return a whole number from 1 to 100."""
        text = self.text(node, what)
        if text.isdecimal() and 1 <= int(text) <= 100:  # noqa: PLR2004 - as the docstring says
            return int(text)
        self.fail(node, f"{what} must be a number from 1 to 100, not {quoted(text)}")
        return 1

    def _shown(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return quoted(node.value)
        return "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"

    def _tell(self, line: int, column: int, message: str) -> None:
        self._mistakes.append(
            Mistake(file=self.file, line=line, column=column, path="", message=message)
        )


def _list(known: tuple[str, ...]) -> str:
    return ", ".join(known)
