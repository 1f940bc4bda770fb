// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/norms.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "norm_rows.hpp"

namespace shequ {

namespace {

[[nodiscard]] std::vector<Norm> made_catalogue() {
  std::vector<Norm> norms;
  detail::add_staffing_norms(norms);
  detail::add_size_norms(norms);
  detail::add_area_norms(norms);
  detail::add_other_norms(norms);
  std::sort(norms.begin(), norms.end(), [](const Norm& a, const Norm& b) { return a.id < b.id; });
  return norms;
}

/// Edit distance of V. Levenshtein, Soviet Physics Doklady 10, 1966, in bytes: ids are ASCII.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

void check_text(std::string_view name, const std::string& text) {
  if (text.empty()) detail::throw_argument(name, "\"\"", "a text that is not empty", "是非空文本");
}

void check_rule_id(const Norm& norm, std::string_view id) {
  if (id != norm.id)
    detail::throw_argument("id of the rule", id, "the id of the norm, " + norm.id, "与标准编号 " + norm.id + " 相同");
}

}  // namespace

void Norm::validate() const {
  check_text("id", id);
  check_text("source", source);
  check_text("title", title_en);
  check_text("title", title_zh);
  check_text("parameters", parameters_en);
  check_text("parameters", parameters_zh);
  static_cast<void>(RuleId(std::string_view(id)));
  if (status == NormStatus::unverified && computes()) {
    detail::throw_argument("status", "unverified", "\"seen\" where the norm can be computed with",
                           "是 \"seen\"，才可用于计算");
  }
  if (staffing) {
    shequ::validate(*staffing);
    check_rule_id(*this, rule_id(*staffing).view());
  }
  if (grid_size && (grid_size->min_households < 0 || grid_size->max_households < grid_size->min_households)) {
    detail::throw_argument(
        "grid_size", std::to_string(grid_size->min_households) + " to " + std::to_string(grid_size->max_households),
        "bounds of 0 or more, the lower one first", "不小于 0，且下限不大于上限");
  }
  for (const auto& area : {premises, outdoor}) {
    if (!area) continue;
    area->validate();
    check_rule_id(*this, area->id.view());
  }
  if (funding) {
    funding->validate();
    check_rule_id(*this, funding->id.view());
  }
}

std::span<const Norm> norm_catalogue() {
  static const std::vector<Norm> catalogue = made_catalogue();  // immutable once made
  return catalogue;
}

const Norm& find_norm(std::string_view id, std::span<const Norm> own) {
  std::vector<const Norm*> nearest;
  for (const std::span<const Norm> norms : {own, norm_catalogue()}) {
    for (const Norm& norm : norms) {
      if (norm.id == id) return norm;
      nearest.push_back(&norm);
    }
  }
  std::stable_sort(nearest.begin(), nearest.end(),
                   [id](const Norm* a, const Norm* b) { return edit_distance(id, a->id) < edit_distance(id, b->id); });
  std::string names;
  for (std::size_t i = 0; i < 3; ++i) names.append(i == 0 ? "" : ", ").append(nearest[i]->id);
  detail::throw_argument("norm", id, "an id of the catalogue; nearest: " + names,
                         "是目录中的编号；最接近的是：" + names);
}

}  // namespace shequ
