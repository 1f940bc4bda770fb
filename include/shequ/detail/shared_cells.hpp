// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace shequ::detail {

/// Integers in one piece of memory that copies share until one of them writes.
///
/// `std::shared_ptr` cannot say safely that nobody else has the piece: `use_count` does not wait for what others read.
/// Here the number of owners stands before the integers.
class SharedCells {
 public:
  SharedCells() = default;
  /// All 0.
  explicit SharedCells(std::size_t count) : block_(new std::int64_t[count + 1]{}) { *block_ = 1; }
  SharedCells(const SharedCells& other) noexcept : block_(other.block_) {
    if (block_ != nullptr) owners().fetch_add(1, std::memory_order_relaxed);
  }
  SharedCells(SharedCells&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  SharedCells& operator=(SharedCells other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~SharedCells() {
    if (block_ != nullptr && owners().fetch_sub(1, std::memory_order_acq_rel) == 1) delete[] block_;
  }

  [[nodiscard]] const std::int64_t* read() const noexcept { return block_ + 1; }
  /// The `count` integers in a piece of one's own.
  [[nodiscard]] std::int64_t* write(std::size_t count) {
    if (owners().load(std::memory_order_acquire) != 1) {
      SharedCells own;
      own.block_ = new std::int64_t[count + 1];
      *own.block_ = 1;
      std::copy_n(read(), count, own.block_ + 1);
      std::swap(block_, own.block_);
    }
    return block_ + 1;
  }
  /// The same piece of memory.
  friend bool operator==(const SharedCells&, const SharedCells&) = default;

 private:
  [[nodiscard]] std::atomic_ref<std::int64_t> owners() const noexcept { return std::atomic_ref(*block_); }

  std::int64_t* block_{};
};

/// Pieces of integers in a bundle that copies share until one of them writes: a copy of a bundle is one step, however
/// many pieces it has.
class SharedPages {
 public:
  static constexpr std::size_t size = 64;
  using Pages = std::array<SharedCells, size>;

  SharedPages() = default;
  [[nodiscard]] static SharedPages made() {
    SharedPages bundle;
    bundle.block_ = new Block;
    return bundle;
  }
  SharedPages(const SharedPages& other) noexcept : block_(other.block_) {
    if (block_ != nullptr) block_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  SharedPages(SharedPages&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  SharedPages& operator=(SharedPages other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~SharedPages() {
    if (block_ != nullptr && block_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete block_;
  }

  [[nodiscard]] const Pages& read() const noexcept { return block_->pages; }
  /// The pieces in a bundle of one's own; each may still be shared.
  [[nodiscard]] Pages& write() {
    if (block_->owners.load(std::memory_order_acquire) != 1) {
      SharedPages own = made();
      own.block_->pages = block_->pages;
      std::swap(block_, own.block_);
    }
    return block_->pages;
  }

 private:
  struct Block {
    std::atomic<std::int64_t> owners{1};
    Pages pages;
  };

  Block* block_{};
};

}  // namespace shequ::detail
