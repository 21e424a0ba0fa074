from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.client.file import read
from studio.client.logo import load_logo
from studio.client.samples import SAMPLES, create, sample_path

if TYPE_CHECKING:
    from pathlib import Path


def test_fakebrand_is_there() -> None:
    assert "fakebrand" in SAMPLES


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
