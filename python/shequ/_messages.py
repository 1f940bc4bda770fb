# SPDX-License-Identifier: BSD-3-Clause
"""Every text that a planner reads, Chinese and English side by side, for the tables, the workbook and the commands.

Texts of the compiled core (errors, findings, reasons, relaxations) come from there in both languages already.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shequ._errors import Lang

__all__ = ["TEXTS", "check_lang", "default_lang", "text"]

#: key: (Chinese, English); `{name}` is replaced by a value of the call.
TEXTS: dict[str, tuple[str, str]] = {
    # Words
    "urban": ("城镇", "urban"),
    "rural": ("农村", "rural"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "error": ("错误", "error"),
    "warning": ("提醒", "warning"),
    "note": ("说明", "note"),
    "total": ("合计", "Total"),
    "separator": ("；", "; "),
    "rounding.floor": ("不满一档不计", "floor: only full steps count"),
    "rounding.ceil": ("不满一档按一档计", "ceil: a started step counts"),
    "rounding.round": ("过半档按一档计", "round: half a step counts"),
    # Column headers
    "col.town": ("街道（镇）", "Town"),
    "col.code": ("代码", "Code"),
    "col.community": ("社区（村）", "Community"),
    "col.setting": ("城乡", "Setting"),
    "col.households": ("户数", "Households"),
    "col.workers": ("在岗人数", "Workers"),
    "col.workers_all": ("在岗总人数", "All workers"),
    "col.workers_answered": ("其中：已核定社区", "of answered communities"),
    "col.posts": ("应配人数", "Posts"),
    "col.gap": ("差额", "Gap"),
    "col.status": ("配备情况", "Staffing"),
    "col.to_next": ("距下一岗位户数", "Households to next post"),
    "col.reason": ("核定依据", "Reason"),
    "col.communities": ("社区（村）数", "Communities"),
    "col.answered": ("已核定", "Answered"),
    "col.unanswered": ("未核定", "Not answered"),
    "col.shortage": ("缺员", "Shortage"),
    "col.surplus": ("超员", "Surplus"),
    "col.grids": ("网格数", "Grids"),
    "col.grids_ok": ("达标网格", "Grids in bounds"),
    "col.grid": ("网格编号", "Grid"),
    "col.buildings": ("楼栋（单元）数", "Buildings"),
    "col.in_bounds": ("是否达标", "In bounds"),
    "col.remark": ("说明", "Remark"),
    "col.certified": ("持证人数", "Certified"),
    "col.office_m2": ("用房面积（㎡）", "Office (m²)"),
    "col.outdoor_m2": ("户外场地（㎡）", "Outdoor area (m²)"),
    "col.severity": ("级别", "Severity"),
    "col.kind": ("类别", "Kind"),
    "col.where": ("所在单位", "Where"),
    "col.row": ("行号", "Row"),
    "col.what": ("问题", "Problem"),
    "col.todo": ("处理建议", "What to do"),
    "col.count": ("数量", "Count"),
    "col.item": ("项目", "Item"),
    "col.value": ("取值", "Value"),
    "col.source": ("来源", "Source"),
    "col.id": ("编号", "Id"),
    "col.title": ("名称", "Title"),
    "col.parameters": ("参数", "Parameters"),
    "col.effective": ("施行时间", "Effective"),
    # Staffing: how a community comes to its number
    "staff.base": (
        "应配{posts}人：{households:,}户，{limit:,}户及以下配{base}人；依据{rule}，{rounding}",
        "{posts} posts: {households:,} households, {base} for up to {limit:,}; norm {rule}, {rounding}",
    ),
    "staff.floor": (
        "应配{posts}人：基数{base}人＋超出{limit:,}户部分满{step:,}户的{steps}档；依据{rule}，{rounding}",
        "{posts} posts: {base} + {steps} full steps of {step:,} over {limit:,}; norm {rule}, {rounding}",
    ),
    "staff.ceil": (
        "应配{posts}人：基数{base}人＋超出{limit:,}户部分每{step:,}户一档共{steps}档；依据{rule}，{rounding}",
        "{posts} posts: {base} + {steps} started steps of {step:,} over {limit:,}; norm {rule}, {rounding}",
    ),
    "staff.round": (
        "应配{posts}人：基数{base}人＋超出{limit:,}户部分按{step:,}户折{steps}档；依据{rule}，{rounding}",
        "{posts} posts: {base} + {steps} steps of {step:,} over {limit:,}; norm {rule}, {rounding}",
    ),
    "staff.unoccupied": (
        "应配{posts}人：户数为0，按基数配备；请核实是否尚未入住或已搬迁；依据{rule}",
        "{posts} posts: 0 households, so the base; check whether it is empty or moved out; norm {rule}",
    ),
    "staff.not_applicable": (
        "不核定：{rule}只适用于{applies_to}社区；如需按此测算，请选“含农村”",
        "n/a: {rule} is for {applies_to} communities; computed on request (every setting)",
    ),
    "staff.missing": ("未核定：户数缺失，请补报户数", "no answer: households are missing; ask for them"),
    "staff.invalid": (
        "未核定：户数“{value}”不是0至2,147,483,647之间的整数，请核实",
        "no answer: households={value} must be a whole number in [0, 2147483647]",
    ),
    "staff.no_setting": (
        "未核定：没有城乡属性，代码和名称也看不出，请补填“城镇”或“农村”",
        "no answer: urban or rural is not given and neither code nor name tells; fill in the setting",
    ),
    "staff.no_workers": ("在岗人数缺失，差额无法计算", "workers are missing, so no gap"),
    "staff.short": ("缺{n}人", "short of {n}"),
    "staff.over": ("超{n}人", "{n} over"),
    "staff.even": ("已配齐", "complete"),
    "staff.unknown": ("未知", "unknown"),
    "staff.na": ("不核定", "n/a"),
    "staff.title": ("社区工作者配备核定表", "Community staffing"),
    "staff.rule": (
        "{limit:,}户及以下配{base}人，每增加{step:,}户增配1人（{rounding}），适用于{applies_to}社区",
        "{base} posts up to {limit:,} households, +1 per {step:,} more ({rounding}), for {applies_to} communities",
    ),
    "staff.every_setting": ("城乡一并核定", "applied to urban and rural alike"),
    "staff.setting_given": ("城乡属性：按填报", "Setting: as given"),
    "staff.setting_guessed": (
        "城乡属性：{n}个社区（村）未填报，按代码段或名称判定",
        "Setting: taken from code or name for {n} communities that give none",
    ),
    "staff.setting_none": (
        "城乡属性：没有相关列，全部视为适用",
        "Setting: no column tells, so the rule is applied to every row",
    ),
    "staff.summary": (
        "{answered}个社区应配{posts:,}人，在岗{workers:,}人；缺员合计{shortage:,}人，超员合计{surplus:,}人（不相抵）",
        "{answered} communities: {posts:,} posts, {workers:,} workers; short of {shortage:,}, {surplus:,} over (not netted)",
    ),
    "staff.summary_rest": ("；另有{unanswered}个未核定", "; {unanswered} without an answer"),
    "staff.one": (
        "{households:,}户：应配{posts}人",
        "{households:,} households: {posts} posts",
    ),
    "staff.one_next": (
        "再增加{n:,}户（达到{at:,}户）增配1人",
        "{n:,} more households (at {at:,}) bring the next post",
    ),
    # The workbook
    "report.title": ("{name}社区工作者配备与网格划分核定表", "{name}: community staffing and grids"),
    "report.page": ("第 &P 页 共 &N 页", "Page &P of &N"),
    "report.sheet.summary": ("汇总表", "Summary"),
    "report.sheet.communities": ("社区明细表", "Communities"),
    "report.sheet.grids": ("网格一览表", "Grids"),
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
        "共{errors}条错误、{warnings}条提醒。没有任何一行被删除或自动更改。",
        "{errors} errors and {warnings} warnings. No row was dropped or changed.",
    ),
    "report.no_problems": ("没有发现问题", "Nothing found"),
    "report.in_bounds": ("达标", "yes"),
    "report.below": ("偏小", "too small"),
    "report.above": ("偏大", "too large"),
    "report.broken": ("不连片", "not contiguous"),
    "report.kind.staff": ("人员配备", "staffing"),
    "report.kind.grids": ("网格划分", "grids"),
    "report.kind.tree": ("区划树", "hierarchy"),
    "report.param.rule": ("配备标准", "Staffing rule"),
    "report.param.rule_id": ("标准编号", "Norm id"),
    "report.param.rounding": ("不满一档的处理", "Rounding"),
    "report.param.scope": ("适用范围", "Applies to"),
    "report.param.source": ("标准来源", "Source"),
    "report.param.grid_size": ("网格规模（户）", "Households a grid"),
    "report.param.seed": ("随机种子", "Seed"),
    "report.param.version": ("软件版本", "Version"),
    "report.param.note": ("说明", "Note"),
    "report.param.own_rule": ("使用者自定", "the user's own"),
    "todo.households": ("向社区补报户数后重新核定", "ask the community for its households and compute again"),
    "todo.invalid": ("核对原表的户数，更正后重新核定", "check the households in the source and correct them"),
    "todo.setting": ("补填“城镇”或“农村”", "fill in urban or rural"),
    "todo.unoccupied": ("核实是否尚未入住或已搬迁", "check whether it is not yet occupied or moved out"),
    "todo.workers": ("补报在岗人数", "ask for the number of workers"),
    "todo.audit": ("核对原表该行，更正后重新导入", "check this row of the source, correct it and read it again"),
}


def check_lang(lang: str) -> Lang:
    """Return `lang` where it is "zh" or "en"; raise InvalidInputError otherwise."""
    if lang == "zh":
        return "zh"
    if lang == "en":
        return "en"
    raise InvalidInputError(f'lang="{lang}" must be "zh" or "en"', f'lang="{lang}" 必须是 "zh" 或 "en"')


def default_lang(environment: Mapping[str, str] | None = None) -> Lang:
    """Choose the language of messages from LC_ALL, LC_MESSAGES, LANG, in this order: zh where it says so, else en."""
    variables = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if variables.get(name):
            return "zh" if variables[name].lower().startswith("zh") else "en"
    return "en"


def text(key: str, lang: Lang, /, **values: object) -> str:
    """Return the text of `key` in `lang`, with `values` filled in.

    Parameters
    ----------
    key : str
        Key of `TEXTS`; another one is a bug of the library and raises KeyError.
    lang : "zh" or "en"
        Language.
    **values : object
        One for each `{name}` of the text.

    Returns
    -------
    str
        The finished text.
    """
    chinese, english = TEXTS[key]
    return (chinese if lang == "zh" else english).format(**values)
