// SPDX-License-Identifier: BSD-3-Clause
#include "shequ/detail/search/objective_terms.hpp"

#include <utility>

#include "built_in_terms.hpp"

namespace shequ::detail {

ObjectiveTerms::ObjectiveTerms(const Problem& problem, const Component& component, std::int64_t num_parts)
    : terms_(std::make_unique<BuiltInTerms>(problem, component, num_parts)) {}
ObjectiveTerms::ObjectiveTerms(std::unique_ptr<BuiltInTerms> terms) : terms_(std::move(terms)) {}
ObjectiveTerms::ObjectiveTerms(const ObjectiveTerms& other) : terms_(std::make_unique<BuiltInTerms>(*other.terms_)) {}
ObjectiveTerms::ObjectiveTerms(ObjectiveTerms&& other) noexcept = default;
ObjectiveTerms& ObjectiveTerms::operator=(const ObjectiveTerms& other) {
  if (this != &other) terms_ = std::make_unique<BuiltInTerms>(*other.terms_);
  return *this;
}
ObjectiveTerms& ObjectiveTerms::operator=(ObjectiveTerms&& other) noexcept = default;
ObjectiveTerms::~ObjectiveTerms() = default;

ObjectiveTerms ObjectiveTerms::coarsened(const SearchGraph& fine, const CoarseGraph& to) const {
  return ObjectiveTerms(std::make_unique<BuiltInTerms>(terms_->coarsened(fine, to)));
}
void ObjectiveTerms::reset(const SearchGraph& graph, std::span<const std::int32_t> labels, std::int32_t num_parts) {
  terms_->reset(graph, labels, num_parts);
}
std::int64_t ObjectiveTerms::value() const { return terms_->value(); }
std::int64_t ObjectiveTerms::energy() const { return terms_->energy(); }
std::int64_t ObjectiveTerms::change(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) const {
  return terms_->change(labels, node, part);
}
void ObjectiveTerms::move(std::span<const std::int32_t> labels, std::int32_t node, std::int32_t part) {
  terms_->move(labels, node, part);
}

}  // namespace shequ::detail
