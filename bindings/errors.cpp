// SPDX-License-Identifier: BSD-3-Clause
#include "common.hpp"
#include "shequ/hierarchy/hierarchy.hpp"

namespace shequ::python {

namespace {

/// Raises the class `name` of shequ._errors, where all exceptions are defined once, with these arguments.
template <class... Args>
void raise_with(const char* name, Args&&... args) {
  const py::object type = py::module_::import("shequ._errors").attr(name);
  const py::object error = type(std::forward<Args>(args)...);
  PyErr_SetObject(type.ptr(), error.ptr());
}

void raise(const char* name, const Error& error) {
  raise_with(name, error.message(Language::en), error.message(Language::zh));
}

// The signature is pybind11's.
void translate(std::exception_ptr pointer) {  // NOLINT(performance-unnecessary-value-param)
  try {
    if (pointer) std::rethrow_exception(pointer);
  } catch (const HierarchyError& error) {
    raise_with("HierarchyError", error.message(Language::en), error.message(Language::zh),
               py::tuple(py::cast(error.problems())));
  } catch (const InvalidInput& error) {
    raise("InvalidInputError", error);
  } catch (const Infeasible& error) {
    raise("InfeasibleError", error);
  } catch (const Interrupted& error) {
    raise("InterruptedSearchError", error);
  } catch (const Error& error) {
    raise("Error", error);
  }
}

}  // namespace

void register_errors() { py::register_local_exception_translator(translate); }

}  // namespace shequ::python
