"""Each check of a client: a good client, and one with the fault."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studio.checks.brand import PAIRS, Pair, page_colours, shown_size
from studio.checks.client import ClientSubject
from studio.checks.clients import CLIENT_CHECKS, find_in_client, unreadable, unusable_logo
from studio.checks.finding import Severity
from studio.checks.settings import SETTING_CHECKS
from studio.client.choices import LogoKind
from studio.client.colour import parse_paint
from studio.client.edit import set_value
from studio.client.file import parse
from studio.client.logo import LogoError, read_logo
from studio.client.mistake import ClientFileError
from studio.client.samples import sample_path
from studio.pages.hosting import HostedClient
from studio.resources import folder
from tests.checks.given import PLAYBOOK, entry, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.checks.finding import Finding
    from studio.client.logo import Logo

GOOD = """\
version: 1
registration:
  id: good
  name: Good
  redirect_uris:
    production: [https://good.example/callback]
  post_logout_redirect_uris:
    production: [https://good.example/]
branding:
  header: "#003366"
language:
  default: en
  offered: [en]
"""
STYLE = (folder("flow_templates") / "static" / "page.css").read_text("utf-8")
CODE = ("flow_templates/messages/code.txt",)
SMS = "%(client)s: %(code)s is your code"

Setting = str | int | bool | list[str]


def subject(
    settings: Mapping[str, Setting] | None = None, logo: Logo | None = None
) -> ClientSubject:
    """Return a client without faults, with settings by dotted path."""
    text = GOOD
    for path, value in (settings or {}).items():
        text = set_value(text, tuple(path.split(".")), value)
    return ClientSubject(
        file="good.client.yaml",
        text=text,
        hosted=HostedClient(parse(text, "good.client.yaml"), logo),
        colours=page_colours(STYLE),
        languages=(language("en", [entry(SMS, SMS, references=CODE)], PLAYBOOK),),
    )


def found(settings: Mapping[str, Setting]) -> list[Finding]:
    return list(find_in_client(subject(settings)))


def picture(width: int, height: int, noise: int = 0) -> Logo:
    """Return a PNG; `noise` bytes make its file large."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    made = read_logo(buffer.getvalue(), "logo.png")
    return replace(made, data=made.data + b"x" * noise)


def test_a_good_client_has_no_findings() -> None:
    assert found({}) == []


SETTINGS: list[tuple[str, dict[str, Setting], str]] = [
    (
        "sso-without-stay-signed-in",
        {"flow.level": 2, "session.stay_signed_in.shown": False},
        "session.stay_signed_in.shown",
    ),
    ("level-1-with-email-only", {"start.fields": "email", "start.first": "email"}, "start.fields"),
    ("web-view-with-sso", {"entry.browser": "web-view"}, "entry.browser"),
    (
        "forced-away",
        {"start.fields": "phone", "flow.force.email": "a@example.com"},
        "flow.force",
    ),
    (
        "forced-away",
        {"start.fields": "email", "flow.force.phone": "+4799912345", "flow.level": 2},
        "flow.force",
    ),
    (
        "prefilled-away",
        {"start.fields": "phone", "start.prefill.email": "a@example.com"},
        "start.prefill",
    ),
    ("first-away", {"start.fields": "phone", "start.first": "email"}, "start.first"),
    (
        "email-required-and-given",
        {"start.fields": "email", "flow.level": 2, "flow.require_email": True},
        "flow.require_email",
    ),
    (
        "prompt-none-without-sso",
        {"session.prompt": ["none"], "session.sso": False},
        "session.prompt",
    ),
    (
        "prompt-none-with-questions",
        {"session.prompt": ["none"], "flow.consent": "ask"},
        "session.prompt",
    ),
    (
        "sso-without-post-logout",
        {"registration.post_logout_redirect_uris.production": []},
        "registration.post_logout_redirect_uris",
    ),
    (
        "level-2-with-forced-code",
        {"flow.level": 2, "flow.verification": "force"},
        "flow.verification",
    ),
    ("web-view-only", {"sdk.detect_on_wifi": True}, "sdk"),
    (
        "staging-only",
        {
            "registration.redirect_uris.staging": ["https://try.example/callback"],
            "registration.redirect_uris.production": [],
        },
        "registration.redirect_uris",
    ),
    (
        "redirect-to-own-machine",
        {"registration.redirect_uris.production": ["http://localhost:8081/callback"]},
        "registration.redirect_uris.production",
    ),
]


@pytest.mark.parametrize(("name", "settings", "path"), SETTINGS, ids=lambda one: str(one)[:40])
def test_settings_that_should_not_be(name: str, settings: dict[str, Setting], path: str) -> None:
    (finding,) = found(settings)
    assert finding.check == name
    assert finding.message.startswith(f"{path}: ")
    assert finding.mend


def test_a_setting_is_found_at_its_line_or_at_the_section_around_it() -> None:
    made = subject({"flow.level": 2, "flow.verification": "force"})
    lines = made.text.splitlines()
    assert lines[made.line("flow.verification") - 1] == "  verification: force"
    assert lines[made.line("flow.consent") - 1] == "flow:"
    assert made.line("session.sso") == 0


def test_every_setting_check_has_a_sample() -> None:
    assert {name for name, _settings, _path in SETTINGS} == {one.name for one in SETTING_CHECKS}


@pytest.mark.parametrize(
    "settings",
    [
        {"flow.level": 2},
        {"flow.level": 2, "session.stay_signed_in.shown": False, "session.sso": False},
        {
            "flow.level": 2,
            "session.stay_signed_in.shown": False,
            "registration.platform": "android",
        },
        {"start.fields": "email", "flow.level": 2},
        {"entry.browser": "web-view", "session.sso": False, "sdk.read_code": True},
        {"start.fields": "phone", "flow.force.phone": "+4799912345"},
        {"session.prompt": ["none"]},
        {"flow.verification": "force"},
        {
            "registration.redirect_uris.production": ["http://localhost:8081/callback"],
            "registration.platform": "macos",
        },
    ],
)
def test_settings_that_go_together(settings: dict[str, Setting]) -> None:
    assert found(settings) == []


def test_the_name_on_a_header_of_middle_grey_to_black() -> None:
    (finding,) = found({"branding.header": "linear-gradient(90deg, white, black)"})
    assert (finding.check, finding.severity) == ("header-contrast", Severity.ERROR)
    assert finding.message == "branding.header: Name 1.2:1, low; 3:1 is needed (WCAG 2.2)"
    assert finding.line == GOOD.splitlines().index('  header: "#003366"') + 1


def test_a_logo_that_is_hardly_seen_is_a_warning() -> None:
    white = parse_paint("white").main()
    pale = replace(subject({"branding.header": "#eee"}, picture(720, 120)), logo_colour=white)
    (finding,) = find_in_client(pale)
    assert (finding.check, finding.severity) == ("header-contrast", Severity.WARNING)
    unknown = replace(pale, logo_colour=None)
    assert list(find_in_client(unknown)) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.what)
def test_contrast_of_everything_on_the_page(pair: Pair) -> None:
    good = subject()
    same = {name: parse_paint("#777").main() for name in good.colours}
    brand = {"--tint": "#777777", "--focus": "#777777"}
    # A brand's own variables are derived from its header; here they are as bad as the page's.
    bad = replace(good, colours=same, hosted=HostedClient(good.client))
    bad.hosted.__dict__["variables"] = brand
    (finding,) = [one for one in find_in_client(bad) if pair.what in one.message]
    assert (finding.check, finding.severity) == ("contrast", Severity.ERROR)


def test_the_colours_of_the_page_are_read_from_its_style_sheet() -> None:
    colours = page_colours(STYLE)
    assert {"--page", "--ink", "--button", "--quiet", "--danger"} <= set(colours)
    assert "--leading" not in colours


@pytest.mark.parametrize(
    ("width", "height", "blurred", "severity"),
    [
        (100, 20, "1x, 2x, 3x", Severity.ERROR),
        (240, 40, "2x, 3x", Severity.WARNING),
        (480, 80, "3x", Severity.WARNING),
        (720, 120, "", None),
    ],
)
def test_a_logo_of_pixels_is_sharp(
    width: int, height: int, blurred: str, severity: Severity | None
) -> None:
    findings = list(find_in_client(subject({}, picture(width, height))))
    assert [one.severity for one in findings] == ([severity] if severity else [])
    for finding in findings:
        assert finding.check == "logo-sharpness"
        assert f"screens of {blurred}" in finding.message
        assert finding.mend == "Use an SVG, or a picture of 720 x 120 pixels." or width == 100


def test_the_shape_and_size_of_a_logo() -> None:
    wide = subject({"branding.logo_kind": "symbol"}, picture(1200, 400))
    assert [one.check for one in find_in_client(wide)] == ["logo-shape"]
    square = subject({}, picture(400, 400))
    assert [one.check for one in find_in_client(square)] == ["logo-shape"]
    heavy = subject({}, picture(720, 120, noise=100_000))
    (finding,) = find_in_client(heavy)
    assert "bytes" in finding.message
    assert shown_size(picture(240, 120), LogoKind.WIDE) == (80, 40)


def test_messages_missing_long_and_not_in_the_playbook() -> None:
    offered: dict[str, Setting] = {"language.offered": ["en", "sv"]}
    missing = found(offered | {"branding.message.en": "Welcome to Good."})
    assert [(one.check, one.locale) for one in missing] == [("message-missing", "sv")]
    long = found({"branding.message.en": "word next " * 15})
    assert [one.check for one in long] == ["message-length"]
    (finding,) = found({"branding.message.en": "Welcome to Good. Log in here."})
    assert (finding.check, finding.locale, finding.screen) == ("terms", "en", "start")
    assert finding.file == "good.client.yaml"
    assert "Log in here" in subject({"branding.message.en": "Welcome to Good. Log in here."}).text


def test_a_message_in_another_script() -> None:
    made = subject({"language.offered": ["en", "bg"], "branding.message.bg": "Welcome, you"})
    with_bulgarian = replace(made, languages=(language("bg", []),))
    checks = {one.check for one in find_in_client(with_bulgarian)}
    assert checks == {"script", "message-missing"}


def test_an_sms_with_a_long_name() -> None:
    (finding,) = found({"registration.name": "N" * 150})
    assert (finding.check, finding.locale) == ("sms-length", "en")


def test_a_language_that_is_offered_and_not_finished() -> None:
    half = language("sv", [entry("Sign in", "Logga in"), entry("Back", "")])
    (finding,) = find_in_client(replace(subject(), languages=(half,)))
    assert finding.check == "language-unfinished"
    assert "1 texts not translated" in finding.message
    none = language("sv", [entry("Back", "")])
    (finding,) = find_in_client(replace(subject(), languages=(none,)))
    assert "no text translated" in finding.message


def test_mistakes_of_a_file_and_its_logo_are_findings() -> None:
    text = GOOD.replace("https://good.example/callback", "http://good.example/callback")
    with pytest.raises(ClientFileError) as error:
        parse(text, "good.client.yaml")
    finding = unreadable(error.value.mistakes[0], "good.client.yaml")
    assert (finding.check, finding.line) == ("client-file", 6)
    assert "must begin with https://" in finding.message
    assert unusable_logo(LogoError("x.png is broken"), "f").check == "logo-file"


def test_the_samples_have_no_errors() -> None:
    text = sample_path("fakebrand").read_text("utf-8")
    made = replace(subject(), text=text, hosted=HostedClient(parse(text, "fakebrand.client.yaml")))
    assert [one for one in find_in_client(made) if one.severity is Severity.ERROR] == []


def test_names_are_told_apart() -> None:
    names = [one.name for one in CLIENT_CHECKS]
    assert len(set(names)) == len(names)
