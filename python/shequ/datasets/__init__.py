# SPDX-License-Identifier: BSD-3-Clause
"""Data that needs no file: a made-up district that is the same on every machine."""

from __future__ import annotations

from shequ.datasets._sample import CRS, sample_district

__all__ = ["CRS", "sample_district"]
