// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <vector>

#include "bind_rules.hpp"
#include "shequ/rules/run_sums.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] py::tuple run_sums(const py::object& kinds, const py::object& begins, const py::object& least,
                                 const py::object& most, const py::object& missing, const py::object& workers) {
  const auto kind_array = int32_array(kinds, "kinds");
  const auto begin_array = int32_array(begins, "begins");
  const auto worker_array = workers.is_none() ? py::array_t<std::int32_t>(0) : int32_array(workers, "workers");
  const auto least_array = int64_array(least, "least");
  const auto most_array = most.is_none() ? least_array : int64_array(most, "most");
  const auto missing_array = missing.is_none() ? py::array_t<std::uint8_t>(0) : mask_array(missing, "missing");
  const CountedRuns runs{column(kind_array, "kinds"), column(worker_array, "workers"), column(begin_array, "begins")};
  const KindPosts posts{column(least_array, "least"), column(most_array, "most"), column(missing_array, "missing")};
  std::array<std::vector<std::int64_t>, 5> sums;
  {
    const py::gil_scoped_release released;
    for (auto& sum : sums) sum.resize(runs.begins.size());
    add_run_sums(runs, posts, {sums[0], sums[1], sums[2], sums[3], sums[4]});
  }
  return py::make_tuple(moved(std::move(sums[0])), moved(std::move(sums[1])), moved(std::move(sums[2])),
                        moved(std::move(sums[3])), moved(std::move(sums[4])));
}

}  // namespace

void bind_run_sums(py::module_& module) {
  module.def("run_sums", &run_sums, "kinds"_a, "begins"_a, "least"_a, "most"_a = py::none(), "missing"_a = py::none(),
             "workers"_a = py::none(),
             "Return posts, posts_most, shortage, surplus and answered of runs of communities, by kinds of counts.");
}

}  // namespace shequ::python
