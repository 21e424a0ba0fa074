"""`./dev` in a checkout of its own, where every Python is a script that notes how it is called."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="./dev is a POSIX shell script")

DEV = Path(__file__).parent.parent / "dev"
TOOLS = ("cat", "chmod", "cksum", "cp", "dirname", "mkdir", "rm", "sed", "sh")

# A Python that makes environments of itself, fails where FAIL says so, and notes its calls.
PYTHON = """#!/bin/sh
case "$*" in
    --version) echo "Python VERSION"; exit ;;
    '-c import venv, ensurepip') [ "${FAIL:-}" != ensurepip ]; exit ;;
esac
echo "python $*" >>"$CALLS"
case "$1 $2" in
    '-m venv')
        mkdir -p "$3/bin"
        cp "$0" "$3/bin/python"
        printf '#!/bin/sh\\necho "pip 26 from %s/lib/pip (python)"\\n' "$PWD/$3" >"$3/bin/pip"
        for tool in ruff mypy lint-imports connect-studio; do
            printf '#!/bin/sh\\necho "%s $*" >>"$CALLS"\\n' "$tool" >"$3/bin/$tool"
            echo "[ \\"\\${FAIL:-}\\" != $tool ]" >>"$3/bin/$tool"
        done
        chmod +x "$3"/bin/* ;;
esac
[ "${FAIL:-}" != "$2" ]
"""
BROKEN = "#!/bin/sh\necho 'pyenv: version `3.13` is not installed' >&2\nexit 1\n"
UV = """#!/bin/sh
echo "uv $*" >>"$CALLS"
[ "${FAIL:-}" != uv ] && python3 -m venv .venv
"""

VENV = "python -m venv .venv"
PIP = "python -m pip install -qq --disable-pip-version-check --no-input --editable .[dev]"
READY = "python -m studio.libraries --explain"


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """A folder with `dev` and pyproject.toml, and all that its PATH and home hold."""

    root: Path
    home: Path

    @property
    def calls(self) -> list[str]:
        notes = self.home / "calls"
        return notes.read_text().splitlines() if notes.exists() else []

    def forget_calls(self) -> None:
        (self.home / "calls").unlink()

    def put(self, name: str, script: str) -> None:
        file = self.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script)
        file.chmod(0o755)

    def put_python(self, name: str, version: str) -> None:
        self.put(name, PYTHON.replace("VERSION", version))

    def dev(self, *arguments: str, fail: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            "CALLS": str(self.home / "calls"),
            "FAIL": fail,
            "HOME": str(self.home),
            "PATH": str(self.home / "bin"),
        }
        command = [str(self.root / "dev"), *arguments]
        return subprocess.run(
            command, env=environment, cwd="/", capture_output=True, text=True, check=False
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root, tools = tmp_path / "a check out", tmp_path / "bin"
    root.mkdir()
    tools.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tools / tool).symlink_to(found)
    shutil.copy(DEV, root)
    (root / "pyproject.toml").write_text("[project]\n")
    return Checkout(root=root, home=tmp_path)


@pytest.fixture
def ready(checkout: Checkout) -> Checkout:
    """Return a checkout whose environment is set up, with its calls forgotten."""
    checkout.put_python("bin/python3", "3.13.2")
    assert checkout.dev("test", "--version").returncode == 0
    checkout.forget_calls()
    return checkout


def test_alone_it_prints_help(checkout: Checkout) -> None:
    finished = checkout.dev()
    assert finished.returncode == 0
    assert finished.stdout.startswith("Usage: ./dev COMMAND")
    assert finished.stdout == checkout.dev("--help").stdout


def test_an_unknown_command_is_refused_in_one_line(checkout: Checkout) -> None:
    finished = checkout.dev("tset")
    assert finished.returncode == 2
    assert finished.stderr == (
        './dev has no command "tset"; it has: studio, test. Run ./dev for help.\n'
    )


@pytest.mark.parametrize("version", ["3.13.2", "3.12.0", "3.14.0rc1", "3.20.1", "4.0.0"])
def test_a_new_enough_python_makes_the_environment(checkout: Checkout, version: str) -> None:
    checkout.put_python("bin/python3", version)
    finished = checkout.dev("test", "tests/client", "-k", "two words")
    assert finished.returncode == 0
    assert finished.stderr.startswith("Setting up .venv with Python")
    assert checkout.calls == [
        VENV,
        PIP,
        READY,
        "python -m pytest tests/client -k two words",
    ]


@pytest.mark.parametrize("version", ["3.11.7", "3.9.18", "3.1.4", "2.7.18"])
def test_an_older_python_is_named_in_one_line(checkout: Checkout, version: str) -> None:
    checkout.put_python("bin/python3", version)
    finished = checkout.dev("studio")
    assert finished.returncode == 2
    assert finished.stderr == (
        f"CONNECT Studio needs Python 3.12 or newer; found {version}. Install it, for example "
        "with `pyenv install 3.13` or `uv python install 3.13`, then run ./dev again.\n"
    )
    assert not (checkout.root / ".venv").exists()


def test_no_python_is_said_in_one_line(checkout: Checkout) -> None:
    finished = checkout.dev("test")
    assert finished.returncode == 2
    assert finished.stderr.startswith("CONNECT Studio needs Python 3.12 or newer; found none.")
    assert finished.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "elsewhere", ["bin/python3.13", "bin/python3.12", ".pyenv/versions/3.12.1/bin/python"]
)
@pytest.mark.parametrize("first", [BROKEN, PYTHON.replace("VERSION", "3.11.7")])
def test_other_places_are_tried(checkout: Checkout, first: str, elsewhere: str) -> None:
    checkout.put("bin/python3", first)
    checkout.put_python(elsewhere, "3.12.1")
    finished = checkout.dev("test", "-q")
    assert finished.stderr.startswith("Setting up .venv with Python 3.12.1 ")
    assert checkout.calls == [VENV, PIP, READY, "python -m pytest -q"]


def test_a_python_without_venv_is_told_the_package(checkout: Checkout) -> None:
    checkout.put_python("bin/python3", "3.13.5")
    finished = checkout.dev("test", fail="ensurepip")
    assert finished.returncode == 2
    assert finished.stderr == (
        "Python 3.13.5 cannot make virtual environments here. Install its venv module, for "
        "example with `apt-get install python3.13-venv`, then run ./dev again.\n"
    )


def test_uv_makes_the_environment_where_it_is_there(checkout: Checkout) -> None:
    checkout.put_python("bin/python3", "3.13.2")
    checkout.put("bin/uv", UV)
    assert checkout.dev("test", "-q").returncode == 0
    assert checkout.calls[:3] == ["uv venv --quiet --seed .venv", VENV, PIP]


def test_python_alone_makes_it_where_uv_cannot(checkout: Checkout) -> None:
    checkout.put_python("bin/python3", "3.13.2")
    checkout.put("bin/uv", UV)
    assert checkout.dev("test", "-q", fail="uv").returncode == 0
    assert checkout.calls[:3] == ["uv venv --quiet --seed .venv", VENV, PIP]


def test_a_second_run_sets_nothing_up(ready: Checkout) -> None:
    finished = ready.dev("test", "-q")
    assert finished.stderr == ""
    assert ready.calls == [READY, "python -m pytest -q"]


def test_a_changed_project_is_installed_again(ready: Checkout) -> None:
    (ready.root / "pyproject.toml").write_text("[project]\nname = 'changed'\n")
    ready.dev("test", "-q")
    assert ready.calls == [PIP, READY, "python -m pytest -q"]


def test_an_unfinished_installation_is_made_anew(ready: Checkout) -> None:
    (ready.root / "pyproject.toml").write_text("[project]\nname = 'changed'\n")
    finished = ready.dev("test", fail="pip")
    assert finished.returncode == 2
    assert finished.stderr.splitlines()[-1].startswith("Setting up failed")
    ready.forget_calls()
    assert ready.dev("test", "-q").returncode == 0
    assert ready.calls == [VENV, PIP, READY, "python -m pytest -q"]


@pytest.mark.parametrize("version", ["3.11.7", None])
def test_an_environment_of_an_old_or_vanished_python_is_made_anew(
    ready: Checkout, version: str | None
) -> None:
    inside = "a check out/.venv/bin/python"
    (ready.home / inside).unlink()
    if version:
        ready.put_python(inside, version)
    ready.dev("test", "-q")
    assert ready.calls == [VENV, PIP, READY, "python -m pytest -q"]


def test_a_moved_checkout_gets_a_new_environment(ready: Checkout) -> None:
    moved = Checkout(root=ready.root.rename(ready.home / "moved"), home=ready.home)
    moved.dev("test", "-q")
    assert moved.calls == [VENV, PIP, READY, "python -m pytest -q"]


def test_studio_opens_the_sample(ready: Checkout) -> None:
    assert ready.dev("studio").returncode == 0
    sample = ready.root / "assets/samples/fakebrand.client.yaml"
    assert ready.calls == [f"connect-studio {sample}"]


def test_studio_opens_the_file_named(ready: Checkout) -> None:
    ready.dev("studio", "my.client.yaml")
    assert ready.calls == ["connect-studio my.client.yaml"]


STAGES = [
    READY,
    "ruff check .",
    "ruff format --check .",
    "mypy ",
    "lint-imports --no-logo",
    "python -m studio.i18n check",
    "python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile",
]


def test_test_runs_every_stage(ready: Checkout) -> None:
    finished = ready.dev("test")
    assert finished.returncode == 0
    assert finished.stdout.splitlines()[-1] == "== every stage passed"
    assert ready.calls == STAGES


@pytest.mark.parametrize(
    ("fail", "named"),
    [
        ("ruff", "ruff check, ruff format"),
        ("mypy", "mypy"),
        ("lint-imports", "lint-imports"),
        ("studio.i18n", "catalogues"),
        ("pytest", "pytest"),
    ],
)
def test_a_failing_stage_is_named_and_the_rest_runs(ready: Checkout, fail: str, named: str) -> None:
    finished = ready.dev("test", fail=fail)
    assert finished.returncode == 1
    assert finished.stdout.splitlines()[-1] == f"== failed: {named}"
    assert ready.calls == STAGES


def test_missing_system_libraries_stop_it_before_the_stages(ready: Checkout) -> None:
    assert ready.dev("test", fail="studio.libraries").returncode == 2
    assert ready.calls == [READY]


def test_a_failing_pytest_alone_fails(ready: Checkout) -> None:
    assert ready.dev("test", "tests/client", fail="pytest").returncode == 1
