// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/districting/solve_many.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "shequ/detail/run_tasks.hpp"
#include "shequ/error.hpp"
#include "solve_options.hpp"

namespace shequ {
namespace {

void check_problems(std::span<const Problem> problems) {
  for (std::size_t i = 0; i < problems.size(); ++i) {
    try {
      problems[i].validate();
    } catch (const InvalidInput& error) {
      const std::string place = "problems[" + std::to_string(i) + "]: ";
      throw InvalidInput(place + error.message(Language::en), place + error.message(Language::zh));
    }
  }
}

}  // namespace

std::vector<Plan> solve_many(std::span<const Problem> problems, const SolveOptions& options) {
  detail::check_options(options);
  check_problems(problems);
  std::vector<Plan> plans(problems.size());
  std::atomic<std::size_t> solved{0};
  std::atomic<std::int64_t> steps{0};
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds report_interval{50};
  Clock::time_point next_report = Clock::now() + report_interval;
  const auto report = [&](double part_of_one, const SolveProgress& own, std::int64_t own_steps) {
    if (!options.progress || Clock::now() < next_report) return;
    next_report = Clock::now() + report_interval;
    SolveProgress progress = own;
    progress.fraction = (static_cast<double>(solved.load()) + part_of_one) / static_cast<double>(problems.size());
    progress.steps = steps.load() + own_steps;
    options.progress(progress);
  };
  detail::run_tasks(problems.size(), options.threads, [&](std::size_t i, bool on_calling_thread) {
    SolveOptions own = options;
    own.threads = 1;
    own.progress = nullptr;
    if (on_calling_thread && options.progress) {
      own.progress = [&](const SolveProgress& progress) { report(progress.fraction, progress, progress.steps); };
    }
    plans[i] = solve(problems[i], own);
    ++solved;
    steps += plans[i].steps;
    if (on_calling_thread) report(0.0, {0.0, 0, plans[i].objective, 0}, 0);
  });
  return plans;
}

}  // namespace shequ
