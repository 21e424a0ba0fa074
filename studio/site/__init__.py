"""CONNECT's site: a WSGI application (PEP 3333) of routes, forms, cookies and headers.

The window, the command line and a loopback server all call the same one.
"""

from __future__ import annotations
