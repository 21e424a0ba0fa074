"""What apps and web sites are given, byte by byte: read the difference before you accept it.

`python -m tests.exporters.test_golden_platforms` writes the files anew. Languages are a few, one of
each kind of name; pictures are known by their names, because their bytes are those of a library,
and the examples of the web by the templates they are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.exporters import contents
from studio.exporters.web import STATIC
from studio.exporters.writing import write
from tests.exporters.given import handover, raster

GOLDEN = Path(__file__).with_name("golden")
CLIENTS = {
    "android": ("fakebrand", "strusic"),
    "ios": ("hipstagram", "strusic"),
    "web": ("all-the-news", "fakebrand"),
}
LANGUAGES = ["en", "id", "sr-Latn-ME", "ur-PK", "zh-Hans"]
ALL = [(form, client) for form, clients in CLIENTS.items() for client in clients]


def made(form: str, client: str) -> dict[str, bytes]:
    given = handover(client, {"language.offered": LANGUAGES}, logo=raster())
    found = contents(given, [form])
    return {
        name: b"" if name.endswith(".png") else data
        for name, data in found.items()
        if name not in STATIC
    }


@pytest.mark.parametrize(("form", "client"), ALL)
def test_the_files_are_as_they_were_read(form: str, client: str) -> None:
    folder = GOLDEN / form / client
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    found = made(form, client)
    assert sorted(found) == sorted(kept)
    for name, data in found.items():
        assert data == kept[name], name


if __name__ == "__main__":
    for form, client in ALL:
        write(made(form, client), GOLDEN / form / client)
