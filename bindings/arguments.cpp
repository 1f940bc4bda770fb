// SPDX-License-Identifier: BSD-3-Clause
#include "arguments.hpp"

namespace shequ::python {

void refuse(const char* name, const py::handle& value, const std::string& allowed_en, const std::string& allowed_zh) {
  shequ::detail::throw_argument(name, py::repr(value).cast<std::string>(), allowed_en, allowed_zh);
}

double read_argument(const py::handle& value, const char* name, std::int64_t /*least*/, double* /*type*/) {
  const bool is_number = PyFloat_Check(value.ptr()) != 0 || PyIndex_Check(value.ptr()) != 0 ||
                         py::isinstance(value, py::module_::import("numbers").attr("Real"));
  if (is_number && PyBool_Check(value.ptr()) == 0) {
    const double number = PyFloat_AsDouble(value.ptr());
    if (PyErr_Occurred() == nullptr) return number;
    PyErr_Clear();  // a whole number beyond double, for example
  }
  refuse(name, value, "a number", "是数字");
}

std::string read_argument(const py::handle& value, const char* name, std::int64_t /*least*/, std::string* /*type*/) {
  if (py::isinstance<py::str>(value)) {
    Py_ssize_t length = 0;
    const char* const bytes = PyUnicode_AsUTF8AndSize(value.ptr(), &length);
    if (bytes != nullptr) return {bytes, static_cast<std::size_t>(length)};
    PyErr_Clear();  // a lone surrogate, which is no UTF-8
  }
  refuse(name, value, "text", "是文本");
}

Language read_argument(const py::handle& value, const char* name, std::int64_t /*least*/, Language* /*type*/) {
  if (py::isinstance<py::str>(value)) {
    if (value.equal(py::str("en"))) return Language::en;
    if (value.equal(py::str("zh"))) return Language::zh;
  }
  refuse(name, value, "\"en\" or \"zh\"", "是 \"en\" 或 \"zh\"");
}

}  // namespace shequ::python
