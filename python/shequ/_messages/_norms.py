# SPDX-License-Identifier: BSD-3-Clause
"""The command `shequ norms`, and two norms side by side."""

from __future__ import annotations

__all__ = ["NORMS"]

NORMS: dict[str, tuple[str, str]] = {
    # shequ norms
    "cli.norms.short": ("列出、查看、比较配备等标准", "List norms, show one, or compare two"),
    "cli.norms.help": (
        (
            "列出标准目录：编号、内容、来源、是否查到原文；给出编号则只看这一条；compare 在台账上逐社区比较两条配备标准。\n\n"
            "\b\n例：\n  shequ norms\n  shequ norms staff.wujin2012\n"
            "  shequ norms compare staff.wujin2012 staff.cn2025 --on 台账.xlsx\n"
            "  shequ norms --own 本市标准.toml"
        ),
        (
            "List the norms: id, numbers, source, and whether the text was seen; show one by its id; or compare two norms "
            "of staffing on every community of a ledger.\n\n"
            "\b\nExamples:\n  shequ norms\n  shequ norms staff.wujin2012\n"
            "  shequ norms compare staff.wujin2012 staff.cn2025 --on ledger.xlsx\n"
            "  shequ norms --own mycity.toml"
        ),
    ),
    "cli.norms.id": ("标准编号；或 compare 加两个编号", "Id of a norm; or compare and two ids."),
    "cli.norms.metavar": ("[编号 | compare 编号 编号]", "[ID | compare ID ID]"),
    "cli.norms.on": ("compare 所用的台账（CSV、Excel）", "Ledger to compare on (CSV, Excel)."),
    "cli.norms.own": ("自有标准的 TOML 文件", "TOML file of norms of your own."),
    "cli.norms.out": ("把比较结果写成 .csv", "Write the comparison to this .csv."),
    "cli.norms.rural": ("城乡一并计算", "Apply the norms to urban and rural communities alike."),
    "cli.norms.top": ("屏幕上最多列出的社区数（默认 20）", "Communities shown on the screen (default: 20)."),
    "cli.norms.usage": (
        "用法：shequ norms、shequ norms 编号，或 shequ norms compare 编号 编号 --on 台账",
        "use: shequ norms, shequ norms ID, or shequ norms compare ID ID --on LEDGER",
    ),
    "cli.norms.hint": ("查看一条：shequ norms 编号", "Show one: shequ norms ID"),
    "norms.difference": ("差额（后减前）", "Difference"),
    "norms.sum": (
        "{id}：{posts}人（{answered}/{all}个社区有结果）",
        "{id}: {posts} posts ({answered} of {all} communities answered)",
    ),
    "norms.counted": ("{id}按{column}列计算", "{id} counted the column {column}"),
    "norms.largest": ("差额最大的{n}个社区（共{all}个有差额）", "The {n} largest of {all} differences"),
    "norms.seen": ("已查到", "seen"),
    "norms.unverified": ("未查到原文，不作默认", "unverified, never a default"),
}
