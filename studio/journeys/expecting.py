"""Is what is seen what was expected? One small question for each thing that can be expected."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.device.device import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studio.device.browser import Browser
    from studio.journeys.steps import Expect, Pairs
    from studio.site.messages import Message


def shown(browser: Browser) -> tuple[str, str]:
    """Return id and state of the screen that is shown; a page that is none has no id."""
    screen = browser.reply.screen
    return (screen.id, screen.state) if screen else ("", "")


def message_name(message: Message) -> str:
    """Return how `expect` names a message: `sms/code`, `email/password-changed`."""
    return f"{message.kind}/{message.news or 'code'}"


def differences(
    expected: Expect,
    browser: Browser,
    *,
    opened: Sequence[str],
    arrived: Sequence[Message],
    host: str,
    spoken: bool,
    value: Callable[[str], str],
) -> Iterator[str]:
    """Yield what is not as expected, each as "expected ..., shown is ...".

    `opened` are the addresses shown since a page was last opened, `arrived` the messages of the
    last step that did something, `host` is where the expected service is. Texts are looked at
    where the journey's own language is `spoken`. `value` gives what a variable stands for.
    """
    screen, state = shown(browser)
    if expected.screen not in {"", screen} or expected.state not in {"", state}:
        cause = _cause(browser.reply.failure)
        yield f"expected {expected.name}; shown is {_named(screen, state)}{cause}"
        return
    if host and _host(browser) != host:
        yield f"expected the service {expected.at} ({host}); shown is {browser.reply.url}"
    if expected.without_screens and HOST in {urlsplit(one).netloc for one in opened}:
        yield f"expected no screen on the way; there were {len(opened)} pages"
    if spoken:
        yield from _texts(expected, browser)
    yield from _held(expected.holds, browser, value)
    yield from _message(expected.message, arrived)


def _named(screen: str, state: str) -> str:
    return f"{screen}/{state}" if screen else "no screen"


def _cause(failure: Exception | None) -> str:
    """Return what failed inside CONNECT, and where; empty where nothing did."""
    if failure is None:
        return ""
    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    words = " ".join(str(failure).split())
    return f", because of {type(failure).__qualname__}{place}{': ' if words else ''}{words}"


def _host(browser: Browser) -> str:
    return urlsplit(browser.reply.url).netloc


def _texts(expected: Expect, browser: Browser) -> Iterator[str]:
    if not (expected.texts or expected.no_texts):
        return
    text = " ".join(browser.document.text_content().split())
    for one in expected.texts:
        if one not in text:
            yield f'expected the text "{one}"; the page says "{text}"'
    for one in expected.no_texts:
        if one in text:
            yield f'expected no text "{one}"; the page has it'


def _held(holds: Pairs, browser: Browser, value: Callable[[str], str]) -> Iterator[str]:
    for name, wanted in holds:
        held = browser.held(name) or ""
        if held != value(wanted):
            yield f'expected {name} to hold "{value(wanted)}"; it holds "{held}"'


def _message(wanted: str, arrived: Sequence[Message]) -> Iterator[str]:
    names = [message_name(one) for one in arrived]
    if wanted and wanted not in names:
        yield f"expected the message {wanted}; there came {', '.join(names) or 'none'}"
