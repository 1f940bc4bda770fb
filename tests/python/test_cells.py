# SPDX-License-Identifier: BSD-3-Clause
"""Columns of texts in the memory of their file: a sequence as any other, and no answer differs from that of a list."""

from __future__ import annotations

import copy
import csv
import gc
import io
import pickle
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ._core import Cells, is_utf8
from shequ._errors import InvalidInputError
from shequ.io import Ledger, _cells, _coded, _tables, read_ledger

WORDS = [
    "", " ", "\u3000", "甲社区", " 甲社区", "甲社区\t", "社 区", "小计", "合计：", "计", "注：表外", "\ufffd", "12", "0012", "１２",
    "1 2", "12.50", "12.", ".5", "-1", "+7", "1e5", "1,200", "约1200", "1200户", "1.2345万", "9" * 15, "9" * 16, "**", "—",
    "不详", "0.1", "116.3683244", "320412001001", "320412001001.0", "3.20412E+11", "13812345678", "\u00a0x\u2003", "a\u0085",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)))


def test_cells_are_an_immutable_sequence_of_str() -> None:
    texts = ["甲", "", "b\0c", "\U00020000", "甲"]
    cells = Cells(texts)
    assert isinstance(cells, Sequence)
    assert list(cells) == texts
    assert [cells[i] for i in range(-5, 5)] == [texts[i] for i in range(-5, 5)]
    assert list(reversed(cells)) == texts[::-1]
    assert cells.index("甲", 1) == 4
    assert cells.count("甲") == 2
    assert "b\0c" in cells
    assert "x" not in cells
    for part in (slice(1, 3), slice(None, None, 2), slice(None, None, -1), slice(4, 1), slice(-2, None), slice(9, 12)):
        assert isinstance(cells[part], Cells)
        assert list(cells[part]) == texts[part]
    assert cells == Cells(texts)
    assert cells[1:] != cells
    assert cells != texts  # as a tuple is no list
    assert pickle.loads(pickle.dumps(cells)) == cells == copy.deepcopy(cells)
    with pytest.raises(IndexError):
        cells[5]
    with pytest.raises(TypeError):
        cells["a"]  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        cells[0] = "x"  # type: ignore[index]


def test_what_is_no_text_is_refused_by_its_index() -> None:
    for texts in (["a", 1], ["a", None], ["a", "\ud800"]):
        with pytest.raises(InvalidInputError, match=r"texts\[1\] must be text"):
            Cells(texts)  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="texts must be a list of str"):
        Cells("ab")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="delimiter='|' must be a comma, a semicolon or a tab"):
        Cells.split(b"a", "|")
    with pytest.raises(InvalidInputError, match=r"index=2 must be in \[0, 2\)"):
        Cells(["a", "b"]).taken(np.array([2]))


def test_a_column_keeps_the_bytes_that_it_reads() -> None:
    data = b"code,name\n" + b"".join(b"%d,name%d\n" % (i, i) for i in range(1000))
    references = sys.getrefcount(data)
    columns = Cells.split(data, ",")
    assert columns is not None
    name = columns[1][1:]
    assert sys.getrefcount(data) > references
    del columns
    gc.collect()
    assert name[999] == "name999"
    del name
    gc.collect()
    assert sys.getrefcount(data) == references


def test_white_space_is_what_python_takes_away() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    cells = Cells(every)
    assert cells.blank().tolist() == [i for i, letter in enumerate(every) if letter.isspace()]
    around = [f"{letter}甲{letter}" for letter in every]
    assert list(Cells(around).stripped()) == [text.strip() for text in around]


