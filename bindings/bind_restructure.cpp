// SPDX-License-Identifier: BSD-3-Clause
#include <utility>

#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/grid_count.hpp"
#include "shequ/rules/restructure.hpp"

namespace shequ::python {

namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;
using Counts = std::vector<std::int64_t>;

[[nodiscard]] ChangeProposals proposals(const SizeRule& rule, const py::object& households,
                                        const Argument<Pairs, "neighbours">& neighbours, const py::object& town,
                                        const py::object& defects) {
  const IntColumn counts(households, "households");
  const py::array_t<std::int32_t> towns = town.is_none() ? py::array_t<std::int32_t>(0) : int32_array(town, "town");
  const ByteColumn bits(defects, "defects");
  return propose_changes(rule, counts.view(), neighbours.value, column(towns, "town"), bits.view().values);
}

[[nodiscard]] ChangeEffect effect(
    const Argument<Counts, "before">& before, const Argument<Counts, "after">& after,
    const std::optional<StaffingRule>& staffing, const py::object& grant_fen,
    const std::optional<FacilityRule>& premises,
    const Argument<std::optional<std::pair<std::int64_t, std::int64_t>>, "grid_size">& size) {
  EffectRules rules;
  rules.staffing = staffing;
  rules.premises = premises;
  rules.grid_size = size.value;
  if (!grant_fen.is_none()) {
    rules.grant_fen = [&](std::int64_t households) {
      return ArgumentReader<std::int64_t>::read(grant_fen(households), "grant_fen", 0);
    };
  }
  return change_effect(rules, before.value, after.value);
}

void bind_grid_count(py::module_& module) {
  bind_record<GridCount>(
      module, "GridCount", "How many grids a community can have.",
      field<"feasible", &GridCount::feasible>("False where no number of grids fits."),
      field<"least", &GridCount::least>("Fewest grids, 0 where none fits."),
      field<"most", &GridCount::most>("Most grids, 0 where none fits."),
      field<"relaxed_min", &GridCount::relaxed_min>("The largest lower bound that gives an answer, or None."),
      field<"relaxed_max", &GridCount::relaxed_max>("The smallest upper bound that does, or None."));
  module.def(
      "grid_count",
      [](Argument<std::int64_t, "households"> households, Argument<std::int64_t, "min_households", 1> least,
         Argument<std::int64_t, "max_households", 1> most) { return grid_count(households, least, most); },
      "households"_a, "min_households"_a, "max_households"_a,
      R"(Compute how many grids a community can have when the households of each are within bounds.

Examples
--------
>>> grid_count(2600, 300, 500).most
8
>>> grid_count(550, 300, 500).relaxed_min
275
)");
}

}  // namespace

