# SPDX-License-Identifier: BSD-3-Clause
"""Ledgers as people keep them: headers, encodings, dirty cells, subtotals; every row accounted for."""

from __future__ import annotations

import builtins
import gzip
import os
import pickle
import re
import time
from pathlib import Path

import numpy as np
import pytest

from shequ import HierarchyError, InvalidInputError, MissingDependencyError
from shequ.io import LedgerError, read_district, read_hierarchy, read_ledger

CODED = """代码,上级代码,名称,层级,户数
320412000000,,武进区,区县,
320412001000,320412000000,南夏墅街道,街道,
320412001001,320412001000,甲社区,社区,"1,250"
320412001002,320412001000,乙社区,社区,１００１
320412100000,320412000000,湖塘镇,镇,
320412100201,320412100000,丁村委会,村,—
"""

FLAT = """街道（乡镇）,社区（村）,户数（户）,社区工作者数,办公用房面积（亩）
南夏墅街道,甲社区,900,4,0.6
南夏墅街道,乙社区,1001,4,
湖塘镇,丁村,2600户,XX,无
"""


@pytest.fixture
def write(tmp_path: Path):
    def write_text(text: str | bytes, name: str = "武进区.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write_text


def issues(path: Path, **options) -> list[tuple[str, str, int | None]]:
    report = read_ledger(path, **options).report
    assert report.rows == report.used + report.rejected == len(report.source_rows) + report.rejected
    return [(issue.code, issue.severity, issue.row) for issue in report.issues]


def test_a_kind_column_that_holds_settings_is_read_as_setting(write) -> None:
    path = write("街道,社区,类型,户数\nA街道,甲社区,城镇,900\nA街道,丙村,农村,550\nA街道,丁社区,—,700\n")
    columns = read_district(path).columns
    assert "kind" not in columns
    assert columns["setting"].tolist() == [None, None, None, 1, 0]  # district, town, 丁, 丙, 甲
    assert ("E12", "note", None) in issues(path)


def test_a_table_of_codes_and_parents_is_read(write) -> None:
    district = read_district(write(CODED))
    h = district.hierarchy
    assert h.names.tolist() == ["武进区", "南夏墅街道", "甲社区", "乙社区", "湖塘镇", "丁村委会"]
    households = district.columns["households"]
    assert households.dtype == np.int64
    assert households.tolist() == [None, None, 1250, 1001, None, None]
    assert read_hierarchy(write(CODED)) == h


def test_a_flat_ledger_of_towns_and_communities_is_read(write) -> None:
    ledger = read_ledger(write(FLAT))
    h = ledger.hierarchy
    assert [(h.name(i), h.level(i).name) for i in range(len(h))] == [
        ("武进区", "DISTRICT"),
        ("南夏墅街道", "TOWN"),
        ("乙社区", "COMMUNITY"),
        ("甲社区", "COMMUNITY"),
        ("湖塘镇", "TOWN"),
        ("丁村", "COMMUNITY"),
    ]
    columns = ledger.district.columns
    unit = h.index("武进区/湖塘镇/丁村")
    assert columns["households"][unit] == 2600
    assert columns["workers"][unit] is np.ma.masked
    assert columns["office_m2"][h.index("武进区/南夏墅街道/甲社区")] == pytest.approx(400)
    assert ledger.report.rows == ledger.report.used == 3
    assert ledger.report.headers["town"] == "街道（乡镇）"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_encodings_are_found_and_stated(write, encoding, found) -> None:
    ledger = read_ledger(write(CODED, encoding=encoding))
    assert ledger.report.encoding == found
    assert ledger.hierarchy.name(0) == "武进区"


def test_a_wrong_encoding_is_refused(write) -> None:
    path = write(CODED, encoding="gb18030")
    with pytest.raises(InvalidInputError, match="no text of the encoding utf-8"):
        read_hierarchy(path, encoding="utf-8")
    with pytest.raises(InvalidInputError, match="encoding=..."):
        read_hierarchy(write(b"\xff\x00\x81"))
    broken = write(CODED.replace("甲社区", "甲\ufffd社区"))
    assert ("E20", "error", 4) in issues(broken)


def test_packed_tab_separated_and_parquet_files_are_read(write, tmp_path) -> None:
    h = read_hierarchy(write(CODED))
    assert read_hierarchy(write(gzip.compress(CODED.encode()), "a.csv.gz")) == h
    assert read_hierarchy(write(FLAT.replace(",", "\t"), "武进区.tsv")) == read_hierarchy(write(FLAT))
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table({"code": [1, 2], "parent": [None, 1], "level": ["区", "镇"], "户数": [None, 5]})
    pq.write_table(table, tmp_path / "a.parquet")
    district = read_district(tmp_path / "a.parquet")
    assert district.columns["households"].tolist() == [None, 5]


def test_a_workbook_with_titles_two_header_rows_merged_cells_and_totals_is_read(tmp_path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "封面"
    page = book.create_sheet("台账")
    for row in (
        ["武进区社区台账", None, None, None],
        ["街道", "社区", "户数", None],
        [None, None, "常住户数", "在岗人数"],
        ["南夏墅街道", "甲社区", 900, 4],
        [None, "乙社区", 1001.0, "4人"],
        ["南夏墅街道小计", None, 1901, 8],
        ["湖塘镇", "丁村", "约2600", None],
        [None, None, None, None],
        ["合计", None, 2000, 8],
        ["注：户数为常住户", None, None, None],
    ):
        page.append(row)
    page.merge_cells("A4:A5")
    page.row_dimensions[5].hidden = True
    path = tmp_path / "武进区.xlsx"
    book.save(path)

    ledger = read_ledger(path, fill_down=True)
    h, report = ledger.hierarchy, ledger.report
    assert report.sheet == "台账"
    assert report.header_rows == (2, 3)
    assert report.source_rows == (4, 5, 7)
    assert report.rows == 6
    assert report.rejected == 3
    assert ledger.district.columns["households"][h.index("武进区/南夏墅街道/乙社区")] == 1001
    assert ledger.district.columns["workers"][h.index("武进区/南夏墅街道/乙社区")] == 4
    assert [(issue.code, issue.severity, issue.row) for issue in report.issues] == [
        ("E18", "note", 5),
        ("E17", "note", 6),
        ("E13", "warning", 7),
        ("E17", "note", 9),
        ("E17", "warning", 9),
        ("E17", "note", 10),
    ]
    assert "is not the sum of its rows, 1901, 1 of which are unknown" in report.issues[4].message("en")
    assert report.errors == ()

    with pytest.raises(LedgerError) as caught:
        read_district(path)
    assert "row 5, column '街道': is empty" in str(caught.value)
    assert "fill_down=True" in caught.value.message("zh")
    with pytest.raises(InvalidInputError, match="sheet='x' must be one of 封面, 台账"):
        read_hierarchy(path, sheet="x")


def test_formulas_without_a_value_and_long_numbers_are_errors(tmp_path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["code", "parent", "level", "households"],
        [320412000000.0, None, "district", "=1+1"],
        [1.2345678901234567e19, 320412000000, "grid", 1],
        [3.5, 320412000000, "grid", 1],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert issues(tmp_path / "a.xlsx") == [("E18", "error", 2), ("E10", "error", 3), ("E11", "error", 4)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("3.20412E+11", ("E09", "error", 4)),
        ("320412001O01", ("E05", "error", 4)),
        ("３２０４１２００１００１", ("E11", "note", 4)),
        (" 320412 001001", ("E11", "note", 4)),
        ("320412001001.0", ("E11", "note", 4)),
        ("", ("E11", "error", 4)),
    ],
)
def test_codes_are_read_in_plain_forms_only(write, cell, expected) -> None:
    found = issues(write(CODED.replace("320412001001,3", f"{cell},3")))
    if expected[0] == "E05":  # any text may be a code where levels are given
        assert found == []
    else:
        assert found == [expected]


def test_a_scientific_code_names_row_column_and_value(write) -> None:
    path = write(CODED.replace("320412001001,3", "3.20412E+11,3"))
    with pytest.raises(LedgerError) as caught:
        read_hierarchy(path)
    assert "E09 row 4, column '代码': '3.20412E+11' is in scientific notation" in str(caught.value)
    assert "E09 第 4 行，“代码”列：“3.20412E+11”是科学计数法" in caught.value.message("zh")
    assert caught.value.report is not None
    assert caught.value.report.used == 5
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.report == caught.value.report


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("1234", 1234, None), ("1,234", 1234, None), ("１２３４", 1234, None), ("1234户", 1234, None), ("1234.0", 1234, None),
        ("0", 0, None), ("", None, None), ("—", None, None), ("/", None, None), ("**", None, None), ("XX", None, None),
        ("约1200", None, "E13"), ("1.2万", None, "E13"), ("1.2345万户", 12345, "E13"), ("700多", None, "E13"), ("1200（含租户）", None, "E13"),
        ("abc", None, "E13"), ("12,34", None, "E13"), ("-5", None, "E15"), ("0.5", None, "E15"), ("2147483648", None, "E15"),
        ("1e3", None, "E13"), ("nan", None, None), ("inf", None, "E13"), ("1_000", None, "E13"),
    ],
)  # fmt: skip
def test_counts_are_read_as_people_write_them(write, cell, value, code) -> None:
    ledger = read_ledger(write(FLAT.replace("900", f'"{cell}"')))
    read = ledger.district.columns["households"][ledger.hierarchy.index("武进区/南夏墅街道/甲社区")]
    assert (None if read is np.ma.masked else int(read)) == value
    assert [issue.code for issue in ledger.report.issues] == ([code] if code else [])


