"""Tell which system libraries Qt needs and this machine lacks, before Qt is imported.

The PySide6 wheels bring Qt but not what Qt itself is linked to. Where such a library is missing
the import ends in a loader's message, or, for a platform plugin, the process aborts. Here the
libraries are tried one by one, and one line names the Debian packages to install.

Rules: the standard library only, and also as a plain script: `python3 -I studio/libraries.py`
prints the missing packages separated by spaces, `--explain` prints the sentence and exits 2 where
there is one. A library counts as missing only when the loader itself cannot load it. The tables
are the NEEDED entries of the shared objects in the PySide6 wheels; a test reads those anew.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Soname to Debian package, for Qt and Chromium on whatever platform.
EVERYWHERE: Final[Mapping[str, str]] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgbm.so.1": "libgbm1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libudev.so.1": "libudev1",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbfile.so.1": "libxkbfile1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

#: The same for one platform plugin more, by its name in QT_QPA_PLATFORM.
BY_PLATFORM: Final[Mapping[str, Mapping[str, str]]] = {
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
    },
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-glx.so.0": "libxcb-glx0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
}

# Debian 13 and Ubuntu 24.04 renamed these for 64-bit time.
_RENAMED: Final[Mapping[str, str]] = {
    "libasound2": "libasound2t64",
    "libglib2.0-0": "libglib2.0-0t64",
}


def platform(environment: Mapping[str, str]) -> str:
    """Return the name of the platform plugin that Qt will load, or "" where it will find none.

    Qt's own order: QT_QPA_PLATFORM ("name", "name:options" or "first;second"), a Wayland session,
    an X display.
    """
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen.split(";")[0].split(":")[0]
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else ""


def needed(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return what must load in this environment: soname to Debian package."""
    if not sys.platform.startswith("linux"):
        return {}
    return {**EVERYWHERE, **BY_PLATFORM.get(platform(environment), {})}


def missing(libraries: Mapping[str, str]) -> Mapping[str, str]:
    """Return those of the libraries that the loader cannot load."""
    return {soname: package for soname, package in libraries.items() if not _loads(soname)}


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def packages(libraries: Mapping[str, str], dpkg: Path = Path("/var/lib/dpkg/info")) -> list[str]:
    """Return the sorted packages that hold the libraries, by the names of this distribution."""
    names = set(libraries.values())
    if any(dpkg.glob("*t64*.list")):
        names = {_RENAMED.get(name, name) for name in names}
    return sorted(names)


def sentence(libraries: Mapping[str, str]) -> str | None:
    """Return one line that says what is missing and how to install it, or None for nothing."""
    if not libraries:
        return None
    if shutil.which("apt-get") is None:
        return (
            f"Qt needs system libraries that are missing: {' '.join(sorted(libraries))}. "
            "Install the packages of your distribution that hold them."
        )
    names = " ".join(packages(libraries))
    return (
        f"Qt needs system libraries that are missing: {names}. "
        f"Install them: sudo apt-get install {names}"
    )


def missing_packages() -> tuple[str, ...]:
    """Return the Debian packages that Qt needs here and lacks, sorted; none is the good answer."""
    return tuple(packages(missing(needed(os.environ))))


def explain_missing() -> str | None:
    """Return the sentence for this machine, or None where Qt can start."""
    return sentence(missing(needed(os.environ)))


def main(arguments: list[str]) -> int:
    """Print the missing packages, or with `--explain` the sentence to standard error.

    Returns:
        The exit code: 2 for a sentence, else 0.
    """
    if arguments != ["--explain"]:
        sys.stdout.write(" ".join(missing_packages()) + "\n")
        return 0
    line = explain_missing()
    if line is None:
        return 0
    sys.stderr.write(line + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
