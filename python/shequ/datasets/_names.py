# SPDX-License-Identifier: BSD-3-Clause
"""Names of the sample district in Chinese and English. All are made up of common words; none means a real place."""

from __future__ import annotations

__all__ = [
    "BRIDGES",
    "BUILDING",
    "CIVIC",
    "COMMUNITIES",
    "COMPOUNDS",
    "DISTRICT",
    "OFFICE_PARK",
    "PARKS",
    "RAILWAY",
    "RIVER",
    "ROADS",
    "TALL",
    "TOWNS",
    "VILLAGES",
    "Name",
]

Name = tuple[str, str]

DISTRICT: Name = ("望澜区", "Wanglan District")
TOWNS: dict[str, Name] = {
    "west": ("文峰街道", "Wenfeng Subdistrict"),
    "east": ("临江街道", "Linjiang Subdistrict"),
    "north": ("北站街道", "Beizhan Subdistrict"),
    "south": ("南岸街道", "Nan'an Subdistrict"),
    "rural": ("青荷镇", "Qinghe Town"),
}
COMMUNITIES: tuple[Name, ...] = (
    ("望江社区", "Wangjiang"), ("梧桐里社区", "Wutongli"), ("柳荫社区", "Liuyin"), ("桂花园社区", "Guihuayuan"),
    ("朝阳社区", "Chaoyang"), ("和平里社区", "Hepingli"), ("长虹社区", "Changhong"), ("古井巷社区", "Gujingxiang"),
    ("学府社区", "Xuefu"), ("翠竹社区", "Cuizhu"), ("石桥社区", "Shiqiao"), ("紫薇社区", "Ziwei"),
    ("海棠社区", "Haitang"), ("仁和社区", "Renhe"), ("安康社区", "Ankang"), ("光明社区", "Guangming"),
    ("春晖社区", "Chunhui"), ("锦绣社区", "Jinxiu"), ("明珠社区", "Mingzhu"), ("康乐社区", "Kangle"),
    ("永安社区", "Yong'an"), ("新华社区", "Xinhua"), ("双塔社区", "Shuangta"), ("凤鸣社区", "Fengming"),
    ("银杏苑社区", "Yinxingyuan"), ("东风社区", "Dongfeng"), ("知春里社区", "Zhichunli"), ("沿河社区", "Yanhe"),
)  # fmt: skip
VILLAGES: tuple[Name, ...] = (
    ("柳塘村", "Liutang"), ("荷塘村", "Hetang"), ("渡口村", "Dukou"), ("桑园村", "Sangyuan"), ("石埠村", "Shibu"),
    ("芦花村", "Luhua"), ("沙洲村", "Shazhou"),
)  # fmt: skip
OFFICE_PARK: Name = ("软件园社区", "Software Park")

# First words and, by kind of neighbourhood, last words of the names of compounds (小区).
FIRST: tuple[Name, ...] = (
    ("金桂", "Jingui"), ("玉兰", "Yulan"), ("香樟", "Xiangzhang"), ("丹枫", "Danfeng"), ("青松", "Qingsong"),
    ("月季", "Yueji"), ("云锦", "Yunjin"), ("映月", "Yingyue"), ("听涛", "Tingtao"), ("晨曦", "Chenxi"),
    ("澄湖", "Chenghu"), ("兰亭", "Lanting"), ("清风", "Qingfeng"), ("瑞景", "Ruijing"), ("华庭", "Huating"),
    ("百合", "Baihe"), ("秋实", "Qiushi"), ("丰泽", "Fengze"), ("泰和", "Taihe"), ("景明", "Jingming"),
    ("书香", "Shuxiang"), ("水木", "Shuimu"), ("星河", "Xinghe"), ("芳草", "Fangcao"), ("嘉禾", "Jiahe"),
    ("宏业", "Hongye"), ("建设", "Jianshe"), ("友谊", "Youyi"), ("团结", "Tuanjie"), ("胜利", "Shengli"),
)  # fmt: skip
LAST: dict[str, tuple[Name, ...]] = {
    "lanes": (("里", "li"), ("坊", "fang"), ("巷", "xiang")),
    "slabs": (("新村", " Xincun"), ("小区", " Compound"), ("一村", " Yicun"), ("二村", " Ercun")),
    "middle": (("苑", "yuan"), ("园", " Garden"), ("花园", " Huayuan"), ("家园", " Jiayuan")),
    "towers": (("府", " Mansion"), ("名苑", " Mingyuan"), ("花城", " Huacheng"), ("公馆", " House")),
    "village": (("塘", "tang"), ("巷", "xiang"), ("圩", "wei"), ("岸", "'an")),
    "office": (("中心", " Centre"), ("大厦", " Tower"), ("广场", " Plaza")),
}
BUILDING: dict[str, Name] = {
    "lanes": ("{}号院", "Yard {}"),
    "slabs": ("{}幢", "Building {}"),
    "middle": ("{}幢", "Building {}"),
    "towers": ("{}号楼", "Tower {}"),
    "village": ("{}组", "Group {}"),
    "office": ("{}座", "Block {}"),
}
COMPOUNDS: dict[str, tuple[Name, ...]] = {
    kind: tuple((a + c, b + d) for c, d in last for a, b in FIRST) for kind, last in LAST.items()
}
# Lots where nobody lives; a word that stands twice is twice as common.
CIVIC: tuple[Name, ...] = (
    ("便民市场", "Market"), ("小学", "Primary School"), ("幼儿园", "Kindergarten"), ("卫生服务站", "Clinic"),
    ("邻里中心", "Neighbourhood Centre"), ("商铺", "Shops"), ("商铺", "Shops"), ("派出所", "Police Station"),
)  # fmt: skip
TALL: Name = ("青年公寓", "Youth Apartments")

ROADS: dict[str, tuple[Name, ...]] = {
    "river": (("南岸路", "Nan'an Road"), ("滨江路", "Binjiang Road")),
    "middle": (("人民路", "Renmin Road"),),
    "rail": (("站前路", "Zhanqian Road"), ("北站路", "Beizhan Road")),
    "across": (
        ("解放路", "Jiefang Road"), ("中山路", "Zhongshan Road"), ("文昌路", "Wenchang Road"),
        ("建业路", "Jianye Road"), ("青云路", "Qingyun Road"), ("春江路", "Chunjiang Road"),
        ("学林路", "Xuelin Road"), ("长宁路", "Changning Road"), ("钟楼路", "Zhonglou Road"),
        ("迎宾路", "Yingbin Road"), ("振兴路", "Zhenxing Road"), ("仁寿路", "Renshou Road"),
    ),
}  # fmt: skip
RIVER: Name = ("澜江", "Lan River")
RAILWAY: Name = ("铁路", "Railway")
BRIDGES: tuple[Name, ...] = (("文峰桥", "Wenfeng Bridge"), ("临江桥", "Linjiang Bridge"))
PARKS: tuple[Name, ...] = (
    ("人民公园", "Renmin Park"), ("荷风公园", "Hefeng Park"), ("梅园", "Mei Garden"), ("滨江绿地", "Riverside Green"),
    ("烈士陵园", "Memorial Park"), ("青年公园", "Youth Park"), ("儿童公园", "Children's Park"), ("竹园", "Zhu Garden"),
    ("文化公园", "Culture Park"), ("体育公园", "Sports Park"), ("湿地公园", "Wetland Park"), ("樱花园", "Sakura Garden"),
)  # fmt: skip
