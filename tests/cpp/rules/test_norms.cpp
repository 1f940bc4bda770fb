// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/rules/norms.hpp"

#include <string>
#include <variant>
#include <vector>

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
    CHECK_NOTHROW(norms[i].validate());
  }
}

TEST_CASE("no unverified norm can be computed with", "[rules]") {
  for (const shequ::Norm& norm : shequ::norm_catalogue()) {
    if (norm.status != shequ::NormStatus::unverified) continue;
    CAPTURE(norm.id);
    CHECK_FALSE(norm.computes());
  }
}

TEST_CASE("the norm of Wujin is the default staffing rule", "[rules]") {
  const shequ::Norm& norm = shequ::find_norm("staff.wujin2012");
  REQUIRE(norm.staffing.has_value());
  CHECK(std::get<shequ::StaffingRule>(*norm.staffing) == shequ::StaffingRule{});
  CHECK(shequ::rule_id(*norm.staffing).view() == norm.id);
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

TEST_CASE("norms of staffing give the figures of their sources", "[rules]") {
  const auto posts = [](const char* id, std::int64_t count) {
    return shequ::required_posts(*shequ::find_norm(id).staffing, count).posts;
  };
  CHECK(posts("staff.beijing2020", 2000) == shequ::PostsRange{14, 19});
  CHECK(posts("staff.beijing2020", 3000) == shequ::PostsRange{20, 28});
  CHECK(posts("staff.gansu2023", 5000) == shequ::PostsRange{9, 9});
  CHECK(posts("staff.cn2025", 10'000) == shequ::PostsRange{18, 18});
  CHECK(posts("staff.changji2025", 10'000) == shequ::PostsRange{25, 25});
  CHECK(posts("committee.law", 700) == shequ::PostsRange{5, 9});
  CHECK(posts("station.shenzhen", 6000) == shequ::PostsRange{5, 15});
  CHECK_FALSE(posts("station.shenzhen", 5999).has_value());
}

TEST_CASE("the norm of Yunxiao pays a poor village more", "[rules]") {
  const shequ::Norm& norm = shequ::find_norm("fund.yunxiao2017");
  REQUIRE(norm.funding.has_value());
  CHECK(norm.funding->grant(0, 0) == 4'000'000);
  CHECK(norm.funding->grant(0, 1) == 5'000'000);
}

TEST_CASE("norms of areas give what their sources say", "[rules]") {
  CHECK(shequ::find_norm("area.wujin2012").premises->need_dm2(2600) == 40'000);
  CHECK(shequ::find_norm("area.wujin2012").outdoor->need_dm2(0) == 50'000);
  CHECK(shequ::find_norm("area.henan2022").premises->need_dm2(900) == 30'000);
  CHECK(shequ::find_norm("area.cn2025").premises->need_dm2(2600) == 78'000);
  CHECK(shequ::find_norm("area.taizhou2018").premises->need_dm2(2600) == 78'000);
}

TEST_CASE("norms of one's own come first and are checked", "[rules]") {
  shequ::Norm mine = shequ::find_norm("staff.cn2025");
  mine.parameters_en = "20 per 10000";
  const std::vector<shequ::Norm> own{mine};
  CHECK(shequ::find_norm("staff.cn2025", own).parameters_en == "20 per 10000");
  CHECK(shequ::find_norm("staff.wujin2012", own).id == "staff.wujin2012");
  mine.id = "staff.mine";
  CHECK_THROWS_WITH(mine.validate(), "id of the rule=staff.cn2025 must be the id of the norm, staff.mine");
  mine.staffing.reset();
  CHECK_NOTHROW(mine.validate());
  mine.source.clear();
  CHECK_THROWS_WITH(mine.validate(), "source=\"\" must be a text that is not empty");
  mine = shequ::find_norm("staff.cn2025");
  mine.status = shequ::NormStatus::unverified;
  CHECK_THROWS_WITH(mine.validate(), "status=unverified must be \"seen\" where the norm can be computed with");
}
