# SPDX-License-Identifier: BSD-3-Clause
"""The command line: help, headings, sentences."""

from __future__ import annotations

__all__ = ["CLI"]

CLI: dict[str, tuple[str, str]] = {
    # Frame
    "cli.usage": ("用法：", "Usage:"),
    "cli.options": ("选项", "Options"),
    "cli.arguments": ("参数", "Arguments"),
    "cli.commands": ("命令", "Commands"),
    "cli.options_metavar": ("[选项]", "[OPTIONS]"),
    "cli.command_metavar": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "cli.help_option": ("显示本说明", "Show this message and exit."),
    "cli.version_option": ("显示版本号", "Show the version and exit."),
    "cli.lang_option": (
        "输出语言：zh 中文，en 英文（默认按系统语言）",
        "Language of the output: zh or en (default: that of the system).",
    ),
    "cli.error": ("错误：", "Error: "),
    "cli.try_help": ("查看用法：{command} --help", "For help: {command} --help"),
    "cli.no_command": ("没有“{name}”这个命令", 'there is no command "{name}"'),
    "cli.no_option": ("没有“{name}”这个选项", 'there is no option "{name}"'),
    "cli.did_you_mean": ("；是否想用：{names}", "; did you mean {names}?"),
    "cli.bad_value": ("{name}的取值不对：{why}", "{name} has a wrong value: {why}"),
    "cli.missing": ("缺少{name}", "{name} is missing"),
    "cli.no_file": ("找不到文件：{path}", "there is no file {path}"),
    "cli.stopped": ("已中止", "stopped"),
    "cli.help": (
        "社区工作者配备、网格划分、区划数据检查。\n\n"
        "\b\n例：\n"
        "  shequ demo                       用内置示例跑一遍全部流程\n"
        "  shequ staff --households 1250    一个社区配几人，为什么\n"
        "  shequ staff 台账.xlsx --out 核定表.xlsx\n"
        "  shequ audit 台账.xlsx\n"
        "  shequ grids 楼栋.geojson --households 户数 --within 社区 --size 300 500\n\n"
        "\b\n退出码：\n"
        "  0  完成\n"
        "  1  完成，但有需要处理的错误（数据错误、无法核定的社区、不达标的网格）\n"
        "  2  无法进行（文件、参数或所需软件有问题）",
        "Staff of communities, division into grids, checks of the units.\n\n"
        "\b\nExamples:\n"
        "  shequ demo                       the whole job on a built-in district\n"
        "  shequ staff --households 1250    posts of one community, and why\n"
        "  shequ staff ledger.xlsx --out staffing.xlsx\n"
        "  shequ audit ledger.xlsx\n"
        "  shequ grids buildings.geojson --households hh --within community --size 300 500\n\n"
        "\b\nExit codes:\n"
        "  0  done\n"
        "  1  done, and something must be mended (errors in the data, communities without an answer, grids out of bounds)\n"
        "  2  nothing could be done (file, option or a missing package)",
    ),
    # shequ demo
    "cli.demo.short": ("用内置示例跑一遍全部流程", "Run the whole job on a built-in district"),
    "cli.demo.help": (
        "用内置的虚构城区跑一遍全部流程：社区一览、岗位核定、网格划分，并写出一个文件夹"
        "（Excel核定表、网格地图、网格GeoJSON、划分方案CSV）。不需要任何文件和网络。\n\n"
        "\b\n例：\n  shequ demo\n  shequ demo --out 示例 --seed 7 --size 300 500",
        "Run the whole job on a made-up district: its communities, their posts, their grids; then write a folder "
        "(Excel report, map of the grids, grids as GeoJSON, plan as CSV). Needs no file and no network.\n\n"
        "\b\nExamples:\n  shequ demo\n  shequ demo --out sample --seed 7 --size 300 500",
    ),
    "cli.demo.out": ("写到哪个文件夹（默认 shequ-demo）", "Folder to write (default: shequ-demo)."),
    "cli.seed": (
        "随机种子：同一个数得到同样的结果（默认 0）",
        "Seed: the same number gives the same result (default: 0).",
    ),
    "cli.size": (
        "每个网格的户数下限和上限（默认 300 500，均含本数）",
        "Least and most households of a grid, both included (default: 300 500).",
    ),
    # shequ staff
    "cli.staff.short": ("核定社区工作者岗位", "Compute the posts of communities"),
    "cli.staff.help": (
        "按标准核定每个社区应配的工作者人数，列出缺员和原因。镇街合计为各社区之和。\n\n"
        "\b\n例：\n  shequ staff --households 1250\n  shequ staff 台账.xlsx\n"
        "  shequ staff 台账.csv --rounding ceil --out 核定表.xlsx\n\n"
        "台账每行一个单位，至少有代码、上级代码（或按12位代码推断）和户数；在岗人数、城乡属性可选。\n\n"
        "退出码：0 全部核定；1 有社区因数据错误未核定；2 无法进行。",
        "Compute the posts of every community by a norm, the gaps, and why. Towns are sums of their communities.\n\n"
        "\b\nExamples:\n  shequ staff --households 1250\n  shequ staff ledger.xlsx\n"
        "  shequ staff ledger.csv --rounding ceil --out staffing.xlsx\n\n"
        "The ledger has one unit a row: its code, that of its parent, households; workers and setting as far as known.\n\n"
        "Exit codes: 0 all answered; 1 some communities have no answer through errors in the data; 2 nothing could be done.",
    ),
    "cli.staff.file": ("台账文件（.xlsx、.csv、.csv.gz、.parquet）", "Ledger (.xlsx, .csv, .csv.gz, .parquet)."),
    "cli.staff.households": ("只算一个社区：它的户数", "Answer for one community of this many households."),
    "cli.staff.norm": (
        "标准编号（默认 staff.wujin2012；见 shequ norms）",
        "Id of the norm (default: staff.wujin2012; see shequ norms).",
    ),
    "cli.staff.rounding": (
        "不满一档的处理：floor 不计（默认），ceil 按一档，round 过半按一档",
        "A step that is begun: floor does not count (default), ceil counts, round counts from half.",
    ),
    "cli.staff.rural": ("农村社区（村）也按此核定", "Apply the rule to villages too."),
    "cli.staff.out": ("写出核定表：.xlsx 或 .csv", "Write the table: .xlsx or .csv."),
    "cli.staff.top": ("列出缺员最多的几个社区（默认 20）", "List this many of the shortest communities (default: 20)."),
    "cli.staff.one_of": (
        "请给出台账文件，或用 --households 给出一个社区的户数（二者选一）",
        "give a ledger, or the households of one community by --households, not both",
    ),
    "cli.staff.by_town": ("分街道（镇）汇总", "By town"),
    "cli.staff.shortest": (
        "缺员最多的{n}个社区（共{all}个缺员）",
        "The {n} shortest of {all} communities that are short",
    ),
    "cli.staff.none_short": ("没有社区缺员。", "No community is short of workers."),
    "cli.staff.unanswered": (
        "因数据问题未核定的{n}个社区",
        "{n} communities without an answer through errors in the data",
    ),
    # Files
    "cli.wrote": ("已写出：{path}", "Wrote {path}"),
    "cli.bad_out": ("--out={path} 必须以 {allowed} 结尾", "--out={path} must end in {allowed}"),
    "cli.more": ("……另有{n}条，用 --out 写出全部", "… {n} more: write all of them by --out"),
}
