"""Every form of every screen carries its flow's token and its screen, and counts only with both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlencode

import pytest

from studio.engine.screens import Screen
from studio.site.application import ORIGIN
from tests.rules.given import (
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FULL,
    MOBILE,
    PHONE_CLAIM,
    PHONE_ONLY,
    WIFI,
    Visitor,
    new_device,
    service,
)

if TYPE_CHECKING:
    from studio.device.network import Connection
    from studio.device.people import Person

OFFER = "sdk: {prompt_mobile_data: true}\n"


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a screen is reached: what the service asks, and what is done on the way.

    A step is a button, or the name of a field and what is typed there. `before` is what the service
    asked in an earlier sign-in, which was finished.
    """

    screen: str
    choices: dict[str, str] = field(default_factory=dict)
    steps: tuple[tuple[str, ...], ...] = ()
    before: dict[str, str] | None = None
    person: Person = FULL
    connection: Connection = WIFI
    settings: str = ""


CODE, FORGOT, CONTINUE = ("code",), ("forgot",), ("continue",)
PHONE, EMAIL = ("identifier", FULL.phone or ""), ("identifier", "new@example.com")
ALONE = ("identifier", PHONE_ONLY.phone or "")
PASSWORD = ("password", FULL.password or "")
CHOOSE = ("password", "lantern over 9 hills")
LEVEL_2 = {"acr_values": "2"}
WAYS = [
    Way(screen="start"),
    Way(screen="verify-phone", steps=(PHONE,)),
    Way(screen="password", choices=LEVEL_2, steps=(PHONE,)),
    Way(screen="forgot-password", choices=LEVEL_2, steps=(PHONE, FORGOT)),
    Way(screen="forgot-password-code", choices=LEVEL_2, steps=(PHONE, FORGOT, CONTINUE)),
    Way(screen="new-password", choices=LEVEL_2, steps=(PHONE, FORGOT, CONTINUE, CODE)),
    Way(screen="password-changed", choices=LEVEL_2, steps=(PHONE, FORGOT, CONTINUE, CODE, CHOOSE)),
    Way(screen="create-password", choices=LEVEL_2, person=PHONE_ONLY, connection=MOBILE),
    Way(screen="signing-in", connection=MOBILE),
    Way(screen="mobile-data-prompt", settings=OFFER),
    Way(screen="add-email", choices={"claims": EMAIL_CLAIM}, steps=(ALONE, CODE)),
    Way(screen="verify-email", choices={"claims": EMAIL_CLAIM}, steps=(ALONE, CODE, EMAIL)),
    Way(screen="add-phone", choices={"claims": PHONE_CLAIM}, person=EMAIL_ONLY, before={}),
    Way(screen="consent", choices={"prompt": "consent"}, steps=(PHONE, CODE)),
    Way(screen="reauth-password", choices={"prompt": "login"}, before=LEVEL_2),
    Way(screen="reauth-verify-phone", choices={"prompt": "login"}, before={}),
    Way(screen="step-up", choices=LEVEL_2, before={}),
]
OUTSIDE_OF_A_FLOW = {
    "code-page",
    "request-refused",
    "start-again",
    "sign-out",
    "signed-out",
    "about",
    "terms",
    "privacy",
    "server-error",
    "not-found",
}


def _arrive(way: Way) -> Visitor:
    hosted = service(way.settings, scopes="openid, email")
    visitor = Visitor(new_device(hosted, person=way.person, connection=way.connection))
    if way.before is not None:
        visitor.sign_in(asking=way.before)
    visitor.ask(**way.choices)
    for step in way.steps:
        if step == CODE:
            visitor.fill("code", visitor.code)
        elif len(step) == 1:
            visitor.press(*step)
        else:
            visitor.fill(*step)
    assert visitor.screen == way.screen
    return visitor


def test_every_screen_of_a_flow_is_here() -> None:
    assert {way.screen for way in WAYS} | OUTSIDE_OF_A_FLOW == {one.id for one in get_args(Screen)}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.screen)
def test_every_form_has_the_token_of_its_flow_and_its_screen(way: Way) -> None:
    visitor = _arrive(way)
    flow = visitor.device.world.flows[visitor.browser.reply.url.rpartition("/")[2]]
    forms = visitor.browser.document.xpath("//form")
    assert forms
    for form in forms:
        values = dict(form.form_values())
        assert (form.get("method"), form.get("action")) == ("post", f"/id/signin/{flow.id}")
        assert (values["screen"], values["token"]) == (way.screen, flow.token)


@pytest.mark.parametrize("token", ["", "0" * 32], ids=["no token", "a wrong token"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.screen)
def test_no_button_does_anything_without_the_token(way: Way, token: str) -> None:
    visitor = _arrive(way)
    url, sent = visitor.browser.reply.url, len(visitor.device.state.inbox)
    before = visitor.device.world.flows[url.rpartition("/")[2]]
    for action in visitor.buttons:
        fields = {"screen": way.screen, "action": action, "password": "x", "identifier": "x"}
        body = urlencode(fields | ({"token": token} if token else {})).encode()
        assert visitor.device.request("POST", url, body=body).status == 303
    after = visitor.device.world.flows[before.id]
    assert (after.stage, after.standing) == (before.stage, before.standing)
    assert len(visitor.device.state.inbox) == sent


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.screen)
def test_another_browser_cannot_go_on_with_it(way: Way) -> None:
    visitor = _arrive(way)
    url = visitor.browser.reply.url
    visitor.device.state = visitor.device.state.with_jar(type(visitor.device.state.jar)())
    reply = visitor.device.request("GET", url)
    assert reply.status == 403
    assert reply.screen is not None
    assert reply.screen.id == "start-again"


@pytest.mark.parametrize("token", ["", "0" * 32], ids=["no token", "a wrong token"])
def test_nobody_else_can_sign_a_person_out(token: str) -> None:
    visitor = Visitor(new_device())
    visitor.sign_in()
    visitor.browser.open(f"{ORIGIN}/oauth/logout")
    assert visitor.screen == "sign-out"
    ((own, action),) = [
        (dict(form.form_values())["token"], form.get("action"))
        for form in visitor.browser.document.xpath("//form")
    ]
    body = urlencode({"screen": "sign-out", "action": "sign-out", "token": token}).encode()
    visitor.device.request("POST", f"{ORIGIN}{action}", body=body)
    assert len(visitor.device.world.sessions) == 1
    assert own not in {"", "0" * 32}
    visitor.press(*visitor.buttons)
    assert len(visitor.device.world.sessions) == 0
