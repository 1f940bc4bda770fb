# SPDX-License-Identifier: BSD-3-Clause
"""The order of whole numbers."""

from __future__ import annotations

import numpy as np
import pytest

from shequ.geo._order import stable_order


@pytest.mark.parametrize("most", [1, 2, 100, 2**40, 2**62])
@pytest.mark.parametrize("count", [0, 1, 2, 1000])
def test_equal_numbers_keep_their_order(most: int, count: int) -> None:
    keys = np.random.default_rng(0).integers(0, most, count)
    assert np.array_equal(stable_order(keys), np.argsort(keys, kind="stable"))
