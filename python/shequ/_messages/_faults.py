# SPDX-License-Identifier: BSD-3-Clause
"""What can be wrong with a table of communities: the name of each kind of fault, and what to do about it."""

from __future__ import annotations

__all__ = ["FAULTS"]

_FAULTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "E01": (
        ("重复的行", "repeated row"),
        (
            "完全相同的只留一行；数据不同的，核实后删去错误的一行",
            "keep one of equal rows; of others strike out the wrong one",
        ),
    ),
    "E02": (
        ("代码重复、名称不同", "one code for two names"),
        ("核对两个单位的代码，更正错误的一个", "look up the codes of both units and correct the wrong one"),
    ),
    "E03": (
        ("名称相同、代码不同", "one name for two codes"),
        ("按街道（乡镇）和代码区分，不要只用名称", "tell them apart by town and code, never by name alone"),
    ),
    "E04": (
        ("名称找不到对应单位", "name without a match"),
        ("从候选单位中选定，或补填代码", "choose one of the candidates, or fill in the code"),
    ),
    "E05": (
        ("上级缺失或不符", "missing or wrong parent"),
        ("核对上级（街道、区县）的代码和名称", "check code and name of the unit above"),
    ),
    "E06": (
        ("层级混乱", "cycle, two parents or wrong level"),
        ("核对上级代码和层级，每个单位只能有一个上级", "check parent and level: each unit has one parent, above it"),
    ),
    "E07": (
        ("已撤销或合并的单位仍在表中", "abolished or merged unit still listed"),
        ("按撤并文件删去旧单位，避免户数重复计算", "strike out the old unit, or its households count twice"),
    ),
    "E08": (
        ("代码或名称已变更", "recoded or renamed"),
        ("改用现行代码和名称，旧的记为别名", "use the present code and name, keep the old ones as aliases"),
    ),
    "E09": (
        ("代码成了科学计数法", "code in scientific notation"),
        ("把该列设为文本后重新填写代码", "format the column as text and enter the code again"),
    ),
    "E10": (
        ("过长的代码存成了数字", "long code stored as a number"),
        ("把该列设为文本后重新填写代码", "format the column as text and enter the code again"),
    ),
    "E11": (
        ("代码长度或字符不符", "length or characters of a code"),
        ("核对代码，应为12位数字", "look up the code: it has 12 digits"),
    ),
    "E12": (
        ("类型与代码、名称不符", "kind, code and name disagree"),
        ("核实是居委会还是村委会，填写类型列", "find out the kind and fill in the kind column"),
    ),
    "E13": (
        ("数字写法", "number written as text"),
        ("填写准确的阿拉伯数字，文字说明写到备注列", "enter the exact number, put words into a column of remarks"),
    ),
    "E14": (
        ("空缺或隐去的数", "masked or empty"),
        ("补报该数；没有就留空，不要填0", "ask for the number; leave the cell empty where there is none, never 0"),
    ),
    "E15": (
        ("不可能的数值", "impossible value"),
        ("核对原始数据后更正", "check the source and correct the value"),
    ),
    "E16": (
        ("单位疑似写错", "slip of unit"),
        (
            "核对单位：亩、平方米，元、万元，户、人",
            "check the unit: mu or m², yuan or 10,000 yuan, households or persons",
        ),
    ),
    "E17": (
        ("小计、合计、说明行", "subtotal or note as a row"),
        ("与明细不符时核对明细和合计", "where it differs from its rows, check both"),
    ),
    "E18": (
        ("合并单元格、隐藏行、公式", "merged cells, hidden rows, formulas"),
        (
            "取消合并并填满，公式改为数值，没有表头的列补上表头",
            "unmerge and fill the cells, store values, name every column",
        ),
    ),
    "E19": (
        ("日期", "date or year"),
        ("按 2014-12-31 的形式填写统计时间", "write the date as 2014-12-31"),
    ),
    "E20": (
        ("文字编码", "encoding"),
        ("用原来的软件重新导出，或指定编码", "export the file again, or state its encoding"),
    ),
    "E21": (
        ("可疑字符", "suspicious character"),
        ("核对名称用字", "check how the name is written"),
    ),
    "E22": (
        ("坐标", "coordinates"),
        ("核对坐标系，经度在前、纬度在后", "check the coordinate system and the order of the axes"),
    ),
    "E23": (
        ("图形有误", "faulty geometry"),
        ("在地图软件中修正，或同意列出的修补", "mend the shape, or agree to the repair listed"),
    ),
    "E24": (
        ("网格有空白或重叠", "gap or overlap of grids"),
        ("每栋楼只归入一个网格", "put every building into exactly one grid"),
    ),
    "E25": (
        ("点位远离所属社区", "point far from its community"),
        ("核对地址和坐标", "check address and coordinates"),
    ),
    "E26": (
        ("跨界楼栋或无住户楼栋", "building across a border, or without households"),
        (
            "归面积较大的一方；无住户的也要归入网格",
            "give it to the larger share; without households it needs a grid too",
        ),
    ),
    "E27": (
        ("部门数据不一致", "totals differ between departments"),
        ("选定一个口径并注明来源", "choose one basis and name its source"),
    ),
    "E28": (
        ("人员名册", "staff list"),
        ("核对身份，一人只计一次", "check who it is: one person counts once"),
    ),
    "E29": (
        ("要求无法满足", "request that cannot be met"),
        ("按给出的最小调整放宽一项要求", "relax one bound as proposed"),
    ),
    "E30": (
        ("个人信息", "personal data"),
        ("从台账中删去身份证号、电话", "take identity numbers and phones out of the ledger"),
    ),
}

#: ``fault.E01`` is the name of a fault, ``todo.E01`` what to do about it.
FAULTS: dict[str, tuple[str, str]] = {
    f"{what}.{code}": texts[which] for code, texts in _FAULTS.items() for which, what in enumerate(("fault", "todo"))
}
