// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "shequ/detail/unit_pages.hpp"

namespace shequ::detail {

/// A hash that is the same everywhere: multiply and shift, one word at a time.
class Hash {
 public:
  void word(std::uint64_t value) noexcept {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15U;
    state_ ^= state_ >> 32U;
  }
  void number(std::int64_t value) noexcept { word(static_cast<std::uint64_t>(value)); }
  void text(std::string_view value) noexcept {
    word(value.size());
    for (const char c : value) word(static_cast<unsigned char>(c));
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return state_; }

 private:
  std::uint64_t state_{0x243F6A8885A308D3U};
};

/// Throws InvalidInput for a rule that is not valid or not of its kind, that needs a column that is not there, or of a
/// kind that is not computed.
void check_rule(const CountColumns& counts, const UnitCells& cells, const RuleAssignment& assigned);

/// The number of rules in a list; they are added where they are not there.
[[nodiscard]] std::int64_t number_of(const CommunityRules& rules, std::vector<CommunityRules>& known);

/// One rule given to many communities: what number their rules have then. Each combination is looked up once.
class GivenRule {
 public:
  GivenRule(const RuleAssignment& given, std::vector<CommunityRules>& known) : given_(given), known_(known) {}
  [[nodiscard]] std::int64_t number_after(std::int64_t before);

 private:
  const RuleAssignment& given_;
  std::vector<CommunityRules>& known_;
  std::map<std::int64_t, std::int64_t> after_;
};

}  // namespace shequ::detail
