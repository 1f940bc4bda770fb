// SPDX-License-Identifier: BSD-3-Clause
#include <memory>

#include "arguments.hpp"
#include "arrays.hpp"
#include "shequ/districting/certify.hpp"
#include "shequ/districting/diagnose.hpp"
#include "shequ/districting/problem.hpp"

namespace shequ::python {

namespace {

/// Format of pickled results; raised when the fields change.
constexpr int result_state_version = 1;

template <class T>
[[nodiscard]] std::vector<T> copied(const py::object& value, const char* argument,
                                    py::array_t<T> (*convert)(const py::handle&, const char*)) {
  if (value.is_none()) return {};
  const py::array_t<T> array = convert(value, argument);
  const auto values = column(array, argument);
  return {values.begin(), values.end()};
}

[[nodiscard]] Problem make_problem(std::shared_ptr<Graph> graph, const py::object& weights,
                                   Argument<std::int64_t, "lower"> lower, Argument<std::int64_t, "upper"> upper,
                                   std::optional<std::pair<PartId, PartId>> parts, const py::object& objective,
                                   const py::object& edge_weights, std::vector<std::vector<NodeId>> together,
                                   std::vector<std::pair<NodeId, NodeId>> apart, const py::object& locked,
                                   const py::object& start) {
  Problem problem;
  problem.graph = std::move(graph);
  problem.weights = copied(weights, "weights", &int64_array);
  problem.lower = lower;
  problem.upper = upper;
  if (parts) problem.parts = PartsRange{parts->first, parts->second};
  problem.objective = choice<Objective>(objective, "objective");
  problem.edge_weights = copied(edge_weights, "edge_weights", &int64_array);
  problem.together = std::move(together);
  problem.apart = std::move(apart);
  problem.locked = copied(locked, "locked", &int32_array);
  problem.start = copied(start, "start", &int32_array);
  problem.validate();
  return problem;
}

[[nodiscard]] py::object range_tuple(const std::optional<PartsRange>& range) {
  return range ? py::object(py::make_tuple(range->min, range->max)) : py::none();
}

[[nodiscard]] std::optional<PartsRange> range_of(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  const auto [min, max] = value.cast<std::pair<PartId, PartId>>();
  return PartsRange{min, max};
}

template <class T>
[[nodiscard]] std::string message(const T& said, Argument<Language, "lang"> lang) {
  return lang.value == Language::zh ? said.chinese : said.english;
}

void check_version(const py::tuple& state) {
  if (state.empty() || state[0].cast<int>() != result_state_version) {
    throw InvalidInput("this object was pickled by another version of shequ", "该对象由其他版本的 shequ 保存");
  }
}

/// Text and HTML of results are laid out in Python, where those of all other classes are.
template <class Class>
void def_display(Class& type) {
  const auto render = [](const char* function) {
    return [function](const py::object& self) {
      return py::module_::import("shequ._districting_repr").attr(function)(self);
    };
  };
  type.def("__repr__", render("one_line")).def("__str__", render("text")).def("_repr_html_", render("html"));
}

void bind_diagnosis(py::module_& module) {
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
      .def_readonly("component_count", &Diagnosis::component_count)
      .def(py::pickle(
          [](const Diagnosis& d) {
            return py::make_tuple(result_state_version, d.feasible, d.reasons, d.relaxations,
                                  range_tuple(d.parts_range), d.component_count);
          },
          [](const py::tuple& state) {
            check_version(state);
            return Diagnosis{state[1].cast<std::optional<bool>>(), state[2].cast<std::vector<Reason>>(),
                             state[3].cast<std::vector<Relaxation>>(), range_of(state[4]),
                             state[5].cast<std::int32_t>()};
          }));
  def_display(diagnosis);
}

void bind_certificate(py::module_& module) {
  py::native_enum<ViolationKind>(module, "ViolationKind", "enum.Enum", "A rule that a plan breaks.")
      .value("UNASSIGNED", ViolationKind::unassigned)
      .value("UNKNOWN_LABEL", ViolationKind::unknown_label)
      .value("PART_COUNT", ViolationKind::part_count)
      .value("BELOW_LOWER", ViolationKind::below_lower)
      .value("ABOVE_UPPER", ViolationKind::above_upper)
      .value("NOT_CONTIGUOUS", ViolationKind::not_contiguous)
      .value("TOGETHER", ViolationKind::together)
      .value("APART", ViolationKind::apart)
      .value("LOCKED", ViolationKind::locked)
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
      .def_readonly("objective", &Certificate::objective, "Recomputed from the labels.")
      .def_readonly("part_count", &Certificate::part_count)
      .def_property_readonly(
          "part_weights",
          [](const py::object& self) {
            return view(std::span<const std::int64_t>(self.cast<const Certificate&>().part_weights), self);
          },
          "Weight of each part: int64, shape (part_count,), a view.")
      .def(py::pickle(
          [](const Certificate& c) {
            return py::make_tuple(result_state_version, c.ok, c.violations, c.objective, c.part_count, c.part_weights);
          },
          [](const py::tuple& state) {
            check_version(state);
            return Certificate{state[1].cast<bool>(), state[2].cast<std::vector<Violation>>(),
                               state[3].cast<std::int64_t>(), state[4].cast<PartId>(),
                               state[5].cast<std::vector<std::int64_t>>()};
          }));
  def_display(certificate);
}

}  // namespace

void bind_problem(py::module_& module) {
  py::native_enum<Objective>(module, "Objective", "enum.Enum", "What a plan should make small.")
      .value("CUT_EDGES", Objective::cut_edges)
      .value("SHARED_PERIMETER", Objective::shared_perimeter)
      .finalize();

  py::class_<Problem>(module, "Problem", "Checked arguments of a districting problem; use `shequ.Problem`.")
      .def(py::init(&make_problem), py::kw_only(), "graph"_a, "weights"_a, "lower"_a, "upper"_a, "parts"_a = py::none(),
           "objective"_a = "cut_edges", "edge_weights"_a = py::none(),
           "together"_a = std::vector<std::vector<NodeId>>(), "apart"_a = std::vector<std::pair<NodeId, NodeId>>(),
           "locked"_a = py::none(), "start"_a = py::none())
      .def_property_readonly(
          "weights",
          [](const py::object& self) {
            return view(std::span<const std::int64_t>(self.cast<const Problem&>().weights), self);
          },
          "Weight of each node: int64, shape (n_nodes,), a view.")
      .def_readonly("lower", &Problem::lower)
      .def_readonly("upper", &Problem::upper)
      .def_property_readonly("parts", [](const Problem& problem) { return range_tuple(problem.parts); })
      .def_readonly("objective", &Problem::objective);

  bind_diagnosis(module);
  bind_certificate(module);

  module.def(
      "diagnose",
      [](const Problem& problem) {
        const py::gil_scoped_release release;
        return diagnose(problem);
      },
      "problem"_a);
  module.def(
      "certify",
      [](const Problem& problem, const py::object& labels) {
        const auto array = int32_array(labels, "labels");
        const auto values = column(array, "labels", static_cast<std::size_t>(problem.graph->num_nodes()));
        const py::gil_scoped_release release;
        return certify(problem, values);
      },
      "problem"_a, "labels"_a);
  module.def(
      "part_count_range",
      [](Argument<std::int64_t, "weight"> weight, Argument<std::int64_t, "lower"> lower,
         Argument<std::int64_t, "upper"> upper) { return range_tuple(part_count_range(weight, lower, upper)); },
      "weight"_a, "lower"_a, "upper"_a, R"(Return how many parts a weight can be divided into.

Parameters
----------
weight : int
    Households or persons, 0 or more.
lower, upper : int
    Bounds of a part, both included.

Returns
-------
tuple of int, or None
    Least and most: ceil(weight / upper) to floor(weight / lower); None where no whole number fits; (0, 0) for 0.

Examples
--------
>>> import shequ
>>> shequ.part_count_range(1200, 300, 500)
(3, 4)
>>> shequ.part_count_range(550, 300, 500) is None
True
)");
}

}  // namespace shequ::python
