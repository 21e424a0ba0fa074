"""An exported ZIP file, taken over; and ZIP files that are made to hurt."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from studio.exporters import contents
from studio.exporters.writing import zipped
from studio.importers import IMPORTERS, ImportFileError, guessed
from studio.importers.archive import read
from tests.exporters.handovers import sample
from tests.importers.limited import answers

if TYPE_CHECKING:
    from pathlib import Path

NAME = "a.config.json"


def exported() -> bytes:
    return zipped(contents(sample("fakebrand"), ["config", "oidc"]))


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(ImportFileError) as caught:
        read(data, "t.zip")
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_an_export_is_taken_over_as_its_configuration() -> None:
    files = contents(sample("fakebrand"), ["config"])
    found = guessed(exported(), "t.zip")
    assert found is not None
    assert found.name == "zip"
    whole = IMPORTERS["config"].read(files["fakebrand.config.json"], "t")
    assert read(exported(), "t.zip") == whole


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({}, "t.zip: holds 0 files *.config.json; one is needed, which export --to config writes"),
        ({"a/" + NAME: b"{}", "b/" + NAME: b"{}"}, "t.zip: holds 2 files *.config.json; "),
        ({"../" + NAME: b"{}"}, "t.zip/../a.config.json: this name leads out of the folder"),
        ({NAME: b"{}", "x/../../y": b""}, "t.zip/x/../../y: this name leads out of the folder"),
        ({NAME: b"{}", "/etc/y": b""}, "t.zip/etc/y: this name leads out of the folder"),
        ({NAME: b"{}", "a\\..\\y": b""}, "t.zip/a\\..\\y: this name leads out of the folder"),
        ({NAME: b"{"}, "t.zip/a.config.json:1:2 this is not JSON: "),
        ({NAME: b'{"version": 1}'}, "t.zip/a.config.json: /registration: is missing"),
        ({NAME: b" " * 3_000_000}, "t.zip/a.config.json: has more than 2,000,000 bytes"),
    ],
)
def test_an_archive_without_one_sound_configuration_is_refused(
    files: dict[str, bytes], line: str
) -> None:
    assert refused(archive(files)).startswith(line.replace("t.zip/etc", "t.zip//etc"))


def test_a_truncated_or_damaged_archive_is_refused() -> None:
    data = exported()
    for at in range(4, len(data) - 1, len(data) // 40):
        assert refused(data[:at]).startswith("t.zip: ")
    damaged = bytearray(data)
    damaged[data.index(b"fakebrand.config.json") + 200] ^= 0xFF
    assert refused(bytes(damaged)).startswith("t.zip: this ZIP file is damaged: ")
    assert refused(b"PK\x03\x04") == "t.zip: this ZIP file is damaged: file is not a zip file"


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(archive({NAME: b"{}"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert refused(bytes(data)) == "t.zip/a.config.json: is encrypted"


def test_files_made_to_hurt_are_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    bomb = archive({NAME: b" " * 300_000_000})
    assert len(bomb) < 400_000
    entry = archive({"a" * 8: b""})[38:-22]
    directory = entry * (40_000_000 // len(entry))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 0, 0)
    nested = archive({"b.zip": bomb})
    lying = bytearray(archive({NAME: b" " * 9_000_000}))
    for signature, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", lying, lying.index(signature) + size, 10)
    hurting = {
        "bomb": bomb,
        "directory": b"PK\x03\x04" + directory + tail,
        "directory-with-comment": b"PK\x03\x04" + directory + tail[:-2] + b"\x05\x00PK\x05\x06\x00",
        "nested": nested,
        "lying": bytes(lying),
        "zip64": b"PK\x03\x04" + b"PK\x06\x07" + b"\0" * 16 + tail,
    }
    told = answers(tmp_path, "zip", hurting)
    assert told["bomb"] == "t/a.config.json: has more than 2,000,000 bytes"
    assert told["directory"] == "t: this ZIP file lists more files than any export has"
    assert told["directory-with-comment"].startswith("t: this ZIP file ")
    assert told["nested"].startswith("t: holds 0 files")
    assert told["lying"].startswith("t")
    assert told["zip64"] == "t: this ZIP file lists more files than any export has"
