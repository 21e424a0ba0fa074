"""How is a step told to people? As short notes, in the words of the page it was taken on.

A password is never told, not even how long it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.device.people import PEOPLE
from studio.journeys.labels import chosen_of, input_of, label_of, text_of
from studio.journeys.steps import Act, Check, Connect, Do, Fill, HandTo, Open, Press, Wait

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import timedelta

    from studio.device.browser import Browser
    from studio.journeys.steps import Step
    from studio.journeys.walking import Point, Walk

MASK = "\N{BULLET}" * 8
"""Stands for any password."""


class Did(StrEnum):
    """What a person did, or that something happened; the value is the word before the text."""

    TYPED = "Types"
    CHECKED = "Checks"
    UNCHECKED = "Unchecks"
    PRESSED = "Presses"
    FOLLOWED = "Follows"
    HAPPENED = "Then"


@dataclass(frozen=True, kw_only=True)
class Note:
    """One thing that was done or happened. `label` is that of the input that was typed into.

    Text and label are the page's own, in its language; English where it `HAPPENED`.
    """

    did: Did
    text: str
    label: str = ""


_ACTS: Mapping[Act, str] = MappingProxyType(
    {
        Act.CLOSE_WINDOW: "Closes the window",
        Act.FORGET_COOKIES: "Forgets the cookies and loads the page again",
        Act.FILL_SAVED_PASSWORD: "Lets the password manager fill in",
        Act.READ_CODE: "Lets the code be read from the SMS",
        Act.CONNECT_FAILS: "CONNECT stops keeping data",
        Act.CONNECT_WORKS: "CONNECT works again",
    }
)
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "wifi": "Wi-Fi",
        "wifi-and-mobile-data": "Wi-Fi and mobile data",
        "android": "Android",
        "ios": "iOS",
        "desktop": "desktop browser",
        "in-app-tab": "in-app tab",
    }
)
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def happened(text: str) -> Note:
    """Return a note about something that is not done on a page."""
    return Note(did=Did.HAPPENED, text=text)


def notes_of(step: Step, walk: Walk, after: Point) -> tuple[Note, ...]:
    """Return what is told of a step.

    Args:
        step: It was taken without a mistake.
        walk: Stands where the step was taken from.
        after: Where the step led to.
    """
    browser = walk.browser
    match step:
        case Fill(values=values):
            found = _typed(browser, ((name, walk.value(text)) for name, text in values))
        case Check(name=name, checked=checked):
            did = Did.CHECKED if checked else Did.UNCHECKED
            found = (Note(did=did, text=one.label) for one in _typed(browser, [(name, "")]))
        case Press(action=action, nth=nth):
            found = iter([_pressed(browser, action, nth)])
        case Do(act=act):
            found = iter([happened(_ACTS[act]), *_filled(browser, after)])
        case _:
            found = map(happened, _beside(step, walk))
    return tuple(found)


def plainly(value: str) -> str:
    """Return how a choice of the device is said: "mobile data", "Wi-Fi"."""
    return _SAID.get(value) or value.replace("-", " ")


def _beside(step: Step, walk: Walk) -> Iterator[str]:
    """Tell what is not done on a page."""
    match step:
        case Open():
            yield _opened(step, walk)
            yield from (f"{name}={value}" for name, value in step.asked)
        case Wait(span=span):
            yield f"{spelled(span)} later"
        case Connect(changes=changes):
            yield f"Changes to {', '.join(plainly(str(value)) for _name, value in changes)}"
        case HandTo(person=person):
            title = next(one.title for one in PEOPLE if one.id == person)
            yield f"Somebody else takes the device: {title[0].lower()}{title[1:]}"
        case _:
            return


def spelled(span: timedelta) -> str:
    """Return a time in English, in days only where it is whole days: "25 hours", "2 days"."""
    left = int(span.total_seconds())
    units = _UNITS if left % 86400 == 0 else _UNITS[1:]
    parts: list[str] = []
    for name, seconds in units:
        count, left = divmod(left, seconds)
        if count:
            parts.append(f"{count} {name}{'s' if count > 1 else ''}")
    return " ".join(parts) or "0 seconds"


def _opened(step: Open, walk: Walk) -> str:
    if not step.path:
        return f"Starts to sign in at {walk.name_of(step.service)}"
    where = walk.name_of(step.service) if step.service else "CONNECT"
    return f"Opens {where}" if step.path == "/" else f"Opens {step.path} of {where}"


def _typed(browser: Browser, values: Iterable[tuple[str, str]]) -> Iterator[Note]:
    for name, value in values:
        field = input_of(browser.document, name)
        if field is None:
            continue
        secret = field.get("type") == "password"
        yield Note(
            did=Did.TYPED,
            text=MASK if secret and value else chosen_of(field, value),
            label=label_of(browser.document, field),
        )


def _pressed(browser: Browser, action: str, nth: int) -> Note:
    way = browser.way(action, nth)
    link = way.tag == "a" or "button" not in str(way.get("class", "")).split()
    return Note(did=Did.FOLLOWED if link else Did.PRESSED, text=text_of(way) or action)


def _filled(browser: Browser, after: Point) -> Iterator[Note]:
    """Tell what a program has filled in on the page that is still shown."""
    if after.moment.reply is not browser.moment.reply:
        return
    before = browser.moment.filled
    news = ((name, text) for name, text in after.moment.filled.items() if name not in before)
    yield from _typed(browser, sorted((name, text or "") for name, text in news))
