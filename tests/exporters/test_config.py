from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from studio.client.file import parse
from studio.exporters import EXPORTERS, export
from studio.exporters.config import config
from studio.pages.hosting import HostedClient
from tests.client.test_file import SMALLEST
from tests.samples import fakebrand

if TYPE_CHECKING:
    from pathlib import Path

URL = (
    "https://id.connect.example/oauth/authorize?client_id=fakebrand&response_type=code"
    "&scope=openid+email+phone+profile&redirect_uri=fakebrand%3A%2F%2Fconnect%2Foauth2callback"
)


def exported(hosted: HostedClient) -> str:
    (text,) = config(hosted).values()
    return text.decode()


def test_the_sample_is_exported_in_full() -> None:
    hosted = fakebrand()
    data = json.loads(exported(hosted))
    assert hosted.logo is not None
    assert data["version"] == 1
    assert data["authorization_url"] == URL
    assert data["branding"]["header"] == {
        "css": "linear-gradient(100deg, #f9d36a, #f36f2d)",
        "main": "#f6a14c",
        "stops": ["#f9d36a", "#f36f2d"],
    }
    assert data["branding"]["logo"] == {
        "file": "fakebrand.svg",
        "media_type": "image/svg+xml",
        "width": 200,
        "height": 40,
        "sha256": hashlib.sha256(hosted.logo.data).hexdigest(),
    }
    assert data["flow"]["level"] == 1
    assert data["language"]["default_country"] == "NO"
    assert set(data) == {*type(hosted.client).model_fields, "authorization_url"}


def test_the_text_is_canonical() -> None:
    text = exported(fakebrand())
    again = json.dumps(json.loads(text), sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert text == again
    assert "خوش آمدید" in text


def test_the_order_of_the_file_does_not_matter() -> None:
    first = "language: {default: en}\nflow: {level: 2}\n"
    second = "flow:\n  level: 2\nlanguage:\n"
    one, other = (HostedClient(parse(SMALLEST + rest, "f.yaml")) for rest in (first, second))
    assert exported(one) == exported(other)


def test_a_client_without_a_logo_says_so() -> None:
    data = json.loads(exported(HostedClient(parse(SMALLEST, "f.yaml"))))
    assert data["branding"]["logo"] is None


def test_an_export_makes_its_folder_and_can_be_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    (first,) = export(fakebrand(), "config", folder)
    before = first.read_bytes()
    assert export(fakebrand(), "config", folder) == (first,)
    assert first.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["fakebrand.config.json"]


def test_there_is_no_other_format() -> None:
    assert list(EXPORTERS) == ["config"]
    with pytest.raises(KeyError):
        export(fakebrand(), "nothing", None)  # type: ignore[arg-type]  # never looked at
