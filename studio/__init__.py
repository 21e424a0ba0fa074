"""CONNECT Studio: brand, preview and export the hosted CONNECT sign-in pages."""

from __future__ import annotations
