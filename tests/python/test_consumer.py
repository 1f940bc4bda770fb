# SPDX-License-Identifier: BSD-3-Clause
"""A C++ program finds, builds with and runs on the library inside of the installed package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import shequ

CONSUMER = Path(__file__).resolve().parent.parent / "consumer"
SCRIPTS = Path(sysconfig.get_path("scripts"))


def run_config(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shequ", "config", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def configured(flag: str) -> str:
    done = run_config(flag)
    if done.returncode == 1 and "without its C++ side" in done.stdout:
        pytest.skip("this copy of the package holds no headers and library: install it with pip")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_config_prints_the_version_of_the_package() -> None:
    assert run_config("--version").stdout.strip() == shequ.__version__


def test_config_asks_for_exactly_one_question() -> None:
    assert run_config().returncode == 2
    assert run_config("--cmake", "--include").returncode == 2


def test_the_headers_of_the_package_are_of_its_version() -> None:
    header = Path(configured("--include")) / "shequ" / "version.hpp"
    found = re.search(r'#define SHEQU_VERSION "(.*)"', header.read_text(encoding="utf-8"))
    assert found is not None
    assert found.group(1) == shequ.__version__


def test_a_cpp_program_uses_the_library_of_the_package(tmp_path: Path) -> None:
    flag = configured("--cmake")
    cmake = shutil.which("cmake", path=f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}")
    if cmake is None:
        pytest.skip("cmake is not installed")
    environment = os.environ | {"CMAKE_PREFIX_PATH": sysconfig.get_path("purelib")}
    done = subprocess.run(
        [cmake, f"-DWORK={tmp_path / 'consumer'}", flag, "-P", str(CONSUMER / "run.cmake")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "100% tests passed" in done.stdout