def test_headers_in_conflict_list_both_and_can_be_chosen(write) -> None:
    path = write(FLAT.replace("社区工作者数", "常住户数"))
    with pytest.raises(InvalidInputError) as caught:
        read_district(path)
    assert "'户数（户）' and '常住户数' both mean households" in str(caught.value)
    assert "“户数（户）”、“常住户数”" in caught.value.message("zh")
    district = read_district(path, columns={"households": "常住户数"})
    assert np.ma.compressed(district.columns["households"]).tolist() == [4, 4]
    with pytest.raises(InvalidInputError, match="must be a header of the file"):
        read_district(path, columns={"households": "户"})
    with pytest.raises(InvalidInputError, match="must be a field"):
        read_district(path, columns={"cats": "户数（户）"})


@pytest.mark.parametrize("header", ["镇", "乡", "乡（镇）", " 镇 ", "街道"])
def test_the_column_of_towns_may_be_called_by_one_of_its_kinds(write, header) -> None:
    ledger = read_ledger(write(FLAT.replace("街道（乡镇）", header, 1)))
    assert ledger.report.headers["town"] == header.strip()
    assert ledger.hierarchy.index("武进区/湖塘镇/丁村") >= 0


@pytest.mark.parametrize("header", ["镇（个）", "镇数", "乡村", "镇区面积", "城镇"])
def test_a_character_within_a_header_is_no_column_of_towns(write, header) -> None:
    ledger = read_ledger(write(FLAT.replace("社区工作者数", header, 1)))
    assert ledger.report.headers["town"] == "街道（乡镇）"
    assert header in ledger.report.unread


