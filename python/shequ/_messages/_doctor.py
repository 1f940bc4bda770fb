# SPDX-License-Identifier: BSD-3-Clause
"""The commands that prepare, check and mend ledgers."""

from __future__ import annotations

__all__ = ["DOCTOR"]

DOCTOR: dict[str, tuple[str, str]] = {
    # shequ template
    "cli.template.short": ("写出一份空白台账供填写", "Write a ledger to be filled in"),
    "cli.template.help": (
        (
            "写出一个 Excel 台账：表头、填表说明、可选值列表和一行示例。填好后用 shequ audit 检查。\n\n"
            "\b\n例：\n  shequ template 台账.xlsx"
        ),
        (
            "Write a workbook with headers, notes, lists to choose from and a worked row. Check it with shequ audit once it "
            "is filled in.\n\n\b\nExample:\n  shequ template ledger.xlsx"
        ),
    ),
    "cli.template.file": ("要写出的 .xlsx 文件", "The .xlsx file to write."),
    "cli.template.next": ("填好后检查：shequ audit {path}", "Once it is filled in: shequ audit {path}"),
    # shequ audit: options of its checks
    "cli.audit.out": (
        "写出全部问题：.csv、.xlsx、.html，或 .json（中英文都有）",
        "Write all findings: .csv, .xlsx, .html, or .json (in both languages)",
    ),
    "cli.audit.top": ("最多列出几条（默认 50）", "List at most this many findings (default: 50)."),
    "cli.audit.short": ("检查区划数据", "Check the units of a ledger"),
    "cli.audit.far_km": (
        "经纬度离本街道（乡镇）各点中心超过多少公里时提醒（默认不查）",
        "Warn of points farther than this from the middle of their town (default: not checked).",
    ),
    "cli.audit.changes": (
        "撤并、更名、变更代码的对照表：查出已撤销或改码的单位",
        "Table of changes of units: finds those that were merged, abolished or given another code.",
    ),
    "cli.audit.as_of": (
        "台账的统计时间，如 2014-12-31（默认取表中所写）",
        "Day of the figures, as 2014-12-31 (default: as the sheet states it).",
    ),
    "cli.audit.no_day": (
        "台账没有写明统计时间，请用 --as-of 2014-12-31 的形式指定",
        "the ledger does not say of which day its figures are: state it by --as-of, as 2014-12-31",
    ),
    # shequ doctor
    "cli.doctor.short": ("提出台账的修改建议", "Propose repairs of a ledger"),
    "cli.doctor.help": (
        (
            "逐条列出无需猜测就能改正的地方（空格、全角数字、千分位、合并单元格、重复行、小计行、个人信息列），"
            "以及必须由人决定的问题。原文件从不改动；用 --apply 写出改好的新文件，并附修改记录。\n\n"
            "\b\n例：\n  shequ doctor 台账.xlsx\n  shequ doctor 台账.xlsx --apply 台账_改.xlsx\n\n"
            "退出码：0 没有要改的；1 有建议未采用，或有问题须由人决定；2 无法进行。"
        ),
        (
            "List what can be put right without guessing (spaces, wide digits, separators, merged cells, repeated rows, "
            "subtotals, personal data), and what a person must decide. The file itself is never changed: --apply writes a "
            "new one, with a list of the changes.\n\n"
            "\b\nExamples:\n  shequ doctor ledger.xlsx\n  shequ doctor ledger.xlsx --apply mended.xlsx\n\n"
            "Exit codes: 0 nothing to mend; 1 proposals not applied, or problems to decide; 2 nothing could be done."
        ),
    ),
    "cli.doctor.apply": ("按全部建议写出新文件：.xlsx 或 .csv", "Write a new file with all proposals: .xlsx or .csv."),
    "cli.doctor.found": ("{n}条修改建议", "Proposals: {n}"),
    "cli.doctor.more": ("……另有{n}条，用 --top 列出更多", "… {n} more: list them by --top"),
    "cli.doctor.undecided": ("须由人决定的问题：{n}个", "Left for a person to decide: {n}"),
    "cli.doctor.applied": (
        "已写出：{path}（按{n}条建议修改，原文件未动）",
        "Wrote {path}: {n} proposals applied, the file itself is unchanged",
    ),
    "cli.doctor.how": (
        "尚未改动任何文件；要采用，请加 --apply 新文件名",
        "Nothing was changed: to apply them, add --apply OUT",
    ),
    "cli.approximate": (
        "“约1200”“1.2万”之类不准确的数也使用（默认按缺失处理）",
        "Use inexact numbers such as 约1200 (default: they are missing).",
    ),
    "repair.cell": ("改单元格", "change a cell"),
    "repair.row": ("删去一行", "take out a row"),
    "repair.column": ("清空一列", "empty a column"),
    "repair.sheet": ("修改记录", "Changes"),
    "repair.head.code": ("编号", "Code"),
    "repair.head.action": ("做法", "Action"),
    "repair.head.row": ("行号", "Row"),
    "repair.head.column": ("列", "Column"),
    "repair.head.before": ("原值", "Before"),
    "repair.head.after": ("改为", "After"),
    "repair.head.why": ("原因", "Why"),
}
