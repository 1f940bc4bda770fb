// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/norms.hpp"

#include <algorithm>

#include "catch_compat.hpp"

TEST_CASE("the catalogue lists every norm once with a source", "[rules]") {
  const auto norms = shequ::norm_catalogue();
  REQUIRE(norms.size() > 10);
  for (std::size_t i = 0; i < norms.size(); ++i) {
    CAPTURE(norms[i].id);
    CHECK_FALSE(norms[i].source.empty());
    CHECK_FALSE(norms[i].title_en.empty());
    CHECK_FALSE(norms[i].title_zh.empty());
    CHECK_FALSE(norms[i].parameters_en.empty());
    CHECK_FALSE(norms[i].parameters_zh.empty());
    if (i > 0) CHECK(norms[i - 1].id < norms[i].id);
  }
}

TEST_CASE("no unverified norm can be computed with", "[rules]") {
  for (const shequ::Norm& norm : shequ::norm_catalogue()) {
    if (norm.status != shequ::NormStatus::unverified) continue;
    CAPTURE(norm.id);
    CHECK_FALSE(norm.staffing.has_value());
    CHECK_FALSE(norm.grid_size.has_value());
  }
}

TEST_CASE("the norm of Wujin is the default staffing rule", "[rules]") {
  const shequ::Norm& norm = shequ::find_norm("staff.wujin2012");
  REQUIRE(norm.staffing.has_value());
  CHECK(*norm.staffing == shequ::StaffingRule{});
  CHECK(norm.staffing->id.view() == norm.id);
  CHECK(shequ::find_norm("grid.haikou2020").grid_size == shequ::GridSize{300, 500});
}

TEST_CASE("an unknown norm is refused with the nearest ids", "[rules]") {
  try {
    (void)shequ::find_norm("staff.wujin2021");
    FAIL("an unknown norm was found");
  } catch (const shequ::InvalidInput& error) {
    const std::string text = error.what();
    CHECK(text.find("norm=staff.wujin2021 must be an id of the catalogue; nearest: staff.wujin2012") == 0);
    CHECK(error.message(shequ::Language::zh).find("staff.wujin2012") != std::string::npos);
  }
}
