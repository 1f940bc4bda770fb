// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "rollup_detail.hpp"
#include "shequ/detail/argument.hpp"
#include "shequ/detail/large_vector.hpp"

namespace shequ {

namespace {

// Sums of 2^31 terms of at most `large` are finite; terms of at least `small` lose nothing to underflow.
constexpr double large = 0x1p+990;
constexpr double small = 0x1p-960;

/// A double with an exponent of its own, for sums and products that double does not hold: mantissa x 2^exponent with
/// |mantissa| in [0.5, 1), or 0, or not finite. Rounds as double does where double does not over- or underflow.
struct Scaled {
  double mantissa{0.0};
  int exponent{0};

  [[nodiscard]] static Scaled of(double mantissa, int exponent = 0) noexcept {
    if (mantissa == 0.0 || !std::isfinite(mantissa)) return {mantissa, 0};
    int shift = 0;
    const double normal = std::frexp(mantissa, &shift);
    return {normal, exponent + shift};
  }
  friend Scaled operator*(const Scaled& a, const Scaled& b) noexcept {
    return of(a.mantissa * b.mantissa, a.exponent + b.exponent);
  }
  friend Scaled operator+(const Scaled& a, const Scaled& b) noexcept {
    if (a.mantissa == 0.0) return b;
    if (b.mantissa == 0.0) return a;
    if (a.exponent < b.exponent || !std::isfinite(b.mantissa)) return b.plus_smaller(a);
    return a.plus_smaller(b);
  }
  /// The quotient as a double.
  [[nodiscard]] double over(const Scaled& b) const noexcept {
    return std::ldexp(mantissa / b.mantissa, exponent - b.exponent);
  }

 private:
  [[nodiscard]] Scaled plus_smaller(const Scaled& b) const noexcept {
    if (!std::isfinite(mantissa)) return {mantissa + b.mantissa, 0};
    return of(mantissa + std::ldexp(b.mantissa, b.exponent - exponent), exponent);
  }
};

/// Divides sums by their weights. A mean lies between its values, so that rounding must not take it out of the range.
[[nodiscard]] double in_range(double mean, double sum) noexcept {
  return std::isinf(mean) && std::isfinite(sum) ? std::copysign(std::numeric_limits<double>::max(), mean) : mean;
}

/// Adds up products and weights of any size; leaves the means in `means` and the weights, in some unit, in `weights`.
template <ColumnNumber T>
void write_scaled_means(const Hierarchy& hierarchy, std::span<const T> values, std::span<double> means,
                        std::span<double> weights) {
  std::vector<Scaled> sum(values.size());
  std::vector<Scaled> weight(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    weight[i] = Scaled::of(weights[i]);
    if (weights[i] != 0.0) sum[i] = weight[i] * Scaled::of(static_cast<double>(values[i]));
  }
  detail::fold_subtrees(hierarchy, std::span<Scaled>(sum), std::plus<>());
  detail::fold_subtrees(hierarchy, std::span<Scaled>(weight), std::plus<>());
  for (std::size_t i = 0; i < means.size(); ++i) {
    weights[i] = weight[i].mantissa;
    means[i] = in_range(sum[i].over(weight[i]), sum[i].mantissa);
  }
}

void divide(std::span<double> sums, std::span<const double> weights) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = in_range(sums[i] / weights[i], sums[i]);
}

/// Says that a mean is missing where its weights add up to 0; returns whether any is.
[[nodiscard]] bool mark_missing(const ColumnTarget<double>& target, std::span<const double> weights) {
  if (std::ranges::find(weights, 0.0) == weights.end()) return false;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    target.missing[i] = weights[i] == 0.0 ? 1 : 0;
    if (weights[i] == 0.0) target.values[i] = 0.0;
  }
  return true;
}

}  // namespace

template <ColumnNumber T>
bool rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnTarget<double>& target) {
  detail::check_column(hierarchy, column);
  detail::check_target(hierarchy, target);
  const std::size_t count = column.values.size();
  detail::LargeVector<double> weights(count);
  bool in_double = true;
  detail::LargeVector<T> known(count);
  detail::copy_known<T>(column, 0, known);
  double* const means = target.values.data();
  for (std::size_t i = 0; i < count; ++i) {
    means[i] = static_cast<double>(known[i]);
    in_double = in_double & (std::abs(means[i]) <= large);
    weights[i] = detail::is_missing(column, i) ? 0.0 : 1.0;
  }
  if (in_double) {
    detail::fold_subtrees(hierarchy, target.values, std::plus<>());
    detail::fold_subtrees(hierarchy, std::span<double>(weights), std::plus<>());
    divide(target.values, weights);
  } else {
    write_scaled_means(hierarchy, column.values, target.values, weights);
  }
  return mark_missing(target, weights);
}

template <ColumnNumber T>
bool rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnView<double>& weights,
                 const ColumnTarget<double>& target) {
  detail::check_column(hierarchy, column);
  detail::check_target(hierarchy, target);
  detail::check_length("weights", weights.values.size(), column.values.size());
  if (!weights.missing.empty()) detail::check_length("weights.missing", weights.missing.size(), column.values.size());
  const std::size_t count = column.values.size();
  detail::LargeVector<double> weight(count);
  bool in_double = true;
  for (std::size_t i = 0; i < count; ++i) {
    weight[i] = 0.0;
    target.values[i] = 0.0;
    if (detail::is_missing(weights, i)) continue;
    const double w = weights.values[i];
    if (!(w >= 0.0) || std::isinf(w)) {
      detail::throw_argument("weights[" + std::to_string(i) + "]", std::to_string(w), "finite and 0 or more",
                             "为有限值且不小于 0");
    }
    if (w == 0.0 || detail::is_missing(column, i)) continue;
    const auto value = static_cast<double>(column.values[i]);
    weight[i] = w;
    target.values[i] = w * value;
    const double size = std::abs(target.values[i]);
    in_double = in_double && w <= large && size <= large && (size >= small || value == 0.0);
  }
  if (in_double) {
    detail::fold_subtrees(hierarchy, target.values, std::plus<>());
    detail::fold_subtrees(hierarchy, std::span<double>(weight), std::plus<>());
    divide(target.values, weight);
  } else {
    write_scaled_means(hierarchy, column.values, target.values, weight);
  }
  return mark_missing(target, weight);
}

template <ColumnNumber T>
Column<double> rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column) {
  return detail::written<double>(hierarchy, [&](const auto& target) { return rollup_mean(hierarchy, column, target); });
}

template <ColumnNumber T>
Column<double> rollup_mean(const Hierarchy& hierarchy, const ColumnView<T>& column, const ColumnView<double>& weights) {
  return detail::written<double>(hierarchy,
                                 [&](const auto& target) { return rollup_mean(hierarchy, column, weights, target); });
}

#define SHEQU_INSTANTIATE(T)                                                                      \
  template bool rollup_mean(const Hierarchy&, const ColumnView<T>&, const ColumnTarget<double>&); \
  template bool rollup_mean(const Hierarchy&, const ColumnView<T>&, const ColumnView<double>&,    \
                            const ColumnTarget<double>&);                                         \
  template Column<double> rollup_mean(const Hierarchy&, const ColumnView<T>&);                    \
  template Column<double> rollup_mean(const Hierarchy&, const ColumnView<T>&, const ColumnView<double>&);

SHEQU_INSTANTIATE(std::int32_t)
SHEQU_INSTANTIATE(std::int64_t)
SHEQU_INSTANTIATE(double)

#undef SHEQU_INSTANTIATE

}  // namespace shequ
