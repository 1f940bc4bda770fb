# SPDX-License-Identifier: BSD-3-Clause
"""Texts of towns that are cut into atoms: `shequ grids BUILDINGS --roads ROADS`."""

from __future__ import annotations

__all__ = ["TOWN"]

#: key: (Chinese, English)
TOWN: dict[str, tuple[str, str]] = {
    "cli.grids.roads": (
        "道路中心线文件：按街区划分楼栋单元，网格优先沿道路分界（属性 highway、kind 说明道路等级）",
        "Centre lines of roads: they part street blocks, and grids end at them where they can (highway or kind: class).",
    ),
    "cli.grids.barriers": (
        "河流、铁路等障碍物文件，可多次给出：网格不跨越，除非有 --crossings 或 --crossing",
        "Water, railways: no grid goes across, but for --crossings and --crossing. May be given several times.",
    ),
    "cli.grids.crossings": (
        "桥梁、大门、地道文件（属性 name、kind）：行人可以通过的地方",
        "Bridges, gates, underpasses (name, kind): where people get across barriers.",
    ),
    "cli.grids.crossing": (
        "作为通道的道路名称，可多次给出，如 --crossing 外白渡桥",
        "Name of a road that is such a crossing. May be given several times.",
    ),
    "cli.grids.boundary": (
        "社区边界文件（--within 为其中社区所在的列；默认为楼栋周边 100 米）",
        "Boundaries of communities, with --within their column (default: the land within 100 m of buildings).",
    ),
    "cli.grids.compounds": ("小区范围文件：一个小区不会被拆开", "Outlines of compounds (小区) that no grid parts."),
    "cli.grids.by": (
        "划分单元：cell 为每栋楼一个（默认），block 为街区",
        "Atoms: a cell for each building (cell, default) or street blocks (block).",
    ),
    "cli.grids.m2": (
        "没有户数时，按每户多少平方米建筑面积估算（默认 111.18，为2020年全国城乡平均；城市为 92.17）",
        "Where households are not given: floor area of one, m² (default: 111.18, China's mean of 2020; in cities 92.17).",
    ),
    "cli.grids.cutting": ("划分楼栋单元", "Cutting"),
    "cli.grids.no_crossing": (
        '--crossing="{name}"：--roads 中没有这个名称的道路',
        '--crossing="{name}" must be the name of a road of --roads: none is called so',
    ),
    "cli.grids.folder": (
        "--out={path} 必须是文件夹（名称中没有“.”）：从道路和障碍物划分时写出多个文件",
        "--out={path} must be a folder, without an ending: a town is written as several files",
    ),
    "cli.grids.unwritable": ("--out={path} 无法创建：{why}", "--out={path} cannot be made: {why}"),
    "cli.grids.estimated": ("{what}（估算）", "{what} (estimate)"),
    "cli.grids.no_html_map": (
        "不写出 map.html：{n:,} 栋楼，超过浏览器地图的上限 {most:,} 栋",
        "map.html is left out: {n:,} buildings are more than the {most:,} that a browser moves well",
    ),
    # shequ notice
    "cli.notice.short": ("写出网格公示（每个网格一页）", "Write notices of grids, a page each"),
    "cli.notice.help": (
        (
            "从 shequ grids --out 写出的文件夹生成网格公示：每个网格一页，有地图、各楼栋户数、网格长、网格员；电话默认隐去中间四位。"
            "--out 以 .pdf 结尾时直接写出 PDF（A4）。\n\n\b\n例：\n  shequ notice 结果 --staff 网格员.csv --out 公示.pdf"
        ),
        (
            "Write notices from the folder of `shequ grids --out`: a page a grid with map, households by building, chief and "
            "worker; the middle of telephone numbers is hidden. A PDF (A4) where --out ends in .pdf, else HTML.\n\n"
            "\b\nExamples:\n  shequ notice result --staff staff.csv --out notices.pdf"
        ),
    ),
    "cli.notice.folder": ("shequ grids --out 写出的文件夹", "Folder that `shequ grids --out` wrote."),
    "cli.notice.folder_name": ("文件夹", "FOLDER"),
    "cli.notice.staff": (
        "网格员名单（CSV，UTF-8）：网格编号、网格长、网格员、联系电话",
        "Staff (CSV, UTF-8): grid, chief, worker, phone (default: lines to fill in).",
    ),
    "cli.notice.show_phones": (
        "显示完整电话（默认 138****0000）",
        "Show whole telephone numbers (default: 138****0000).",
    ),
    "cli.notice.out": (
        "公示文件，.html 或 .pdf（默认 notices.html）",
        "The file, .html or .pdf (default: notices.html).",
    ),
    "cli.notice.pdf": (
        "另写一份同名 PDF（A4，每个网格一页）",
        "Write a PDF of the same name too (A4, a page a grid).",
    ),
    "cli.notice.wrote": ("已写出 {grids:,} 个网格的公示：{path}", "Wrote the notices of {grids:,} grids: {path}"),
    "cli.notice.no_folder": (
        "{path} 无法读取：请给出 shequ grids --out 写出的文件夹",
        "{path} cannot be read: give the folder that `shequ grids --out FOLDER` wrote",
    ),
    "cli.notice.no_grid_column": ("{path} 必须有“网格编号”列", "{path} must have a column grid (网格编号)"),
    "cli.notice.twice": ("{path} 第 {row} 行：网格 {grid} 重复", "{path} row {row}: grid {grid} is given twice"),
    "cli.notice.unknown": (
        "{path} 中的网格 {grid} 不存在（共 {n} 个）",
        "{path} names grid {grid}, which does not exist ({n} such)",
    ),
    "cli.notice.title": ("网格公示", "Notices of grids"),
    "cli.notice.head": ("{community} 网格 {grid} 公示", "{community} · grid {grid}"),
    "cli.notice.head_alone": ("网格 {grid} 公示", "Grid {grid}"),
    "cli.notice.bounds": (
        "四至：东至{east_side}，南至{south_side}，西至{west_side}，北至{north_side}",
        "Bounds: east {east_side}, south {south_side}, west {west_side}, north {north_side}",
    ),
    "cli.notice.list": ("楼栋及{what}", "Buildings and {what}"),
    "cli.notice.metres": ("{n:,} 米", "{n:,} m"),
    "cli.notice.no_font": (
        "“{what}”中有字符没有可用字体，无法写出 PDF：请安装中文字体（如 Noto Sans CJK），或写成 .html",
        '"{what}" has characters that no font here can show in a PDF: install one, as Noto Sans CJK, or write .html',
    ),
    "cli.notice.sum": ("{buildings:,} 栋，{what} {households:,}", "{buildings:,} buildings, {what} {households:,}"),
    "cli.notice.chief": ("网格长", "Chief"),
    "cli.notice.worker": ("网格员", "Worker"),
    "cli.notice.phone": ("联系电话", "Telephone"),
    "cli.grids.out": (
        "写出方案：.csv、.geojson 或 .gpkg；有道路、障碍物时为文件夹",
        "Write the plan: .csv, .geojson or .gpkg; with roads or barriers a folder.",
    ),
    "cli.grids.kind.overlap": ("楼栋重叠", "buildings overlap"),
    "cli.grids.kind.island": ("楼栋不与其他楼栋相邻", "buildings touch no other"),
    "cli.grids.kind.repaired": ("几何已修复", "outlines repaired"),
    "cli.grids.kind.codes": ("同一代码有多个名称", "one code has several names"),
    "cli.grids.kind.same_name": ("同名社区", "communities of one name"),
    "cli.grids.kind.place": ("位置存疑", "doubtful places"),
    "cli.grids.kind.ids": ("编号有误", "ids"),
    "cli.grids.kind.one_community": ("没有社区", "no communities"),
    "cli.grids.kind.crs": ("坐标系", "coordinate systems"),
    "cli.grids.kind.left_out": ("未采用的楼栋", "left out"),
    "cli.grids.kind.sliver": ("过小或过窄", "slivers"),
    "cli.grids.kind.multipart": ("多部分楼栋", "buildings of several parts"),
    "cli.grids.kind.footprints": ("楼栋轮廓重叠", "footprints overlap"),
    "cli.grids.kind.roads": ("道路类别", "classes of roads"),
    "cli.grids.kind.barriers": ("障碍物类别", "kinds of barriers"),
    "cli.grids.kind.barrier": ("障碍物", "barriers"),
    "cli.grids.kind.compound": ("被分开的小区", "parted compounds"),
    "cli.grids.kind.crossing": ("通道", "crossings"),
    "cli.grids.kind.estimate": ("户数估算", "estimates"),
}
