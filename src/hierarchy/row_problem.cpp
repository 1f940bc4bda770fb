// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <array>
#include <cstddef>

#include "shequ/hierarchy/code.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ {

namespace {

constexpr std::size_t shown_problems = 20;

[[nodiscard]] std::string row_number(std::int64_t row, std::span<const std::int64_t> row_numbers) {
  const auto index = static_cast<std::size_t>(row);
  return std::to_string(index < row_numbers.size() ? row_numbers[index] : row);
}

[[nodiscard]] std::string quoted(const std::string& code) { return code.empty() ? "\"\"" : code; }

[[nodiscard]] std::string malformed(const std::string& code, Language language) {
  const bool negative = code.size() > 1 && code.front() == '-';
  if (language == Language::zh) {
    return "code=" + code + " 必须" +
           (negative ? "大于或等于 0" : std::string(to_string(DivisionCode::parse(code).fault, language))) +
           (negative ? "" : "，否则请给出层级列");
  }
  return "code=" + code + " must be " +
         (negative ? "0 or more" : std::string(to_string(DivisionCode::parse(code).fault, language))) +
         (negative ? "" : ", or a level column must be given");
}

[[nodiscard]] std::string list(const std::vector<RowProblem>& problems, Language language) {
  const bool chinese = language == Language::zh;
  const auto count = std::to_string(problems.size());
  std::string text = chinese ? "这些行不能构成一棵树，共 " + count + " 处问题："
                             : "the rows make no tree, " + count + (problems.size() == 1 ? " problem:" : " problems:");
  for (std::size_t i = 0; i < std::min(problems.size(), shown_problems); ++i) {
    const auto row = std::to_string(problems[i].row);
    text += chinese ? "\n第 " + row + " 行：" : "\nrow " + row + ": ";
    text += problems[i].message(language);
  }
  if (problems.size() > shown_problems) {
    const auto more = std::to_string(problems.size() - shown_problems);
    text += chinese ? "\n……另有 " + more + " 处，见 problems" : "\n... and " + more + " more, see problems";
  }
  return text;
}

}  // namespace

std::string_view to_string(RowFault fault, Language language) noexcept {
  struct Words {
    std::string_view english;
    std::string_view chinese;
  };
  constexpr std::array<Words, 8> words{{{"missing_code", "缺少代码"},
                                        {"malformed_code", "代码不合规"},
                                        {"duplicate_code", "代码重复"},
                                        {"two_parents", "两个上级"},
                                        {"orphan", "找不到上级"},
                                        {"cycle", "上下级循环"},
                                        {"level_order", "层级颠倒"},
                                        {"several_roots", "多个最上级"}}};
  const Words& entry = words[static_cast<std::size_t>(fault) % words.size()];
  return language == Language::zh ? entry.chinese : entry.english;
}

std::string RowProblem::message(Language language, std::span<const std::int64_t> row_numbers) const {
  const bool chinese = language == Language::zh;
  const std::string other = other_row < 0 ? std::string() : row_number(other_row, row_numbers);
  switch (fault) {
    case RowFault::missing_code:
      return chinese ? "code 为空，必须填写" : "code is empty and must be given";
    case RowFault::malformed_code:
      return malformed(code, language);
    case RowFault::duplicate_code:
      return chinese ? "code=" + code + " 与第 " + other + " 行重复，必须唯一"
                     : "code=" + code + " stands in row " + other + " already and must be unique";
    case RowFault::two_parents:
      return chinese ? "code=" + code + " 的上级是 " + quoted(detail) + "，与第 " + other +
                           " 行的上级不同，必须只有一个上级"
                     : "code=" + code + " has parent " + quoted(detail) + " and another one in row " + other +
                           "; it must have one parent";
    case RowFault::orphan:
      return chinese ? "parent=" + detail + "（code=" + code + " 的上级）不在任何一行，必须是某一行的代码"
                     : "parent=" + detail + " of code=" + code + " is in no row and must be the code of one";
    case RowFault::cycle:
      return chinese ? "code=" + code + " 是自己的上级：" + detail + "，上下级必须不成环"
                     : "code=" + code + " is its own ancestor: " + detail + "; there must be no cycle";
    case RowFault::level_order: {
      const std::string own(to_string(level, language));
      const std::string upper(to_string(parent_level, language));
      return chinese ? "code=" + code + " 的层级是" + own + "，其上级（第 " + other + " 行）却是" + upper +
                           "，下级必须低于上级"
                     : "code=" + code + " of level " + own + " has a parent of level " + upper + " (row " + other +
                           "); it must be of a lower level than its parent";
    }
    case RowFault::several_roots:
      return chinese
                 ? "code=" + code + " 没有上级，第 " + other + " 行已是最上级，必须只有一个最上级"
                 : "code=" + code + " has no parent, and row " + other + " is the root already; one root is allowed";
  }
  return {};
}

HierarchyError::HierarchyError(std::vector<RowProblem> problems)
    : InvalidInput(list(problems, Language::en), list(problems, Language::zh)), problems_(std::move(problems)) {}

}  // namespace shequ
