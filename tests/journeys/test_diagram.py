from __future__ import annotations

from pathlib import Path

import studio
from studio.engine.checks import CHECKS
from studio.journeys.__main__ import current


def test_what_architecture_says_of_the_tables_is_current() -> None:
    text = (Path(studio.__file__).parents[1] / "ARCHITECTURE.md").read_text("utf-8")
    assert current(text) == text, "run python -m studio.journeys"
    assert all(f"| `{check.id}` | {check.description} |" in text for check in CHECKS)
