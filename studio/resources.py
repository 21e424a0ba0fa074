"""Find the files that come with the program, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `assets`, `flow_templates` or `locales`.

    A wheel carries them inside the package (`pyproject.toml`, force-include); a checkout has
    them beside it.

    Raises:
        FileNotFoundError: The program was installed without its files.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(
        f"The folder {name!r} is missing from this installation; install connect-studio again."
    )
