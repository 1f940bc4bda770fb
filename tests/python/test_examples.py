# SPDX-License-Identifier: BSD-3-Clause
"""Examples print what they are said to print, and the README shows them as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_EXAMPLES = sorted((ROOT / "examples" / "python").glob("*.py"))


def code_of(path: Path) -> str:
    """Return a file without its licence line."""
    return path.read_text(encoding="utf-8").split("\n", 1)[1].strip()


@pytest.mark.parametrize("example", PYTHON_EXAMPLES, ids=lambda path: path.stem)
def test_a_python_example_prints_its_text(example: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(example)], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == example.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
@pytest.mark.parametrize("example", ["cpp/quickstart.cpp", "python/quickstart.py"])
def test_the_readme_shows_the_example_and_its_output(readme: str, example: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    path = ROOT / "examples" / example
    assert code_of(path) in text
    assert path.with_suffix(".txt").read_text(encoding="utf-8").strip() in text
