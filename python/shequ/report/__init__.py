# SPDX-License-Identifier: BSD-3-Clause
"""The planner's Excel workbook (社区工作者配备与网格划分核定表), and notices of grids (网格公示)."""

from __future__ import annotations

from shequ.report._content import needs_attention, read_problems, rows_sentence, tree_problems
from shequ.report._notice import mask_phone, write_notices
from shequ.report._write import write_report

__all__ = [
    "mask_phone",
    "needs_attention",
    "read_problems",
    "rows_sentence",
    "tree_problems",
    "write_notices",
    "write_report",
]
