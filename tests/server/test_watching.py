"""Client files are watched: an edit counts, one with a mistake does not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from studio.cli.hosted import hosted_client
from studio.client.edit import set_value
from studio.client.samples import create
from studio.server.watching import ClientFiles

if TYPE_CHECKING:
    from pathlib import Path

    from studio.pages.hosting import HostedClient


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return create(tmp_path / "own.client.yaml", "fakebrand")


def watched(*paths: Path) -> tuple[ClientFiles, list[str]]:
    told: list[str] = []
    return ClientFiles(paths, hosted_client, told.append), told


def edit(path: Path, key: str, value: str) -> None:
    path.write_text(set_value(path.read_text("utf-8"), tuple(key.split(".")), value), "utf-8")


def names(files: ClientFiles) -> list[str]:
    return [one.policy.name for one in files.hosted]


def test_what_is_not_touched_is_not_read_again(file: Path) -> None:
    read: list[Path] = []

    def counted(path: Path) -> object:
        read.append(path)
        return hosted_client(path)

    files = ClientFiles([file], counted)  # type: ignore[arg-type]  # counts beside
    assert not files.look()
    assert read == [file]


def test_an_edit_counts(file: Path) -> None:
    files, told = watched(file)
    edit(file, "registration.name", "NewBrand")
    assert files.look()
    assert names(files) == ["NewBrand"]
    assert not files.look()
    assert told == []


@pytest.mark.parametrize("first", [True, False])
def test_an_edit_while_it_is_read_counts(file: Path, *, first: bool) -> None:
    reads: list[Path] = []

    def interrupted(path: Path) -> HostedClient:
        hosted = hosted_client(path)
        reads.append(path)
        if len(reads) == (1 if first else 2):
            edit(file, "registration.name", "NewestBrand")
        return hosted

    files = ClientFiles([file], interrupted)
    if not first:
        edit(file, "registration.name", "NewBrand")
        assert files.look()
    assert files.look()
    assert names(files) == ["NewestBrand"]


def test_another_time_without_another_text_is_no_edit(file: Path) -> None:
    files, _told = watched(file)
    os.utime(file, ns=(1, 1))
    assert not files.look()


def test_another_logo_counts(file: Path) -> None:
    files, _told = watched(file)
    logo = file.with_name("fakebrand.svg")
    logo.write_text(logo.read_text("utf-8").replace("<svg", "<svg data-x='1'", 1), "utf-8")
    before = files.hosted[0].version
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8")
    assert files.look()
    assert files.hosted[0].version != before


def test_a_mistake_keeps_what_was_right_and_is_told_once(file: Path) -> None:
    files, told = watched(file)
    edit(file, "registration.name", "NewBrand")
    files.look()
    right = file.read_text("utf-8")
    edit(file, "start.first", "fax")
    assert not files.look()
    assert not files.look()
    assert names(files) == ["NewBrand"]
    (line,) = told
    assert line.startswith("own.client.yaml:")
    assert 'start.first: "fax" is not allowed' in line
    assert line.endswith("the last version without mistakes is served")
    assert files.mistakes
    file.write_text(right, "utf-8")
    files.look()
    assert told[1:] == ["own.client.yaml: is right again"]
    assert not files.mistakes


def test_a_file_that_is_gone_is_a_mistake(file: Path) -> None:
    files, told = watched(file)
    text = file.read_text("utf-8")
    file.unlink()
    assert not files.look()
    assert names(files) == ["FakeBrand"]
    assert "cannot be read" in told[0]
    file.write_text(text, "utf-8")
    files.look()
    assert not files.mistakes


def test_a_logo_that_comes_after_the_edit_is_found(file: Path) -> None:
    files, _told = watched(file)
    edit(file, "branding.logo", "late.svg")
    files.look()
    assert "late.svg" in files.mistakes[0]
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    file.with_name("late.svg").write_text(svg, "utf-8")
    assert files.look()
    assert not files.mistakes


def test_two_files_do_not_have_the_same_id(file: Path) -> None:
    other = create(file.with_name("other.client.yaml"), "fakebrand")
    with pytest.raises(ValueError, match="has the same id, fakebrand"):
        watched(file, other)
    edit(other, "registration.id", "other")
    files, told = watched(file, other)
    edit(other, "registration.id", "fakebrand")
    assert not files.look()
    assert "has the same id, fakebrand" in told[0]
