// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <utility>
#include <vector>

namespace shequ::detail {

/// Memory for long arrays, in large pages where the system has them: with pages of 4 KiB a tree of 713,035 units spends
/// more time on getting its memory than on filling it.
[[nodiscard]] void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes) noexcept;

/// Allocator on that memory which leaves numbers unset: `LargeVector<int>(n)` holds whatever was there before.
template <class T>
class LargeAllocator {
 public:
  using value_type = T;

  LargeAllocator() = default;
  template <class U>
  LargeAllocator(const LargeAllocator<U>& /*other*/) noexcept {}  // NOLINT(google-explicit-constructor): rebinding

  [[nodiscard]] T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(allocate_large(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { free_large(memory, count * sizeof(T)); }

  template <class U>
  void construct(U* place) noexcept {
    ::new (static_cast<void*>(place)) U;
  }
  template <class U, class... Args>
  void construct(U* place, Args&&... args) {
    ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
  }

  friend bool operator==(const LargeAllocator& /*a*/, const LargeAllocator& /*b*/) noexcept { return true; }
};

/// A vector of numbers that are unset until they are written.
template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace shequ::detail
