# SPDX-License-Identifier: BSD-3-Clause
"""The district sheet: measures with their units, why a cell has no number, the command."""

from __future__ import annotations

__all__ = ["SHEET"]

SHEET: dict[str, tuple[str, str]] = {
    # Measures, with the unit that people read
    "measure.posts": ("应配人数", "Posts"),
    "measure.posts_most": ("应配上限", "Posts, most"),
    "measure.shortage": ("缺员", "Shortage"),
    "measure.surplus": ("超员", "Surplus"),
    "measure.grant": ("经费（元）", "Grant, yuan"),
    "measure.grant_town": ("镇街承担（元）", "Town pays, yuan"),
    "measure.grant_district": ("区承担（元）", "District pays, yuan"),
    "measure.unpaid": ("未到位（元）", "Unpaid, yuan"),
    "measure.certificates": ("尚缺持证", "Certificates short"),
    "measure.premises_gap": ("用房缺口（m²）", "Premises short, m²"),
    "measure.outdoor_gap": ("户外缺口（m²）", "Outdoor short, m²"),
    "measure.grids": ("网格数", "Grids"),
    "measure.grids_most": ("网格上限", "Grids, most"),
    "measure.visit_weeks": ("走访周数", "Weeks a round"),
    "col.measure": ("指标", "Measure"),
    "col.number_of": ("数值", "Number"),
    "col.why": ("原因", "Why"),
    "col.persons": ("人口数", "Persons"),
    "col.dwellings": ("套数", "Dwellings"),
    # Why a cell has no number: one for each state
    "cell.not_applicable": ("不适用", "n/a"),
    "cell.no_rule": ("未选标准", "no rule"),
    "cell.not_additive": ("不合计", "no sum"),
    "cell.no_setting": ("缺城乡", "no setting"),
    "cell.no_households": ("缺户数", "no households"),
    "cell.no_dwellings": ("缺套数", "no dwellings"),
    "cell.no_residents": ("缺人口", "no persons"),
    "cell.no_workers": ("缺在岗人数", "no workers"),
    "cell.no_certified": ("缺持证人数", "no certified"),
    "cell.no_office": ("缺用房面积", "no office area"),
    "cell.no_outdoor": ("缺户外面积", "no outdoor area"),
    "cell.no_funding_class": ("缺经费类别", "no funding class"),
    "cell.no_paid": ("缺到位经费", "no amount paid"),
    "cell.not_covered": ("标准未涵盖", "not covered"),
    "cell.infeasible": ("划不成", "infeasible"),
    "cell.nobody": ("无人在岗", "nobody"),
    "cell.none_known": ("未知", "unknown"),
    "basis.households": ("户数（台账未说明口径）", "households, of which kind is not said"),
    "basis.registered_households": ("户籍户", "registered households"),
    "basis.resident_households": ("常住户", "resident households"),
    # The workbook
    "sheet.title": ("{name} 区级测算表", "{name}: district sheet"),
    "sheet.tab.towns": ("汇总表", "By town"),
    "sheet.tab.communities": ("社区明细表", "Communities"),
    "sheet.tab.reasons": ("逐项依据", "Reasons"),
    "sheet.title.towns": ("{name} 区级测算汇总表", "{name}: district sheet by town"),
    "sheet.title.communities": ("{name} 区级测算明细表", "{name}: district sheet by community"),
    "sheet.title.reasons": ("{name} 逐项依据", "{name}: the reason of every number"),
    "sheet.kind": ("测算", "district sheet"),
    "sheet.todo": (
        "补报资料，或按说明调整后重新测算",
        "ask for what is missing, or change it as said, and compute again",
    ),
    "sheet.problem": ("{measures}：{why}", "{measures}: {why}"),
    "sheet.line.sums": (
        "每个社区单独测算，各级合计为所辖社区之和；缺员与超员不相抵。",
        "Every community by itself; towns and the district are the sums of theirs. Shortage and surplus are not netted.",
    ),
    "sheet.line.empty": (
        "没有数的单元格写明原因；“不适用”指标准不针对该类社区。",
        "A cell without a number says why; n/a: the rule is not meant for such a community.",
    ),
    "sheet.line.too_many": (
        "超过{n:,}行，没有逐项列出；可用 shequ sheet --explain 代码 查看一个社区",
        "more than {n:,} rows, not listed; shequ sheet --explain CODE shows one community",
    ),
    "sheet.line.absent": ("未测算：{what}", "Not computed: {what}"),
    "sheet.line.rule": ("{name}：{words}", "{name}: {words}"),
    # Why a whole measure is left out
    "sheet.absent.column": ("{rule}（台账没有{column}列）", "{rule} (the ledger has no column of {column})"),
    "sheet.absent.no_rule": ("{rule}：{how}", "{rule}: {how}"),
    "sheet.how.funding": (
        "基数和标准须由使用者给出：--norm 自有标准.toml",
        "the sums are for you to give: --norm mynorms.toml",
    ),
    "sheet.how.certificates": (
        "须用 --certificate-level 说明持证列统计哪一级及以上",
        "say by --certificate-level from which level on the column counts",
    ),
    "sheet.how.visits": (
        "须用 --visits-per 说明10户按每周还是每半天",
        "say by --visits-per whether 10 households are for a week or a half-day",
    ),
    "sheet.rule.gap": ("缺员、超员", "shortage and surplus"),
    "sheet.rule.unpaid": ("未到位经费", "unpaid grants"),
    "col.paid_fen": ("到位经费", "amount paid"),
    "sheet.rule.staffing": ("配备", "staffing"),
    "sheet.rule.funding": ("经费", "funding"),
    "sheet.rule.certificates": ("持证", "certificates"),
    "sheet.rule.premises": ("用房", "premises"),
    "sheet.rule.outdoor": ("户外场所", "outdoor areas"),
    "sheet.rule.grid_size": ("网格", "grids"),
    "sheet.rule.visits": ("走访", "visits"),
    # shequ sheet
    "cli.sheet.short": (
        "区级测算表：岗位、经费、用房、持证、网格一次算全",
        "The district sheet: everything that the columns allow",
    ),
    "cli.sheet.help": (
        (
            "按台账已有的列一次算全：应配人数、缺员、经费、持证、用房、户外场所、网格、走访；分街道（镇）合计，"
            "没有数的单元格写明原因。\n\n"
            "\b\n例：\n  shequ sheet 台账.xlsx\n  shequ sheet 台账.xlsx --norm staff.cn2025 --out 测算表.xlsx\n"
            "  shequ sheet 台账.xlsx --norm 本市标准.toml --shares 60% 40%\n"
            "  shequ sheet 台账.xlsx --explain 320412001003\n\n"
            "没有另选时，配备按 staff.wujin2012，用房和户外场所按 area.wujin2012，网格按 grid.haikou2020。"
            "标准没有规定的（经费基数、持证等级、走访口径）须由使用者给出，否则不算。\n\n"
            "退出码：0 全部有数；1 台账有错误，或有社区因资料不全没有数；2 无法进行。"
        ),
        (
            "Compute all that the columns of a ledger allow: posts, shortage, grants, certificates, premises, outdoor areas, "
            "grids, visits; with sums by town, and the reason in every cell without a number.\n\n"
            "\b\nExamples:\n  shequ sheet ledger.xlsx\n  shequ sheet ledger.xlsx --norm staff.cn2025 --out sheet.xlsx\n"
            "  shequ sheet ledger.xlsx --norm mycity.toml --shares 60% 40%\n"
            "  shequ sheet ledger.xlsx --explain 320412001003\n\n"
            "Where you choose no other, posts go by staff.wujin2012, areas by area.wujin2012, grids by grid.haikou2020. What "
            "the norms leave open (sums of grants, level of certificates, how visits count) is for you to give; else it is not "
            "computed.\n\n"
            "Exit codes: 0 every number is there; 1 errors in the ledger, or numbers missing through its data; 2 nothing could "
            "be done."
        ),
    ),
    "cli.sheet.norm": (
        "标准编号，或自有标准的 .toml 文件；可多次使用，同类只能一个（见 shequ norms）",
        "Id of a norm, or a .toml file of your own; may be given several times, one of a kind (see shequ norms).",
    ),
    "cli.sheet.basis": (
        "户数口径：households 未说明，registered_households 户籍户，resident_households 常住户（默认按表头判断）",
        "What the households are: households (not said), registered_households, resident_households (default: by the header).",
    ),
    "cli.sheet.shares": ("经费由镇街、区分担的比例，如 60% 40%", "Shares that town and district pay, as 60% 40%."),
    "cli.sheet.size": (
        "每个网格的户数下限和上限（默认按 grid.haikou2020：300 500）",
        "Least and most households of a grid (default: grid.haikou2020, 300 500).",
    ),
    "cli.sheet.certificate_level": (
        "持证列统计哪一级及以上：assistant 助理，worker 社工师，senior 高级；给出后按城镇80%、农村50%测算",
        "The level from which the column counts: assistant, worker or senior; then 80% urban and 50% rural are asked for.",
    ),
    "cli.sheet.visits_per": (
        "每人10户按 week（每周）还是 half_day（每半天，每周4个半天）",
        "10 households a worker: each week, or each half_day (4 a week).",
    ),
    "cli.sheet.explain": (
        "说明一个单位每个数的依据：代码或名称；可多次使用",
        "Say how a unit comes to its numbers: code or name; may be given several times.",
    ),
    "cli.sheet.out": (
        "写出测算表：.xlsx（含逐项依据）、.csv（社区明细）或 .html",
        "Write the sheet: .xlsx (with every reason), .csv (communities) or .html.",
    ),
    "cli.sheet.top": (
        "最多列出几个没有数的社区（默认 20）",
        "List this many communities without a number (default: 20).",
    ),
    "cli.sheet.unknown": (
        "因资料不全或划不成而没有数的社区（{n}个）",
        "Communities without some number, through missing data or no division ({n})",
    ),
    "cli.sheet.all_known": ("应有的数都有。", "Every number that should be there is."),
    "cli.sheet.nothing": (
        "台账的列不够，什么也算不了；读取的列：{columns}",
        "the ledger lacks the columns for all of it; columns read: {columns}",
    ),
    "cli.norm_twice": (
        "--norm：{a} 和 {b} 都规定了{kind}，只能选一个",
        "--norm: both {a} and {b} give {kind}; choose one",
    ),
    "cli.no_unit": ("没有“{name}”这个单位（代码或名称）", 'there is no unit "{name}", neither code nor name'),
    "cli.many_units": (
        "“{name}”有{n}个：{codes}；请用代码",
        '"{name}" is the name of {n} units: {codes}; use the code',
    ),
}
