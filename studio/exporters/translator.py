"""What a translator without the program gets: the texts, where each is seen, and the terms.

One folder for a language: `connect.po` for the translator's own program, `messages.html` with a
picture for each message in which the message is marked, and the playbook. Each screen is drawn
once, and only where it shows a message that no screen before has shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict, cast

from studio.device.renderer import PHONE
from studio.i18n import pofiles
from studio.i18n.catalogues import Catalogues
from studio.i18n.glossary import markdown
from studio.i18n.locales import locale
from studio.i18n.marking import Key, MarkingCatalogues, Numbers
from studio.i18n.playbook import load
from studio.journeys.reach import UnreachableError, reach_in, reachable, runs_of
from studio.pages.render import Pages
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from babel.messages.catalog import Message

    from studio.device.browser import Browser
    from studio.device.device import Device
    from studio.device.renderer import Picture, Renderer
    from studio.journeys.reach import Reachable
    from studio.pages.hosting import HostedClient

PO_FILE, PAGE, PICTURES, PLAYBOOK = "connect.po", "messages.html", "pictures", "playbook.md"


class _Box(TypedDict):
    left: float
    top: float
    right: float
    bottom: float


class _Mark(TypedDict):
    number: int
    boxes: list[_Box]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Where a message stands in a picture, in per cent of its width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Place:
    """A picture with a message in it. `middle` is the first mark's, in per cent of the height."""

    screen: str
    file: str
    width: int
    height: int
    marks: tuple[Mark, ...]

    @property
    def middle(self) -> float:
        """Where to look, in per cent from the top."""
        return self.marks[0].top + self.marks[0].height / 2


@dataclass(kw_only=True)
class Seen:
    """Where messages have been seen so far: in pictures, and in an SMS or e-mail."""

    places: dict[int, Place] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    sent: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A message as the page shows it."""

    number: int
    context: str
    source: str
    plural: str
    texts: tuple[str, ...]
    comments: tuple[str, ...]
    references: tuple[str, ...]
    place: Place | None
    sent: str


def translator_files(
    tag: str, renderer: Renderer, clients: Sequence[HostedClient] = ()
) -> dict[str, bytes]:
    """Return the files of the folder for a language, by their names.

    Args:
        tag: BCP 47 tag of the language.
        renderer: Who draws the pages.
        clients: Whose pages are drawn: each screen with the first whose settings lead there;
            without any, each with the sample that its journey names.

    Raises:
        UnknownLocaleError: No language has this tag.
        CatalogueError: The catalogue cannot be read.
        PlaybookError: The playbook cannot be read.
        RenderError: A page could not be drawn.
    """
    of, texts = locale(tag), folder("locales")
    file = pofiles.path(texts, of)
    messages = tuple(pofiles.messages(pofiles.read(file)))
    numbers = Numbers(tuple(map(_key, messages)))
    seen = look_at_screens(tag, clients, numbers, renderer)
    rows = [_row(number, message, seen) for number, message in enumerate(messages, 1)]
    page = _plain_pages().device("translator", locale=of, rows=rows, total=len(rows))
    return {
        PO_FILE: file.read_bytes(),
        PLAYBOOK: markdown([load(texts, tag)]).encode(),
        PAGE: page.encode(),
        **seen.pictures,
    }


def look_at_screens(
    tag: str, clients: Sequence[HostedClient], numbers: Numbers, renderer: Renderer
) -> Seen:
    """Go through all screens and note where each message is first seen."""
    plain = _plain_pages()
    marked = Pages(
        folder("flow_templates"), MarkingCatalogues(Catalogues(folder("locales")), numbers)
    )
    seen = Seen()
    for one, browser in _reached(tag, clients, marked):
        _note_sent(browser, numbers, seen)
        new = set(numbers.found_in(browser.reply.body.decode())) - set(seen.places)
        if new:
            _note_page(one, browser, browser.device.fork(plain), seen, renderer)
    return seen


def _reached(
    tag: str, clients: Iterable[HostedClient], pages: Pages
) -> Iterator[tuple[Reachable, Browser]]:
    runs = runs_of(clients, pages, tag)
    for one in reachable():
        for run in runs:
            try:
                yield one, reach_in(run, one)
            except UnreachableError:
                continue
            break


def _note_sent(browser: Browser, numbers: Numbers, seen: Seen) -> None:
    for message in browser.device.state.inbox:
        for number in numbers.found_in(message.text):
            seen.sent.setdefault(number, _without_marks(message.text))


def _note_page(
    one: Reachable, browser: Browser, shown: Device, seen: Seen, renderer: Renderer
) -> None:
    """Measure the marks on the marked page, and draw the same page without them."""
    url = browser.reply.url
    (answer,) = renderer.measure(browser.device, url, [PHONE], _script())
    marks = [mark for mark in _marks(answer) if mark["number"] not in seen.places]
    if not marks:
        return
    picture = renderer.shoot(shown, url, PHONE, full_page=True)
    file = f"{PICTURES}/{one.id}.{one.state}.png"
    seen.pictures[file] = picture.png
    for mark in marks:
        seen.places.setdefault(mark["number"], _place(one.name, file, picture, mark["boxes"]))


def _script() -> str:
    source = (folder("assets") / "scripts" / "marks.js").read_text("utf-8")
    return f"JSON.stringify(({source.strip()})())"


def _marks(answer: object) -> list[_Mark]:
    return cast("list[_Mark]", json.loads(str(answer)))


def _place(screen: str, file: str, picture: Picture, boxes: Iterable[_Box]) -> Place:
    wide, high = picture.width / 100, picture.height / 100
    marks = tuple(
        Mark(
            left=round(box["left"] / wide, 2),
            top=round(box["top"] / high, 2),
            width=round((box["right"] - box["left"]) / wide, 2),
            height=round((box["bottom"] - box["top"]) / high, 2),
        )
        for box in _by_line(boxes)
    )
    return Place(screen=screen, file=file, width=picture.width, height=picture.height, marks=marks)


def _by_line(boxes: Iterable[_Box]) -> list[_Box]:
    """Put the boxes of one line together: text of two directions or fonts has several."""
    lines: list[_Box] = []
    for box in sorted(boxes, key=lambda each: each["top"]):
        middle = (box["top"] + box["bottom"]) / 2
        if lines and lines[-1]["top"] <= middle <= lines[-1]["bottom"]:
            lines[-1] = _around(lines[-1], box)
        else:
            lines.append(box)
    return lines


def _around(one: _Box, other: _Box) -> _Box:
    return {
        "left": min(one["left"], other["left"]),
        "top": min(one["top"], other["top"]),
        "right": max(one["right"], other["right"]),
        "bottom": max(one["bottom"], other["bottom"]),
    }


def _row(number: int, message: Message, seen: Seen) -> Row:
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return Row(
        number=number,
        context=message.context or "",
        source=sources[0],
        plural=sources[1] if len(sources) > 1 else "",
        texts=texts,
        comments=tuple(message.auto_comments),
        references=tuple(dict.fromkeys(name for name, _line in message.locations)),
        place=seen.places.get(number - 1),
        sent=seen.sent.get(number - 1, ""),
    )


def _key(message: Message) -> Key:
    source = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", source


def _plain_pages() -> Pages:
    return Pages(folder("flow_templates"), Catalogues(folder("locales")))


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not "\ue000" <= char <= "\uf8ff")
