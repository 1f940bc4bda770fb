# SPDX-License-Identifier: BSD-3-Clause
"""The command line: exit codes, both languages, mistakes of the user."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

import shequ
from shequ import cli, norms
from shequ._repr_text import text_width

pytest.importorskip("typer", reason="the command line is optional")

from typer.testing import CliRunner, Result

from shequ.cli._app import create_app, language_of

COMMANDS = ("demo", "staff", "audit", "grids", "norms")


def run(*arguments: str | Path, lang: str = "en") -> Result:
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(create_app(lang), given)  # type: ignore[arg-type]


def squeezed(result: Result) -> str:
    """Return the output without the line breaks that a narrow page brings."""
    return " ".join(result.output.split())


def test_the_help_names_every_command_and_the_exit_codes() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in COMMANDS:
        assert f"shequ {command}" in result.output or f" {command} " in result.output
    assert "Exit codes" in result.output
    assert run().output == result.output


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_chinese_help_is_chinese(command: str) -> None:
    result = run(*filter(None, [command]), "--help", lang="zh")
    assert result.exit_code == 0
    assert "用法：" in result.output
    assert "例：" in result.output
    for word in ("Usage", "Options", "Commands", "Arguments", "Show this message", "Examples"):
        assert word not in result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert "Example" in result.output
    assert f"shequ {command}" in result.output


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").output == f"shequ {shequ.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [(["--lang", "zh", "norms"], "zh"), (["norms", "--lang=zh"], "zh"), (["norms", "--lang", "en"], "en")],
)
def test_the_language_may_be_asked_for_anywhere(arguments: list[str], lang: str) -> None:
    assert language_of(arguments) == lang


def test_the_language_is_that_of_the_system_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert language_of(["norms"]) == "zh"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert language_of(["norms"]) == "en"


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["stafff"], 'there is no command "stafff"; did you mean staff?', "没有“stafff”这个命令；是否想用：staff"),
        (["staff", "--hauseholds", "3"], 'there is no option "--hauseholds"', "没有“--hauseholds”这个选项"),
        (["staff"], "give a ledger, or the households of one community", "请给出台账文件"),
        (["staff", "--households", "many"], "--households has a value of the wrong kind", "--households的取值类型不对"),
        (["staff", "--households", "-1"], "households=-1 must be in [0, 2147483647]", "households=-1 必须在"),
        (["staff", "--households", "9", "--rounding", "up"], "rounding='up' must be one of", "必须是以下之一"),
        (["staff", "--households", "9", "--norm", "staff.wujin"], "nearest: staff.wujin2012", "最接近的是"),
        (["staff", "--households", "9", "--norm", "grid.haikou2020"], "staff.wujin2012", "staff.wujin2012"),
        (["staff", "no.xlsx"], "there is no file no.xlsx", "找不到文件：no.xlsx"),
        (["staff", "no.xlsx", "--out", "a.pdf"], "--out=a.pdf must end in .xlsx, .csv", "必须以 .xlsx, .csv 结尾"),
        (["audit"], "FILE is missing", "缺少文件"),
        (["norms", "nothing"], "norm=nothing must be an id of the catalogue", "必须是目录中的编号"),
        (["norms", "--lang", "fr"], 'lang="fr" must be "zh" or "en"', 'lang="fr" 必须是'),
    ],
)
def test_a_mistake_gets_one_paragraph_and_exit_code_2(arguments: list[str], english: str, chinese: str) -> None:
    for lang, expected, word in (("en", english, "Error: "), ("zh", chinese, "错误：")):
        result = run(*arguments, lang=lang)
        assert result.exit_code == 2
        assert expected in squeezed(result)
        assert result.output.startswith(word)
        assert "Traceback" not in result.output
        assert len(result.output.splitlines()) <= 2


def test_one_community_gets_its_number_its_reason_and_the_next_step() -> None:
    result = run("staff", "--households", "1250")
    assert result.exit_code == 0
    assert result.output.splitlines()[:3] == [
        "1,250 households: 5 posts",
        "5 posts: 4 + 1 full step of 250 over 1,000; norm staff.wujin2012, floor",
        "250 more households (at 1,500) bring the next post",
    ]
    chinese = run("staff", "--households", "1251", "--rounding", "ceil", lang="zh")
    assert chinese.output.splitlines()[0] == "1,251户：应配6人"


def test_norms_are_listed_and_shown() -> None:
    listed = run("norms")
    assert listed.exit_code == 0
    for norm in norms.every():
        assert norm.id in listed.output
    shown = run("norms", "staff.wujin2012", lang="zh")
    assert "1000 户以下配 4 人" in shown.output
    assert "来源" in shown.output


def test_without_typer_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find: Any = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "typer" else find(name, *a))
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(SystemExit) as caught:
        cli.main(["norms"])
    assert caught.value.code == 2
    assert "pip install 'shequ[cli]'" in capsys.readouterr().err


def test_main_leaves_with_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--lang", "zh", "norms", "nothing"])
    assert caught.value.code == 2
    assert "错误：" in capsys.readouterr().err
    with pytest.raises(SystemExit) as caught:
        cli.main(["norms", "staff.wujin2012"])
    assert caught.value.code == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            ["望澜区", "缺3人", "无法达标的社区", "最小调整", "每栋楼都归入一个网格，0户遗漏", "核定表", "网格地图"],
        ),
        (
            "en",
            ["Wanglan District", "short of 3", "smallest change", "0 households left out", "Excel report", "map of"],
        ),
    ],
)
def test_the_demo_tells_the_whole_story_on_a_screen_or_two(lang: str, words: list[str], tmp_path: Path) -> None:
    pytest.importorskip("geopandas")
    pytest.importorskip("matplotlib")
    pytest.importorskip("openpyxl")
    result = run("demo", "--out", tmp_path / "out", lang=lang)
    assert result.exit_code == 0
    for word in words:
        assert word in squeezed(result)
    assert len(result.stdout.splitlines()) <= 50
    assert all(text_width(line) <= 132 for line in result.stdout.splitlines() if "•" not in line)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"report.xlsx", "map.png", "grids.geojson", "plan.csv"}


@pytest.fixture
def graph_file(tmp_path: Path) -> Path:
    """Write a square of 4 x 4 nodes of 100 people each, as networkx does."""
    networkx = pytest.importorskip("networkx")
    graph = networkx.convert_node_labels_to_integers(networkx.grid_2d_graph(4, 4))
    networkx.set_node_attributes(graph, 100, "TOTPOP")
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(networkx.node_link_data(graph, edges="links")), encoding="utf-8")
    return path


def test_a_graph_is_divided_certified_and_written(graph_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    result = run("grids", graph_file, "--parts", "4", "--lower", "400", "--upper", "400", "--out", out)
    assert result.exit_code == 0
    assert "4 parts, objective 8" in result.output
    assert "Independent check: passed" in result.output
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Node,Part"
    assert sorted(line.split(",")[1] for line in lines[1:]) == sorted("0123" * 4)


def test_a_graph_that_cannot_be_divided_is_diagnosed(graph_file: Path) -> None:
    result = run("grids", graph_file, "--lower", "850", "--upper", "1500", lang="zh")
    assert result.exit_code == 1
    assert "已证明无法划分" in result.output
    assert "最小的调整" in result.output
    assert "•" in result.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--lower", "400"], "a graph needs --lower and --upper"),
        (["--lower", "1", "--upper", "2", "--parts", "few"], "--parts=few must be a whole number or a range"),
        (["--lower", "1", "--upper", "2", "--weights", "POP"], "TOTPOP"),
        (["--lower", "1", "--upper", "2", "--out", "a.gpkg"], "--out=a.gpkg must end in .csv"),
    ],
)
def test_mistakes_about_a_graph_are_named(graph_file: Path, options: list[str], message: str) -> None:
    result = run("grids", graph_file, *options)
    assert result.exit_code == 2
    assert message in squeezed(result)


@pytest.fixture
def buildings_file(tmp_path: Path) -> Path:
    """Write two communities of 6 and 5 lots of 100 households in a row, in metres: the second cannot be divided."""
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    east, north = 500_000, 3_500_000
    corners = [(east + 50 * i, north + 100 * row) for row, n in ((0, 6), (2, 5)) for i in range(n)]
    lots = [shapely.box(x, y, x + 50, y + 100) for x, y in corners]
    columns = {"户数": [100] * 6 + [110] * 5, "社区": ["甲"] * 6 + ["乙"] * 5}
    path = tmp_path / "楼栋.gpkg"
    geopandas.GeoDataFrame(columns, geometry=lots, crs="EPSG:32650").to_file(path, driver="GPKG")
    return path


def test_buildings_are_divided_and_what_cannot_be_is_explained(buildings_file: Path, tmp_path: Path) -> None:
    for suffix in (".csv", ".geojson", ".gpkg"):
        out = tmp_path / f"plan{suffix}"
        result = run("grids", buildings_file, "--households", "户数", "--within", "社区", "--out", out, lang="zh")
        assert result.exit_code == 1
        assert "不达标的社区" in result.output
        assert "• 乙：" in result.output
        assert "• 甲：" not in result.output
        assert out.stat().st_size > 0


def test_degrees_are_converted_and_said_to_be(buildings_file: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path / "lots.geojson"
    geopandas.read_file(buildings_file).iloc[:6].to_crs(4326).to_file(path, driver="GeoJSON")
    result = run("grids", path, "--households", "户数", "--within", "社区", "--tolerance", "0.01")
    assert "converted to EPSG:32650 (metres)" in result.output
    assert result.exit_code == 0


def test_mistakes_about_buildings_are_named(buildings_file: Path, tmp_path: Path) -> None:
    result = run("grids", buildings_file)
    assert result.exit_code == 2
    assert 'households="households" must be a column' in squeezed(result)
    (tmp_path / "broken.geojson").write_text("{", encoding="utf-8")
    result = run("grids", tmp_path / "broken.geojson")
    assert result.exit_code == 2
    assert "cannot be read" in squeezed(result)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    result = run("grids", tmp_path / "broken.json")
    assert result.exit_code == 2
    assert "is no JSON" in squeezed(result)


LEDGER = """2025年社区台账,,,,,
街道（镇）,社区（村）,城乡,户数,在岗人数,用房面积
A,甲,城镇,900,4,380
A,乙,城镇,1001,4,400
A,丙村,农村,550,3,250
B,丁,城镇,"2,600",8,650
B,戊,城镇,1250,5,399.5
"""
BAD_ROWS = """B,己村,城镇,**,2,
B,庚,城镇,-3,2,
,小计,,,,
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8-sig")
    return path


