// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/allocation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>

#include "shequ/detail/wide.hpp"
#include "shequ/rules/rule_info.hpp"

namespace shequ {

namespace {

using detail::Int128;
__extension__ using UInt128 = unsigned __int128;

void check_total(std::int64_t total) {
  if (total < 0) detail::throw_argument("total", total, "0 or more", "大于或等于 0");
}

/// Sum of numbers of 0 or more; throws where one is negative or the sum does not fit.
[[nodiscard]] std::int64_t checked_sum(std::string_view name, std::span<const std::int64_t> values) {
  Int128 sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0) detail::throw_argument(detail::entry(name, i), values[i], "0 or more", "大于或等于 0");
    sum += values[i];
  }
  return detail::narrow(sum, "sum of " + std::string(name));
}

/// One more for a unit that has `has` of them.
struct Item {
  std::size_t unit{};
  std::int64_t has{};
};

/// Heap of the next item of each unit, or of the last: an entry counts as long as its unit still has that many.
template <class Before>
class ItemHeap {
 public:
  explicit ItemHeap(Before before) : before_(before) {}
  void push(Item item) {
    items_.push_back(item);
    std::push_heap(items_.begin(), items_.end(), [this](const Item& a, const Item& b) { return before_(b, a); });
  }
  void pop() {
    std::pop_heap(items_.begin(), items_.end(), [this](const Item& a, const Item& b) { return before_(b, a); });
    items_.pop_back();
  }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] const Item& top() const { return items_.front(); }

 private:
  Before before_;
  std::vector<Item> items_;
};

/// Brings `given` to the `total` best items, item (i, a) being the (a + 1)-th of unit i. `ahead` orders them strictly,
/// the items of one unit in the order of their numbers; so the best set is one prefix a unit, and unique. Starts from
/// any `given` in [least, most] and changes one at a time: fast where the start is near.
template <class Ahead>
void choose_best(std::int64_t total, std::vector<std::int64_t>& given, std::span<const std::int64_t> least,
                 std::span<const std::int64_t> most, Ahead ahead) {
  const auto behind = [&ahead](const Item& a, const Item& b) { return ahead(b, a); };
  ItemHeap<Ahead> next(ahead);
  ItemHeap<decltype(behind)> last(behind);
  Int128 sum = 0;
  const auto offer = [&](std::size_t unit) {
    if (given[unit] < most[unit]) next.push({unit, given[unit]});
    if (given[unit] > least[unit]) last.push({unit, given[unit] - 1});
  };
  for (std::size_t unit = 0; unit < given.size(); ++unit) {
    sum += given[unit];
    offer(unit);
  }
  const auto tidy = [&] {
    while (!next.empty() && next.top().has != given[next.top().unit]) next.pop();
    while (!last.empty() && last.top().has != given[last.top().unit] - 1) last.pop();
  };
  const auto change = [&](std::size_t unit, std::int64_t by) {
    given[unit] += by;
    sum += by;
    offer(unit);
  };
  for (tidy();; tidy()) {
    if (sum < total) {
      change(next.top().unit, 1);
    } else if (sum > total) {
      change(last.top().unit, -1);
    } else if (!next.empty() && !last.empty() && ahead(next.top(), last.top())) {
      const std::size_t gains = next.top().unit;
      const std::size_t loses = last.top().unit;
      change(gains, 1);
      change(loses, -1);
    } else {
      return;
    }
  }
}

/// Compares fractions of numbers of 0 or more, denominators above 0.
[[nodiscard]] bool above(UInt128 top_a, UInt128 bottom_b, UInt128 top_b, UInt128 bottom_a) noexcept {
  return top_a * bottom_b > top_b * bottom_a;
}

/// Order of items by a value, larger first; then by unit, then by number.
template <class Larger>
[[nodiscard]] auto ordered(Larger larger) {
  return [larger](const Item& a, const Item& b) {
    if (larger(a, b)) return true;
    if (larger(b, a)) return false;
    return a.unit != b.unit ? a.unit < b.unit : a.has < b.has;
  };
}

