from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from studio.client.model import Client, Section
from studio.client.samples import sample_path
from studio.client.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = Path(__file__).parents[2] / "docs" / "client-file.md"


class _Yaml12(yaml.SafeLoader):
    """What an editor reads: YAML 1.2 does not take NO for false."""


_Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def sample() -> dict[str, object]:
    text = sample_path("fakebrand").read_text(encoding="utf-8")
    data = yaml.load(text, _Yaml12)  # noqa: S506  a SafeLoader
    assert isinstance(data, dict)
    return data


def validator() -> jsonschema.Draft202012Validator:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def settings(model: type[Section] = Client, path: str = "") -> Iterator[tuple[str, bool, str]]:
    """Walk over all settings: path, whether it has an effect, description."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            yield from settings(kind, f"{path}{name}.")
        else:
            extra = field.json_schema_extra
            later = isinstance(extra, dict) and extra.get("x-effect") == "none yet"
            yield f"{path}{name}", not later, field.description or ""


def test_the_sample_is_valid() -> None:
    assert list(validator().iter_errors(sample())) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", 2),
        ("colour", "red"),
        ("registration", None),
        ("registration.id", 7),
        ("registration.nmae", "x"),
        ("branding.header", ["red"]),
        ("branding.message", {"xx": "hello"}),
        ("language.default", "no"),
        ("language.default_country", False),
        ("language.offered", "en"),
        ("start.fields", "fax"),
        ("flow.level", 3),
        ("session.max_age", -1),
        ("session.sso", "yes"),
        ("session.prompt", ["now"]),
    ],
)
def test_a_mistake_is_not_valid(path: str, value: object) -> None:
    data = copy.deepcopy(sample())
    *around, last = path.split(".")
    section = data
    for name in around:
        inner = section[name]
        assert isinstance(inner, dict)
        section = inner
    section[last] = value
    assert list(validator().iter_errors(data)) != []


def test_an_optional_key_may_be_empty() -> None:
    data = sample()
    data["branding"] = None
    data["start"] = {"fields": None, "prefill": {"phone": None}}
    assert list(validator().iter_errors(data)) == []


def test_every_setting_is_described_in_one_sentence() -> None:
    for path, _, description in settings():
        assert description.endswith("."), path
        assert "\n" not in description, path


def test_settings_without_effect_say_so() -> None:
    later = {path for path, effect, _ in settings() if not effect}
    assert {"registration.organisation", "registration.contact"} <= later
    assert not later & {"registration.application_type", "registration.confidential"}
    assert not later & {"branding.header", "language.default", "start.first", "flow.level"}
    assert not later & {"session.stay_signed_in.shown", "registration.sms_sender"}


def test_the_page_has_a_row_for_every_setting_and_no_other() -> None:
    rows = [line for line in _PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    expected = [
        f"| `{path}` | {description} | {'now' if effect else 'none yet'} |"
        for path, effect, description in settings()
    ]
    assert [" ".join(row.split()) for row in rows] == [" ".join(row.split()) for row in expected]
