// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "shequ/rules/norms.hpp"

// The rows of the catalogue, by what they are about. Each cites its document; "report" marks a norm that was read in a
// report of the document and not in its text. What no source was found for is unverified and holds no rule.
namespace shequ::detail {

/// The texts of a row, in the order of Norm.
[[nodiscard]] inline Norm norm_row(const char* id, const char* title_en, const char* title_zh,
                                   const char* parameters_en, const char* parameters_zh, const char* source,
                                   const char* effective, NormStatus status = NormStatus::seen) {
  Norm norm;
  norm.id = id;
  norm.title_en = title_en;
  norm.title_zh = title_zh;
  norm.parameters_en = parameters_en;
  norm.parameters_zh = parameters_zh;
  norm.source = source;
  norm.effective = effective;
  norm.status = status;
  return norm;
}

void add_staffing_norms(std::vector<Norm>& norms);
void add_size_norms(std::vector<Norm>& norms);
void add_area_norms(std::vector<Norm>& norms);
void add_other_norms(std::vector<Norm>& norms);

}  // namespace shequ::detail
