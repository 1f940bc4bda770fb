// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/table/split.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "shequ/detail/large_vector.hpp"
#include "shequ/detail/run_tasks.hpp"
#include "shequ/detail/utf8.hpp"

namespace shequ {

namespace {

using Places = detail::LargeVector<Cells::Place>;

constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t highs = 0x8080808080808080;
constexpr std::size_t most_quoted = 131'072;  // bytes

[[nodiscard]] std::uint64_t word_at(const char* place) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, place, sizeof(word));
  return word;
}

using Parts = std::array<std::string_view, 2>;

/// A text in two parts of about the same length, the first of which ends in a line feed, or the whole and nothing where
/// it is short. Two threads read a long one in half the time.
[[nodiscard]] Parts halves(std::string_view text) noexcept {
  constexpr std::size_t worth_a_thread = std::size_t{1} << 20U;  // bytes, read in a millisecond
  const std::size_t feed = text.size() < worth_a_thread ? std::string_view::npos : text.find('\n', text.size() / 2);
  const std::size_t cut = feed == std::string_view::npos ? text.size() : feed + 1;
  return {text.substr(0, cut), text.substr(cut)};
}

/// What a function finds in each part.
template <class Result, class Function>
[[nodiscard]] std::array<Result, 2> of_both(const Parts& parts, Function function) {
  std::array<Result, 2> found{};
  detail::run_tasks(2, parts[1].empty() ? 1 : 2, [&](std::size_t i, bool) { found[i] = function(parts[i], i); });
  return found;
}

/// A part of the text of a CSV, cell by cell.
class Reader {
 public:
  Reader(std::string_view text, std::string_view part, char delimiter)
      : begin_(text.data()), end_(part.data() + part.size()), next_(part.data()), delimiter_(delimiter) {}

  enum class After : std::uint8_t { cell, line, nothing };  ///< what ends a cell; nothing: it cannot be read here

  /// Reads the next cell and steps over what ends it. The end of the text ends a line.
  [[nodiscard]] After read(Cells::Place& place) noexcept {
    const char* first = next_;
    const char* last = nullptr;
    const char* mark = nullptr;
    if (first != end_ && *first == '"') {
      ++first;
      last = find('"', first);
      if (last == end_ || static_cast<std::size_t>(last - first) > most_quoted) return After::nothing;
      mark = last + 1;
      if (mark != end_ && *mark == '\r') ++mark;
      if (mark != end_ && *mark != delimiter_ && *mark != '\n') return After::nothing;
    } else {
      mark = find_mark(first);
      last = mark != first && mark != end_ && *mark == '\n' && mark[-1] == '\r' ? mark - 1 : mark;
    }
    place = {static_cast<std::uint32_t>(first - begin_), static_cast<std::uint32_t>(last - first)};
    next_ = mark == end_ ? mark : mark + 1;
    return mark == end_ || *mark == '\n' ? After::line : After::cell;
  }
  [[nodiscard]] bool at_end() const noexcept { return next_ == end_; }

 private:
  [[nodiscard]] const char* find(char what, const char* from) const noexcept {
    const void* const found = std::memchr(from, what, static_cast<std::size_t>(end_ - from));
    return found == nullptr ? end_ : static_cast<const char*>(found);
  }
  /// The next delimiter or line feed, or the end.
  [[nodiscard]] const char* find_mark(const char* from) const noexcept {
    if constexpr (std::endian::native == std::endian::little) {
      const std::uint64_t delimiters = ones * static_cast<std::uint8_t>(delimiter_);
      constexpr std::uint64_t feeds = ones * std::uint8_t{'\n'};
      for (; end_ - from >= 8; from += 8) {
        const std::uint64_t a = word_at(from) ^ delimiters;
        const std::uint64_t b = word_at(from) ^ feeds;
        // The lowest bit set is that of the first byte that is 0 in a or b; only those above may be wrong.
        const std::uint64_t marks = (((a - ones) & ~a) | ((b - ones) & ~b)) & highs;
        if (marks != 0) return from + std::countr_zero(marks) / 8;
      }
    }
    while (from != end_ && *from != delimiter_ && *from != '\n') ++from;
    return from;
  }

  const char* begin_;
  const char* end_;
  const char* next_;
  char delimiter_;
};

/// What stands where in a text.
struct Census {
  std::size_t line_feeds{};
  bool has_quotes{};
  bool is_plain{true};  ///< no NUL, no carriage return but before a line feed
};

