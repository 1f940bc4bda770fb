# SPDX-License-Identifier: BSD-3-Clause
"""Checks certificates: ``python -m shequ.certify FILE...``, or ``python path/to/checker FILE...`` with this folder alone."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import Any

__all__ = ["main"]

_WORDS = {
    "right": ("right", "正确"),
    "wrong": ("WRONG", "有误"),
    "unreadable": ("UNREADABLE", "无法读取"),
    "unchecked": ("not checked", "未核查"),
}
_NO_NETWORKX = ("the check needs networkx: pip install networkx", "核查需要 networkx：pip install networkx")


def _checker() -> Any:
    """Return this folder as a package, also where it was started as a folder and has no parent."""
    if __package__:
        return importlib.import_module(__package__)
    place = Path(__file__).resolve().with_name("__init__.py")
    spec = importlib.util.spec_from_file_location("checker", place, submodule_search_locations=[str(place.parent)])
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["checker"] = package
    spec.loader.exec_module(package)
    return package


def main(arguments: list[str] | None = None) -> int:
    """Check files and print what was found.

    Parameters
    ----------
    arguments : list of str, optional
        None: those of the program.

    Returns
    -------
    int
        0 where every file is a certificate, its plan keeps every rule and all that it claims is right; 1 where one is
        wrong; 2 where one cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m shequ.certify",
        description="Check certificates of plans from nothing but their files, by networkx. Exit code: 0 each plan keeps "
        "every rule and each claim is right; 1 one is wrong; 2 one cannot be read.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="certificates as JSON")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of what is found")
    given = parser.parse_args(arguments)
    zh = given.lang == "zh"
    colon = "：" if zh else ": "
    try:
        checker = _checker()
    except ModuleNotFoundError as error:
        if error.name != "networkx":
            raise
        print(_NO_NETWORKX[zh], file=sys.stderr)
        return 2
    worst = 0
    for file in given.files:
        try:
            report = checker.check(checker.load(file))
        except checker.Unreadable as error:
            print(f"{file}{colon}{_WORDS['unreadable'][zh]}{colon}{error.chinese if zh else error}")
            worst = 2
            continue
        print(f"{file}{colon}{_WORDS['right' if report.ok else 'wrong'][zh]}{colon}{report.summary[zh]}")
        for line in report.lines(given.lang):
            print(f"  - {line}")
        for words in report.unchecked:
            print(f"  ({_WORDS['unchecked'][zh]}{colon}{words[zh]})")
        worst = max(worst, int(not report.ok))
    return worst


if __name__ == "__main__":
    sys.exit(main())
