from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from typing import TYPE_CHECKING, cast

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

from studio.client.file import parse
from studio.client.logo import read_logo
from studio.client.samples import SAMPLES
from studio.exporters import config
from studio.importers import IMPORTERS
from studio.pages.hosting import HostedClient
from tests.client.test_file import SMALLEST
from tests.exporters.handovers import handover_of, sample, written
from tests.exporters.strategies import hosted_clients

if TYPE_CHECKING:
    from studio.exporters import Handover


def exported(handover: Handover, suffix: str = ".json") -> bytes:
    name = handover.hosted.client.registration.id
    return config.files(handover)[f"{name}.config{suffix}"]


def data_of(handover: Handover) -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", json.loads(exported(handover)))


def imported(content: bytes, name: str) -> Handover:
    """Take an export over, as the command does."""
    taken = IMPORTERS["config"].read(content, name)
    assert taken.left_out == ()
    client = parse(taken.text, "new.client.yaml")
    assert client.branding.logo == taken.logo_name
    logo = read_logo(taken.logo, "logo") if taken.logo is not None else None
    return handover_of(HostedClient(client, logo), taken.text)


def test_the_sample_is_exported_in_full() -> None:
    handover = sample("fakebrand")
    data, logo = data_of(handover), handover.hosted.logo
    assert logo is not None
    assert list(data) == ["$schema", *type(handover.hosted.client).model_fields, "logo"]
    assert data["branding"]["header"] == "linear-gradient(100deg, #f9d36a, #f36f2d)"
    assert data["branding"]["logo"] == "fakebrand.svg"
    assert b64decode(str(data["logo"].pop("base64"))) == logo.data
    assert data["logo"] == {
        "media_type": "image/svg+xml",
        "width": 200,
        "height": 40,
        "sha256": hashlib.sha256(logo.data).hexdigest(),
    }
    assert data["flow"]["level"] == 1
    assert data["language"]["default_country"] == "NO"
    assert "خوش آمدید" in exported(handover).decode()


@pytest.mark.parametrize("name", SAMPLES)
def test_yaml_says_the_same_as_json_to_readers_of_every_kind(name: str) -> None:
    data, text = data_of(sample(name)), exported(sample(name), ".yaml").decode()
    typed = yaml.safe_load(text)
    for one in (data, typed):
        one["logo"]["base64"] = "".join(str(one["logo"]["base64"]).split())
    assert typed == data
    assert "default_country: 'NO'" in text


def test_the_order_of_the_file_does_not_matter() -> None:
    first = 'branding: {message: {sv: B, en: "A"}}\nflow: {level: 2}\n'
    second = "flow:\n  level: 2\nlanguage:\nbranding:\n  message:\n    en: A\n    sv: B\n"
    one, other = (config.files(written(SMALLEST + rest)) for rest in (first, second))
    assert one == other


def test_a_client_without_a_logo_says_so() -> None:
    data = data_of(written(SMALLEST))
    assert data["branding"]["logo"] is None
    assert cast("object", data["logo"]) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_the_schema_takes_the_export(name: str) -> None:
    schema = json.loads(config.files(sample(name))[config.SCHEMA])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = data_of(sample(name))
    validator.validate(data)
    data["logo"]["colour"] = "red"
    data["flow"]["level"] = 3
    found = {tuple(error.absolute_path) for error in validator.iter_errors(data)}
    assert found == {("logo",), ("flow",)}


@settings(max_examples=60, deadline=None)
@given(hosted_clients())
def test_any_client_comes_back_as_the_same_bytes(hosted: HostedClient) -> None:
    before = config.files(handover_of(hosted))
    for name, content in before.items():
        if name != config.SCHEMA:
            again = imported(content, name)
            assert config.files(again) == before
            assert again.hosted.logo == hosted.logo
            assert again.hosted.policy == hosted.policy
