"""The command `serve`: what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from studio.cli.main import app
from studio.client.samples import create

if TYPE_CHECKING:
    from pathlib import Path


def refused(*options: str) -> str:
    """Return what is said of wrong use."""
    done = CliRunner().invoke(app, ["serve", *options])
    assert done.exit_code == 2
    return done.stderr.strip()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_asked_to_end(signum: int) -> None:
    program = [sys.executable, "-W", "error", "-m", "studio", "serve", "--port", "0"]
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        told: list[str] = []
        while not told or told[-1] != "Stop with Ctrl-C.":
            told.append(running.stdout.readline().strip())
            assert told[-1]
        (url,) = (line.removeprefix("Serving at ") for line in told if "Serving at" in line)
        with urlopen(f"{url}oauth/.well-known/openid-configuration") as answer:  # noqa: S310
            assert answer.status == 200
        running.send_signal(signum)
        rest, errors = running.communicate(timeout=30)
    assert running.returncode == 0
    assert errors == ""
    logged, stopped = rest.splitlines()
    assert "GET /oauth/.well-known/openid-configuration 200" in logged
    assert stopped == "Stopped."
    text = "\n".join(told)
    assert f"Discovery  {url}oauth/.well-known/openid-configuration" in text
    assert f"Strusic: {url}services/strusic/" in text
    assert 'user@example.com, password "correct horse"' in text
    assert text.count("Secret of ") == 2


def test_a_port_in_use_is_told_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = refused("--port", port)
    assert told == f"--port {port}: it is in use; take another, or 0 for a free one"


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("strusic", "write it as ID=SECRET"),
        ("=hidden", "write it as ID=SECRET"),
        ("strusic=", "write it as ID=SECRET"),
        ("strusik=hidden", 'no client has this id; did you mean "strusic"?'),
        ("xyz=hidden", "no client has this id; there is: fakebrand"),
        ("fakebrand=hidden", "it is a public client, which has no secret"),
    ],
)
def test_a_wrong_secret_is_told_without_the_secret(pair: str, told: str) -> None:
    said = refused("--client-secret", pair)
    assert said.startswith("--client-secret")
    assert told in said
    assert "\n" not in said
    assert "hidden" not in said


def test_a_file_with_a_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    path = create(tmp_path / "own.client.yaml", "fakebrand")
    text = path.read_text("utf-8").replace("level: 1", "level: 9")
    path.write_text(text, "utf-8")
    assert refused(str(path)).startswith("own.client.yaml:")


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    paths = [create(tmp_path / f"{name}.client.yaml", "fakebrand") for name in ("a", "b")]
    assert refused(*map(str, paths)) == "b.client.yaml: a.client.yaml has the same id, fakebrand"
    assert refused(str(tmp_path / "*.client.yaml")).startswith("b.client.yaml: ")


def test_a_pattern_that_stands_for_nothing_is_refused(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "*.yaml")).endswith("there is no such file")
