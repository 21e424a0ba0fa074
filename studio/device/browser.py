"""A browser without a screen: it follows redirects, fills forms and presses buttons.

It drives a `Device` the way a web view does, for the command line and for tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

import lxml.html
from immutables import Map

if TYPE_CHECKING:
    from lxml.html import FormElement, HtmlElement, InputElement, SelectElement, TextareaElement

    from studio.device.device import Device, DeviceState, Reply

    type Input = InputElement | SelectElement | TextareaElement

MAX_REDIRECTS = 20


class BrowserError(RuntimeError):
    """A step that a person could not do on the page that is shown."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Where a browser is: all that its device knows, the page it shows, and what is typed there."""

    state: DeviceState
    reply: Reply | None = None
    filled: Map[str, str | None] = field(default_factory=Map)


class Browser:
    """One tab. `reply` is what it shows; a page must be opened before anything is pressed."""

    def __init__(self, device: Device, moment: Moment | None = None) -> None:
        self.device = device
        self._reply: Reply | None = None
        self._filled: Map[str, str | None] = Map()
        self._document: HtmlElement | None = None
        if moment:
            device.state = moment.state
            self._reply, self._filled = moment.reply, moment.filled

    @property
    def moment(self) -> Moment:
        """All of it as a value, for another browser to go on from."""
        return Moment(state=self.device.state, reply=self._reply, filled=self._filled)

    @property
    def reply(self) -> Reply:
        """The page that is shown.

        Raises:
            BrowserError: None has been opened.
        """
        if self._reply is None:
            raise BrowserError("no page is open")
        return self._reply

    @property
    def document(self) -> HtmlElement:
        """The page as elements."""
        if self._document is None:
            self._document = lxml.html.document_fromstring(self.reply.body.decode())
        return self._document

    def copy(self) -> Browser:
        """Open a second tab on the same page of the same device."""
        other = Browser(self.device)
        other._reply = self._reply
        return other

    @property
    def actions(self) -> list[str]:
        """What the buttons of the page send, in their order, each once."""
        return [name for tag, name in self._named_ways() if tag == "button"]

    def open(self, url: str) -> Reply:
        """Go to an absolute URL."""
        return self._follow(self.device.request("GET", url))

    def reload(self) -> Reply:
        """Show the same page again."""
        return self.open(self.reply.url)

    def fill(self, name: str, value: str | None) -> None:
        """Type into the input of that name, or choose; for a check box, None unchecks it.

        Raises:
            BrowserError: The page has no such input, or the input no such choice.
        """
        found = self._inputs(name)
        if not found:
            raise BrowserError(f"there is no input {name!r} on {self.reply.url}")
        choices = [str(one) for one in found[0].xpath("self::select//option/@value")]
        if choices and value not in choices:
            raise BrowserError(f"{name!r} has no choice {value!r} on {self.reply.url}")
        self._filled = self._filled.set(name, value)

    def fill_saved(self) -> None:
        """Take the offer of the password manager.

        Raises:
            BrowserError: It keeps nothing that this page asks for.
        """
        offer = self.device.offer(self.reply.screen)
        if offer is None:
            raise BrowserError(f"nothing saved fits {self.reply.url}")
        for name, value in offer.values.items():
            self.fill(name, value)

    def check(self, name: str, *, checked: bool) -> None:
        """Check a box, or uncheck it.

        Raises:
            BrowserError: The page has no such box.
        """
        boxes = [one for one in self._inputs(name) if one.get("type") == "checkbox"]
        if not boxes:
            raise BrowserError(f"there is no box {name!r} on {self.reply.url}")
        self.fill(name, boxes[0].get("value", "on") if checked else None)

    def held(self, name: str) -> str | None:
        """Return what an input holds; None for an unchecked box.

        Raises:
            BrowserError: The page has no such input.
        """
        if name in self._filled:
            return self._filled[name]
        found = self._inputs(name)
        if not found:
            raise BrowserError(f"there is no input {name!r} on {self.reply.url}")
        value = found[0].value
        return None if value is None else str(value)

    def press(self, action: str = "submit", nth: int = 1) -> Reply:
        """Press the button, or follow the link, that does `action`: the first, or the `nth` one.

        Raises:
            BrowserError: The page has no such button or link.
        """
        return self._take(self.way(action, nth), action)

    def way(self, action: str, nth: int = 1) -> HtmlElement:
        """Return the button, or the link, that does `action`: the first, or the `nth` one.

        Raises:
            BrowserError: The page has no such button or link.
        """
        ways = [one for one in self._ways() if one.get(_named(one)) == action]
        if len(ways) < nth:
            there = ", ".join(dict.fromkeys(name for _, name in self._named_ways())) or "none"
            which = f"{action!r}" if nth == 1 else f"{action!r} number {nth}"
            raise BrowserError(
                f"there is no button or link {which} on {self.reply.url}; there are: {there}"
            )
        return ways[nth - 1]

    def _take(self, way: HtmlElement, action: str) -> Reply:
        if way.tag == "a":
            return self.open(urljoin(self.reply.url, way.get("href", "")))
        form = self._form_of(way)
        target = urljoin(self.reply.url, str(form.get("action") or ""))
        sent = urlencode([*self._fields(form), ("action", action)])
        if form.method == "GET":
            return self.open(f"{target.partition('?')[0]}?{sent}")
        return self._follow(self.device.request("POST", target, body=sent.encode()))

    def _ways(self) -> list[HtmlElement]:
        found: list[HtmlElement] = self.document.xpath(
            "//button[@name='action'][@value] | //a[@data-action][@href]"
        )
        return found

    def _named_ways(self) -> list[tuple[str, str]]:
        pairs = ((str(one.tag), str(one.get(_named(one)))) for one in self._ways())
        return list(dict.fromkeys(pairs))

    def _inputs(self, name: str) -> list[Input]:
        kinds = "self::input or self::select or self::textarea"
        found: list[Input] = self.document.xpath(f"//form//*[{kinds}][@name=$name]", name=name)
        return found

    def _form_of(self, button: HtmlElement) -> FormElement:
        named = button.get("form")
        path = f"//form[@id='{named}']" if named else "ancestor::form"
        forms: list[FormElement] = button.xpath(path)
        return forms[0]

    def _fields(self, form: FormElement) -> list[tuple[str, str]]:
        values = dict(form.form_values())
        own = {element.get("name") for element in form.iter("input", "select", "textarea")}
        values |= {name: value for name, value in self._filled.items() if name in own}
        return [(name, value) for name, value in values.items() if value is not None]

    def _follow(self, reply: Reply) -> Reply:
        for _ in range(MAX_REDIRECTS):
            if reply.location is None:
                self._reply, self._filled, self._document = reply, Map(), None
                return reply
            reply = self.device.request("GET", reply.location)
        raise BrowserError(f"more than {MAX_REDIRECTS} redirects, the last to {reply.location}")


def _named(way: HtmlElement) -> str:
    """Return which attribute says what a button or a link does."""
    return "data-action" if way.tag == "a" else "value"
