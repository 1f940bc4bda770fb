// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace shequ::detail {

/// Finds rows by their code: a hash table of row numbers with open addressing. Results never depend on its order.
template <class Key>
class RowIndex {
 public:
  explicit RowIndex(std::span<const Key> codes)
      : codes_(codes), slots_(std::bit_ceil(codes.size() * 2 + 2), -1), mask_(slots_.size() - 1) {}

  /// Adds a row; returns the row of the same code that is there already, or -1.
  std::int32_t insert(std::int32_t row) {
    std::int32_t& slot = slots_[slot_of(codes_[static_cast<std::size_t>(row)])];
    if (slot >= 0) return slot;
    slot = row;
    return -1;
  }

  /// The row of a code; -1 where there is none.
  [[nodiscard]] std::int32_t find(const Key& code) const { return slots_[slot_of(code)]; }

 private:
  [[nodiscard]] static std::size_t hash(std::int64_t code) noexcept {
    const std::uint64_t mixed = static_cast<std::uint64_t>(code) * 0x9E3779B97F4A7C15ULL;
    return mixed ^ (mixed >> 32U);
  }
  [[nodiscard]] static std::size_t hash(std::string_view code) noexcept { return std::hash<std::string_view>{}(code); }

  [[nodiscard]] std::size_t slot_of(const Key& code) const {
    std::size_t slot = hash(code) & mask_;
    while (slots_[slot] >= 0 && codes_[static_cast<std::size_t>(slots_[slot])] != code) slot = (slot + 1) & mask_;
    return slot;
  }

  std::span<const Key> codes_;
  std::vector<std::int32_t> slots_;
  std::size_t mask_;
};

}  // namespace shequ::detail
