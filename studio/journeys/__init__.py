"""Ways through the screens: what a person does, as data, and who plays it."""

from __future__ import annotations
