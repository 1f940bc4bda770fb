// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shequ/scenario/base.hpp"
#include "shequ/scenario/edit.hpp"

namespace shequ {

/// Edits on a base (what-if): totals and measures of every unit are up to date after each of them, the same as if the
/// edited district had been built anew.
///
/// Units of the base keep their ids; a new unit gets the next id, and an id is not given twice within one history. A
/// copy is a branch: it shares memory with the original until one of the two is edited. A refused edit throws
/// InvalidInput and leaves the scenario as it was. Reading one scenario from several threads is safe; so is editing
/// two branches in two threads.
class Scenario {
 public:
  explicit Scenario(std::shared_ptr<const ScenarioBase> base);

  [[nodiscard]] const ScenarioBase& base() const noexcept { return *base_; }
  [[nodiscard]] bool same_base(const Scenario& other) const noexcept { return base_ == other.base_; }

  // Units. All throw InvalidInput for a unit that never was; those abolished can still be asked.

  /// Ids given so far, those of abolished units included.
  [[nodiscard]] UnitId size() const noexcept { return static_cast<UnitId>(pages_.size()); }
  [[nodiscard]] bool exists(UnitId unit) const { return unit == 0 || cells(unit)[detail::UnitCells::parent] >= 0; }
  [[nodiscard]] UnitId parent(UnitId unit) const;
  [[nodiscard]] Level level(UnitId unit) const;
  [[nodiscard]] std::optional<Setting> setting(UnitId unit) const;
  /// The rule of a kind that a community goes by.
  [[nodiscard]] std::optional<CommunityRule> rule(UnitId unit, RuleKind kind) const;
  [[nodiscard]] std::string code(UnitId unit) const;
  [[nodiscard]] std::string name(UnitId unit, Language language = Language::zh) const;
  /// Units below, ascending.
  [[nodiscard]] std::vector<UnitId> children(UnitId unit) const;
  /// The unit with this code, existing or abolished; no_unit where there is none.
  [[nodiscard]] UnitId find(std::string_view code) const;

  // Numbers; nothing where none is known.

  [[nodiscard]] std::optional<std::int64_t> value(UnitId unit, std::string_view column) const;
  [[nodiscard]] std::optional<std::int64_t> total(UnitId unit, std::string_view column) const;
  /// Nothing also where the base has no rule of the measure's kind.
  [[nodiscard]] std::optional<std::int64_t> total(UnitId unit, ScenarioMeasure measure) const;

  // Edits.

  /// Sets a value (0 or more), or makes it missing. Complexity: the depth of the unit.
  void set(UnitId unit, std::string_view column, std::optional<std::int64_t> value);
  /// Adds to a value that is there; the result must be 0 or more.
  void add(UnitId unit, std::string_view column, std::int64_t difference);
  /// Takes values from one unit and gives them to another of its level, each of which has values in these columns; what
  /// is left is 0 or more, and totals above both stay as they are.
  void transfer(UnitId from, UnitId to, std::vector<std::pair<std::string, std::int64_t>> values);
  /// Gives a rule to communities that exist now or are created later; one of a kind that the base has a rule of.
  /// Complexity: communities of the scope.
  void set_rule(const RuleAssignment& rule);
  /// Replaces two or more units of one parent and level by a new one with their values added up and the units below
  /// them. Setting and rules are those of the first unit. A column must have a value in all of them or in none.
  UnitId merge(std::span<const UnitId> units, std::string name, const std::string& code = {});
  /// Replaces a unit by two or more parts with its setting and rules.
  std::vector<UnitId> split(UnitId unit, std::vector<SplitPart> parts);
  /// A new unit without values; its rules are the latest of each kind whose scope it is in.
  UnitId create(UnitId parent, Level level, std::string name, const std::string& code = {},
                std::optional<Setting> setting = std::nullopt);
  /// Ends a unit that has nothing below it and no value other than 0.
  void abolish(UnitId unit);
  /// Hangs a unit, with all below it, under another unit of the level of its parent. Where the base knows contacts,
  /// what touched below a unit must still be in one piece, and locked units keep what is below them: so with all edits.
  void move(UnitId unit, UnitId to);
  /// Does an edit of another history again; units it makes get the next ids.
  void apply(const Edit& edit);

  /// Takes the last edit back; throws InvalidInput where there is none.
  void undo();
  /// Does the edit again that was taken back last; throws InvalidInput where there is none.
  void redo();

  [[nodiscard]] std::size_t num_edits() const noexcept { return done_; }
  [[nodiscard]] std::size_t num_undone() const noexcept { return history_.size() - done_; }
  /// An edit by its number, from 1 to num_edits().
  [[nodiscard]] const Edit& edit(std::size_t number) const;
  /// Edits in both from the beginning on: where two branches part.
  [[nodiscard]] std::size_t common_edits(const Scenario& other) const noexcept;
  [[nodiscard]] std::vector<Succession> successions() const;
  /// Units that took the place of a unit, through all edits; the unit itself where it exists.
  [[nodiscard]] std::vector<UnitId> successors(UnitId unit) const;
  /// True where the cells of a unit are the same memory in both, so that nothing differs.
  [[nodiscard]] bool shares(const Scenario& other, UnitId unit) const noexcept {
    return pages_.shares(other.pages_, unit);
  }

 private:
  struct NewUnit {
    std::string name, code;
    Level level{};
  };
  /// A cell of a unit that goes from `before` to `after`: its parent, setting, rules or own value.
  struct Change {
    UnitId unit{};
    std::uint32_t cell{};
    std::int64_t before{}, after{};
  };
  struct Done {
    Edit edit;
    std::vector<Change> changes;
    std::vector<NewUnit> made;
  };
  class Draft;

  [[nodiscard]] const std::int64_t* cells(UnitId unit) const;
  void check_exists(std::string_view argument, UnitId unit) const;
  void check_place(UnitId unit, std::size_t column) const;
  void check_contacts(const Scenario& before, const Done& done) const;
  void check_pieces(const Scenario& before, const std::set<UnitId>& parents) const;
  [[nodiscard]] std::vector<NodeId> contact_nodes(UnitId unit) const;
  [[nodiscard]] detail::ContactMap::Pieces pieces(const std::vector<UnitId>& units) const;
  [[nodiscard]] std::string called(UnitId unit) const;
  [[nodiscard]] std::string free_code(const std::string& wanted) const;
  [[nodiscard]] const CommunityRules& rules_of(const std::int64_t* row) const {
    return rules_by_number_[static_cast<std::size_t>(row[detail::UnitCells::rules])];
  }
  [[nodiscard]] CommunityRules rules_in_force(UnitId parent, std::optional<Setting> setting) const;
  void change_value(Edit&& edit, std::size_t column, std::int64_t after);

  void write(const Change& change, bool backward);
  void write_parent(UnitId unit, UnitId from, UnitId to);
  template <bool Write>
  void carry_up(UnitId unit, std::span<std::int64_t> carried);
  void climb(UnitId unit, std::span<std::int64_t> carried);
  void make_unit(const NewUnit& unit);
  void repeat(const Done& done, bool backward);
  void push(std::shared_ptr<const Done> done) noexcept;

  std::shared_ptr<const ScenarioBase> base_;
  detail::UnitPages pages_;
  std::vector<CommunityRules> rules_by_number_;
  std::map<UnitId, std::set<UnitId>> arrivals_;  // units below another parent than in the base
  std::vector<NewUnit> made_;                    // units that the base does not have
  std::vector<std::shared_ptr<const Done>> history_;
  std::size_t done_{};
};

}  // namespace shequ
