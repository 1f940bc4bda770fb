// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "allocate.hpp"
#include "shequ/detail/search/components.hpp"
#include "shequ/detail/search/multilevel.hpp"
#include "shequ/detail/search/searcher.hpp"
#include "shequ/districting/solve.hpp"

namespace shequ::detail {

class Clock {
 public:
  [[nodiscard]] double elapsed_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_{std::chrono::steady_clock::now()};
};

/// Runs the search on all components as tasks, in rounds: first plans from nothing, then combinations of the best.
/// A task's outcome depends on the seed and its own number only, and results are taken up in the order of their
/// numbers, so that threads change the time and nothing else.
class Scheduler {
 public:
  Scheduler(const Problem& problem, const std::vector<Component>& components, std::vector<PartOptions> part_options,
            const ComponentSearcher& searcher, std::span<const PartId> start, const SolveOptions& options,
            const Clock& clock, std::optional<std::int64_t> bound);

  /// Rounds until the budget is used, and longer while a component does not keep its bounds.
  StopReason run();
  [[nodiscard]] const std::vector<ComponentPlan>& plans() const noexcept { return best_; }
  [[nodiscard]] std::int64_t steps() const noexcept { return steps_used_; }
  [[nodiscard]] std::vector<TracePoint> take_trace() noexcept { return std::move(trace_); }

 private:
  struct Task {
    std::size_t component{};
    std::size_t option{};
    std::int64_t steps{};
    std::uint64_t stream{};
    std::vector<std::size_t> parents{};  ///< in the pool of the option
    std::vector<Score> parent_scores{};
    bool from_start{};
    bool required{};  ///< the component's first: done, if shortly, whatever the budget
  };
  /// The best plans of one component with one number of parts, the best first.
  using Pool = std::vector<ComponentPlan>;

  void add_round(int round);
  void add_first_runs(std::size_t component);
  void add_further_runs(std::size_t component, int round);
  void take_up_results();
  void count_hit(const Task& task, const Score& score);
  void choose_plans();
  void note_progress();
  void work_tasks();
  [[nodiscard]] ComponentPlan search(const Task& task, bool on_calling_thread);
  [[nodiscard]] bool stopped();
  void report(std::size_t component, const Score& score);
  [[nodiscard]] std::int64_t tightness(std::size_t component) const;
  [[nodiscard]] bool is_loose(std::size_t component) const;
  [[nodiscard]] bool is_huge(std::size_t component) const;
  [[nodiscard]] std::int64_t default_steps(std::size_t component) const;
  [[nodiscard]] std::int64_t run_steps(std::size_t component) const;
  [[nodiscard]] std::int64_t step_limit(std::size_t component) const;
  [[nodiscard]] bool is_settled(std::size_t component) const;
  [[nodiscard]] bool good_enough(const Score& score) const;

  const Problem& problem_;
  const std::vector<Component>& components_;
  std::vector<PartOptions> part_options_;
  const ComponentSearcher& searcher_;
  std::span<const PartId> start_;  // plan to begin from, if any
  const SolveOptions& options_;
  const Clock& clock_;
  std::optional<std::int64_t> enough_;  // objective of the only component that ends the search
  bool enough_is_proven_{};
  std::vector<std::int64_t> budgets_;  // steps of each component
  std::vector<std::int64_t> spent_;
  std::vector<std::int32_t> hits_;  // runs that found best_scores_, none from another one of them
  std::vector<Score> best_scores_;
  std::vector<std::vector<Pool>> pools_;  // of each component and option
  std::vector<ComponentPlan> best_;
  std::vector<Task> tasks_;
  std::vector<ComponentPlan> results_;
  std::vector<TracePoint> trace_;
  std::uint64_t next_stream_{1};
  std::int64_t steps_planned_{0};
  std::int64_t steps_used_{0};
  std::atomic<std::int64_t> steps_now_{0};
  std::atomic<bool> stop_{false};
  std::atomic<StopReason> stop_reason_{StopReason::finished};
  double last_report_s_{0};
};

}  // namespace shequ::detail
