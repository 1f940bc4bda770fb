// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>

namespace shequ::detail {

/// Position in an array of a unit, node, edge or part, all of which are signed numbers of 0 or more.
[[nodiscard]] constexpr std::size_t at(std::int32_t position) noexcept { return static_cast<std::size_t>(position); }

}  // namespace shequ::detail
