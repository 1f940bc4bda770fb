// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "common.hpp"
#include "shequ/detail/large_vector.hpp"
#include "shequ/table/cells.hpp"

namespace shequ::python {

/// Texts of a Python list or of Cells, which live as long as this does.
class Texts {
 public:
  Texts(const py::object& values, const char* argument) : owner_(values) {
    if (py::isinstance<Cells>(values)) {
      const auto& cells = values.cast<const Cells&>();
      views_.reserve(cells.size());
      for (std::size_t i = 0; i < cells.size(); ++i) views_.push_back(cells[i]);
      return;
    }
    if (!PyList_Check(values.ptr())) {
      throw InvalidInput(std::string(argument) + " must be a list of str", std::string(argument) + " 必须是文本列表");
    }
    const auto count = static_cast<std::size_t>(PyList_GET_SIZE(values.ptr()));
    views_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      PyObject* const item = PyList_GET_ITEM(values.ptr(), static_cast<Py_ssize_t>(i));
      Py_ssize_t length = 0;
      const char* const bytes = PyUnicode_Check(item) != 0 ? PyUnicode_AsUTF8AndSize(item, &length) : nullptr;
      if (bytes == nullptr) {
        PyErr_Clear();  // a lone surrogate, which is no UTF-8
        const std::string where = std::string(argument) + "[" + std::to_string(i) + "]";
        throw InvalidInput(where + " must be text", where + " 必须是文本");
      }
      views_.emplace_back(bytes, static_cast<std::size_t>(length));
    }
  }

  [[nodiscard]] std::span<const std::string_view> views() const noexcept { return views_; }

 private:
  py::object owner_;
  detail::LargeVector<std::string_view> views_;
};

}  // namespace shequ::python
