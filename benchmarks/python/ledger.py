# SPDX-License-Identifier: BSD-3-Clause
"""Reading and checking the table of 713,035 units against polars and pandas, which only read it.

Uses the table of 2016 where the data folder is there (SHEQU_TEST_DATA, else ../shared/data), else is left out.

Run: python -m benchmarks.python.ledger
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.python._timing import arguments, in_turn, report
from shequ.io import read_ledger

DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[2] / "../shared/data"))
ROWS = 713_035
REACH = 3.0


def main() -> None:
    """Print the table; fail where a row is lost."""
    options = arguments(__doc__, repeats=3)
    packed = DATA / "china" / "divisions_2016.csv.gz"
    if not packed.exists():
        print(f"{packed} is absent: nothing is measured; set SHEQU_TEST_DATA")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "divisions.csv"
        path.write_bytes(gzip.decompress(packed.read_bytes()))

        def checked() -> None:
            ledger = read_ledger(path)
            assert ledger.report.rows == ledger.report.used + ledger.report.rejected == ROWS

        calls: dict[str, Callable[[], object]] = {"shequ read_ledger (read, check, tree)": checked}
        try:
            import polars as pl

            texts = "polars read_csv, all texts, as shequ reads"

            def bare() -> None:
                assert len(pl.read_csv(path, infer_schema=False)) == ROWS

            calls["polars read_csv, types inferred"] = lambda: pl.read_csv(path, infer_schema_length=None)
            calls[texts] = bare
        except ImportError:
            texts = "pandas read_csv, all texts"
            print("polars is not installed: pandas is what is compared with")
        try:
            import pandas as pd

            calls["pandas read_csv, all texts"] = lambda: pd.read_csv(path, dtype=str)
        except ImportError:
            print("pandas is not installed: left out")
        seconds = in_turn(calls, options.repeats)
        ratios = report(f"Reading and checking {ROWS:,} rows", seconds, texts, options.json)
        ratio = ratios["shequ read_ledger (read, check, tree)"]
        print(
            f"\nreading and checking takes {ratio:.1f} x what {texts.split(',')[0]} takes to read (to reach: {REACH:g})"
        )


if __name__ == "__main__":
    main()
