// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/table/cells.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

#include "shequ/detail/argument.hpp"
#include "shequ/error.hpp"
#include "white_space.hpp"

namespace shequ {

namespace {

/// Texts that cells begin with (`AtBegin`) or end with. Four bytes of a cell are compared at once: those of a Chinese
/// character and of what it may be taken for differ in the first.
template <bool AtBegin>
class Edges {
 public:
  explicit Edges(std::span<const std::string_view> texts) {
    for (const std::string_view text : texts) {
      const std::string ones(std::min(text.size(), sizeof(std::uint32_t)), '\xFF');
      edges_.push_back({word_of(ones), word_of(text), text});
    }
  }
  [[nodiscard]] bool match(std::string_view cell) const noexcept {
    const std::uint32_t word = word_of(cell);
    return std::ranges::any_of(edges_, [&](const Edge& edge) {
      return (word & edge.mask) == edge.word && (AtBegin ? cell.starts_with(edge.text) : cell.ends_with(edge.text));
    });
  }

 private:
  struct Edge {
    std::uint32_t mask;
    std::uint32_t word;
    std::string_view text;
  };
  /// The first or last four bytes of a text; a shorter one is filled up with zeros at its other end.
  [[nodiscard]] static std::uint32_t word_of(std::string_view text) noexcept {
    std::uint32_t word = 0;
    if (text.size() >= sizeof(word)) {
      std::memcpy(&word, AtBegin ? text.data() : text.data() + text.size() - sizeof(word), sizeof(word));
    } else {
      char bytes[sizeof(word)]{};
      std::ranges::copy(text, AtBegin ? bytes : bytes + sizeof(word) - text.size());
      std::memcpy(&word, bytes, sizeof(word));
    }
    return word;
  }

  std::vector<Edge> edges_;
};

}  // namespace

Cells::Cells(std::shared_ptr<const void> owner, const char* text, detail::LargeVector<Place>&& places)
    : owner_(std::move(owner)),
      text_(text),
      places_(std::make_shared<const detail::LargeVector<Place>>(std::move(places))),
      first_(places_->data()),
      size_(places_->size()) {}

Cells Cells::of(std::span<const std::string_view> texts) {
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  if (bytes > std::numeric_limits<std::uint32_t>::max()) {
    detail::throw_argument("texts", std::to_string(bytes) + " bytes", "less than 4 GiB", "小于 4 GiB");
  }
  auto joined = std::make_shared<std::string>();
  joined->reserve(bytes);
  detail::LargeVector<Place> places;
  places.reserve(texts.size());
  for (const std::string_view text : texts) {
    places.push_back({static_cast<std::uint32_t>(joined->size()), static_cast<std::uint32_t>(text.size())});
    joined->append(text);
  }
  const char* const begin = joined->data();
  return {std::move(joined), begin, std::move(places)};
}

Cells Cells::slice(std::size_t begin, std::size_t end) const {
  Cells part = *this;
  part.first_ += begin;
  part.size_ = end - begin;
  return part;
}

Cells Cells::taken(std::span<const std::int64_t> indices) const {
  detail::LargeVector<Place> places;
  places.reserve(indices.size());
  for (const std::int64_t index : indices) {
    if (index < 0 || static_cast<std::size_t>(index) >= size_) {
      const std::string range = "[0, " + std::to_string(size_) + ")";
      detail::throw_argument("index", index, "in " + range, "在 " + range + " 之间");
    }
    places.push_back(first_[index]);
  }
  return {owner_, text_, std::move(places)};
}

Cells Cells::stripped() const {
  const auto has_edges = [&](const Place& place) {
    const std::string_view text(text_ + place.begin, place.length);
    return detail::leading_space(text) != 0 || detail::trailing_space(text) != 0;
  };
  const Place* const end = first_ + size_;
  if (std::find_if(first_, end, has_edges) == end) return *this;
  detail::LargeVector<Place> places(first_, end);
  for (Place& place : places) {
    const std::string_view rest = detail::stripped({text_ + place.begin, place.length});
    place = {static_cast<std::uint32_t>(rest.data() - text_), static_cast<std::uint32_t>(rest.size())};
  }
  return {owner_, text_, std::move(places)};
}

template <class Test>
std::vector<std::int64_t> Cells::where(Test test) const {
  std::vector<std::int64_t> indices;
  for (std::size_t i = 0; i < size_; ++i) {
    if (test((*this)[i])) indices.push_back(static_cast<std::int64_t>(i));
  }
  return indices;
}

std::vector<std::int64_t> Cells::blank() const {
  return where([](std::string_view text) { return detail::stripped(text).empty(); });
}

std::vector<std::int64_t> Cells::no_digits() const {
  return where(
      [](std::string_view text) { return !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); });
}

std::vector<std::int64_t> Cells::containing(std::string_view text) const {
  if (text.empty()) return where([](std::string_view) { return true; });
  // The first byte of a character is rare among others, and found much faster than a text.
  return where([&](std::string_view cell) {
    return std::memchr(cell.data(), text.front(), cell.size()) != nullptr && cell.find(text) != std::string_view::npos;
  });
}

std::vector<std::int64_t> Cells::starting_with(std::span<const std::string_view> texts) const {
  const Edges<true> edges(texts);
  return where([&](std::string_view cell) { return edges.match(cell); });
}

std::vector<std::int64_t> Cells::ending_with(std::span<const std::string_view> texts) const {
  const Edges<false> edges(texts);
  return where([&](std::string_view cell) { return edges.match(cell); });
}

std::vector<std::int64_t> Cells::repeated() const {
  // A table of indices, each at the first free slot from where its hash points to; half of the slots stay free. The
  // upper half of a slot is a part of the hash, so that texts are compared where they are most likely the same.
  constexpr std::uint64_t free = ~std::uint64_t{0};
  const std::size_t mask = std::bit_ceil(2 * size_ + 1) - 1;
  detail::LargeVector<std::uint64_t> slots(mask + 1);
  std::ranges::fill(slots, free);
  std::vector<std::int64_t> found;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::string_view text = (*this)[i];
    const std::uint64_t hash = std::hash<std::string_view>{}(text);
    const std::uint64_t mark = hash >> 32U << 32U;
    std::size_t slot = hash & mask;
    const auto holds_text = [&] {
      return slots[slot] >> 32U << 32U == mark && (*this)[slots[slot] & 0xFFFFFFFF] == text;
    };
    while (slots[slot] != free && !holds_text()) slot = (slot + 1) & mask;
    if (slots[slot] == free) {
      slots[slot] = mark | i;
    } else {
      found.push_back(static_cast<std::int64_t>(slots[slot] & 0xFFFFFFFF));
      found.push_back(static_cast<std::int64_t>(i));
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

DistinctCells Cells::distinct() const {
  DistinctCells result;
  result.which.resize(size_);
  std::unordered_map<std::string_view, std::int32_t> known;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::string_view text = (*this)[i];
    if (i > 0 && text == result.texts[static_cast<std::size_t>(result.which[i - 1])]) {
      result.which[i] = result.which[i - 1];
      continue;
    }
    const auto [entry, is_new] = known.try_emplace(text, static_cast<std::int32_t>(result.texts.size()));
    if (is_new) result.texts.push_back(text);
    result.which[i] = entry->second;
  }
  return result;
}

bool operator==(const Cells& a, const Cells& b) {
  if (a.size_ != b.size_) return false;
  for (std::size_t i = 0; i < a.size_; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace shequ
