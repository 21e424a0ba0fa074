"""What the pages of a sample service show, in which look and language, and where they lead."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from studio.client.choices import ButtonScheme
from studio.client.colour import contrast, parse_paint
from studio.client.file import parse, read
from studio.client.logo import load_logo
from studio.client.samples import SAMPLES, sample_path
from studio.device.browser import Browser
from studio.device.device import Device, service_origin
from studio.device.fresh import fresh_state
from studio.device.people import PEOPLE
from studio.engine.accounts import Account
from studio.engine.screens import Start
from studio.engine.tokens import ACCESS_LIFETIME, revoke_grants
from studio.pages.hosting import HostedClient
from studio.resources import folder
from studio.site.application import ORIGIN
from studio.site.service_pages import CONTENTS, AtService, Ways
from tests.device.given import at_service, code_of, opened, typed
from tests.pages.given import MESSAGE, REGISTRATION, pages

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from studio.device.device import Reply

SERVICE = "https://fakebrand.service.example"
PAGES = {"": "signed-in", "settings": "settings", "account": "account"}
SECTIONS = {"name": "profile", "phone": "phones", "email": "emails", "password": "password"}
AA_LARGE = 3.0
"""WCAG 2.2, 1.4.3: for text of 18.66 px and more in bold, as the button's label is."""


@cache
def sample(name: str) -> HostedClient:
    path = sample_path(name)
    client = read(path)[1]
    assert client.branding.logo is not None
    return HostedClient(client, load_logo(path.parent / client.branding.logo))


_fresh = cache(fresh_state)
"""One world for all, with the signing key in it: that takes a while to make."""


def device_of(client: HostedClient) -> Device:
    """Return a device nobody has used."""
    return Device(_fresh(), pages(), [client])


def at(path: str, more: str = "") -> Browser:
    """Return a browser at a page of the service, where nobody is signed in."""
    client = HostedClient(parse(REGISTRATION + (more or MESSAGE), "fakebrand.client.yaml"))
    browser = Browser(device_of(client))
    browser.open(f"{SERVICE}{path}")
    return browser


def signed_in(path: str = "/", scope: str = "openid email phone profile") -> Browser:
    """Return a browser at a page of the service, where somebody has signed in by phone."""
    more = MESSAGE.replace("branding:", f"  scopes: [{', '.join(scope.split())}]\nbranding:")
    registration = REGISTRATION.replace("  scopes: [openid, email, phone]\n", "")
    client = HostedClient(parse(registration + more, "fakebrand.client.yaml"))
    browser = Browser(device_of(client))
    browser.open(f"{SERVICE}/sign-in")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    browser.open(f"{SERVICE}{path}")
    return browser


def shown(browser: Browser) -> AtService:
    screen = browser.reply.screen
    assert isinstance(screen, AtService)
    return screen


def action(browser: Browser, name: str) -> HtmlElement:
    """Return the link of an action."""
    links: list[HtmlElement] = browser.document.xpath("//a[@data-action=$name]", name=name)
    return links[0]


def sign_in_button(settings: str) -> HtmlElement:
    return action(at("/", f"entry: {settings}\n"), "sign-in")


@pytest.mark.parametrize("scheme", list(ButtonScheme))
def test_the_button_has_the_colours_the_client_chose(scheme: ButtonScheme) -> None:
    button = sign_in_button(f"{{button: {{scheme: {scheme}}}}}")
    assert button.get("class") == f"connect-button connect-{scheme}"
    assert button.text_content().strip() == "Sign in with CONNECT"


@pytest.mark.parametrize("scheme", [*ButtonScheme, "account"])
def test_the_buttons_label_can_be_read_also_while_it_is_pressed(scheme: str) -> None:
    css = (folder("flow_templates") / "static" / "service.css").read_text(encoding="utf-8")
    rules = dict(re.findall(rf"^(\.connect-{scheme}(?::\w+)?) \{{ (.*) \}}$", css, re.MULTILINE))
    ink = parse_paint(re.findall(r"(?:^|; )color: (#\w+);", rules[f".connect-{scheme}"])[0]).main()
    backgrounds = [re.findall(r"background: (#\w+);", rule)[0] for rule in rules.values()]
    assert len(backgrounds) == 3
    assert all(contrast(ink, parse_paint(one).main()) >= AA_LARGE for one in backgrounds)


def test_the_label_is_in_the_language_the_client_chose() -> None:
    urdu = sign_in_button("{button: {language: ur-PK}}").xpath("span[@lang]")[0]
    assert (urdu.get("lang"), urdu.get("dir")) == ("ur-PK", "rtl")
    english = action(at("/?ui_locales=ur-PK"), "sign-in").xpath("span[@lang]")[0]
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")


