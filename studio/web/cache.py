"""What has been drawn before is not drawn again: results by the content they were made of.

Rules kept here:

* the key is a hash of everything that a picture depends on: the page and its files, the size, what
  is wanted, and the version of what draws; so nothing is ever out of date. Only the fonts of the
  system are not in it: pages bring their own, but for scripts that they have none for;
* several programs may use one folder: a file appears whole or not at all, and may be gone again;
* a folder that cannot be written switches the cache off with one warning; pictures are still made.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections import deque
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from studio.device.renderer import Picture
from studio.device.tasks import Done
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from studio.device.tasks import BatchRenderer, Task

LIMIT = 256 * 1024 * 1024
"""Bytes that the folder may hold when a program has done its work."""

_KEEP = 0.8
_TRIM_EVERY = 2000
_log = logging.getLogger(__name__)


class Cache:
    """Bytes by key in a folder; what was used longest ago goes first."""

    def __init__(self, place: Path | None = None, *, limit: int = LIMIT) -> None:
        self._folder = place or Path(platformdirs.user_cache_dir("connect-studio")) / "pictures"
        self._limit = limit
        self._written = 0
        self.works = True
        """Whether it can be written to."""

    def has(self, key: str) -> bool:
        """Whether there is something for a key; it may be gone by the time it is asked for."""
        return self._path(key).exists()

    def get(self, key: str) -> bytes | None:
        """Return what there is for a key, and note that it is in use."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep something; where that fails, nothing is kept any more."""
        if not self.works:
            return
        try:
            self._write(self._path(key), data)
        except OSError as error:
            self.works = False
            _log.warning("pictures are not kept for the next time: %s", error)
            return
        self._written += 1
        if self._written % _TRIM_EVERY == 0:
            self.trim()

    def trim(self) -> None:
        """Delete what was used longest ago, where the folder holds more than it may."""
        files = [found for path in self._folder.glob("*/*") if (found := _held(path))]
        held = sum(size for _used, size, _path in files)
        if held <= self._limit:
            return
        for _used, size, path in sorted(files):
            path.unlink(missing_ok=True)
            held -= size
            if held <= self._limit * _KEEP:
                return

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _write(self, path: Path, data: bytes) -> None:
        # Without fsync: what a power cut damages is made again, `_read` sees to it.
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


class Cached:
    """A renderer that draws only what the cache does not have."""

    def __init__(self, renderer: BatchRenderer, cache: Cache) -> None:
        self._renderer = renderer
        self._cache = cache
        self._drawn_by = drawn_by()

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        """Yield what comes of each task (`studio.device.tasks.BatchRenderer`)."""
        known: deque[tuple[Task, str]] = deque()
        new: dict[str, str] = {}

        def unknown() -> Iterator[Task]:
            for task in tasks:
                key = self._key(task)
                if self._cache.has(key):
                    known.append((task, key))
                else:
                    new[task.key] = key
                    yield task

        gone: list[Task] = []
        for done in self._renderer.render(unknown()):
            self._keep(new[done.key], done)
            yield done
            yield from self._known(known, gone)
        yield from self._known(known, gone)
        for done in self._renderer.render(gone):
            yield done
        self._cache.trim()

    def _known(self, known: deque[tuple[Task, str]], gone: list[Task]) -> Iterator[Done]:
        """Yield what the cache has; what it has no more is put to what is gone."""
        while known:
            task, key = known.popleft()
            data = self._cache.get(key)
            done = _read(task.key, data) if data else None
            if done:
                yield done
            else:
                gone.append(task)

    def _keep(self, key: str, done: Done) -> None:
        if not done.error:
            self._cache.put(key, _written(done))

    def _key(self, task: Task) -> str:
        asked = {
            "page": task.page.digest,
            "viewport": str(task.viewport),
            "scale": task.scale,
            "shot": asdict(task.shot) if task.shot else None,
            "script": asdict(task.script) if task.script else None,
            "drawn_by": self._drawn_by,
        }
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def drawn_by() -> str:
    """Return what tells one way of drawing from another: Chromium's version and our own files."""
    web = Path(__file__).parent
    own = [web / name for name in ("sheet.py", "shelf.py", "png.py", "worker.py", "runtime.py")]
    script = folder("assets") / "scripts" / "sheet.js"
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in [*own, script])).hexdigest()
    return f"{version('PySide6')} {digest}"


def _held(path: Path) -> tuple[float, int, Path] | None:
    """Return when a file was last used and how big it is, None when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime, found.st_size, path


def _written(done: Done) -> bytes:
    """Return a result as bytes: a line of JSON with the hash of what follows, then the picture."""
    picture = done.picture
    png = picture.png if picture else b""
    told = {
        "value": done.value,
        "size": [picture.width, picture.height] if picture else None,
        "sha256": hashlib.sha256(png).hexdigest(),
    }
    return json.dumps(told).encode() + b"\n" + png


def _read(key: str, data: bytes) -> Done | None:
    """Read a result; None where the file is damaged."""
    line, _newline, png = data.partition(b"\n")
    try:
        told = json.loads(line)
        whole = told["sha256"] == hashlib.sha256(png).hexdigest()
        size = told["size"]
        value = told["value"]
    except (ValueError, KeyError, TypeError):
        return None
    if not whole:
        return None
    picture = Picture(png=png, width=size[0], height=size[1]) if size else None
    return Done(key=key, picture=picture, value=value)
