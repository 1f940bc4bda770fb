# SPDX-License-Identifier: BSD-3-Clause
"""Print the table of figures for the districting engine: ours, the peer's, the ratio, what is to be reached.

Rows: a real instances with known best plans; b large states; c random problems with a planted plan; d chain of `recom`;
e grids of up to 10^6 nodes; f communities; g one flip; h staff; i bounds and exact solutions.
The real instances lie outside of the project, see SHEQU_TEST_DATA. Peers are optional: a row says what is missing. CPU
seconds are those of all threads.

Run: python -m benchmarks.districting [--only a,b] [--quick] [--seeds 10] [--seconds 30] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.districting._bounds import bounds
from benchmarks.districting._chain import chain
from benchmarks.districting._communities import communities
from benchmarks.districting._flip import flip
from benchmarks.districting._known import known
from benchmarks.districting._large import large
from benchmarks.districting._planted import planted
from benchmarks.districting._report import Options, Row, machine, show
from benchmarks.districting._staff import staff
from benchmarks.districting._states import states
from shequ import __version__

SECTIONS: dict[str, tuple[str, Callable[[Options], list[Row]]]] = {
    "a": ("a  real instances, own bounds, every seed", known),
    "b": ("b  states within 5%, the same CPU seconds for each", states),
    "c": ("c  random problems with a planted plan: 50-5,000 nodes, 2-50 parts, 0.5-20%", planted),
    "d": ("d  recom on PA k=17 within 5%", chain),
    "e": ("e  grid graphs, node weights 1 to 9, 400 nodes a part, within 5%", large),
    "f": ("f  communities into grids of 300 to 500 households", communities),
    "g": ("g  one flip with all objectives updated", flip),
    "h": ("h  fewest staff", staff),
    "i": ("i  proofs about the best known cuts", bounds),
}


def main() -> int:
    """Print the sections asked for; return 0, or 1 where a figure that was measured is not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(SECTIONS), help="letters of sections, such as a,b")
    parser.add_argument("--quick", action="store_true", help="fewer seeds, problems and seconds: a look, no figures")
    parser.add_argument("--seeds", type=int, help="plans for each instance of a (default: 10, with --quick 2)")
    parser.add_argument("--seconds", type=float, default=30.0, help="CPU seconds for each state and peer of b")
    side = parser.add_mutually_exclusive_group()
    side.add_argument("--ours-only", action="store_true", help="leave the peers out")
    side.add_argument("--peers-only", action="store_true", help="leave ours out")
    parser.add_argument("--json", type=Path, help="also write all rows to this file")
    given = parser.parse_args()
    letters = [letter.strip() for letter in given.only.split(",") if letter.strip()]
    unknown = [letter for letter in letters if letter not in SECTIONS]
    if unknown:
        parser.error(f"--only={given.only}: {unknown[0]} must be one of {', '.join(SECTIONS)}")
    seeds = given.seeds if given.seeds is not None else 2 if given.quick else 10
    options = Options(seeds, given.seconds, given.quick, not given.peers_only, not given.ours_only)
    print(f"shequ {__version__}, {machine()}{', QUICK: no figures to quote' if given.quick else ''}")
    found: dict[str, list[Row]] = {}
    for letter in letters:
        title, section = SECTIONS[letter]
        begin = time.perf_counter()
        found[letter] = section(options)
        show(f"{title}  ({time.perf_counter() - begin:.0f} s)", found[letter])
        if given.json is not None:
            rows = {name: [row.record() for row in part] for name, part in found.items()}
            record = {"shequ": __version__, "machine": machine(), "quick": given.quick, "sections": rows}
            given.json.write_text(json.dumps(record, indent=1, default=str), encoding="utf-8")
    missed = [row.what for rows in found.values() for row in rows if row.met is False]
    print(f"\nnot reached: {len(missed)}{': ' + '; '.join(missed[:12]) if missed else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
