# SPDX-License-Identifier: BSD-3-Clause
"""What the communities of a town, or of the district, add up to, with what is missing counted and never taken as 0."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from shequ._messages import text
from shequ._repr_text import AtLeast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shequ._errors import Lang

__all__ = ["StaffTotal"]


@dataclass(frozen=True)
class StaffTotal:
    """What the communities of a town, or of the district, add up to.

    A sum is of the communities that give a number; None where none of those that should give one does.

    Parameters
    ----------
    code, name : str
        Of the town; the district's total has the code "".
    communities : int
        All of them; `answered` of them got a number of posts.
    posts_missing : int
        Communities that should have a number of posts and have none through a fault of the data; the other unanswered
        ones are not covered by the rule.
    households_missing, workers_all_missing, workers_missing : int
        Communities that are missing in the sum of this name.
    households : int or None
        Of all communities.
    workers_all : int or None
        Workers of all communities.
    not_covered : int
        How many of `posts_missing` the norm says nothing for.
    posts, posts_most, workers : int or None
        Of the communities that got an answer.
    shortage, surplus : int or None
        Sums over communities of max(0, posts - workers) and max(0, workers - posts): one does not make up for the other.
        Without the communities whose posts or workers are missing.
    """

    code: str
    name: str
    communities: int
    answered: int
    posts_missing: int
    not_covered: int
    households_missing: int
    workers_all_missing: int
    workers_missing: int
    households: int | None
    workers_all: int | None
    posts: int | None
    posts_most: int | None
    workers: int | None
    shortage: int | None
    surplus: int | None

    @classmethod
    def of(cls, code: str, name: str, sums: Mapping[str, int]) -> StaffTotal:
        """Make a total of sums in which what is missing was left out; `known` counts the communities with a gap."""
        communities, answered, owed = sums["communities"], sums["answered"], sums["posts_missing"]
        unknown = {
            "households": 0 < communities == sums["households_missing"],
            "workers_all": 0 < communities == sums["workers_all_missing"],
            "posts": owed > 0 and not answered,
            "posts_most": owed > 0 and not answered,
            "workers": answered + owed > 0 and not sums["known"],
        }
        unknown["shortage"] = unknown["surplus"] = unknown["workers"]
        own = [field.name for field in fields(cls)[2:]]
        return cls(code, name, **{key: None if unknown.get(key) else sums[key] for key in own})  # type: ignore[arg-type]

    @property
    def unanswered(self) -> int:
        """Communities without a number of posts."""
        return self.communities - self.answered

    @property
    def not_applicable(self) -> int:
        """Communities that the rule does not cover."""
        return self.unanswered - self.posts_missing

    def missing(self, name: str) -> int:
        """Return how many communities are missing in a sum; for a gap, those without posts or without workers."""
        if name in {"shortage", "surplus"}:
            return self.posts_missing + self.workers_missing
        return int(getattr(self, "posts_missing" if name == "posts_most" else name + "_missing", 0))

    def cell(self, name: str, lang: Lang) -> int | str:
        """Return a number as tables show it: `AtLeast` where communities are missing in it, a word where it is unknown."""
        value: int | None = getattr(self, name)
        if value is None:
            return text("staff.unknown", lang)
        return AtLeast(value) if self.missing(name) else value

    def words(self, name: str, lang: Lang) -> str:
        """Say what a sum is: "98 workers", "at least 98 workers", "workers unknown"."""
        value: int | None = getattr(self, name)
        missing = self.missing(name)
        key = ".unknown" if value is None or (missing and not value) else ".least" if missing else ""
        if name == "posts" and self.posts_most != value and not key:
            return text("staff.sum.posts.range", lang, n=value, most=self.posts_most)
        return text(f"staff.sum.{name}{key}", lang, n=value)
