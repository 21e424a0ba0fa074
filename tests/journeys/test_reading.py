"""Every mistake is told with its place and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.journeys.library import Library
from studio.journeys.reading import JourneyFileError
from tests.journeys.given import TITLE, mistakes, read

if TYPE_CHECKING:
    from pathlib import Path

END = "  - expect: start\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "one.yaml:1:1 the file is empty; write title and steps"),
        ("title: [", "one.yaml:1:9 this is not YAML: "),
        ("- a\n", "one.yaml:1:1 a journey must be keys with values, not a list"),
        ("title: A\n", "one.yaml:1:1 steps is missing"),
        ("steps: []\n", "one.yaml:1:1 title is missing"),
        (f"titel: A\ntitle: A\nsteps:\n{END}", 'one.yaml:1:1 unknown key "titel"; did you mean'),
        (f"title: A\ntitle: B\nsteps:\n{END}", "one.yaml:2:1 title: the key is there twice"),
        (f"{TITLE}person: fulll\nsteps:\n{END}", 'one.yaml:2:9 person: "fulll" is not allowed; d'),
        (
            f"{TITLE}device: {{network: 5g}}\nsteps:\n{END}",
            'one.yaml:2:19 network: "5g" is not all',
        ),
        (f"{TITLE}device: {{net: wifi}}\nsteps:\n{END}", 'one.yaml:2:10 unknown key "net"; '),
        (
            f"{TITLE}services: {{a: {{sample: fakebrnd}}}}\nsteps:\n{END}",
            'one.yaml:2:24 sample: "fakebrnd" is not allowed; did you mean "fakebrand"?',
        ),
        (
            f"{TITLE}services: {{a: {{}}}}\nsteps:\n{END}",
            "one.yaml:2:15 a service has a sample, or",
        ),
        (f"{TITLE}services: {{}}\nsteps:\n{END}", "one.yaml:2:11 services has one at least"),
        (f"{TITLE}after: nothing\nsteps:\n{END}", 'one.yaml:2:8 there is no journey "nothing"'),
        (
            f"{TITLE}after: one\nsteps:\n{END}",
            "one.yaml:2:8 this goes round in a circle: one after",
        ),
        (f"{TITLE}steps: a\n", 'one.yaml:2:8 steps must be a list, not "a"'),
        (f"{TITLE}steps: []\n", "one.yaml:2:8 the last step must be expect"),
    ],
)
def test_a_journey(tmp_path: Path, text: str, told: str) -> None:
    assert mistakes(tmp_path, text)[0].startswith(told)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("pres: submit", '5 "pres" is no step; did you mean "press"? there are: open, fill'),
        ("close windw", '5 "close windw" is no step; did you mean "close window"?'),
        ("[a]", "5 a step is one key with its value, such as: press: submit"),
        ("{open: service, press: a}", "5 a step is one key with its value, such as: press: submit"),
        ("open: two", '11 service: "two" is not allowed; allowed: service'),
        ("open: {acr: 1}", '12 unknown key "acr"; '),
        ("open: {path: id}", '18 a path begins with / (or https:// for elsewhere), not "id"'),
        ("open: {path: /id, prompt: none}", "11 a path has no prompt; write it below query"),
        ("open: {query: {a: b}}", "11 query is that of a path, and path is missing"),
        ("fill: {code: $cod}", '18 unknown variable "$cod"; did you mean "$code"?'),
        ("fill: code", '11 fill must be keys with values, not "code"'),
        ("press: [a]", "12 press must be keys with values, not a list"),
        ("press: {nth: 2}", "12 action is missing: what the button does"),
        ("press: {action: a, nth: 0}", '29 nth must be a number from 1 to 100, not "0"'),
        ("wait: soon", '11 "soon" is no time; write it as 91 days, or 1 hour 5 minutes'),
        ("wait: 3 days soon", '11 "3 days soon" is no time; '),
        ("hand to: nobody", '14 person: "nobody" is not allowed; allowed: full, phone, email'),
        ("connect: {browser: netscape}", '24 browser: "netscape" is not allowed; '),
        ("repeat: {times: 2}", "13 steps missing: how often, and what"),
        ("other tab: [{press: }]", "25 press must be one value, not "),
        ("expect: strat/phone", '13 there is no screen "strat"; did you mean "start"?'),
        ("expect: {scren: start}", '14 unknown key "scren"; did you mean "screen"?'),
        ("expect: {at: two}", '18 service: "two" is not allowed; '),
        ("expect: {message: sms/cod}", '23 message: "sms/cod" is not allowed; did you mean "sms/'),
        ("expect: {without screens: yes}", '31 without screens: "yes" is not allowed; allowed: t'),
    ],
)
def test_a_step(tmp_path: Path, step: str, told: str) -> None:
    found = mistakes(tmp_path, f"{TITLE}steps:\n  - {step}\n{END}")
    assert found[0].startswith(f"one.yaml:3:{told}"), found


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = mistakes(tmp_path, f"{TITLE}steps:\n  - pres: a\n  - wait: b\n  - press: a\n")
    places = [line.partition(" ")[0] for line in found]
    assert places == ["one.yaml:3:3", "one.yaml:3:5", "one.yaml:4:11"]


def test_a_file_that_is_not_text_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(b"title: \xff")
    with pytest.raises(JourneyFileError, match=r"bad.yaml: is not UTF-8; save it as UTF-8"):
        Library(tmp_path).get("bad")
    with pytest.raises(JourneyFileError, match=r"none.yaml: cannot be read: No such file"):
        Library(tmp_path).get(str(tmp_path / "none.yaml"))


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    journey = read(
        tmp_path,
        """\
title: Test
language: nb
person: phone
device: {platform: other, browser: desktop, network: mobile-data}
services:
  one:
    sample: all-the-news
    set: {session.sso: true, session: {max_age: 5}, language: {offered: [en, nb]}}
steps:
  - wait: 1 day, 2 hours and 3 minutes
  - expect: start/phone
""",
    )
    assert (journey.title, journey.language, journey.person) == ("Test", "nb", "phone")
    device = journey.device
    assert (device.platform, device.browser, device.network) == ("other", "desktop", "mobile-data")
    (one,) = journey.services
    assert list(map(str, one.settings)) == [
        "session.sso: true",
        "session.max_age: 5",
        "language.offered: [en, nb]",
    ]
    wait, expect = journey.steps
    assert "days=1, seconds=7380" in repr(wait)
    assert journey.end is expect
    assert (str(expect.place), journey.end.name) == ("one.yaml:11", "start/phone")
