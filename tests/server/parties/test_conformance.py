"""docs/conformance.md names tests that are there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TABLES = (ROOT / "docs/conformance.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TABLES)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_is_named_is_there(file: str, name: str) -> None:
    path = (ROOT if "/" in file else HERE) / file
    tree = ast.parse(path.read_text("utf-8"))
    assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_every_module_is_told_of_once() -> None:
    rows = re.findall(r"^\| (oidcc-[\w-]+) \| (.+) \|$", TABLES, re.MULTILINE)
    assert len(rows) == 71
    assert not [name for name, count in Counter(name for name, _ in rows).items() if count > 1]
    assert all("::" in shown or shown.startswith("no: ") for _, shown in rows)
