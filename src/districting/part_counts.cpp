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

bool counts_fit(const std::vector<ComponentSize>& sizes, const Request& request) {
  const std::optional<PartsRange> total = total_parts(sizes, request.lower, request.upper);
  return total.has_value() && (!request.parts.has_value() || overlap(*total, *request.parts));
}

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

std::optional<Request> relax_lower(const std::vector<ComponentSize>& sizes, Request request) {
  const auto lower = nearest(
      request.lower, 0, [&](std::int64_t value) { return counts_fit(sizes, {value, request.upper, request.parts}); });
  if (!lower) return std::nullopt;
  request.lower = *lower;
  return request;
}

std::optional<Request> relax_upper(const std::vector<ComponentSize>& sizes, std::int64_t heaviest, Request request) {
  std::int64_t most = std::max(request.upper, heaviest);
  const std::int64_t from = most;
  for (const ComponentSize& size : sizes) most = std::max(most, size.weight);
  const auto upper =
      nearest(from, most, [&](std::int64_t value) { return counts_fit(sizes, {request.lower, value, request.parts}); });
  if (!upper) return std::nullopt;
  request.upper = *upper;
  return request;
}

std::optional<Request> relax_parts(const std::vector<ComponentSize>& sizes, Request request) {
  const std::optional<PartsRange> total = total_parts(sizes, request.lower, request.upper);
  if (!total || !request.parts) return std::nullopt;
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

}  // namespace

std::optional<PartsRange> component_parts(const ComponentSize& size, std::int64_t lower, std::int64_t upper) {
  if (size.weight > 0 && upper == 0) return std::nullopt;
  const std::int64_t by_weight = size.weight == 0 ? 1 : ceil_div(size.weight, upper);
  const std::int64_t least = std::max<std::int64_t>(by_weight, size.min_parts);
  const std::int64_t most = lower == 0 ? size.groups : std::min<std::int64_t>(size.groups, size.weight / lower);
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

std::vector<Relaxation> smallest_relaxations(const std::vector<ComponentSize>& sizes, std::int64_t heaviest,
                                             const Request& asked) {
  // A step relaxes one thing; singles first, and combinations only where no single one suffices.
  const auto lower = [&](const Request& request) { return relax_lower(sizes, request); };
  const auto upper = [&](const Request& request) { return relax_upper(sizes, heaviest, request); };
  const auto parts = [&](const Request& request) { return relax_parts(sizes, request); };
  const auto holds = [&](const std::optional<Request>& request) {
    return request && request->upper >= heaviest && counts_fit(sizes, *request);
  };
  const Request without_parts{asked.lower, asked.upper, std::nullopt};
  // Bounds first as if any number of parts were wanted, then the number of parts that those bounds allow.
  const auto with_parts = [&](std::optional<Request> bounds) {
    if (!bounds || !asked.parts) return std::optional<Request>();
    bounds->parts = asked.parts;
    return parts(*bounds);
  };
  const auto both_bounds = [&](const Request& request) -> std::optional<Request> {
    Request raised = request;
    raised.upper = std::max(raised.upper, heaviest);
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
