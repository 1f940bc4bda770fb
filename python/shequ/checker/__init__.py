# SPDX-License-Identifier: BSD-3-Clause
"""Checks certificates from nothing but their files: plain Python and networkx, none of the compiled core.

This folder needs no other part of shequ: ``python -m shequ.certify FILE...``, or ``python path/to/checker FILE...`` with
a copy of the folder alone.
"""

from __future__ import annotations

from ._claims import Report, check
from ._document import Document, Unreadable, load, read

__all__ = ["Document", "Report", "Unreadable", "check", "load", "read"]