[[nodiscard]] std::vector<std::int64_t> by_remainders(std::int64_t total, std::span<const std::int64_t> weights,
                                                      std::int64_t sum) {
  std::vector<std::int64_t> given(weights.size());
  std::vector<std::int64_t> remainder(weights.size());
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 product = Int128{total} * weights[i];
    given[i] = static_cast<std::int64_t>(product / sum);
    remainder[i] = static_cast<std::int64_t>(product % sum);
    left -= given[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&remainder](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  // Fewer are left than there are remainders above 0.
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++given[order[i]];
  return given;
}

[[nodiscard]] std::vector<std::int64_t> by_webster(std::int64_t total, std::span<const std::int64_t> weights,
                                                   std::int64_t sum) {
  std::vector<std::int64_t> given(weights.size());
  std::vector<std::int64_t> least(weights.size(), 0);
  std::vector<std::int64_t> most(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 product = Int128{total} * weights[i];
    const Int128 rest = product % sum;
    given[i] = static_cast<std::int64_t>(product / sum) + (2 * rest >= sum ? 1 : 0);
    most[i] = weights[i] == 0 ? 0 : std::numeric_limits<std::int64_t>::max();
  }
  choose_best(total, given, least, most, ordered([weights](const Item& a, const Item& b) {
                return above(static_cast<UInt128>(weights[a.unit]), 2 * static_cast<UInt128>(b.has) + 1,
                             static_cast<UInt128>(weights[b.unit]), 2 * static_cast<UInt128>(a.has) + 1);
              }));
  return given;
}

[[nodiscard]] std::vector<std::int64_t> by_hill(std::int64_t total, std::span<const std::int64_t> weights,
                                                std::int64_t sum) {
  constexpr std::int64_t limit = std::numeric_limits<std::int32_t>::max();
  if (total > limit) detail::throw_argument("total", total, "in [0, 2147483647]", "在 [0, 2147483647] 之间");
  std::vector<std::int64_t> given(weights.size());
  std::vector<std::int64_t> least(weights.size());
  std::vector<std::int64_t> most(weights.size());
  std::int64_t units = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > limit) {
      detail::throw_argument(detail::entry("weights", i), weights[i], "in [0, 2147483647]", "在 [0, 2147483647] 之间");
    }
    if (weights[i] == 0) continue;
    ++units;
    least[i] = 1;
    most[i] = limit;
    given[i] = std::max<std::int64_t>(1, static_cast<std::int64_t>(Int128{total} * weights[i] / sum));
  }
  if (total == 0) return std::vector<std::int64_t>(weights.size());
  if (total < units) {
    throw Infeasible("total=" + std::to_string(total) + " is less than 1 for each of " + std::to_string(units) +
                         " units: huntington_hill needs at least " + std::to_string(units),
                     "total=" + std::to_string(total) + " 不足以使 " + std::to_string(units) +
                         " 个单位各得 1：huntington_hill 至少需要 " + std::to_string(units));
  }
  // w^2 / (a (a + 1)): both below 2^63, so that the products fit.
  choose_best(total, given, least, most, ordered([weights](const Item& a, const Item& b) {
                const auto square = [](std::int64_t w) { return static_cast<UInt128>(w) * static_cast<UInt128>(w); };
                const auto mean = [](std::int64_t n) { return static_cast<UInt128>(n) * static_cast<UInt128>(n + 1); };
                return above(square(weights[a.unit]), mean(b.has), square(weights[b.unit]), mean(a.has));
              }));
  return given;
}

/// Shortages that stay where all are brought down to one level, in 2^62-ths of what is needed.
[[nodiscard]] std::int64_t stays(std::int64_t gap, std::int64_t need, std::uint64_t level) {
  const auto allowed = static_cast<std::int64_t>((static_cast<UInt128>(need) * level) >> 62U);
  return std::min(gap, allowed);
}

}  // namespace

