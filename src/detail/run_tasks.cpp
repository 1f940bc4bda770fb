// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/run_tasks.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "shequ/detail/argument.hpp"

namespace shequ::detail {

void check_threads(std::int32_t threads) {
  constexpr std::int32_t max_threads = 1024;
  if (threads < 1 || threads > max_threads) throw_argument("threads", threads, "in [1, 1024]", "在 [1, 1024] 之间");
}

void run_tasks(std::size_t count, std::int32_t threads,
               const std::function<void(std::size_t task, bool on_calling_thread)>& run) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::size_t failed = count;  // all tasks before it were begun, so that none of them fails unseen
  std::mutex failure_mutex;
  const auto work = [&](bool on_calling_thread) {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        run(i, on_calling_thread);
      } catch (...) {
        const std::scoped_lock lock(failure_mutex);
        if (i < failed) failure = std::current_exception();
        failed = std::min(failed, i);
        next = count;
      }
    }
  };
  {
    std::vector<std::jthread> helpers;  // joined at the end of the block
    const std::size_t useful = std::min(count, static_cast<std::size_t>(std::max(1, threads)));
    for (std::size_t i = 1; i < useful; ++i) helpers.emplace_back([&] { work(false); });
    work(true);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace shequ::detail
