"""What docs/journeys.md says is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import studio
from studio.client.samples import create
from studio.journeys import library, step_reading, steps
from tests.journeys.given import shipped_run

if TYPE_CHECKING:
    import pytest

TEXT = (Path(studio.__file__).parents[1] / "docs" / "journeys.md").read_text("utf-8")


def test_the_example_can_be_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    create(Path("mybrand.client.yaml"), "fakebrand")
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    Path("wrong-code.journey.yaml").write_text(example, "utf-8")
    point = shipped_run("").play(library.shipped().get("wrong-code.journey.yaml"))
    assert point.error is None


def test_every_key_step_and_expectation_is_told() -> None:
    words = [
        *library.KEYS,
        *step_reading.STEPS,
        *step_reading.ASKED,
        *step_reading.EXPECTED,
        *step_reading.PERSON_IDS,
        *steps.VARIABLES,
    ]
    assert [word for word in words if not re.search(rf"`[^`]*{re.escape(word)}\b", TEXT)] == []
