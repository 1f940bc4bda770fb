# SPDX-License-Identifier: BSD-3-Clause
"""Fail when a header is missing from the header test, or from the umbrella header without being opt-in.

Usage: python check_header_list.py REPOSITORY. Needs the standard library only.
"""

import re
import sys
from pathlib import Path

# Headers that a program asks for by name: they cost another library's headers, or <ostream>.
OPT_IN = {"shequ/districting/term.hpp", "shequ/graph/boost_graph.hpp", "shequ/hierarchy/eigen.hpp", "shequ/ostream.hpp"}
# Included by the headers that need them.
INDIRECT = {"shequ/rules/rule_id.hpp"}


def main(repository: Path) -> int:
    """Compare the folder, the list of the test and the umbrella; return the number of headers that are wrong."""
    include = repository / "include"
    present = {path.relative_to(include).as_posix() for path in include.rglob("*.hpp")} | {"shequ/version.hpp"}
    test = (repository / "tests" / "headers" / "CMakeLists.txt").read_text(encoding="utf-8")
    tested = set(re.findall(r"^\s+(shequ/\S+\.hpp)", test, flags=re.MULTILINE))
    umbrella_text = (include / "shequ" / "shequ.hpp").read_text(encoding="utf-8")
    umbrella = set(re.findall(r'^#include "(shequ/[^"]+)"', umbrella_text, flags=re.MULTILINE))
    public = {header for header in present if "/detail/" not in header}
    expected = public - OPT_IN - INDIRECT - {"shequ/shequ.hpp"}
    faults = {
        "not in the list of tests/headers/CMakeLists.txt": present - tested,
        "listed in tests/headers/CMakeLists.txt, but there is no such header": tested - present,
        "neither included by shequ.hpp nor opt-in": expected - umbrella,
        "included by shequ.hpp, but opt-in, private or absent": umbrella - expected - INDIRECT,
        "opt-in, but not named in the comment of shequ.hpp": {
            header for header in OPT_IN & present if header not in umbrella_text
        },
    }
    for fault, headers in faults.items():
        for header in sorted(headers):
            print(f"{header}: {fault}")
    return sum(len(headers) for headers in faults.values())


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
