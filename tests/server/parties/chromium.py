"""Debian's Chromium, and what a person does in a window of it with the keyboard alone.

Rules kept here:

* no name but the loopback's resolves, and whatever a page asks for elsewhere is noted;
* an error on the console of a page, or of its script, is noted as well.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

ARGUMENTS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")

FOCUSABLE = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, textarea")];
  const shown = all.filter((one) => one.type !== "hidden" && one.checkVisibility());
  const order = shown.filter((one) => one.tabIndex >= 0).map((one) => one.outerHTML);
  window.met = [];
  addEventListener("focusin", (event) => window.met.push(event.target.outerHTML));
  const top = document.createElement("a");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  window.met = [];
  return order;
}"""
"""Returns what can have the focus, in the order of the page; notes from then on what has it."""

SPARE = 6
"""A field for a date has a stop for each of its parts."""

RING = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return one === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none"; }"""
"""Tells whether the focus can be seen; body has it where Tab has left the page."""


class NoChromiumError(Exception):
    """Debian's Chromium is not installed."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start it, without a display.

    Raises:
        NoChromiumError: It is not installed.
    """
    program = shutil.which("chromium")
    if program is None:
        raise NoChromiumError("these tests sign in with it: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class Window:
    """A window with one page. `asked` are the addresses it asked for, `errors` what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def left_loopback(self) -> list[str]:
        """What was asked for elsewhere."""
        return [one for one in self.asked if urlsplit(one).hostname != "127.0.0.1"]

    def go(self, url: str) -> None:
        """Open an address, which has to be there."""
        answer = self.page.goto(url)
        assert answer is not None
        assert answer.status < 400, f"{url}: {answer.status}"

    def tab_to(self, selector: str) -> None:
        """Move the focus with Tab to what a selector says; every stop on the way shows it."""
        wanted = self.page.locator(selector)
        for _ in range(30):
            if wanted.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(RING), f"the focus does not show on {self.page.url}"
        raise AssertionError(f"Tab does not reach {selector} on {self.page.url}")

    def enter(self, text: str = "") -> None:
        """Type where the focus is, and press Enter, which leads to another page."""
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def focus_order(self) -> tuple[list[str], list[str]]:
        """Return what can have the focus, in the order of the page and in that of the Tab key."""
        wanted: list[str] = self.page.evaluate(FOCUSABLE)
        for _ in range(len(wanted) + SPARE):
            self.page.keyboard.press("Tab")
        met: list[str] = self.page.evaluate("window.met")
        return wanted, met[: len(wanted)]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)
