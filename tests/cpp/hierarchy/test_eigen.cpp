// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/hierarchy/eigen.hpp"

#include "catch_compat.hpp"
#include "hierarchy_fixtures.hpp"

using namespace shequ;  // NOLINT(google-build-using-namespace)

TEST_CASE("columns of an Eigen matrix roll up without copies", "[hierarchy]") {
  const Hierarchy h = test::small_district().build();
  Eigen::Matrix<std::int64_t, Eigen::Dynamic, 2> values(6, 2);
  values << 0, 0, 0, 0, 300, 3, 200, 2, 0, 0, 100, 1;
  const auto totals = rollup_sum(h, values);
  CHECK(totals(0, 0) == 600);
  CHECK(totals(0, 1) == 6);
  CHECK(totals(1, 0) == 500);
  CHECK(column_view(values.col(1)).values.data() == values.data() + 6);
  CHECK(rollup_max(h, column_view(values.col(1))).values[0] == 3);

  const Eigen::VectorXd floats = Eigen::VectorXd::LinSpaced(6, 0.0, 5.0);
  CHECK(rollup_sum(h, column_view(floats)).values[0] == 15.0);
  CHECK(rollup_sum(h, floats)(0) == 15.0);
}

TEST_CASE("Eigen columns with gaps between their entries are refused", "[hierarchy]") {
  const Eigen::MatrixXd values = Eigen::MatrixXd::Zero(6, 2);
  CHECK_THROWS_AS(column_view(values.row(0).transpose()), InvalidInput);
  const Hierarchy h = test::small_district().build();
  Eigen::MatrixXd totals(5, 2);
  CHECK_THROWS_WITH(rollup_sum(h, values, totals), "totals.size()=5 must be equal to 6");
  totals.resize(6, 1);
  CHECK_THROWS_WITH(rollup_sum(h, values, totals), "totals.cols.size()=1 must be equal to 2");
}
