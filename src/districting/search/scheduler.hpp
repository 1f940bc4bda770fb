// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "allocate.hpp"
#include "partition.hpp"
#include "search_graph.hpp"
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

/// Best plan of one component so far.
struct ComponentPlan {
  std::vector<std::int32_t> labels;
  std::int32_t num_parts{};
  Score score;
  bool found{};
};

/// Runs the restarts of all components as tasks. A task's outcome depends on the seed and its own number only, and the
/// best is taken by score and then by number, so that threads change the time and nothing else.
class Scheduler {
 public:
  Scheduler(const Problem& problem, const std::vector<SearchGraph>& graphs, std::vector<PartOptions> part_options,
            const SolveOptions& options, const Clock& clock, std::optional<std::int64_t> bound);

  /// Rounds of restarts until every component keeps the bounds or the budget is used.
  StopReason run();
  [[nodiscard]] const std::vector<ComponentPlan>& plans() const noexcept { return best_; }
  [[nodiscard]] std::int64_t steps() const noexcept { return steps_used_; }

 private:
  struct Task {
    std::size_t component{};
    std::int32_t num_parts{};
    std::int64_t steps{};
    std::uint64_t stream{};
    bool from_start{};
    bool required{};  ///< the component's first: done, if shortly, whatever the budget
  };

  void add_round(int round);
  void choose_plans();
  void run_tasks();
  void work(bool on_calling_thread);
  [[nodiscard]] ComponentPlan search(const Task& task, bool on_calling_thread);
  [[nodiscard]] bool stopped();
  void report(std::size_t component, const Score& score);
  [[nodiscard]] std::int64_t default_steps(std::size_t component) const;

  const Problem& problem_;
  const std::vector<SearchGraph>& graphs_;
  std::vector<PartOptions> part_options_;
  const SolveOptions& options_;
  const Clock& clock_;
  std::optional<std::int64_t> component_bound_;  // of the only component
  std::vector<Task> tasks_;
  std::vector<ComponentPlan> results_;
  std::vector<std::vector<ComponentPlan>> found_;  // of each component, the best for each of its part_options_
  std::vector<ComponentPlan> best_;
  std::uint64_t next_stream_{1};
  std::int64_t steps_planned_{0};
  std::int64_t steps_used_{0};
  std::atomic<std::int64_t> steps_now_{0};
  std::atomic<std::size_t> next_task_{0};
  std::atomic<bool> stop_{false};
  std::atomic<StopReason> stop_reason_{StopReason::finished};
  std::mutex failure_mutex_;
  std::exception_ptr failure_;
  double last_report_s_{0};
};

}  // namespace shequ::detail
