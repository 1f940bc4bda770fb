# SPDX-License-Identifier: BSD-3-Clause
"""The workbook."""

from __future__ import annotations

__all__ = ["REPORT"]

REPORT: dict[str, tuple[str, str]] = {
    # The workbook
    "report.title": ("{name}社区工作者配备与网格划分核定表", "{name}: community staffing and grids"),
    "report.page": ("第 &P 页 共 &N 页", "Page &P of &N"),
    "report.sheet.summary": ("汇总表", "Summary"),
    "report.sheet.communities": ("社区明细表", "Communities"),
    "report.sheet.grids": ("网格一览表", "Grids"),
    "report.sheet.register": ("网格台账", "Register of grids"),
    "report.sheet.money": ("经费测算表", "Grants"),
    "report.sheet.facilities": ("设施缺口表", "Premises"),
    "report.sheet.certificates": ("持证与培训计划", "Certificates"),
    "report.sheet.visits": ("走访测算表", "Visits"),
    "report.title.register": ("{name} 网格台账", "{name}: register of grids"),
    "report.title.money": ("{name} 社区经费测算表（元）", "{name}: grants in yuan"),
    "report.title.facilities": ("{name} 社区设施缺口表（平方米）", "{name}: premises short, in m²"),
    "report.title.certificates": ("{name} 社区工作者持证与培训计划", "{name}: certificates to be gained"),
    "report.title.visits": ("{name} 入户走访测算表", "{name}: visits to households"),
    "report.register_line": (
        "共{grids:,}个网格，其中{missing:,}个未填网格员。四至按网格外缘的道路、河流或相邻网格描述，以现场核定为准。电话按规定隐去中间四位。",
        (
            "{grids:,} grids, {missing:,} of them without a worker. Sides are named by the street or river along them, or the "
            "grid next to them; they are to be checked on site. Telephones are masked."
        ),
    ),
    "report.rules_line": (
        "各社区逐一测算，合计为各行之和；“—”表示没有数，原因见说明。",
        "Every community by itself; the total is the sum of the rows. — means no number, for the reason given.",
    ),
    "report.rules_unknown": (
        "{measure}：{n}个社区因资料不全没有测算，未计入合计。",
        "{measure}: {n} communities without a number through missing data are not in the total.",
    ),
    "report.rules_none": (
        "{measures}：台账没有所需的列，或所有社区都缺资料，没有测算。",
        "{measures}: the ledger lacks a column for it, or every community lacks the data; not computed.",
    ),
    "report.param.household_basis": ("户数口径", "Households counted"),
    "report.param.staffing": ("配备标准（测算）", "Staffing"),
    "report.param.funding": ("经费标准", "Funding"),
    "report.param.shares": ("经费分担", "Shares"),
    "report.param.urban_certification": ("城镇持证要求", "Certificates, urban"),
    "report.param.rural_certification": ("农村持证要求", "Certificates, rural"),
    "report.param.premises": ("用房标准", "Premises"),
    "report.param.outdoor": ("户外场所标准", "Outdoor areas"),
    "report.param.visits": ("走访要求", "Visits"),
    "report.param.every_setting": ("不分城乡一并测算", "Applied to every setting"),
    "report.sheet.problems": ("问题清单", "Problems"),
    "report.sheet.parameters": ("参数页", "Parameters"),
    "report.title.summary": ("{name} 社区工作者配备汇总表", "{name}: staffing by town"),
    "report.title.communities": ("{name} 社区工作者配备明细表", "{name}: staffing by community"),
    "report.title.grids": ("{name} 网格一览表", "{name}: grids"),
    "report.title.problems": ("{name} 问题清单", "{name}: problems"),
    "report.title.parameters": ("{name} 参数与依据", "{name}: parameters and sources"),
    "report.basis": ("核定依据：{rule}（{id}）", "Rule: {rule} ({id})"),
    "report.sums": (
        "各街道（镇）数为所辖社区逐一核定后相加；缺员与超员分别累计，不相抵；应配人数只计已核定的社区，与“其中：已核定社区”的在岗人数相比。",
        "Towns are sums of communities; shortage and surplus are not netted; posts compare with “of answered communities”.",
    ),
    "report.grids_line": (
        "每个网格{lower:,}至{upper:,}户（含本数）；共{grids:,}个网格，{ok:,}个达标，{bad:,}个不达标，原因见说明和问题清单。",
        "{lower:,} to {upper:,} households a grid, both included; {grids:,} grids, {ok:,} in bounds, {bad:,} not.",
    ),
    "report.problems_line": (
        "共{errors}条错误、{warnings}条提醒。原文件没有任何更改。",
        "Errors: {errors}, warnings: {warnings}. The file itself was not changed.",
    ),
    "report.rows": (
        (
            "{file}：共{rows:,}行＝使用{used:,}行（其中{doubtful:,}行有提醒或错误）"
            "＋未使用{rejected:,}行（有错误{faulty:,}行；小计、说明、重复行{left_out:,}行）"
        ),
        (
            "{file}: {rows:,} rows = {used:,} used ({doubtful:,} of them with a warning or an error) + {rejected:,} "
            "rejected ({faulty:,} with errors; {left_out:,} subtotals, notes and copies)"
        ),
    ),
    "report.rows_why": (
        "未使用的行、未采用的单元格都在下表逐条列出，并写明原因。",
        "Every row and every cell that was not used is listed below with the reason.",
    ),
    "report.at_least": (
        "“≥”表示有社区未填，合计只含已填的社区，实际不少于此数；缺失从不按0计算。",
        "≥: some communities give no number; the sum is of those that do, and what is missing is never taken as 0.",
    ),
    "report.in_bounds": ("达标", "yes"),
    "report.below": ("偏小", "too small"),
    "report.above": ("偏大", "too large"),
    "report.broken": ("不连片", "not contiguous"),
    "report.kind.staff": ("人员配备", "staffing"),
    "report.kind.grids": ("网格划分", "grids"),
    "report.param.rule": ("配备标准", "Staffing rule"),
    "report.param.rule_id": ("标准编号", "Norm id"),
    "report.param.rounding": ("不满一档的处理", "Rounding"),
    "report.param.scope": ("适用范围", "Applies to"),
    "report.param.source": ("标准来源", "Source"),
    "report.size": ("{lower:,}至{upper:,}户（均含本数）", "{lower:,} to {upper:,}, both included"),
    "report.dedicated": (
        "专属网格：无住户（单位、学校、市场等）",
        "dedicated grid: nobody lives here (offices, a school, a market)",
    ),
    "todo.grids": (
        "按说明调整上下限、合并或拆分，或确认例外",
        "change a bound as said, merge or split, or accept the exception",
    ),
    "report.param.grid_size": ("网格规模（户）", "Households a grid"),
    "report.param.seed": ("随机种子", "Seed"),
    "report.param.version": ("软件版本", "Version"),
    "report.param.note": ("说明", "Note"),
    "report.param.file": ("台账文件", "File"),
    "report.param.sheet": ("工作表", "Sheet"),
    "report.param.rows": ("台账行数", "Rows"),
    "report.param.columns": ("读取的列", "Columns read"),
    "report.param.unread": ("未读取的列", "Columns not read"),
    "report.param.own_rule": ("使用者自定", "the user's own"),
    # The report of reading, as a file
    "report.head.title": ("{name} 数据检查报告", "{name}: report of the check"),
    "report.head.code": ("编号", "Code"),
    "report.head.severity": ("级别", "Severity"),
    "report.head.kind": ("类别", "Kind"),
    "report.head.file": ("文件", "File"),
    "report.head.sheet": ("工作表", "Sheet"),
    "report.head.row": ("行号", "Row"),
    "report.head.column": ("列", "Column"),
    "report.head.value": ("原值", "Value"),
    "report.head.message": ("问题", "Problem"),
    "report.head.todo": ("处理建议", "What to do"),
    "report.head.outcome": ("该行", "The row"),
    "outcome.used": ("已使用", "used"),
    "outcome.rejected": ("未使用", "rejected"),
    "todo.not_covered": ("核对户数，或另选标准", "check the count, or choose another norm"),
    "todo.count": ("向社区补报后重新核定", "ask the community for it and compute again"),
    "todo.households": ("向社区补报户数后重新核定", "ask the community for its households and compute again"),
    "todo.invalid": ("核对原表的户数，更正后重新核定", "check the households in the source and correct them"),
    "todo.setting": ("补填“城镇”或“农村”", "fill in urban or rural"),
    "todo.unoccupied": ("核实是否尚未入住或已搬迁", "check whether it is not yet occupied or moved out"),
    "todo.workers": ("补报在岗人数", "ask for the number of workers"),
    "todo.check": ("请核实", "please check"),
    "todo.audit": ("核对原表该行，更正后重新导入", "check this row of the source, correct it and read it again"),
}
