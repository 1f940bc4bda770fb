# SPDX-License-Identifier: BSD-3-Clause
"""Each known fault of tables, E01 to E30: a file that has it, and the answer it gets; every row accounted for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import shequ
from shequ import Succession
from shequ._messages import TEXTS
from shequ.geo._checks import repair_polygons
from shequ.io import compare_sources, match_names, read_district, read_ledger, read_roster
from shequ.io._privacy import mask

FLAT = "街道,代码,社区,户数\n"
A1, A2, A3 = "东街道,320412001001,甲社区,900\n", "东街道,320412001002,乙社区,1001\n", "东街道,320412001003,丙社区,700\n"
B1 = "西镇,320412100201,丁村委会,550\n"
TREE = "代码,上级代码,名称,户数\n320412000000,,武进区,\n320412001000,320412000000,东街道,\n"
IN_TREE = "320412001001,320412001000,甲社区,900\n"
WIDE = "街道,社区,户数,人口,办公用房面积,在岗人数,持证人数\n"
PLACES = "街道,社区,户数,经度,纬度\n"


def peers(values: list[object]) -> str:
    """Return communities of one town with these areas."""
    return WIDE + "".join(f"东街道,社区{i},1000,2600,{value},5,2\n" for i, value in enumerate(values))


# Fault: what the file holds, options, issues as (code, severity, row, column), rows used, rows rejected.
CASES = {
    "E01 copy": (FLAT + A1 + A1 + B1, {}, [("E01", "warning", 3, "")], 2, 1),
    "E01 other figures": (
        FLAT + A1 + A1.replace("900", "901") + B1, {},
        [("E01", "error", 2, "代码"), ("E01", "error", 3, "代码")], 1, 2,
    ),
    "E02": (
        FLAT + A1 + A2.replace("1002", "1001") + B1, {},
        [("E02", "error", 2, "代码"), ("E02", "error", 3, "代码")], 3, 0,
    ),
    "E03": (FLAT + A1 + "西镇,320412100001,甲社区,5\n" + B1, {}, [], 3, 0),
    "E05 another town": (
        FLAT + A1 + A2 + B1 + "西镇,320412001009,戊村,5\n" + "西镇,320412100202,己村,5\n", {},
        [("E05", "warning", 5, "代码")], 5, 0,
    ),
    "E05 no parent": (TREE + IN_TREE + "320412009001,320412009000,戊社区,7\n", {}, [("E05", "error", 5, "")], 3, 1),
    "E06 cycle": (
        TREE + "320412002000,320412002001,西镇,\n320412002001,320412002000,戊社区,7\n", {},
        [("E06", "error", 4, ""), ("E06", "error", 4, ""), ("E06", "error", 5, "")], 2, 2,
    ),
    "E09": (FLAT + A1 + A2.replace("320412001002", "3.20412E+11"), {}, [("E09", "error", 3, "代码")], 2, 0),
    "E11 letter": (FLAT + A1 + A2.replace("001002", "001O02"), {}, [("E11", "error", 3, "代码")], 2, 0),
    "E11 length": (FLAT + A1 + A2.replace("001002", "00102"), {}, [("E11", "error", 3, "代码")], 2, 0),
    "E11 wide": (FLAT + A1 + A2.replace("320412", "３２０４１２"), {}, [("E11", "note", 3, "代码")], 2, 0),
    "E12": (WIDE.replace("户数", "类型") + "东街道,甲社区,商圈,,,,\n", {}, [("E12", "warning", 2, "类型")], 1, 0),
    "E13 inexact": (FLAT + A1 + A2.replace("1001", "约1200"), {}, [("E13", "warning", 3, "户数")], 2, 0),
    "E13 no number": (FLAT + A1 + A2.replace("1001", "甲"), {}, [("E13", "error", 3, "户数")], 2, 0),
    "E14 marks": (FLAT + A1 + A2.replace("1001", "**"), {}, [], 2, 0),
    "E14 no row": (FLAT, {}, [("E14", "error", None, "")], 0, 0),
    "E15 negative": (FLAT + A1 + A2.replace("1001", "-1"), {}, [("E15", "error", 3, "户数")], 2, 0),
    "E15 half": (FLAT + A1 + A2.replace("1001", "0.5"), {}, [("E15", "error", 3, "户数")], 2, 0),
    "E15 crowded": (WIDE + "东街道,甲社区,100,8000,400,5,2\n", {}, [("E15", "warning", 2, "人口")], 1, 0),
    "E15 certified": (WIDE + "东街道,甲社区,1000,2600,400,5,6\n", {}, [("E15", "error", 2, "持证人数")], 1, 0),
    "E15 area": (WIDE + "东街道,甲社区,1000,2600,0,5,2\n", {}, [("E15", "warning", 2, "办公用房面积")], 1, 0),
    "E16 hectares": (
        peers([400, 420, 0.04, 380, 410]), {}, [("E16", "warning", 4, "办公用房面积")], 5, 0,
    ),
    "E16 exchanged": (WIDE + "东街道,甲社区,2600,1000,400,5,2\n", {}, [("E16", "warning", 2, "户数")], 1, 0),
    "E17": (
        FLAT + A1 + A2 + "小计,,,1902\n" + B1 + "合计,,,2451\n注：户数为常住户,,,\n", {},
        [("E17", "note", 4, ""), ("E17", "warning", 4, "户数"), ("E17", "note", 6, ""), ("E17", "note", 7, "")], 3, 3,
    ),
    "E17 areas": (
        WIDE + "东街道,甲社区,100,260,400.1,5,2\n东街道,乙社区,100,260,400.2,5,2\n小计,,200,520,800.3,10,4\n"
        "西镇,丁村,100,260,300,5,2\n小计,,100,260,301.5,5,2\n", {},
        [("E17", "note", 4, ""), ("E17", "note", 6, ""), ("E17", "warning", 6, "办公用房面积")], 3, 2,
    ),
    "E18 merged": (FLAT + A1 + A2.replace("东街道", ""), {}, [("E18", "error", 3, "街道")], 1, 1),
    "E18 filled": (FLAT + A1 + A2.replace("东街道", ""), {"fill_down": True}, [], 2, 0),
    "E19": (
        FLAT.replace("户数", "户数,统计时间") + "东街道,320412001001,甲社区,900,2012/9/31\n", {},
        [("E19", "error", 2, "统计时间")], 1, 0,
    ),
    "E20": (FLAT + A1.replace("甲", "\ufffd"), {}, [("E20", "error", 2, "社区")], 1, 0),
    "E22 exchanged": (
        PLACES + "东街道,甲社区,1,119.9,31.7\n东街道,乙社区,1,31.7,119.9\n", {}, [("E22", "error", 3, "经度")], 2, 0,
    ),
    "E22 elsewhere": (
        PLACES + "东街道,甲社区,1,119.9,31.7\n东街道,乙社区,1,0.1,0.2\n", {}, [("E22", "error", 3, "经度")], 2, 0,
    ),
    "E25": (
        PLACES + "".join(f"东街道,社区{i},1,119.9{i},31.7\n" for i in range(4)) + "东街道,远社区,1,121.4,31.2\n",
        {"far_km": 30}, [("E25", "warning", 6, "经度")], 5, 0,
    ),
    "E30": (
        FLAT.replace("户数", "户数,联系电话") + "东街道,320412001001,甲社区,900,13812345678\n", {},
        [("E30", "note", None, "")], 1, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_gets_its_answer_and_no_other(case: str, tmp_path: Path) -> None:
    content, options, expected, used, rejected = CASES[case]
    path = tmp_path / "武进区.csv"
    path.write_text(content, encoding="utf-8")
    report = read_ledger(path, **options).report  # type: ignore[arg-type]
    assert [(issue.code, issue.severity, issue.row, issue.column) for issue in report.issues] == expected
    assert (report.used, report.rejected) == (used, rejected)
    assert report.rows == report.used + report.rejected
    for issue in report.issues:
        assert issue.english
        assert issue.chinese
        assert bool(issue.todo("zh")) == (issue.severity != "note")


def test_every_fault_has_a_name_and_something_to_do() -> None:
    codes = {f"E{number:02d}" for number in range(1, 31)}
    assert {key.removeprefix("fault.") for key in TEXTS if key.startswith("fault.")} == codes
    assert {key.removeprefix("todo.") for key in TEXTS if key.startswith("todo.E")} == codes


def test_the_report_is_a_table_that_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    path.write_text(FLAT + A1 + A2.replace("1001", "=1+1"), encoding="utf-8")
    report = read_ledger(path).report
    frame = report.to_dataframe("en")
    assert frame.loc[0, ["code", "severity", "row", "column", "value", "outcome"]].tolist() == [
        "E13", "error", 3, "户数", "=1+1", "used",
    ]  # fmt: skip
    assert frame.loc[0, "todo"] == "enter the exact number, put words into a column of remarks"
    saved = report.save(tmp_path / "报告.csv").read_text(encoding="utf-8-sig").splitlines()
    assert saved[0] == "编号,级别,类别,文件,工作表,行号,列,原值,问题,处理建议,该行"
    assert saved[1].startswith("E13,错误,数字写法,武进区.csv,,3,户数,'=1+1,")
    page = report.save(tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "2行＝使用2行" in page.replace("共", "")
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(report.save(tmp_path / "报告.xlsx"))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=1+1" in [cell.value for cell in cells]
    with pytest.raises(shequ.InvalidInputError, match=r"must end in \.csv, \.xlsx or \.html"):
        report.save(tmp_path / "报告.pdf")


def test_e02_proposes_a_free_code(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FLAT + A1 + A2.replace("1002", "1001") + A3.replace("1003", "1002"), encoding="utf-8")
    assert "free in this town: 320412001003" in read_ledger(path).report.issues[0].english


def test_e03_and_e04_list_candidates_and_choose_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FLAT + A1 + A2 + "西镇,320412100001,甲社区,5\n西镇,320412100002,宝塔湾社区,5\n", encoding="utf-8")
    tree = read_ledger(path).hierarchy
    sure, namesake, unknown, alias = match_names(
        tree,
        ["甲居委会", "甲社区", "宝塔社区", "老乙社区"],
        ["西镇", "", "西镇", "东街道"],
        aliases={"老乙社区": "乙社区"},
    )
    assert sure.unit == tree.index("320412100001")
    assert namesake.unit is None
    assert namesake.issue is not None
    assert namesake.issue.code == "E03"
    assert [candidate[0] for candidate in namesake.candidates] == ["320412001001", "320412100001"]
    assert unknown.unit is None
    assert unknown.issue is not None
    assert (unknown.issue.code, unknown.candidates[0][1]) == ("E04", "宝塔湾社区")
    assert alias.unit == tree.index("320412001002")
    with pytest.raises(shequ.InvalidInputError, match="towns must have 1 entries"):
        match_names(tree, ["甲社区"], [])


def test_e07_and_e08_name_the_present_unit_and_what_counts_twice() -> None:
    changes = Succession(
        [
            shequ.Change("2014", "merge", "A", "B", None, "甲", "乙"),
            shequ.Change("2015", "recode", "C", "D"),
            shequ.Change("2013", "rename", "F", "F", None, "韩洪村委会", "韩洪村村委会"),
            shequ.Change("2020", "create", "", "N"),
        ]
    )
    found = changes.audit(
        ["A", "B", "C", "F", "N"],
        "2016",
        households=np.array([900, 2000, 5, 6, 7]),
        names=["甲", "乙", "丙", "韩洪村委会", "新"],
    )
    assert [(issue.code, issue.severity) for issue in found] == [
        ("E07", "error"), ("E08", "error"), ("E08", "warning"), ("E07", "warning"),
    ]  # fmt: skip
    assert found[0].message("en") == (
        "E07 'A' has not been a unit since 2014, but is now B 乙; B is listed too, so its 900 households may count twice"
    )
    assert "请改用新代码" in found[1].chinese


def test_e10_long_numbers_and_e18_formulas_of_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["街道", "代码", "社区", "工作人员", None, "户数"],
        [None, None, None, "总数", "其中：持证", None],
        ["东街道", 32041200100101000000.0, "甲社区", 5, 2, 900],
        ["东街道", "320412001002", "乙社区", 4, 1, "=900+1"],
    ):
        page.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    ledger = read_ledger(path)
    assert ledger.report.header_rows == (1, 2)
    assert [(issue.code, issue.row) for issue in ledger.report.issues] == [("E10", 3), ("E18", 4)]
    assert ledger.report.headers["certified"] == "其中：持证"
    assert int(ledger.district.columns["workers"].sum()) == 9


def test_e13_inexact_numbers_are_used_where_asked_and_e19_the_day_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "二〇一四年十二月三十一日,,,\n" + FLAT.replace("户数", "户数（万户）") + A1.replace("900", "0.09")
    path.write_text(rows, encoding="gb18030")
    ledger = read_ledger(path)
    assert (ledger.report.as_of, ledger.report.encoding) == ("2014-12-31", "gb18030")
    assert ledger.district.columns["households"][-1] == 900
    path.write_text(FLAT + A1.replace("900", "1.2万余户"), encoding="utf-8")
    assert read_ledger(path, approximate=True).district.columns["households"][-1] == 12_000
    assert read_ledger(path).district.columns["households"][-1] is np.ma.masked


def test_e14_marks_are_counted_and_never_taken_for_0(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FLAT + A1.replace("900", "**") + A2.replace("1001", "无"), encoding="utf-8")
    ledger = read_ledger(path)
    assert ledger.report.marks == {"households": 2}
    assert np.ma.getmaskarray(ledger.district.columns["households"]).all()


def test_e12_and_e21_are_found_by_the_audit_of_the_tree(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FLAT + A1.replace("甲社区", "十家子村民委员会") + A2.replace("乙", "\ue170"), encoding="utf-8")
    kinds = {finding.kind for finding in read_ledger(path).hierarchy.audit()}
    assert kinds == {"kind_name", "suspicious_character"}


def test_e23_e24_and_e26_are_found_in_shapes() -> None:
    gpd = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    square = [shapely.box(10 * i, 0, 10 * i + 10, 10) for i in range(4)]
    square[3] = shapely.box(25, 0, 40, 10)  # half of it lies over its neighbour
    frame = gpd.GeoDataFrame({"households": [5, 0, 5, 5]}, geometry=square, crs=32650)
    grids = shequ.make_grids(frame, households="households", within=None, size=(5, 10), seed=0)
    assert [problem.kind for problem in grids.problems if problem.severity == "error"] == ["overlap"]
    assert np.all(grids.plan.labels >= 0)  # the one without households is in a grid too
    bow = gpd.GeoDataFrame(geometry=[shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])], crs=32650)
    repaired, listed = repair_polygons(bow)
    assert repaired.geometry.is_valid.all()
    assert len(listed) == 1


def test_e27_sources_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "武进区.csv"
    districts = {}
    for name, rows in (("民政", A1 + A2 + B1), ("公安", A1.replace("900", "950") + A2 + B1)):
        path.write_text(FLAT + rows, encoding="utf-8")
        districts[name] = read_district(path)
    table = compare_sources(districts)
    assert [(row["name"], row["民政"], row["公安"], row["公安 - 民政"]) for row in table] == [
        ("东街道", 1901, 1951, 50), ("西镇", 550, 550, 0), ("", 2451, 2501, 50),
    ]  # fmt: skip
    with pytest.raises(shequ.InvalidInputError, match="two or more"):
        compare_sources({"民政": districts["民政"]})


def test_e28_persons_count_once_and_no_name_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(
        "街道,社区,姓名,身份证号,岗位,状态,持证\n"
        "东街道,甲社区,张三,320412198001011234,书记,在岗,助理社会工作师\n"
        "东街道,甲社区,张三,320412198001011234,主任,在岗,\n"
        "东街道,乙社区,张三,320412198001011234,网格长,在岗,\n"
        "东街道,乙社区,李四,320412198002021234,网格员,借调,有\n"
        "东街道,乙社区,王五,320412195003031234,网格员,退休,\n",
        encoding="utf-8",
    )
    roster = read_roster(path)
    assert [(row["workers"], row["certified"], row["posts"]) for row in roster.table()] == [(1, 1, 2), (1, 1, 2)]
    assert (roster.rows, roster.used, roster.rejected) == (5, 4, 1)
    assert [(issue.code, issue.row) for issue in roster.issues] == [
        ("E28", 3), ("E28", 4), ("E28", 5), ("E28", 6), ("E30", None),
    ]  # fmt: skip
    assert "张三" not in repr(roster)
    assert "1980" not in repr(roster)
    assert read_roster(path, seconded="out").persons == (1, 0)


def test_e29_says_why_and_the_smallest_change() -> None:
    graph = shequ.Graph.from_edges(2, [(0, 1)], columns={"h": np.array([275, 275])})
    diagnosis = shequ.diagnose(shequ.Problem(graph, weights="h", lower=300, upper=500))
    assert diagnosis.feasible is False
    assert diagnosis.reasons


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13812345678", "138****5678"), ("张三 13812345678", "张三 138****5678"), ("0519-86310000", "0519-8631****"),
        ("320412198001011234", "320412************"), ("32041219800101123X", "320412************"),
        ("320412001001", "320412001001"), ("320412001001234", "320412001001234"), ("1234567", "1234567"),
    ],
)  # fmt: skip
def test_e30_identity_numbers_and_telephones_are_masked_and_codes_are_not(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_e30_a_telephone_in_another_column_is_masked_in_messages(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FLAT + A1.replace("900", "电话13812345678"), encoding="utf-8")
    report = read_ledger(path).report
    assert "13812345678" not in str(report.table())
    assert "138****5678" in report.issues[0].value
