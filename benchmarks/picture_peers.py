"""The same pages drawn by Playwright with Debian's Chromium: its ordinary way, and its best.

The pages and their files come from a server on loopback, so that Chromium keeps the files as it
would. The ordinary way sets the content of a page and takes a screenshot of it, in two contexts at
once: three times as fast as going to its address. The best way is the sheet of `studio.web.sheet`,
with the same script, flags and compression, in Chromium's headless shell: two sheets at once, the
capture that is optimised for speed, and a thread that cuts and encodes.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, override

from isal import isal_zlib
from PIL import Image

from studio.resources import folder
from studio.web.batches import MOST, batches, boxes
from studio.web.runtime import DRAWING
from studio.web.shelf import SHEET, with_focus_marked
from studio.web.worker import FLAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser, CDPSession, Page, Playwright

    from studio.device.tasks import Task
    from studio.web.batches import Batch

CHROMIUM = "/usr/bin/chromium"
HEADLESS_SHELL = "/usr/bin/chromium-headless-shell"
AT_ONCE = 2
_STRIP = 8


class PageServer:
    """Serves tasks' pages on loopback: each at its place, files at their own paths."""

    def __init__(self, tasks: Sequence[Task], *, marked: bool) -> None:
        answers = {f"/page/{at}": task.page.document for at, task in enumerate(tasks)}
        for task in tasks:
            answers |= {_path(url): one for url, one in task.page.assets.items()}

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                found = answers.get(self.path)
                kind = found.headers["Content-Type"] if found else "text/html"
                body = found.body if found else b"<!doctype html>"
                if marked and kind.startswith("text/css"):
                    body = with_focus_marked(body.decode()).encode()
                self.send_response(200 if found or self.path == SHEET else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if not self.path.startswith("/page/"):
                    self.send_header("Cache-Control", "max-age=31536000, immutable")
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


async def ordinary(
    playwright: Playwright, tasks: Sequence[Task], chromium: str = CHROMIUM
) -> tuple[float, list[bytes]]:
    """Return the seconds that ordinary screenshots take, and the pictures."""
    server = PageServer(tasks, marked=False)
    browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    try:
        pages = [await _page(browser, tasks[0]) for _ in range(AT_ONCE)]
        for page in pages:
            await page.goto(f"{server.origin}/page/0")
        begun = time.perf_counter()
        pictures: list[bytes] = [b""] * len(tasks)

        async def draw(page: Page, places: Sequence[int]) -> None:
            for place in places:
                await page.set_content(tasks[place].page.document.body.decode())
                pictures[place] = await page.screenshot(animations="disabled")

        await asyncio.gather(
            *(draw(page, range(at, len(tasks), AT_ONCE)) for at, page in enumerate(pages))
        )
        return time.perf_counter() - begun, pictures
    finally:
        await browser.close()
        server.close()


async def on_sheets(playwright: Playwright, tasks: Sequence[Task]) -> tuple[float, list[bytes]]:
    """Return the seconds that sheets take, and the pictures."""
    server = PageServer(tasks, marked=True)
    places = {task.key: at for at, task in enumerate(tasks)}
    browser = await playwright.chromium.launch(
        executable_path=HEADLESS_SHELL,
        args=["--no-sandbox", *DRAWING, *FLAGS],
    )
    pictures: list[bytes] = [b""] * len(tasks)
    waiting = list(batches(tasks))
    try:
        sheets = [await _Sheet.open(browser, tasks[0], server.origin) for _ in range(AT_ONCE)]
        with ThreadPoolExecutor(1) as writing:
            begun = time.perf_counter()

            async def draw(sheet: _Sheet) -> None:
                while waiting:
                    batch = waiting.pop(0)
                    data, cuts = await sheet.draw(batch, places)
                    writing.submit(
                        _cut, data, cuts, [places[one.key] for one in batch.tasks], pictures
                    )

            await asyncio.gather(*(draw(sheet) for sheet in sheets))
        return time.perf_counter() - begun, pictures
    finally:
        await browser.close()
        server.close()


class _Sheet:
    """A page with many pages on it, drawn over the DevTools protocol."""

    def __init__(self, page: Page, session: CDPSession, origin: str) -> None:
        self._page = page
        self._session = session
        self._origin = origin
        self._heads: list[str] = [""] * MOST
        self._number = 0

    @classmethod
    async def open(cls, browser: Browser, like: Task, origin: str) -> _Sheet:
        page = await _page(browser, like)
        await page.goto(origin + SHEET)
        source = (folder("assets") / "scripts" / "sheet.js").read_text("utf-8")
        await page.add_script_tag(content=source)
        await page.evaluate("sheet.begin()")
        return cls(page, await page.context.new_cdp_session(page), origin)

    async def draw(
        self, batch: Batch, places: dict[str, int]
    ) -> tuple[str, list[tuple[int, int, int, int]]]:
        cuts = boxes(batch.kind, [batch.kind.viewport.height] * len(batch.tasks), _STRIP)
        width = batch.kind.columns * batch.kind.viewport.width
        height = max(top + high for _left, top, _wide, high in cuts)
        if self._page.viewport_size != {"width": width, "height": height}:
            await self._page.set_viewport_size({"width": width, "height": height})
        pages = [self._way(at, one, places) for at, one in enumerate(batch.tasks)]
        self._number += 1
        told = ", ".join(
            json.dumps(one) for one in (self._number, pages, dict(enumerate(cuts)), [width, height])
        )
        await self._page.evaluate(
            f"""new Promise((done) => {{
              const say = sheet.say;
              sheet.say = (...said) => {{ sheet.say = say; sheet.say(...said); done(); }};
              sheet.show({told});
            }})"""
        )
        taken = await self._session.send(
            "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True}
        )
        return taken["data"], cuts

    def _way(self, at: int, task: Task, places: dict[str, int]) -> dict[str, object]:
        if self._heads[at] == task.page.head:
            return {"frame": at, "html": task.page.document.body.decode()}
        self._heads[at] = task.page.head
        return {"frame": at, "url": f"{self._origin}/page/{places[task.key]}"}


async def _page(browser: Browser, like: Task) -> Page:
    context = await browser.new_context(
        viewport={"width": like.viewport.width, "height": like.viewport.height},
        device_scale_factor=like.scale,
    )
    return await context.new_page()


def _cut(
    data: str, cuts: list[tuple[int, int, int, int]], places: list[int], pictures: list[bytes]
) -> None:
    sheet = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    for place, (left, top, width, height) in zip(places, cuts, strict=True):
        raw = sheet.crop((left, top, left + width, top + height)).tobytes()
        lines = (b"\0" + raw[at : at + width * 3] for at in range(0, len(raw), width * 3))
        pictures[place] = isal_zlib.compress(b"".join(lines), 1)
