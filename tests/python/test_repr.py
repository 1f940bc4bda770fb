# SPDX-License-Identifier: BSD-3-Clause
"""The shared field lists behind `__str__` and `_repr_html_`."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from shequ._repr_html import fields_html, table_html
from shequ._repr_text import Field, fields_text, format_value, table_text, text_width

GOLDEN = Path(__file__).parent.parent / "golden"

TITLE = "Hierarchy <广陵区>"
FIELDS: list[Field] = [
    ("units", 713_035),
    ("levels", ["district", "town", "community"]),
    ("root", '<b onmouseover="x">广陵区 & co</b>'),
    ("households", None),
    ("mean", 1234.5678),
    ("covered", False, "bad"),
    ("note", "two\nlines"),
]
HEADERS = ["社区", "households", "share", "note"]
ROWS: list[list[object]] = [
    ["甲社区", 900, 0.25, "<script>"],
    ["B", None, 1.0, "=1+1"],
    ["丙村", 1250, np.ma.masked, "ok"],
    ["丁社区", 2600, 0.5, "cut"],
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("repr_fields.txt", fields_text(TITLE, FIELDS)),
        ("repr_fields.html", fields_html(TITLE, FIELDS)),
        ("repr_table.txt", table_text(HEADERS, ROWS, limit=3)),
        ("repr_table.html", table_html(HEADERS, ROWS, limit=3, title="社区 & co")),
    ],
)
def test_rendering_matches_the_golden_file(name: str, text: str) -> None:
    assert text + "\n" == (GOLDEN / name).read_text(encoding="utf-8")


def test_text_and_html_show_the_same_values() -> None:
    text, page = fields_text(TITLE, FIELDS), fields_html(TITLE, FIELDS)
    for label, value, *_ in FIELDS:
        assert label in text
        assert format_value(value) in text
    assert page.count("<tr>") == len(FIELDS)


def test_no_markup_of_the_user_survives() -> None:
    for page in (fields_html(TITLE, FIELDS), table_html(HEADERS, ROWS)):
        assert "<script" not in page
        assert 'onmouseover="' not in page
        assert set(re.findall(r"</?([a-z]+)", page)) <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_columns_stay_aligned_with_wide_characters() -> None:
    lines = table_text(HEADERS, ROWS).splitlines()
    column = text_width(lines[0][: lines[0].index("households")]) + len("households")
    for line, end in zip(lines[2:], ("900", "–", "1,250", "2,600"), strict=True):
        assert text_width(line[: line.index(end) + len(end)]) == column


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (0, "0"),
        (1e6, "1,000,000"),
        (float("nan"), "–"),
        (np.int64(1234), "1,234"),
        (np.arange(9), "0, 1, 2, 3, 4, 5, … (9)"),
    ],
)
def test_values_are_written_as_people_read_them(value: object, text: str) -> None:
    assert format_value(value) == text


def test_an_empty_table_still_has_its_headers() -> None:
    assert table_text(["a", "b"], []).splitlines()[0] == "a  b"
    assert "<th" in table_html(["a", "b"], [])
