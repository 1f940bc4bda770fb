// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace shequ::detail {

/// Throws InvalidInput where `threads` is not in [1, 1024].
void check_threads(std::int32_t threads);

/// Calls `run` for tasks 0 to count - 1, each once, on `threads` threads of which the calling one is the first. Where a
/// task throws, no further one begins and the exception of the first of them in order is thrown on. What tasks write
/// must not depend on their order.
void run_tasks(std::size_t count, std::int32_t threads,
               const std::function<void(std::size_t task, bool on_calling_thread)>& run);

}  // namespace shequ::detail
