// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shequ/scenario/scenario.hpp"

namespace shequ {

/// A number that differs between two scenarios.
struct ScenarioDifference {
  UnitId unit{};
  std::string code;
  Level level{};
  std::string measure;  ///< a column, or the name of a ScenarioMeasure
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  /// Number of the last edit that changed the number: of `after`, else of `before`.
  std::int64_t edit{};
  bool edit_of_before{};
  friend bool operator==(const ScenarioDifference&, const ScenarioDifference&) = default;
};

/// Every number of every unit that differs, by unit, then by column and measure. A unit that one of the two does not
/// have has no numbers there; two new units with one id and other codes are two units. Throws InvalidInput where the
/// scenarios are not on the same base. Complexity: what was edited since the two parted, and the edits times the
/// differences to find causes.
[[nodiscard]] std::vector<ScenarioDifference> compare(const Scenario& before, const Scenario& after);

}  // namespace shequ
