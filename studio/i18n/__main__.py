"""The commands that keep `locales/` in step with templates and programs.

    python -m studio.i18n extract            sources -> locales/connect.pot
    python -m studio.i18n update             connect.pot -> every connect.po
    python -m studio.i18n compile            every connect.po -> connect.mo
    python -m studio.i18n extract update compile
    python -m studio.i18n check              exit code 1 when one of these is due

They work on a checkout. Exit codes: 0 fine, 1 findings, 2 wrong use or unreadable files.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from studio import resources
from studio.i18n.extraction import ExtractionError
from studio.i18n.maintenance import STEPS, findings, write
from studio.i18n.pofiles import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def main(arguments: Sequence[str], root: Path) -> int:
    """Run the commands in the order given on the checkout at `root`; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m studio.i18n",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="+", choices=[*STEPS, "check"])
    try:
        return max(_run(command, root) for command in parser.parse_args(arguments).command)
    except (CatalogueError, ExtractionError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _run(command: str, root: Path) -> int:
    if command == "check":
        lines = list(findings(root))
        code = 1 if lines else 0
    else:
        changed = write(STEPS[command](root))
        lines = [f"{file.relative_to(root).as_posix()}: written" for file in changed]
        code = 0
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], resources.folder("locales").parent))
