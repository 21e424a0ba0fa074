"""A person signs in with Debian's Chromium, scripts on and off, by the keyboard alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.cli.hosted import hosted_client
from studio.client.samples import sample_path
from studio.engine.visit import Section
from studio.server.serving import Serving, Settings
from studio.server.watching import ClientFiles
from tests.server.given import CHEAP, pages
from tests.server.parties.chromium import Window, chromium
from tests.server.parties.person import PASSWORD, PHONE, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

SIGN_IN = "[data-action='sign-in']"
SIGNED_IN_AS = ".signed-in-as"
with_scripts = pytest.mark.parametrize("scripts", [True], indirect=True, ids=["scripts"])
without_scripts = pytest.mark.parametrize("scripts", [False], indirect=True, ids=["no-scripts"])

FIELD = "main input[name]:not([type=hidden]) >> nth=0"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def window(browser: Browser, scripts: bool) -> Iterator[Window]:  # noqa: FBT001 - a fixture
    """A window whose pages complain of nothing and ask for nothing elsewhere."""
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    with context:
        opened = Window(context.new_page())
        yield opened
    assert opened.errors == []
    assert opened.left_loopback == []


def sign_in(window: Window, person: Person, service: str) -> list[str]:
    """Sign in at a sample service with Tab, Enter and typing alone; return the screens met."""
    window.tab_to(SIGN_IN)
    window.enter()
    screens = []
    while window.page.locator(FIELD).count():
        screens.append(str(window.page.locator("form.form [name=screen]").input_value()))
        window.tab_to(FIELD)
        window.enter(typed(screens[-1], person))
    assert f"/services/{service}/" in window.page.url
    return screens


def typed(screen: str, person: Person) -> str:
    match screen:
        case "start":
            return PHONE
        case "verify-phone":
            return person.newest_code()
        case _:
            return PASSWORD


MET = {"fakebrand": ("1", ["start", "verify-phone"]), "strusic": ("2", ["start", "password"])}
"""The level of a sample, and the screens on the way to it."""


@pytest.mark.parametrize("service", MET)
def test_a_person_signs_in_and_out_by_keyboard(
    window: Window, serving: Serving, person: Person, service: str
) -> None:
    level, screens = MET[service]
    window.go(f"{serving.url}services/{service}/")
    assert sign_in(window, person, service) == screens
    assert "".join(window.page.locator(SIGNED_IN_AS).inner_text().split()).endswith(PHONE)
    told = window.page.locator("dt:text-is('acr') + dd")
    assert told.text_content() == level
    window.tab_to("[value=sign-out-of-connect]")
    window.enter()
    assert window.page.locator(SIGNED_IN_AS).count() == 0
    window.go(f"{serving.url}services/{service}/sign-in?prompt=none")
    assert "login_required" in window.page.locator(".told").inner_text()


def test_a_second_service_signs_in_by_itself(
    window: Window, serving: Serving, person: Person
) -> None:
    window.go(f"{serving.url}services/strusic/")
    sign_in(window, person, "strusic")
    window.go(f"{serving.url}services/fakebrand/")
    assert sign_in(window, person, "fakebrand") == []
    assert window.page.locator(SIGNED_IN_AS).count() == 1


SHOWN_TO_ALL = (
    "",
    "studio/inbox",
    "studio/clock",
    "id/about",
    "id/terms",
    "id/privacy",
    "id/signed-out",
    "services/fakebrand/",
    "services/fakebrand/?start",
    "services/fakebrand/sign-in",
    "services/strusic/sign-in?ui_locales=ur-PK",
)
SHOWN_TO_PEOPLE = (
    "services/strusic/",
    "services/strusic/settings",
    "services/strusic/account",
    "services/strusic/sign-in?prompt=login",
    "id/account",
    *(f"id/account/{one}" for one in Section if one is not Section.OVERVIEW),
    "oauth/logout",
)


@without_scripts
def test_every_page_is_there(window: Window, serving: Serving, person: Person) -> None:
    for path in SHOWN_TO_ALL:
        window.go(f"{serving.url}{path}")
    window.go(f"{serving.url}services/strusic/")
    sign_in(window, person, "strusic")
    for path in SHOWN_TO_PEOPLE:
        window.go(f"{serving.url}{path}")
        assert window.page.locator("h1").count() == 1, path


@with_scripts
def test_the_focus_visits_everything_on_every_page_in_its_order(
    window: Window, serving: Serving, person: Person
) -> None:
    window.go(f"{serving.url}services/strusic/")
    sign_in(window, person, "strusic")
    # A page that goes on by itself waits until the focus has been everywhere.
    window.page.add_init_script("window.setTimeout = () => 0")
    for path in (*SHOWN_TO_ALL, *SHOWN_TO_PEOPLE):
        window.go(f"{serving.url}{path}")
        wanted, met = window.focus_order()
        assert met == wanted, path


# An edit of the client file shows in pages that are open


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A client file that is edited."""
    sample = sample_path("fakebrand")
    shutil.copy(sample.with_suffix("").with_suffix(".svg"), tmp_path)
    return Path(shutil.copy(sample, tmp_path))


@pytest.fixture
def edited(file: Path) -> Iterator[Serving]:
    watched = ClientFiles([file], hosted_client)
    settings = Settings(hash_cost=CHEAP)
    with Serving(settings=settings, files=watched, pages=pages()) as running:
        yield running


HEADER = "(colour) => getComputedStyle(document.querySelector('header')).backgroundColor === colour"


def make_green(file: Path) -> None:
    text = file.read_text("utf-8")
    changed = text.replace('header: "linear-gradient(100deg, #f9d36a, #f36f2d)"', "header: green")
    assert changed != text
    file.write_text(changed, "utf-8")


@with_scripts
def test_an_edit_shows_by_itself(window: Window, edited: Serving, file: Path) -> None:
    window.go(f"{edited.url}services/fakebrand/sign-in")
    with window.page.expect_response("**/studio/changes"):
        pass
    with window.page.expect_navigation():
        make_green(file)
    window.page.wait_for_function(HEADER, arg="rgb(0, 128, 0)")


@with_scripts
def test_an_edit_keeps_what_was_typed(window: Window, edited: Serving, file: Path) -> None:
    window.go(f"{edited.url}services/fakebrand/sign-in")
    window.tab_to(FIELD)
    window.page.keyboard.type("999 12")
    with window.page.expect_response("**/studio/changes"):
        pass
    make_green(file)
    window.page.wait_for_function(HEADER, arg="rgb(0, 128, 0)")
    assert window.page.locator(FIELD).input_value() == "999 12"


@without_scripts
def test_an_edit_shows_at_the_next_request(window: Window, edited: Serving, file: Path) -> None:
    window.go(f"{edited.url}services/fakebrand/sign-in")
    make_green(file)
    window.page.reload()
    assert window.page.evaluate(HEADER, "rgb(0, 128, 0)")
