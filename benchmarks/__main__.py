"""`python -m benchmarks [NAME]... [--json]`: run all benchmarks, or those named."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from benchmarks import buttons, check, colour_edit, provider, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.measure import Metric


def _pictures() -> dict[str, Metric]:
    # Only now: it takes the extra `bench`, which the others do without.
    from benchmarks import pictures  # noqa: PLC0415

    return pictures.run()


BENCHMARKS: dict[str, Callable[[], dict[str, Metric]]] = {
    "buttons": buttons.run,
    "check": check.run,
    "colour-edit": colour_edit.run,
    "pictures": _pictures,
    "provider": provider.run,
    "sign-in": sign_in.run,
}


def main(arguments: list[str]) -> int:
    """Run what is asked for; 2 where there is no such benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="write JSON")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {min(unknown)}; there are: {', '.join(BENCHMARKS)}")
    results = {name: BENCHMARKS[name]() for name in options.names or BENCHMARKS}
    if options.json:
        rows = {name: _rows(metrics) for name, metrics in results.items()}
        print(json.dumps(rows, indent=2))
    else:
        _print(results)
    return 0


def _rows(metrics: dict[str, Metric]) -> dict[str, dict[str, float | str]]:
    return {key: metric.as_json() for key, metric in metrics.items()}


def _print(results: dict[str, dict[str, Metric]]) -> None:
    for name, metrics in results.items():
        for key, metric in metrics.items():
            print(
                f"{name} {key}: median {metric.median} {metric.unit}"
                f" ({metric.min} to {metric.max}), target {metric.target or 'none'}"
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
