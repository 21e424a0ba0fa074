"""The pages to read: whose look they have, in which language, and the way back."""

from __future__ import annotations

import pytest

from studio.engine.screens import About, Privacy, StartAgain, Terms, VerifyPhone
from studio.site.application import ORIGIN
from tests.device.given import new_device, opened, typed

TEXTS = [About(), Terms(), Privacy()]


@pytest.mark.parametrize("screen", TEXTS, ids=lambda one: one.id)
def test_every_page_leads_to_each_text_and_back_to_where_it_was(
    screen: About | Terms | Privacy,
) -> None:
    browser = opened(ui_locales="ur-PK")
    shown = typed(browser, "identifier", "99912345")
    assert browser.press(screen.id).screen == screen
    assert browser.document.get("lang") == "ur-PK"
    assert browser.document.xpath("//img[@class='logo'] | //header//text()")
    assert len(browser.document.xpath("//main//h2")) in range(4, 7)
    assert browser.press("back").body == shown.body
    assert isinstance(browser.reply.screen, VerifyPhone)


@pytest.mark.parametrize("screen", TEXTS, ids=lambda one: one.id)
def test_outside_of_a_flow_a_text_is_connects_own_in_the_language_of_the_page(
    screen: About | Terms | Privacy,
) -> None:
    browser = opened()
    browser.open(f"{ORIGIN}/id/nothing?ui_locales=ur-PK")
    assert browser.press(screen.id).screen == screen
    assert browser.document.get("lang") == "ur-PK"
    assert browser.document.xpath("//a[@data-action='back']") == []
    assert browser.document.xpath("//link[starts-with(@href, '/brand/')]") == []


def test_another_language_on_a_text_is_the_language_of_its_flow_too() -> None:
    browser = opened(ui_locales="en")
    browser.press("terms")
    browser.open(f"{browser.reply.url}?ui_locales=ur-PK")
    assert browser.reply.screen == Terms()
    browser.press("back")
    assert browser.document.get("lang") == "ur-PK"


def test_a_text_of_a_flow_is_for_its_browser_only() -> None:
    browser = opened()
    device = new_device()
    device.world = browser.device.world
    reply = device.request("GET", f"{browser.reply.url}/terms")
    assert (reply.status, reply.screen) == (403, StartAgain(reason="no-cookie"))
