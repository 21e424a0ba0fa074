"""What every test needs: a display that is none, and a Chromium that starts as root."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
flags = ["--disable-gpu"]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    flags.append("--no-sandbox")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", " ".join(flags))
