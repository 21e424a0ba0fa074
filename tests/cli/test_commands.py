from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from typer.testing import CliRunner

from studio.cli.main import app
from studio.client.samples import sample_path
from studio.journeys.reach import REACHES

if TYPE_CHECKING:
    from typer.testing import Result

SAMPLE = str(sample_path("fakebrand"))
COMMANDS = [
    "open",
    "new",
    "screens",
    "locales",
    "schema",
    "export",
    "shoot",
    "check",
    "playbook",
    "translate",
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example: connect-studio" in result.stdout


def test_screens_lists_every_state() -> None:
    rows = json.loads(run("screens", "--json").stdout)
    assert [set(row) for row in rows] == [{"id", "state", "group", "title"}] * len(REACHES)
    assert {"id": "start", "state": "phone", "group": "Sign-in", "title": "Phone first"} in rows
    assert run("screens").stdout.splitlines()[0].split() == [
        "start", "phone", "Sign-in", "Phone", "first",
    ]  # fmt: skip


def test_locales_lists_all_fourteen() -> None:
    rows = json.loads(run("locales", "--json").stdout)
    assert len(rows) == 14
    by_tag = {row["tag"]: row for row in rows}
    assert by_tag["ur-PK"]["direction"] == "rtl"
    assert by_tag["en"]["translated"] == by_tag["en"]["messages"] > 40
    assert by_tag["th"]["name"] == "ไทย"


def test_schema_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema").stdout))


def test_new_writes_a_sample_and_never_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "mine.client.yaml"
    assert run("new", target, "--from", "fakebrand").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fakebrand.svg", target.name]
    before = target.read_bytes()
    again = run("new", target)
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert target.read_bytes() == before


def test_new_names_the_samples_there_are(tmp_path: Path) -> None:
    result = run("new", tmp_path / "x.client.yaml", "--from", "nothing")
    assert result.exit_code == 2
    assert result.stderr == 'there is no sample "nothing"; there are: fakebrand\n'


def test_export_writes_the_configuration(tmp_path: Path) -> None:
    result = run("export", SAMPLE, "--to", "config", "--out", tmp_path / "out")
    assert result.exit_code == 0
    written = Path(result.stdout.strip())
    assert json.loads(written.read_text("utf-8"))["registration"]["id"] == "fakebrand"


def test_export_of_a_bad_file_tells_every_mistake_and_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.client.yaml"
    text = Path(SAMPLE).read_text("utf-8").replace("level: 1", "level: 3")
    bad.write_text(text.replace("first: phone", "first: fax"), "utf-8")
    result = run("export", bad, "--to", "config", "--out", tmp_path / "out")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [line.split(" ")[1] for line in lines] == ["start.first:", "flow.level:"]
    assert not (tmp_path / "out").exists()


def test_export_names_the_formats_there_are(tmp_path: Path) -> None:
    result = run("export", SAMPLE, "--to", "pdf", "--out", tmp_path)
    assert (result.exit_code, result.stderr) == (
        2,
        "--to pdf: there is no such format; there is: config\n",
    )


def test_a_mistyped_command_is_guessed() -> None:
    result = run("scren")
    assert result.exit_code == 2
    assert result.stderr == 'scren: there is no such file or command; did you mean "screens"?\n'


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("connect-studio 0.")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = run("export", tmp_path / "no.client.yaml", "--to", "config", "--out", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == "no.client.yaml: cannot be read: No such file or directory\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--screen", "fax"), "--screen fax: there is no such screen; there are: start, "),
        (("--locale", "xx"), "--locale 'xx' is not one of the languages; allowed are bg, "),
        (("--locale", "th"), "--locale th: this client does not offer it (language.offered)"),
        (("--viewport", "9x9"), "'9x9' is not a viewport: phone, desktop, or WIDTHxHEIGHT"),
    ],
)
def test_shoot_refuses_what_does_not_exist(
    tmp_path: Path, options: tuple[str, ...], expected: str
) -> None:
    result = run("shoot", SAMPLE, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (tmp_path / "out").exists()
