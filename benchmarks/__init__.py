# SPDX-License-Identifier: BSD-3-Clause
"""Benchmarks: each runs its peers beside shequ in the same run and prints ratios."""
