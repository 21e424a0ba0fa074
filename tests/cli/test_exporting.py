"""`connect-studio export` and `import`."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from studio.cli.main import app
from studio.client.edit import set_value
from studio.client.file import read
from studio.client.samples import create, sample_path
from studio.exporters import EXPORTERS
from studio.importers import IMPORTERS

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

SAMPLE = sample_path("fakebrand")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_formats_are_listed() -> None:
    rows = json.loads(run("export", "--list", "--json").stdout)
    assert [row["name"] for row in rows] == list(EXPORTERS)
    assert set(rows[0]) == {"name", "title", "about", "draws"}
    lines = run("export", "--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(EXPORTERS)


def test_what_can_be_imported_is_listed() -> None:
    rows = json.loads(run("import", "--list", "--json").stdout)
    assert [row["name"] for row in rows] == list(IMPORTERS)
    lines = run("import", "--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(IMPORTERS)


def test_export_writes_a_folder(tmp_path: Path) -> None:
    result = run("export", SAMPLE, "--to", "config", "--out", tmp_path / "out")
    out = tmp_path / "out"
    assert (result.exit_code, result.stdout) == (0, f"{out}: config, 3 files\n")
    data = json.loads((out / "fakebrand.config.json").read_text("utf-8"))
    assert data["registration"]["id"] == "fakebrand"
    assert len(list(out.iterdir())) == 3


def test_export_tells_what_to_begin_with(tmp_path: Path) -> None:
    result = run("export", SAMPLE, "--to", "tokens,config,tokens", "--out", tmp_path)
    tokens, config = result.stdout.splitlines()
    assert tokens.endswith(" files; begin with README.md")
    assert (tmp_path / "tokens" / "README.md").is_file()
    assert config == f"{tmp_path / 'config'}: config, 3 files"


def test_urls_are_of_the_connect_that_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(
        "export", SAMPLE, "--to", "oidc", "--out", out, "--connect", "http://127.0.0.1:8400/"
    )
    assert result.exit_code == 0
    lines = (out / "authorization.txt").read_text("utf-8").splitlines()
    assert all(line.split()[2].startswith("http://127.0.0.1:8400/oauth/") for line in lines)


def test_export_writes_one_zip_file(tmp_path: Path) -> None:
    out = tmp_path / "new" / "all.zip"
    result = run("export", SAMPLE, "--to", "config, oidc", "--out", out)
    assert (result.exit_code, result.stdout) == (0, f"{out}: config, oidc\n")
    with zipfile.ZipFile(out) as archive:
        assert "config/fakebrand.config.json" in archive.namelist()
        assert "oidc/production.registration.json" in archive.namelist()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((SAMPLE,), "export needs FILE, --to NAME and --out DIR; the names: export --list"),
        (("--to", "config"), "export needs FILE, --to NAME and --out DIR; the names: "),
        ((SAMPLE, "--to", ","), "--to ,: name a format; there is: config, oidc"),
        ((SAMPLE, "--to", "pdf"), "--to pdf: there is no such format; there is: config, oidc"),
        ((SAMPLE, "--to", "confg"), '--to confg: there is no such format; did you mean "config"?'),
    ],
)
def test_wrong_use_of_export_is_told_in_a_line(
    tmp_path: Path, arguments: tuple[str | Path, ...], line: str
) -> None:
    out = ("--out", tmp_path / "out") if len(arguments) > 2 else ()
    result = run("export", *arguments, *out)
    assert result.exit_code == 2
    assert result.stderr.startswith(line)
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["localhost:8400", "http://", "https://a.example/oauth", "ftp://a"])
def test_where_connect_is_has_to_be_an_origin(tmp_path: Path, url: str) -> None:
    result = run("export", SAMPLE, "--to", "oidc", "--out", tmp_path / "o", "--connect", url)
    line = f"--connect {url}: has to be scheme and host, such as http://127.0.0.1:8400\n"
    assert (result.exit_code, result.stderr) == (2, line)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("out", "line"),
    [
        ("file", "file: is a file; a folder is needed there"),
        ("file/below", "file: is a file; a folder is needed there"),
        ("file/a.zip", "file: is a file; a folder is needed there"),
        ("folder.zip", "folder.zip: is a folder; name a ZIP file, or a folder without .zip"),
    ],
)
def test_a_place_that_cannot_be_is_told_before_anything_is_made(
    tmp_path: Path, out: str, line: str
) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "folder.zip").mkdir()
    result = run("export", tmp_path / "none.client.yaml", "--to", "config", "--out", tmp_path / out)
    assert (result.exit_code, result.stderr) == (2, f"{tmp_path}/{line}\n")
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.parametrize("out", ["/proc/connect/folder", "/proc/connect.zip"])
def test_a_place_that_may_not_be_written_is_named(out: str) -> None:
    result = run("export", SAMPLE, "--to", "config", "--out", out)
    assert result.exit_code == 2
    assert result.stderr.startswith(out)
    assert len(result.stderr.splitlines()) == 1


def test_a_client_with_errors_is_exported_anyway_only(tmp_path: Path) -> None:
    file = create(tmp_path / "a.client.yaml", "fakebrand")
    text = set_value(file.read_text("utf-8"), ("flow", "force", "email"), "a@b.example")
    file.write_text(set_value(text, ("start", "fields"), "phone"), "utf-8")
    out = tmp_path / "out"
    result = run("export", file, "--to", "config", "--out", out)
    assert result.exit_code == 1
    assert "[forced-away]" in result.stderr
    last = result.stderr.splitlines()[-1]
    assert last == "Nothing was exported; mend the errors, or add --anyway."
    assert (result.stdout, out.exists()) == ("", False)
    result = run("export", file, "--to", "config", "--out", out, "--anyway")
    assert result.exit_code == 0
    assert "[forced-away]" in result.stderr
    assert (out / "fakebrand.config.json").is_file()


def test_a_file_with_mistakes_is_told_and_nothing_written(tmp_path: Path) -> None:
    bad = tmp_path / "bad.client.yaml"
    text = SAMPLE.read_text("utf-8").replace("level: 1", "level: 3")
    bad.write_text(text.replace("first: phone", "first: fax"), "utf-8")
    result = run("export", bad, "--to", "config", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert [line.split(" ")[1] for line in result.stderr.splitlines()] == [
        "start.first:", "flow.level:",
    ]  # fmt: skip
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("suffix", [".config.json", ".config.yaml", ".zip"])
def test_what_was_exported_comes_back_with_its_logo(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / "all.zip" if suffix == ".zip" else tmp_path / "out"
    run("export", SAMPLE, "--to", "config", "--out", out)
    file = out if suffix == ".zip" else out / f"fakebrand{suffix}"
    new = tmp_path / "new" / "mine.client.yaml"
    result = run("import", file, "--out", new)
    assert result.exit_code == 0
    form = "zip" if suffix == ".zip" else "config"
    assert result.stdout.startswith(f"{new} (from {file.name}, read as {form}: ")
    assert len(result.stdout.splitlines()) == 1
    assert read(new)[1] == read(SAMPLE)[1]
    assert (tmp_path / "new" / "fakebrand.svg").is_file()
    again = tmp_path / "again"
    run("export", new, "--to", "config", "--out", again)
    run("export", SAMPLE, "--to", "config", "--out", tmp_path / "first")
    for path in again.iterdir():
        assert path.read_bytes() == (tmp_path / "first" / path.name).read_bytes()


def test_what_is_not_taken_over_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    members = {"redirect_uris": ["https://a.example/b"], "client_name": "A", "jwks_uri": "x"}
    file.write_text(json.dumps(members), "utf-8")
    result = run("import", file, "--out", tmp_path / "a.client.yaml", "--from", "oidc")
    assert result.exit_code == 0
    assert (
        "not taken over: /jwks_uri: keys of a client are not part of a client file"
        in result.stdout.splitlines()
    )


@pytest.mark.parametrize("there", ["mine.client.yaml", "fakebrand.svg"])
def test_nothing_that_is_there_is_replaced(tmp_path: Path, there: str) -> None:
    run("export", SAMPLE, "--to", "config", "--out", tmp_path / "out")
    new = tmp_path / "new"
    new.mkdir()
    (new / there).write_bytes(b"mine")
    file = tmp_path / "out" / "fakebrand.config.json"
    result = run("import", file, "--out", new / "mine.client.yaml")
    assert result.exit_code == 2
    assert result.stderr == f"{new / there} exists already; choose another name or folder\n"
    assert [(path.name, path.read_bytes()) for path in new.iterdir()] == [(there, b"mine")]


@pytest.mark.parametrize(
    ("name", "content", "options", "line"),
    [
        ("a.json", b'{"registration": {', (), "a.json:1:19 this is not JSON: "),
        ("a.txt", b"hello", (), "a.txt: what this is could not be told; name it: --from config, "),
        ("a.json", b"{}", ("--from", "confg"), "--from confg: there is no such format; did you "),
        ("a.json", b"{}", ("--from", "config"), "a.json: /version: is missing; it has no default"),
        ("a.json", b" " * 2_000_001, ("--from", "oidc"), "a.json: has more than 2,000,000 bytes"),
        ("a.zip", b"PK\x03\x04", (), "a.zip: this ZIP file is damaged: file is not a zip file"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_and_nothing_written(
    tmp_path: Path, name: str, content: bytes, options: tuple[str, ...], line: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("import", tmp_path / name, "--out", tmp_path / "new" / "a.client.yaml", *options)
    assert result.exit_code == 2
    assert result.stderr.startswith(line)
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_wrong_use_of_import_is_told_in_a_line(tmp_path: Path) -> None:
    told = run("import", tmp_path / "a.json")
    assert (told.exit_code, told.stderr) == (
        2,
        "import needs FILE and --out NEW.client.yaml; what it reads: import --list\n",
    )
    told = run("import", tmp_path / "a.json", "--out", tmp_path / "folder")
    assert (told.exit_code, told.stderr) == (
        2,
        f"--out {tmp_path / 'folder'}: the name of a client file ends with .client.yaml\n",
    )
    told = run("import", tmp_path / "a.json", "--out", tmp_path / "b.client.yaml")
    assert told.exit_code == 2
    assert told.stderr == f"{tmp_path / 'a.json'}: No such file or directory\n"
