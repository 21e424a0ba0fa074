"""What a measurement is, and how several become one row."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One measured quantity over several runs; `target` is text like `<= 2`."""

    median: float
    min: float
    max: float
    unit: str
    target: str

    def as_json(self) -> dict[str, float | str]:
        """Return the metric as JSON sees it."""
        return asdict(self)


def metric(values: Sequence[float], *, unit: str, target: str = "") -> Metric:
    """Sum up several runs."""
    return Metric(
        median=round(statistics.median(values), 3),
        min=round(min(values), 3),
        max=round(max(values), 3),
        unit=unit,
        target=target,
    )
