// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/detail/argument.hpp"
#include "shequ/rules/fraction.hpp"

// A given number of posts, or of fen, divided over units in whole numbers. Every result adds up to what was given, does
// not depend on anything but the numbers, and is the best one for a total that is named here; among equally good ones,
// earlier entries come first. Put the units in the order of their codes, so that the order of a sheet does not decide.

namespace shequ {

/// How whole numbers are made of shares in proportion to weights w (W their sum), a_i adding up to the total H.
enum class Apportionment : std::uint8_t {
  /// Every unit gets its share H w_i / W rounded down; what is left goes to the largest remainders (Hamilton). Least
  /// sum
  /// of |a_i - H w_i / W|, and of its squares: a unit that is moved away from the two whole numbers beside its share,
  /// or
  /// to the wrong one of them in exchange with another unit, brings the sum up (G. Pólya, "Proportionalwahl und
  /// Wahrscheinlichkeitsrechnung", Zeitschrift für die gesamte Staatswissenschaft 74, 1919).
  largest_remainder,
  /// Next to the unit with the largest w_i / (2 a_i + 1). Least sum of w_i (a_i / w_i - H / W)^2: everybody's posts per
  /// household as even as possible (A. Sainte-Laguë, "La représentation proportionnelle et la méthode des moindres
  /// carrés", Annales scientifiques de l'ENS 27, 1910, doi:10.24033/asens.627).
  webster,
  /// Next to the unit with the largest w_i / sqrt(a_i (a_i + 1)), which gives at least 1 to every unit with a weight.
  /// Least sum of a_i (w_i / a_i - W / H)^2: every worker's households as even as possible (E. V. Huntington, "The
  /// apportionment of representatives in Congress", Transactions of the AMS 30, 1928,
  /// doi:10.1090/S0002-9947-1928-1501423-0).
  huntington_hill
};

[[nodiscard]] std::string_view to_string(Apportionment method) noexcept;

/// Divides `total` (0 or more: posts, fen) in proportion to `weights` (0 or more: households, amounts due).
///
///   apportion(10000, {1, 1, 1}) == {3334, 3333, 3333}     100.00 yuan over three equal units
///
/// Throws InvalidInput for a negative number, where all weights are 0 and the total is not, and where the weights add
/// up to more than 64 bits; huntington_hill takes numbers up to 2^31 - 1. Throws Infeasible where it has fewer posts
/// than units with a weight. Complexity: O(n log n).
[[nodiscard]] std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights,
                                                  Apportionment method = Apportionment::largest_remainder);

/// Divides `total` by shares that add up to 1, by largest remainders; throws InvalidInput where they do not, or where
/// one is negative.
[[nodiscard]] std::vector<std::int64_t> divide_by_shares(std::int64_t total, std::span<const Fraction> shares);

/// What a shortage that stays costs; both rise faster and faster, so that the unit worst off comes first.
enum class ShortageCost : std::uint8_t {
  squared,  ///< sum of (gap_i - a_i)^2: the largest shortages are closed first
  relative  ///< sum of (gap_i - a_i)^2 / need_i: shortages in proportion to what is needed
};

[[nodiscard]] std::string_view to_string(ShortageCost cost) noexcept;

/// What each unit gets towards its gap, and what is left when all gaps are closed.
struct ShortageCover {
  std::vector<std::int64_t> given;
  std::int64_t left_over{};
  friend bool operator==(const ShortageCover&, const ShortageCover&) = default;
};

/// Divides `total` posts or fen over units that lack `gaps` (0 or more), no unit getting more than its gap. Each goes
/// where it lowers the cost most. As the cost of every unit is convex, this greedy choice has the least total cost:
/// were an allocation cheaper, moving one from a unit where it has less to one where it has more would not raise its
/// cost (O. Gross, "A class of discrete-type minimization problems", RAND RM-1644, 1956; B. Fox, "Discrete optimization
/// via marginal analysis", Management Science 13, 1966, doi:10.1287/mnsc.13.3.210). As nobody gets more than its gap,
/// the plain sum of shortages is least too.
///
/// `needs` (1 or more, at least the gap) are wanted for ShortageCost::relative alone. Throws InvalidInput naming the
/// first number that is out of range. Complexity: O(n log n), whatever the total.
[[nodiscard]] ShortageCover cover_shortage(std::int64_t total, std::span<const std::int64_t> gaps,
                                           ShortageCost cost = ShortageCost::squared,
                                           std::span<const std::int64_t> needs = {});

/// Divides `total` over `units` units by a benefit of your own. `benefit(unit, has)` is what one more is worth to a
/// unit that has `has`: any ordered type, never rising with `has`; so the sum of benefits is the largest possible, by
/// the argument above. Throws InvalidInput where it rises. Complexity: O((units + total) log units).
template <class Benefit>
[[nodiscard]] std::vector<std::int64_t> allocate_greedily(std::int64_t total, std::size_t units, Benefit benefit) {
  if (total < 0) detail::throw_argument("total", total, "0 or more", "大于或等于 0");
  if (total > 0 && units == 0) detail::throw_argument("units", 0, "1 or more", "大于或等于 1");
  std::vector<std::int64_t> given(units);
  using Value = decltype(benefit(std::size_t{}, std::int64_t{}));
  using Offer = std::pair<Value, std::size_t>;
  const auto worse = [](const Offer& a, const Offer& b) {
    if (a.first < b.first) return true;
    return !(b.first < a.first) && a.second > b.second;
  };
  std::priority_queue<Offer, std::vector<Offer>, decltype(worse)> offers(worse);
  for (std::size_t unit = 0; unit < units; ++unit) offers.emplace(benefit(unit, std::int64_t{0}), unit);
  for (std::int64_t i = 0; i < total; ++i) {
    const Offer best = offers.top();
    offers.pop();
    const std::size_t unit = best.second;
    Value next = benefit(unit, ++given[unit]);
    if (best.first < next) {
      detail::throw_argument("benefit(" + std::to_string(unit) + ", " + std::to_string(given[unit]) + ")",
                             "a larger one", "at most that of the one before", "不大于前一个");
    }
    offers.emplace(std::move(next), unit);
  }
  return given;
}

}  // namespace shequ
