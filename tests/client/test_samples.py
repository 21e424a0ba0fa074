from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from studio.client.choices import ButtonScheme, EntryPoint, Platform
from studio.client.colour import parse_paint
from studio.client.file import read
from studio.client.logo import load_logo
from studio.client.samples import SAMPLES, create, sample_path
from studio.engine.policy import Level
from studio.i18n.locales import TAGS
from studio.pages.hosting import lowest_contrast

if TYPE_CHECKING:
    from pathlib import Path

    from studio.client.model import Client


AA = 4.5
"""WCAG 2.2, 1.4.3: what text needs against its background."""


def client_of(name: str) -> Client:
    return read(sample_path(name))[1]


def test_fakebrand_comes_first_and_the_samples_of_the_document_are_there() -> None:
    assert SAMPLES == ("fakebrand", "all-the-news", "hipstagram", "strusic")


def test_each_of_the_documents_samples_asks_for_what_it_says() -> None:
    asked = {name: client_of(name).flow for name in SAMPLES}
    told = {name: (flow.level, flow.require_email) for name, flow in asked.items()}
    assert told == {
        "fakebrand": (Level.PHONE, False),
        "hipstagram": (Level.PHONE, False),
        "all-the-news": (Level.PASSWORD, False),
        "strusic": (Level.PASSWORD, True),
    }


def test_the_samples_differ_in_what_a_service_decides() -> None:
    clients = [client_of(name) for name in SAMPLES[1:]]
    assert {one.entry.point for one in clients} == set(EntryPoint)
    assert {one.entry.button.scheme for one in clients} == set(ButtonScheme)
    assert {one.registration.platform for one in map(client_of, SAMPLES)} == {
        *(Platform.ANDROID, Platform.IOS, Platform.WEB),
    }
    web = [one for one in clients if one.registration.platform is Platform.WEB]
    assert all(one.session.stay_signed_in.shown for one in web)
    uris = [uri for one in map(client_of, SAMPLES) for uri in one.policy().redirect_uris]
    assert len(uris) == len(set(uris))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_a_message_in_every_language(name: str) -> None:
    assert set(client_of(name).branding.message) == set(TAGS)


@pytest.mark.parametrize("name", SAMPLES[1:])
def test_a_logo_can_be_read_on_its_header_and_holds_no_text(name: str) -> None:
    branding = client_of(name).branding
    source = (sample_path(name).parent / str(branding.logo)).read_text(encoding="utf-8")
    inks = set(re.findall(r'(?:fill|stroke)="(#\w+)"', source))
    assert inks
    assert "<text" not in source
    assert all(lowest_contrast(parse_paint(ink).main(), branding.header) >= AA for ink in inks)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_a_client_file_with_a_clean_logo(name: str) -> None:
    path = sample_path(name)
    _, client = read(path)
    assert client.registration.id == name
    assert client.branding.logo is not None
    assert load_logo(path.parent / client.branding.logo).removed == ()


def test_an_unknown_sample_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r'no sample "x"; there are: .*fakebrand'):
        sample_path("x")


def test_a_new_client_file_comes_with_its_logo(tmp_path: Path) -> None:
    path = create(tmp_path / "mine.client.yaml", "fakebrand")
    assert path.read_bytes() == sample_path("fakebrand").read_bytes()
    assert {item.name for item in tmp_path.iterdir()} == {"mine.client.yaml", "fakebrand.svg"}
    _, client = read(path)
    assert client.registration.name == "FakeBrand"


def test_a_second_client_file_shares_the_logo(tmp_path: Path) -> None:
    create(tmp_path / "a.client.yaml", "fakebrand")
    create(tmp_path / "b.client.yaml", "fakebrand")
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("taken", ["mine.client.yaml", "fakebrand.svg"])
def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="exists already; choose another name or folder"):
        create(tmp_path / "mine.client.yaml", "fakebrand")
    assert (tmp_path / taken).read_text(encoding="utf-8") == "mine"
    assert [item.name for item in tmp_path.iterdir()] == [taken]
