// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/staffing.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "shequ/detail/divider.hpp"
#include "shequ/detail/target_clones.hpp"

namespace shequ {

namespace {

/// The rule as the loops want it: posts(h) = base + (h > base_households ? (h - offset) / step : 0).
struct Kernel {
  explicit Kernel(const StaffingRule& rule) noexcept
      : base(rule.base),
        base_households(rule.base_households),
        offset(rule.base_households - rule.step_slack()),
        divider(static_cast<std::uint32_t>(rule.step_households)) {}

  [[nodiscard]] std::int64_t operator()(std::int64_t households) const noexcept {
    const std::int64_t excess = households > base_households ? households - offset : 0;
    return base + static_cast<std::int64_t>(divider(static_cast<std::uint32_t>(excess)));
  }

  std::int64_t base;
  std::int64_t base_households;
  std::int64_t offset;
  detail::Divider divider;
};

/// The kernel's numerators stay below 2^31 where the slack is no more than the households of the base. True for every
/// norm; other rules take the loop with a division.
[[nodiscard]] bool fits_kernel(const StaffingRule& rule) noexcept { return rule.step_slack() <= rule.base_households; }

/// Negative where `households` is not in [0, max_unit_households]: added up with `|` without leaving the loop. The
/// difference is taken without sign, where the lowest number does not overflow.
[[nodiscard]] constexpr std::int64_t out_of_range(std::int64_t households) noexcept {
  const auto room = static_cast<std::uint64_t>(max_unit_households) - static_cast<std::uint64_t>(households);
  return households | static_cast<std::int64_t>(room);
}

SHEQU_TARGET_CLONES std::int64_t posts_loop(const Kernel& kernel, const std::int64_t* households, std::size_t size,
                                            std::int64_t* posts) {
  const Kernel local = kernel;
  std::int64_t bad = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::int64_t value = households[i];
    bad |= out_of_range(value);
    posts[i] = local(value);
  }
  return bad;
}

SHEQU_TARGET_CLONES std::int64_t posts_loop(const Kernel& kernel, const std::int32_t* households, std::size_t size,
                                            std::int64_t* posts) {
  const Kernel local = kernel;
  std::int64_t bad = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::int64_t value = households[i];
    bad |= value;
    posts[i] = local(value);
  }
  return bad;
}

struct Total {
  std::int64_t posts{};
  std::int64_t bad{};
};

SHEQU_TARGET_CLONES Total total_loop(const Kernel& kernel, const std::int64_t* households, std::size_t size) {
  const Kernel local = kernel;
  Total total;
  for (std::size_t i = 0; i < size; ++i) {
    total.bad |= out_of_range(households[i]);
    total.posts += local(households[i]);
  }
  return total;
}

SHEQU_TARGET_CLONES Total total_loop(const Kernel& kernel, const std::int32_t* households, std::size_t size) {
  const Kernel local = kernel;
  Total total;
  for (std::size_t i = 0; i < size; ++i) {
    total.bad |= households[i];
    total.posts += local(households[i]);
  }
  return total;
}

/// Names the first entry that is out of range.
template <class T>
[[noreturn]] void throw_first_bad(std::span<const T> households) {
  const auto bad =
      std::find_if(households.begin(), households.end(), [](T value) { return out_of_range(std::int64_t{value}) < 0; });
  detail::throw_argument("households[" + std::to_string(bad - households.begin()) + "]", static_cast<long long>(*bad),
                         "in [0, 2147483647]", "在 [0, 2147483647] 之间");
}

template <class T>
void compute(const StaffingRule& rule, std::span<const T> households, std::span<std::int64_t> posts) {
  rule.validate();
  detail::check_length("posts", posts.size(), households.size());
  if (fits_kernel(rule)) {
    if (posts_loop(Kernel(rule), households.data(), households.size(), posts.data()) < 0) throw_first_bad(households);
    return;
  }
  for (std::size_t i = 0; i < households.size(); ++i) {
    if (out_of_range(std::int64_t{households[i]}) < 0) throw_first_bad(households);
    posts[i] = rule.posts(households[i]);
  }
}

template <class T>
[[nodiscard]] std::int64_t total(const StaffingRule& rule, std::span<const T> households) {
  rule.validate();
  if (fits_kernel(rule)) {
    // No overflow: a community has fewer than 2^32 posts, and a column of 2^31 of them does not fit in memory.
    const Total sum = total_loop(Kernel(rule), households.data(), households.size());
    if (sum.bad < 0) throw_first_bad(households);
    return sum.posts;
  }
  std::int64_t sum = 0;
  for (const T value : households) {
    if (out_of_range(std::int64_t{value}) < 0) throw_first_bad(households);
    sum += rule.posts(value);
  }
  return sum;
}

[[noreturn]] void throw_negative(std::string_view name, std::size_t index, std::int64_t value) {
  detail::throw_argument(std::string(name) + "[" + std::to_string(index) + "]", value, "0 or more", "大于或等于 0");
}

}  // namespace

void compute_posts(const StaffingRule& rule, std::span<const std::int64_t> households, std::span<std::int64_t> posts) {
  compute(rule, households, posts);
}

void compute_posts(const StaffingRule& rule, std::span<const std::int32_t> households, std::span<std::int64_t> posts) {
  compute(rule, households, posts);
}

std::int64_t total_posts(const StaffingRule& rule, std::span<const std::int64_t> households) {
  return total(rule, households);
}

std::int64_t total_posts(const StaffingRule& rule, std::span<const std::int32_t> households) {
  return total(rule, households);
}

StaffingBalance staffing_balance(std::span<const std::int64_t> posts, std::span<const std::int64_t> workers) {
  detail::check_length("workers", workers.size(), posts.size());
  StaffingBalance balance;
  balance.communities = static_cast<std::int64_t>(posts.size());
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (posts[i] < 0) throw_negative("posts", i, posts[i]);
    if (workers[i] < 0) throw_negative("workers", i, workers[i]);
    if (posts[i] > max_unit_households) {
      detail::throw_argument("posts[" + std::to_string(i) + "]", posts[i], "in [0, 2147483647]",
                             "在 [0, 2147483647] 之间");
    }
    if (workers[i] > max_unit_households) {
      detail::throw_argument("workers[" + std::to_string(i) + "]", workers[i], "in [0, 2147483647]",
                             "在 [0, 2147483647] 之间");
    }
    balance.posts += posts[i];
    balance.workers += workers[i];
    balance.shortage += std::max<std::int64_t>(0, posts[i] - workers[i]);
    balance.surplus += std::max<std::int64_t>(0, workers[i] - posts[i]);
  }
  return balance;
}

}  // namespace shequ