def test_a_ledger_gets_posts_by_town_and_the_shortest_communities(ledger: Path) -> None:
    result = run("staff", ledger, lang="zh")
    assert result.exit_code == 0
    assert "4个社区应配23人，在岗21人；缺员合计2人" in result.output
    assert "缺员最多的1个社区（共1个缺员）" in result.output
    ceiling = run("staff", ledger, "--rounding", "ceil", "--top", "1")
    assert "25 posts, 21 workers; short of 4" in ceiling.output
    assert "The 1 shortest of 2 communities that are short" in ceiling.output
    assert "5 communities: 27 posts" in run("staff", ledger, "--rural").output


def test_a_ledger_is_written_as_workbook_or_csv_in_its_own_order(ledger: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    result = run("staff", ledger, "--out", tmp_path / "核定.xlsx", lang="zh")
    assert result.exit_code == 0
    page = openpyxl.load_workbook(tmp_path / "核定.xlsx")["社区明细表"]
    names = [row[2] for row in page.iter_rows(values_only=True)]
    assert names[-6:] == ["甲", "乙", "丙村", "丁", "戊", None]
    run("staff", ledger, "--out", tmp_path / "核定.csv", lang="zh")
    lines = (tmp_path / "核定.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("街道（镇）,代码,社区（村）")
    assert [line.split(",")[2] for line in lines[1:]] == ["甲", "乙", "丙村", "丁", "戊"]


def test_rows_without_an_answer_are_listed_with_their_row(ledger: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    ledger.write_text(LEDGER + BAD_ROWS, encoding="utf-8-sig")
    out = tmp_path / "核定.xlsx"
    result = run("staff", ledger, "--out", out, lang="zh")
    assert result.exit_code == 1
    assert "己村" in result.output
    assert "台账.csv：8行，使用7行，未使用1行" in result.output
    listed = list(openpyxl.load_workbook(out)["问题清单"].iter_rows(values_only=True))
    assert ("错误", "己村", 8) in [(row[0], row[2], row[3]) for row in listed]
    assert any("小计" in str(row[4]) and row[3] == 10 for row in listed)


def test_an_audit_tells_clean_from_faulty_by_its_exit_code(ledger: Path, tmp_path: Path) -> None:
    clean = run("audit", ledger, lang="zh")
    assert clean.exit_code == 0
    assert "共8个单位：1个区（县）、2个街道（镇）、5个社区（村）" in clean.output
    assert "没有发现问题" in clean.output
    ledger.write_text(LEDGER + BAD_ROWS, encoding="utf-8-sig")
    out = tmp_path / "problems.csv"
    faulty = run("audit", ledger, "--out", out)
    assert faulty.exit_code == 1
    assert "error" in faulty.output
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Severity,Kind,Where,Row,Problem"
    assert lines[1].startswith("error,")


def test_a_file_that_is_no_ledger_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for name in ("a.csv", "a.txt"):
        for command in ("audit", "staff"):
            result = run(command, tmp_path / name)
            assert result.exit_code == 2
            assert result.output.startswith("Error: ")


@pytest.mark.slow
def test_the_table_of_2016_has_one_error(tmp_path: Path) -> None:
    folder = Path(os.environ.get("SHEQU_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder / "china" / "divisions_2016.csv.gz"
    if not path.is_file():
        pytest.skip(f"no {path.name}: set SHEQU_TEST_DATA to the folder of the test data")
    result = run("audit", path, "--top", "1")
    assert result.exit_code == 1
    assert "713,035 rows, 713,035 used, 0 not used" in result.output
    assert "653130103498" in result.output
    assert "Errors: 1, warnings: 92" in result.output


@pytest.mark.parametrize("command", ["staff", "audit", "grids"])
def test_the_input_is_never_overwritten(command: str, tmp_path: Path) -> None:
    ledger = tmp_path / "in.csv"
    ledger.write_text("街道,社区,户数\n甲街道,乙社区,1300\n", encoding="utf-8")
    before = ledger.read_bytes()
    result = run(command, ledger, "--out", ledger)
    assert result.exit_code == 2
    assert "is the input itself" in squeezed(result)
    assert ledger.read_bytes() == before


def test_a_workbook_with_a_table_on_several_sheets_is_not_half_read(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for town, households in (("甲镇", 1300), ("乙镇", 2600)):
        page = book.create_sheet(town)
        page.append(["街道", "社区", "户数"])
        page.append([town, town + "社区", households])
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(shequ.InvalidInputError, match="several sheets with a table: 甲镇, 乙镇; choose one with"):
        shequ.io.read_ledger(tmp_path / "two.xlsx")
    result = run("staff", tmp_path / "two.xlsx", "--sheet", "乙镇")
    assert result.exit_code == 0
    assert "10 posts" in squeezed(result)


def test_coordinates_that_are_no_degrees_are_named(tmp_path: Path) -> None:
    pytest.importorskip("geopandas")
    square = [[[0, 0], [50, 0], [50, 50], [0, 50], [0, 0]]]
    shifted = [[[x + 500_000, y + 3_500_000] for x, y in square[0]]]
    feature = {
        "type": "Feature",
        "properties": {"households": 300},
        "geometry": {"type": "Polygon", "coordinates": shifted},
    }
    path = tmp_path / "metres.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    result = run("grids", path)
    assert result.exit_code == 2
    assert "coordinate system" in squeezed(result)
