// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/run_sums.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/index.hpp"

namespace shequ {

namespace {

using detail::at;

void check(const CountedRuns& runs, const KindPosts& posts, const RunSums& sums) {
  detail::check_length("most", posts.most.size(), posts.least.size());
  if (!posts.missing.empty()) detail::check_length("missing", posts.missing.size(), posts.least.size());
  if (!runs.workers.empty()) detail::check_length("workers", runs.workers.size(), runs.kinds.size());
  for (const auto column : {sums.posts, sums.posts_most, sums.shortage, sums.surplus, sums.answered}) {
    detail::check_length("sums", column.size(), runs.begins.size());
  }
  const auto count = static_cast<std::int64_t>(posts.least.size());
  std::uint32_t highest = 0;  // without sign: a number below 0 is among the highest
  for (const std::int32_t kind : runs.kinds) highest = std::max(highest, static_cast<std::uint32_t>(kind));
  if (!runs.kinds.empty() && highest >= count) {
    const std::string range = "[0, " + std::to_string(count - 1) + "]";
    detail::throw_argument("kinds", static_cast<std::int32_t>(highest), "in " + range, "在 " + range + " 之间");
  }
  std::int32_t last = 0;
  for (std::size_t run = 0; run < runs.begins.size(); ++run) {
    const std::int32_t begin = runs.begins[run];
    if (begin >= last && at(begin) <= runs.kinds.size() && (run > 0 || begin == 0)) {
      last = begin;
      continue;
    }
    detail::throw_argument("begins[" + std::to_string(run) + "]", begin, "ascending from 0", "从 0 起升序");
  }
}

struct Sum {
  std::int64_t posts{}, posts_most{}, shortage{}, surplus{}, answered{};
};

template <bool HasWorkers, bool HasRange>
[[nodiscard]] Sum sum_of(const CountedRuns& runs, const KindPosts& posts, std::size_t begin, std::size_t end) {
  Sum sum;
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t kind = at(runs.kinds[i]);
    const std::int64_t least = posts.least[kind];
    const std::int64_t most = HasRange ? posts.most[kind] : least;
    if (HasRange && !posts.missing.empty() && posts.missing[kind] != 0) continue;
    sum.posts += least;
    sum.posts_most += most;
    ++sum.answered;
    if constexpr (HasWorkers) {
      const std::int64_t workers = runs.workers[i];
      const std::int64_t known = workers < 0 ? 0 : 1;
      sum.shortage += known * std::max<std::int64_t>(0, least - workers);
      sum.surplus += known * std::max<std::int64_t>(0, workers - most);
    }
  }
  return sum;
}

template <bool HasWorkers, bool HasRange>
void add(const CountedRuns& runs, const KindPosts& posts, const RunSums& sums) {
  for (std::size_t run = 0; run < runs.begins.size(); ++run) {
    const std::size_t end = run + 1 < runs.begins.size() ? at(runs.begins[run + 1]) : runs.kinds.size();
    const Sum sum = sum_of<HasWorkers, HasRange>(runs, posts, at(runs.begins[run]), end);
    sums.posts[run] += sum.posts;
    sums.posts_most[run] += sum.posts_most;
    sums.shortage[run] += sum.shortage;
    sums.surplus[run] += sum.surplus;
    sums.answered[run] += sum.answered;
  }
}

}  // namespace

void add_run_sums(const CountedRuns& runs, const KindPosts& posts, const RunSums& sums) {
  check(runs, posts, sums);
  const bool has_range = posts.most.data() != posts.least.data() || !posts.missing.empty();
  if (runs.workers.empty()) {
    has_range ? add<false, true>(runs, posts, sums) : add<false, false>(runs, posts, sums);
  } else {
    has_range ? add<true, true>(runs, posts, sums) : add<true, false>(runs, posts, sums);
  }
}

}  // namespace shequ
