// SPDX-License-Identifier: BSD-3-Clause
#include <stop_token>

#include "arguments.hpp"
#include "arrays.hpp"
#include "results.hpp"
#include "shequ/districting/solve.hpp"
#include "shequ/districting/solve_many.hpp"
#include "solve_with_function.hpp"

namespace shequ::python {

namespace {

/// Format of a pickled plan; raised when the fields change.
constexpr int plan_state_version = 2;

/// Between two reports of the search: lets Ctrl-C stop it, so that the best plan so far is returned.
class ProgressRelay {
 public:
  ProgressRelay(py::object callback, std::stop_source stop) : callback_(std::move(callback)), stop_(std::move(stop)) {}

  void operator()(const SolveProgress& progress) {
    const py::gil_scoped_acquire acquire;
    try {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      if (!callback_.is_none()) callback_(progress);
    } catch (const py::error_already_set& error) {
      if (!error.matches(PyExc_KeyboardInterrupt)) throw;
      stop_.request_stop();
    }
  }

 private:
  py::object callback_;
  std::stop_source stop_;
};

/// What solve and solve_many are told alike.
[[nodiscard]] SolveOptions make_options(std::uint64_t seed, double time_limit_s, std::optional<std::int64_t> steps,
                                        std::int32_t threads, const py::object& progress) {
  if (!progress.is_none() && PyCallable_Check(progress.ptr()) == 0) {
    refuse("progress", progress, "a function or None", "是函数或 None");
  }
  if (steps && *steps < 1) {
    throw InvalidInput("steps=" + std::to_string(*steps) + " must be 1 or more, or None",
                       "steps=" + std::to_string(*steps) + " 必须大于或等于 1，或为 None");
  }
  SolveOptions options;
  options.seed = seed;
  options.time_limit_s = time_limit_s;
  options.steps = steps.value_or(0);
  options.threads = threads;
  return options;
}

[[nodiscard]] Plan solve_problem(const Problem& problem, Argument<std::uint64_t, "seed"> seed,
                                 Argument<double, "time_limit_s"> time_limit_s,
                                 Argument<std::optional<std::int64_t>, "steps", 1> steps,
                                 Argument<std::int32_t, "threads", 1> threads,
                                 Argument<std::optional<std::int64_t>, "target"> target, const py::object& term,
                                 const py::object& progress) {
  if (!term.is_none() && PyCallable_Check(term.ptr()) == 0) {
    refuse("term", term, "a function or None", "是函数或 None");
  }
  SolveOptions options = make_options(seed, time_limit_s, steps, threads, progress);
  std::stop_source stop;
  options.target = target.value;
  options.stop = stop.get_token();
  ProgressRelay relay(progress, stop);
  options.progress = std::ref(relay);
  const bool has_term = !term.is_none();
  const py::gil_scoped_release release;
  return has_term ? solve_with_function(problem, term, options) : solve(problem, options);
}

[[nodiscard]] std::vector<Plan> solve_problems(const py::sequence& given, Argument<std::uint64_t, "seed"> seed,
                                               Argument<double, "time_limit_s"> time_limit_s,
                                               Argument<std::optional<std::int64_t>, "steps", 1> steps,
                                               Argument<std::int32_t, "threads", 1> threads,
                                               const py::object& progress) {
  SolveOptions options = make_options(seed, time_limit_s, steps, threads, progress);
  std::vector<Problem> problems;
  problems.reserve(given.size());
  for (const py::handle problem : given) problems.push_back(problem.cast<const Problem&>());
  std::stop_source stop;
  options.stop = stop.get_token();
  ProgressRelay relay(progress, stop);
  options.progress = std::ref(relay);
  const py::gil_scoped_release release;
  return solve_many(problems, options);
}

[[nodiscard]] std::optional<double> gap(const Plan& plan) {
  const bool keeps_rules = plan.status == PlanStatus::optimal || plan.status == PlanStatus::feasible;
  if (!plan.bound || !keeps_rules) return std::nullopt;
  if (plan.objective <= *plan.bound) return 0.0;
  return static_cast<double>(plan.objective - *plan.bound) / static_cast<double>(plan.objective);
}

[[nodiscard]] py::tuple plan_state(const Plan& plan) {
  return py::make_tuple(plan_state_version, plan.labels, plan.part_count, plan.part_weights, plan.objective, plan.bound,
                        plan.status, plan.stop_reason, plan.seed, plan.steps, plan.elapsed_s, plan.terms, plan.trace);
}

void check_plan_version(const py::tuple& state) {
  if (state.empty() || state[0].cast<int>() != plan_state_version) {
    throw InvalidInput("this plan was pickled by another version of shequ", "该方案由其他版本的 shequ 保存");
  }
}

[[nodiscard]] Plan plan_from_state(const py::tuple& state) {
  check_plan_version(state);
  Plan plan;
  plan.labels = state[1].cast<std::vector<PartId>>();
  plan.part_count = state[2].cast<PartId>();
  plan.part_weights = state[3].cast<std::vector<std::int64_t>>();
  plan.objective = state[4].cast<std::int64_t>();
  plan.bound = state[5].cast<std::optional<std::int64_t>>();
  plan.status = state[6].cast<PlanStatus>();
  plan.stop_reason = state[7].cast<StopReason>();
  plan.seed = state[8].cast<std::uint64_t>();
  plan.steps = state[9].cast<std::int64_t>();
  plan.elapsed_s = state[10].cast<double>();
  plan.terms = state[11].cast<std::vector<std::int64_t>>();
  plan.trace = state[12].cast<std::vector<TracePoint>>();
  return plan;
}

}  // namespace

void bind_solve(py::module_& module) {
  py::native_enum<PlanStatus>(module, "PlanStatus", "enum.Enum", "What a plan is worth.")
      .value("OPTIMAL", PlanStatus::optimal)
      .value("FEASIBLE", PlanStatus::feasible)
      .value("UNKNOWN", PlanStatus::unknown)
      .value("INFEASIBLE", PlanStatus::infeasible)
      .finalize();
  py::native_enum<StopReason>(module, "StopReason", "enum.Enum", "Why a search ended.")
      .value("FINISHED", StopReason::finished)
      .value("STEP_LIMIT", StopReason::step_limit)
      .value("TIME_LIMIT", StopReason::time_limit)
      .value("INTERRUPTED", StopReason::interrupted)
      .value("PROVEN", StopReason::proven)
      .value("TARGET", StopReason::target)
      .finalize();

  py::class_<SolveProgress>(module, "SolveProgress", "How far a search is.")
      .def_readonly("fraction", &SolveProgress::fraction, "Of the budget, 0 to 1.")
      .def_readonly("steps", &SolveProgress::steps)
      .def_readonly("objective", &SolveProgress::objective, "Of the best plan so far.")
      .def_readonly("violation", &SolveProgress::violation, "What the best plan so far breaks; 0 where nothing.");

  py::class_<TracePoint>(module, "TracePoint", "When the best plan so far became better.")
      .def_readonly("elapsed_s", &TracePoint::elapsed_s, "Wall time since the start, seconds.")
      .def_readonly("steps", &TracePoint::steps)
      .def_readonly("violation", &TracePoint::violation, "What the plan broke; 0 where nothing.")
      .def_readonly("objective", &TracePoint::objective)
      .def("__repr__",
           [](const TracePoint& point) {
             return "TracePoint(steps=" + std::to_string(point.steps) +
                    ", violation=" + std::to_string(point.violation) +
                    ", objective=" + std::to_string(point.objective) + ")";
           })
      .def(py::pickle(
          [](const TracePoint& point) {
            return py::make_tuple(plan_state_version, point.elapsed_s, point.steps, point.violation, point.objective);
          },
          [](const py::tuple& state) {
            check_plan_version(state);
            return TracePoint{state[1].cast<double>(), state[2].cast<std::int64_t>(), state[3].cast<std::int64_t>(),
                              state[4].cast<std::int64_t>()};
          }));

  py::class_<Plan> plan(module, "Plan", "The answer of solve(): which part every node belongs to.");
  plan.def_property_readonly(
          "labels",
          [](const py::object& self) { return view(std::span<const PartId>(self.cast<const Plan&>().labels), self); },
          "Part of each node, numbered by first node, under Disturbance by last year's: int32, shape (n_nodes,), a "
          "view.")
      .def_readonly("part_count", &Plan::part_count)
      .def_property_readonly(
          "part_weights",
          [](const py::object& self) {
            return view(std::span<const std::int64_t>(self.cast<const Plan&>().part_weights), self);
          },
          "Weight of each part, by its number: int64, shape (largest number + 1,), a view.")
      .def_readonly("objective", &Plan::objective, "Weighted sum of the terms.")
      .def_readonly("terms", &Plan::terms, "Value of each term of the objective, unweighted.")
      .def_readonly("bound", &Plan::bound, "Proven: no plan has a lower objective. None where nothing is proven.")
      .def_property_readonly(
          "gap", &gap,
          "How far above `bound` the objective can be: (objective - bound) / objective, 0 where that "
          "is proven to be best, None without a bound or where the plan breaks rules.")
      .def_readonly("status", &Plan::status)
      .def_readonly("stop_reason", &Plan::stop_reason)
      .def_readonly("seed", &Plan::seed)
      .def_readonly("steps", &Plan::steps)
      .def_readonly("elapsed_s", &Plan::elapsed_s)
      .def_readonly("trace", &Plan::trace, "When the best plan so far became better.")
      .def(py::pickle(&plan_state, &plan_from_state));
  def_display(plan);

  module.def(
      "plan_of",
      [](const Problem& problem, const py::object& labels, std::optional<std::int64_t> bound, bool infeasible,
         StopReason stop_reason, double elapsed_s) {
        const auto array = int32_array(labels, "labels");
        const auto values = column(array, "labels", static_cast<std::size_t>(problem.graph->num_nodes()));
        const py::gil_scoped_release release;
        Plan judged = plan_of(problem, {values.begin(), values.end()}, {bound, infeasible});
        if (judged.stop_reason != StopReason::proven) judged.stop_reason = stop_reason;
        judged.elapsed_s = elapsed_s;
        return judged;
      },
      "problem"_a, "labels"_a, py::kw_only(), "bound"_a = py::none(), "infeasible"_a = false,
      "stop_reason"_a = StopReason::finished, "elapsed_s"_a = 0.0);
  module.def("solve", &solve_problem, "problem"_a, py::kw_only(), "seed"_a = 0, "time_limit_s"_a = 10.0,
             "steps"_a = py::none(), "threads"_a = 1, "target"_a = py::none(), "term"_a = py::none(),
             "progress"_a = py::none());
  module.def("solve_many", &solve_problems, "problems"_a, py::kw_only(), "seed"_a = 0, "time_limit_s"_a = 10.0,
             "steps"_a = py::none(), "threads"_a = 1, "progress"_a = py::none());
}

}  // namespace shequ::python
