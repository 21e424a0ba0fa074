"""Whether a client is ready to be handed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.checks.finding import Finding, Severity
from studio.checks.handover import findings, in_order, stops
from studio.client.edit import remove, set_value
from studio.client.file import parse
from studio.client.samples import SAMPLES
from studio.pages.hosting import HostedClient
from tests.exporters.handovers import sample


def found_in(text: str, name: str = "fakebrand") -> dict[str, Finding]:
    hosted = HostedClient(parse(text, "f.yaml"), sample(name).hosted.logo)
    return {one.check: one for one in findings("f.yaml", text, hosted)}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_ready(name: str) -> None:
    given = sample(name)
    assert not stops(findings("f.yaml", given.text, given.hosted))


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("registration.redirect_uris.staging", "production-only"),
        ("registration.redirect_uris.production", "staging-only"),
        ("registration.contact", "contact-missing"),
        ("branding.logo", "logo-missing"),
        ("branding.message.sv", "message-missing"),
    ],
)
def test_what_is_missing_is_told_at_its_line(path: str, check: str) -> None:
    before = sample("fakebrand").text
    assert check not in found_in(before)
    text = remove(before, tuple(path.split(".")))
    finding = found_in(text)[check]
    assert finding.severity is Severity.WARNING
    assert finding.line > 1
    assert finding.mend.endswith(".")


@pytest.mark.parametrize(
    ("kind", "uri", "found"),
    [
        ("web", "https://a.example/back", False),
        ("web", "http://localhost/back", False),
        ("web", "a://back", True),
        ("native", "a://back", False),
        ("native", "http://127.0.0.1:8081/back", False),
        ("native", "https://a.example/back", True),
    ],
)
def test_an_address_of_another_type_of_application_is_told(
    kind: str, uri: str, *, found: bool
) -> None:
    text = set_value(sample("fakebrand").text, ("registration", "application_type"), kind)
    text = set_value(text, ("registration", "redirect_uris", "production"), [uri])
    text = set_value(text, ("registration", "redirect_uris", "staging"), ["http://localhost:1/"])
    assert ("type-and-addresses" in found_in(text)) is found


def test_settings_that_contradict_each_other_stop_an_export() -> None:
    text = set_value(sample("fakebrand").text, ("flow", "force", "email"), "a@b.example")
    text = set_value(text, ("start", "fields"), "phone")
    found = list(found_in(text).values())
    assert stops(found)
    assert found[0].check == "forced-away"
    line = next(at for at, one in enumerate(text.splitlines(), 1) if one.startswith("  force:"))
    assert found[0].line == line


def test_errors_come_first_and_each_kind_keeps_its_order() -> None:
    one = Finding(check="a", severity=Severity.WARNING, message="", mend="")
    found = [one, replace(one, check="b", severity=Severity.ERROR), replace(one, check="c")]
    assert [each.check for each in in_order(found)] == ["b", "a", "c"]
    assert not stops([one])
