from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from studio.client.file import ClientFileError, parse
from studio.engine.detection import SdkOptions
from studio.engine.policy import (
    ClientPolicy,
    Consent,
    IdentifierKind,
    Level,
    Prompt,
    StartFields,
    Verification,
)

from .test_file import SMALLEST

if TYPE_CHECKING:
    from studio.client.model import Client


def client(rest: str = "") -> Client:
    return parse(SMALLEST + rest, "f.yaml")


def refused(rest: str) -> str:
    with pytest.raises(ClientFileError) as caught:
        client(rest)
    (mistake,) = caught.value.mistakes
    return mistake.message


def registered(uri: str) -> Client:
    return parse(
        "version: 1\nregistration:\n  id: a\n  name: A\n  redirect_uris:\n"
        f"    staging:\n      - {uri}\n",
        "f.yaml",
    )


@pytest.mark.parametrize(
    "uri",
    [
        "fakebrand://connect/oauth2callback",
        "com.example.app:/callback",
        "https://fakebrand.example/callback?x=1",
        "http://localhost:8081/callback",
        "http://127.0.0.1/callback",
        "http://[::1]:8081/callback",
        "urn:ietf:wg:oauth:2.0:oob",
        "urn:ietf:wg:oauth:2.0:oob:auto",
    ],
)
def test_redirect_uris_of_the_protocol_are_allowed(uri: str) -> None:
    assert registered(uri).registration.redirect_uris.staging == (uri,)


