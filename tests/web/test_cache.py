from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.device.renderer import Picture
from studio.device.tasks import Done, Shot, Task
from studio.web.cache import Cache, Cached
from tests.web.pages import ORIGIN, file, made

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    import pytest

HAMMER = """
import sys
from pathlib import Path
from studio.web.cache import Cache
cache = Cache(Path(sys.argv[1]), limit=40_000)
for number in range(600):
    key = f"{number * 7 % 100:040x}"
    cache.put(key, key.encode() * 20)
    other = f"{number * 3 % 100:040x}"
    assert cache.get(other) in (None, other.encode() * 20)
    if number % 50 == 0:
        cache.trim()
cache.trim()
assert cache.works
"""


class Counting:
    """Draws a picture of the number of pages it has drawn."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        for task in tasks:
            self.drawn.append(task.key)
            if "bad" in task.key:
                yield Done(key=task.key, error="no")
            else:
                png = str(len(self.drawn)).encode()
                yield Done(key=task.key, picture=Picture(png=png, width=1, height=2), value=["v"])


def pages(*texts: str) -> list[Task]:
    return [Task(key=text, page=made(f"<body>{text}")) for text in texts]


def test_what_was_drawn_is_not_drawn_again(tmp_path: Path) -> None:
    drawing = Counting()
    first = sorted(Cached(drawing, Cache(tmp_path)).render(pages("a", "b")), key=str)
    again = sorted(Cached(drawing, Cache(tmp_path)).render(pages("a", "b", "c")), key=str)
    assert drawing.drawn == ["a", "b", "c"]
    assert [one for one in again if one.key != "c"] == first
    assert first[0].value == ["v"]


def test_whatever_a_picture_depends_on_makes_it_another(tmp_path: Path) -> None:
    drawing = Counting()
    cached = Cached(drawing, Cache(tmp_path))
    page = made("<body>")
    style = {f"{ORIGIN}/a.css": file("body {color: red}", "text/css")}
    other = {f"{ORIGIN}/a.css": file("body {color: blue}", "text/css")}
    different = [
        Task(key="0", page=page),
        Task(key="1", page=page, scale=2),
        Task(key="2", page=page, shot=Shot(full_page=True)),
        Task(key="3", page=page, shot=Shot(compress=True)),
        Task(key="4", page=made("<body>", assets=style)),
        Task(key="5", page=made("<body>", assets=other)),
    ]
    list(cached.render(different))
    list(cached.render(different))
    assert drawing.drawn == ["0", "1", "2", "3", "4", "5"]


def test_a_failure_is_tried_again(tmp_path: Path) -> None:
    drawing = Counting()
    cached = Cached(drawing, Cache(tmp_path))
    for _ in range(2):
        assert [one.error for one in cached.render(pages("bad"))] == ["no"]
    assert drawing.drawn == ["bad", "bad"]


def test_a_damaged_file_is_drawn_again(tmp_path: Path) -> None:
    drawing = Counting()
    list(Cached(drawing, Cache(tmp_path)).render(pages("a")))
    (kept,) = tmp_path.glob("*/*")
    kept.write_bytes(kept.read_bytes()[:-1])
    (done,) = Cached(drawing, Cache(tmp_path)).render(pages("a"))
    assert drawing.drawn == ["a", "a"]
    assert done.picture


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=100)
    for at, key in enumerate(("aa", "bb", "cc")):
        cache.put(key, b"x" * 40)
        os.utime(tmp_path / key / key, (at, at))
    assert cache.get("aa")
    cache.trim()
    assert [key for key in ("aa", "bb", "cc") if cache.has(key)] == ["aa", "cc"]


def test_a_full_disk_switches_it_off_with_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with caplog.at_level(logging.WARNING):
        done = list(Cached(Counting(), Cache(tmp_path)).render(pages("a", "b")))
    assert [one.key for one in done] == ["a", "b"]
    assert [record.getMessage() for record in caplog.records] == [
        "pictures are not kept for the next time: [Errno 28] No space left on device"
    ]


def test_two_programs_share_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HAMMER, str(tmp_path)]
    both = [subprocess.Popen(command, env={**os.environ}) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    held = [path.stat().st_size for path in tmp_path.glob("*/*")]
    assert 0 < sum(held) <= 40_000
    assert not list(tmp_path.glob("*/.*")), "nothing half written is left"
