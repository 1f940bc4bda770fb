# SPDX-License-Identifier: BSD-3-Clause
"""Mergers and splits of communities, against every plan there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shequ
from shequ import questions, rules

pytest.importorskip("highspy")

NORM = shequ.StaffingRule()

Parts = list[tuple[tuple[int, ...], tuple[int, ...]]]


def connected(members: tuple[int, ...], pairs: set[tuple[int, int]]) -> bool:
    reached, left = {members[0]}, set(members[1:])
    while True:
        more = {i for i in left if any((min(i, j), max(i, j)) in pairs for j in reached)}
        if not more:
            return not left
        reached |= more
        left -= more


def plans(
    left: tuple[int, ...], sizes: list[int], pairs: set[tuple[int, int]], bounds: tuple[int, int], most: int
) -> Iterator[Parts]:
    """Every plan: the first community is kept, split or merged, then the others."""
    if not left:
        yield []
        return
    low, high = bounds
    own, *rest = left
    options: Parts = [((own,), (sizes[own],))]
    if sizes[own] > high:
        k = -(-sizes[own] // high)
        after = tuple(sizes[own] // k + (i < sizes[own] % k) for i in range(k))
        if min(after) >= low:
            options.append(((own,), after))
    for more in range(1, most):
        for others in combinations(rest, more):
            members = (own, *others)
            total = sum(sizes[i] for i in members)
            if low <= total <= high and connected(members, pairs):
                options.append((members, (total,)))
    for members, after in options:
        for others in plans(tuple(i for i in rest if i not in members), sizes, pairs, bounds, most):
            yield [(members, after), *others]


def measures(plan: Parts, sizes: list[int], bounds: tuple[int, int]) -> dict[str, int]:
    changed = [(members, after) for members, after in plan if len(members) > 1 or len(after) > 1]
    return {
        "outside": sum(not bounds[0] <= size <= bounds[1] for _, after in plan for size in after),
        "changes": sum(len(members) for members, _ in changed),
        "households": sum(
            sum(after) - (max(sizes[i] for i in members) if len(members) > 1 else after[0])
            for members, after in changed
        ),
        "posts": sum(NORM.posts(size) for _, after in plan for size in after),
    }


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]], list[str], tuple[int, int]]:
    n = draw(st.integers(1, 7))
    sizes = draw(st.lists(st.integers(0, 3500), min_size=n, max_size=n))
    every = list(combinations(range(n), 2))
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=12)) if every else []
    town = draw(st.lists(st.sampled_from(["甲镇", "乙镇"]), min_size=n, max_size=n))
    lower = draw(st.integers(0, 1500))
    return sizes, pairs, town, (lower, draw(st.integers(max(1, lower), 3000)))


@settings(max_examples=60, deadline=None)
@given(
    towns(),
    st.sampled_from(["changes", "households", "posts"]),
    st.one_of(st.none(), st.integers(0, 40)),
    st.integers(2, 4),
)
def test_no_plan_is_cheaper(
    case: tuple[list[int], list[tuple[int, int]], list[str], tuple[int, int]],
    cheapest: str,
    most_posts: int | None,
    most: int,
) -> None:
    sizes, pairs, town, bounds = case
    allowed = {pair for pair in pairs if town[pair[0]] == town[pair[1]]}
    every = [measures(p, sizes, bounds) for p in plans(tuple(range(len(sizes))), sizes, allowed, bounds, most)]
    for entry in every:
        entry["goal"] = entry["outside"] if most_posts is None else max(0, entry["posts"] - most_posts)
    others = [name for name in ("changes", "households", "posts") if name != cheapest]
    order = ("goal", cheapest, *others)
    best = min(every, key=lambda entry: [entry[name] for name in order])
    found = questions.adjust_communities(
        {"households": sizes, "town": town, "name": [str(i) for i in range(len(sizes))]},
        bounds,
        pairs,
        target="bounds" if most_posts is None else most_posts,
        cheapest=cheapest,  # type: ignore[arg-type]
        rule=NORM,
        every_setting=True,
        most_merged=most,
        lang="en",
    )
    assert found.proven
    assert found.reached == (best["goal"] == 0)
    assert found.cost == found.bound == best[cheapest]
    done = [(tuple(int(name) for _, name in change.communities), change.after) for change in found.changes]
    kept = set(range(len(sizes))) - {i for members, _ in done for i in members}
    plan: Parts = [*done, *(((i,), (sizes[i],)) for i in kept)]
    own = measures(plan, sizes, bounds)
    assert {name: own[name] for name in order[1:]} == {name: best[name] for name in order[1:]}
    assert own["outside"] == len(found.outside)
    assert found.posts_after == own["posts"]
    for change, (members, _) in zip(found.changes, done, strict=True):
        assert connected(members, allowed)
        assert sum(change.before) == sum(change.after)
        small, large = min(change.before) < bounds[0], max(change.before) > bounds[1]
        wanted = [rules.ChangeReason.TOO_LARGE] * large + [rules.ChangeReason.TOO_SMALL] * (small and not large)
        assert list(change.reasons) == wanted
        effect = rules.change_effect(list(change.before), list(change.after), staffing=NORM).posts
        assert effect is not None
        assert (change.posts_before, change.posts_after) == (effect.before, effect.after)


def test_what_stays_as_it_is() -> None:
    columns = {
        "households": np.ma.array([300, 300, 900, 300, 0], mask=[0, 0, 0, 0, 1]),
        "name": ["甲社区", "乙村", "丙社区", "军营", "丁社区"],
        "code": ["a", "b", "c", "d", "e"],
        "setting": ["urban", "rural", "urban", "urban", "urban"],
        "town": ["甲镇"] * 5,
    }
    pairs = [(a, b) for a, b in combinations("abcde", 2)]
    ask = {"rule": "staff.wujin2012", "kept": ["d"], "lang": "zh"}
    found = questions.adjust_communities(columns, (500, 3000), shequ.Graph.from_edges(
        5, [(i, j) for i, j in combinations(range(5), 2)], ids=list("abcde")
    ), **ask)  # type: ignore[arg-type]  # fmt: skip
    assert [change.communities for change in found.changes] == [(("a", "甲社区"), ("c", "丙社区"))]
    assert (found.taking_part, found.left_out) == (2, 3)
    assert (found.posts_before, found.posts_after) == (12, 8)  # the barracks have posts too
    assert "3个社区" in str(found)
    assert found == questions.adjust_communities(columns, (500, 3000), pairs, **ask)  # type: ignore[arg-type]
    assert questions.adjust_communities(columns, (500, 3000), pairs, target=8, **ask).reached  # type: ignore[arg-type]
    assert questions.adjust_communities(columns, (500, 3000), pairs, target=7, **ask).status == "nearest"  # type: ignore[arg-type]


def test_a_district_tells_who_touches_and_a_scenario_does_what_is_proposed(tmp_path: Path) -> None:
    district = shequ.sample_district(seed=1)
    grants = shequ.FundingRule(base_fen=8_000_000, base_households=1000, step_fen=3000)
    found = questions.adjust_communities(
        district,
        "size.beijing2020",
        by="households",
        rule="staff.wujin2012",
        funding=grants,
        premises=rules.FacilityRule(least_m2=400),
        lang="en",
    )
    assert found.status == "cheapest"
    assert {change.kind for change in found.changes} == {rules.ChangeKind.MERGE, rules.ChangeKind.SPLIT}
    s = shequ.Scenario(district, rules={"urban": shequ.StaffingRule()})
    assert s.total("posts") == found.posts_before
    for change in found.changes:
        count = len(change.after) - len(change.before)
        assert change.premises_change_dm2 == 40_000 * count
        money = sum(grants.grant(h) for h in change.after) - sum(grants.grant(h) for h in change.before)
        assert change.grant_change_fen == money
        if change.kind == rules.ChangeKind.MERGE:
            s.merge([code for code, _ in change.communities], name="merged")
            assert s.total("posts", "new-1") == change.posts_after
    path = found.table().save(tmp_path / "plan.csv")
    assert path.read_text(encoding="utf-8-sig").startswith(
        "Town,Change,Why,Community,Code,Size before,Size after,Posts before"
    )
    assert "<table" in found._repr_html_()
    # the norms of the scenario, and neighbours by number of the unit
    units = [int(unit) for unit in district.hierarchy.at_level("community")]
    again = questions.adjust_communities(s.start(), (500, 3000), [(units[0], units[1])], target=0)
    assert again.posts_before == found.posts_before
    assert again.status == "nearest"


def test_bounds_of_norms_are_those_of_their_texts() -> None:
    for norm in ("size.beijing2020", "size.henan2022", "size.suzhou2022", "size.fuzhou2013"):
        found = questions.adjust_communities({"dwellings": [1], "households": [1]}, norm, [], lang="en")
        line = next(note for note in found.notes if norm in note)
        said = line.split(":")[1].split(" (")[0].replace(",", "").strip("≤≥ ").split("–")
        assert all(number in shequ.norms.get(norm).parameters("en") for number in said)
        counted = "dwellings" if "dwellings" in shequ.norms.get(norm).parameters("en") else "households"
        assert line.startswith(f"size by {counted}")


def test_bad_questions_are_refused() -> None:
    columns = {"households": [1, 2], "code": ["a", "a"]}
    ask = questions.adjust_communities
    with pytest.raises(shequ.InvalidInputError, match="must state bounds as numbers"):
        ask(columns, "size.tianjin_draft", [])
    with pytest.raises(shequ.InvalidInputError, match="must be given, or adjust_above"):
        ask(columns, (None, None), [])
    with pytest.raises(shequ.InvalidInputError, match="must contain dwellings"):
        ask(columns, "size.beijing2020", [])
    with pytest.raises(shequ.InvalidInputError, match=r"adjacency\[0\]='a' must be the code"):
        ask(columns, (1, 2), [("a", 1)])
    with pytest.raises(shequ.InvalidInputError, match=r"adjacency\[1\]=2"):
        ask(columns, (1, 2), [(0, 1), (2, 1)])
    with pytest.raises(shequ.InvalidInputError, match="adjacency=None"):
        ask(columns, (1, 2))
    with pytest.raises(shequ.InvalidInputError, match="rule=None"):
        ask(columns, (1, 2), [], target=3)
    with pytest.raises(shequ.InvalidInputError, match="target=-1"):
        ask(columns, (1, 2), [], target=-1)
    with pytest.raises(shequ.InvalidInputError, match="most_merged=9"):
        ask(columns, (1, 2), [], most_merged=9)
    with pytest.raises(shequ.InvalidInputError, match="cheapest='money'") as caught:
        ask(columns, (1, 2), [], cheapest="money")  # type: ignore[arg-type]
    assert "必须是以下之一" in caught.value.message("zh")
    n = 40
    with pytest.raises(shequ.InvalidInputError, match="most_merged=6 allows more than 100,000 mergers"):
        ask({"households": [10] * n}, (20, None), list(combinations(range(n), 2)), most_merged=6)


def test_a_town_of_forty_is_proven_in_time() -> None:
    random = np.random.default_rng(4)
    sizes = random.integers(50, 3600, 40).tolist()
    pairs = [(i, i + 1) for i in range(39) if i % 8 != 7] + [(i, i + 8) for i in range(32)]
    found = questions.adjust_communities({"households": sizes}, (500, 3000), pairs, most_merged=5)
    assert found.proven
    assert found.bound == found.cost
