"""A page with everything it is made of, so that it can be drawn where its device is not.

Rules kept here:

* a snapshot is a value: the same bytes are the same page, whoever draws it and wherever;
* what a page or its style sheets name in `link`, `script`, `img` or `url(...)` is part of it; a
  page that asks for more while it is drawn cannot be drawn, and that is said.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import lxml.html

from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.device.device import Device, Reply
    from studio.pages.render import Pages

_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_LINKS = (("link", "href"), ("script", "src"), ("img", "src"))
_HEADERS = ("Content-Type", "Content-Security-Policy", "Referrer-Policy", "Cache-Control")
_BEFORE_BODY = re.compile(rb"^(.*?)<html[^>]*>(.*?)<body", re.DOTALL)
_TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file that pages are made of, with the headers it was answered with."""

    body: bytes
    headers: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """Names the content: SHA-256 of the headers and the body."""
        told = "\0".join(f"{name}: {value}" for name, value in sorted(self.headers.items()))
        return hashlib.sha256(told.encode() + b"\0\0" + self.body).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A page at an address of a device; `assets` are by their absolute URL.

    `still` is whether its scripts are known to change nothing of what it looks like at first.
    """

    url: str
    document: Asset
    assets: Mapping[str, Asset] = field(default_factory=dict)
    still: bool = False

    @property
    def origin(self) -> str:
        """Scheme and host."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @cached_property
    def digest(self) -> str:
        """Names the content: two pages of one digest look the same."""
        return _hash(self.url.encode(), self.document.digest.encode(), self._made_of)

    @cached_property
    def head(self) -> str:
        """Names what stands before the body, without title and language.

        A body can take the place of another where this is the same; empty where it cannot.
        """
        before = _BEFORE_BODY.match(self.document.body)
        if not before or not self.still:
            return ""
        policy = self.document.headers.get("Content-Security-Policy", "").partition("form-action")
        return _hash(
            self.origin.encode(),
            before[1],
            _TITLE.sub(b"", before[2]),
            policy[0].encode(),
            self._made_of,
        )

    @cached_property
    def _made_of(self) -> bytes:
        return "\n".join(f"{url} {one.digest}" for url, one in sorted(self.assets.items())).encode()


class Snapshots:
    """Takes snapshots of the pages of devices, and asks for each file only once.

    One serves one run: it does not notice when a file changes.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Pages, str], tuple[Asset, tuple[str, ...]]] = {}
        self._still = _own_scripts()

    def take(self, device: Device, reply: Reply) -> Snapshot:
        """Return the page that a device has answered with, and all that belongs to it."""
        document = _asset(reply)
        assets = dict(self._assets(device, _linked(reply)))
        scripts = [one for one in assets.values() if "javascript" in one.headers["Content-Type"]]
        return Snapshot(
            url=reply.url,
            document=document,
            assets=assets,
            still=all(one.body in self._still for one in scripts),
        )

    def open(self, device: Device, url: str) -> Snapshot:
        """Ask a device for a page and return it with all that belongs to it."""
        reply = device.request("GET", url)
        while reply.location:
            reply = device.request("GET", reply.location)
        return self.take(device, reply)

    def _assets(self, device: Device, urls: tuple[str, ...]) -> Iterator[tuple[str, Asset]]:
        seen: set[str] = set()
        waiting = list(urls)
        while waiting:
            url = waiting.pop()
            if url in seen:
                continue
            seen.add(url)
            asset, names = self._one(device, url)
            waiting += names
            yield url, asset

    def _one(self, device: Device, url: str) -> tuple[Asset, tuple[str, ...]]:
        key = (device.pages, url)
        if key not in self._found:
            reply = device.request("GET", url)
            self._found[key] = _asset(reply), _named_by_style(reply)
        return self._found[key]


def _own_scripts() -> frozenset[bytes]:
    """Return the program's own page scripts: "Everything works without it", so nothing moves."""
    return frozenset(one.read_bytes() for one in (folder("flow_templates") / "static").glob("*.js"))


def _asset(reply: Reply) -> Asset:
    kept = {name: reply.headers[name] for name in _HEADERS if name in reply.headers}
    return Asset(body=reply.body, headers=kept)


def _linked(reply: Reply) -> tuple[str, ...]:
    document = lxml.html.document_fromstring(reply.body.decode())
    links = [one.get(name) for tag, name in _LINKS for one in document.iter(tag)]
    return tuple(urljoin(reply.url, link) for link in links if link)


def _named_by_style(reply: Reply) -> tuple[str, ...]:
    if reply.mimetype != "text/css":
        return ()
    names = [url or other for url, other in _CSS_URL.findall(reply.body.decode())]
    return tuple(urljoin(reply.url, name) for name in names if not name.startswith(("data:", "#")))


def _hash(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
