from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from studio.cli.main import app
from studio.client.edit import set_value
from studio.client.samples import create
from studio.i18n import pofiles
from studio.i18n.locales import locale
from tests.i18n import checkout

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows(result: Result) -> list[dict[str, str | int]]:
    found: list[dict[str, str | int]] = json.loads(result.stdout)
    return found


@pytest.fixture
def client(tmp_path: Path) -> Path:
    file = create(tmp_path / "mine.client.yaml", "fakebrand")
    file.write_text(
        file.read_text("utf-8").replace(
            "  default: en\n", "  default: en\n  offered: [en, ur-PK]\n"
        ),
        "utf-8",
    )
    return file


def change(client: Path, path: str, value: str | int) -> None:
    text = client.read_text("utf-8")
    client.write_text(set_value(text, tuple(path.split(".")), value), "utf-8")


def test_the_program_itself_has_no_errors_in_the_languages_that_are_done() -> None:
    result = run("check", "--no-pages", "--locale", "en", "--locale", "ur-PK")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 errors, ")


def test_findings_are_rows_with_the_same_keys(client: Path) -> None:
    change(client, "registration.platform", "web")
    change(client, "flow.level", 2)
    result = run("check", client, "--no-pages", "--json")
    assert result.exit_code == 1
    keys = ["check", "severity", "file", "line", "locale", "screen", "message", "mend"]
    assert {tuple(row) for row in rows(result)} == {tuple(keys)}
    checks = {row["check"]: row for row in rows(result)}
    told = checks["sso-without-stay-signed-in"]
    assert (told["severity"], told["file"]) == ("error", str(client))
    assert "stay_signed_in" in client.read_text("utf-8").splitlines()[int(told["line"]) - 1]


def test_warnings_fail_only_where_asked(client: Path) -> None:
    change(client, "entry.browser", "web-view")
    assert run("check", client, "--no-pages").exit_code == 0
    assert run("check", client, "--no-pages", "--fail-on", "warning").exit_code == 1


def test_lines_for_people_are_grouped_by_file(client: Path) -> None:
    change(client, "entry.browser", "web-view")
    lines = run("check", client, "--no-pages", "--locale", "en").stdout.splitlines()
    assert lines[0] == str(client)
    told = [line for line in lines if "[web-view-with-sso]" in line]
    assert told[0].startswith("  ")
    assert ": warning: entry.browser: a web view keeps its own cookies" in told[0]


def test_a_client_file_with_mistakes_is_told_with_all_of_them(client: Path) -> None:
    change(client, "registration.platform", "web")
    text = client.read_text("utf-8")
    client.write_text(text.replace("platform: web", "platform: wob\n  nothing: 3"), "utf-8")
    result = run("check", client, "--json", "--locale", "en")
    assert result.exit_code == 1
    assert [row["check"] for row in rows(result)] == ["client-file", "client-file"]


def test_a_logo_that_cannot_be_shown_is_a_finding(client: Path) -> None:
    client.with_name("fakebrand.svg").write_text("nothing", "utf-8")
    (row,) = rows(run("check", client, "--json", "--no-pages", "--locale", "en"))
    assert row["check"] == "logo-file"


def test_a_folder_of_catalogues_without_a_client(tmp_path: Path) -> None:
    root = checkout.make(tmp_path)
    result = run("check", root / "locales", "--json", "--locale", "sv")
    assert result.exit_code == 1
    assert {row["check"] for row in rows(result)} == {"missing"}
    assert {row["locale"] for row in rows(run("check", root / "locales", "--json"))} >= {"sv", "th"}


def test_wrong_use_is_told(tmp_path: Path) -> None:
    for arguments, says in (
        (("--locale", "xx"), "--locale 'xx' is not one of the languages"),
        (("--widths", "wide"), "--widths wide: has to be numbers from 100 to 4096"),
        ((tmp_path,), "holds no folder of a language"),
    ):
        result = run("check", *arguments)
        assert result.exit_code == 2
        assert says in result.stderr


def test_playbooks_are_written_in_three_formats() -> None:
    assert run("playbook", "--locale", "ur-PK").stdout.startswith("# Urdu (ur-PK)\n")
    assert run("playbook", "--format", "csv").stdout.startswith("locale,term,use,avoid,reason")
    assert run("playbook", "--locale", "en", "--format", "tbx").stdout.startswith("<?xml ")
    wrong = run("playbook", "--format", "xml")
    assert (wrong.exit_code, wrong.stderr) == (
        2, '--format "xml" is not allowed; allowed: md, csv, tbx\n',
    )  # fmt: skip
    assert run("playbook", "--locale", "xx").exit_code == 2


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    return checkout.make(tmp_path) / "locales"


def sent_back(catalogues: Path, old: str, new: str) -> Path:
    text = pofiles.path(catalogues, locale("sv")).read_text("utf-8")
    assert old in text
    file = catalogues.parent / "returned.po"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def test_a_translation_that_comes_back_is_written_and_compiled(catalogues: Path) -> None:
    file = sent_back(catalogues, 'msgid "Back"\nmsgstr ""', 'msgid "Back"\nmsgstr "Tillbaka"')
    result = run("translate", "import", file, "--into", catalogues)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"sv: taken from {file}\n"
    place = pofiles.path(catalogues, locale("sv"))
    assert 'msgstr "Tillbaka"' in place.read_text("utf-8")
    assert b"Tillbaka" in place.with_suffix(".mo").read_bytes()


def test_nothing_is_written_when_one_of_the_files_is_wrong(catalogues: Path) -> None:
    good = sent_back(catalogues, 'msgid "Back"\nmsgstr ""', 'msgid "Back"\nmsgstr "Tillbaka"')
    bad = good.with_name("bad.po")
    bad.write_text(good.read_text("utf-8").replace('msgid "Back"', 'msgid "Bak"'), "utf-8")
    place = pofiles.path(catalogues, locale("sv"))
    before = place.read_bytes()
    result = run("translate", "import", good, bad, "--into", catalogues)
    assert result.exit_code == 1
    assert '"Bak" is not a message of the program' in result.stderr
    assert result.stderr.endswith("Nothing was written.\n")
    assert place.read_bytes() == before


def test_what_cannot_be_taken_back_is_told(tmp_path: Path) -> None:
    missing = run("translate", "import", tmp_path / "gone.po")
    assert missing.exit_code == 2
    assert "gone.po" in missing.stderr
    assert run("translate", "export", "--locale", "xx", "--out", tmp_path).exit_code == 2
