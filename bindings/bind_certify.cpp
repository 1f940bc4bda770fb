// SPDX-License-Identifier: BSD-3-Clause
#include "arrays.hpp"
#include "results.hpp"
#include "shequ/districting/certify.hpp"

namespace shequ::python {

void bind_certify(py::module_& module) {
  py::native_enum<ViolationKind>(module, "ViolationKind", "enum.Enum", "A rule that a plan breaks.")
      .value("UNASSIGNED", ViolationKind::unassigned)
      .value("UNKNOWN_LABEL", ViolationKind::unknown_label)
      .value("PART_COUNT", ViolationKind::part_count)
      .value("BELOW_LOWER", ViolationKind::below_lower)
      .value("ABOVE_UPPER", ViolationKind::above_upper)
      .value("BALANCE", ViolationKind::balance)
      .value("NOT_CONTIGUOUS", ViolationKind::not_contiguous)
      .value("TOGETHER", ViolationKind::together)
      .value("APART", ViolationKind::apart)
      .value("LOCKED", ViolationKind::locked)
      .value("CLOSED", ViolationKind::closed)
      .finalize();

  py::class_<Violation>(module, "Violation", "One rule that a plan breaks, where and by how much.")
      .def_readonly("kind", &Violation::kind)
      .def_readonly("part", &Violation::part, "The part concerned; -1 for none.")
      .def_property_readonly(
          "nodes", [](const Violation& violation) { return moved(std::vector(violation.nodes)); },
          "Positions of the nodes concerned: int32 array.")
      .def_readonly("amount", &Violation::amount, "Weight beyond the bound, parts too many or few, pieces, or nodes.")
      .def("message", &message<Violation>, "lang"_a = "en", "Return the sentence a person reads, in \"en\" or \"zh\".")
      .def("__repr__", [](const Violation& violation) { return "Violation(" + violation.english + ")"; })
      .def(py::pickle(
          [](const Violation& v) {
            return py::make_tuple(result_state_version, v.kind, v.part, v.nodes, v.amount, v.english, v.chinese);
          },
          [](const py::tuple& state) {
            check_version(state);
            return Violation{state[1].cast<ViolationKind>(),       state[2].cast<PartId>(),
                             state[3].cast<std::vector<NodeId>>(), state[4].cast<std::int64_t>(),
                             state[5].cast<std::string>(),         state[6].cast<std::string>()};
          }));

  py::class_<Certificate> certificate(module, "Certificate", "What certify() found: a plan is right when `ok`.");
  certificate.def_readonly("ok", &Certificate::ok)
      .def_readonly("violations", &Certificate::violations)
      .def_readonly("objective", &Certificate::objective, "Recomputed from the labels: weighted sum of the terms.")
      .def_readonly("terms", &Certificate::terms, "Value of each term of the objective, unweighted.")
      .def_readonly("part_count", &Certificate::part_count)
      .def_property_readonly(
          "part_weights",
          [](const py::object& self) {
            return view(std::span<const std::int64_t>(self.cast<const Certificate&>().part_weights), self);
          },
          "Weight of each part, by its number: int64, shape (largest number + 1,), a view.")
      .def(py::pickle(
          [](const Certificate& c) {
            return py::make_tuple(result_state_version, c.ok, c.violations, c.objective, c.terms, c.part_count,
                                  c.part_weights);
          },
          [](const py::tuple& state) {
            check_version(state);
            return Certificate{state[1].cast<bool>(),         state[2].cast<std::vector<Violation>>(),
                               state[3].cast<std::int64_t>(), state[4].cast<std::vector<std::int64_t>>(),
                               state[5].cast<PartId>(),       state[6].cast<std::vector<std::int64_t>>()};
          }));
  def_display(certificate);

  module.def(
      "certify",
      [](const Problem& problem, const py::object& labels) {
        const auto array = int32_array(labels, "labels");
        const auto values = column(array, "labels", static_cast<std::size_t>(problem.graph->num_nodes()));
        const py::gil_scoped_release release;
        return certify(problem, values);
      },
      "problem"_a, "labels"_a);
}

}  // namespace shequ::python
