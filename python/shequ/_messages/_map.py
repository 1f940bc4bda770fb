# SPDX-License-Identifier: BSD-3-Clause
"""Texts of the interactive map."""

from __future__ import annotations

__all__ = ["MAP"]

#: key: (Chinese, English)
MAP: dict[str, tuple[str, str]] = {
    "map.title": ("网格划分图", "Grids"),
    "map.lang": ("English 英文", "中文"),
    "map.in": ("放大", "Zoom in"),
    "map.out": ("缩小", "Zoom out"),
    "map.home": ("全图", "Whole map"),
    "map.find": ("查找网格、社区、人员、楼栋", "Find grid, community, person, building"),
    "map.nothing": ("没有找到", "Nothing found"),
    "map.chosen": ("网格", "Grid"),
    "map.hint": ("点击地图上的网格查看详情", "Click a grid on the map to see its figures"),
    "map.layers": ("图层", "Layers"),
    "map.legend": ("图例", "Legend"),
    "map.layer.fields": ("农田", "Fields"),
    "map.layer.parks": ("公园", "Parks"),
    "map.layer.water": ("水域等障碍物", "Water and other barriers"),
    "map.layer.roads": ("道路、铁路", "Streets, railways"),
    "map.layer.grids": ("网格", "Grids"),
    "map.layer.buildings": ("楼栋", "Buildings"),
    "map.layer.borders": ("网格边界", "Borders of grids"),
    "map.layer.numbers": ("网格序号", "Numbers of grids"),
    "map.key.colours": (
        "相邻网格颜色不同，颜色无其他含义",
        "Neighbouring grids differ in colour; it means nothing else",
    ),
    "map.key.bad": ("超出户数范围的网格", "Grid out of bounds"),
    "map.key.nobody": ("无住户的网格和楼栋", "Grids and buildings where nobody lives"),
    "map.key.water": ("不可跨越的障碍物", "Barrier that no grid crosses"),
    "map.grid": ("网格编号", "Grid"),
    "map.community": ("社区", "Community"),
    "map.kind": ("类别", "Kind"),
    "map.households": ("户数", "Households"),
    "map.households_estimated": ("户数（估算）", "Households (estimate)"),
    "map.homes": ("户", "households"),
    "map.homes_estimated": ("户（估算）", "households (estimate)"),
    "map.buildings": ("楼栋数", "Buildings"),
    "map.state": ("情况", "State"),
    "map.chief": ("网格长", "Chief"),
    "map.worker": ("网格员", "Worker"),
    "map.phone": ("联系电话", "Telephone"),
    "map.posts": ("所在社区应配人数", "Posts of its community"),
    "map.remark": ("说明", "Remark"),
    "map.rule": ("应配人数按 {rule}", "posts by {rule}"),
    "map.estimate": ("户数为估算值", "households are an estimate"),
}
