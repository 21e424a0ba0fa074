"""`python -m studio` is `connect-studio`."""

from __future__ import annotations

from studio.cli import main

if __name__ == "__main__":
    main()
