from __future__ import annotations

import importlib.util
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio import libraries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Debian's packages")

PRESENT = {"libc.so.6": "libc6"}
ABSENT = {"libstudio-absent.so.9": "libstudio-absent9", "libasound-absent.so.2": "libasound2"}

# What every C++ program for Linux needs, and so every Python that runs this.
RUNTIME = {
    "ld-linux-aarch64.so.1",
    "ld-linux-x86-64.so.2",
    "libc.so.6",
    "libdl.so.2",
    "libgcc_s.so.1",
    "libm.so.6",
    "libpthread.so.0",
    "libresolv.so.2",
    "libstdc++.so.6",
}
MODULES = ("Core", "Gui", "Network", "PrintSupport", "Svg", "Test", "WebEngineWidgets", "Widgets")


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, ""),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "xcb"}, "xcb"),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, "offscreen"),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb;wayland"}, "xcb"),
    ],
)
def test_platform_follows_the_order_of_qt(environment: Mapping[str, str], platform: str) -> None:
    assert libraries.platform(environment) == platform


def test_a_library_of_the_platform_is_needed_on_that_platform_only() -> None:
    assert "libxcb-cursor.so.0" in libraries.needed({"DISPLAY": ":0"})
    assert "libxcb-cursor.so.0" not in libraries.needed({"QT_QPA_PLATFORM": "offscreen"})
    assert "libwayland-cursor.so.0" in libraries.needed({"WAYLAND_DISPLAY": "wayland-0"})
    assert "libEGL.so.1" in libraries.needed({})


def test_nothing_is_asked_for_elsewhere_than_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert libraries.needed({"DISPLAY": ":0"}) == {}


def test_a_library_that_does_not_load_is_missing() -> None:
    assert libraries.missing({**PRESENT, **ABSENT}) == ABSENT


def test_packages_are_sorted_and_named_once(tmp_path: Path) -> None:
    found = {"libnss3.so": "libnss3", "libsmime3.so": "libnss3", "libEGL.so.1": "libegl1"}
    assert libraries.packages(found, tmp_path) == ["libegl1", "libnss3"]


def test_packages_have_the_names_of_a_distribution_with_64_bit_time(tmp_path: Path) -> None:
    (tmp_path / "libssl3t64:amd64.list").touch()
    assert libraries.packages(ABSENT, tmp_path) == ["libasound2t64", "libstudio-absent9"]


def commands_found(name: str | None) -> Callable[[str], str | None]:
    return lambda command: f"/usr/bin/{command}" if command == name else None


def test_the_sentence_names_packages_and_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", commands_found("apt-get"))
    assert libraries.sentence({"libstudio-absent.so.9": "libstudio-absent9"}) == (
        "Qt needs system libraries that are missing: libstudio-absent9. "
        "Install them: sudo apt-get install libstudio-absent9"
    )


def test_the_sentence_names_the_libraries_where_there_is_no_apt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", commands_found(None))
    assert libraries.sentence({"libstudio-absent.so.9": "libstudio-absent9"}) == (
        "Qt needs system libraries that are missing: libstudio-absent.so.9. "
        "Install the packages of your distribution that hold them."
    )


def test_there_is_no_sentence_when_nothing_is_missing() -> None:
    assert libraries.sentence({}) is None


def run_as_script(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Not `python -m`: continuous integration runs the file with a Python that has no packages.
    command = [sys.executable, "-I", str(libraries.__file__), *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_as_a_script_it_prints_the_packages_missing_here() -> None:
    expected = libraries.packages(libraries.missing(libraries.EVERYWHERE))
    finished = run_as_script()
    assert (finished.returncode, finished.stdout.split()) == (0, expected)


def test_explain_prints_the_sentence_and_exits_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "EVERYWHERE", ABSENT)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert libraries.main(["--explain"]) == 2
    assert "libstudio-absent9" in capsys.readouterr().err


def test_explain_is_silent_when_nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "EVERYWHERE", PRESENT)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert libraries.main(["--explain"]) == 0
    assert capsys.readouterr() == ("", "")


def needed_entries(file: Path) -> set[str]:
    """Return the NEEDED entries of a 64-bit little-endian ELF file (System V ABI, chapter 5)."""
    with file.open("rb") as elf:

        def at(offset: int, size: int) -> bytes:
            elf.seek(offset)
            return elf.read(size)

        (offset,) = struct.unpack_from("<Q", at(0, 64), 40)
        size, count = struct.unpack_from("<HH", at(0, 64), 58)
        headers = [struct.unpack("<IIQQQQIIQQ", at(offset + i * size, 64)) for i in range(count)]
        dynamic = next(header for header in headers if header[1] == 6)
        entries = struct.iter_unpack("<qQ", at(dynamic[4], dynamic[5]))
        names = at(headers[dynamic[6]][4], headers[dynamic[6]][5])
    starts = [value for tag, value in entries if tag == 1]
    return {names[start : names.index(b"\0", start)].decode() for start in starts}


def outside(start: list[Path], inside: Mapping[str, Path]) -> set[str]:
    """Return what the files and their relatives inside the wheels need from the system."""
    waiting, seen, found = list(start), set[Path](), set[str]()
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            needs = needed_entries(file)
            waiting += [inside[name] for name in needs & inside.keys()]
            found |= needs - inside.keys()
    return found - RUNTIME


def test_the_tables_hold_what_the_wheels_are_linked_to() -> None:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    pyside = Path(spec.origin).parent
    shiboken = pyside.parent / "shiboken6"
    inside = {
        file.name: file
        for folder in (pyside, pyside / "Qt/lib", shiboken)
        for file in folder.glob("*.so*")
    }
    modules = [pyside / f"Qt{name}.abi3.so" for name in MODULES]
    plugins = pyside / "Qt/plugins"
    everywhere = [*modules, pyside / "Qt/libexec/QtWebEngineProcess"]
    xcb = [plugins / "platforms/libqxcb.so", *plugins.glob("xcbglintegrations/*.so")]
    wayland = [
        plugins / "platforms/libqwayland.so",
        *plugins.glob("wayland-graphics-integration-client/libqt-plugin-wayland-egl.so"),
        *plugins.glob("wayland-shell-integration/*.so"),
    ]
    offscreen = outside([*everywhere, plugins / "platforms/libqoffscreen.so"], inside)
    assert offscreen == libraries.EVERYWHERE.keys()
    assert outside(xcb, inside) - offscreen == libraries.BY_PLATFORM["xcb"].keys()
    assert outside(wayland, inside) - offscreen == libraries.BY_PLATFORM["wayland"].keys()
