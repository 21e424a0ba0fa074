"""`diff`, `fmt`, and the examples that call them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from studio.cli.main import app
from studio.client.edit import set_value
from studio.client.samples import SAMPLES, create
from studio.web.runtime import FLAGS

if TYPE_CHECKING:
    from typer.testing import Result

TOP = Path(__file__).parents[2]
EXAMPLES = TOP / "docs" / "examples"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Return a client file, and one whose header is another."""
    files = []
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        files.append(create(tmp_path / name / "x.client.yaml", "fakebrand"))
    before, after = files
    text = set_value(after.read_text("utf-8"), ("branding", "header"), "#123456")
    after.write_text(text, "utf-8")
    return before, after


def test_diff_of_the_same_is_nothing(two: tuple[Path, Path]) -> None:
    result = run("diff", two[0], two[0])
    assert result.exit_code == 0
    assert "No settings differ." in result.stdout


@pytest.mark.parametrize(
    ("form", "begins"), [("markdown", "## "), ("html", "<!doctype html>"), ("json", "{")]
)
def test_diff_is_told_in_each_format(two: tuple[Path, Path], form: str, begins: str) -> None:
    result = run("diff", *two, "--format", form)
    assert result.exit_code == 1
    assert result.stdout.startswith(begins)
    assert "branding.header" in result.stdout
    assert "#123456" in result.stdout.replace("\\", "")


def test_diff_writes_a_file_or_into_a_folder(two: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "new" / "report.html"
    assert run("diff", *two, "--out", out).stdout == f"{out}\n"
    assert out.read_text("utf-8").startswith("<!doctype html>")
    folder = tmp_path / "folder"
    assert run("diff", *two, "--out", folder, "--format", "json").exit_code == 1
    assert [path.name for path in folder.iterdir()] == ["difference.json"]
    assert json.loads((folder / "difference.json").read_text("utf-8"))["settings"]


def test_diff_refuses_bad_input_with_2(two: tuple[Path, Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.client.yaml"
    bad.write_text("version: 2\n", "utf-8")
    result = run("diff", two[0], bad, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.split(" ")[0]) == (2, "bad.client.yaml:1:1")
    assert not (tmp_path / "out").exists()
    assert run("diff", two[0], tmp_path / "none.client.yaml").exit_code == 2
    assert run("diff", *two, "--pictures").exit_code == 2
    assert run("diff", *two, "--pictures", "--screen", "fax", "--out", bad).exit_code == 2
    assert run("diff", *two, "--pictures", "--locale", "xx", "--out", bad).exit_code == 2


def test_diff_draws_the_pages_that_differ(two: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "studio", "diff", *map(str, two), "--pictures"]
    done = subprocess.run(
        [*command, "--screen", "start/phone", "--locale", "en", "--out", str(out)],
        env={
            **{key: value for key, value in os.environ.items() if key != FLAGS},
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    report = (out / "difference.md").read_text("utf-8")
    for part in ("before", "after", "difference"):
        name = f"pictures/start.phone.en.{part}.png"
        assert f"({name})" in report
        assert (out / name).read_bytes().startswith(b"\x89PNG")


def test_fmt_writes_the_canonical_form_once(two: tuple[Path, Path]) -> None:
    before, after = two
    messy = after.read_text("utf-8").replace(
        "\nstart:\n  fields: both", "\nstart:\n     fields: 'both'"
    )
    messy = messy.replace("\n  first: phone", "\n     first: phone")
    after.write_text(messy, "utf-8")
    assert run("fmt", "--check", after).exit_code == 1
    assert after.read_text("utf-8") == messy
    result = run("fmt", before, after)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == str(after)
    assert "\nstart:\n  fields: both" in after.read_text("utf-8")
    again = run("fmt", "--check", before, after)
    assert (again.exit_code, again.stdout) == (0, "")


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_new_client_file_has_the_canonical_form(tmp_path: Path, sample: str) -> None:
    file = create(tmp_path / "a.client.yaml", sample)
    assert (run("fmt", "--check", file).exit_code, run("fmt", file).stdout) == (0, "")


def test_fmt_writes_nothing_where_one_file_has_mistakes(two: tuple[Path, Path]) -> None:
    before, after = two
    messy = "\n\n" + before.read_text("utf-8")
    before.write_text(messy, "utf-8")
    after.write_text("version: 2\n", "utf-8")
    result = run("fmt", before, after)
    assert result.exit_code == 2
    assert result.stderr.startswith("x.client.yaml:1:")
    assert before.read_text("utf-8") == messy


def test_check_looks_at_several_files(two: tuple[Path, Path], tmp_path: Path) -> None:
    result = run("check", *two, "--no-pages", "--json", "--locale", "en")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert {row["file"] for row in rows} <= {str(path) for path in two}
    both = run("check", tmp_path, two[0], "--no-pages")
    assert both.exit_code == 2
    assert "a folder of catalogues is looked at alone" in both.stderr


def commands(text: str) -> list[list[str]]:
    """Return each call of the program, as words."""
    lines = text.replace("\\\n", " ").splitlines()
    calls = [line.partition("connect-studio ")[2] for line in lines if "connect-studio " in line]
    return [shlex.split(call.partition(" >>")[0].partition(" ||")[0]) for call in calls]


def help_of(call: list[str]) -> str:
    result = run(call[0], "--help")
    assert result.exit_code == 0, call
    return result.stdout


def test_the_hooks_name_commands_that_there_are() -> None:
    hooks = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8"))
    config = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text("utf-8"))
    local = config["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["connect-studio-check", "connect-studio-fmt"]
    calls = commands("\n".join(hook["entry"] for hook in [*hooks, *local]))
    assert {call[0] for call in calls} == {"check", "fmt", "diff"}
    for call in calls:
        options = [word for word in call if word.startswith("--")]
        assert all(option.removeprefix("--no-") in help_of(call) for option in options)


def test_the_workflow_checks_formats_and_compares() -> None:
    text = (EXAMPLES / "github-actions.yml").read_text("utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    steps = [step["run"] for step in job["steps"] if "run" in step]
    calls = commands("\n".join(steps))
    assert {call[0] for call in calls} == {"check", "fmt", "diff"}
    assert all(option in help_of(call) for call in calls for option in call if option[:2] == "--")
    for step in steps:
        subprocess.run(["bash", "-n"], input=step, text=True, check=True)  # noqa: S607 - of the PATH


def test_the_diff_hook_tells_a_change_and_passes(two: tuple[Path, Path], tmp_path: Path) -> None:
    before, after = two
    config = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text("utf-8"))
    entry = next(one for one in config["repos"][0]["hooks"] if one["id"] == "connect-studio-diff")
    place = tmp_path / "repository"
    place.mkdir()
    file = place / "x.client.yaml"
    (place / "fakebrand.svg").write_bytes((before.parent / "fakebrand.svg").read_bytes())
    file.write_bytes(before.read_bytes())
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-C", str(place)]
    for call in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *call], check=True, capture_output=True)
    file.write_bytes(after.read_bytes())
    program = tmp_path / "bin" / "connect-studio"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m studio "$@"\n', "utf-8")
    program.chmod(0o755)
    paths = {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(TOP)}
    done = subprocess.run(
        [*shlex.split(entry["entry"]), file.name],
        cwd=place,
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "`branding.header`" in done.stdout
