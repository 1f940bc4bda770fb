// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/fixed_point.hpp"

#include <numbers>

namespace shequ::detail {
namespace {

/// Natural logarithm of a positive number by the series of atanh; evaluated by the compiler only.
consteval double natural_log(double value) {
  double halvings = 0;
  for (; value > 1.5; value /= 2) halvings += 1;
  for (; value < 0.75; value *= 2) halvings -= 1;
  const double ratio = (value - 1) / (value + 1);
  double power = ratio;
  double sum = 0;
  for (int k = 1; k < 40; k += 2) {
    sum += power / k;
    power *= ratio * ratio;
  }
  return halvings * std::numbers::ln2 + 2 * sum;
}

consteval std::int32_t in_units(double value) {
  return static_cast<std::int32_t>(value * 1024 + (value < 0 ? -0.5 : 0.5));
}

template <std::size_t Size, class Value>
consteval std::array<std::int32_t, Size> make_table(Value value) {
  std::array<std::int32_t, Size> table{};
  for (std::size_t i = 0; i < Size; ++i) table[i] = in_units(value(static_cast<double>(i)));
  return table;
}

}  // namespace

constinit const std::array<std::int32_t, log_table_size> exponential_table =
    make_table<log_table_size>([](double i) consteval { return -natural_log((i + 0.5) / 4096); });
constinit const std::array<std::int32_t, log_table_size> gumbel_table =
    make_table<log_table_size>([](double i) consteval { return -natural_log(-natural_log((i + 0.5) / 4096)); });
constinit const std::array<std::int32_t, 256> mantissa_log_table =
    make_table<256>([](double i) consteval { return natural_log(1 + i / 256); });

}  // namespace shequ::detail