@given(texts=TEXTS)
def test_each_question_has_the_answer_of_python(texts: list[str]) -> None:
    cells = Cells(texts)
    assert list(cells.stripped()) == [text.strip() for text in texts]
    assert cells.no_digits().tolist() == [i for i, t in enumerate(texts) if t and not (t.isascii() and t.isdigit())]
    for question in (_cells.blank_rows, _cells.repeated, _cells.filled):
        assert question(cells) == question(texts)
    assert _cells.containing(cells, "\ufffd") == _cells.containing(texts, "\ufffd")
    for edge in (_cells.starting_with, _cells.ending_with):
        assert edge(cells, "计中:： \u3000合注") == edge(texts, "计中:： \u3000合注")
    different, which = cells.distinct()
    plain_different, plain_which = _cells.distinct(texts)
    assert different == plain_different
    assert which.tolist() == plain_which.tolist()


@given(texts=st.lists(st.from_regex(r"-?[0-9]{0,17}(\.[0-9]{0,17})?", fullmatch=True)))
def test_numbers_are_those_of_python(texts: list[str]) -> None:
    values, missing, others = Cells(texts).decimals()
    whole, not_whole, not_plain = Cells(texts).whole_numbers(10**9)
    for i, text in enumerate(texts):
        if not missing[i]:
            assert values[i] == float(text)
        assert missing[i] == (text == "" or i in others)
        assert not_whole[i] == (text == "" or i in not_plain)
        assert (i in not_plain) == (text != "" and not (text.isdigit() and len(text) < 16 and int(text) <= 10**9))
        if not not_whole[i]:
            assert whole[i] == int(text)
    plain = [i for i, t in enumerate(texts) if t[-1:].isdigit() and t[0].isdigit() and len(t.replace(".", "")) <= 15]
    assert set(plain) == set(range(len(texts))) - set(others) - {i for i, text in enumerate(texts) if not text}


@pytest.mark.parametrize(
    ("text", "is_split"),
    [
        ("a,b,c\n1,,3\n4,5,6\n", True),
        ("a,b\r\n1,2\r\n3,4", True),
        ("a;b\n甲;乙\n", True),
        ("a\n1\n", True),
        ('a,b\n"1,5",2\n', True),
        ('"a","b"\r\n"x\r\ny",""\r\n', True),
        ('a,b\n1"2,3"\n', True),
        ('a,b\n"1""5",2\n', False),  # a doubled quote
        ("a,b\n1\n2,3\n", False),  # a row that is shorter
        ("a,b\n\n1,2\n", False),  # an empty line
        ("a,b\r1,2\r", False),
        ("a,b\n1,2\n\n", False),
        ("", False),
    ],
)
def test_the_short_way_to_columns_gives_what_the_reader_of_csv_gives(text: str, is_split: bool) -> None:
    delimiter = ";" if ";" in text else ","
    split = Cells.split(text.encode(), delimiter)
    assert (split is not None) == is_split
    if split is not None:
        assert list(map(list, split)) == list(map(list, by_the_reader(text, delimiter)))


