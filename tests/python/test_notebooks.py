# SPDX-License-Identifier: BSD-3-Clause
"""Notebooks run from top to bottom, and are kept without outputs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))
DATA = Path(os.environ.get("SHEQU_TEST_DATA", ROOT.parent / "shared" / "data")).resolve()
NEEDS_DATA = {"posts_over_china": "china/divisions_2016.csv.gz"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 5
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert "SPDX-License-Identifier" in "".join(cells[0]["source"])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    needed = NEEDS_DATA.get(path.stem)
    if needed is not None and not (DATA / needed).is_file():
        pytest.skip(f"{needed} is absent: set SHEQU_TEST_DATA to the folder of the test data")
    monkeypatch.setenv("SHEQU_TEST_DATA", str(DATA))
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    ran = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in ran)
    assert sum(bool(cell.outputs) for cell in ran) > 5
