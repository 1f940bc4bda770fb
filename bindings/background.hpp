// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <future>
#include <stop_token>
#include <utility>

#include "common.hpp"

namespace shequ::python {

/// Runs `work(std::stop_token)` on a thread of its own without the interpreter's lock, so that Ctrl-C reaches this one
/// and ends it: what `work` then returns is returned.
template <class Work>
[[nodiscard]] auto run_until_interrupted(Work&& work) {
  const py::gil_scoped_release release;
  std::stop_source stop;
  auto found = std::async(std::launch::async, [&] { return work(stop.get_token()); });
  while (found.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() == 0) continue;
    stop.request_stop();
    if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) == 0) throw py::error_already_set();
    PyErr_Clear();
  }
  return found.get();
}

}  // namespace shequ::python
