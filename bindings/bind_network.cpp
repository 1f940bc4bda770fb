// SPDX-License-Identifier: BSD-3-Clause
#include <utility>

#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/network.hpp"

namespace shequ::python {

namespace {

using Attachments = std::vector<std::pair<std::int32_t, ServiceTier>>;

/// Points of shape (n, 2); none for None.
[[nodiscard]] std::vector<ServiceNode> points(const py::object& value, const char* name) {
  std::vector<ServiceNode> result;
  if (value.is_none()) return result;
  const py::array_t<double> array = float64_array(value, name);
  if (array.ndim() != 2 || array.shape(1) != 2) {
    throw InvalidInput(std::string(name) + " must have shape (n, 2)", std::string(name) + " 的形状必须是 (n, 2)");
  }
  for (py::ssize_t i = 0; i < array.shape(0); ++i) result.push_back({array.at(i, 0), array.at(i, 1)});
  return result;
}

[[nodiscard]] NetworkCoverage coverage_of(const NetworkRule& rule,
                                          Argument<std::int32_t, "num_communities"> communities,
                                          const Argument<Attachments, "attachments">& attachments,
                                          const py::object& community, const py::object& places_m,
                                          const py::object& households, const py::object& nodes_m) {
  std::vector<Attachment> attached;
  for (const auto& [unit, tier] : attachments.value) attached.push_back({unit, tier});
  const std::vector<ServiceNode> where = points(places_m, "places_m");
  std::vector<PlacedHouseholds> places;
  if (!where.empty()) {
    const py::array_t<std::int32_t> owner = int32_array(community, "place_community");
    const py::array_t<std::int64_t> count = int64_array(households, "place_households");
    const auto owners = column(owner, "place_community", where.size());
    const auto counts = column(count, "place_households", where.size());
    for (std::size_t i = 0; i < where.size(); ++i) places.push_back({owners[i], where[i].x_m, where[i].y_m, counts[i]});
  }
  const std::vector<ServiceNode> nodes = points(nodes_m, "nodes_m");
  const py::gil_scoped_release released;
  return network_coverage(rule, communities, attached, places, nodes);
}

}  // namespace

void bind_network(py::module_& module) {
  py::native_enum<ServiceTier>(module, "ServiceTier", "enum.Enum", "Tier of a service network.")
      .value("CENTRE", ServiceTier::centre, "党员服务中心")
      .value("POINT", ServiceTier::point, "服务点")
      .value("HOUSEHOLD_NODE", ServiceTier::household_node, "中心户")
      .finalize();
  py::native_enum<CoverageMeasure>(module, "CoverageMeasure", "enum.Enum", "How the coverage of a network is measured.")
      .value("CHAIN", CoverageMeasure::chain, "Attached to a node of every required tier.")
      .value("DISTANCE", CoverageMeasure::distance, "Enough households live near a node.")
      .value("BOTH", CoverageMeasure::both, "Both.")
      .finalize();
  bind_rule<NetworkRule>(
      module, "NetworkRule", R"(When a community is covered by a service network.

Parameters
----------
measure : {"chain", "distance", "both"} or CoverageMeasure
    The source says "full coverage" and not of what.
required : list of bool, length 3
    Tiers that a chain needs: centre, point, household node.
within_m : float
    Distance, included, where distance counts.
least_share : int, str or Fraction
    Share of households within it that covers a community, where distance counts.
)",
      required_field<"measure", &NetworkRule::measure>("How coverage is measured."),
      field<"required", &NetworkRule::required>("Tiers that a chain needs."),
      field<"within_m", &NetworkRule::within_m>("Distance in metres, included."),
      field<"least_share", &NetworkRule::least_share>("Share of households that covers, a Fraction."));
  bind_record<NetworkCoverage>(
      module, "NetworkCoverage", "Coverage with the communities that are not covered.",
      field<"communities", &NetworkCoverage::communities>("Coverage of the communities."),
      field<"uncovered", &NetworkCoverage::uncovered>("Positions of the communities not covered, ascending."),
      field<"missing_tiers", &NetworkCoverage::missing_tiers>(
          "Per community: bit 1 centre, 2 point, 4 household node; by chain only."),
      field<"households", &NetworkCoverage::households>("Per community; by distance only."),
      field<"near", &NetworkCoverage::near>("Of them those within the distance."),
      field<"near_share", &NetworkCoverage::near_share>("Of all households, a Fraction or None."),
      field<"rule", &NetworkCoverage::rule>("Id of the rule."));
  module.def("network_coverage", &coverage_of, "rule"_a, "num_communities"_a, py::kw_only(),
             "attachments"_a = py::tuple(), "place_community"_a = py::none(), "places_m"_a = py::none(),
             "place_households"_a = py::none(), "nodes_m"_a = py::none(),
             R"(Compute the coverage of communities by a service network.

Parameters
----------
rule : NetworkRule
num_communities : int
attachments : list of (community, tier)
    A community is attached to a node of a tier; by chain.
place_community, place_households : array of int, shape (n_places,)
    Community and households of each place; by distance.
places_m : array of float, shape (n_places, 2)
    Where the households live, metres of one plane.
nodes_m : array of float, shape (n_nodes, 2)
    Where the nodes are.

Returns
-------
NetworkCoverage

Raises
------
InvalidInputError
    Communities that there are not, negative households, coordinates that are no number.
)");
}

}  // namespace shequ::python
