"""A tool of others for design tokens, Terrazzo, takes the exported file, and reads the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.client.colour import Gradient, Solid
from studio.client.samples import SAMPLES
from studio.exporters.tokens import files
from studio.exporters.tokens_values import colours, tokens
from tests.exporters.given import handover, no_renderer
from tests.node import NODE, install

if TYPE_CHECKING:
    from studio.exporters.handover import Handover

PROGRAM = Path(__file__).with_name("dtcg_tool.mjs")
TERRAZZO = {"@terrazzo/parser": "2.7.1"}


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Terrazzo in a folder, with the program that asks it."""
    folder = tmp_path_factory.mktemp("terrazzo")
    install(folder, TERRAZZO)
    return Path(shutil.copy(PROGRAM, folder))


def ask(tool: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    file = tool.with_name("tested.tokens.json")
    file.write_bytes(data)
    return subprocess.run(
        [NODE, tool, file], capture_output=True, text=True, encoding="utf-8", check=False
    )


def exported(given: Handover) -> bytes:
    return files(given)[f"{given.hosted.client.registration.id}.tokens.json"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_terrazzo_reads_what_was_exported(tool: Path, sample: str) -> None:
    given = handover(sample, renderer=no_renderer)
    done = ask(tool, exported(given))
    assert (done.returncode, done.stderr) == (0, "")
    read = {one["id"]: one for one in json.loads(done.stdout)}
    assert set(read) == {".".join(one.path) for one in tokens(given.hosted)}
    for one in tokens(given.hosted):
        told = read[".".join(one.path)]
        match one.value:
            case Solid():
                assert told["$type"] == "color"
                assert told["$value"]["hex"] == one.value.colour.hex()[:7]
            case Gradient():
                assert told["$type"] == "gradient"
                stops = [stop["color"]["hex"] for stop in told["$value"]]
                assert stops == [colour.hex()[:7] for colour in colours(one.value)]
            case _:
                assert told["$value"] == {"value": one.value, "unit": "px"}


def test_terrazzo_refuses_what_is_wrong(tool: Path) -> None:
    wrong = exported(handover(renderer=no_renderer)).replace(b'"srgb"', b'"sgrb"')
    done = ask(tool, wrong)
    assert done.returncode != 0
    assert "sgrb" in done.stderr
