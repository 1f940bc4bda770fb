// SPDX-License-Identifier: BSD-3-Clause
#include "bind_cells.hpp"
#include "bind_scenario.hpp"
#include "common.hpp"
#include "shequ/version.hpp"

PYBIND11_MODULE(_core, module, pybind11::mod_gil_not_used()) {
  namespace sp = shequ::python;
  module.doc() = "Compiled core of shequ; use the names that the package shequ exports.";
  module.attr("__version__") = SHEQU_VERSION;
  sp::register_errors();
  sp::bind_random(module);
  sp::bind_level(module);  // Level and Setting, which the others use
  sp::bind_cells(module);  // which hierarchies are built from
  sp::bind_hierarchy(module);
  sp::bind_rules(module);
  sp::bind_certification(module);
  sp::bind_facilities(module);
  sp::bind_organisations(module);
  sp::bind_assessment(module);
  sp::bind_targets(module);
  sp::bind_sampling(module);
  sp::bind_stars(module);
  sp::bind_visiting(module);
  sp::bind_network(module);
  sp::bind_percent_audit(module);
  sp::bind_restructure(module);
  sp::bind_residents(module);
  sp::bind_scenario(module);
  sp::bind_shortfall(module);
  sp::bind_graph(module);
  sp::bind_problem(module);
  sp::bind_diagnose(module);
  sp::bind_enumerate(module);
  sp::bind_certify(module);
  sp::bind_bound(module);
  sp::bind_solve(module);
  sp::bind_recom(module);
  sp::bind_partition_report(module);
}
