# SPDX-License-Identifier: BSD-3-Clause
"""Scenarios: edits in words, comparisons, conflicts, the command."""

from __future__ import annotations

__all__ = ["SCENARIO"]

SCENARIO: dict[str, tuple[str, str]] = {
    # Edits in words
    "edit.set": ("{unit}：{column}改为{value:,}", "{unit}: {column} set to {value:,}"),
    "edit.set_missing": ("{unit}：{column}改为缺失", "{unit}: {column} made missing"),
    "edit.add": ("{unit}：{column}增加{value:,}", "{unit}: {column} up by {value:,}"),
    "edit.add_less": ("{unit}：{column}减少{value:,}", "{unit}: {column} down by {value:,}"),
    "edit.transfer": ("{unit}划给{to}：{values}", "from {unit} to {to}: {values}"),
    "edit.set_rule": ("{unit}改用{norm}", "{unit}: {norm}"),
    "edit.set_rule_setting": ("{unit}的{setting}社区改用{norm}", "{unit}, {setting} communities: {norm}"),
    "rule.staffing": ("配备标准", "norm"),
    "rule.funding": ("经费标准", "funding norm"),
    "rule.certification": ("持证标准", "certification norm"),
    "rule.premises": ("用房标准", "premises norm"),
    "rule.outdoor": ("户外场所标准", "outdoor norm"),
    "rule.grid_size": ("网格规模", "grid size"),
    "col.grant": ("补助（元）", "Grant, yuan"),
    "col.certificates": ("需新增证书", "Certificates lacking"),
    "col.premises_gap": ("用房缺口（平方米）", "Premises gap, m²"),
    "col.outdoor_gap": ("户外场所缺口（平方米）", "Outdoor gap, m²"),
    "col.office_dm2": ("办公用房（平方米）", "Office m²"),
    "col.outdoor_dm2": ("户外活动场所（平方米）", "Outdoor m²"),
    "edit.no_norm": ("无标准", "none"),
    "edit.merge": ("{units}合并为{name}", "{units} merged into {name}"),
    "edit.split": ("{unit}分设为{names}", "{unit} split into {names}"),
    "edit.create": ("{unit}下新设{name}", "{name} created in {unit}"),
    "edit.abolish": ("撤销{unit}", "{unit} abolished"),
    "edit.move": ("{unit}划归{to}", "{unit} moved to {to}"),
    # Comparisons
    "col.level": ("层级", "Level"),
    "col.before": ("调整前", "Before"),
    "col.after": ("调整后", "After"),
    "col.difference": ("增减", "Difference"),
    "col.edit": ("起因（第几项）", "Edit"),
    "col.edit_number": ("序号", "Number"),
    "col.edit_words": ("调整内容", "What was changed"),
    "col.residents": ("人口数", "Persons"),
    "col.unit": ("单位", "Unit"),
    "compare.title": ("{name} 方案比较", "{name}: scenarios compared"),
    "compare.tab.summary": ("汇总表", "Summary"),
    "compare.tab.detail": ("明细表", "Detail"),
    "compare.tab.edits": ("调整事项", "Edits"),
    "compare.tab.parameters": ("参数页", "Parameters"),
    "compare.tab.sweep": ("增长测算", "Growth"),
    "compare.title.summary": ("{name} 方案比较汇总表", "{name}: before and after by town"),
    "compare.title.detail": ("{name} 方案比较明细表", "{name}: every number that differs"),
    "compare.title.edits": ("{name} 调整事项", "{name}: edits"),
    "compare.title.parameters": ("{name} 参数与依据", "{name}: parameters and sources"),
    "compare.title.sweep": ("{name} 户数增长与配备测算", "{name}: posts under growth"),
    "compare.line.sums": (
        "街道（镇）和区的数为所辖社区之和；缺员与超员分别累计，不相抵。没有数的写“—”，不按0计算。",
        "Towns and the district are sums of their communities; shortage and surplus are not netted. — is no number, not 0.",
    ),
    "compare.same": ("没有差别。", "Nothing differs."),
    "compare.one": (
        "{edits}项调整，{units}个单位的{numbers}个数有变化",
        "{edits} edits change {numbers} numbers of {units} units",
    ),
    "compare.edit_before": ("原方案第{n}项", "{n} of the other"),
    "compare.param.rule": ("{rule}（调整前）", "{rule} before the edits"),
    "compare.param.base": ("基准指纹", "Fingerprint of the base"),
    "compare.param.file": ("方案文件", "Scenario file"),
    # Growth
    "col.norm": ("标准", "Norm"),
    "col.rate": ("增长率", "Growth"),
    "sweep.title": ("户数（人口）增长与配备测算", "Posts under growth"),
    "sweep.rounded": ("增长后的户数（人口）{how}", "Grown counts are made whole: {how}"),
    "sweep.own": ("方案中各社区的标准", "norms of the scenario"),
    "sweep.bad_rate": (
        '--sweep={rate} 必须写成百分数或分数，如 "5%" 或 "1/20"',
        '--sweep={rate} must be a percentage or a fraction, as "5%" or "1/20"',
    ),
    "sweep.round": ("四舍五入", "half up"),
    "sweep.floor": ("舍去小数", "rounded down"),
    "sweep.ceil": ("小数进一", "rounded up"),
    # Questions
    "col.count": ("户数（人口）", "Count"),
    "col.given": ("新增岗位", "Given"),
    "col.shortage_left": ("仍缺", "Still short"),
    "col.from_count": ("从", "From"),
    "col.to_count": ("到", "To"),
    "col.more": ("配得多的标准", "More posts by"),
    "col.a_from": ("甲（起）", "First, from"),
    "col.a_to": ("甲（止）", "First, to"),
    "col.b_from": ("乙（起）", "Second, from"),
    "col.b_to": ("乙（止）", "Second, to"),
    "col.now": ("现在", "Now"),
    "question.near": (
        "再增加不超过{within:,}（户或人）就增配1人的社区",
        "Communities within {within:,} of the next post",
    ),
    "question.answered": ("{all:,}个社区中{n:,}个有数", "{n:,} of {all:,} communities have a number"),
    "question.place": ("新增{n:,}个岗位的安排", "Where {n:,} new posts go"),
    "question.worst": (
        "最多缺员从{before:,}人降到{after:,}人，任何安排都不能更低",
        "the worst shortage falls from {before:,} to {after:,}; no division leaves less",
    ),
    "question.worst_relative": (
        "最多缺员从{before:,}人变为{after:,}人",
        "the worst shortage goes from {before:,} to {after:,}",
    ),
    "question.left": (
        "安排后共缺{short:,}人，剩余岗位{over:,}个",
        "short of {short:,} in all after it, {over:,} posts left over",
    ),
    "question.even": ("{a}与{b}的分界", "Where {a} and {b} part"),
    "question.compared": (
        "甲为{a}，乙为{b}，按{counted}；有范围的标准比较下限",
        "first {a}, second {b}, by {counted}; of a range the least is compared",
    ),
    "question.converted": ("每户{ratio}人，换算后舍去小数", "{ratio} persons a household, rounded down"),
    "col.change": ("调整", "Change"),
    "col.size_before": ("调整前规模", "Size before"),
    "col.size_after": ("调整后规模", "Size after"),
    "col.posts_before": ("调整前应配", "Posts before"),
    "col.posts_after": ("调整后应配", "Posts after"),
    "col.households_moved": ("换社区的户数", "Households that change"),
    "col.grant_change": ("应拨经费增减（元）", "Grant due, change (yuan)"),
    "col.premises_change": ("应有用房增减（㎡）", "Premises needed, change (m2)"),
    "change.merge": ("撤并", "merge"),
    "change.split": ("分设", "split"),
    "change.too_small": ("规模过小", "too small"),
    "change.too_large": ("规模过大", "too large"),
    "change.posts": ("减少岗位", "fewer posts"),
    "adjust.title": ("社区撤并与分设建议", "Mergers and splits proposed"),
    "adjust.by.changes": ("涉及社区", "communities that change"),
    "adjust.by.households": ("换社区的户数", "households that change community"),
    "adjust.by.posts": ("应配人数", "posts"),
    "adjust.cheapest": (
        "{n:,}项调整达到目标；{measure}{cost:,}，已证明不能更少",
        "{n:,} changes reach the target; {measure}: {cost:,}, proven to be the fewest possible",
    ),
    "adjust.feasible": (
        "{n:,}项调整达到目标；{measure}{cost:,}，至少{bound:,}",
        "{n:,} changes reach the target; {measure}: {cost:,}, at least {bound:,}",
    ),
    "adjust.nearest": (
        "撤并与分设不能达到目标（已证明）；最接近的方案有{n:,}项调整，{measure}{cost:,}",
        "proven that no mergers and splits reach the target; the nearest plan has {n:,} changes, {measure}: {cost:,}",
    ),
    "adjust.unknown": (
        "时间内没有找到达到目标的方案，也没有证明不存在；这里有{n:,}项调整，{measure}{cost:,}",
        "no plan that reaches the target was found in time, nor proven absent; this one has {n:,} changes, {measure}: {cost:,}",
    ),
    "adjust.posts": ("应配人数由{before:,}变为{after:,}", "posts go from {before:,} to {after:,}"),
    "adjust.outside": ("仍不在规模范围内的社区{n:,}个：{names}", "{n:,} communities stay outside the bounds: {names}"),
    "adjust.left_out": (
        "{n:,}个社区缺规模数、不适用配备标准或要求保留，不参加调整",
        "{n:,} communities stay as they are: without a size, not under the norm, or kept on request",
    ),
    "adjust.bounds": (
        "规模按{column}：{span}；只在同一街道（镇）、同为城镇或农村的相邻社区间合并，至多{most}个并为一个",
        "size by {column}: {span}; mergers of neighbours in one town and setting only, at most {most} into one",
    ),
    "adjust.norm": ("配备标准：{norm}", "norm: {norm}"),
    "adjust.even": (
        "分设按平均分户测算，边界待定",
        "splits are computed with even parts, as their borders are open",
    ),
    "adjust.proposal": (
        "仅为测算建议，由区里征求居民意见后决定",
        "a proposal: the district decides, after the residents agree",
    ),
    "col.giver": ("划出", "From"),
    "col.taker": ("划入", "To"),
    "col.giver_count": ("划出方规模", "Size of giver"),
    "col.giver_posts": ("划出方应配", "Posts of giver"),
    "col.taker_count": ("划入方规模", "Size of taker"),
    "col.taker_posts": ("划入方应配", "Posts of taker"),
    "col.freed": ("减少岗位", "Posts freed"),
    "border.title": ("微调边界减少岗位", "Moves of borders that free a post"),
    "border.found": (
        "相连的至多{atoms}个楼栋（网格）一起划转，可行的有{n:,}种，按涉及户数从少到多排列",
        "{n:,} moves of at most {atoms} buildings (grids) that hang together; fewest households first",
    ),
    "border.one": (
        "各项分别测算，不能相加；做了一项，其余须重新测算",
        "each is for itself: after one of them the others must be asked for again",
    ),
    "simulation.title": ("随机增长下的配备", "Posts under random growth"),
    "simulation.how": (
        "{draws:,}次抽样，种子{seed}；{rule}；共同增长{growth}，各社区另加{own}；{n:,}个社区",
        "{draws:,} draws, seed {seed}; {rule}; shared growth {growth}, of each community's own {own}; {n:,} communities",
    ),
    # Least disturbance
    "col.grid_before": ("原网格", "Grid before"),
    "col.grid_after": ("现网格", "Grid now"),
    "repartition.title": ("网格最小调整", "Grids with least disturbance"),
    "repartition.minimal": (
        "调整{atoms}栋、{moved:,}户，已证明不能更少",
        "{moved:,} households in {atoms} buildings move, proven to be the fewest possible",
    ),
    "repartition.feasible": (
        "调整{atoms}栋、{moved:,}户；已证明至少须调整{bound:,}户",
        "{moved:,} households in {atoms} buildings move; at least {bound:,} must",
    ),
    "repartition.infeasible": ("没有符合要求的划分", "no division keeps the rules"),
    "repartition.above_cap": (
        "已证明至少须调整{bound:,}户，超出上限",
        "proven that at least {bound:,} households must move, which is more than allowed",
    ),
    "repartition.unknown": (
        "时间内没有找到符合要求的划分；至少须调整{bound:,}户",
        "no plan that keeps the rules was found in time; at least {bound:,} households must move",
    ),
    "repartition.cap": (
        "上限{cap:,}户；找到的方案须调整{moved:,}户，至少{bound:,}户",
        "at most {cap:,} may move; the plan found moves {moved:,}, at least {bound:,} must",
    ),
    # Files
    "conflict.head": ("不能执行的调整（{n}项）", "Edits that could not be done ({n})"),
    "conflict.tab": ("不能执行的调整", "Not done"),
    "conflict.title": ("{name} 不能执行的调整", "{name}: edits that could not be done"),
    "conflict.number": ("第几项", "Edit"),
    "conflict.made": (
        "“{label}”应由第{number}项产生，而该项没有执行",
        '"{label}" is made by edit {number}, which was not done',
    ),
    "conflict.gone": (
        "unit='{unit}' 必须是现有单位：该单位已被前面的调整合并、拆分或撤销",
        "unit='{unit}' must be there: an earlier edit merged, split or abolished it",
    ),
    # shequ scenario
    "cli.scenario.short": ("方案推演：在台账上执行一组调整并比较", "What if: replay edits on a ledger and compare"),
    "cli.scenario.help": (
        (
            "在台账上逐项执行方案文件里的调整（改数、换标准、合并、分设、新设、撤销、划转），"
            "比较调整前后的户数、岗位、缺员、超员，以及给出标准的经费、用房等，写出 Excel。台账本身不改。\n\n"
            "\b\n例：\n  shequ scenario 方案.toml --on 台账.xlsx\n"
            "  shequ scenario 方案.toml --on 台账.xlsx --report 比较.xlsx\n"
            '  shequ scenario 方案.toml --on 台账.xlsx --sweep "0%,5%,10%"\n\n'
            "方案文件可以手写（TOML）：\n\n"
            '\b\n  [\\[edit]]\n  add = "户数"\n  unit = "甲社区"\n  value = 300\n'
            '  [\\[edit]]\n  merge = ["甲社区", "乙社区"]\n  name = "甲乙社区"\n\n'
            "单位写代码或名称，重名时写“街道/社区”。不能执行的调整会列出原因，其余照常执行。\n\n"
            "退出码：0 完成；1 台账有错误，或有调整不能执行；2 无法进行。"
        ),
        (
            "Replay the edits of a scenario (values, norms, mergers, splits, new and abolished units, moves) on a ledger, and "
            "compare households, posts, shortage and surplus, and what other norms are given for, before and after. The ledger "
            "itself is not changed.\n\n"
            "\b\nExamples:\n  shequ scenario plan.toml --on ledger.xlsx\n"
            "  shequ scenario plan.toml --on ledger.xlsx --report compared.xlsx\n"
            '  shequ scenario plan.toml --on ledger.xlsx --sweep "0%,5%,10%"\n\n'
            "The file is what Scenario.save writes, or TOML by hand:\n\n"
            '\b\n  [\\[edit]]\n  add = "households"\n  unit = "East"\n  value = 300\n'
            '  [\\[edit]]\n  merge = ["East", "West"]\n  name = "East and West"\n\n'
            "A unit is a code or a name, town/community where a name is not unique. Edits that cannot be done are listed with "
            "the reason, the others are done.\n\n"
            "Exit codes: 0 done; 1 errors in the ledger, or edits that could not be done; 2 nothing could be done."
        ),
    ),
    "cli.scenario.file": ("方案文件（.json 或 .toml）", "Scenario (.json or .toml)."),
    "cli.scenario.metavar": ("方案", "SCENARIO"),
    "cli.scenario.on": ("台账文件（.xlsx、.csv、.csv.gz、.parquet）", "Ledger (.xlsx, .csv, .csv.gz, .parquet)."),
    "cli.scenario.norm": (
        (
            "调整前的标准：编号或 .toml 文件，可多次使用（配备、经费、用房、户外场所、网格规模；"
            "默认按方案文件，配备没有写明时为 staff.wujin2012）"
        ),
        (
            "Norm before the edits: id or .toml file, may be given several times, for staffing, funding, premises, outdoor areas, "
            "grid size (default: as the scenario says, for staffing else staff.wujin2012)."
        ),
    ),
    "cli.scenario.rural": ("农村社区（村）也按此标准", "Give villages the norm too."),
    "cli.scenario.report": (
        "写出比较：.xlsx、.html、.txt 或 .csv",
        "Write the comparison: .xlsx, .html, .txt or .csv.",
    ),
    "cli.scenario.replay": (
        "方案在另一份台账上保存的，也在这份台账上执行，列出不能执行的调整",
        "Replay a scenario that was saved on another ledger, and list what cannot be done.",
    ),
    "cli.scenario.sweep": (
        '户数增长测算：以逗号分开的增长率，如 "0%,5%,10%"（负数写 "-5%"）；不满一户四舍五入',
        'Growth sweep: rates with commas, as "0%,5%,10%"; households are rounded half up.',
    ),
    "cli.scenario.with": (
        "增长测算另比较的标准：编号或 .toml，可多次使用；编号:ceil 表示换取整方式",
        "More norms for the sweep: id or .toml, may be given several times; id:ceil for another rounding.",
    ),
    "cli.scenario.summary": (
        "调整前后（有变化的街道（镇）和区）",
        "Before and after (district, and towns that change)",
    ),
    "cli.scenario.detail": ("明细（前{n}条，共{all}条）", "Detail ({n} of {all})"),
    "cli.scenario.no_norm": (
        "台账没有{column}列，{id} 无法计算",
        "the ledger has no column of {column}, which {id} counts",
    ),
}
