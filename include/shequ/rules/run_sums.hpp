// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>

namespace shequ {

/// Communities in runs, such as those of a town each, and which of the counts that occur each has: under one norm and
/// growth, communities of the same count have the same posts.
///
///   kind      2  0 | 1  1  0      of 3 counts that occur
///   begins    0      2            of the runs, ascending from 0
///   workers   4 -1 | 7  3  9      -1: not known; empty: of none
struct CountedRuns {
  std::span<const std::int32_t> kinds;
  std::span<const std::int32_t> workers{};
  std::span<const std::int32_t> begins;
};

/// Posts by kind; `most` as `least` where the norm names one number. 1 in `missing` where it has no answer; may be
/// empty.
struct KindPosts {
  std::span<const std::int64_t> least;
  std::span<const std::int64_t> most;
  std::span<const std::uint8_t> missing{};
};

/// Sums of the runs. Shortage and surplus are those of communities whose workers are known.
struct RunSums {
  std::span<std::int64_t> posts, posts_most, shortage, surplus;
  std::span<std::int64_t> answered;  ///< communities to which the norm has an answer
};

/// Adds the sums of every run to `sums`. Throws InvalidInput for spans of unequal length, kinds that are not there, and
/// begins that do not ascend from 0. Complexity: O(communities).
void add_run_sums(const CountedRuns& runs, const KindPosts& posts, const RunSums& sums);

}  // namespace shequ
