from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.journeys.library import shipped
from tests.journeys.given import TITLE, library, mistakes

if TYPE_CHECKING:
    from pathlib import Path

END = "steps:\n  - expect: start\n"


def test_an_id_is_the_path_and_its_folder_the_kind() -> None:
    journey = shipped().get("screens/verify-phone/code-wrong")
    assert (journey.id, journey.kind) == ("screens/verify-phone/code-wrong", "screens")
    assert journey.file == "screens/verify-phone/code-wrong.yaml"


def test_there_are_journeys_of_every_kind_and_no_other() -> None:
    kinds = [journey.kind for journey in shipped().all()]
    assert set(kinds) == {"scenarios", "sessions", "examples", "screens"}
    assert len(kinds) > 150


def test_titles_of_one_screen_or_kind_tell_journeys_apart() -> None:
    titles = [(one.id.rpartition("/")[0], one.title) for one in shipped().all()]
    twice = {one for one in titles if titles.count(one) > 1}
    assert not twice


def test_what_goes_on_has_the_person_the_device_and_the_services_of_the_beginning(
    tmp_path: Path,
) -> None:
    head = "person: phone\ndevice: {network: mobile-data}\nservices: {a: {sample: strusic}}\n"
    journeys = library(
        tmp_path,
        first=f"{TITLE}language: nb\n{head}{END}",
        second=f"{TITLE}after: first\n{END}",
    )
    second = journeys.get("second")
    first = journeys.get("first")
    assert second.after == "first"
    assert (second.person, second.device, second.services, second.language) == (
        first.person, first.device, first.services, "nb",
    )  # fmt: skip
    assert [one.name for one in second.services] == ["a"]


def test_what_goes_on_cannot_begin_otherwise(tmp_path: Path) -> None:
    library(tmp_path, first=f"{TITLE}{END}")
    assert mistakes(tmp_path, f"{TITLE}after: first\nperson: phone\n{END}") == [
        "one.yaml:3:9 person is that of first; remove it or after"
    ]


def test_a_circle_is_told_and_not_walked(tmp_path: Path) -> None:
    library(tmp_path, two=f"{TITLE}after: three\n{END}", three=f"{TITLE}after: one\n{END}")
    assert mistakes(tmp_path, f"{TITLE}after: two\n{END}") == [
        "three.yaml:2:8 this goes round in a circle: one after two after three after one"
    ]


def test_an_owners_journey_goes_on_from_a_file_beside_it_or_from_a_shipped_one(
    tmp_path: Path,
) -> None:
    beside = tmp_path / "first.journey.yaml"
    beside.write_text(f"{TITLE}person: phone\n{END}", "utf-8")
    own = tmp_path / "own.journey.yaml"
    own.write_text(f"{TITLE}after: first.journey.yaml\n{END}", "utf-8")
    assert shipped().get(str(own)).person == "phone"
    other = tmp_path / "other.journey.yaml"
    other.write_text(f"{TITLE}after: screens/create-password/phone\n{END}", "utf-8")
    journey = shipped().get(str(other))
    assert (journey.person, journey.after) == ("phone", "screens/create-password/phone")


def test_a_journey_that_is_not_there_is_guessed() -> None:
    expected = 'screens/start/fone: there is no such journey; did you mean "screens/start/phone"?'
    with pytest.raises(ValueError, match=expected.replace("?", r"\?")):
        shipped().get("screens/start/fone")
    with pytest.raises(ValueError, match=r"xyz: .*; connect-studio journeys lists them"):
        shipped().get("xyz")
