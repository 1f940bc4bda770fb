# SPDX-License-Identifier: BSD-3-Clause
"""Questions answered directly, each against a plain search."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ
from shequ import questions


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 12_000)), min_size=1, max_size=20),
    st.integers(1, 400),
    st.sampled_from(["staff.wujin2012", "staff.beijing2020", "station.shenzhen"]),
)
def test_near_the_next_post_is_what_a_search_finds(households: list[int | None], within: int, id: str) -> None:
    rule = shequ.norms.get(id).staffing
    assert rule is not None
    expected = []
    for i, count in enumerate(households):
        here = None if count is None else rule.posts_range(count)
        if here is None or count is None:
            continue
        for more in range(1, within + 1):
            there = rule.posts_range(count + more)
            if there is not None and there[0] > here[0]:
                expected.append((i, more))
                break
    columns = {
        "households": households,
        "code": [str(i) for i in range(len(households))],
        "setting": ["urban"] * len(households),
    }
    found = questions.near_next_post(columns, within, id)
    pairs = zip(found.column("code"), found.column("to_next"), strict=True)
    assert sorted((int(str(code)), more) for code, more in pairs) == expected
    assert found.column("to_next") == sorted(found.column("to_next"))  # type: ignore[type-var]


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 12)), min_size=1, max_size=4),
    st.integers(0, 5),
    st.sampled_from(["squared", "relative"]),
)
def test_posts_go_where_no_other_division_is_better(entries: list[tuple[int, int]], posts: int, cost: str) -> None:
    rule = shequ.StaffingRule()
    columns = {
        "households": [h for h, _ in entries],
        "workers": [w for _, w in entries],
        "code": [f"{i}" for i in range(len(entries))],
    }
    found = questions.place_posts(columns, posts, rule, cost=cost, every_setting=True)  # type: ignore[arg-type]
    need = [rule.posts(h) for h, _ in entries]
    gap = [max(0, n - w) for n, (_, w) in zip(need, entries, strict=True)]

    def left(given_: tuple[int, ...]) -> float:
        rest = [(g - a) ** 2 / (n if cost == "relative" else 1) for g, a, n in zip(gap, given_, need, strict=True)]
        return sum(rest)

    given_ = [0] * len(entries)
    for code, more in zip(found.column("code"), found.column("given"), strict=True):
        given_[int(str(code))] = int(str(more))
    possible = [a for a in product(*(range(g + 1) for g in gap)) if sum(a) <= posts]
    assert left(tuple(given_)) == pytest.approx(min(left(a) for a in possible))
    assert sum(given_) == min(posts, sum(gap))
    if cost == "squared":
        assert max(g - a for g, a in zip(gap, given_, strict=True)) == min(
            max(g - x for g, x in zip(gap, a, strict=True)) for a in possible
        )


def test_break_even_ranges_cover_every_size_once() -> None:
    a, b = shequ.norms.get("staff.wujin2012").staffing, shequ.norms.get("staff.cn2025").staffing
    assert a is not None
    assert b is not None
    found = questions.break_even("staff.wujin2012", "staff.cn2025", most=3000, persons_per_household="2.62")
    ends = [(row[0], row[1]) for row in found.rows]
    assert ends[0][0] == 0
    assert ends[-1][1] == 3000
    assert all(int(str(high)) + 1 == low for (_, high), (low, _) in pairwise(ends))
    for low, high, more, *_ in found.rows:
        for count in range(int(str(low)), int(str(high)) + 1):
            ours, theirs = a.posts_range(count), b.posts_range(count * 262 // 100)
            assert ours is not None
            assert theirs is not None
            assert more == (a.id if ours[0] > theirs[0] else b.id if theirs[0] > ours[0] else "")
    with pytest.raises(shequ.InvalidInputError, match="persons_per_household must be given"):
        questions.break_even("staff.wujin2012", "staff.cn2025")


def test_a_scenario_answers_by_its_own_norms(tmp_path: Path) -> None:
    district = shequ.sample_district(seed=1)
    s = shequ.Scenario(district, rules={"urban": shequ.StaffingRule(rounding="ceil")})
    total = s.total("shortage")
    assert total is not None
    found = questions.place_posts(s, total, lang="en")
    assert sum(int(str(n)) for n in found.column("given")) == total
    assert set(found.column("shortage_left")) == {0}
    path = found.save(tmp_path / "posts.csv")
    assert path.read_text(encoding="utf-8-sig").startswith(
        "Town,Code,Community,Posts,Workers,Shortage,Given,Still short"
    )
    near = questions.near_next_post(s, 250, lang="en")
    for code, more in zip(near.column("code"), near.column("to_next"), strict=True):
        edited = s.branch()
        edited.add("households", str(code), int(str(more)))
        assert (edited.total("posts", str(code)) or 0) == (s.total("posts", str(code)) or 0) + 1
        edited.undo()
        if int(str(more)) > 1:
            edited.add("households", str(code), int(str(more)) - 1)
            assert edited.total("posts", str(code)) == s.total("posts", str(code))


def test_bad_questions_are_refused() -> None:
    with pytest.raises(shequ.InvalidInputError, match="within=0"):
        questions.near_next_post({"households": [1]}, 0, "staff.wujin2012")
    with pytest.raises(shequ.InvalidInputError, match="rule=None"):
        questions.near_next_post({"households": [1]}, 5)
    with pytest.raises(shequ.InvalidInputError, match="must contain workers"):
        questions.place_posts({"households": [1]}, 5, "staff.wujin2012")
