// SPDX-License-Identifier: BSD-3-Clause
#include "scheduler.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <utility>

#include "anneal.hpp"
#include "fixed_point.hpp"
#include "shequ/random.hpp"
#include "start_plan.hpp"

namespace shequ::detail {
namespace {

constexpr int restarts = 4;                   // tasks a component and round
constexpr int max_rounds = 6;                 // each with twice the steps, while a component breaks the bounds
constexpr std::int64_t steps_per_node = 250;  // default, where bounds are loose
constexpr std::int64_t max_tightness = 40;
constexpr std::int64_t min_steps = 20'000;
constexpr std::int64_t min_tight_steps = 2'500'000;  // at max_tightness: few heavy nodes in tight bounds are hard
constexpr double report_interval_s = 0.05;
constexpr std::int32_t tree_tries = 8;

BoundPenalty make_penalty(const Problem& problem, const SearchGraph& graph) {
  const std::int64_t range = problem.upper - problem.lower;
  const std::int64_t scale = std::max<std::int64_t>(range / 10 * 7, 1);
  return {problem.lower, problem.upper, graph.total_weight, scale, 4 * energy_unit};
}

/// Takes one plan of each component so that the parts add up to a number asked for, or near it, and the sum of the
/// scores is least: dynamic programming over components and totals.
void choose_by_total(const std::vector<std::vector<ComponentPlan>>& found, const PartsRange& asked,
                     std::vector<ComponentPlan>& chosen) {
  std::map<std::int64_t, Score> reachable{{0, {}}};  // best score of each total, component by component
  std::vector<std::map<std::int64_t, std::size_t>> option(found.size());
  for (std::size_t c = 0; c < found.size(); ++c) {
    std::map<std::int64_t, Score> next;
    for (const auto& [total, score] : reachable) {
      for (std::size_t i = 0; i < found[c].size(); ++i) {
        if (!found[c][i].found) continue;
        const std::int64_t sum = total + found[c][i].num_parts;
        const Score added{score.violation + found[c][i].score.violation, score.objective + found[c][i].score.objective};
        const auto [entry, is_new] = next.try_emplace(sum, added);
        if (!is_new && !(added < entry->second)) continue;
        entry->second = added;
        option[c][sum] = i;
      }
    }
    reachable = std::move(next);
  }
  const auto distance = [&](std::int64_t total) {
    return std::max<std::int64_t>({asked.min - total, total - asked.max, 0});
  };
  const auto best = std::min_element(reachable.begin(), reachable.end(), [&](const auto& a, const auto& b) {
    return std::pair(distance(a.first), a.second) < std::pair(distance(b.first), b.second);
  });
  if (best == reachable.end()) return;
  std::int64_t total = best->first;
  for (std::size_t c = found.size(); c-- > 0;) {
    chosen[c] = found[c][option[c].at(total)];
    total -= chosen[c].num_parts;
  }
}

}  // namespace

Scheduler::Scheduler(const Problem& problem, const std::vector<SearchGraph>& graphs,
                     std::vector<PartOptions> part_options, const SolveOptions& options, const Clock& clock,
                     std::optional<std::int64_t> bound)
    : problem_(problem),
      graphs_(graphs),
      part_options_(std::move(part_options)),
      options_(options),
      clock_(clock),
      found_(graphs.size()),
      best_(graphs.size()) {
  for (std::size_t c = 0; c < graphs.size(); ++c) found_[c].resize(part_options_[c].counts.size());
  if (graphs.size() == 1) component_bound_ = bound;
}

std::int64_t Scheduler::default_steps(std::size_t component) const {
  // Bounds that leave little room take longer: 40 times as long at 2% of a part's weight or less.
  const SearchGraph& graph = graphs_[component];
  const std::int64_t mean = graph.total_weight / part_options_[component].counts.front();
  const std::int64_t range = std::max<std::int64_t>(1, problem_.upper - problem_.lower);
  const std::int64_t tightness = std::clamp<std::int64_t>(mean / range * 4 / 5, 1, max_tightness);
  const std::int64_t at_least = tightness > 1 ? min_tight_steps / max_tightness * tightness : min_steps;
  return std::max<std::int64_t>(at_least, graph.num_nodes() * steps_per_node * tightness);
}

void Scheduler::add_round(int round) {
  tasks_.clear();
  std::int64_t total_nodes = 0;
  for (const SearchGraph& graph : graphs_) total_nodes += graph.num_nodes();
  for (std::size_t c = 0; c < graphs_.size(); ++c) {
    const PartOptions& options = part_options_[c];
    if (round > 0 && (best_[c].score.violation == 0 || !options.can_hold)) continue;
    std::vector<std::int32_t> counts = options.counts;
    if (!options.try_all) counts = {counts[static_cast<std::size_t>(round / 2) % counts.size()]};
    const auto num_tasks = static_cast<std::int64_t>(counts.size()) * restarts;
    std::int64_t steps = default_steps(c) << static_cast<unsigned>(round);
    if (options_.steps > 0) {
      const std::int64_t nodes = graphs_[c].num_nodes();
      steps = options_.steps / total_nodes * nodes + options_.steps % total_nodes * nodes / total_nodes;
    }
    for (std::int64_t i = 0; i < num_tasks; ++i) {
      const std::size_t option = static_cast<std::size_t>(i) % counts.size();
      const bool from_start = !problem_.start.empty() && round == 0 && i < static_cast<std::int64_t>(counts.size());
      tasks_.push_back({c, counts[option], std::max<std::int64_t>(1, steps / num_tasks), next_stream_++, from_start,
                        round == 0 && i == 0});
    }
  }
  std::stable_partition(tasks_.begin(), tasks_.end(), [](const Task& task) { return task.required; });
  for (const Task& task : tasks_) steps_planned_ += task.steps;
  results_.assign(tasks_.size(), {});
  next_task_ = 0;
}

StopReason Scheduler::run() {
  const int rounds = options_.steps > 0 ? 1 : max_rounds;
  for (int round = 0; round < rounds; ++round) {
    add_round(round);
    if (tasks_.empty() || (round > 0 && stopped())) break;
    run_tasks();
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      if (!results_[i].found) continue;
      const auto& counts = part_options_[tasks_[i].component].counts;
      const auto option = std::find(counts.begin(), counts.end(), tasks_[i].num_parts) - counts.begin();
      ComponentPlan& best = found_[tasks_[i].component][static_cast<std::size_t>(option)];
      if (!best.found || results_[i].score < best.score) best = std::move(results_[i]);
    }
    choose_plans();
  }
  steps_used_ = steps_now_;
  const StopReason reason = stop_reason_;
  return reason == StopReason::finished && options_.steps > 0 ? StopReason::step_limit : reason;
}

