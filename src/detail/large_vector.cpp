// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/large_vector.hpp"

#include <cstdint>
#include <limits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace shequ::detail {

namespace {

constexpr std::size_t large_page = std::size_t{2} << 20U;  // bytes, on x86-64 and most 64-bit ARM

/// From a quarter of a page on, a page that is partly filled is cheaper than the many small ones.
[[nodiscard]] constexpr bool is_large(std::size_t bytes) noexcept { return bytes >= large_page / 4; }

/// Arrays that are read and written side by side must not begin at the same place of a page each: the processor's cache
/// keeps only a few lines of each place, and takes a load for one of what was just stored there. So each begins at a
/// place of its own, told by its address.
constexpr std::size_t num_shifts = 16;
constexpr std::size_t step = 1024 + 64;  // bytes, whole cache lines
constexpr std::size_t most_shift = (num_shifts - 1) * step;

[[nodiscard]] std::size_t shift(const void* memory) noexcept {
  return reinterpret_cast<std::uintptr_t>(memory) / large_page % num_shifts * step;
}

}  // namespace

void* allocate_large(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes);
  if (bytes > std::numeric_limits<std::size_t>::max() - 2 * large_page) throw std::bad_array_new_length();
  const std::size_t whole_pages = (bytes + most_shift + large_page - 1) / large_page * large_page;
  void* const memory = ::operator new(whole_pages, std::align_val_t{large_page});
#if defined(__linux__)
  // A hint: where it is refused, pages are small.
  static_cast<void>(madvise(memory, whole_pages, MADV_HUGEPAGE));
#endif
  return static_cast<std::byte*>(memory) + shift(memory);
}

void free_large(void* memory, std::size_t bytes) noexcept {
  if (is_large(bytes)) {
    const std::size_t shifted = reinterpret_cast<std::uintptr_t>(memory) % large_page;
    ::operator delete(static_cast<std::byte*>(memory) - shifted, std::align_val_t{large_page});
  } else {
    ::operator delete(memory);
  }
}

}  // namespace shequ::detail
