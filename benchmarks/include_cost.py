# SPDX-License-Identifier: BSD-3-Clause
"""What including shequ costs a compiler, as ratios to files measured in the same run.

    python benchmarks/include_cost.py [--rounds 9] [--json result.json]

Prints the median compile time of the staffing header against <vector>, <string>, <span> and <optional>, and of the
umbrella header against <Eigen/Core>, and fails where a limit is broken or where a public header other than
graph/boost_graph.hpp pulls in Boost. Runs are interleaved, so that a slow minute slows all of them. Needs a C++20
compiler (CXX, else c++), Eigen and Boost headers (PyPI cmeel-eigen and boost-headers, or Debian's packages).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
COMPILER = os.environ.get("CXX", "c++")
SOURCES = {
    "staffing.hpp": "#include <shequ/rules/staffing.hpp>\n",
    "<vector>, <string>, <span>, <optional>": "#include <vector>\n#include <string>\n#include <span>\n#include <optional>\n",
    "shequ.hpp": "#include <shequ/shequ.hpp>\n",
    "<Eigen/Core>": "#include <Eigen/Core>\n",
}
LIMITS = (
    ("staffing.hpp", "<vector>, <string>, <span>, <optional>", 1.5),
    ("shequ.hpp", "<Eigen/Core>", 3.0),
)


def write_version_header(folder: Path) -> None:
    """Make shequ/version.hpp, which CMake makes in a build, from its template."""
    text = (REPOSITORY / "include" / "shequ" / "version.hpp.in").read_text(encoding="utf-8")
    (folder / "shequ").mkdir()
    (folder / "shequ" / "version.hpp").write_text(re.sub(r"@\w+@", "0", text), encoding="utf-8")


def include_flags(generated: Path) -> list[str]:
    """Return -I for our headers and -isystem for those of Eigen and Boost, wherever they came from."""
    others = [
        SITE_PACKAGES / "cmeel.prefix" / "include" / "eigen3",
        SITE_PACKAGES / "boost_headers" / "include",
        Path("/usr/include/eigen3"),
    ]
    return [
        f"-I{REPOSITORY / 'include'}",
        f"-I{generated}",
        *(flag for folder in others if folder.is_dir() for flag in ("-isystem", str(folder))),
    ]


def compile_seconds(source: Path, flags: list[str]) -> float:
    """Return the wall time of compiling one file at -O2, in seconds."""
    start = time.perf_counter()
    subprocess.run([COMPILER, "-std=c++20", "-O2", *flags, "-c", str(source), "-o", os.devnull], check=True)
    return time.perf_counter() - start


def headers_with_boost(folder: Path, flags: list[str]) -> list[str]:
    """Return the public headers, other than the adaptor to Boost.Graph, that include a header of Boost."""
    guilty = []
    for header in sorted((REPOSITORY / "include").rglob("*.hpp")):
        name = header.relative_to(REPOSITORY / "include").as_posix()
        if name == "shequ/graph/boost_graph.hpp":
            continue
        source = folder / "one.cpp"
        source.write_text(f"#include <{name}>\n", encoding="utf-8")
        command = [COMPILER, "-std=c++20", *flags, "-M", str(source)]
        dependencies = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        if "/boost/" in dependencies:
            guilty.append(name)
    return guilty


def main() -> int:
    """Measure, print and compare with the limits; return 1 where one is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="compilations of each file (default 9)")
    parser.add_argument("--json", type=Path, help="also write the medians, in seconds, to this file")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_version_header(folder)
        flags = include_flags(folder)
        paths = {}
        for number, (label, text) in enumerate(SOURCES.items()):
            paths[label] = folder / f"source{number}.cpp"
            paths[label].write_text(text, encoding="utf-8")
            compile_seconds(paths[label], flags)  # fills the file cache
        times: dict[str, list[float]] = {label: [] for label in SOURCES}
        for _ in range(options.rounds):
            for label, path in paths.items():
                times[label].append(compile_seconds(path, flags))
        guilty = headers_with_boost(folder, flags)

    medians = {label: statistics.median(values) for label, values in times.items()}
    if options.json:
        options.json.write_text(json.dumps(medians, indent=2) + "\n", encoding="utf-8")
    for label, seconds in medians.items():
        print(f"{1000 * seconds:7.0f} ms  {label}")
    broken = bool(guilty)
    for ours, theirs, limit in LIMITS:
        ratio = medians[ours] / medians[theirs]
        broken = broken or ratio > limit
        print(f"{ratio:7.2f} x   {ours} / {theirs}: limit {limit}, {'ok' if ratio <= limit else 'BROKEN'}")
    print(f"headers that pull in Boost, other than the adaptor: {', '.join(guilty) or 'none'}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
