from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.i18n.__main__ import main
from studio.i18n.locales import TAGS
from tests.i18n import checkout

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return checkout.make(tmp_path)


def _snapshot(root: Path) -> dict[str, bytes]:
    files = (file for file in (root / "locales").rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_the_steps_make_a_template_and_two_files_for_every_language(root: Path) -> None:
    folders = [f"locales/{tag}/LC_MESSAGES/connect" for tag in TAGS]
    assert set(_snapshot(root)) == {
        "locales/connect.pot",
        *(f"{folder}.po" for folder in folders),
        *(f"{folder}.mo" for folder in folders),
    }


def test_the_same_input_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    before = _snapshot(root)
    assert _snapshot(checkout.make(tmp_path / "elsewhere")) == before
    assert main(["extract", "update", "compile"], root) == 0
    assert _snapshot(root) == before


def test_only_files_that_change_are_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkout.translate(root, "nb", "Back", "Tilbake")
    assert main(["extract", "update", "compile"], root) == 0
    assert capsys.readouterr().out == "locales/nb/LC_MESSAGES/connect.mo: written\n"


def test_check_is_silent_when_all_is_current(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"], root) == 0
    assert capsys.readouterr().out == ""


def test_check_names_the_step_that_is_due(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "flow_templates" / "new.html").write_text('{{ gettext("New") }}', "utf-8")
    due = {
        "extract": "locales/connect.pot",
        "update": "locales/en/LC_MESSAGES/connect.po",
        "compile": "locales/en/LC_MESSAGES/connect.mo",
    }
    for command, file in due.items():
        assert main(["check"], root) == 1
        line = f"{file}: is not current; run python -m studio.i18n {command}"
        assert line in capsys.readouterr().out.splitlines()
        main([command], root)
        capsys.readouterr()
    assert main(["check"], root) == 0


def test_check_finds_a_file_that_is_gone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "locales" / "th" / "LC_MESSAGES" / "connect.mo").unlink()
    assert main(["check"], root) == 1
    assert capsys.readouterr().out == (
        "locales/th/LC_MESSAGES/connect.mo: is not current; run python -m studio.i18n compile\n"
    )


def test_check_finds_a_translation_that_would_break_its_page(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.translate(root, "ur-PK", "Welcome to %(client)s", "%(klient)s")
    checkout.bring_up_to_date(root)
    assert main(["check"], root) == 1
    assert capsys.readouterr().out.startswith(
        "locales/ur-PK/LC_MESSAGES/connect.po: 'Welcome to %(client)s': its placeholders"
    )


def test_a_broken_source_is_told_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "flow_templates" / "start.html").write_text("{% if %}", "utf-8")
    assert main(["check"], root) == 2
    told = capsys.readouterr().err
    assert told.startswith("flow_templates/start.html:1: ")
    assert told.count("\n") == 1


def test_a_broken_catalogue_is_told_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "locales" / "nb" / "LC_MESSAGES" / "connect.po").write_text("Hei\n", "utf-8")
    assert main(["update"], root) == 2
    told = capsys.readouterr().err
    assert "connect.po:1: " in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["translate"]])
def test_wrong_use_names_the_commands(
    arguments: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, root)
    assert caught.value.code == 2
    assert "python -m studio.i18n" in capsys.readouterr().err
