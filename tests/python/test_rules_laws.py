# SPDX-License-Identifier: BSD-3-Clause
"""Laws of the rules on columns: sums, missing values, the order of rows, monotone needs, and the small district."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shequ
from shequ import rules

HOUSEHOLDS = st.integers(0, 20_000)
COLUMN = st.lists(st.one_of(st.none(), HOUSEHOLDS), max_size=30)
SHARE = st.builds(Fraction, st.integers(0, 40), st.just(40))

#: 甲 乙 丙村 丁 戊 己村
HOUSEHOLDS_OF = [900, 1001, 550, 2600, 1250, None]
WORKERS_OF = [4, 4, 3, 8, 5, 2]
CERTIFIED_OF = [1, 2, 0, 3, 1, 0]
OFFICE_M2_OF = [380, 400, 250, 650, 399.5, None]
OUTDOOR_M2_OF = [520, 500, 800, 0, 600, None]
URBAN = np.array([True, True, False, True, True, False])


def masked(values: list[int | None]) -> Any:
    return np.ma.MaskedArray([0 if v is None else v for v in values], mask=[v is None for v in values], dtype=np.int64)


def test_the_small_district_end_to_end() -> None:
    households = masked(HOUSEHOLDS_OF)
    office = rules.hundredths(OFFICE_M2_OF, "office_m2")
    outdoor = rules.hundredths(OUTDOOR_M2_OF, "outdoor_m2")
    gaps = rules.facility_gaps(rules.FacilityRule(least_m2=400), office)
    assert gaps.tolist() == [2000, 0, 15_000, 0, 50, None]
    assert gaps.sum() == 17_050
    assert rules.facility_gaps(rules.FacilityRule(least_m2=500), outdoor).sum() == 50_000
    per_household = rules.facility_gaps(rules.FacilityRule(least_m2=400, step_m2=30), office, households)
    assert per_household[3] == 13_000

    grids = [h if h is None else rules.grid_count(h, 300, 500) for h in HOUSEHOLDS_OF]
    assert [(g.least, g.most) if g else None for g in grids] == [(2, 3), (3, 3), (0, 0), (6, 8), (3, 4), None]
    assert not grids[2].feasible

    visits = rules.VisitRule(per="week", working_weeks=48)
    weeks = rules.weeks_per_round(visits, households, WORKERS_OF)
    assert weeks.tolist() == [23, 26, 19, 33, 25, None]

    for share, where, certified, total, missing in (("80%", URBAN, 7, 21, 10), ("50%", ~URBAN, 0, 5, 3)):
        rule = rules.CertificationRule(required=share, min_level="assistant")
        need = rules.certification_need(rule, np.array(WORKERS_OF)[where], np.array(CERTIFIED_OF)[where])
        assert (need.certified, need.workers, need.missing) == (certified, total, missing)

    def targets(*shares: str) -> rules.TargetRule:
        return rules.TargetRule(years=[rules.YearTarget(year=2012 + i, share=share) for i, share in enumerate(shares)])

    years = range(2012, 2015)
    assert [targets("75%", "83%", "98%").required(year, 4) for year in years] == [3, 4, 4]
    assert [targets("71%", "81%", "95%").required(year, 2) for year in years] == [2, 2, 2]

    rule = shequ.StaffingRule()
    posts = rule.posts(np.array([900, 1001, 2600, 1250]))
    found = rules.compute_shortfalls(premises_gap_dm2=gaps[URBAN], posts=posts, workers=np.array(WORKERS_OF)[URBAN])
    assert found["staff"].tolist() == [0, 0, 2, 0]
    assert found["flags"].tolist() == [1, 0, 4, 1]
    assert found["unknown"].tolist() == [2, 2, 2, 2]
    assert found["unpaid_fen"].tolist() == [None] * 4


@given(COLUMN, COLUMN)
def test_gaps_are_missing_exactly_where_a_number_is_and_add_up_by_town(
    area: list[int | None], households: list[int | None]
) -> None:
    size = min(len(area), len(households))
    rule = rules.FacilityRule(least_m2=40, step_m2=3)
    gaps = rules.facility_gaps(rule, masked(area[:size]), masked(households[:size]))
    expected = [
        None if a is None or h is None else rule.gap_dm2(a, h)
        for a, h in zip(area[:size], households[:size], strict=True)
    ]
    assert gaps.tolist() == expected
    halves = [rules.facility_gaps(rule, masked(area[i:size:2]), masked(households[i:size:2])) for i in (0, 1)]
    assert sum(int(np.ma.filled(half, 0).sum()) for half in halves) == int(np.ma.filled(gaps, 0).sum())


@given(HOUSEHOLDS, HOUSEHOLDS, st.sampled_from(["pro_rata", "started_step"]))
def test_more_households_never_need_less_area(a: int, b: int, rounding: str) -> None:
    rule = rules.FacilityRule(least_m2=400, step_m2=30, rounding=rounding)
    low, high = sorted((a, b))
    assert rule.need_dm2(low) <= rule.need_dm2(high)


@given(st.lists(st.tuples(st.integers(0, 40), SHARE), max_size=20), SHARE, st.randoms(use_true_random=False))
def test_certificates_do_not_depend_on_the_order_of_rows(rows: Any, required: Fraction, random: Any) -> None:
    rule = rules.CertificationRule(required=required, min_level="worker")
    workers = [n for n, _ in rows]
    certified = [math.floor(share * n) for n, share in rows]
    need = rules.certification_need(rule, workers, certified)
    order = list(range(len(rows)))
    random.shuffle(order)
    assert rules.certification_need(rule, [workers[i] for i in order], [certified[i] for i in order]) == need
    assert need.required == math.ceil(required * sum(workers))
    each = rules.missing_certificates(rule, workers, certified)
    assert each.sum() >= need.missing
    assert each.tolist() == [max(0, math.ceil(required * n) - c) for n, c in zip(workers, certified, strict=True)]


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=60),
    SHARE,
    st.integers(0, 2**64 - 1),
    st.randoms(use_true_random=False),
)
def test_a_sample_is_the_same_in_any_order_and_has_its_numbers(
    strata: list[int], ratio: Fraction, seed: int, random: Any
) -> None:
    rule = rules.SamplingRule(ratio=ratio)
    codes = [f"{i:012d}" for i in range(len(strata))]
    sample = rules.draw_sample(rule, codes, strata, seed=seed)
    assert rules.draw_sample(rule, codes, strata, seed=seed).chosen.tobytes() == sample.chosen.tobytes()
    for stratum in sample.strata:
        chosen = sample.chosen[np.array(strata) == stratum.label]
        assert int(chosen.sum()) == stratum.drawn == math.ceil(ratio * stratum.size)
    order = list(range(len(codes)))
    random.shuffle(order)
    other = rules.draw_sample(rule, [codes[i] for i in order], [strata[i] for i in order], seed=seed)
    assert other.strata == sample.strata
    assert other.chosen.tolist() == [bool(sample.chosen[i]) for i in order]


def test_the_worked_sample_has_28_units_and_forced_ones_by_code() -> None:
    strata = np.repeat([0, 1, 2, 3], [23, 14, 60, 40])
    codes = [str(320412000000 + i) for i in range(len(strata))]
    rule = rules.SamplingRule(ratio="20%")
    sample = rules.draw_sample(rule, codes, strata, seed=7, forced_in=[codes[0]], forced_out=[codes[1]])
    assert [stratum.drawn for stratum in sample.strata] == [5, 3, 12, 8]
    assert sample.chosen.sum() == 28
    assert sample.chosen[0]
    assert not sample.chosen[1]
    assert rules.draw_sample(rules.SamplingRule(ratio=1), codes, strata, seed=7).chosen.all()
    assert not rules.draw_sample(rules.SamplingRule(ratio=0), codes, strata, seed=7).chosen.any()
    with pytest.raises(shequ.InvalidInputError, match="forced_in='9' must be one of codes"):
        rules.draw_sample(rule, codes, strata, seed=7, forced_in=["9"])
    assert rules.detection_probability(100, 5, 20) == pytest.approx(0.681, abs=5e-4)
    assert rules.sample_for_detection(60, 3, 0.494) == 12


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8), st.integers(1, 50))
def test_scaling_weights_and_scores_together_changes_nothing(weights: list[int], factor: int) -> None:
    weights = [weight + 1 for weight in weights]
    scores = [weight * 9 // 10 for weight in weights]

    def score(scale: int) -> rules.AssessmentScore:
        rule = rules.AssessmentRule(
            aspects=[rules.Aspect(name=str(i), weight_hundredths=w * scale) for i, w in enumerate(weights)],
            full_hundredths=sum(weights) * scale,
            pass_hundredths=sum(weights) * scale * 8 // 10 // scale * scale,
        )
        return rules.assess(rule, [s * scale for s in scores])

    plain, scaled = score(1), score(factor)
    assert plain.total_hundredths * factor == scaled.total_hundredths


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), max_size=30))
def test_stars_by_rank_do_not_depend_on_the_order_of_rows(scores: list[int | None]) -> None:
    rule = rules.StarQuota(caps=[4, 3, 2, 1, 1], ties="worse")
    stars = rules.compute_stars(rule, masked(scores))
    turned = rules.compute_stars(rule, masked(scores[::-1]))
    assert turned[::-1].tolist() == stars.tolist()
    summary = rules.summarise_stars(stars)
    assert sum(summary.counts) + summary.none + summary.missing == len(scores)


@given(st.lists(st.integers(0, 600), max_size=10), st.integers(0, 3000), st.randoms(use_true_random=False))
def test_the_cheapest_remedies_do_not_depend_on_the_order_of_offers(areas: list[int], gap: int, random: Any) -> None:
    offers = [rules.Remedy(name=str(i), kind="share", area_dm2=a, cost_fen=(a * 37) % 101) for i, a in enumerate(areas)]
    plan = rules.cheapest_remedies(gap, offers)
    random.shuffle(offers)
    other = rules.cheapest_remedies(gap, offers)
    assert (other.closes, other.cost_fen, len(other.chosen)) == (plan.closes, plan.cost_fen, len(plan.chosen))


@given(st.lists(HOUSEHOLDS, min_size=1, max_size=6))
def test_a_merger_and_the_split_back_restore_every_sum(before: list[int]) -> None:
    options: dict[str, Any] = {
        "staffing": shequ.StaffingRule(rounding="ceil"),
        "grant_fen": lambda h: 8_000_000 + 3_000 * max(0, h - 1000),
        "premises": rules.FacilityRule(least_m2=400, step_m2=30),
    }
    merged = rules.change_effect(before, [sum(before)], **options)
    back = rules.change_effect([sum(before)], before, **options)
    for name in ("posts", "grant_fen", "premises_need_dm2"):
        assert getattr(back, name).after == getattr(merged, name).before
        assert getattr(back, name).change == -getattr(merged, name).change
    assert merged.posts.change <= 0  # under ceil a merger never adds posts


def test_columns_of_pandas_and_floats_with_gaps_are_read() -> None:
    rule = rules.CertificationRule(required="80%", min_level="assistant")
    workers = pd.Series([4.0, None, 8.0])
    certified = pd.Series([1, 2, None], dtype="Int64")
    assert rules.missing_certificates(rule, workers, certified).tolist() == [3, None, None]
    assert type(rules.missing_certificates(rule, [4], [1])) is np.ndarray
    with pytest.raises(shequ.InvalidInputError, match=r"workers\[1\]=0.5 must be a whole number"):
        rules.missing_certificates(rule, [1.0, 0.5], [0, 0])
    with pytest.raises(shequ.InvalidInputError, match="certified has length 1 and must have length 2"):
        rules.missing_certificates(rule, [1, 5], [0])
    with pytest.raises(shequ.InvalidInputError, match=r"sets\[1\]=300 must be in \[0, 255\]"):
        rules.organisation_coverage(rules.OrganisationRule(asked=rules.OrgSet(party=True)), [1, 300])
    complete = rules.complete_organisations(rules.OrganisationRule(asked=rules.OrgSet(party=True)), [1, None, 2])
    assert complete.tolist() == [True, None, False]
    assert complete.dtype == np.bool_


def test_a_town_is_linked_when_it_and_all_its_communities_are() -> None:
    tree = shequ.Hierarchy.from_columns(
        code=["d", "a", "a1", "a2", "b", "b1"],
        parent=["", "d", "a", "a", "d", "b"],
        name=list("dabcef"),
        level=["district", "town", "community", "community", "town", "community"],
    )
    connected = np.ones(len(tree), dtype=bool)
    assert rules.link_status(tree, connected).all()
    connected[tree.index("a2")] = False
    linked = rules.link_status(tree, connected)
    assert [bool(linked[tree.index(code)]) for code in ("d", "a", "a1", "b")] == [False, False, True, True]


def test_a_network_names_who_is_not_covered() -> None:
    rule = rules.NetworkRule(measure="distance", within_m=300, least_share="80%")
    found = rules.network_coverage(
        rule,
        3,
        place_community=[0, 0, 1],
        places_m=[[0, 0], [500, 0], [301, 0]],
        place_households=[80, 20, 10],
        nodes_m=[[0, 300]],
    )
    assert found.uncovered == [1]
    assert found.near_share == Fraction(80, 110)
    assert found.communities.missing == 1


def test_a_partition_is_reported_with_everything_that_is_wrong() -> None:
    graph = shequ.Graph.from_edges(4, [(0, 1), (1, 2), (2, 3)], ids=list("abcd"))
    right = rules.report_partition(graph, [150, 150, 200, 200], [0, 0, 1, 1], num_grids=2, size=(300, 500))
    assert right.ok
    assert right.mean_households == 350
    wrong = rules.report_partition(
        graph,
        [150, 150, 200, 200],
        [0, 1, 0, -1],
        num_grids=3,
        size=(300, 500),
        last_year=[0, 0, 0, 0],
        duties=[(7, 0), (7, 1)],
    )
    assert not wrong.ok
    assert wrong.gaps == [3]
    assert wrong.not_contiguous == [0]
    assert wrong.empty_grids == [2]
    assert wrong.unstaffed == [2]
    assert wrong.shared_workers == [7]
    assert wrong.moved == [1, 3]
    pairs = rules.report_partition(graph, [150] * 4, [(0, 0), (1, 0), (1, 1)], num_grids=2, size=(1, 500))
    assert pairs.overlaps == [1]
    links = rules.report_partition(graph, [150] * 4, [0, 1, 1, 0], num_grids=2, size=(300, 500), links=[("a", "d")])
    assert links.ok
