"""The strength of a password moves while it is typed, in the view that the window shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.device.browser import Browser
from studio.device.entry import authorization_url, default_fields
from studio.device.people import PEOPLE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.device.device import Device, Reply
    from studio.pages.hosting import HostedClient
    from studio.web.view import PageView

TOLD = """
[document.querySelector(".strength").dataset.strength ?? "",
 document.querySelector(".strength-word").textContent].join()
"""
LIT = """
[...document.querySelectorAll(".strength-bar span")]
  .filter((step) => getComputedStyle(step).backgroundColor !== "rgb(208, 208, 208)").length
"""
BUTTON = "getComputedStyle(document.querySelector('.check-strength')).display"
TYPE = """
for (const char of "TEXT") {
  document.forms[1].password.value += char;
  document.forms[1].password.dispatchEvent(new Event("input", { bubbles: true }));
}
"""


def ask(qtbot: QtBot, view: PageView, script: str) -> object:
    answers: list[object] = []
    view.run(script, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


@pytest.fixture
def choosing(qtbot: QtBot, view: PageView, device: Device, hosted: HostedClient) -> PageView:
    """The choice of a new password, shown."""
    browser = Browser(device)
    asked = replace(default_fields(hosted.policy), acr_values="2")
    browser.open(authorization_url(hosted.policy.client_id, asked))
    browser.fill("identifier", PEOPLE[0].phone)
    browser.press()
    browser.press("forgot")
    browser.press("continue")
    browser.fill("code", device.state.inbox[-1].code)
    browser.press()
    with qtbot.waitSignal(view.page().loadFinished):
        view.open(browser.reply.url)
    return view


def told(qtbot: QtBot, view: PageView, expected: str) -> None:
    qtbot.waitUntil(lambda: ask(qtbot, view, TOLD) == expected)


def test_the_meter_follows_what_is_typed(qtbot: QtBot, choosing: PageView) -> None:
    told(qtbot, choosing, ",")
    assert ask(qtbot, choosing, LIT) == 0
    choosing.run(TYPE.replace("TEXT", "abc"))
    told(qtbot, choosing, "0,Too short")
    assert ask(qtbot, choosing, LIT) == 1
    choosing.run(TYPE.replace("TEXT", " kelp and basalt"))
    told(qtbot, choosing, "4,Strong password")
    assert ask(qtbot, choosing, LIT) == 5
    choosing.fill({"password": ""})
    told(qtbot, choosing, ",")


def test_ones_own_number_is_known_to_be_weak(qtbot: QtBot, choosing: PageView) -> None:
    choosing.fill({"password": (PEOPLE[0].phone or "").removeprefix("+47")})
    told(qtbot, choosing, "0,Very weak password")


def test_only_the_newest_text_is_asked_about(
    qtbot: QtBot, choosing: PageView, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    request = device.request

    def counted(method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        asked.append(body)
        return request(method, url, body=body, origin=origin)

    monkeypatch.setattr(device, "request", counted)
    choosing.run(TYPE.replace("TEXT", "kelp and basalt"))
    told(qtbot, choosing, "4,Strong password")
    assert [body.startswith(b"password=kelp+and+basalt&") for body in asked] == [True]


def test_with_scripts_there_is_no_button_to_check(qtbot: QtBot, choosing: PageView) -> None:
    assert ask(qtbot, choosing, BUTTON) == "none"