def test_a_client_may_have_a_link_in_place_of_the_button() -> None:
    assert sign_in_button("{point: link}").get("class") == "connect-link"


def test_the_splash_goes_on_to_signing_in() -> None:
    browser = at("/?start")
    assert browser.reply.screen == at_service("splash")
    link = action(browser, "sign-in")
    assert link.get("data-go-on") is not None
    assert isinstance(browser.open(f"{SERVICE}{link.get('href')}").screen, Start)


def test_whoever_is_signed_in_sees_no_splash() -> None:
    assert shown(signed_in("/?start")).state == "signed-in"


@pytest.mark.parametrize(("path", "state"), PAGES.items())
def test_the_pages_of_somebody_who_is_signed_in(path: str, state: str) -> None:
    browser = signed_in(f"/{path}")
    assert shown(browser).state == state
    current = browser.document.xpath("//nav//a[@aria-current='page']/@href")
    assert current == [f"/{path}"]


@pytest.mark.parametrize("path", ["settings", "account"])
def test_whoever_is_not_signed_in_is_led_home(path: str) -> None:
    browser = at(f"/{path}?ui_locales=ur-PK")
    assert browser.reply.screen == at_service("signed-out")
    assert browser.reply.url == f"{SERVICE}/?ui_locales=ur-PK"


def test_the_small_link_stands_apart_from_the_settings_of_the_app() -> None:
    browser = signed_in("/settings")
    headings = [one.text for one in browser.document.xpath("//h2")]
    assert headings == ["App settings", "Account settings"]
    told = action(browser, "manage-account").xpath("span/span")
    assert [" ".join(one.text_content().split()) for one in told] == [
        "Manage CONNECT account",
        "Signed in with +47 99 91 23 45",
    ]


def facts(browser: Browser) -> dict[str, str]:
    """Return what the large card tells."""
    rows = browser.document.xpath("//dl[@class='facts']/div")
    return {row.findtext("dt"): row.find("dd").text_content().strip() for row in rows}


def test_the_large_card_tells_what_connect_tells() -> None:
    assert facts(signed_in("/account", "openid email")) == {
        "Your name": "Not given yet",
        "Your phone number": "Not given yet",
        "Your email address": "user@example.com",
        "Your password": "Only CONNECT knows it",
    }


def renamed(browser: Browser, name: str) -> None:
    """Let the person choose another name in My CONNECT account."""
    device = browser.device
    account = device.world.accounts[dict(shown(browser).claims)["sub"]]
    assert isinstance(account, Account)
    changed = Account(id=account.id, identifiers=account.identifiers, name=name)
    device.world = device.world.with_account(changed)


@pytest.mark.parametrize("after", [timedelta(0), ACCESS_LIFETIME * 2])
def test_the_large_card_is_asked_for_anew_with_a_new_token_where_it_takes_one(
    after: timedelta,
) -> None:
    browser = signed_in()
    renamed(browser, "Somebody Else")
    browser.device.wait(after)
    browser.open(f"{SERVICE}/account")
    assert facts(browser)["Your name"] == "Somebody Else"
    assert facts(browser)["Your phone number"] == "+47 99 91 23 45"
    assert browser.reload().screen == shown(browser)


def test_a_service_that_is_told_nothing_any_more_signs_the_person_out() -> None:
    browser = signed_in()
    browser.device.world = revoke_grants(browser.device.world, lambda _grant: True)
    assert browser.open(f"{SERVICE}/account").screen == at_service("signed-out")
    assert len(browser.device.services) == 0


@pytest.mark.parametrize(("what", "section"), SECTIONS.items())
def test_a_pencil_leads_into_the_account_and_back(what: str, section: str) -> None:
    browser = signed_in("/account?ui_locales=en")
    link = action(browser, f"edit-{what}")
    assert link.get("aria-label")
    url = urlsplit(str(link.get("href")))
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{ORIGIN}/id/account/{section}"
    assert parse_qs(url.query) == {
        "client_id": ["fakebrand"],
        "back": [f"{SERVICE}/account?ui_locales=en"],
        "ui_locales": ["en"],
    }


def test_a_password_that_was_used_is_drawn_as_dots() -> None:
    browser = Browser(device_of(sample("strusic")))
    home = service_origin("strusic")
    browser.open(f"{home}/sign-in")
    typed(browser, "identifier", "99912345")
    typed(browser, "password", str(PEOPLE[0].password))
    browser.open(f"{home}/account")
    assert browser.document.xpath("//span[@class='dots']/@aria-label") == ["Only CONNECT knows it"]


