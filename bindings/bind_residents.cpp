// SPDX-License-Identifier: BSD-3-Clause
#include "columns.hpp"
#include "record.hpp"
#include "shequ/rules/residents.hpp"

namespace shequ::python {

namespace {

[[nodiscard]] std::vector<GroupTotal> residents_by_group(const py::dict& counts, const py::object& residents) {
  const IntColumn all(residents, "residents");
  std::vector<std::string> categories;
  std::vector<IntColumn> columns;
  std::vector<ColumnView<std::int64_t>> views;
  for (const auto& [category, values] : counts) {
    categories.push_back(ArgumentReader<std::string>::read(category, "counts", 0));
    columns.emplace_back(values, categories.back().c_str(), all.size());
    views.push_back(columns.back().view());
  }
  return group_totals(categories, views, all.view());
}

}  // namespace

void bind_residents(py::module_& module) {
  bind_record<GroupTotal>(module, "GroupTotal", "Sum of one group of residents over grids.",
                          field<"category", &GroupTotal::category>("Name of the group."),
                          field<"persons", &GroupTotal::persons>("Persons in it."),
                          field<"known", &GroupTotal::known>("Grids that report it."),
                          field<"missing", &GroupTotal::missing>("Grids that do not."),
                          field<"share", &GroupTotal::share>("Of the residents where both are known, or None."));
  module.def("group_totals", &residents_by_group, "counts"_a, "residents"_a,
             R"(Add up groups of residents: numbers by grid, never names. One person may be in several groups.

Parameters
----------
counts : dict of str to array of int or masked array, shape (n_grids,)
    Persons of each group.
residents : array of int or masked array, shape (n_grids,)

Returns
-------
list of GroupTotal

Raises
------
InvalidInputError
    A count is negative or above the residents of its grid.
)");
  bind_record<BandShare>(module, "BandShare",
                         "One band of a distribution: from `from_value` up to and without `below`.",
                         field<"from_value", &BandShare::from_value>("Lower edge, None in the lowest band."),
                         field<"below", &BandShare::below>("Upper edge, None in the highest band."),
                         field<"count", &BandShare::count>("Values in it."),
                         field<"share", &BandShare::share>("Of the known values, Fraction or None."));
  bind_record<Bands>(module, "Bands", "A distribution over bands.",
                     field<"bands", &Bands::bands>("The bands, ascending."),
                     field<"known", &Bands::known>("Values that are there."),
                     field<"missing", &Bands::missing>("Values that are not."));
  module.def(
      "band_shares",
      [](const py::object& values, const Argument<std::vector<std::int64_t>, "edges">& edges) {
        return band_shares(IntColumn(values, "values").view(), edges.value);
      },
      "values"_a, "edges"_a,
      "Return the Bands of a column of whole numbers (ages, levels of education): edges 35, 45 make below 35, 35-44, "
      "45 up.");
}

}  // namespace shequ::python
