# SPDX-License-Identifier: BSD-3-Clause
"""The command line: help, headings, sentences."""

from __future__ import annotations

__all__ = ["CLI"]

CLI: dict[str, tuple[str, str]] = {
    # Frame
    "cli.usage": ("用法：", "Usage:"),
    "cli.options": ("选项", "Options"),
    "cli.arguments": ("参数", "Arguments"),
    "cli.commands": ("命令", "Commands"),
    "cli.options_metavar": ("[选项]", "[OPTIONS]"),
    "cli.command_metavar": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "cli.help_option": ("显示本说明", "Show this message and exit."),
    "cli.version_option": ("显示版本号", "Show the version and exit."),
    "cli.lang_option": (
        "输出语言：zh 中文，en 英文（默认按系统语言）",
        "Language of the output: zh or en (default: that of the system).",
    ),
    "cli.error": ("错误：", "Error: "),
    "cli.try_help": ("查看用法：{command} --help", "For help: {command} --help"),
    "cli.no_command": ("没有“{name}”这个命令", 'there is no command "{name}"'),
    "cli.no_option": ("没有“{name}”这个选项", 'there is no option "{name}"'),
    "cli.did_you_mean": ("；是否想用：{names}", "; did you mean {names}?"),
    "cli.bad_value": ("{name}的取值类型不对", "{name} has a value of the wrong kind"),
    "cli.missing": ("缺少{name}", "{name} is missing"),
    "cli.no_file": ("找不到文件：{path}", "there is no file {path}"),
    "cli.stopped": ("已中止", "stopped"),
    "cli.help": (
        (
            "社区工作者配备、网格划分、区划数据检查。\n\n"
            "\b\n例：\n"
            "  shequ demo                       用内置示例跑一遍全部流程\n"
            "  shequ staff --households 1250    一个社区配几人，为什么\n"
            "  shequ staff 台账.xlsx --out 核定表.xlsx\n"
            "  shequ sheet 台账.xlsx --out 测算表.xlsx\n"
            "  shequ scenario 方案.toml --on 台账.xlsx\n"
            "  shequ audit 台账.xlsx\n"
            "  shequ grids 楼栋.geojson --households 户数 --within 社区\n\n"
            "\b\n退出码：\n"
            "  0  完成\n"
            "  1  完成，但有问题要处理：数据错误、未核定的社区、不达标的网格\n"
            "  2  无法进行（文件、参数或所需软件有问题）"
        ),
        (
            "Staff of communities, division into grids, checks of the units.\n\n"
            "\b\nExamples:\n"
            "  shequ demo                       the whole job on a built-in district\n"
            "  shequ staff --households 1250    posts of one community, and why\n"
            "  shequ staff ledger.xlsx --out staffing.xlsx\n"
            "  shequ sheet ledger.xlsx --out sheet.xlsx\n"
            "  shequ scenario plan.toml --on ledger.xlsx\n"
            "  shequ audit ledger.xlsx\n"
            "  shequ grids buildings.geojson --households hh --within community\n\n"
            "\b\nExit codes:\n"
            "  0  done\n"
            "  1  done, but something must be mended: data, answers or grids\n"
            "  2  nothing could be done (file, option or a missing package)"
        ),
    ),
    # shequ demo
    "cli.demo.short": ("用内置示例跑一遍全部流程", "Run the whole job on a built-in district"),
    "cli.demo.help": (
        (
            "用内置的虚构城区跑一遍全部流程：社区一览、岗位核定、网格划分，并写出一个文件夹"
            "（Excel核定表、网格地图、网格GeoJSON、划分方案CSV）。不需要任何文件和网络。\n\n"
            "\b\n例：\n  shequ demo\n  shequ demo --out 示例 --seed 7 --size 300 500"
        ),
        (
            "Run the whole job on a made-up district: its communities, their posts, their grids; then write a folder "
            "(Excel report, map of the grids, grids as GeoJSON, plan as CSV). Needs no file and no network.\n\n"
            "\b\nExamples:\n  shequ demo\n  shequ demo --out sample --seed 7 --size 300 500"
        ),
    ),
    "cli.demo.out": ("写到哪个文件夹（默认 demo）", "Folder to write (default: demo)."),
    "cli.seed": (
        "随机种子：同一个数得到同样的结果（默认 0）",
        "Seed: the same number gives the same result (default: 0).",
    ),
    "cli.size": (
        "每个网格的户数下限和上限（默认 300 500，均含本数）",
        "Least and most households of a grid, both included (default: 300 500).",
    ),
    # shequ staff
    "cli.staff.short": ("核定社区工作者岗位", "Compute the posts of communities"),
    "cli.staff.help": (
        (
            "按标准核定每个社区应配的工作者人数，列出缺员和原因。镇街合计为各社区之和。\n\n"
            "\b\n例：\n  shequ staff --households 1250\n  shequ staff 台账.xlsx\n"
            "  shequ staff 台账.csv --rounding ceil --out 核定表.xlsx\n\n"
            "台账每行一个社区，有街道（乡镇）、社区、户数三列；或每行一个单位，有代码、上级代码、名称、户数。"
            "在岗人数、城乡、代码等列可选。\n\n"
            "退出码：0 全部核定；1 台账有错误，或有社区因此未核定；2 无法进行。"
        ),
        (
            "Compute the posts of every community by a norm, the gaps, and why. Towns are sums of their communities.\n\n"
            "\b\nExamples:\n  shequ staff --households 1250\n  shequ staff ledger.xlsx\n"
            "  shequ staff ledger.csv --rounding ceil --out staffing.xlsx\n\n"
            "The ledger has a row a community with town, community, households; or a row a unit with code, parent, name, "
            "households. Workers, setting, code and others as far as known.\n\n"
            "Exit codes: 0 all answered; 1 errors in the ledger, or communities without an answer through them; "
            "2 nothing could be done."
        ),
    ),
    "cli.staff.file": ("台账文件（.xlsx、.csv、.csv.gz、.parquet）", "Ledger (.xlsx, .csv, .csv.gz, .parquet)."),
    "cli.staff.households": ("只算一个社区：它的户数", "Answer for one community of this many households."),
    "cli.staff.norm": (
        "标准编号（默认 staff.wujin2012；见 shequ norms），或自有标准的 .toml 文件",
        "Id of the norm (default: staff.wujin2012; see shequ norms), or a .toml file of your own.",
    ),
    "cli.staff.rounding": (
        "不满一档的处理：floor 不计，ceil 按一档，round 过半按一档（默认按标准：staff.wujin2012 为 floor）",
        "A step that is begun: floor, ceil, or round from half (default: as the norm; staff.wujin2012: floor).",
    ),
    "cli.staff.rural": ("农村社区（村）也按此核定", "Apply the rule to villages too."),
    "cli.staff.out": (
        "写出核定表：.xlsx、.csv 或 .html（可粘贴到 Word）",
        "Write the table: .xlsx, .csv, or .html to paste into a word processor.",
    ),
    "cli.staff.top": ("列出缺员最多的几个社区（默认 20）", "List this many of the shortest communities (default: 20)."),
    "cli.staff.one_of": (
        "请给出台账文件，或用 --households（--persons）给出一个社区的户数（人口），只选其一",
        "give a ledger, or the households of one community by --households (its persons by --persons), not both",
    ),
    "cli.staff.by_town": ("分街道（镇）汇总", "By town"),
    "cli.staff.shortest": (
        "缺员最多的{n}个社区（共{all}个缺员）",
        "The {n} shortest of {all} communities that are short",
    ),
    "cli.staff.none_short": ("没有社区缺员。", "No community is short of workers."),
    "cli.staff.short_unknown": (
        "数据有缺失，不能断定没有社区缺员。",
        "Data are missing, so it is not known whether no community is short of workers.",
    ),
    "cli.staff.unanswered": (
        "因数据问题未核定的{n}个社区",
        "{n} communities without an answer through errors in the data",
    ),
    # Files
    "cli.wrote": ("已写出：{path}", "Wrote {path}"),
    "cli.bad_out": ("{name}={path} 必须以 {allowed} 结尾", "{name}={path} must end in {allowed}"),
    "cli.out_is_input": (
        "{name}={path} 就是输入文件，会被覆盖：请换一个文件名",
        "{name}={path} is the input itself and would be overwritten: choose another file",
    ),
    "cli.sheet": ("工作簿有多张表时读取哪一张", "Which sheet of a workbook to read where several hold a table."),
    "cli.grids.not_degrees": (
        "{path} 的坐标应为经纬度（度），实际范围是 {where}：请检查坐标系和经纬度顺序",
        "{path} should be in degrees, but spans {where}: check its coordinate system and the order of the axes",
    ),
    "cli.more": ("……另有{n}条，用 --out 写出全部", "… {n} more: write all of them by --out"),
    "cli.not_installed": (
        "命令行需要 typer 和 rich，请安装：pip install 'shequ[cli]'",
        "the command line needs typer and rich: pip install 'shequ[cli]'",
    ),
    "cli.file": ("文件", "FILE"),
    "cli.fill_down": (
        "街道（镇）为空时沿用上一行（合并单元格）",
        "Take an empty town from the row above (merged cells).",
    ),
    "cli.derive_parents": (
        "没有上级代码列时，按12位代码推断上级",
        "Take parents from 12-digit codes where no column gives them.",
    ),
    "cli.encoding": (
        "CSV 的编码（默认自动识别 UTF-8 和 GB18030）",
        "Encoding of a CSV (default: UTF-8 or GB18030, as found).",
    ),
    "cli.column": (
        "一个字段从哪一列读取，如 户数=常住户数；可多次使用",
        "Which header to read a field from, as households=常住户数; may be given several times.",
    ),
    "cli.bad_column": (
        "--column {value} 必须写成 字段=表头，如 --column 户数=常住户数，每个字段只写一次",
        "--column {value} must be FIELD=HEADER, as --column households=常住户数, each field once",
    ),
    "cli.staff.findings": (
        "台账检查（错误所在的行或单元格没有采用）",
        "Check of the ledger (rows or cells with errors were not used)",
    ),
    "cli.staff.no_column": (
        "{file} 没有{column}列，无法核定；未读取的列：{unread}。在其中时，请用 --column {field}=表头 指定",
        (
            "{file} has no column of {column}; columns not read: {unread}. "
            "Where one of them holds it, say so by --column {field}=HEADER"
        ),
    ),
    "cli.staff.persons": (
        "只算一个社区：它的人口（按人口计算的标准）",
        "Answer for one community of this many persons.",
    ),
    "cli.staff.other_basis": ("{id} 须用 {how} 给出", "{id} needs {how}"),
    "cli.staff.no_rounding": (
        "--rounding：{id} 按档对照，没有取整",
        "--rounding: {id} is a table and has nothing to round",
    ),
    "cli.staff.no_communities": (
        "台账中没有可以核定的社区。",
        "The ledger has no community that could be computed.",
    ),
    "cli.staff.counted": (
        "应配、在岗、缺员、超员只计已核定的社区（村）；户数计全部。",
        "Posts, workers, shortage and surplus count the answered communities only; households count all.",
    ),
    "cli.more_findings": (
        "……另有{n}条：用 --out 写出全部（staff 写 .xlsx，audit 写 .csv）",
        "… {n} more: write all of them by --out (.xlsx of staff, .csv of audit)",
    ),
    "cli.reading": ("读取和核定", "Reading and computing"),
    # shequ audit
    "cli.audit.help": (
        (
            "检查台账里的区划数据：重复代码、上级不存在、循环、层级颠倒、没有社区的街道、代码与上级不符等。"
            "只报告，不改动数据。\n\n"
            "\b\n例：\n  shequ audit 台账.xlsx\n  shequ audit 台账.csv --out 问题清单.csv\n\n"
            "退出码：0 没有错误；1 有错误；2 文件无法读取。"
        ),
        (
            "Check the units of a ledger: codes given twice, parents that are not there, cycles, levels in the wrong order, "
            "towns without communities, codes that disagree with parents. Reports only; changes nothing.\n\n"
            "\b\nExamples:\n  shequ audit ledger.xlsx\n  shequ audit ledger.csv --out problems.csv\n\n"
            "Exit codes: 0 no errors; 1 errors; 2 the file cannot be read."
        ),
    ),
    "cli.audit.units": ("共{n:,}个单位：{levels}", "{n:,} units: {levels}"),
    "cli.audit.level": ("{n:,}个{level}", "{level} {n:,}"),
    "cli.audit.clean": ("没有发现问题。", "Nothing found."),
    "cli.audit.count": (
        "{errors:,}条错误，{warnings:,}条提醒，{notes:,}条说明。",
        "Errors: {errors:,}, warnings: {warnings:,}, notes: {notes:,}.",
    ),
    # shequ grids
    "cli.grids.short": ("把社区划分成网格", "Divide communities into grids"),
    "cli.grids.help": (
        (
            "把楼栋（地块）划分成连片、户数在上下限之内的网格，每栋楼都归入一个网格。"
            "也可直接划分图文件（networkx JSON）。划不成时说明原因和最小的调整。\n\n"
            "\b\n例：\n"
            "  shequ grids 楼栋.geojson --households 户数 --within 社区 --out 网格.geojson\n"
            "  shequ grids 楼栋.gpkg --households 户数 --size 300 500 --out 方案.csv\n"
            "  shequ grids 建筑.shp --roads 道路.shp --barriers 水系.shp --size 300 500 --out 结果\n"
            "  shequ grids NM.json --weights TOTPOP --parts 3 --lower 682962 --upper 689825\n\n"
            "退出码：0 全部达标；1 有网格不达标、无法划分或楼栋重叠；2 无法进行。"
        ),
        (
            "Divide buildings (lots) into contiguous grids whose households stay within bounds; every building ends in one. "
            "Graph files (networkx JSON) can be divided too. Where it cannot be done, the reason and the smallest change are "
            "shown.\n\n"
            "\b\nExamples:\n"
            "  shequ grids buildings.geojson --households hh --within community --out grids.geojson\n"
            "  shequ grids buildings.gpkg --households hh --size 300 500 --out plan.csv\n"
            "  shequ grids footprints.shp --roads roads.shp --barriers water.shp --size 300 500 --out result\n"
            "  shequ grids NM.json --weights TOTPOP --parts 3 --lower 682962 --upper 689825\n\n"
            "Exit codes: 0 all in bounds; 1 some are not, it cannot be done, or buildings overlap; 2 nothing could be done."
        ),
    ),
    "cli.grids.file": (
        "楼栋文件（.geojson、.gpkg、.shp）或图文件（.json）",
        "Buildings (.geojson, .gpkg, .shp) or a graph (.json).",
    ),
    "cli.grids.households": ("户数所在的列（默认 households）", "Column with the households (default: households)."),
    "cli.grids.within": ("社区所在的列：网格不跨社区", "Column with the community: no grid crosses it."),
    "cli.grids.weights": (
        "图文件：权重所在的属性（默认 TOTPOP）",
        "Graph: node attribute to balance (default: TOTPOP).",
    ),
    "cli.grids.parts": ("图文件：份数，如 3 或 3-5（默认不限）", "Graph: number of parts, as 3 or 3-5 (default: any)."),
    "cli.grids.lower": ("图文件：每份权重下限（含本数）", "Graph: least weight of a part, included."),
    "cli.grids.upper": ("图文件：每份权重上限（含本数）", "Graph: most weight of a part, included."),
    "cli.grids.time_limit": ("最多搜索几秒（默认 10）", "Search for at most this many seconds (default: 10)."),
    "cli.grids.code": (
        "社区代码所在的列：--within 是名称时按代码区分（默认按列名找，如“社区代码”）",
        "Column with the code of the community, where --within holds names (default: found by its header).",
    ),
    "cli.grids.town": (
        "街道（镇）所在的列：同名社区按街道（镇）区分（默认按列名找，如“街道”）",
        "Column with the town, to tell communities of one name apart (default: found by its header).",
    ),
    "cli.grids.id": (
        "楼栋编号所在的列（默认按列名找，如 id、编号、楼栋编号）",
        "Column with the ids of the buildings (default: found by its header, as id).",
    ),
    "cli.grids.tolerance": (
        "相距不超过几米的楼栋算相邻（默认 0.05，消除坐标取整的缝隙；1 米以内须有公共边，超过 1 米只看距离）",
        (
            "Buildings up to this many metres apart are neighbours (default: 0.05, which closes what rounding tears open); up "
            "to 1 they need a border in common, above that the distance decides."
        ),
    ),
    "cli.grids.repair": (
        "修复几何无效的楼栋（如边界自相交），重复的只留一个，并逐个列出（默认不修复，直接报错）",
        "Repair invalid outlines, as those that cross themselves, keep one of copies, and list them (default: refuse them).",
    ),
    "cli.grids.problems": ("数据中的问题", "Problems of the data"),
    "cli.grids.more_problems": ("• 另有 {n:,} 条：{kind}", "• and {n:,} more: {kind}"),
    "cli.grids.islands": (
        (
            "共 {n:,} 个楼栋（总数 {atoms:,}）不与其他楼栋相邻；到最近楼栋的距离：最小 {least:.2f} 米，一半在 {half:.2f} 米以内，"
            "最大 {most:.2f} 米。可用 --tolerance 放宽。"
        ),
        (
            "{n:,} of {atoms:,} buildings touch no other; to the nearest it is {least:.2f} m at least, {half:.2f} m or less for "
            "half of them, {most:.2f} m at most. --tolerance allows for that."
        ),
    ),
    "cli.grids.projected": (
        "坐标为经纬度，已换算到 {crs}（米）",
        "Coordinates in degrees were converted to {crs} (metres)",
    ),
    "cli.unreadable": ("{path} 无法读取：{why}", "{path} cannot be read: {why}"),
    "cli.grids.bad_parts": (
        "--parts={value} 必须是整数或范围，如 3 或 3-5",
        "--parts={value} must be a whole number or a range, as 3 or 3-5",
    ),
    "cli.grids.need_bounds": ("图文件需要 --lower 和 --upper", "a graph needs --lower and --upper"),
    "cli.grids.searching": ("划分网格", "Dividing"),
    "cli.grids.infeasible": ("已证明无法划分：", "Proven: there is no such plan."),
    "cli.grids.reasons": ("原因", "Why"),
    "cli.grids.relaxations": ("最小的调整（任选其一）", "The smallest changes that would help (any of them)"),
    "cli.grids.by_community": ("各社区的网格", "Grids by community"),
    "cli.grids.total": (
        "{grids:,}个网格，{bad:,}个不达标；{uncovered:,}户未划入网格。",
        "{grids:,} grids, {bad:,} out of bounds; {uncovered:,} households in no grid.",
    ),
    "cli.grids.plan": (
        "{parts}份，目标值{objective:,}（下界{bound}），{state}",
        "{parts} parts, objective {objective:,} (bound {bound}), {state}",
    ),
    "cli.grids.weights_line": ("各份权重：{least:,} 至 {most:,}", "Weights of the parts: {least:,} to {most:,}"),
    "cli.grids.certified": ("独立核查：通过", "Independent check: passed"),
    "cli.grids.not_certified": ("独立核查：不通过", "Independent check: failed"),
    "cli.grids.out_of_bounds": ("不达标的社区", "Communities out of bounds"),
    "cli.grids.optimal": ("已证明最优", "proven best"),
    "cli.grids.feasible": ("符合全部要求", "keeps every rule"),
    "cli.grids.unknown": (
        "时间内未找到符合要求的方案，以下是最接近的",
        "no plan found in time that keeps every rule; this one breaks least",
    ),
    "cli.bullet": ("• {name}：{what}", "• {name}: {what}"),
    "cli.none": ("无", "none"),
    # shequ demo
    "demo.title": (
        "{name}（内置示例，虚构）：{towns}个街道（镇），{communities}个社区（村），{households:,}户，{buildings:,}栋（单元）",
        "{name} (built-in sample, made up): {towns} towns, {communities} communities, {households:,} households, {buildings:,} buildings",
    ),
    "demo.sizes": ("每格户数", "Per grid"),
    "demo.state": ("网格情况", "Grids are"),
    "demo.grids": (
        "网格：{lower:,}至{upper:,}户一格，共{grids:,}个，{good:,}个达标；每栋楼都归入一个网格，{uncovered:,}户遗漏。",
        "Grids of {lower:,} to {upper:,} households: {grids:,}, {good:,} in bounds; every building is in one, {uncovered:,} households left out.",
    ),
    "demo.out_of_bounds": (
        "无法达标的社区，原因和最小调整",
        "Communities that cannot be in bounds, why, and the smallest change",
    ),
    "demo.counted": (
        "街道（镇）一行的在岗、应配、缺超只计已核定的社区；户数、网格计全部社区（村）。",
        "Rows of towns: workers, posts and gaps of the answered communities only; households and grids of all.",
    ),
    "demo.attention": (
        "{n}个社区（村）的网格需要处理，因此退出码为 1。",
        "The grids of {n} communities need attention, hence exit code 1.",
    ),
    "demo.wrote": ("已写出文件夹 {folder}", "Wrote the folder {folder}"),
    "demo.report": ("Excel 核定表", "Excel report"),
    "demo.map": ("网格地图", "map of the grids"),
    "demo.geojson": ("网格范围", "grids as GeoJSON"),
    "demo.plan": ("楼栋与网格对照表", "which building is in which grid"),
    "demo.skipped": ("未写出，因为没有安装所需软件：{why}", "not written, a package is missing: {why}"),
    "demo.working": ("划分网格", "Dividing into grids"),
    "demo.elapsed": ("用时 {seconds:.1f} 秒", "{seconds:.1f} s"),
}
