from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from studio.device.renderer import RenderError
from studio.exporters import EXPORTERS, Handover, contents, export
from studio.exporters.writing import write, zipped
from tests.exporters.given import handover, raster
from tests.exporters.handovers import sample
from tests.exporters.test_pictures import every_scenario, every_screen

if TYPE_CHECKING:
    from pathlib import Path

    from studio.device.tasks import BatchRenderer

FILES = {"b.txt": b"b" * 1000, "a/c.txt": b"c"}


def test_every_format_says_what_it_is() -> None:
    assert list(EXPORTERS)[:2] == ["config", "oidc"]
    for name, one in EXPORTERS.items():
        assert one.name == name
        assert one.title
        assert one.about.endswith(".")


def test_a_zip_file_is_the_same_for_the_same_files() -> None:
    data = zipped(FILES)
    assert data == zipped(dict(reversed(FILES.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        assert {one.filename: archive.read(one) for one in entries} == FILES
    assert [one.filename for one in entries] == ["a/c.txt", "b.txt"]
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.external_attr >> 16 for one in entries} == {0o100644}


def test_files_go_into_folders_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    assert write(FILES, out) == (out / "b.txt", out / "a" / "c.txt")
    assert {path.relative_to(out).as_posix() for path in out.rglob("*.txt")} == set(FILES)


@pytest.mark.parametrize("name", ["/etc/a", "../a", "a/../b", "a\\b", "./a", "a//b"])
@pytest.mark.parametrize("out", ["folder", "out.zip"])
def test_no_name_leads_elsewhere(tmp_path: Path, name: str, out: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a file in a folder"):
        write({"fine": b"", name: b""}, tmp_path / out)
    assert list(tmp_path.iterdir()) == []


def test_one_format_stands_in_the_folder_and_several_each_in_their_own(tmp_path: Path) -> None:
    one = export(sample("fakebrand"), ["config"], tmp_path / "one")
    assert [path.name for path in one][:1] == ["fakebrand.config.json"]
    assert {path.parent for path in one} == {tmp_path / "one"}
    several = export(sample("fakebrand"), ["config", "oidc"], tmp_path / "several")
    folders = {path.relative_to(tmp_path / "several").parts[0] for path in several}
    assert folders == {"config", "oidc"}
    again = export(sample("fakebrand"), ["config", "config"], tmp_path / "again")
    assert [path.name for path in again] == [path.name for path in one]


def test_an_export_can_be_repeated(tmp_path: Path) -> None:
    first = export(sample("fakebrand"), ["config", "oidc"], tmp_path / "a.zip")
    before = first[0].read_bytes()
    assert export(sample("fakebrand"), ["config", "oidc"], tmp_path / "a.zip") == first
    assert first[0].read_bytes() == before


def test_nothing_is_written_before_everything_is_made(tmp_path: Path) -> None:
    given = sample("fakebrand")

    def no_renderer() -> BatchRenderer:
        raise RenderError("there is no browser")

    unable = Handover(hosted=given.hosted, text=given.text, renderer=no_renderer)
    with pytest.raises(RenderError):
        export(unable, ["config", "pictures"], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_one_begins_with_is_there(name: str) -> None:
    made = {"pictures": every_screen()[1], "storyboards": every_scenario()}.get(name)
    files = made or contents(handover(logo=raster()), [name])
    assert EXPORTERS[name].first in {"", *files}
    assert EXPORTERS[name].first or len(files) <= 3


def test_there_is_no_other_format() -> None:
    with pytest.raises(KeyError):
        contents(sample("fakebrand"), ["nothing"])
