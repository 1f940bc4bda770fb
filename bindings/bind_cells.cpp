// SPDX-License-Identifier: BSD-3-Clause
#include "bind_cells.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "arrays.hpp"
#include "shequ/table/cells.hpp"
#include "shequ/table/split.hpp"
#include "texts.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] py::str text_of(std::string_view text) { return {text.data(), text.size()}; }

[[nodiscard]] py::list list_of(const Cells& cells) {
  py::list texts(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    PyList_SET_ITEM(texts.ptr(), static_cast<py::ssize_t>(i), text_of(cells[i]).release().ptr());
  }
  return texts;
}

/// Keeps a Python object until the last column that reads its memory is gone, on whatever thread.
[[nodiscard]] std::shared_ptr<const void> keeper(const py::object& object) {
  return {object.inc_ref().ptr(), [](PyObject* kept) {
            const py::gil_scoped_acquire acquired;
            Py_DECREF(kept);
          }};
}

[[nodiscard]] std::string_view bytes_of(const py::bytes& data) { return static_cast<std::string_view>(data); }

[[nodiscard]] std::optional<std::vector<Cells>> split(const py::bytes& data,
                                                      const Argument<std::string, "delimiter">& delimiter) {
  const std::string& mark = delimiter.value;
  if (mark != "," && mark != ";" && mark != "\t") {
    refuse("delimiter", py::str(mark), "a comma, a semicolon or a tab", "是逗号、分号或制表符");
  }
  const std::shared_ptr<const void> owner = keeper(data);
  const std::string_view text = bytes_of(data);
  const py::gil_scoped_release released;
  return split_table(text, mark.front(), owner);
}

/// Runs a question of the core without the interpreter lock.
template <class Question>
[[nodiscard]] auto unlocked(Question question) {
  const py::gil_scoped_release released;
  return question();
}

/// A question whose answer is a list of cells.
template <std::vector<std::int64_t> (Cells::*Question)() const>
[[nodiscard]] py::array indices(const Cells& cells) {
  return moved(unlocked([&] { return (cells.*Question)(); }));
}

/// A question about several texts whose answer is a list of cells.
template <std::vector<std::int64_t> (Cells::*Question)(std::span<const std::string_view>) const>
[[nodiscard]] py::array indices_of(const Cells& cells, const py::object& texts) {
  const Texts given(texts, "texts");
  return moved(unlocked([&] { return (cells.*Question)(given.views()); }));
}

template <class T>
[[nodiscard]] py::tuple parts(CellNumbers<T>&& numbers) {
  return py::make_tuple(moved(std::move(numbers.values)), moved(std::move(numbers.missing)).attr("view")("bool"),
                        moved(std::move(numbers.others)));
}

[[nodiscard]] py::object item(const Cells& cells, const py::object& index) {
  const auto size = static_cast<py::ssize_t>(cells.size());
  if (py::isinstance<py::slice>(index)) {
    py::ssize_t start = 0;
    py::ssize_t stop = 0;
    py::ssize_t step = 0;
    py::ssize_t length = 0;
    if (!index.cast<py::slice>().compute(size, &start, &stop, &step, &length)) throw py::error_already_set();
    if (step == 1) {
      return py::cast(cells.slice(static_cast<std::size_t>(start), static_cast<std::size_t>(start + length)));
    }
    std::vector<std::int64_t> chosen;
    for (py::ssize_t i = 0; i < length; ++i) chosen.push_back(start + i * step);
    return py::cast(cells.taken(chosen));
  }
  const py::ssize_t given = PyNumber_AsSsize_t(index.ptr(), PyExc_IndexError);
  if (given == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (given < -size || given >= size) throw py::index_error("cell index out of range");
  return text_of(cells[static_cast<std::size_t>(given < 0 ? given + size : given)]);
}

}  // namespace

void bind_cells(py::module_& module) {
  py::class_<Cells> cells(
      module, "Cells", "Texts of a column in the memory of its file: an immutable sequence of str, made when asked.");
  cells.def(py::init([](const py::object& texts) { return Cells::of(Texts(texts, "texts").views()); }), "texts"_a)
      .def_static(
          "split", &split, "data"_a, "delimiter"_a,
          "Return the columns of a CSV in UTF-8, or None where another reader has to copy cells or to say what is "
          "wrong: see split.hpp.")
      .def("__len__", &Cells::size)
      .def("__getitem__", &item, "index"_a)
      .def("__iter__", [](const Cells& self) { return py::iter(list_of(self)); })
      .def(
          "__eq__", [](const Cells& a, const Cells& b) { return a == b; }, py::is_operator())
      .def("__reduce__",
           [](const py::object& self) {
             return py::make_tuple(py::type::of(self), py::make_tuple(list_of(self.cast<const Cells&>())));
           })
      .def(
          "taken",
          [](const Cells& self, const py::object& rows) {
            const py::array_t<std::int64_t> chosen = int64_array(rows, "indices");
            return self.taken(column(chosen, "indices"));
          },
          "indices"_a, "Return the cells with these indices.")
      .def("stripped", &Cells::stripped, py::call_guard<py::gil_scoped_release>(),
           "Return the cells without white space at their begin and end.")
      .def("blank", &indices<&Cells::blank>, "Return the indices of cells that hold white space only, or nothing.")
      .def("no_digits", &indices<&Cells::no_digits>,
           "Return the indices of cells that hold something else than the digits 0 to 9.")
      .def(
          "containing",
          [](const Cells& self, const Argument<std::string, "text">& text) {
            return moved(unlocked([&] { return self.containing(text.value); }));
          },
          "text"_a, "Return the indices of cells that hold a text.")
      .def("starting_with", &indices_of<&Cells::starting_with>, "texts"_a,
           "Return the indices of cells that begin with one of several texts.")
      .def("ending_with", &indices_of<&Cells::ending_with>, "texts"_a,
           "Return the indices of cells that end with one of several texts.")
      .def("repeated", &indices<&Cells::repeated>,
           "Return the indices of cells that hold a text that another cell holds as well.")
      .def(
          "distinct",
          [](const Cells& self) {
            DistinctCells found = unlocked([&] { return self.distinct(); });
            py::list texts;
            for (const std::string_view text : found.texts) texts.append(text_of(text));
            return py::make_tuple(texts, moved(std::move(found.which)));
          },
          "Return the different texts in the order of their first cells, and which of them each cell holds.")
      .def(
          "whole_numbers",
          [](const Cells& self, Argument<std::int64_t, "limit"> limit) {
            return parts(unlocked([&] { return self.whole_numbers(limit); }));
          },
          "limit"_a,
          "Return whole numbers of 15 digits at most and up to a limit, where there are none, and cells that are "
          "others.")
      .def(
          "decimals", [](const Cells& self) { return parts(unlocked([&] { return self.decimals(); })); },
          "Return decimal numbers of 15 digits at most, where there are none, and cells that are others.");
  const py::object sequence = py::module_::import("collections.abc").attr("Sequence");
  for (const char* const method : {"index", "count", "__contains__", "__reversed__"}) {
    cells.attr(method) = sequence.attr(method);
  }
  sequence.attr("register")(cells);
  module.def(
      "is_utf8",
      [](const py::bytes& data) {
        const std::string_view text = bytes_of(data);
        return unlocked([&] { return is_utf8(text); });
      },
      "data"_a, "Tell whether bytes are UTF-8.");
}

}  // namespace shequ::python
