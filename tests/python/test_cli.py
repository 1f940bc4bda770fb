# SPDX-License-Identifier: BSD-3-Clause
"""The command line: help, exit codes, both languages, mistakes of the user; norms and the demo."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from cli_runner import run, squeezed

import shequ
from shequ import cli, norms
from shequ._repr_text import text_width
from shequ.cli._app import language_of

COMMANDS = ("demo", "staff", "audit", "grids", "norms")


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
        (
            ["staff", "no.xlsx", "--out", "a.pdf"],
            "--out=a.pdf must end in .xlsx, .csv, .html",
            "必须以 .xlsx, .csv, .html 结尾",
        ),
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
    ("lang", "words", "attention"),
    [
        (
            "zh",
            ["望澜区", "缺3人", "无法达标的社区", "最小调整", "每栋楼都归入一个网格，0户遗漏", "核定表", "网格地图"],
            "2个社区（村）的网格需要处理，因此退出码为 1",
        ),
        (
            "en",
            ["Wanglan District", "short of 3", "smallest change", "0 households left out", "Excel report", "map of"],
            "The grids of 2 communities need attention, hence exit code 1",
        ),
    ],
)
def test_the_demo_tells_the_whole_story_on_a_screen_or_two(
    lang: str, words: list[str], attention: str, tmp_path: Path
) -> None:
    pytest.importorskip("geopandas")
    pytest.importorskip("matplotlib")
    pytest.importorskip("openpyxl")
    result = run("demo", "--out", tmp_path / "out", lang=lang)
    assert result.exit_code == 1  # the grids of two communities of the sample need attention
    for word in words:
        assert word in squeezed(result)
    assert len(result.stdout.splitlines()) <= 50
    assert all(text_width(line) <= 132 for line in result.stdout.splitlines() if "•" not in line)
    assert attention in result.stdout
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"report.xlsx", "map.png", "grids.geojson", "plan.csv"}


def test_the_towns_of_the_demo_add_up_to_its_summary(tmp_path: Path) -> None:
    pytest.importorskip("geopandas")
    result = run("demo", "--out", tmp_path / "out")
    rows = [line.split("  ") for line in result.stdout.splitlines()]
    towns = [[cell for cell in row if cell] for row in rows if row[0].startswith((" Wen", " Lin", " Bei", " Qing"))]
    assert len(towns) == 4
    workers = sum(int(town[2]) for town in towns)
    posts = sum(int(town[3]) for town in towns)
    assert f"17 communities: {posts} posts, {workers} workers" in result.stdout
    assert "Rows of towns: workers, posts and gaps of the answered communities only" in result.stdout


@pytest.mark.parametrize("command", ["staff", "audit", "grids"])
def test_the_input_is_never_overwritten(command: str, tmp_path: Path) -> None:
    ledger = tmp_path / "in.csv"
    ledger.write_text("街道,社区,户数\n甲街道,乙社区,1300\n", encoding="utf-8")
    before = ledger.read_bytes()
    result = run(command, ledger, "--out", ledger)
    assert result.exit_code == 2
    assert "is the input itself" in squeezed(result)
    assert ledger.read_bytes() == before
