// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "shequ/fwd.hpp"

namespace shequ {

/// Base of everything that the library throws. The text exists in English (`what()`) and in Chinese.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& english, std::string chinese = {})
      : std::runtime_error(english), chinese_(std::move(chinese)) {}

  /// The message in `language`; English where no Chinese text was given.
  [[nodiscard]] std::string message(Language language = Language::en) const {
    return language == Language::zh && !chinese_.empty() ? chinese_ : std::string(what());
  }

 private:
  std::string chinese_;
};

/// An argument, a row or a file that no answer can be given for. Names it, its value and what is allowed.
class InvalidInput : public Error {
 public:
  using Error::Error;
};

/// A request that is proven to have no answer, thrown only by calls that promise one.
class Infeasible : public Error {
 public:
  using Error::Error;
};

/// The caller asked to stop and the call has no partial answer to return.
class Interrupted : public Error {
 public:
  using Error::Error;
};

}  // namespace shequ
