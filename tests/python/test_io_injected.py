# SPDX-License-Identifier: BSD-3-Clause
"""Faults put into sound tables by a generator: each is found at its row with its code, and none is invented."""

from __future__ import annotations

import csv
import gzip
import io
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ.io import read_hierarchy, read_ledger

HEADER = ["街道", "代码", "社区", "户数", "人口", "在岗人数", "持证人数"]
TOWN, CODE, NAME, HOUSEHOLDS, PERSONS, WORKERS, CERTIFIED = range(7)
DATA = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
Row = list[str]
#: What a fault does to a row, and the codes that it brings; a second row is one to copy from.
Fault = tuple[Callable[[Row], None], str]


def put(column: int, value: str | Callable[[str], str]) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        row[column] = value if isinstance(value, str) else value(row[column])

    return change


FAULTS: dict[str, Fault] = {
    "scientific": (put(CODE, "3.20412E+11"), "E09"),
    "short code": (put(CODE, lambda code: code[:11]), "E11"),
    "letter": (put(CODE, lambda code: code[:9] + "O" + code[10:]), "E11"),
    "wide code": (put(CODE, lambda code: code.translate({48 + i: 0xFF10 + i for i in range(10)})), "E11"),
    "no town": (put(TOWN, ""), "E18"),
    "no name": (put(NAME, ""), "E05"),
    "approximate": (put(HOUSEHOLDS, lambda text: "约" + text), "E13"),
    "words": (put(HOUSEHOLDS, "不详细"), "E13"),
    "negative": (put(WORKERS, "-1"), "E15"),
    "half": (put(HOUSEHOLDS, "0.5"), "E15"),
    "crowded": (put(PERSONS, lambda text: str(int(text) * 20)), "E15"),
    "certified": (put(CERTIFIED, "99"), "E15"),
    "lost letter": (put(NAME, lambda name: "\ufffd" + name), "E20"),
    "marks": (put(HOUSEHOLDS, "**"), ""),
    "thousands": (put(PERSONS, lambda text: f"{int(text):,}"), ""),
    "unit": (put(HOUSEHOLDS, lambda text: text + "户"), ""),
}


def sound_rows(towns: int, each: int) -> list[Row]:
    rows = []
    for t in range(1, towns + 1):
        for c in range(1, each + 1):
            households = 800 + 37 * ((7 * t + c) % 23)
            row = [f"第{t}街道", f"320412{t:03d}{c:03d}", f"社区{t}之{c}", str(households), str(households * 26 // 10)]
            rows.append([*row, "5", "2"])
    return rows


def text_of(rows: list[Row]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([HEADER, *rows])
    return buffer.getvalue()


def found(path: Path) -> list[tuple[int, str]]:
    report = read_ledger(path).report
    assert report.rows == report.used + report.rejected
    rejected = [row for row in range(2, report.rows + 2) if row not in report.source_rows]
    told = {issue.row for issue in report.issues}
    assert set(rejected) <= told  # no row is left out without a word
    return sorted((issue.row or 0, issue.code) for issue in report.issues)


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    names=st.lists(st.sampled_from(sorted(FAULTS)), min_size=0, max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_each_injected_fault_is_found_and_none_is_invented(
    tmp_path_factory: pytest.TempPathFactory, seed: int, names: list[str], encoding: str
) -> None:
    rng = random.Random(seed)
    rows = sound_rows(3, 8)
    rng.shuffle(rows)
    if encoding == "gb18030":
        names = [name for name in names if name != "lost letter"]
    expected = []
    for i, name in zip(rng.sample(range(len(rows)), len(names)), names, strict=True):
        change, code = FAULTS[name]
        change(rows[i])
        if code:
            expected.append((i + 2, code))
    path = tmp_path_factory.mktemp("injected") / "武进区.csv"
    path.write_bytes(text_of(rows).encode(encoding))
    assert found(path) == sorted(expected)


@pytest.fixture(scope="module")
def wujin() -> list[Row]:
    path = DATA / "china" / "divisions_2016.csv.gz"
    if not path.is_file():
        pytest.skip(f"{path.name} is absent: set SHEQU_TEST_DATA to the folder of the test data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [row[:4] for row in csv.reader(file) if row[0].startswith("320412")]


@pytest.mark.slow
def test_a_real_district_is_the_same_in_every_form(wujin: list[Row], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    header = ["代码", "上级代码", "名称", "层级"]
    root = wujin[0][0]
    rows = [["" if code == root and k == 1 else cell for k, cell in enumerate([code, *rest])] for code, *rest in wujin]
    forms = []
    for encoding in ("utf-8", "gb18030", "utf-16"):
        random.Random(encoding).shuffle(rows)
        buffer = io.StringIO()
        csv.writer(buffer).writerows([header, *rows])
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(buffer.getvalue().encode(encoding))
        forms.append(path)
    book = openpyxl.Workbook()
    book.active.append(header)
    for code, parent, name, level in rows:
        book.active.append([float(code), float(parent) if parent else None, name, int(level)])
    book.save(tmp_path / "numbers.xlsx")
    forms.append(tmp_path / "numbers.xlsx")
    trees = [read_hierarchy(path) for path in forms]
    assert [len(tree.at_level("community")) for tree in trees] == [290] * 4
    codes = trees[0].codes
    assert all(list(tree.codes) == list(codes) and tree.names.tolist() == trees[0].names.tolist() for tree in trees)
    assert all(read_ledger(path).report.issues == () for path in forms)
