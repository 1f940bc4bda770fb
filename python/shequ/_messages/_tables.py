# SPDX-License-Identifier: BSD-3-Clause
"""Words, headers and staffing reasons."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES: dict[str, tuple[str, str]] = {
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
}
