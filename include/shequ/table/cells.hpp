// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "shequ/detail/large_vector.hpp"

namespace shequ {

/// Numbers that the cells of a column write, as far as each is written plainly.
template <class T>
struct CellNumbers {
  detail::LargeVector<T> values;              ///< one a cell; 0 where there is none
  detail::LargeVector<std::uint8_t> missing;  ///< 1 where the cell is empty or among `others`
  std::vector<std::int64_t> others;           ///< cells that are not empty and need a closer look, ascending
};

/// The different texts of a column.
struct DistinctCells {
  std::vector<std::string_view> texts;      ///< in the order of their first cells; valid as long as the column's text
  detail::LargeVector<std::int32_t> which;  ///< index of each cell's text
};

/// A column of a table: the places of its cells in a UTF-8 text that all columns share.
///
///   text     "code,name\n7,ab\n8,\n"
///   column 1: begin 5, 12, 17; length 4, 2, 0: "name", "ab", ""
///
/// No text is copied and none is allocated a cell: 5 million cells take 40 MB besides the file itself. Immutable;
/// copies and slices share their memory, and all reads are safe from any thread. Each question looks at all cells once.
class Cells {
 public:
  /// Bytes [begin, begin + length) of the text. A text has less than 4 GiB.
  struct Place {
    std::uint32_t begin;
    std::uint32_t length;
  };

  Cells() = default;
  /// The cells at `places` of a text that `owner` keeps alive.
  Cells(std::shared_ptr<const void> owner, const char* text, detail::LargeVector<Place>&& places);
  /// A copy of texts. Throws InvalidInput where they have 4 GiB or more.
  [[nodiscard]] static Cells of(std::span<const std::string_view> texts);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    const Place place = first_[i];
    return {text_ + place.begin, place.length};
  }

  /// Cells [begin, end).
  [[nodiscard]] Cells slice(std::size_t begin, std::size_t end) const;
  /// The cells with these indices. Throws InvalidInput for an index that is none.
  [[nodiscard]] Cells taken(std::span<const std::int64_t> indices) const;
  /// The cells without white space at their begin and end.
  [[nodiscard]] Cells stripped() const;

  // The cells, by their indices in ascending order, that

  /// hold white space only, or nothing;
  [[nodiscard]] std::vector<std::int64_t> blank() const;
  /// hold something else than the digits 0 to 9;
  [[nodiscard]] std::vector<std::int64_t> no_digits() const;
  /// hold a text;
  [[nodiscard]] std::vector<std::int64_t> containing(std::string_view text) const;
  /// hold a text that another cell holds as well;
  [[nodiscard]] std::vector<std::int64_t> repeated() const;
  /// begin, end with one of several texts.
  [[nodiscard]] std::vector<std::int64_t> starting_with(std::span<const std::string_view> texts) const;
  [[nodiscard]] std::vector<std::int64_t> ending_with(std::span<const std::string_view> texts) const;

  [[nodiscard]] DistinctCells distinct() const;

  /// The cells as codes of units: whole numbers of at most 18 digits, -1 (`no_code`) where a cell is empty. Nothing
  /// where some cell holds another text or a number with leading zeros, which could not be told from the number again.
  [[nodiscard]] std::optional<detail::LargeVector<std::int64_t>> codes() const;
  /// Whole numbers of at most 15 digits and at most `limit`; others: signs, points, anything else.
  [[nodiscard]] CellNumbers<std::int64_t> whole_numbers(std::int64_t limit) const;
  /// Decimal numbers of at most 15 digits, such as 7 and 116.3683244, each rounded once and so the nearest of its type;
  /// others: signs, exponents, more digits, anything else.
  [[nodiscard]] CellNumbers<double> decimals() const;

  friend bool operator==(const Cells& a, const Cells& b);

 private:
  template <class Test>
  [[nodiscard]] std::vector<std::int64_t> where(Test test) const;

  std::shared_ptr<const void> owner_;
  const char* text_{""};
  std::shared_ptr<const detail::LargeVector<Place>> places_;
  const Place* first_{};
  std::size_t size_{};
};

}  // namespace shequ
