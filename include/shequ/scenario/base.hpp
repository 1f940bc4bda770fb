// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/detail/unit_pages.hpp"
#include "shequ/hierarchy/hierarchy.hpp"
#include "shequ/hierarchy/rollup.hpp"
#include "shequ/scenario/contacts.hpp"
#include "shequ/scenario/edit.hpp"

namespace shequ {

/// A column of whole numbers of 0 or more, with its name.
struct NamedColumn {
  std::string name;
  ColumnView<std::int64_t> values;
};

/// What scenarios start from: a tree, its columns, its rules, and everything derived from them. Immutable, and shared
/// by all scenarios on it.
///
/// The total of a unit is the sum of the values of its subtree. A value stands in one place: where a community has a
/// value, neither its town nor its grids have one in that column. Posts go by the totals of communities: of the column
/// "households", "dwellings" or "residents", as the norm counts; shortage and surplus by the column "workers". Other
/// measures go by "households", "workers", "certified", "office_dm2" and "outdoor_dm2".
class ScenarioBase {
 public:
  /// Throws InvalidInput for an empty tree, a column given twice or of another length, a value below 0, values of a
  /// column above one another, a rule whose scope or column is not there, a count that a rule refuses, and totals
  /// that do not fit into 64 bits. Later rules go before earlier ones; one that takes a rule away from nobody is enough
  /// for its kind to be computed. `setting`: 0 urban, 1 rural; empty: none is known. `contacts`: what edits must keep;
  /// without them, nothing. Complexity: O(n).
  [[nodiscard]] static std::shared_ptr<const ScenarioBase> make(Hierarchy hierarchy,
                                                                std::span<const NamedColumn> columns,
                                                                std::vector<RuleAssignment> rules = {},
                                                                const ColumnView<std::uint8_t>& setting = {},
                                                                UnitContacts contacts = {});

  [[nodiscard]] const Hierarchy& hierarchy() const noexcept { return hierarchy_; }
  [[nodiscard]] std::span<const std::string> columns() const noexcept { return columns_; }
  [[nodiscard]] std::span<const RuleAssignment> rules() const noexcept { return rules_; }
  /// What is computed: communities, posts, shortage and surplus always, the others where `rules` has their kind.
  [[nodiscard]] std::vector<ScenarioMeasure> measures() const;
  /// Index of a column; throws InvalidInput listing the columns where there is none of this name.
  [[nodiscard]] std::size_t column(std::string_view name) const;

  /// Hashes of what the base is made of, by name: "tree", "setting", "rules", "contacts" where there are some, and one
  /// a column ("column households"). Equal bases have equal hashes on every machine.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> fingerprints() const;

 private:
  friend class Scenario;
  ScenarioBase() = default;

  Hierarchy hierarchy_;
  std::vector<std::string> columns_;
  std::vector<RuleAssignment> rules_;
  std::vector<CommunityRules> rules_by_number_;  // what the cells of units name by number; 0: none
  detail::UnitPages pages_;
  detail::CountColumns counts_;
  detail::ContactMap contacts_;
};

}  // namespace shequ
