"""The OpenAPI description that is served is true to what the endpoints do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from studio.resources import folder
from tests.server.given import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import BaseSchema, Case

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    allow_header_conformance,
    unsupported_method,
]
EXAMPLES = 15
"""Requests to each operation, of the kind that is described, and again of one that is not."""

OPERATIONS = [
    (path, method)
    for path, methods in yaml.safe_load((folder("assets") / "openapi.yaml").read_text("utf-8"))[
        "paths"
    ].items()
    for method in methods
]


@pytest.fixture(scope="module")
def described() -> Iterator[BaseSchema]:
    with serving("fakebrand", "strusic") as running:
        yield schemathesis.openapi.from_url(f"{running.url}studio/openapi.json")


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    described: BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def answered(case: Case) -> None:
        case.call_and_validate(checks=CHECKS, allow_redirects=False, timeout=10)

    answered()