def test_two_columns_of_towns_are_a_conflict_that_lists_both(write) -> None:
    with pytest.raises(InvalidInputError, match="'街道（乡镇）' and '镇' both mean town"):
        read_ledger(write(FLAT.replace("社区工作者数", "镇", 1)))


@pytest.mark.parametrize("header", ["户数（百户）", "办公用房面积（英亩）"])
def test_unknown_units_are_refused(write, header) -> None:
    path = write(f"街道,社区,{header}\n甲街道,乙社区,1\n")
    with pytest.raises(InvalidInputError, match="the unit"):
        read_district(path)


def test_files_without_the_columns_of_a_ledger_say_what_is_needed(write) -> None:
    with pytest.raises(InvalidInputError, match="no header row"):
        read_hierarchy(write("a,b\n1,2\n"))
    with pytest.raises(InvalidInputError, match="derive_parents=True"):
        read_hierarchy(write("代码,名称\n320412000000,武进区\n"))
    with pytest.raises(InvalidInputError, match="must end in"):
        read_hierarchy(write("x", "a.docx"))
    with pytest.raises(InvalidInputError, match="must be a file"):
        read_hierarchy("nowhere.csv")
    with pytest.raises(InvalidInputError, match="no header row"):
        read_hierarchy(write(""))


def test_parents_are_taken_from_codes_only_when_asked(write) -> None:
    rows = [",".join(line.split(",")[i] for i in (0, 2)) for line in CODED.replace('"1,250"', "1").splitlines()]
    h = read_hierarchy(write("\n".join(rows)), derive_parents=True)
    assert h.parents.tolist() == [-1, 0, 1, 1, 0, 4]


