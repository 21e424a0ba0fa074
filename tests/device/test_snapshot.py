from __future__ import annotations

from typing import TYPE_CHECKING

from studio.device.browser import Browser
from studio.device.entry import authorization_url, default_fields
from studio.device.fresh import fresh_device
from studio.device.snapshot import Snapshots
from tests.samples import fakebrand
from tests.web.pages import ORIGIN, file, made

if TYPE_CHECKING:
    from studio.device.snapshot import Snapshot


def start() -> tuple[Browser, Snapshot]:
    hosted = fakebrand()
    browser = Browser(fresh_device(hosted))
    browser.open(authorization_url("fakebrand", default_fields(hosted.policy)))
    return browser, Snapshots().take(browser.device, browser.reply)


def test_a_page_comes_with_all_it_is_made_of() -> None:
    _browser, page = start()
    paths = {url.removeprefix(ORIGIN).partition("/brand/fakebrand/")[0] for url in page.assets}
    assert "/static/page.css" in paths
    assert "/static/page.js" in paths
    assert sum(url.endswith(".woff2") for url in page.assets) >= 5, "fonts, which the style names"
    assert sum("/brand/fakebrand/" in url for url in page.assets) == 2, "style and logo"
    assert page.still


def test_pages_of_one_client_have_one_head() -> None:
    browser, page = start()
    browser.press("switch")
    other = Snapshots().take(browser.device, browser.reply)
    assert other.head == page.head
    assert other.digest != page.digest


def test_a_page_that_is_asked_for_again_is_the_same() -> None:
    browser, page = start()
    assert Snapshots().open(browser.device, page.url).digest == page.digest


def test_another_script_may_draw_so_the_page_has_to_be_loaded() -> None:
    assert made("<body>").head
    assert not made("<body>", still=False).head


def test_another_file_at_the_same_address_is_another_page() -> None:
    one, two = (
        made("<body>", assets={f"{ORIGIN}/a.css": file(text, "text/css")})
        for text in ("p {color: red}", "p {color: blue}")
    )
    assert one.digest != two.digest
    assert one.head != two.head
