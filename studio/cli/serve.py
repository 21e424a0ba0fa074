"""The command `serve`: CONNECT at an address, for real browsers, phones and clients."""

from __future__ import annotations

import errno
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from studio.cli.errors import fail, told_plainly
from studio.cli.hosted import hosted_client, meant
from studio.client.hints import did_you_mean
from studio.client.samples import SAMPLES, sample_path
from studio.device.people import PEOPLE
from studio.server.gate import qr_code
from studio.server.serving import Serving, Settings, Told
from studio.server.watching import ClientFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


EXPOSED = """\
Everybody in this network can now reach this computer at that address. The pages ask for the pass;
what clients call (discovery, token, userinfo, keys, revocation) asks for none, and people's codes
and passwords travel unencrypted. Use it in a network you trust, with made-up data, and stop it
when you are done. Clients cannot register themselves, and the clock stays as it is."""


def serve(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Client files or patterns; the samples without."),
    ] = None,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8400,
    client_secret: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=SECRET", help="The secret of a confidential client; repeatable."),
    ] = None,
    lan: Annotated[bool, typer.Option("--lan", help="Serve the network too; asks a pass.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No line for each request.")] = False,
) -> None:
    """Serve the sign-in pages and the protocol on this machine, with a sample service each.

    A client file is watched: an edit shows at the next request, and open browsers follow it.
    """
    with told_plainly(), _ports_told(port):
        watched = ClientFiles(_paths(files or []), hosted_client, _say)
        secrets = _secrets(client_secret or [], watched)
        settings = Settings(port=port, lan=lan, secrets=secrets)
        told = Told(
            line=_say,
            secret=lambda client_id, secret: _say(f"Secret of {client_id} in this run: {secret}"),
            request=None if quiet else _say,
            new_pass=_show_pass,
        )
        serving = Serving(settings=settings, files=watched, told=told)
        with _asked_to_end() as stopped, serving:
            _tell(serving, watched, lan=lan)
            stopped.wait()
    typer.echo("Stopped.")


def _paths(files: Sequence[Path]) -> list[Path]:
    if not files:
        return [sample_path(name) for name in SAMPLES]
    return list(dict.fromkeys(path for file in files for path in meant(file)))


def _secrets(given: Sequence[str], watched: ClientFiles) -> dict[str, str]:
    """Return the secrets by the ids of their clients; a mistake is told without the secret."""
    clients = {one.policy.client_id: one.client.registration for one in watched.hosted}
    secrets: dict[str, str] = {}
    for pair in given:
        client_id, equals, secret = pair.partition("=")
        if not equals or not client_id or not secret:
            raise ValueError("--client-secret: write it as ID=SECRET, such as strusic=...")
        if client_id not in clients:
            guess = did_you_mean(client_id, tuple(clients)) or f"; there is: {', '.join(clients)}"
            raise ValueError(f"--client-secret {client_id}: no client has this id{guess}")
        if not clients[client_id].confidential:
            raise ValueError(
                f"--client-secret {client_id}: it is a public client, which has no secret; "
                "registration.confidential says so"
            )
        secrets[client_id] = secret
    return secrets


@contextmanager
def _ports_told(port: int) -> Iterator[None]:
    """Say what is wrong with a port in terms of the option."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise fail(f"--port {port}: it is in use; take another, or 0 for a free one") from None
        if error.errno == errno.EACCES:
            raise fail(f"--port {port}: it may not be used; take one from 1024") from None
        raise


@contextmanager
def _asked_to_end() -> Iterator[threading.Event]:
    """Yield what is set when the program is asked to end, by Ctrl-C or by SIGTERM."""
    stopped = threading.Event()
    before = {
        one: signal.signal(one, lambda _number, _frame: stopped.set())
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _tell(serving: Serving, watched: ClientFiles, *, lan: bool) -> None:
    place = serving.place
    _say(f"Serving at {serving.url}")
    _say(f"Discovery  {place.issuer}/.well-known/openid-configuration")
    _say(f"Inbox      {place.origin}/studio/inbox")
    if not lan:
        _say(f"Clock      {place.origin}/studio/clock")
    for one in watched.hosted:
        _say(f"{one.policy.name}: {place.origin}/services/{one.policy.client_id}/")
    _say("People who can sign in:")
    for person in (one for one in PEOPLE if one.exists):
        told = (person.phone, person.email, person.password and f'password "{person.password}"')
        _say("  " + ", ".join(filter(None, told)))
    if lan:
        _say(EXPOSED)
    _say("Stop with Ctrl-C.")


def _show_pass(url: str) -> None:
    """Show what lets the next browser in."""
    typer.echo(f"Open this on a phone in the same network; it is good once:\n{url}")
    if sys.stdout.isatty():
        qr_code(url).terminal(compact=True)


def _say(line: str) -> None:
    typer.echo(line)
