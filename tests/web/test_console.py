"""What is served by HTTP gives Qt's Chromium nothing to complain about."""

from __future__ import annotations

import os
import subprocess
import sys

from studio.web.runtime import FLAGS, NO_NAMES

PATHS = ("/", "/studio/clock", "/id/terms", "/services/fakebrand/")


def test_the_console_is_empty() -> None:
    # A process of its own: that no host is ever reached is a flag of the whole process.
    flags = os.environ[FLAGS].replace(NO_NAMES, "")
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.served", *PATHS],
        env=os.environ | {FLAGS: flags},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == [f"{path} loaded" for path in PATHS], done.stderr
