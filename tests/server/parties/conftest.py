"""What signs in to what: a server on loopback, a person, and a relying party of each library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.server.given import serving as served
from tests.server.parties.authlib_party import Authlib
from tests.server.parties.known import SECRET
from tests.server.parties.openid_client_party import OpenidClient, Program, install
from tests.server.parties.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.server.serving import Serving
    from tests.server.parties.party import Library


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Two samples of every kind: public at level 1, confidential at level 2."""
    with served("fakebrand", "strusic", secrets={"strusic": SECRET}) as running:
        yield running


@pytest.fixture
def issuer(serving: Serving) -> str:
    return serving.place.issuer


@pytest.fixture
def person(serving: Serving) -> Iterator[Person]:
    with Person(serving.place.origin) as somebody:
        yield somebody


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """openid-client, installed once and running."""
    folder = tmp_path_factory.mktemp("openid-client")
    install(folder)
    running = Program(folder)
    yield running
    running.close()


@pytest.fixture(params=["authlib", "openid-client"])
def library(request: pytest.FixtureRequest) -> Library:
    if request.param == "authlib":
        return Authlib()
    program: Program = request.getfixturevalue("program")
    return OpenidClient(program)
