"""Every page of a flow and of the account lists the languages, and each entry leads to the page."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from studio.device.browser import Browser
from studio.device.fresh import fresh_device, fresh_pages
from studio.i18n.locales import LOCALES
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.site.application import ORIGIN
from tests.samples import fakebrand

PAGES = fresh_pages()
ENTRIES = "//details[@class='languages']//a"


@pytest.mark.parametrize(
    "journey",
    [
        "screens/start/phone",
        "screens/verify-phone/code-wrong",
        "screens/terms/empty",
        "screens/account/empty",
        "screens/account-phones/several",
    ],
)
def test_each_language_is_one_step_away(journey: str) -> None:
    browser = Run(shipped(), PAGES).browser(shipped().get(journey))
    screen = browser.reply.screen
    entries = browser.document.xpath(ENTRIES)
    assert [one.text for one in entries] == [each.own_name for each in LOCALES]
    assert [one.get("lang") for one in browser.document.xpath(f"{ENTRIES}[@aria-current]")] == [
        "en"
    ]
    for entry in entries:
        browser.open(urljoin(browser.reply.url, entry.get("href")))
        assert browser.document.get("lang") == entry.get("lang")
        assert type(browser.reply.screen) is type(screen)


@pytest.mark.parametrize("settings", [{"language.by_request": False}, {"language.offered": ["en"]}])
def test_where_people_cannot_choose_there_is_no_list(settings: dict[str, bool | list[str]]) -> None:
    browser = Browser(fresh_device(fakebrand(settings)))
    browser.open(f"{ORIGIN}/oauth/authorize?client_id=fakebrand&response_type=code&scope=openid")
    assert not browser.document.xpath(ENTRIES)
