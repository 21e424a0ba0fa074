"""A person at a browser without scripts: pages, forms, cookies, and a phone that gets messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import requests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import FormElement, HtmlElement

PHONE = "+4799912345"
EMAIL = "user@example.com"
PASSWORD = "correct horse"
SEE_OTHER = 303
WAITING = 10
"""Seconds for an answer."""

MOST_PAGES = 8
"""More than a sign-in ever has."""


class Person:
    """Who signs in by hand. `left` is the address outside of CONNECT that the browser was sent to.

    The person's account has a phone number, an e-mail address and a password.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._browser = requests.Session()
        self._browser.trust_env = False
        self.url = origin
        self.left = ""
        self.status = 0
        self.text = ""
        self.screens: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._browser.close()

    def go(self, url: str, fields: Mapping[str, str] | None = None) -> Self:
        """Open an address, or send a form to it, and follow where it leads within CONNECT."""
        self.left, method = "", "GET" if fields is None else "POST"
        while url.startswith(f"{self._origin}/"):
            answer = self._browser.request(
                method, url, data=fields, allow_redirects=False, timeout=WAITING
            )
            self.url, self.status, self.text = url, answer.status_code, answer.text
            if answer.status_code != SEE_OTHER:
                return self
            url, method, fields = urljoin(url, answer.headers["Location"]), "GET", None
        self.left = url
        return self

    def sign_in(self, url: str) -> str:
        """Do what the pages ask, from an authorisation request to the answer it ends in."""
        return self.go(url).finish()

    def finish(self) -> str:
        """Do what the pages ask, from the one that is shown, until the answer."""
        self.screens = []
        while not self.left:
            self.screens.append(self.screen)
            assert len(self.screens) <= MOST_PAGES, self.screens
            self._do()
        return self.left

    def send(self, **fields: str) -> Self:
        """Fill in the form of the page and send it."""
        form = self._form
        filled = {name: value for name, value in form.form_values() if isinstance(value, str)}
        return self.go(urljoin(self.url, form.action), {**filled, "action": "submit", **fields})

    def move_clock(self, *, days: int) -> None:
        """Let days pass for CONNECT."""
        moved = requests.post(f"{self._origin}/studio/clock", json={"days": days}, timeout=WAITING)
        moved.raise_for_status()

    @property
    def service(self) -> str:
        """The name of the service that the page is about."""
        return str(self.document.xpath("normalize-space(//header)"))

    @property
    def screen(self) -> str:
        """The screen that is shown, by the name that its form has."""
        return str(self._form.fields["screen"])

    def field(self, name: str) -> str:
        """Return what is in a field of the form."""
        return str(self._form.fields[name])

    @property
    def document(self) -> HtmlElement:
        """The page."""
        return lxml.html.document_fromstring(self.text)

    @property
    def title(self) -> str:
        """The heading of the page."""
        return str(self.document.xpath("normalize-space(//h1)"))

    @property
    def answer(self) -> dict[str, str]:
        """The parameters of the address that the browser was sent to."""
        return dict(parse_qsl(urlsplit(self.left).query))

    def newest_code(self) -> str:
        """Return the code of the newest message."""
        asked = requests.get(f"{self._origin}/studio/inbox.json", timeout=WAITING)
        return next(str(one["code"]) for one in asked.json()["messages"] if one["code"])

    @property
    def _form(self) -> FormElement:
        found = self.document.xpath("//form[@class='form']")
        assert found, f"{self.url} shows no form: {self.title}"
        return found[0]

    def _do(self) -> None:
        match self.screen:
            case "start":
                self.send(identifier=EMAIL if self.field("kind") == "email" else PHONE)
            case "verify-phone" | "reauth-verify-phone" | "verify-email":
                self.send(code=self.newest_code())
            case "password" | "reauth-password" | "step-up":
                self.send(password=PASSWORD)
            case "consent":
                self.send(action="continue")
            case other:
                raise AssertionError(f"the person does not know what to do at {other}")
