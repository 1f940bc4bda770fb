// SPDX-License-Identifier: BSD-3-Clause
#include "part_counts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <string>

#include "shequ/detail/argument.hpp"

namespace shequ {
namespace detail {
namespace {

constexpr std::int64_t max_parts = std::numeric_limits<PartId>::max();

PartId clamp_parts(std::int64_t parts) { return static_cast<PartId>(std::min(parts, max_parts)); }

bool overlap(const PartsRange& a, const PartsRange& b) { return a.min <= b.max && b.min <= a.max; }

/// The value nearest to `from` towards `to` at which `fits` holds, which it does from some point on; none if not even
/// at `to`. Complexity: O(log |to - from|) calls.
template <class Fits>
std::optional<std::int64_t> nearest(std::int64_t from, std::int64_t to, const Fits& fits) {
  if (!fits(to)) return std::nullopt;
  std::int64_t bad_side = from;
  std::int64_t good = to;
  if (fits(from)) return from;
  while (std::abs(good - bad_side) > 1) {
    const std::int64_t middle = bad_side + (good - bad_side) / 2;
    (fits(middle) ? good : bad_side) = middle;
  }
  return good;
}

/// The same for what is silent in all respects, which is asked as rarely as counting allows.
template <class RequestOf>
std::optional<Request> nearest_silent(const Silence& silence, std::int64_t from, std::int64_t to,
                                      const RequestOf& request_of) {
  const auto by_counts = nearest(from, to, [&](std::int64_t value) { return silence.counts(request_of(value)); });
  if (!by_counts) return std::nullopt;
  if (silence.all(request_of(*by_counts))) return request_of(*by_counts);
  const auto value = nearest(*by_counts, to, [&](std::int64_t other) { return silence.all(request_of(other)); });
  if (!value) return std::nullopt;
  return request_of(*value);
}

std::optional<Request> relax_lower(const Silence& silence, const Request& request) {
  return nearest_silent(silence, request.lower, 0,
                        [&](std::int64_t lower) { return Request{lower, request.upper, request.parts}; });
}

std::optional<Request> relax_upper(const Silence& silence, const Request& request) {
  const std::int64_t from = std::max(request.upper, silence.heaviest);
  return nearest_silent(silence, from, std::max(from, silence.most_weight),
                        [&](std::int64_t upper) { return Request{request.lower, upper, request.parts}; });
}

std::optional<Request> relax_parts(const Silence& silence, Request request) {
  if (!request.parts) return std::nullopt;
  const std::optional<PartsRange> total = silence.total(request);
  if (!total) return std::nullopt;
  if (overlap(*total, *request.parts)) return request;
  const PartId near = request.parts->max < total->min ? total->min : total->max;
  request.parts = PartsRange{near, near};
  return request;
}

/// Change of `to` against `from`, relative; only orders relaxations.
double relative_change(std::int64_t from, std::int64_t to) {
  return static_cast<double>(std::abs(to - from)) / static_cast<double>(std::max<std::int64_t>(from, 1));
}

double size_of_change(const Request& asked, const Request& relaxed) {
  double change = relative_change(asked.lower, relaxed.lower) + relative_change(asked.upper, relaxed.upper);
  if (asked.parts && *asked.parts != *relaxed.parts) {
    change += relaxed.parts->min > asked.parts->max ? relative_change(asked.parts->max, relaxed.parts->min)
                                                    : relative_change(asked.parts->min, relaxed.parts->max);
  }
  return change;
}

Relaxation describe(const Request& asked, const Request& relaxed) {
  Relaxation relaxation;
  std::string english;
  std::string chinese;
  const auto add = [&](const std::string& en, const std::string& zh) {
    if (!english.empty()) {
      english += " and ";
      chinese += "，并";
    }
    english += en;
    chinese += zh;
  };
  if (relaxed.lower != asked.lower) {
    relaxation.lower = relaxed.lower;
    const std::string value = std::to_string(relaxed.lower);
    add("lower=" + value, "将下限改为 " + value);
  }
  if (relaxed.upper != asked.upper) {
    relaxation.upper = relaxed.upper;
    const std::string value = std::to_string(relaxed.upper);
    add("upper=" + value, "将上限改为 " + value);
  }
  if (relaxed.parts != asked.parts) {
    relaxation.parts = relaxed.parts;
    const std::string value = std::to_string(relaxed.parts->min);
    add("parts=" + value, "将网格数改为 " + value);
  }
  relaxation.english = english;
  relaxation.chinese = chinese;
  return relaxation;
}

/// Number of groups no two of which fit into one part: the heaviest ones, as long as the last two do not.
std::int64_t pairwise_too_heavy(std::span<const std::int64_t> sums, std::int64_t upper) {
  std::size_t known = std::min<std::size_t>(1, sums.size() - 1);
  std::size_t end = sums.size();
  while (end - known > 1) {
    const std::size_t middle = known + (end - known) / 2;
    (sums[middle] - sums[middle - 2] > upper ? known : end) = middle;
  }
  return static_cast<std::int64_t>(known);
}

/// Most parts of `lower` or more: one for each group that is as heavy, and what the others make up together.
std::int64_t heavy_enough(std::span<const std::int64_t> sums, std::int64_t lower) {
  std::size_t heavy = 0;
  std::size_t end = sums.size();
  while (end - heavy > 1) {
    const std::size_t middle = heavy + (end - heavy) / 2;
    (sums[middle] - sums[middle - 1] >= lower ? heavy : end) = middle;
  }
  return static_cast<std::int64_t>(heavy) + (sums.back() - sums[heavy]) / lower;
}

}  // namespace

bool counts_fit(const std::vector<ComponentSize>& sizes, const Request& request) {
  const std::optional<PartsRange> total = total_parts(sizes, request.lower, request.upper);
  return total.has_value() && (!request.parts.has_value() || overlap(*total, *request.parts));
}

std::optional<PartsRange> component_parts(const ComponentSize& size, std::int64_t lower, std::int64_t upper) {
  if (size.weight > 0 && upper == 0) return std::nullopt;
  const std::int64_t by_weight = size.weight == 0 ? 1 : ceil_div(size.weight, upper);
  std::int64_t least = std::max<std::int64_t>(by_weight, size.min_parts);
  std::int64_t most = std::min(size.groups, size.max_parts);
  if (lower > 0) most = std::min(most, size.weight / lower);
  if (!size.heaviest_sums.empty()) {
    least = std::max(least, pairwise_too_heavy(size.heaviest_sums, upper));
    if (lower > 0) most = std::min(most, heavy_enough(size.heaviest_sums, lower));
  }
  if (least > most) return std::nullopt;
  return PartsRange{clamp_parts(least), clamp_parts(most)};
}

std::optional<PartsRange> total_parts(const std::vector<ComponentSize>& sizes, std::int64_t lower, std::int64_t upper) {
  std::int64_t least = 0;
  std::int64_t most = 0;
  for (const ComponentSize& size : sizes) {
    const std::optional<PartsRange> range = component_parts(size, lower, upper);
    if (!range) return std::nullopt;
    least += range->min;
    most += range->max;
  }
  return PartsRange{clamp_parts(least), clamp_parts(most)};
}

std::vector<Relaxation> smallest_relaxations(const Silence& silence, const Request& asked) {
  // A step relaxes one thing; singles first, and combinations only where no single one suffices.
  const auto lower = [&](const Request& request) { return relax_lower(silence, request); };
  const auto upper = [&](const Request& request) { return relax_upper(silence, request); };
  const auto parts = [&](const Request& request) { return relax_parts(silence, request); };
  const auto holds = [&](const std::optional<Request>& request) { return request && silence.all(*request); };
  const Request without_parts{asked.lower, asked.upper, std::nullopt};
  // Bounds first as if any number of parts were wanted, then the number of parts that those bounds allow.
  const auto with_parts = [&](std::optional<Request> bounds) {
    if (!bounds || !asked.parts) return std::optional<Request>();
    bounds->parts = asked.parts;
    return parts(*bounds);
  };
  const auto both_bounds = [&](const Request& request) -> std::optional<Request> {
    Request raised = request;
    raised.upper = std::max(raised.upper, silence.heaviest);
    if (std::optional<Request> relaxed = lower(raised)) return relaxed;
    raised.lower = 0;
    std::optional<Request> relaxed = upper(raised);
    if (!relaxed) return relaxed;
    relaxed->lower = request.lower;
    return lower(*relaxed);
  };

  std::vector<Request> found;
  const auto keep = [&](const std::optional<Request>& request) {
    if (holds(request)) found.push_back(*request);
  };
  keep(lower(asked));
  keep(upper(asked));
  keep(parts(asked));
  if (found.empty()) {
    keep(both_bounds(asked));
    keep(with_parts(lower(without_parts)));
    keep(with_parts(upper(without_parts)));
  }
  if (found.empty()) keep(with_parts(both_bounds(without_parts)));
  std::stable_sort(found.begin(), found.end(), [&](const Request& a, const Request& b) {
    return size_of_change(asked, a) < size_of_change(asked, b);
  });
  std::vector<Relaxation> relaxations;
  for (const Request& request : found) relaxations.push_back(describe(asked, request));
  return relaxations;
}

}  // namespace detail

std::optional<PartsRange> part_count_range(std::int64_t weight, std::int64_t lower, std::int64_t upper) {
  if (weight < 0) detail::throw_argument("weight", weight, "0 or more", "大于或等于 0");
  if (lower < 0) detail::throw_argument("lower", lower, "0 or more", "大于或等于 0");
  if (upper < lower) {
    const std::string least = std::to_string(lower);
    detail::throw_argument("upper", upper, "lower=" + least + " or more", "大于或等于下限 " + least);
  }
  if (weight == 0) return PartsRange{0, 0};
  return detail::component_parts({weight, std::numeric_limits<std::int32_t>::max(), 1}, lower, upper);
}

}  // namespace shequ
