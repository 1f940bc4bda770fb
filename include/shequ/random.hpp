// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <bit>
#include <cstdint>

namespace shequ {

/// Random numbers that are the same on every machine, compiler and standard library.
///
/// xoshiro256** of Blackman and Vigna ("Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021,
/// doi:10.1145/3460772), seeded by SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, doi:10.1145/2660193.2660195).
/// Use the members below and no distribution of the standard library: those differ between implementations.
class Random {
 public:
  /// `stream` gives independent sequences for one seed, for example one a task, so that results do not depend on
  /// which thread runs which task.
  explicit constexpr Random(std::uint64_t seed, std::uint64_t stream = 0) noexcept {
    std::uint64_t mixer = seed ^ (stream * 0xD1B54A32D192ED03ULL + 0x8BB84B93962EACC9ULL * (stream != 0 ? 1U : 0U));
    for (std::uint64_t& word : state_) {
      mixer += 0x9E3779B97F4A7C15ULL;
      std::uint64_t mixed = mixer;
      mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
      mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
      word = mixed ^ (mixed >> 31U);
    }
  }

  /// 64 random bits.
  constexpr std::uint64_t bits() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5U, 7) * 9U;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// A whole number from 0 to `bound` - 1, each equally likely; bound must be 1 or more.
  /// Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019, doi:10.1145/3230636.
  constexpr std::uint32_t below(std::uint32_t bound) noexcept {
    std::uint64_t product = (bits() >> 32U) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t threshold = (0U - bound) % bound;
      while (static_cast<std::uint32_t>(product) < threshold) product = (bits() >> 32U) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32U);
  }

  /// A number in [0, 1) with 53 random bits.
  constexpr double unit() noexcept { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }

  /// Puts the elements of `range` in random order (Fisher and Yates).
  template <class Range>
  constexpr void shuffle(Range& range) noexcept {
    for (auto i = static_cast<std::uint32_t>(range.size()); i > 1; --i) {
      const std::uint32_t j = below(i);
      auto kept = range[i - 1];
      range[i - 1] = range[j];
      range[j] = kept;
    }
  }

  friend constexpr bool operator==(const Random&, const Random&) = default;

 private:
  std::uint64_t state_[4]{};
};

}  // namespace shequ
