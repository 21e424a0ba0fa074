"""What is mostly pictures: what goes with them byte by byte, of drawings the SHA-256.

`python -m tests.exporters.test_golden_pictures` writes the files anew. Of the kit of buttons the
PNG files are left out, because their bytes are those of a library; of all screens one is enough, so
that a new one changes nothing here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from studio.exporters import buttons, pictures, storyboards
from studio.exporters.config import as_json
from studio.exporters.writing import write
from studio.i18n.locales import TAGS
from tests.exporters.handovers import sample
from tests.exporters.test_pictures import every_scenario, every_screen

GOLDEN = Path(__file__).with_name("golden")
SUMS = "SHA256SUMS"


def kit() -> dict[str, bytes]:
    given, made = sample("fakebrand"), tuple(buttons.buttons(TAGS))
    drawn = {
        buttons.INDEX: buttons.index(given, made).encode(),
        buttons.MANIFEST: buttons.manifest(made).encode(),
        **{one.svg_file: one.svg().encode() for one in made},
    }
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(drawn.items())]
    return {buttons.CSS: buttons.css().encode(), SUMS: "".join(sums).encode()}


def screens() -> dict[str, bytes]:
    _renderer, files = every_screen()
    about = json.loads(files[pictures.MANIFEST])
    few = {name: about[name][:1] for name in ("pictures", "left_out")}
    return {pictures.MANIFEST: as_json({**about, **few})}


def boards() -> dict[str, bytes]:
    return {name: every_scenario()[name] for name in (storyboards.INDEX, storyboards.MANIFEST)}


MAKERS = {"buttons": kit, "pictures": screens, "storyboards": boards}


@pytest.mark.parametrize("form", MAKERS)
def test_the_files_are_as_they_were_read(form: str) -> None:
    kept = {path.name: path.read_bytes() for path in (GOLDEN / form).iterdir()}
    made = MAKERS[form]()
    assert sorted(made) == sorted(kept)
    for name, data in made.items():
        assert data.decode() == kept[name].decode(), name


if __name__ == "__main__":
    for form, maker in MAKERS.items():
        write(maker(), GOLDEN / form)
