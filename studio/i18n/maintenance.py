"""What do `extract`, `update`, `compile` and `check` do to a checkout.

Each step makes its files' whole bytes from the step before: sources give `locales/connect.pot`,
that gives every `connect.po`, and those give every `connect.mo`. So `check` makes them again and
compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from studio.i18n import pofiles
from studio.i18n.extraction import extracted
from studio.i18n.locales import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

type Files = Mapping[Path, bytes]
"""Whole files by their paths."""


def extract(root: Path) -> Files:
    """Return the template, made from the sources.

    Raises:
        ExtractionError: A source has a mistake in its syntax.
    """
    template = extracted(root)
    return {pofiles.template_path(root / "locales"): pofiles.po_bytes(template)}


def update(root: Path) -> Files:
    """Return every language's `.po` file, made from the template and what it says now.

    Raises:
        CatalogueError: The template or a catalogue cannot be read.
    """
    folder = root / "locales"
    template = pofiles.read(pofiles.template_path(folder))
    return {
        file: pofiles.po_bytes(pofiles.merged(template, pofiles.read(file), locale))
        for locale in LOCALES
        for file in [pofiles.path(folder, locale)]
    }


def compile_all(root: Path) -> Files:
    """Return every language's `.mo` file, made from its `.po` file.

    One file at a time: `pybabel compile -d` stops at a folder whose name has a hyphen.

    Raises:
        CatalogueError: A catalogue cannot be read.
    """
    folder = root / "locales"
    return {
        file.with_suffix(".mo"): pofiles.mo_bytes(pofiles.read(file), locale)
        for locale in LOCALES
        for file in [pofiles.path(folder, locale)]
    }


STEPS: Final[Mapping[str, Callable[[Path], Files]]] = {
    "extract": extract,
    "update": update,
    "compile": compile_all,
}
"""The steps in the order in which they follow from each other."""


def write(files: Files) -> list[Path]:
    """Write the files that differ from what is on the disk, and return those."""
    changed = [file for file, content in files.items() if not _is_current(file, content)]
    for file in changed:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files[file])
    return changed


def findings(root: Path) -> Iterator[str]:
    """Yield one line for each file that is not current, and for each broken translation.

    Raises:
        ExtractionError: A source has a mistake in its syntax.
        CatalogueError: The template or a catalogue cannot be read.
    """
    for name, step in STEPS.items():
        for file, content in step(root).items():
            if not _is_current(file, content):
                where = file.relative_to(root).as_posix()
                yield f"{where}: is not current; run python -m studio.i18n {name}"
    yield from _faults(root)


def _faults(root: Path) -> Iterator[str]:
    for locale in LOCALES:
        file = pofiles.path(root / "locales", locale)
        for fault in pofiles.faults(pofiles.read(file), locale):
            yield f"{file.relative_to(root).as_posix()}: {fault}"


def _is_current(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content
