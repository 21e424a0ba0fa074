"""A browser without a screen: it follows redirects, fills forms and presses buttons.

It drives a `Device` the way a web view does, for the command line and for tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

import lxml.html

if TYPE_CHECKING:
    from lxml.html import FormElement, HtmlElement

    from studio.device.device import Device, Reply

MAX_REDIRECTS = 20


class BrowserError(RuntimeError):
    """A step that a person could not do on the page that is shown."""


class Browser:
    """One tab. `reply` is what it shows; a page must be opened before anything is pressed."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self._reply: Reply | None = None
        self._filled: dict[str, str | None] = {}

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
        return lxml.html.document_fromstring(self.reply.body.decode())

    def copy(self) -> Browser:
        """Open a second tab on the same page of the same device."""
        other = Browser(self.device)
        other._reply = self._reply
        return other

    def fork(self) -> Browser:
        """Open the same page on a second device, which goes on from here by itself."""
        other = Browser(self.device.fork())
        other._reply = self._reply
        return other

    @property
    def actions(self) -> list[str]:
        """What the buttons of the page send, in their order, each once."""
        values = self.document.xpath("//button[@name='action']/@value")
        return list(dict.fromkeys(map(str, values)))

    def open(self, url: str) -> Reply:
        """Go to an absolute URL."""
        return self._follow(self.device.request("GET", url))

    def reload(self) -> Reply:
        """Show the same page again."""
        return self.open(self.reply.url)

    def fill(self, name: str, value: str | None) -> None:
        """Type into the input of that name; for a check box, None unchecks it.

        Raises:
            BrowserError: The page has no such input.
        """
        if not self.document.xpath("//form//input[@name=$name]", name=name):
            raise BrowserError(f"there is no input {name!r} on {self.reply.url}")
        self._filled[name] = value

    def press(self, action: str = "submit") -> Reply:
        """Press the button whose value is `action`.

        Raises:
            BrowserError: The page has no such button.
        """
        buttons = self.document.xpath("//button[@name='action'][@value=$value]", value=action)
        if not buttons:
            raise BrowserError(f"there is no button {action!r} on {self.reply.url}")
        form = self._form_of(buttons[0])
        fields = [*self._fields(form), ("action", action)]
        target = urljoin(self.reply.url, str(form.get("action")))
        return self._follow(self.device.request("POST", target, body=urlencode(fields).encode()))

    def _form_of(self, button: HtmlElement) -> FormElement:
        named = button.get("form")
        path = f"//form[@id='{named}']" if named else "ancestor::form"
        forms: list[FormElement] = button.xpath(path)
        return forms[0]

    def _fields(self, form: FormElement) -> list[tuple[str, str]]:
        values = dict(form.form_values())
        own = {element.get("name") for element in form.iter("input")}
        values |= {name: value for name, value in self._filled.items() if name in own}
        return [(name, value) for name, value in values.items() if value is not None]

    def _follow(self, reply: Reply) -> Reply:
        for _ in range(MAX_REDIRECTS):
            if reply.location is None:
                self._reply, self._filled = reply, {}
                return reply
            reply = self.device.request("GET", reply.location)
        raise BrowserError(f"more than {MAX_REDIRECTS} redirects, the last to {reply.location}")
