# SPDX-License-Identifier: BSD-3-Clause
"""Maps and charts for people: drawn with matplotlib, which is imported on use; `html_map` needs none."""

from __future__ import annotations

from shequ.plot._balance import balance
from shequ.plot._bars import posts_against_need
from shequ.plot._figures import grids_map
from shequ.plot._html_map import HtmlMap, html_map
from shequ.plot._plan import plan
from shequ.plot._steps import rule_steps
from shequ.plot._town import town_map
from shequ.plot._treemap import treemap

__all__ = [
    "HtmlMap",
    "balance",
    "grids_map",
    "html_map",
    "plan",
    "posts_against_need",
    "rule_steps",
    "town_map",
    "treemap",
]
