// SPDX-License-Identifier: BSD-3-Clause
#include "arrays.hpp"
#include "results.hpp"
#include "shequ/districting/diagnose.hpp"

namespace shequ::python {

void bind_diagnose(py::module_& module) {
  py::native_enum<ReasonKind>(module, "ReasonKind", "enum.Enum", "Why a problem has no answer.")
      .value("NODE_ABOVE_UPPER", ReasonKind::node_above_upper)
      .value("COMPONENT_BELOW_LOWER", ReasonKind::component_below_lower)
      .value("NO_PART_COUNT", ReasonKind::no_part_count)
      .value("PARTS_OUT_OF_RANGE", ReasonKind::parts_out_of_range)
      .value("TOGETHER_ABOVE_UPPER", ReasonKind::together_above_upper)
      .value("TOGETHER_DISCONNECTED", ReasonKind::together_disconnected)
      .value("LOCK_ABOVE_UPPER", ReasonKind::lock_above_upper)
      .value("LOCK_DISCONNECTED", ReasonKind::lock_disconnected)
      .value("APART_AND_TOGETHER", ReasonKind::apart_and_together)
      .value("TOO_FEW_NODES", ReasonKind::too_few_nodes)
      .value("CUT_VERTEX_ABOVE_UPPER", ReasonKind::cut_vertex_above_upper)
      .value("CUT_VERTEX_APART", ReasonKind::cut_vertex_apart)
      .value("BALANCE_PART_COUNT", ReasonKind::balance_part_count)
      .value("CLOSED_WITH_OTHERS", ReasonKind::closed_with_others)
      .finalize();

  py::class_<Reason>(module, "Reason", "One proven reason why a problem has no answer.")
      .def_readonly("kind", &Reason::kind)
      .def_property_readonly(
          "nodes", [](const Reason& reason) { return moved(std::vector(reason.nodes)); },
          "Positions of the nodes it is about: int32 array.")
      .def("message", &message<Reason>, "lang"_a = "en", "Return the sentence a person reads, in \"en\" or \"zh\".")
      .def("__repr__", [](const Reason& reason) { return "Reason(" + reason.english + ")"; })
      .def(py::pickle(
          [](const Reason& r) { return py::make_tuple(result_state_version, r.kind, r.nodes, r.english, r.chinese); },
          [](const py::tuple& state) {
            check_version(state);
            return Reason{state[1].cast<ReasonKind>(), state[2].cast<std::vector<NodeId>>(),
                          state[3].cast<std::string>(), state[4].cast<std::string>()};
          }));

  py::class_<Relaxation>(module, "Relaxation", "A change of bounds or number of parts under which no reason is left.")
      .def_readonly("lower", &Relaxation::lower, "Lower bound to use instead, or None.")
      .def_readonly("upper", &Relaxation::upper, "Upper bound to use instead, or None.")
      .def_property_readonly(
          "parts", [](const Relaxation& relaxation) { return range_tuple(relaxation.parts); },
          "Numbers of parts (least, most) to ask for instead, or None.")
      .def("message", &message<Relaxation>, "lang"_a = "en", "Return the change in words, in \"en\" or \"zh\".")
      .def("__repr__", [](const Relaxation& relaxation) { return "Relaxation(" + relaxation.english + ")"; })
      .def(py::pickle(
          [](const Relaxation& r) {
            return py::make_tuple(result_state_version, r.lower, r.upper, range_tuple(r.parts), r.english, r.chinese);
          },
          [](const py::tuple& state) {
            check_version(state);
            return Relaxation{state[1].cast<std::optional<std::int64_t>>(),
                              state[2].cast<std::optional<std::int64_t>>(), range_of(state[3]),
                              state[4].cast<std::string>(), state[5].cast<std::string>()};
          }));

  py::class_<Diagnosis> diagnosis(module, "Diagnosis", "What is proven about a problem before any search.");
  diagnosis
      .def_readonly("feasible", &Diagnosis::feasible,
                    "False: proven that there is no plan; True: proven that there is one; None: open.")
      .def_readonly("reasons", &Diagnosis::reasons, "Proofs that there is no plan.")
      .def_readonly("relaxations", &Diagnosis::relaxations,
                    "Alternatives, each of which removes all reasons; the smallest change first.")
      .def_property_readonly(
          "parts_range", [](const Diagnosis& d) { return range_tuple(d.parts_range); },
          "Numbers of parts (least, most) that bounds and components allow, or None where none is.")
      .def_property_readonly(
          "plan",
          [](const Diagnosis& d) { return d.plan.empty() ? py::object(py::none()) : moved(std::vector(d.plan)); },
          "A plan that keeps every rule, where one is obvious: int32, shape (n_nodes,); else None.")
      .def_readonly("component_count", &Diagnosis::component_count)
      .def(py::pickle(
          [](const Diagnosis& d) {
            return py::make_tuple(result_state_version, d.feasible, d.reasons, d.relaxations,
                                  range_tuple(d.parts_range), d.component_count, d.plan);
          },
          [](const py::tuple& state) {
            check_version(state);
            return Diagnosis{state[1].cast<std::optional<bool>>(),
                             state[2].cast<std::vector<Reason>>(),
                             state[3].cast<std::vector<Relaxation>>(),
                             range_of(state[4]),
                             state[5].cast<std::int32_t>(),
                             state[6].cast<std::vector<PartId>>()};
          }));
  def_display(diagnosis);

  module.def(
      "diagnose",
      [](const Problem& problem) {
        const py::gil_scoped_release release;
        return diagnose(problem);
      },
      "problem"_a);
}

}  // namespace shequ::python