def by_the_reader(text: str, delimiter: str) -> list[Sequence[Any]]:
    return _tables._by_column(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@settings(max_examples=400)
@given(text=st.text(st.sampled_from('ab甲\U00020000\u3000 ,,,\n\n\r"\0'), max_size=24), bare=st.booleans())
def test_no_text_is_split_otherwise_than_by_the_reader(text: str, bare: bool) -> None:
    text = text.replace("\r", "\r\n") if bare else text
    split = Cells.split(text.encode(), ",")
    if split is not None:
        assert list(map(list, split)) == list(map(list, by_the_reader(text, ",")))


@given(data=st.one_of(st.binary(max_size=12), st.text(max_size=12).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_bytes_are_utf8_where_python_says_so(data: bytes) -> None:
    try:
        data.decode()
        decodes = True
    except UnicodeDecodeError:
        decodes = False
    assert is_utf8(data) == decodes


def read(path: Path, **options: Any) -> Ledger | str:
    """Return what is read, or why nothing can be."""
    try:
        return read_ledger(path, **options)
    except InvalidInputError as error:
        return str(error)


def read_by_lists(path: Path, **options: Any) -> Ledger | str:
    """Return what is read where no column is in the memory of the core."""

    class NoCells:
        @staticmethod
        def split(data: bytes, delimiter: str) -> None:
            return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_tables, "Cells", NoCells)
        patch.setattr(_tables, "as_cells", lambda column: column)
        patch.setattr(_coded, "as_cells", lambda column: column)
        return read(path, **options)


def check_same(one: Ledger | str, other: Ledger | str) -> None:
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    assert one.report == other.report
    assert one.problems == other.problems
    assert one.hierarchy == other.hierarchy
    assert one.hierarchy.rows.tolist() == other.hierarchy.rows.tolist()
    assert one.district.columns.keys() == other.district.columns.keys()
    for name, column in one.district.columns.items():
        twin = other.district.columns[name]
        assert column.dtype == twin.dtype
        assert np.ma.getmaskarray(column).tolist() == np.ma.getmaskarray(twin).tolist()
        assert np.ma.getdata(column).tolist() == np.ma.getdata(twin).tolist()
        assert isinstance(column, np.ma.MaskedArray) == isinstance(twin, np.ma.MaskedArray)


TREE = ["代码", "上级代码", "名称", "级别", "类型", "户数", "人口(万)", "办公用房面积(公顷)", "到位经费", "经度", "纬度", "统计时间"]  # fmt: skip
FLAT = ["街道", "社区", "代码", "户数", "人口", "在岗人数", "持证人数", "户外场地", "到位经费(万元)", "经度", "城乡", ""]  # fmt: skip


def sound_table(is_tree: bool) -> list[list[str]]:
    rows = []
    if is_tree:
        rows.append(["320412000000", "", "武进区", "3", "", "", "", "", "", "", "", ""])
    for t in (1, 2):
        town = f"320412{t:03d}000"
        if is_tree:
            rows.append([town, "320412000000", f"第{t}街道", "4", "", "", "", "", "", "", "", ""])
        for c in range(1, 7):
            code, name, size = f"{town[:9]}{c:03d}", f"社区{t}之{c}", 900 + 10 * c
            if is_tree:
                rest = [str(size), f"0.{size * 2}", "0.04", "1200.50", f"119.9{c}", f"31.7{c}", "2012-06-30"]
                rows.append([code, town, name, "5", "居委会", *rest])
            else:
                rows.append(
                    [f"第{t}街道", name, code, str(size), str(size * 2), "5", "2", "300.5", "3", "119.9", "城镇", ""]
                )
    return rows


@settings(deadline=None, max_examples=200)
@given(
    is_tree=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
    faults=st.lists(
        st.one_of(st.sampled_from(WORDS), st.sampled_from(["COPY", "BLANK", "村委会", "社区", "城镇"])), max_size=8
    ),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    options=st.fixed_dictionaries({}, optional={"approximate": st.just(True), "far_km": st.just(1.0)}),
)
def test_a_ledger_is_told_the_same_by_its_bytes_and_by_lists(
    tmp_path_factory: pytest.TempPathFactory,
    is_tree: bool,
    seed: int,
    faults: list[str],
    line_end: str,
    encoding: str,
    options: dict[str, Any],
) -> None:
    rng = random.Random(seed)
    rows = sound_table(is_tree)
    rng.shuffle(rows)
    for fault in faults:
        i = rng.randrange(len(rows))
        if fault == "COPY":
            rows.insert(rng.randrange(len(rows)), list(rows[i]))
        elif fault == "BLANK":
            rows.insert(i, [""] * len(rows[i]))
        else:
            rows[i][rng.randrange(len(rows[i]))] = fault
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=line_end).writerows([TREE if is_tree else FLAT, *rows])
    path = tmp_path_factory.mktemp("cells") / "武进区.csv"
    path.write_bytes(buffer.getvalue().encode(encoding, "ignore"))
    check_same(read(path, **options), read_by_lists(path, **options))
