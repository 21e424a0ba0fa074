"""CONNECT itself: values, events, outcomes and the rules that lead from one to the next.

Nothing here knows Qt, HTTP, templates, files, the wall clock or global randomness. A `World` is
passed in and a new one comes out.
"""

from __future__ import annotations