def test_copies_are_kept_once_and_contradictions_are_rejected_with_all_below(write) -> None:
    copied = write(CODED + "320412001002,320412001000,乙社区,社区,１００１\n")
    assert issues(copied) == [("E01", "warning", 8)]
    assert read_district(copied).hierarchy == read_hierarchy(write(CODED, "other.csv"))

    path = write(CODED + "320412001000,320412000000,南夏墅街道,街道,7\n320412001003,320412001009,丙社区,社区,\n")
    ledger = read_ledger(path)
    assert ledger.hierarchy.names.tolist() == ["武进区", "湖塘镇", "丁村委会"]
    assert [(issue.code, issue.row) for issue in ledger.report.issues] == [
        ("E01", 3), ("E05", 4), ("E05", 5), ("E01", 8), ("E05", 9),
    ]  # fmt: skip
    assert ledger.report.rows == ledger.report.used + ledger.report.rejected == 8
    with pytest.raises(HierarchyError) as caught:
        read_hierarchy(path)
    assert "row 9: parent=320412001009" in str(caught.value)
    assert {problem.fault for problem in caught.value.problems} == {"duplicate_code", "orphan"}


def test_the_same_community_twice_in_a_town_needs_codes(write) -> None:
    assert issues(write(FLAT + "湖塘镇,丁村,2600户,XX,无\n")) == [("E01", "warning", 5)]
    assert issues(write(FLAT + "湖塘镇,丁村,5,XX,无\n")) == [("E01", "error", 4), ("E01", "error", 5)]
    assert issues(write(FLAT + "南夏墅街道,丁村,5,XX,无\n")) == []


def test_more_certified_persons_than_workers_are_an_error(write) -> None:
    path = write(
        "街道,社区,在岗人数,持证人数,城乡,类型\n甲街道,乙社区,3,4,城镇,居委会\n甲街道,丙社区,3,2,农村,村委会\n"
    )
    assert issues(path) == [("E15", "error", 2)]
    columns = read_ledger(path).district.columns
    assert np.ma.compressed(columns["setting"]).tolist() == [1, 0]  # by code: 丙 before 乙
    assert np.ma.compressed(columns["kind"]).tolist() == [1, 0]


def test_rows_of_odd_lengths_are_read_or_reported(write) -> None:
    assert issues(write("街道,社区,户数\n甲街道,乙社区\n,,\n甲街道,丙社区,5,9\n")) == [("E18", "warning", 4)]
    with pytest.raises(InvalidInputError, match="is no CSV"):
        read_hierarchy(write('街道,社区\n甲街道,"乙"社区\n'))
    with pytest.raises(InvalidInputError, match="cannot be unpacked"):
        read_hierarchy(write(b"no gzip", "a.csv.gz"))
    with pytest.raises(InvalidInputError, match="is no workbook"):
        read_hierarchy(write(b"no zip", "a.xlsx"))


@pytest.mark.parametrize(("name", "package"), [("a.xlsx", "openpyxl"), ("a.parquet", "pyarrow")])
def test_a_missing_package_is_named_with_how_to_install_it(write, monkeypatch, name, package) -> None:
    real = builtins.__import__

    def hidden(module, *args, **kwargs):
        if module.split(".")[0] == package:
            raise ImportError(module)
        return real(module, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", hidden)
    with pytest.raises(MissingDependencyError, match=f"^reading .* needs {package}: pip install") as caught:
        read_hierarchy(write(b"", name))
    assert re.match(f"读取 .* 需要 {package}：pip install", caught.value.message("zh"))


def test_the_report_shows_its_file_and_rows(write) -> None:
    report = read_ledger(write(FLAT + "注：无\n")).report
    assert repr(report) == "<ReadReport: 武进区.csv, 4 rows, 3 used, 1 rejected, 0 errors>"
    assert "encoding" in str(report)
    assert "E17" in report._repr_html_()
    assert report.table("en")[0]["row"] == 5


def test_the_table_of_2016_is_read_whole() -> None:
    folder = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[2] / "../shared/data"))
    path = folder / "china" / "divisions_2016.csv.gz"
    if not path.exists():
        pytest.skip(f"{path} is absent; set SHEQU_TEST_DATA to the folder of the data")
    begin = time.process_time()
    ledger = read_ledger(path)
    elapsed_s = time.process_time() - begin
    assert ledger.report.rows == ledger.report.used == len(ledger.hierarchy) == 713_035
    assert ledger.report.issues == ()
    assert ledger.report.unread == ("urban_rural_code",)
    assert elapsed_s < 20  # a few seconds on a free machine; guards against a slip in complexity only
    audit = ledger.hierarchy.audit()
    (broken,) = audit.of_kind("level_order")
    assert ledger.hierarchy.code(broken.unit) == "653130103498"
    households = np.random.default_rng(0).integers(0, 3000, 713_035)
    totals = ledger.hierarchy.rollup_sum(households)
    assert totals[0] == households.sum()
    wujin = ledger.hierarchy.index("320412000000")
    assert totals[wujin] == households[ledger.hierarchy.subtree(wujin)].sum()
