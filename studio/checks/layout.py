"""Does a page hold its texts? Nothing outside, cut off, one over the other, or wrapped."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from studio.checks.finding import Fault, Severity
from studio.client.hints import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.catalogue import LanguageTexts
    from studio.checks.measuring import Box, Layout, Thing

_SLACK = 1.0
"""CSS pixels that rounding may take."""

_ONE_LINE = {"button": "the label of a button", "link": "a link", "label": "the label of a field"}
_NARROW = 320
"""CSS pixels: the windows where a button that names a service may take two lines."""


class LayoutCheck(Protocol):
    """Looks at one page at one width; a fault comes with the text it is about."""

    @property
    def name(self) -> str:
        """How it is called in findings."""

    @property
    def severity(self) -> Severity:
        """How bad what it finds is."""

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield what is wrong."""


class Overflow:
    """Nothing stands outside of the window, and the page does not scroll sideways (1.4.10)."""

    name = "overflow"
    severity = Severity.ERROR

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield what sticks out."""
        del texts
        window: Box = {"left": 0, "right": layout["window"], "top": 0, "bottom": 0}
        found = False
        for thing in layout["things"]:
            if any(_beside(line, window) for line in thing["lines"]):
                found = True
                yield thing["text"], _fault(thing["text"], "sticks out of the window")
        if not found and layout["content"] > layout["window"] + _SLACK:
            yield "", Fault(message="the page scrolls sideways", mend="Let its parts wrap.")


class Clipping:
    """No text is cut off by what it stands in, and a field shows all of what it says."""

    name = "clipping"
    severity = Severity.ERROR

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield what is cut off or hangs over."""
        del texts
        for thing in layout["things"]:
            for frame in (thing["holder"], thing["cut"]):
                if frame and any(_outside(line, frame) for line in thing["lines"]):
                    yield thing["text"], _fault(thing["text"], "does not fit its box")
                    break
        for field in layout["inputs"]:
            if field["wide"] > field["room"] + _SLACK:
                yield field["text"], _fault(field["text"], "is longer than its field")


class Overlap:
    """Nothing that can be seen stands over something else."""

    name = "overlap"
    severity = Severity.ERROR

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield each pair once."""
        del texts
        for one, other in combinations(layout["things"], 2):
            if not _related(one, other) and any(
                _over(first, second) for first in one["lines"] for second in other["lines"]
            ):
                message = f"{quoted(one['text'])} and {quoted(other['text'])} overlap"
                mend = "Use fewer letters, or give them more room in the style sheet."
                yield one["text"], Fault(message=message, mend=mend)


class Wrapping:
    """Labels that stand beside something are in one line; what has a line of its own may wrap.

    One line take: the label of a button, a link beside a field, below a button, in the tabs or in
    the footer, and the label of a field, which such a link stands beside. Rows of a list, check
    boxes and other links may wrap. On a window of 320 pixels a button that names CONNECT or a
    service may take two lines, for a name cannot be made shorter.
    """

    name = "wrapping"
    severity = Severity.WARNING

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield those that take more."""
        for thing in layout["things"]:
            if thing["kind"] not in _ONE_LINE or thing["value"]:
                continue
            count = _line_count(thing["lines"])
            narrow = layout["window"] <= _NARROW and thing["kind"] == "button"
            if count > 1 + (narrow and _names(thing["text"], texts)):
                what = f"is {_ONE_LINE[thing['kind']]} and takes {count} lines"
                yield thing["text"], _fault(thing["text"], what)


def _names(label: str, texts: LanguageTexts) -> bool:
    """Tell whether a label names CONNECT or a service."""
    return "CONNECT" in label or texts.own.with_value(label)


def _fault(text: str, what: str) -> Fault:
    return Fault(message=f"{quoted(text)} {what}", mend="Use fewer or shorter words.")


def _beside(line: Box, frame: Box) -> bool:
    return line["left"] < frame["left"] - _SLACK or line["right"] > frame["right"] + _SLACK


def _outside(line: Box, frame: Box) -> bool:
    above = line["top"] < frame["top"] - _SLACK
    return _beside(line, frame) or above or line["bottom"] > frame["bottom"] + _SLACK


def _related(one: Thing, other: Thing) -> bool:
    """Tell whether one holds the other, or both share a field, whose text keeps clear."""
    same = one["number"] == other["number"]
    holds = one["number"] in other["parents"] or other["number"] in one["parents"]
    return same or holds or (one["input"] == other["input"] != -1)


def _over(one: Box, other: Box) -> bool:
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return wide > _SLACK and high > _SLACK


def _line_count(lines: list[Box]) -> int:
    """Count lines: what begins below the middle of the line before stands in the next one."""
    count, middle = 0, float("-inf")
    for line in sorted(lines, key=lambda each: each["top"]):
        if line["top"] >= middle:
            count += 1
            middle = (line["top"] + line["bottom"]) / 2
    return count
