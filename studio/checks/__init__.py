"""What is wrong with texts, client files and pages: one small class per check, one list of each."""

from __future__ import annotations
