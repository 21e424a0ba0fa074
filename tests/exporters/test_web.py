"""The files of a web site: settings, pages and style; the examples are run elsewhere."""

from __future__ import annotations

import json
import py_compile
import subprocess
import sys
from typing import TYPE_CHECKING, cast

import lxml.html
import pytest
import tinycss2

from studio.client.kinds import TAGS
from studio.exporters.labels import TEXTS
from studio.exporters.web import REDIRECT, STATIC, files, redirect_uri
from studio.i18n.catalogues import Catalogues
from studio.resources import folder
from tests.exporters.given import HOSTILE, handover, no_renderer
from tests.node import NODE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samples import Setting

SOURCE = folder("flow_templates") / "export" / "web"


def made(
    settings: dict[str, Setting] | None = None, sample: str = "all-the-news"
) -> dict[str, bytes]:
    return files(handover(sample, settings, no_renderer))


def page(contents: dict[str, bytes], name: str, tag: str = "en") -> lxml.html.HtmlElement:
    text = contents[f"pages/{tag}/{name}.html"].decode()
    return cast("lxml.html.HtmlElement", lxml.html.document_fromstring(text))


def test_the_settings_say_what_the_client_has_decided() -> None:
    settings: dict[str, Setting] = {
        "flow.require_email": True,
        "session.max_age": 60,
        "start.prefill.email": "user@example.com",
    }
    assert json.loads(made(settings)["connect.json"]) == {
        "client_id": "all-the-news",
        "issuer": "https://id.connect.example/oauth",
        "redirect_uri": "http://localhost:8083/connect/callback",
        "post_logout_redirect_uri": "http://localhost:8083/signed-out",
        "backchannel_logout_path": "/connect/backchannel",
        "scope": "openid email phone profile",
        "parameters": {
            "acr_values": "2",
            "max_age": "60",
            "claims": '{"userinfo":{"email":{"essential":true}}}',
        },
        "login_hint": ["user@example.com"],
        "ui_locales": True,
        "level": 2,
        "language": "en",
        "pages": list(TAGS),
    }


def test_an_app_that_is_not_on_the_web_is_told_what_to_register() -> None:
    names = "registration.redirect_uris"
    uris = ["fakebrand://connect/cb"]
    settings: dict[str, Setting] = {f"{names}.staging": uris, f"{names}.production": uris}
    given = handover("fakebrand", settings, no_renderer)
    assert redirect_uri(given.hosted.client) == REDIRECT
    assert "which the client file does not name yet" in files(given)["README.md"].decode()


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", ["signed-out", "refused", "signed-in"])
def test_each_page_is_in_its_language(tag: str, name: str) -> None:
    document = page(made(), name, tag)
    assert document.get("lang") == tag
    assert document.get("dir") == ("rtl" if tag == "ur-PK" else "ltr")
    assert document.xpath("//link/@href") == ["data:,", "/connect.css"]
    assert not document.xpath("//script | //*[@style]")


@pytest.mark.parametrize("tag", TAGS)
def test_no_text_is_missing_in_a_language(tag: str) -> None:
    catalogue = Catalogues(folder("locales")).load(tag)
    assert not [text for text in TEXTS.values() if catalogue.missing("service", text)]


def test_the_page_has_the_button_that_the_client_has_chosen() -> None:
    settings: dict[str, Setting] = {"entry.button.scheme": "blue", "entry.button.language": "ur-PK"}
    (button,) = page(made(settings), "signed-out").xpath("//a[@href='/sign-in']")
    assert button.get("class") == "connect-button connect-blue"
    assert (button.get("lang"), button.get("dir")) == ("ur-PK", "rtl")
    assert button.text_content() == "CONNECT سے سائن اِن کریں"
    (link,) = page(made({"entry.point": "link"}), "signed-out").xpath("//a[@href='/sign-in']")
    assert link.get("class") == "connect-link"


def test_the_page_of_somebody_signed_in_has_cards_and_links() -> None:
    document = page(made(), "signed-in")
    text = " ".join(document.text_content().split())
    for words in ("Signed in as [[who]]", "Manage CONNECT account Signed in with [[who]]"):
        assert words.replace(" Signed in with", "Signed in with") in text or words in text
    changes = document.xpath("//a[@class='connect-edit']/@href")
    assert changes == ["[[profile]]", "[[phones]]", "[[emails]]", "[[password]]"]


@pytest.mark.parametrize("text", [text.replace("\n", " ") for text in HOSTILE])
def test_a_name_is_text_wherever_it_stands(text: str) -> None:
    contents = made({"registration.name": text})
    for name in ("signed-out", "signed-in", "refused"):
        document = page(contents, name)
        assert document.xpath("string(//title)") == text
        assert document.xpath("string(//h1/bdi)") == text
        assert not document.xpath("//b | //script")
    assert json.loads(contents["connect.json"])["client_id"] == "all-the-news"


def test_the_style_parses() -> None:
    rules = tinycss2.parse_stylesheet(made()["connect.css"].decode(), skip_comments=True)
    assert not [rule for rule in rules if rule.type == "error"]


def test_the_examples_are_the_same_for_every_client() -> None:
    for sample in ("fakebrand", "all-the-news"):
        contents = made(sample=sample)
        assert all(contents[name] == (SOURCE / name).read_bytes() for name in STATIC)


def test_no_secret_is_in_any_file() -> None:
    contents = made()
    assert "client_secret" not in json.loads(contents["connect.json"])
    assert b"--client-secret all-the-news=try-it-out" in contents["python/README.md"]
    assert b"--client-secret" not in made(sample="fakebrand")["python/README.md"]


def test_the_python_example_compiles_and_has_nothing_for_ruff_to_say(tmp_path: Path) -> None:
    py_compile.compile(str(SOURCE / "python" / "app.py"), str(tmp_path / "app.pyc"), doraise=True)
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", str(SOURCE / "python")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_node_example_parses() -> None:
    command = [str(NODE), "--check", str(SOURCE / "node" / "server.mjs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