std::string_view to_string(Apportionment method) noexcept {
  constexpr std::array<std::string_view, 3> names{"largest_remainder", "webster", "huntington_hill"};
  const auto place = static_cast<std::size_t>(method);
  return place < names.size() ? names[place] : std::string_view("?");
}

std::string_view to_string(ShortageCost cost) noexcept {
  return cost == ShortageCost::squared ? "squared" : "relative";
}

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights, Apportionment method) {
  check_total(total);
  const std::int64_t sum = checked_sum("weights", weights);
  if (sum == 0) {
    if (total > 0) detail::throw_argument("sum(weights)", 0, "above 0 where there is something to divide", "大于 0");
    return std::vector<std::int64_t>(weights.size());
  }
  switch (method) {
    case Apportionment::webster:
      return by_webster(total, weights, sum);
    case Apportionment::huntington_hill:
      return by_hill(total, weights, sum);
    case Apportionment::largest_remainder:
      break;
  }
  return by_remainders(total, weights, sum);
}

std::vector<std::int64_t> divide_by_shares(std::int64_t total, std::span<const Fraction> shares) {
  check_total(total);
  Fraction sum;
  std::int64_t common = 1;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    check_fraction(detail::entry("shares", i), shares[i], 0, 1);
    sum = sum + shares[i];
    const std::int64_t part = shares[i].denominator();
    common = detail::narrow(Int128{common} / std::gcd(common, part) * part, "common denominator of shares");
  }
  if (sum != 1) detail::throw_argument("sum(shares)", to_string(sum), "1", "等于 1");
  std::vector<std::int64_t> weights;
  for (const Fraction& share : shares) weights.push_back(share.numerator() * (common / share.denominator()));
  return by_remainders(total, weights, common);
}

ShortageCover cover_shortage(std::int64_t total, std::span<const std::int64_t> gaps, ShortageCost cost,
                             std::span<const std::int64_t> needs) {
  check_total(total);
  const std::int64_t all = checked_sum("gaps", gaps);
  const bool relative = cost == ShortageCost::relative;
  if (relative) {
    detail::check_length("needs", needs.size(), gaps.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
      if (needs[i] < 1 || needs[i] < gaps[i]) {
        detail::throw_argument(detail::entry("needs", i), needs[i], "1 or more and at least the gap",
                               "大于或等于 1，且不小于缺口");
      }
    }
  }
  ShortageCover cover{{gaps.begin(), gaps.end()}, std::max<std::int64_t>(0, total - all)};
  if (total >= all) return cover;
  const std::int64_t widest = *std::max_element(gaps.begin(), gaps.end());
  const auto need = [&](std::size_t i) { return relative ? needs[i] : widest; };
  // The lowest level at which what is given is not more than there is; what is left then goes one by one.
  std::uint64_t low = 0;
  std::uint64_t high = std::uint64_t{1} << 62U;
  const auto fill_to = [&](std::uint64_t level) {
    Int128 given = 0;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      cover.given[i] = gaps[i] - stays(gaps[i], need(i), level);
      given += cover.given[i];
    }
    return given <= total;
  };
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (fill_to(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  static_cast<void>(fill_to(high));
  const std::vector<std::int64_t> least(gaps.size(), 0);
  // A shortage of s that becomes s - 1 saves (2 s - 1) / need.
  choose_best(total, cover.given, least, gaps, ordered([&](const Item& a, const Item& b) {
                const auto saved = [&gaps](const Item& item) {
                  return 2 * static_cast<UInt128>(gaps[item.unit] - item.has) - 1;
                };
                const auto weight = [&](const Item& item) {
                  return relative ? static_cast<UInt128>(needs[item.unit]) : UInt128{1};
                };
                return above(saved(a), weight(b), saved(b), weight(a));
              }));
  return cover;
}

}  // namespace shequ
