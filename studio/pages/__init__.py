"""Pages: a screen, a client and a language become HTML. Templates are in `flow_templates/`."""

from __future__ import annotations
