// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "shequ/detail/argument.hpp"
#include "shequ/scenario/scenario.hpp"

namespace shequ {

namespace detail {

constexpr auto parent_cell = static_cast<std::uint32_t>(UnitCells::parent);
constexpr auto setting_cell = static_cast<std::uint32_t>(UnitCells::setting);
constexpr auto rules_cell = static_cast<std::uint32_t>(UnitCells::rules);
constexpr std::uint32_t own_cell(std::size_t column) { return static_cast<std::uint32_t>(UnitCells::own + column); }

}  // namespace detail

/// An edit in the making. Unless it is kept, the scenario is as before.
class Scenario::Draft {
 public:
  explicit Draft(Scenario& scenario) : scenario_(scenario), before_(scenario), done_(std::make_shared<Done>()) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  Draft(Draft&&) = delete;
  Draft& operator=(Draft&&) = delete;
  ~Draft() {
    if (!kept_) scenario_ = std::move(before_);
  }

  [[nodiscard]] UnitId make(Level level, std::string name, const std::string& code) {
    NewUnit unit{std::move(name), scenario_.free_code(code), level};
    if (unit.name.empty()) detail::throw_argument("name", "\"\"", "given", "给出");
    done_->made.push_back(unit);
    scenario_.make_unit(unit);
    return scenario_.size() - 1;
  }
  void change(UnitId unit, std::uint32_t cell, std::int64_t after) {
    const Change change{unit, cell, scenario_.pages_.read(unit)[cell], after};
    if (change.before == after) return;
    done_->changes.push_back(change);
    scenario_.write(change, false);
  }
  /// Takes setting and rules of one unit to another.
  void take_over(UnitId from, UnitId to) {
    change(to, detail::setting_cell, scenario_.pages_.read(from)[detail::setting_cell]);
    change(to, detail::rules_cell, scenario_.pages_.read(from)[detail::rules_cell]);
  }
  /// Throws InvalidInput where contacts or locks of the base would not be kept.
  void keep(Edit edit) {
    done_->edit = std::move(edit);
    if (scenario_.history_.capacity() == scenario_.done_) scenario_.history_.reserve(2 * scenario_.done_ + 8);
    scenario_.push(done_);
    scenario_.check_contacts(before_, *done_);
    kept_ = true;
  }

 private:
  Scenario& scenario_;
  Scenario before_;
  std::shared_ptr<Done> done_;
  bool kept_{false};
};

}  // namespace shequ
