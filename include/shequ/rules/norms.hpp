// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shequ/fwd.hpp"
#include "shequ/rules/facilities.hpp"
#include "shequ/rules/funding.hpp"
#include "shequ/rules/grid_size.hpp"
#include "shequ/rules/staffing_norm.hpp"

namespace shequ {

/// How well a norm is known.
enum class NormStatus : std::uint8_t {
  seen,       ///< read in its text, or in a report that quotes it
  unverified  ///< no source found: listed, never a default
};

/// One norm: its numbers in words with their source and, where they can be computed with, as a rule.
struct Norm {
  std::string id;
  std::string title_en;
  std::string title_zh;
  std::string parameters_en;
  std::string parameters_zh;
  std::string source;     ///< document, article, year, as it can be cited
  std::string effective;  ///< first day, month or year it applied, ISO form; empty where the source does not say
  NormStatus status{NormStatus::seen};
  std::optional<StaffingNorm> staffing;  ///< where it gives posts
  std::optional<GridSize> grid_size;     ///< where it bounds the size of a grid
  std::optional<FundingRule> funding;    ///< where it gives money
  std::optional<FacilityRule> premises;  ///< where it gives the least premises
  std::optional<FacilityRule> outdoor;   ///< where it gives the least outdoor activity area

  [[nodiscard]] std::string_view title(Language language) const noexcept {
    return language == Language::zh ? title_zh : title_en;
  }
  [[nodiscard]] std::string_view parameters(Language language) const noexcept {
    return language == Language::zh ? parameters_zh : parameters_en;
  }
  /// True where it holds a rule, false where it is for reference.
  [[nodiscard]] bool computes() const noexcept {
    return staffing.has_value() || grid_size.has_value() || funding.has_value() || premises.has_value() ||
           outdoor.has_value();
  }
  /// Throws InvalidInput where a text is empty or the id is too long, an unverified norm holds a rule, or a rule is not
  /// valid or has another id.
  void validate() const;
  friend bool operator==(const Norm&, const Norm&) = default;
};

/// All norms that the library knows, in the order of their ids. None that is unverified holds a rule.
[[nodiscard]] std::span<const Norm> norm_catalogue();

/// The norm of this id, from `own` norms first and then from the catalogue. Throws InvalidInput naming the nearest ids
/// where there is none.
[[nodiscard]] const Norm& find_norm(std::string_view id, std::span<const Norm> own = {});

}  // namespace shequ
