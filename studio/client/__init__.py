"""The client file: what the owner of a service decides about its sign-in pages."""

from __future__ import annotations
