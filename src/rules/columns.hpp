// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "shequ/detail/argument.hpp"
#include "shequ/detail/divider.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/rules/fraction.hpp"
#include "shequ/rules/rule_info.hpp"
#include "shequ/rules/staffing.hpp"

// What the rules share about columns.
namespace shequ::detail {

inline constexpr std::string_view count_allowed_en = "in [0, 2147483647]";
inline constexpr std::string_view count_allowed_zh = "在 [0, 2147483647] 之间";

/// Throws InvalidInput unless `value` is a count of persons, households or communities.
inline void check_count_of(std::string_view name, std::int64_t value) {
  if (value < 0 || value > max_unit_households) throw_argument(name, value, count_allowed_en, count_allowed_zh);
}
inline void check_count_of(std::string_view name, std::size_t index, std::int64_t value) {
  if (value < 0 || value > max_unit_households) {
    throw_argument(entry(name, index), value, count_allowed_en, count_allowed_zh);
  }
}
inline void check_not_negative(std::string_view name, std::int64_t value) {
  if (value < 0) throw_argument(name, value, "0 or more", "大于或等于 0");
}

/// Throws InvalidInput unless the column and its mask have `size` entries; an empty mask is none.
template <class T>
void check_column(std::string_view name, const ColumnView<T>& column, std::size_t size) {
  check_length(name, column.values.size(), size);
  if (!column.missing.empty()) check_length(std::string(name) + ".missing", column.missing.size(), size);
}

template <class T>
[[nodiscard]] bool is_missing(const ColumnView<T>& column, std::size_t i) noexcept {
  return !column.missing.empty() && column.missing[i] != 0;
}

/// Writes `compute(i)` where none of `columns` is missing at i, else 0 and a mark. Returns whether there is a mark.
template <class T, class Compute, class... Columns>
bool map_columns(const ColumnTarget<T>& target, Compute compute, const Columns&... columns) {
  const std::size_t size = target.values.size();
  if ((columns.missing.empty() && ...)) {
    for (std::size_t i = 0; i < size; ++i) target.values[i] = compute(i);
    return false;
  }
  check_length("target.missing", target.missing.size(), size);
  unsigned any = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const bool missing = (is_missing(columns, i) || ...);
    target.missing[i] = missing ? 1 : 0;
    any |= missing ? 1U : 0U;
    target.values[i] = missing ? T{} : compute(i);
  }
  return any != 0;
}

/// A share of counts rounded up, as the loops want it: Fraction::ceil_of without wide division where 64 bits hold every
/// product.
class CeilShare {
 public:
  explicit CeilShare(const Fraction& share) noexcept
      : share_(share),
        narrow_(share >= 0 && share.numerator() <= limit && share.denominator() <= limit),
        numerator_(narrow_ ? share.numerator() : 0),
        up_(narrow_ ? share.denominator() - 1 : 0),
        divider_(static_cast<std::uint64_t>(up_ + 1)) {}

  /// True where 64 bits hold every product.
  [[nodiscard]] bool is_narrow() const noexcept { return narrow_; }
  /// `count` must be in [0, max_unit_households].
  [[nodiscard]] std::int64_t operator()(std::int64_t count) const {
    if (!narrow_) return share_.ceil_of(count);
    return divider_(count * numerator_ + up_);
  }

 private:
  static constexpr std::int64_t limit = max_unit_households;

  Fraction share_;
  bool narrow_;
  std::int64_t numerator_;
  std::int64_t up_;
  WideDivider divider_;
};

}  // namespace shequ::detail