def test_every_page_is_in_the_language_that_is_asked_for_and_keeps_it() -> None:
    for path in PAGES:
        root = signed_in(f"/{path}?ui_locales=ur-PK").document
        assert (root.get("lang"), root.get("dir")) == ("ur-PK", "rtl")
        targets = root.xpath("//main//a/@href | //nav//a/@href | //form/@action")
        assert targets
        assert all("ui_locales=ur-PK" in target for target in targets)


def test_the_language_of_signing_in_stays() -> None:
    browser = opened(ui_locales="ur-PK")
    assert browser.press("back").screen == at_service("access_denied")
    assert browser.reply.url == f"{SERVICE}/?error=access_denied&ui_locales=ur-PK"
    assert browser.document.get("lang") == "ur-PK"


def test_without_one_a_page_is_in_the_clients_own_language() -> None:
    assert at("/", "language: {default: ur-PK}\n").document.get("lang") == "ur-PK"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_has_the_look_of_its_client_and_loads_from_its_own_host(name: str) -> None:
    device = device_of(sample(name))
    home = service_origin(name)
    browser = Browser(device)
    browser.open(f"{home}/")
    found = browser.document.xpath("//link/@href | //script/@src | //img/@src")
    assert len(found) == 5
    replies = [device.request("GET", f"{home}{path}") for path in found]
    assert [reply.status for reply in replies] == [200] * 5
    css = next(one for one in replies if one.url.endswith("/brand.css"))
    assert css.body.decode() == sample(name).css
    assert browser.document.xpath("//body/@class") == [
        f"service service-{name if name in CONTENTS else 'neutral'}"
    ]


def policy(reply: Reply) -> dict[str, str]:
    header = reply.headers["Content-Security-Policy"]
    return dict(one.strip().partition(" ")[::2] for one in header.split(";"))


def test_a_page_may_load_from_its_own_host_and_send_its_form_where_sign_out_ends() -> None:
    device = device_of(sample("hipstagram"))
    found = policy(device.request("GET", f"{service_origin('hipstagram')}/"))
    assert found["form-action"] == f"'self' {ORIGIN} hipstagram:"
    assert found["default-src"] == "'none'"
    assert {found[one] for one in ("script-src", "style-src", "img-src", "font-src")} == {"'self'"}
    web = device_of(sample("strusic"))
    found = policy(web.request("GET", f"{service_origin('strusic')}/"))
    sources = "http://localhost:8084 https://play.strusic.example"
    assert found["form-action"] == f"'self' {ORIGIN} {sources}"


def browsers() -> list[Browser]:
    """Return every page of every look once."""
    home = [at("/"), at("/?start"), at("/?error=nothing"), at("/?error=code_of_another")]
    inside = [signed_in(f"/{path}?ui_locales={tag}") for path in PAGES for tag in ("en", "ur-PK")]
    samples = []
    for name in sorted(CONTENTS):
        browser = Browser(device_of(sample(name)))
        browser.open(f"{service_origin(name)}/")
        samples.append(browser)
    return [*home, *inside, *samples]


def test_pages_keep_the_rules_of_every_page() -> None:
    for browser in browsers():
        root = browser.document
        assert len(root.xpath("//h1")) == len(root.xpath("//main")) == 1
        assert root.xpath("//*[@style] | //style | //script[not(@src)]") == []
        assert all(one.get("aria-hidden") == "true" for one in root.iter("svg"))
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert all(one.text_content().strip() or one.get("aria-label") for one in root.iter("a"))
        for field in root.xpath("//input"):
            assert root.xpath("//label[@for=$id]", id=field.get("id"))


def test_an_error_is_told_as_text() -> None:
    browser = at(f"/?{urlencode({'error': '<b>x</b>'})}")
    assert shown(browser).state == "<b>x</b>"
    assert browser.document.xpath("//b") == []
    assert "<b>x</b>" in browser.document.text_content()


def test_the_last_way_out_asks_for_the_client_where_there_is_no_token() -> None:
    ways = Ways(home=SERVICE, path="/", connect=ORIGIN, client_id="fakebrand")
    assert ways.sign_out("", ()) == f"{ORIGIN}/oauth/logout?client_id=fakebrand"
    assert ways.sign_out("t", ("x:y",)) == (
        f"{ORIGIN}/oauth/logout?id_token_hint=t&post_logout_redirect_uri=x%3Ay"
    )
