// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "rollup_detail.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/hierarchy/rollup.hpp"

namespace shequ {

namespace {

using detail::at;

constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

[[nodiscard]] bool add_overflows(std::int64_t a, std::int64_t b) noexcept {
  return b > 0 ? a > int64_max - b : a < int64_min - b;
}

[[noreturn]] void throw_overflow(const Hierarchy& hierarchy, UnitId unit) {
  const std::string code = hierarchy.code(unit);
  throw InvalidInput("total of code=" + code + " must be in the range of int64, that is below 2^63",
                     "code=" + code + " 的合计必须在 int64 范围内（小于 2^63）");
}

/// A sum that cannot overflow: 128 bits, two's complement.
struct WideSum {
  std::uint64_t low{0};
  std::int64_t high{0};

  void add(std::int64_t value) noexcept {
    const auto bits = static_cast<std::uint64_t>(value);
    low += bits;
    high += (value < 0 ? -1 : 0) + (low < bits ? 1 : 0);
  }
  /// True where the difference of two sums fits into int64_t.
  [[nodiscard]] static bool fits(const WideSum& end, const WideSum& begin) noexcept {
    const std::uint64_t difference = end.low - begin.low;
    const std::int64_t rest = end.high - begin.high - (end.low < begin.low ? 1 : 0);
    return rest == (static_cast<std::int64_t>(difference) < 0 ? -1 : 0);
  }
};

/// Throws for the last unit in pre-order, so one as low as can be, whose total does not fit.
template <class T>
void check_totals(const Hierarchy& hierarchy, std::span<const T> values) {
  std::vector<WideSum> before(values.size() + 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    before[i + 1] = before[i];
    before[i + 1].add(values[i]);
  }
  const auto ends = hierarchy.subtree_ends();
  for (std::size_t i = values.size(); i-- > 0;) {
    if (!WideSum::fits(before[at(ends[i])], before[i])) throw_overflow(hierarchy, static_cast<UnitId>(i));
  }
}

/// Largest |value| + 1 or more, by the bits that some magnitude has.
template <class T>
[[nodiscard]] std::uint64_t bound_of(std::span<const T> values) {
  std::uint64_t bits = 0;
  for (const T value : values) {
    const auto wide = static_cast<std::int64_t>(value);
    bits |= static_cast<std::uint64_t>(wide ^ (wide >> 63));
  }
  return bits + 1;
}

/// Copies a piece of a column, takes the running sum at the marks that lie in it, and returns the piece's bits.
/// The running sum is kept for every second value only: half of the additions wait for each other, none scatters.
template <class T>
[[nodiscard]] std::uint64_t sum_piece(std::span<const T> values, std::int64_t* totals, std::uint64_t& running,
                                      std::uint64_t* pairs) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<std::int64_t>(values[i]);
    totals[i] = value;
    bits |= static_cast<std::uint64_t>(value);
  }
  const std::size_t num_pairs = values.size() / 2;
  for (std::size_t i = 0; i < num_pairs; ++i) {
    pairs[i] = running;
    running += static_cast<std::uint64_t>(totals[2 * i]) + static_cast<std::uint64_t>(totals[2 * i + 1]);
  }
  pairs[num_pairs] = running;
  if (values.size() % 2 != 0) running += static_cast<std::uint64_t>(totals[values.size() - 1]);
  return bits;
}

/// Totals as differences of running sums: with units in pre-order the total of a subtree is the running sum at its end
/// less the one at its begin. A unit without children has its own value; so running sums matter at the marks only.
/// They wrap modulo 2^64, and differences are right whenever the totals fit.
template <class T>
void sum_whole_numbers(const Hierarchy& hierarchy, std::span<const T> values, std::span<std::int64_t> totals) {
  constexpr std::size_t piece = 256;  // values; small enough to stay in the first cache
  std::array<std::uint64_t, piece / 2 + 1> pairs;
  const auto marks = hierarchy.marks();
  const auto families = hierarchy.families();
  std::vector<std::uint64_t> at_mark(marks.size() + 1);
  std::uint64_t running = 0;
  std::uint64_t bits = 0;
  std::size_t mark = 0;
  std::size_t family = 0;
  const auto close_families = [&](std::size_t known_marks) {
    for (; family < families.size() && at(families[family].end_mark) < known_marks; ++family) {
      const auto& closed = families[family];
      totals[at(closed.unit)] =
          static_cast<std::int64_t>(at_mark[at(closed.end_mark)] - at_mark[at(closed.begin_mark)]);
    }
  };
  for (std::size_t begin = 0; begin < values.size(); begin += piece) {
    const std::size_t length = std::min(piece, values.size() - begin);
    const auto part = values.subspan(begin, length);
    bits |= sum_piece(part, totals.data() + begin, running, pairs.data());
    for (; mark < marks.size() && at(marks[mark]) < begin + length; ++mark) {
      const std::size_t offset = at(marks[mark]) - begin;
      // The other value of the pair where the mark is its second: a mask, since a branch could not be foreseen.
      const auto odd = std::uint64_t{0} - (offset & 1U);
      at_mark[mark] = pairs[offset / 2] +
                      (static_cast<std::uint64_t>(static_cast<std::int64_t>(part[offset & ~std::size_t{1}])) & odd);
    }
    close_families(mark);
  }
  at_mark[mark] = running;
  close_families(mark + 1);
  // Negative values set the highest bit and are looked at once more.
  const std::uint64_t limit = values.empty() ? 0 : static_cast<std::uint64_t>(int64_max) / values.size();
  if (bits >= limit && !values.empty() && bound_of(values) > limit) check_totals(hierarchy, values);
}

