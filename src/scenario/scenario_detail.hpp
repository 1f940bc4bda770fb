// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "shequ/detail/unit_pages.hpp"

namespace shequ::detail {

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
