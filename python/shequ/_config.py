# SPDX-License-Identifier: BSD-3-Clause
"""Where the C++ side of an installed package lies: headers, library and CMake package. Standard library only."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

__all__ = ["cmake_dir", "include_dir", "main"]

_ROOT = Path(__file__).resolve().parent


def include_dir() -> Path:
    """Return the folder that holds ``shequ/shequ.hpp``."""
    return _ROOT / "include"


def cmake_dir() -> Path:
    """Return the folder that holds ``shequConfig.cmake``."""
    return _ROOT / "lib" / "cmake" / "shequ"


def main(arguments: list[str]) -> int:
    """Print what a C++ build needs to know, one answer a line.

    Parameters
    ----------
    arguments : list of str
        What follows ``python -m shequ config``.

    Returns
    -------
    int
        Exit code: 0, or 1 where this copy of the package was installed without its C++ side.

    Raises
    ------
    SystemExit
        Where an argument is unknown or none is given.
    """
    parser = argparse.ArgumentParser(
        prog="python -m shequ config", description="Print what a C++ program needs to use this installation."
    )
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--cmake", action="store_true", help="the flag that makes find_package(shequ) find it")
    choice.add_argument("--include", action="store_true", help="the folder of the headers")
    choice.add_argument("--version", action="store_true", help="the version")
    chosen = parser.parse_args(arguments)
    if chosen.version:
        print(version("shequ"))
        return 0
    folder = cmake_dir() if chosen.cmake else include_dir()
    if not folder.is_dir():
        print(f"{folder} does not exist: this copy of shequ was installed without its C++ side; run `pip install .`")
        return 1
    print(f"-Dshequ_DIR={folder.as_posix()}" if chosen.cmake else folder)
    return 0