void Scheduler::choose_plans() {
  if (!problem_.parts || graphs_.size() == 1) {
    for (std::size_t c = 0; c < graphs_.size(); ++c) {
      for (const ComponentPlan& plan : found_[c]) {
        if (plan.found && (!best_[c].found || plan.score < best_[c].score)) best_[c] = plan;
      }
    }
    return;
  }
  choose_by_total(found_, *problem_.parts, best_);
}

void Scheduler::run_tasks() {
  std::vector<std::jthread> helpers;
  const std::size_t useful = std::min(tasks_.size(), static_cast<std::size_t>(options_.threads));
  for (std::size_t i = 1; i < useful; ++i) helpers.emplace_back([this] { work(false); });
  work(true);
  helpers.clear();  // joins
  if (failure_) std::rethrow_exception(failure_);
}

void Scheduler::work(bool on_calling_thread) {
  try {
    for (std::size_t i = next_task_++; i < tasks_.size(); i = next_task_++) {
      if (tasks_[i].required || !stopped()) results_[i] = search(tasks_[i], on_calling_thread);
    }
  } catch (...) {
    const std::scoped_lock lock(failure_mutex_);
    if (!failure_) failure_ = std::current_exception();
    stop_ = true;
  }
}

bool Scheduler::stopped() {
  if (stop_) return true;
  if (options_.stop.stop_requested()) {
    stop_reason_ = StopReason::interrupted;
    stop_ = true;
  } else if (clock_.elapsed_s() >= options_.time_limit_s) {
    stop_reason_ = StopReason::time_limit;
    stop_ = true;
  }
  return stop_;
}

void Scheduler::report(std::size_t component, const Score& score) {
  const double now = clock_.elapsed_s();
  if (!options_.progress || now - last_report_s_ < report_interval_s) return;
  last_report_s_ = now;
  SolveProgress progress;
  progress.steps = steps_now_;
  const double planned = static_cast<double>(std::max<std::int64_t>(1, steps_planned_));
  const double by_steps = static_cast<double>(progress.steps) / planned;
  const double by_time = options_.time_limit_s > 0 ? now / options_.time_limit_s : 1;
  progress.fraction = std::min(1.0, std::max(by_steps, by_time));
  for (std::size_t c = 0; c < best_.size(); ++c) {
    const bool running = c == component && (!best_[c].found || score < best_[c].score);
    progress.objective += running ? score.objective : best_[c].score.objective;
    progress.violation += running ? score.violation : best_[c].score.violation;
  }
  options_.progress(progress);
}

ComponentPlan Scheduler::search(const Task& task, bool on_calling_thread) {
  const SearchGraph& graph = graphs_[task.component];
  Random random(options_.seed, task.stream);
  TreeSplitter splitter(graph);
  const DivideOptions divide{problem_.lower, problem_.upper, tree_tries, [this] { return stopped(); }};
  std::vector<std::int32_t> labels = task.from_start
                                         ? adopt_start(problem_, graph, task.num_parts, splitter, divide, random)
                                         : splitter.bisect(task.num_parts, divide, random);
  Annealer annealer(graph, make_penalty(problem_, graph), task.num_parts, std::move(labels));
  AnnealOptions schedule;
  schedule.steps = task.steps;
  if (task.from_start) schedule.start_temperature = energy_unit / 2;
  const bool finished = !stopped() && annealer.run(schedule, random, [&](std::int64_t steps, const Score& best) {
    steps_now_ += steps;
    if (on_calling_thread) report(task.component, best);
    return !stopped() && !(best.violation == 0 && best.objective == component_bound_);
  });
  if (finished) annealer.descend();
  return {annealer.best_labels(), task.num_parts, annealer.best_score(), true};
}

}  // namespace shequ::detail