void bind_restructure(py::module_& module) {
  bind_grid_count(module);
  py::native_enum<ChangeKind>(module, "ChangeKind", "enum.Enum", "What is proposed.")
      .value("MERGE", ChangeKind::merge, "撤并")
      .value("SPLIT", ChangeKind::split, "分设")
      .value("ADJUST", ChangeKind::adjust, "调整边界")
      .finalize();
  py::native_enum<ChangeReason>(module, "ChangeReason", "enum.Enum", "Why a change is proposed.")
      .value("TOO_SMALL", ChangeReason::too_small, "规模过小")
      .value("TOO_LARGE", ChangeReason::too_large, "规模过大")
      .value("BORDERS_UNCLEAR", ChangeReason::borders_unclear, "边界不清")
      .value("PARTS_NOT_TOUCHING", ChangeReason::parts_not_touching, "辖区不连片")
      .value("OVERLAP", ChangeReason::overlap, "辖区交叉")
      .value("UNMANAGED_GAP", ChangeReason::unmanaged_gap, "管理空白")
      .finalize();
  bind_rule<SizeRule>(module, "SizeRule", R"(Size of a community that calls for a change.

Parameters
----------
merge_below, adjust_above : int, optional
    Households; at least one of the two.
)",
                      required_field<"merge_below", &SizeRule::merge_below>("Fewer households than this: merge."),
                      required_field<"adjust_above", &SizeRule::adjust_above>("More than this: split."));
  bind_record<ChangeCandidate>(module, "ChangeCandidate", "One proposal; the district decides.",
                               field<"kind", &ChangeCandidate::kind>("What is proposed."),
                               field<"communities", &ChangeCandidate::communities>("Positions, ascending."),
                               field<"households", &ChangeCandidate::households>("Of all of them together."),
                               field<"parts", &ChangeCandidate::parts>("Communities afterwards."),
                               field<"reasons", &ChangeCandidate::reasons>("Why."));
  bind_record<ChangeProposals>(
      module, "ChangeProposals", "Proposals and what has none.",
      field<"candidates", &ChangeProposals::candidates>("By kind, then by the communities."),
      field<"unsolved", &ChangeProposals::unsolved>("Too small, and no neighbour with which the rule holds."),
      field<"unknown", &ChangeProposals::unknown>("Without households."),
      field<"rule", &ChangeProposals::rule>("Id of the rule."));
  module.def("propose_changes", &proposals, "rule"_a, "households"_a, "neighbours"_a, py::kw_only(),
             "town"_a = py::none(), "defects"_a = py::none(), R"(Propose merges, splits and adjustments of communities.

Parameters
----------
rule : SizeRule
households : array of int or masked array, shape (n_communities,)
neighbours : list of (int, int)
    Positions of communities that touch.
town : array of int, shape (n_communities,), optional
    Merges stay within a town.
defects : array of int, shape (n_communities,), optional
    Sum of 1 borders unclear, 2 parts not touching, 4 overlap, 8 unmanaged gap.

Returns
-------
ChangeProposals
)");
  bind_record<BeforeAfter>(module, "BeforeAfter", "A number before and after a change.",
                           field<"before", &BeforeAfter::before>("Before."),
                           field<"after", &BeforeAfter::after>("After."))
      .def_property_readonly("change", &BeforeAfter::change, "after - before.");
  bind_record<ChangeEffect>(module, "ChangeEffect", "What a change does; None for what was not asked.",
                            field<"posts", &ChangeEffect::posts>("Posts, summed over communities."),
                            field<"grant_fen", &ChangeEffect::grant_fen>("Grants in fen."),
                            field<"premises_need_dm2", &ChangeEffect::premises_need_dm2>("Area needed, dm2."),
                            field<"grids_before", &ChangeEffect::grids_before>("GridCount of each community before."),
                            field<"grids_after", &ChangeEffect::grids_after>("GridCount of each community after."));
  module.def("change_effect", &effect, "before"_a, "after"_a, py::kw_only(), "staffing"_a = py::none(),
             "grant_fen"_a = py::none(), "premises"_a = py::none(), "grid_size"_a = py::none(),
             R"(Compute what turning some communities into others does.

Parameters
----------
before, after : list of int
    Households of the communities; both add up to the same.
staffing : StaffingRule, optional
grant_fen : callable, optional
    Fen of a community of so many households, for example the `grant` of a funding rule.
premises : FacilityRule, optional
grid_size : tuple (least, most), optional
    Households of a grid.

Returns
-------
ChangeEffect
)");
  module.def(
      "even_parts",
      [](Argument<std::int64_t, "households"> households, Argument<std::int64_t, "parts", 1> parts) {
        return even_parts(households, parts);
      },
      "households"_a, "parts"_a, "Return the sizes of a split as even as whole households allow.");
  bind_value<UnitBalance>(module, "UnitBalance", "A count of units through a change.",
                          required_field<"before", &UnitBalance::before>("Units before."),
                          required_field<"removed", &UnitBalance::removed>("Units removed."),
                          required_field<"added", &UnitBalance::added>("Units added."),
                          required_field<"after", &UnitBalance::after>("Units after, as stated."))
      .def_property_readonly("difference", &UnitBalance::difference,
                             "after - (before - removed + added): 0 where the figures agree.");
}

}  // namespace shequ::python
