# SPDX-License-Identifier: BSD-3-Clause
import shequ

rule = shequ.StaffingRule()  # 4 posts up to 1,000 households, one more per additional 250
print(rule.posts(2600), "posts;", rule.replace(rounding="ceil").posts(2600), "where a started step counts")

district = shequ.sample_district(seed=0)  # a made-up district; read_district(path) reads yours
tree = district.hierarchy
households = tree.rollup_sum(district.columns["households"])
for town in tree.at_level("town"):
    print(tree.name(town, lang="en"), households[town])

community = tree.index("990101001001")
buildings = (district.atoms.community == community).nonzero()[0]
graph = district.atoms.graph().subgraph(buildings)
problem = shequ.Problem(graph, weights="households", lower=300, upper=500)
plan = shequ.solve(problem, seed=0)
print(plan.part_weights, "households in a grid;", "certified:", shequ.certify(problem, plan.labels).ok)
