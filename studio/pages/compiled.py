"""Templates that were compiled before: by another language, or by a program that ran earlier.

Compiling is a third of the time that a short command takes, and every language has an environment
of its own. What is kept holds for this Jinja, this Python and the template's own text, so it is
never out of date; where nothing can be kept, templates are compiled as if there were no cache.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, override

import platformdirs
from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in a folder, the user's cache folder if none is named."""

    def __init__(self, place: Path | None = None) -> None:
        folder = place or Path(platformdirs.user_cache_dir("connect-studio")) / "templates"
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(str(folder))

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept; what cannot be read is compiled again."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; a full or missing folder is no reason to fail."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
