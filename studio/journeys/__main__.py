"""`python -m studio.journeys`: bring what ARCHITECTURE.md says of the tables up to date."""

from __future__ import annotations

from pathlib import Path

from studio import storage
from studio.device.fresh import fresh_pages, fresh_state
from studio.journeys.diagram import BEGIN, END, section

ARCHITECTURE = Path("ARCHITECTURE.md")


def current(text: str) -> str:
    """Return the text of ARCHITECTURE.md with its generated part made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + section(fresh_pages(), fresh_state()) + after


if __name__ == "__main__":
    storage.write(ARCHITECTURE, current(ARCHITECTURE.read_text("utf-8")).encode())
