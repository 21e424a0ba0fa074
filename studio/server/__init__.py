"""CONNECT on loopback: the site behind a real HTTP server, for browsers, phones and clients."""

from __future__ import annotations
