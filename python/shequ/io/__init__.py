# SPDX-License-Identifier: BSD-3-Clause
"""Read hierarchies and district ledgers from CSV, CSV.gz, Parquet and Excel, with every row accounted for."""

from __future__ import annotations

from shequ.io._ledger import Ledger, read_district, read_hierarchy, read_ledger
from shequ.io._match import Match, match_names
from shequ.io._options import ReadOptions
from shequ.io._repairs import Repair, Repairs, propose_repairs
from shequ.io._report import Issue, LedgerError, ReadReport
from shequ.io._roster import Roster, read_roster
from shequ.io._sources import compare_sources
from shequ.io._template import write_template
from shequ.io._write_grids import write_grids

__all__ = [
    "Issue",
    "Ledger",
    "LedgerError",
    "Match",
    "ReadOptions",
    "ReadReport",
    "Repair",
    "Repairs",
    "Roster",
    "compare_sources",
    "match_names",
    "propose_repairs",
    "read_district",
    "read_hierarchy",
    "read_ledger",
    "read_roster",
    "write_grids",
    "write_template",
]
