# SPDX-License-Identifier: BSD-3-Clause
"""What-ifs (方案推演): edits on a district, with every total up to date, undo, branches and comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from shequ import _core
from shequ._comparison import Comparison, Difference, compare_scenarios
from shequ._errors import InvalidInputError
from shequ._levels import to_level
from shequ._messages import check_lang
from shequ._norm_rules import rule_of_norm
from shequ._scenario_file import edits_document, edits_of, read_scenario, write_scenario
from shequ._scenario_reading import ScenarioReading, units_of
from shequ._scenario_replay import replay
from shequ._scenario_rules import assigned_rules, kind_of
from shequ._scenario_words import Conflict
from shequ.sheet import areas_of_district, setting_of_units

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from shequ._core import (
        CertificationRule,
        FacilityRule,
        FundingRule,
        Setting,
        StaffingRatio,
        StaffingRule,
        StaffingTable,
    )
    from shequ._errors import Lang
    from shequ._levels import LevelLike
    from shequ._scenario_rules import AssignedRule
    from shequ.district import District
    from shequ.graph import Graph
    from shequ.hierarchy import Hierarchy
    from shequ.succession import Succession

    Norm = StaffingRule | StaffingRatio | StaffingTable
    Rule = Norm | FundingRule | CertificationRule | FacilityRule | tuple[int, int] | str | None
    RuleBySetting = Rule | Mapping[str, Rule]
    Kept = tuple[Graph | None, list[int]]

__all__ = ["Comparison", "Conflict", "Difference", "Scenario"]

#: Whole numbers of a district that are no counts to add up.
_NO_COUNTS = ("kind", "funding_class", "as_of")


def _counts(district: District) -> dict[str, Any]:
    """Return the columns of whole numbers, with that of settings."""
    return {
        name: column
        for name, column in district.columns.items()
        if column.dtype.kind in "iu" and name not in _NO_COUNTS
    }


class Scenario(ScenarioReading):
    """Edits on a base: posts, money, certificates, premises and grids of every unit are up to date after each of them.

    A unit is given by its number in the tree or by its code as text. Units keep their numbers; a new unit gets the next
    one. A refused edit raises and leaves the scenario as it was.

    Parameters
    ----------
    district : District or Hierarchy
        The tree, and of a District its columns of whole numbers.
    columns : mapping of str to array_like or masked array of int, shape (n,), optional
        Instead of the whole numbers of the district. Values of 0 or more, masked where missing; a column has values at communities
        or below them, never at both. Norms count `households`, `dwellings` or `residents` (`persons` means the same); shortage and surplus need
        `workers`. `setting` (0 urban, 1 rural) is not summed up; where a district has none, it is taken from kind, code or
        name of each community, as in `district_sheet`.
    rules : norm of staffing or its id, or mapping of "urban" and "rural" to these, optional
        Who gets posts by what: all communities, or those of a setting.
    funding, certification, premises, outdoor, grid_size : rule, id of a norm, or mapping of settings to these, optional
        FundingRule without classes, CertificationRule, FacilityRule twice, and (least, most) households of a grid. What has a
        rule is computed, in `measures`: grant (fen), certificates lacking, premises_gap and outdoor_gap (dm²), grids (fewest).
        Premises and outdoor go by the columns office_dm2 and outdoor_dm2, of a district by its office_m2 and outdoor_m2.
        Which communities a rule's own `applies_to` means is not asked.
    contacts : Graph, optional
        Which units of a level touch; its ids are their codes, or their numbers in the tree: atoms, grids, communities or
        several of these. No edit may then leave what is below a unit in more pieces than before.
    locked : iterable of int or str, optional
        Units, such as grids, that no edit may end and below which none may come or go.

    Raises
    ------
    InvalidInputError
        Columns of another length, negative values, values above one another, a norm whose column is not there, contacts
        or locks of units that are not in the tree.

    Examples
    --------
    >>> import shequ
    >>> s = shequ.Scenario(shequ.sample_district(seed=1), rules=shequ.StaffingRule())
    >>> unit = int(s.hierarchy.at_level("community")[0])
    >>> s.add("households", unit, 300)
    >>> int((s.compare().measure == "households").sum())  # the community, its town and the district
    3
    """

    def __init__(
        self,
        district: District | Hierarchy,
        columns: Mapping[str, Any] | None = None,
        rules: RuleBySetting = None,
        *,
        funding: RuleBySetting = None,
        certification: RuleBySetting = None,
        premises: RuleBySetting = None,
        outdoor: RuleBySetting = None,
        grid_size: RuleBySetting = None,
        contacts: Graph | None = None,
        locked: Iterable[int | str] = (),
    ) -> None:
        from shequ.hierarchy import Hierarchy

        if isinstance(district, Hierarchy):
            tree, given = district, dict(columns or {})
        else:
            tree = district.hierarchy
            given = dict(_counts(district) if columns is None else columns)
        if "residents" not in given and "persons" in given:  # as ledgers call what norms call residents
            given = {"residents" if name == "persons" else name: column for name, column in given.items()}
        setting = given.pop("setting", None)
        if setting is None and not isinstance(district, Hierarchy):
            setting = setting_of_units(district)
        rules_by_kind = {"staffing": rules, "funding": funding, "certification": certification}
        assigned = assigned_rules(**rules_by_kind, premises=premises, outdoor=outdoor, grid_size=grid_size)
        if columns is None and not isinstance(district, Hierarchy):
            wanted = [f"{name}_dm2" for name, rule in (("office", premises), ("outdoor", outdoor)) if rule is not None]
            given |= {name: column for name, column in areas_of_district(district).items() if name in wanted}
        self._start_from(tree, given, setting, assigned, (contacts, units_of(tree, locked, "locked")))

    def _start_from(
        self, tree: Hierarchy, given: dict[str, Any], setting: Any, rules: list[AssignedRule], kept: Kept
    ) -> None:
        #: The tree that the scenario starts from.
        self.hierarchy = tree
        self.columns = tuple(given)
        self._given = given if setting is None else {**given, "setting": setting}
        #: Setting (None for all), kind and rule of each that it starts with.
        self.rules = rules
        whole_tree = [(0, name, kind, rule) for name, kind, rule in rules]
        #: Contacts and locked units that edits keep.
        self.kept = kept
        contacts, locked = kept
        graph = None if contacts is None else contacts._core
        units = [] if contacts is None else units_of(tree, contacts.ids, "contacts")
        self._base = _core.ScenarioBase(tree._core, list(given.items()), whole_tree, setting, graph, units, locked)
        self._core = _core.Scenario(self._base)

    def _on(self, core: _core.Scenario) -> Scenario:
        made = Scenario.__new__(Scenario)
        made.hierarchy, made.columns, made.rules = self.hierarchy, self.columns, self.rules
        made._given, made.kept = self._given, self.kept
        made._base, made._core = self._base, core
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the base and the edits in force; edits that were taken back are left out."""
        return _scenario_of, (self.hierarchy, self._given, self.rules, edits_document(self), self.kept)

    # Edits

    def set(self, column: str, unit: int | str, value: float | None) -> None:
        """Set a value (0 or more), or make it missing with None; whole numbers but for areas in square metres."""
        self._core.set(self.unit(unit), self._column(column), self._kept(column, value))

    def add(self, column: str, unit: int | str, difference: float) -> None:
        """Add to a value that is there."""
        self._core.add(self.unit(unit), self._column(column), self._kept(column, difference))

    def transfer(self, source: int | str, to: int | str, **values: float) -> None:
        """Give so much of each column from one unit to another of its level; totals above both stay as they are.

        ``s.transfer(grid, other, households=38)``: a building goes to another grid. Both have values in these columns. Whether
        grids stay connected and within bounds is for `questions.free_posts`, `resolve` and `certify` to say.
        """
        kept = {self._column(name): self._kept(name, value) for name, value in values.items()}
        self._core.transfer(self.unit(source), self.unit(to), kept)

    def set_rule(
        self, rule: Rule, within: int | str = 0, *, setting: Setting | str | None = None, kind: str | None = None
    ) -> None:
        """Give a rule to all communities, those of a subtree, or of these the ones of a setting; None takes it away.

        Parameters
        ----------
        rule : rule, id of a norm, or None
        within : int or str, default 0
            The unit whose communities get it.
        setting : {"urban", "rural"}, optional
        kind : {"staffing", "funding", "certification", "premises", "outdoor", "grid_size"}, optional
            What the rule is for: told by its class; must be given for a FacilityRule. None and ids mean staffing.
        """
        chosen = "staffing" if kind is None and isinstance(rule, str) else kind_of(rule, kind)
        self._core.set_rule(self.unit(within), setting, chosen, rule_of_norm(rule, chosen))

    def merge(self, units: Iterable[int | str], *, name: str, code: str = "") -> int:
        """Replace units of one parent by a new one with their values added up; return its number.

        A column must have a value in all of them or in none. Setting and rules are those of the first.
        """
        return self._core.merge([self.unit(unit) for unit in units], name, code)

    def split(self, unit: int | str, parts: Iterable[Mapping[str, Any]]) -> list[int]:
        """Replace a unit by parts; return their numbers.

        Parameters
        ----------
        unit : int or str
            The unit to split.
        parts : iterable of mapping
            ``{"name": ..., "code": ..., "children": [...], "households": ..., ...}``: each column in which the unit has
            a value, adding up to it, and each unit below it in one part. `code` and `children` may be left out.
        """
        return self._core.split(self.unit(unit), [self._part(part) for part in parts])

    def _part(self, part: Mapping[str, Any]) -> tuple[str, str, dict[str, int], list[int]]:
        own = {key: value for key, value in part.items() if key not in ("name", "code", "children")}
        values = {self._column(key): self._kept(key, value) for key, value in own.items()}
        below = [self.unit(child) for child in part.get("children", ())]
        return part.get("name", ""), part.get("code", ""), values, below

    def create(
        self,
        parent: int | str,
        *,
        name: str,
        level: LevelLike = "community",
        code: str = "",
        setting: Setting | str | None = None,
    ) -> int:
        """Make a unit without values below `parent`; return its number."""
        return self._core.create(self.unit(parent), to_level(level), name, code, setting)

    def abolish(self, unit: int | str) -> None:
        """End a unit that has nothing below it and no value other than 0."""
        self._core.abolish(self.unit(unit))

    def move(self, unit: int | str, to: int | str) -> None:
        """Hang a unit, with all below it, under another unit of the level of its parent.

        Raises
        ------
        InvalidInputError
            The other unit is of another level; where `contacts` or `locked` were given, the unit touches nothing there,
            would leave a gap, or one of the two is locked. The scenario is as before.
        """
        self._core.move(self.unit(unit), self.unit(to))

    def undo(self) -> None:
        """Take the last edit back."""
        self._core.undo()

    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        self._core.redo()

    # History and branches

    @property
    def num_edits(self) -> int:
        """How many edits are in force."""
        return self._core.num_edits

    def edits(self) -> list[dict[str, Any]]:
        """Return the edits in force, each as a dict: kind, units, and what the kind needs."""
        return [self._core.edit(number) for number in range(1, self.num_edits + 1)]

    def branch(self) -> Scenario:
        """Return a scenario of its own with the same edits; memory is shared until one of the two changes."""
        return self._on(self._core.branch())

    def start(self) -> Scenario:
        """Return the base as a scenario without edits."""
        return self._on(_core.Scenario(self._base))

    def successions(self) -> list[tuple[str, list[int], list[int], int]]:
        """Return how units went over into others: kind, units before, units after, number of the edit."""
        return self._core.successions()

    def successors(self, unit: int | str) -> list[int]:
        """Return the units that took the place of a unit; the unit itself where it exists."""
        return self._core.successors(self.unit(unit))

    def succession(self, date: str, *, level: LevelLike = "community", share_by: str = "households") -> Succession:
        """Return what became of the units of the base, to join figures of the years before and after.

        Parameters
        ----------
        date : str
            Day on which the changes take effect, YYYY-MM-DD.
        level : Level or its name, default "community"
            Whose units.
        share_by : str, default "households"
            Column by whose values a split hands on other figures. Shares stay open where the parts have no value in it.

        Returns
        -------
        Succession
            One link for each unit that ended and unit it lives on in, whatever steps led there; units that moved, were
            abolished or are new. Those that are as before are not listed.

        Examples
        --------
        >>> import shequ
        >>> s = shequ.Scenario(shequ.sample_district(seed=1))
        >>> first, second = s.hierarchy.at_level("community")[:2].tolist()
        >>> _ = s.merge([first, second], name="新社区", code="990101001900")
        >>> [change.new for change in s.succession("2027-01-01").changes]
        ['990101001900', '990101001900']
        """
        from shequ._scenario_succession import succession_of

        return succession_of(self, date, level, share_by)

    def differences(self, before: Scenario | None = None, lang: Lang = "zh") -> Comparison:
        """Compare with another scenario on the same base: to print, to save as a workbook or page, or as a frame.

        Parameters
        ----------
        before : Scenario, optional
            What to compare with; the base without edits by default.
        lang : {"zh", "en"}
            Language of names, headers and edits.

        Returns
        -------
        Comparison
            Every number that differs with the edit that changed it, and the sums of towns and the district.

        Raises
        ------
        InvalidInputError
            The scenarios have different bases.

        Notes
        -----
        The cost grows with edits times differences, as edits are taken back one by one to find which changed what.
        """
        return compare_scenarios(self.start() if before is None else before, self, check_lang(lang))

    def compare(self, before: Scenario | None = None, lang: Lang = "zh") -> pd.DataFrame:
        """Return the rows of `differences` as a frame.

        Returns
        -------
        DataFrame
            unit, code, name, level, measure, before, after, difference (Int64, NA where unknown), edit (number of the
            last edit that changed it) and edit_of_before (the edit is one of `before`).

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        InvalidInputError
            The scenarios have different bases.
        """
        return self.differences(before, lang).to_dataframe()

    # Files

    def save(self, path: str | PathLike[str]) -> None:
        """Write the edits in force as JSON, with the norms and fingerprints of the base."""
        write_scenario(path, self, self._base.fingerprints())

    def load(self, path: str | PathLike[str]) -> Scenario:
        """Return the scenario of a file on the base of this one: every edit, or an error.

        Parameters
        ----------
        path : path-like
            JSON that `save` wrote, or TOML by hand (.toml).

        Raises
        ------
        InvalidInputError
            The file is no scenario, was saved on another base (says what differs), or an edit cannot be done.
        """
        file = read_scenario(path)
        differs = file.differs(self._base.fingerprints())
        if differs:
            raise InvalidInputError(
                f"path={path} was saved on another base: {', '.join(differs)} differ",
                f"path={path} 基于另一基准保存，差异：{', '.join(differs)}",
            )
        loaded = self.start()
        for conflict in replay(loaded, file.edits, file.root):
            raise InvalidInputError(
                f"{path}, edit {conflict.number}: {conflict.reason()}",
                f"{path}，第 {conflict.number} 步操作：{conflict.reason('zh')}",
            ) from conflict.error
        return loaded

    def replay(self, path: str | PathLike[str]) -> tuple[Scenario, list[Conflict]]:
        """Do the edits of a file on this base, whichever it was saved on, and list those that cannot be done.

        Parameters
        ----------
        path : path-like
            As of `load`.

        Returns
        -------
        scenario : Scenario
            On the base of this one, with the edits that could be done.
        conflicts : list of Conflict
            The others, with number, words and reason. An edit of a unit that was to be made by one of them is among them.
        """
        loaded, file = self.start(), read_scenario(path)
        return loaded, replay(loaded, file.edits, file.root)

    def __repr__(self) -> str:
        """Return one line: the class, its root and its numbers."""
        posts = self.total("posts")
        return (
            f"<Scenario: {self.hierarchy.name(0)}, {self.num_edits} edits, {self.total('communities')} communities, "
            f"posts {'unknown' if posts is None else posts}>"
        )


def _scenario_of(
    tree: Hierarchy, columns: Mapping[str, Any], rules: list[AssignedRule], edits: list[dict[str, Any]], kept: Kept
) -> Scenario:
    """Make the scenario of a pickle."""
    made = Scenario.__new__(Scenario)
    given = dict(columns)
    made._start_from(tree, given, given.pop("setting", None), rules, kept)
    for conflict in replay(made, edits_of(edits)):
        raise conflict.error
    return made
