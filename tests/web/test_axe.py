"""axe-core over every screen: all of WCAG 2.2 A and AA that a machine can tell, and best practices.

No rule is switched off. Every state is tried in English with the sample's own brand; every screen
once more from right to left, in a difficult brand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.device.renderer import PHONE
from tests.states import SCREENS, STATES, cases, show

if TYPE_CHECKING:
    from studio.device.device import Reply
    from studio.web.renderer import QtRenderer


@pytest.mark.parametrize("name", cases(STATES))
def test_every_state_in_english(renderer: QtRenderer, name: str) -> None:
    browser = show(name)
    found = renderer.axe(browser.device, browser.reply.url, PHONE)
    assert not [str(one) for one in found]


@pytest.mark.parametrize("name", cases(SCREENS))
def test_every_screen_from_right_to_left_in_a_difficult_brand(
    renderer: QtRenderer, name: str
) -> None:
    browser = show(name, "ur-PK", difficult=True)
    found = renderer.axe(browser.device, browser.reply.url, PHONE)
    assert not [str(one) for one in found]


def test_what_a_page_breaks_is_told_with_the_element(
    renderer: QtRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = show("start/phone")
    real = browser.device.request

    def broken(method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        reply = real(method, url, body=body, origin=origin)
        return replace(reply, body=reply.body.replace(b"<h1>", b"<h3>").replace(b"lang=", b"was="))

    monkeypatch.setattr(browser.device, "request", broken)
    found = renderer.axe(browser.device, browser.reply.url, PHONE)
    assert {one.rule: one.elements for one in found} == {
        "html-has-lang": ("html",),
        "page-has-heading-one": ("html",),
    }
