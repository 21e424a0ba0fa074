"""The providers that are measured, each as a process of its own, and what one has used up."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.provider_flows import CLIENT_ID, discovered
from studio.client.samples import sample_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.provider_flows import Endpoints

PEER = Path(__file__).parent / "provider_peer"
_SERVING = re.compile(r"Serving at http://([\d.]+:\d+)")
_LAST_SECONDS = 20
_PROCESSOR_CLOCK = 2
"""CPUCLOCK_SCHED of Linux: what the scheduler has counted for all threads of a process."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A provider that runs."""

    process_id: int
    endpoints: Endpoints

    def processor_seconds(self) -> float:
        """Return user and system time of the process so far, exact to the nanosecond.

        It is the sum of `/proc/<pid>/stat`, which counts in hundredths of a second
        (clock_getcpuclockid(3); Linux makes the clock's number of the process's like this).
        """
        return time.clock_gettime((~self.process_id << 3) | _PROCESSOR_CLOCK)

    def resident_mebibytes(self) -> float:
        """Return how much memory the process has."""
        pages = int(Path(f"/proc/{self.process_id}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def own() -> Iterator[Provider]:
    """Run `connect-studio serve`, without its line for each request: the peer has none either."""
    file = str(sample_path(CLIENT_ID))
    command = [sys.executable, "-m", "studio", "serve", file, "--port", "0", "--quiet"]
    with _running(command, os.environ, "/oauth", "/studio/inbox") as provider:
        yield provider


@contextmanager
def peer() -> Iterator[Provider]:
    """Run npm oidc-provider.

    Raises:
        RuntimeError: Node.js or its packages are not there.
    """
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("benchmarks/provider_peer needs Node.js 20 or newer: install nodejs")
    if not (PEER / "node_modules").is_dir():
        raise RuntimeError('install the peer: "npm install" in benchmarks/provider_peer')
    environment = {**os.environ, "NODE_ENV": "production"}
    with _running([node, str(PEER / "server.mjs")], environment, "", "/inbox") as provider:
        yield provider


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], issuer: str, inbox: str
) -> Iterator[Provider]:
    # The program and its arguments are those of the two functions above.
    process = subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        host = _host(process)
        endpoints = asyncio.run(discovered(host, f"http://{host}{issuer}", inbox))
        yield Provider(process_id=process.pid, endpoints=endpoints)
    finally:
        process.terminate()
        process.communicate(timeout=_LAST_SECONDS)


def _host(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        found = _SERVING.match(line)
        if found:
            return found[1]
    raise RuntimeError("the provider has ended without serving; it has said why above")
