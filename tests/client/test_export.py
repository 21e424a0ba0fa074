from __future__ import annotations

import hashlib
import json

from studio.client.export import config_json
from studio.client.file import parse, read
from studio.client.logo import load_logo
from studio.client.samples import sample_path

from .test_file import SMALLEST

URL = "https://id.connect.example/oauth/authorize?client_id=fakebrand"


def test_the_sample_is_exported_in_full() -> None:
    path = sample_path("fakebrand")
    _, client = read(path)
    logo = load_logo(path.with_name("fakebrand.svg"))
    config = json.loads(config_json(client, logo, URL))
    assert config["version"] == 1
    assert config["authorization_url"] == URL
    assert config["branding"]["header"] == {
        "css": "linear-gradient(100deg, #f9d36a, #f36f2d)",
        "main": "#f6a14c",
        "stops": ["#f9d36a", "#f36f2d"],
    }
    assert config["branding"]["logo"] == {
        "file": "fakebrand.svg",
        "media_type": "image/svg+xml",
        "width": 200,
        "height": 40,
        "sha256": hashlib.sha256(logo.data).hexdigest(),
    }
    assert config["flow"]["level"] == 1
    assert config["flow"]["verification"] == "default"
    assert config["language"]["default_country"] == "NO"
    assert set(config) == {*type(client).model_fields, "authorization_url"}


def test_the_text_is_canonical() -> None:
    path = sample_path("fakebrand")
    text, client = read(path)
    exported = config_json(client, None, URL)
    assert exported == config_json(parse(text, "again"), None, URL)
    parsed = json.loads(exported)
    assert exported == json.dumps(parsed, sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert "خوش آمدید" in exported


def test_the_order_of_the_file_does_not_matter() -> None:
    first = "language: {default: en}\nflow: {level: 2}\n"
    second = "flow:\n  level: 2\nlanguage:\n"
    one, other = (parse(SMALLEST + rest, "f.yaml") for rest in (first, second))
    assert config_json(one, None, URL) == config_json(other, None, URL)


def test_a_client_without_a_logo_says_so() -> None:
    config = json.loads(config_json(parse(SMALLEST, "f.yaml"), None, URL))
    assert config["branding"]["logo"] is None
