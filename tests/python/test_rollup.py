# SPDX-License-Identifier: BSD-3-Clause
"""Roll-ups against exact arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from shequ import Hierarchy

N_UNITS = 40
LARGEST = np.finfo(np.float64).max


def random_tree(rng: np.random.Generator) -> Hierarchy:
    parents = [-1] + [int(rng.integers(0, i)) for i in range(1, N_UNITS)]
    return Hierarchy.from_columns(range(N_UNITS), parents, level=[3] + [4] * (N_UNITS - 1))


def exact_means(tree: Hierarchy, values: np.ndarray, weights: np.ndarray) -> list[tuple[Fraction, Fraction] | None]:
    """Return the mean of every subtree and the mean of the absolute values, None where there is nothing."""
    means: list[tuple[Fraction, Fraction] | None] = []
    for unit in range(len(tree)):
        part = tree.subtree(unit)
        known = [
            (Fraction(v), Fraction(w))
            for v, w in zip(values[part].tolist(), weights[part].tolist(), strict=True)
            if not (math.isnan(v) or math.isnan(w))
        ]
        weight = sum((w for _, w in known), Fraction())
        if weight == 0:
            means.append(None)
            continue
        mean = sum((v * w for v, w in known), Fraction()) / weight
        means.append((mean, sum((abs(v) * w for v, w in known), Fraction()) / weight))
    return means


def check(tree: Hierarchy, result: np.ma.MaskedArray, values: np.ndarray, weights: np.ndarray) -> None:
    # Each of the sums and products rounds once, and what is below the least double is lost in the last step only.
    for unit, exact in enumerate(exact_means(tree, values, weights)):
        assert (result[unit] is np.ma.masked) == (exact is None)
        if exact is None:
            continue
        mean, size = exact
        assert math.isfinite(result[unit])
        bound = size * 3 * N_UNITS / 2**53 + Fraction(math.ulp(0.0))
        assert abs(Fraction(float(result[unit])) - mean) <= bound, (unit, float(result[unit]))


def spread_over(rng: np.random.Generator, low: int, high: int) -> np.ndarray:
    """Return numbers of both signs whose binary exponents are anywhere from `low` to `high`."""
    return np.ldexp(rng.uniform(0.5, 1, N_UNITS) * rng.choice([-1, 1], N_UNITS), rng.integers(low, high + 1, N_UNITS))


@pytest.mark.parametrize("exponents", [(1020, 1024), (-1074, -1060), (-1074, 1024), (-5, 5), (985, 995)], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_means_equal_exact_ones_at_either_end_of_double(exponents: tuple[int, int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    tree = random_tree(rng)
    values = spread_over(rng, *exponents)
    values[rng.random(N_UNITS) < 0.3] = np.nan
    check(tree, tree.rollup_mean(values), values, np.ones(N_UNITS))


@pytest.mark.parametrize("of_values", [(1020, 1024), (-1074, -1060), (-1074, 1024), (-5, 5)], ids=str)
@pytest.mark.parametrize("of_weights", [(1020, 1024), (-1074, -1060), (-1074, 1024), (-5, 5), (-600, 500)], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_weighted_means_equal_exact_ones_at_either_end_of_double(
    of_values: tuple[int, int], of_weights: tuple[int, int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    tree = random_tree(rng)
    values, weights = spread_over(rng, *of_values), abs(spread_over(rng, *of_weights))
    weights[rng.random(N_UNITS) < 0.2] = np.nan
    values[rng.random(N_UNITS) < 0.2] = np.nan
    weights[rng.random(N_UNITS) < 0.2] = 0
    check(tree, tree.rollup_mean(values, weights=weights), values, weights)


def test_means_of_the_largest_doubles_stay_in_the_range() -> None:
    tree = random_tree(np.random.default_rng(0))
    for weights in (None, np.full(N_UNITS, 0.1), np.full(N_UNITS, LARGEST)):
        means = np.asarray(tree.rollup_mean(np.full(N_UNITS, LARGEST), weights=weights))
        assert np.isfinite(means).all()
        assert (means >= LARGEST * (1 - N_UNITS * 2**-52)).all()


def test_the_scale_of_one_branch_changes_no_mean_of_another() -> None:
    rng = np.random.default_rng(1)
    tree = random_tree(rng)
    values = rng.normal(size=N_UNITS)
    usual = tree.rollup_mean(values)
    leaf = int(np.flatnonzero(tree.subtree_ends == np.arange(N_UNITS) + 1)[-1])
    values[leaf] = LARGEST
    others = np.setdiff1d(np.arange(N_UNITS), tree.path(leaf))
    assert tree.rollup_mean(values)[others].tolist() == usual[others].tolist()
