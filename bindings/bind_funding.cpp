// SPDX-License-Identifier: BSD-3-Clause
#include <chrono>
#include <optional>

#include "bind_rules.hpp"
#include "shequ/rules/funding.hpp"

namespace shequ::python {

namespace {

/// Format of a pickled rule; raised when the fields change.
constexpr int funding_state_version = 1;

[[nodiscard]] std::optional<Setting> setting_of(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  return choice<Setting>(value, "applies_to");
}

[[nodiscard]] FundingRule made_rule(Argument<std::int64_t, "base_fen"> base_fen,
                                    Argument<std::int64_t, "base_households"> base_households,
                                    Argument<std::int64_t, "step_fen"> step_fen,
                                    Argument<std::int64_t, "step_households", 1> step_households,
                                    const py::object& rounding, const py::object& class_fen,
                                    const py::object& applies_to, const Argument<std::string, "id">& id,
                                    const Argument<std::string, "source">& source, const py::object& effective) {
  FundingRule rule;
  rule.base_fen = base_fen;
  rule.base_households = base_households;
  rule.step_fen = step_fen;
  rule.step_households = step_households;
  rule.rounding = choice<Rounding>(rounding, "rounding");
  const auto classes = int64_array(class_fen, "class_fen");
  const auto values = column(classes, "class_fen");
  rule.class_fen.assign(values.begin(), values.end());
  rule.applies_to = setting_of(applies_to);
  rule.id = RuleId(std::string_view(id.value));
  rule.source = source.value;
  rule.effective = ArgumentReader<std::optional<std::chrono::year_month_day>>::read(effective, "effective", 0);
  rule.validate();
  return rule;
}

/// The arguments of the constructor: what repr shows and pickle keeps.
[[nodiscard]] py::dict fields_of(const FundingRule& rule) {
  py::dict fields;
  fields["base_fen"] = rule.base_fen;
  fields["base_households"] = rule.base_households;
  fields["step_fen"] = rule.step_fen;
  fields["step_households"] = rule.step_households;
  fields["rounding"] = std::string(to_string(rule.rounding));
  fields["class_fen"] = py::cast(rule.class_fen);
  fields["applies_to"] =
      rule.applies_to ? py::object(py::str(std::string(to_string(*rule.applies_to)))) : py::object(py::none());
  fields["id"] = std::string(rule.id.view());
  fields["source"] = rule.source;
  fields["effective"] = py::cast(rule.effective);
  return fields;
}

[[nodiscard]] std::string funding_rule_repr(const FundingRule& rule) {
  std::string text;
  for (const auto& [name, value] : fields_of(rule)) {
    if (!text.empty()) text += ", ";
    text.append(name.cast<std::string>()).append("=").append(py::repr(value).cast<std::string>());
  }
  return std::string("FundingRule(").append(text).append(")");
}

[[nodiscard]] FundingRule rule_from(const py::dict& fields) {
  return py::type::of<FundingRule>()(**fields).cast<FundingRule>();
}

[[nodiscard]] py::object grants(const FundingRule& rule, const py::object& households, const py::object& classes) {
  if (is_whole_number(households)) {
    const auto number = whole(households, "households");
    const std::int64_t chosen = classes.is_none() ? 0 : whole(classes, "community_class");
    return py::int_(rule.grant(number, chosen));
  }
  const IntColumn counts(households, "households");
  const IntColumn kinds = classes.is_none() ? IntColumn() : IntColumn(classes, "community_class", counts.size());
  std::vector<std::int64_t> fen(counts.size());
  std::vector<std::uint8_t> missing(counts.size());
  {
    const py::gil_scoped_release released;
    static_cast<void>(compute_grants(rule, counts.view(), kinds.view(), {fen, missing}));
  }
  return masked_array(std::move(fen), std::move(missing));
}

[[nodiscard]] FundingShares shares_of(const py::object& town, const py::object& district) {
  const FundingShares shares{read_fraction(town, "town"), read_fraction(district, "district")};
  shares.validate();
  return shares;
}

[[nodiscard]] py::object split(const FundingShares& shares, const py::object& fen) {
  if (is_whole_number(fen)) {
    const FundingSplit parts = split_grant(shares, whole(fen, "fen"));
    return py::make_tuple(parts.town_fen, parts.district_fen);
  }
  const IntColumn grants(fen, "fen");
  const auto given = grants.view();
  std::vector<std::int64_t> town(grants.size());
  std::vector<std::int64_t> district(grants.size());
  {
    const py::gil_scoped_release released;
    split_grants(shares, given.values, town, district);
  }
  std::vector<std::uint8_t> missing(given.missing.begin(), given.missing.end());
  missing.resize(grants.size());
  std::vector<std::uint8_t> again(missing);
  return py::make_tuple(masked_array(std::move(town), std::move(missing)),
                        masked_array(std::move(district), std::move(again)));
}

void bind_rule(py::module_& module) {
  py::class_<FundingRule>(module, "FundingRule",
                          R"(Money of a community: a base, and supplements for households and by class.

The sources give the principle (基本保障、超户增付) and no numbers, so the base has no default. Money is whole fen, 100 to a
yuan.

Parameters
----------
base_fen : int
    Fen of every community.
base_households : int, default 0
    Households that the base covers.
step_fen : int, default 0
    Fen for each further step of households; 0 where households do not matter.
step_households : int, default 1
    Households of a step; 1 pays for each household.
rounding : {"ceil", "floor", "round"} or Rounding, default "ceil"
    What a step that is begun counts for; makes no difference for steps of 1.
class_fen : array of int, optional
    Supplement of each class of communities, class 0 first.
applies_to : {"urban", "rural"} or Setting, optional
    Communities the rule is for; all by default.
id : str, default "custom"
source : str, optional
effective : datetime.date, optional

Raises
------
InvalidInputError
    Naming the parameter that is out of range.

Examples
--------
>>> rule = FundingRule(base_fen=8_000_000, base_households=1000, step_fen=3_000, id="fund.example")
>>> rule.grant(2600)
12800000
>>> rule.explain(2600)
'128,000 yuan: 80,000 + 1,600 over 1,000 households at 30; norm fund.example'
)")
      .def(py::init(&made_rule), py::kw_only(), "base_fen"_a, "base_households"_a = 0, "step_fen"_a = 0,
           "step_households"_a = 1, "rounding"_a = "ceil", "class_fen"_a = py::tuple(), "applies_to"_a = py::none(),
           "id"_a = "custom", "source"_a = "", "effective"_a = py::none())
      .def_readonly("base_fen", &FundingRule::base_fen, "Fen of every community.")
      .def_readonly("base_households", &FundingRule::base_households, "Households that the base covers.")
      .def_readonly("step_fen", &FundingRule::step_fen, "Fen for each further step.")
      .def_readonly("step_households", &FundingRule::step_households, "Households of a step.")
      .def_readonly("rounding", &FundingRule::rounding, "What a step that is begun counts for.")
      .def_readonly("class_fen", &FundingRule::class_fen, "Supplement of each class of communities.")
      .def_readonly("applies_to", &FundingRule::applies_to, "Communities the rule is for; None: all.")
      .def_property_readonly(
          "id", [](const FundingRule& rule) { return std::string(rule.id.view()); }, "What results call the rule.")
      .def_readonly("source", &FundingRule::source, "Document, article, year.")
      .def_property_readonly(
          "effective", [](const FundingRule& rule) { return py::cast(rule.effective); }, "First day, or None.")
      .def("grant", &grants, "households"_a, "community_class"_a = py::none(), R"(Compute the money of communities.

Parameters
----------
households : int, or array of int or masked array, shape (n,)
    Of each community, 0 to 2^31 - 1.
community_class : int, or array of int or masked array, shape (n,), optional
    Class of each community where the rule has supplements by class.

Returns
-------
int, or masked array of int64, shape (n,)
    Fen; masked where a value that the rule needs is missing.

Raises
------
InvalidInputError
    For no count of households, for a class that there is not, and where the amount overflows 64 bits.
)")
      .def(
          "explain",
          [](const FundingRule& rule, Argument<std::int64_t, "households"> households,
             Argument<std::int64_t, "community_class"> community_class, Argument<Language, "lang"> lang) {
            return explain(rule, households.value, community_class.value, lang.value);
          },
          "households"_a, "community_class"_a = 0, "lang"_a = "en", "Say in one sentence what the amount is made of.")
      .def(
          "describe",
          [](const FundingRule& rule, Argument<Language, "lang"> lang) { return describe(rule, lang.value); },
          "lang"_a = "en", "Say in one sentence what the rule gives.")
      .def("__repr__", &funding_rule_repr)
      .def(
          "__eq__", [](const FundingRule& a, const FundingRule& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const FundingRule& rule) { return py::hash(py::str(funding_rule_repr(rule))); })
      .def(py::pickle([](const FundingRule& rule) { return py::make_tuple(funding_state_version, fields_of(rule)); },
                      [](const py::tuple& state) {
                        if (state.size() != 2 || state[0].cast<int>() != funding_state_version) {
                          throw InvalidInput("the pickled FundingRule is of another version of shequ",
                                             "保存的 FundingRule 来自其他版本的 shequ");
                        }
                        return rule_from(state[1].cast<py::dict>());
                      }));
}

void bind_shares(py::module_& module) {
  py::class_<FundingShares>(module, "FundingShares", R"(Who pays: shares of town and district that add up to 1.

Parameters
----------
town, district : str, fractions.Fraction or int
    For example "60%" and "40%"; the town's is the larger one (镇级为主、区级为辅). Floats are refused.

Raises
------
InvalidInputError
    They do not add up to 1, or the town's is not the larger one.

Examples
--------
>>> FundingShares(town="60%", district="40%").split(12_800_000)
(7680000, 5120000)
)")
      .def(py::init(&shares_of), py::kw_only(), "town"_a, "district"_a)
      .def_property_readonly(
          "town", [](const FundingShares& shares) { return py::cast(shares.town); }, "Share of the town.")
      .def_property_readonly(
          "district", [](const FundingShares& shares) { return py::cast(shares.district); }, "Share of the district.")
      .def("split", &split, "fen"_a, R"(Split grants to the fen.

Parameters
----------
fen : int, or array of int or masked array, shape (n,)
    Each grant is split by itself.

Returns
-------
(town, district) : tuple of int, or of masked arrays of int64, shape (n,)
    Add up to the grant.
)")
      .def("__repr__",
           [](const FundingShares& shares) {
             return "FundingShares(town=\"" + to_string(shares.town) + "\", district=\"" + to_string(shares.district) +
                    "\")";
           })
      .def(
          "__eq__", [](const FundingShares& a, const FundingShares& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const FundingShares& shares) { return py::hash(py::cast(shares.town)); })
      .def(py::pickle(
          [](const FundingShares& shares) {
            return py::make_tuple(funding_state_version, to_string(shares.town), to_string(shares.district));
          },
          [](const py::tuple& state) { return shares_of(state[1], state[2]); }));
}

}  // namespace

void bind_funding(py::module_& module) {
  bind_rule(module);
  bind_shares(module);
}

}  // namespace shequ::python