void sum_doubles(const Hierarchy& hierarchy, std::span<const double> values, std::span<double> totals) {
  std::ranges::copy(values, totals.begin());
  detail::fold_subtrees(hierarchy, totals, std::plus<>());
}

}  // namespace

template <ColumnNumber T>
void rollup_sum(const Hierarchy& hierarchy, std::span<const T> values, std::span<SumOf<T>> totals) {
  detail::check_length("values", values.size(), at(hierarchy.size()));
  detail::check_length("totals", totals.size(), at(hierarchy.size()));
  if constexpr (std::same_as<T, double>) {
    sum_doubles(hierarchy, values, totals);
  } else {
    sum_whole_numbers(hierarchy, values, totals);
  }
}

template <ColumnNumber T>
bool rollup_sum(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<SumOf<T>>& target) {
  if constexpr (std::same_as<T, double>) {
    // -0.0 is what changes no other number, 0.0 included.
    return detail::fold(hierarchy, column, target, -0.0, std::plus<>());
  } else {
    detail::check_column(hierarchy, column);
    detail::check_target(hierarchy, target);
    if (column.missing.empty()) {
      sum_whole_numbers(hierarchy, column.values, target.values);
      return false;
    }
    detail::LargeVector<T> known(column.values.size());
    detail::copy_known<T>(column, 0, known);
    sum_whole_numbers<T>(hierarchy, known, target.values);
    return detail::fold_missing(hierarchy, column, target);
  }
}

template <ColumnNumber T>
Column<SumOf<T>> rollup_sum(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  return detail::written<SumOf<T>>(hierarchy,
                                   [&](const auto& target) { return rollup_sum(hierarchy, column, target); });
}

void update_sum(const Hierarchy& hierarchy, std::span<std::int64_t> totals, UnitId unit, std::int64_t delta) {
  detail::check_length("totals", totals.size(), at(hierarchy.size()));
  static_cast<void>(hierarchy.parent(unit));  // throws where there is no such unit
  const auto parents = hierarchy.parents();
  for (UnitId u = unit; u != no_unit; u = parents[at(u)]) {
    if (add_overflows(totals[at(u)], delta)) throw_overflow(hierarchy, u);
  }
  for (UnitId u = unit; u != no_unit; u = parents[at(u)]) totals[at(u)] += delta;
}

template Column<std::int64_t> rollup_sum(const Hierarchy&, const ColumnView<std::int32_t>&);
template Column<std::int64_t> rollup_sum(const Hierarchy&, const ColumnView<std::int64_t>&);
template Column<double> rollup_sum(const Hierarchy&, const ColumnView<double>&);
template bool rollup_sum(const Hierarchy&, const ColumnView<std::int32_t>&, const ColumnTarget<std::int64_t>&);
template bool rollup_sum(const Hierarchy&, const ColumnView<std::int64_t>&, const ColumnTarget<std::int64_t>&);
template bool rollup_sum(const Hierarchy&, const ColumnView<double>&, const ColumnTarget<double>&);
template void rollup_sum<std::int32_t>(const Hierarchy&, std::span<const std::int32_t>, std::span<std::int64_t>);
template void rollup_sum<std::int64_t>(const Hierarchy&, std::span<const std::int64_t>, std::span<std::int64_t>);
template void rollup_sum<double>(const Hierarchy&, std::span<const double>, std::span<double>);

}  // namespace shequ