@pytest.mark.parametrize(
    "uri",
    [
        "http://fakebrand.example/callback",
        "http://localhost.example/callback",
        "https:///callback",
        "https://fakebrand.example/#part",
        "fakebrand://connect/#part",
        "javascript:alert(1)",
        "data:text/html,x",
        "urn:ietf:wg:oauth:2.0:oob:other",
        "/callback",
        "word",
        "https://fakebrand.example:x/",
        "https://[::1/",
        "https://fåkebrand.example/",
        '"https://fakebrand.example/a b"',
        '"https://fakebrand.example/\\u0000"',
    ],
)
def test_other_redirect_uris_are_refused(uri: str) -> None:
    with pytest.raises(ClientFileError) as caught:
        registered(uri)
    assert caught.value.mistakes[0].path == "registration.redirect_uris.staging.0"


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ("language: {default: sv, offered: [en]}", '"sv" is the default language and is missing'),
        ("language: {offered: [en, en]}", '"en" is in the list twice'),
        ("language: {offered: en}", 'must be a list, such as [a, b], not "en"'),
        ("language: {offered: {en: x}}", "must be a list, such as [a, b], not a section"),
        ("language: {default_country: no}", 'did you mean "NO"?'),
        ("language: {default_country: XX}", '"XX" is not a country'),
        ("language: {default: [en]}", "must be one value, not a list"),
        ("branding: {logo: ../secret.png}", "is not a file beside the client file"),
        ("branding: {logo: /etc/passwd}", "is not a file beside the client file"),
        ("branding: {logo: 'C:\\x.png'}", "is not a file beside the client file"),
        ("branding: {logo: .}", "is not a file beside the client file"),
        ("branding: {header: [red]}", "must be a colour or gradient, not a list"),
        ("branding: {message: hello}", "must be a section of keys and values"),
        (f"branding: {{message: {{en: {'x' * 401}}}}}", "has 401 characters; at most 400"),
        ('branding: {message: {en: "a\\x07"}}', "holds the control character U+0007"),
        ("start: {prefill: {phone: 99912345}}", "is not a phone number with its calling code"),
        ("start: {prefill: {phone: '+47 1'}}", "is not a phone number with its calling code"),
        ("start: {prefill: {email: a.example}}", '"a.example" is not an e-mail address'),
        ("session: {sso: {a: b}}", "must be true or false, not a section"),
        ("session: {max_age: -1}", "must be a whole number from 0 to 999999999"),
        (f"session: {{max_age: {'9' * 5000}}}", "must be a whole number from 0 to 999999999"),
        ("session: {max_age: ٣}", "must be a whole number from 0 to 999999999"),
        ("entry: {browser: chrome}", "allowed: in-app-tab, web-view, same-tab, new-tab, pop-up"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(rest: str, sentence: str) -> None:
    assert sentence in refused(rest)


@pytest.mark.parametrize("sender", ["Fake Brand!", "TwelveLetter", "12345", "''", "Фирма"])
def test_an_sms_sender_is_one_to_eleven_letters_or_digits(sender: str) -> None:
    with pytest.raises(ClientFileError, match=r"registration\.sms_sender"):
        parse(SMALLEST + f"  sms_sender: {sender}\n", "f.yaml")


def test_at_least_one_redirect_uri_is_needed() -> None:
    text = "version: 1\nregistration: {id: a, name: A, redirect_uris: {staging: []}}\n"
    with pytest.raises(ClientFileError, match=r"registration\.redirect_uris: holds no address"):
        parse(text, "f.yaml")


def test_a_key_without_value_is_the_same_as_no_key() -> None:
    rest = "branding:\n  header:\n  logo: ~\nstart: {prefill: {phone: , email: null}}\nsdk:\n"
    assert client(rest) == client()


def test_a_phone_number_is_kept_in_international_form() -> None:
    found = client("start: {prefill: {phone: +47 999 12 345, email: a@Example.com}}")
    assert found.start.prefill.phone == "+4799912345"
    assert found.start.prefill.email == "a@example.com"


def test_a_client_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        client().flow.level = Level.PASSWORD  # type: ignore[misc]  # that it is refused is shown


def test_the_policy_of_the_smallest_file() -> None:
    policy = client().policy()
    assert policy == ClientPolicy(
        client_id="fakebrand",
        name="FakeBrand",
        redirect_uris=("https://fakebrand.example/callback",),
        stay_signed_in_shown=True,
        sso=True,
        offered_locales=client().language.offered,
    )


def test_the_policy_has_every_decision_the_engine_obeys() -> None:
    text = """\
version: 1
registration:
  id: a
  name: A
  application_type: native
  scopes: [openid, phone]
  sms_sender: Ay
  redirect_uris: {staging: [a://x, b://x], production: [b://x, c://x]}
language: {default: ur-PK, offered: [en, ur-PK], by_request: false, default_country: PK}
start: {fields: email, first: phone, prefill: {phone: "+47 999 12 345", email: a@example.com}}
flow:
  level: 2
  force: {phone: "+47 999 00 999", change: true}
  require_email: true
  verification: force
  consent: ask
session:
  max_age: 60
  sso: false
  prompt: [login]
  stay_signed_in: {shown: false, default: true}
sdk: {prevent_hotspot_detection: true, detect_on_wifi: true, read_code: true}
"""
    assert parse(text, "f.yaml").policy() == ClientPolicy(
        client_id="a",
        name="A",
        redirect_uris=("a://x", "b://x", "c://x"),
        native=True,
        scopes=frozenset({"openid", "phone"}),
        sms_sender="Ay",
        level=Level.PASSWORD,
        fields=StartFields.EMAIL,
        first=IdentifierKind.EMAIL,
        prefill_phone="+4799912345",
        prefill_email="a@example.com",
        stay_signed_in_shown=False,
        stay_signed_in_default=True,
        sso=False,
        max_age=60,
        prompt=frozenset({Prompt.LOGIN}),
        verification=Verification.FORCE,
        forced_phone="+4799900999",
        forced_may_change=True,
        require_email=True,
        consent=Consent.ASK,
        sdk=SdkOptions(prevent_hotspot_detection=True, detect_on_wifi=True, read_code=True),
        default_locale="ur-PK",
        offered_locales=("en", "ur-PK"),
        locale_by_request=False,
        default_country="PK",
    )


@pytest.mark.parametrize(
    "address",
    ["https://x.example;sandbox/cb", "https://x.example,y/cb", "https://user@x.example/cb"],
)
def test_a_host_with_signs_of_other_meaning_is_refused(address: str) -> None:
    with pytest.raises(ClientFileError, match="has a host that is not allowed"):
        registered(address)
