from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from typer.testing import CliRunner

from studio.cli.main import COMMANDS, app
from studio.client.samples import SAMPLES, create, sample_path
from studio.journeys.library import shipped
from studio.journeys.reach import reachable

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

SAMPLE = str(sample_path("fakebrand"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", ["open", *COMMANDS])
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example: connect-studio" in result.stdout


def test_screens_lists_every_state_with_its_journey() -> None:
    rows = json.loads(run("screens", "--json").stdout)
    assert [set(row) for row in rows] == [
        {"id", "state", "group", "title", "journey"}
    ] * len(reachable())  # fmt: skip
    assert {
        "id": "start",
        "state": "phone",
        "group": "Sign-in",
        "title": "Phone first",
        "journey": "screens/start/phone",
    } in rows
    assert run("screens").stdout.split()[:3] == ["start", "email", "Sign-in"]


def test_journeys_lists_every_one_with_its_kind() -> None:
    rows = json.loads(run("journeys", "--json").stdout)
    assert [row["id"] for row in rows] == list(shipped().ids)
    assert {
        "id": "screens/start/phone",
        "title": "Phone first",
        "kind": "screens",
    } in rows
    assert run("journeys").stdout.startswith("examples/account-by-link")


def test_play_tells_each_step_and_message_as_json() -> None:
    result = run("play", "screens/service/signed-in", "--json")
    (row,) = json.loads(result.stdout)
    assert (result.exit_code, row["ok"], row["outcome"]) == (0, True, "service/signed-in")
    assert row["journey"] == "screens/service/signed-in"
    steps = [f"{one['screen']}/{one['state']}" for one in row["steps"]]
    assert steps == ["start/phone", "verify-phone/code-sent", "service/signed-in"]
    assert row["steps"][0]["url"].startswith("https://id.connect.example/id/signin/")
    code, news = row["messages"]
    assert (code["kind"], code["to"]) == ("sms/code", "+4799912345")
    assert (news["kind"], news["to"]) == ("email/service-connected", "user@example.com")


def test_play_tells_file_and_line_of_a_step_that_fails(tmp_path: Path) -> None:
    own = tmp_path / "mine.journey.yaml"
    own.write_text("title: Mine\nsteps:\n  - open: service\n  - expect: start/email\n", "utf-8")
    result = run("play", own, "screens/start/phone")
    assert result.exit_code == 1
    failed, fine = result.stdout.splitlines()
    name = str(own).removesuffix(".yaml")
    assert failed == (f"failed  {name}  {own}:4: expected start/email; shown is start/phone")
    assert fine == "ok      screens/start/phone  start/phone"


def test_play_takes_a_client_and_a_language(tmp_path: Path) -> None:
    target = tmp_path / "mine.client.yaml"
    run("new", target, "--from", "hipstagram")
    result = run("play", "screens/start/phone-only", "--client", target, "--locale", "nb")
    assert result.exit_code == 0
    assert result.stdout == "ok      screens/start/phone-only  start/phone-only\n"
    other = run("play", "screens/start/email-only", "--client", target)
    assert (other.exit_code, other.stdout) == (
        1,
        (
            "failed  screens/start/email-only  screens/start/email-only.yaml:6: "
            "expected start/email-only; shown is start/phone-only\n"
        ),
    )


def test_play_refuses_a_journey_that_cannot_be_read(tmp_path: Path) -> None:
    own = tmp_path / "mine.journey.yaml"
    own.write_text("title: Mine\nsteps:\n  - opn: service\n  - expect: start\n", "utf-8")
    result = run("play", own)
    assert result.exit_code == 2
    assert result.stderr.startswith(f'{own}:3:5 "opn" is no step; did you mean "open"?')
    assert run("play", "screens/start/fax").stderr.startswith(
        "screens/start/fax: there is no such journey"
    )


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
    assert result.stderr == 'there is no sample "nothing"; there are: ' + ", ".join(SAMPLES) + "\n"


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
        (("--locale", "th"), "--locale th: mine does not offer it (language.offered)"),
        (("--viewport", "9x9"), "'9x9' is not a viewport: phone, desktop, or WIDTHxHEIGHT"),
        (
            ("--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"),
            "--jobs is for this machine; a --scheduler has workers of its own",
        ),
        (("--scheduler", "nonsense://here"), "nonsense://here: no Dask scheduler answers there"),
    ],
)
def test_shoot_refuses_what_does_not_exist(
    tmp_path: Path, options: tuple[str, ...], expected: str
) -> None:
    client = create(tmp_path / "mine.client.yaml", "fakebrand")
    text = client.read_text("utf-8").replace("  default: en\n", "  default: en\n  offered: [en]\n")
    client.write_text(text, "utf-8")
    result = run("shoot", client, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (tmp_path / "out").exists()


def test_shoot_tells_the_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.client.yaml").write_text("version: 2\n", "utf-8")
    result = run("shoot", tmp_path / "*.client.yaml", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "one.client.yaml:1:" in result.stderr
    assert "two.client.yaml:1:" in result.stderr
    assert not (tmp_path / "out").exists()


def test_shoot_refuses_two_clients_of_one_name(tmp_path: Path) -> None:
    files = [tmp_path / folder / "mine.client.yaml" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        create(file, "fakebrand")
    result = run("shoot", *files, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{files[1]}: {files[0]} has the same name, and so would its ")


def test_shoot_tells_that_a_pattern_stands_for_nothing(tmp_path: Path) -> None:
    result = run("shoot", tmp_path / "*.client.yaml", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / '*.client.yaml'}: there is no such file\n"
