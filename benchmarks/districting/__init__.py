# SPDX-License-Identifier: BSD-3-Clause
"""Every figure that the districting engine is to reach, ours beside the peers' in the same run."""