[[nodiscard]] Census census(std::string_view text) noexcept {
  constexpr std::size_t piece = std::size_t{32} << 10U;  // bytes, of which the cache nearest to the processor keeps all
  Census result;
  for (std::size_t begin = 0; begin < text.size(); begin += piece) {
    const std::string_view part = text.substr(begin, piece);
    result.line_feeds += static_cast<std::size_t>(std::ranges::count(part, '\n'));
    result.has_quotes = result.has_quotes || part.find('"') != std::string_view::npos;
    if (part.find('\0') != std::string_view::npos) result.is_plain = false;
    for (std::size_t at = part.find('\r'); at != std::string_view::npos; at = part.find('\r', at + 1)) {
      if (begin + at + 1 == text.size() || text[begin + at + 1] != '\n') result.is_plain = false;
    }
    if (!result.is_plain) return result;
  }
  return result;
}

/// The number of cells of the first row; 0 where it cannot be read here.
[[nodiscard]] std::size_t num_cells_of_first_row(Reader reader) noexcept {
  Cells::Place place{};
  for (std::size_t cells = 1;; ++cells) {
    const Reader::After after = reader.read(place);
    if (after != Reader::After::cell) return after == Reader::After::line ? cells : 0;
  }
}

/// True where three bytes are a character; false for those next to surrogates and to longer forms, which are looked at
/// more closely. Chinese has hardly any of them.
[[nodiscard]] bool is_common(const char* bytes) noexcept {
  const int first = bytes[0] & 0xFF;
  return first > 0xE0 && first < 0xF0 && first != 0xED && (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80;
}

[[nodiscard]] bool part_is_utf8(std::string_view text) noexcept {
  const char* next = text.data();
  const char* const end = next + text.size();
  while (next != end) {
    while (end - next >= 8 && (word_at(next) & highs) == 0) next += 8;
    while (next != end && (*next & 0x80) == 0) ++next;
    while (end - next >= 3 && is_common(next)) next += 3;
    if (next == end || (*next & 0x80) == 0) continue;
    const detail::DecodedCharacter found = detail::decode_utf8({next, static_cast<std::size_t>(end - next)});
    if (found.character == detail::replacement_character && found.length == 1) return false;
    next += found.length;
  }
  return true;
}

/// Reads the rows of a part into the columns from a row on; returns how many they are, nothing where some cannot be
/// read here or has not as many cells as there are columns.
[[nodiscard]] std::optional<std::size_t> read_rows(Reader reader, std::vector<Places>& columns,
                                                   std::size_t first_row) noexcept {
  const std::size_t width = columns.size();
  std::size_t row = first_row;
  for (; !reader.at_end(); ++row) {
    for (std::size_t column = 0; column < width; ++column) {
      Cells::Place& place = columns[column][row];
      if (reader.read(place) != (column + 1 == width ? Reader::After::line : Reader::After::cell)) return std::nullopt;
      if (width == 1 && place.length == 0) return std::nullopt;  // an empty line
    }
  }
  return row - first_row;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto found = of_both<bool>(halves(text), [](std::string_view part, std::size_t) { return part_is_utf8(part); });
  return found[0] && found[1];
}

std::optional<std::vector<Cells>> split_table(std::string_view text, char delimiter,
                                              const std::shared_ptr<const void>& owner) {
  if (text.empty() || text.size() > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  Parts parts = halves(text);
  const auto counted = of_both<Census>(parts, [](std::string_view part, std::size_t) { return census(part); });
  if (!counted[0].is_plain || !counted[1].is_plain) return std::nullopt;
  // A quoted cell may hold line feeds, which then tell no rows.
  if (counted[0].has_quotes || counted[1].has_quotes) parts = {text, text.substr(text.size())};

  const std::size_t width = num_cells_of_first_row(Reader(text, text, delimiter));
  if (width == 0) return std::nullopt;
  const std::size_t first_rows[]{0, counted[0].line_feeds};
  std::vector<Places> columns;
  for (std::size_t column = 0; column < width; ++column) {
    columns.emplace_back(counted[0].line_feeds + counted[1].line_feeds + 1);
  }
  const auto rows = of_both<std::optional<std::size_t>>(parts, [&](std::string_view part, std::size_t i) {
    return read_rows(Reader(text, part, delimiter), columns, first_rows[i]);
  });
  if (!rows[0] || !rows[1]) return std::nullopt;
  std::vector<Cells> result;
  for (Places& places : columns) {
    places.resize(*rows[0] + *rows[1]);
    result.emplace_back(owner, text.data(), std::move(places));
  }
  return result;
}

}  // namespace shequ
