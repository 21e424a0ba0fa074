"""A web example that has been exported, run against CONNECT served at a real address."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from studio.client.edit import set_value
from studio.client.file import parse, read
from studio.client.samples import sample_path
from studio.exporters import web
from studio.exporters.handover import Handover
from studio.exporters.writing import write
from studio.pages.hosting import HostedClient
from studio.server.serving import Serving, Settings
from tests.exporters.given import no_renderer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.samples import Setting

SECRET = "a secret of nobody's"
CHEAP = 2**4
READY = ("Running on", "The service is at")
"""What an example says once it can be asked."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """An example that runs, and the CONNECT that it asks."""

    url: str
    connect: Serving


def client_at(port: int, sample: str, settings: Mapping[str, Setting]) -> HostedClient:
    """Return a sample whose addresses for trying out are a port of this machine."""
    origin = f"http://localhost:{port}"
    own: dict[str, Setting] = {
        "registration.redirect_uris.staging": [f"{origin}/connect/callback"],
        "registration.post_logout_redirect_uris.staging": [f"{origin}/signed-out"],
        "registration.backchannel_logout_uri": f"{origin}/connect/backchannel",
        "start.first": "phone",
    }
    text, _client = read(sample_path(sample))
    for path, value in {**own, **settings}.items():
        text = set_value(text, tuple(path.split(".")), value)
    return HostedClient(parse(text, "test.client.yaml"))


@contextmanager
def running(
    folder: Path,
    command: Sequence[str],
    sample: str = "all-the-news",
    settings: Mapping[str, Setting] | None = None,
) -> Iterator[Example]:
    """Export the example of a sample into a folder, and run it with a command, in its folder."""
    port = _free_port()
    hosted = client_at(port, sample, settings or {})
    own = hosted.client.registration
    secrets = {own.id: SECRET} if own.confidential else {}
    with Serving([hosted], Settings(hash_cost=CHEAP, secrets=secrets)) as connect:
        write(web.files(Handover(hosted=hosted, text="", renderer=no_renderer)), folder)
        environment = {**os.environ, "CONNECT_ISSUER": connect.place.issuer}
        if secrets:
            environment["CONNECT_CLIENT_SECRET"] = SECRET
        with _process(command, folder, environment):
            yield Example(url=f"http://localhost:{port}/", connect=connect)


@contextmanager
def _process(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    """Run a command until the block ends; wait until it says that it is ready."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if any(word in line for word in READY):
            break
    else:
        raise AssertionError("".join(said))
    # What it says from now on is read, so that it never waits for a reader.
    reader = Thread(target=process.stdout.read, daemon=True)
    reader.start()
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)
        reader.join(10)
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])
