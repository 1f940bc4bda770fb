// SPDX-License-Identifier: BSD-3-Clause
#include <utility>

#include "columns.hpp"
#include "record.hpp"
#include "shequ/districting/partition_report.hpp"

namespace shequ::python {

namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

[[nodiscard]] PartitionReport report(const Graph& graph, const py::object& households,
                                     const Argument<Pairs, "members">& members,
                                     Argument<std::int32_t, "num_grids"> num_grids,
                                     Argument<std::int64_t, "lower"> lower, Argument<std::int64_t, "upper"> upper,
                                     const Argument<Pairs, "links">& links, const py::object& last_year,
                                     const Argument<std::optional<Pairs>, "duties">& duties) {
  const py::array_t<std::int64_t> counts = int64_array(households, "households");
  const py::array_t<std::int32_t> labels =
      last_year.is_none() ? py::array_t<std::int32_t>(0) : int32_array(last_year, "last_year");
  std::vector<GridMember> listed;
  for (const auto& [atom, grid] : members.value) listed.push_back({atom, grid});
  std::vector<GridDuty> charged;
  PartitionLedger ledger;
  ledger.graph = &graph;
  ledger.households = column(counts, "households");
  ledger.num_grids = num_grids;
  ledger.members = listed;
  ledger.bounds = {lower, upper};
  ledger.links = links.value;
  ledger.last_year = column(labels, "last_year");
  if (duties.value) {
    for (const auto& [worker, grid] : *duties.value) charged.push_back({worker, grid});
    ledger.duties = charged;
  }
  const py::gil_scoped_release released;
  return report_partition(ledger);
}

}  // namespace

void bind_partition_report(py::module_& module) {
  bind_record<GridRow>(module, "GridRow", "One grid of a report.", field<"atoms", &GridRow::atoms>("Atoms listed."),
                       field<"households", &GridRow::households>("Households of these."),
                       field<"workers", &GridRow::workers>("Workers in charge."),
                       field<"pieces", &GridRow::pieces>("Connected pieces, 0 where empty."),
                       field<"within_bounds", &GridRow::within_bounds>("Households are within the bounds."));
  using Report = PartitionReport;
  bind_record<Report>(
      module, "PartitionReport", "What there is to say about the grids of a community. Lists are positions, ascending.",
      field<"ok", &Report::ok>("No gap, overlap, empty grid, broken bound, grid in pieces or without a worker."),
      field<"count", &Report::count>("Grids that are not empty."),
      field<"min_households", &Report::min_households>("Of the grids that are not empty."),
      field<"max_households", &Report::max_households>("Of the grids that are not empty."),
      field<"mean_households", &Report::mean_households>("A Fraction, None without grids."),
      field<"above_mean", &Report::above_mean>("(max - mean) / mean."),
      field<"below_mean", &Report::below_mean>("(mean - min) / mean."),
      field<"oversized_atoms", &Report::oversized_atoms>("Atoms larger than a grid may be."),
      field<"out_of_bounds", &Report::out_of_bounds>("Grids out of bounds."),
      field<"not_contiguous", &Report::not_contiguous>("Grids in pieces."),
      field<"gaps", &Report::gaps>("Atoms in no grid."), field<"overlaps", &Report::overlaps>("Atoms in two grids."),
      field<"moved", &Report::moved>("Atoms in another grid than a year ago."),
      field<"empty_grids", &Report::empty_grids>("Grids without atoms."),
      field<"unstaffed", &Report::unstaffed>("Grids without a worker."),
      field<"shared_workers", &Report::shared_workers>("Workers with two grids or more: allowed."),
      field<"shared_grids", &Report::shared_grids>("Grids with two workers or more: allowed."),
      field<"grids", &Report::grids>("A GridRow for each grid."));
  module.def("report_partition", &report, "graph"_a, "households"_a, "members"_a, py::kw_only(), "num_grids"_a,
             "lower"_a, "upper"_a, "links"_a = py::tuple(), "last_year"_a = py::none(), "duties"_a = py::none(),
             "Report on grids as they are found; see shequ.rules.report_partition.");
}

}  // namespace shequ::python
