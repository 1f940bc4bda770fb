# SPDX-License-Identifier: BSD-3-Clause
"""What the library raises: every error of a user derives from `Error` and speaks English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from shequ._core import RowProblem

__all__ = [
    "Error",
    "HierarchyError",
    "InfeasibleError",
    "InterruptedSearchError",
    "InvalidInputError",
    "MissingDependencyError",
    "optional_import",
]

Lang = Literal["en", "zh"]


class Error(Exception):
    """Base of everything that shequ raises.

    Parameters
    ----------
    english : str
        The message, as `str` shows it.
    chinese : str, optional
        The same message in Chinese; the English one serves where it is empty.
    """

    def __init__(self, english: str, chinese: str = "") -> None:
        super().__init__(english)
        self._chinese = chinese

    def message(self, lang: Lang = "en") -> str:
        """Return the message in English ("en") or Chinese ("zh")."""
        return self._chinese if lang == "zh" and self._chinese else str(self)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep both languages through pickle."""
        return type(self), (str(self), self._chinese)


class InvalidInputError(Error, ValueError):
    """An argument, a row or a file that no answer can be given for; names it, its value and what is allowed."""


class HierarchyError(InvalidInputError):
    """Rows that make no tree; `problems` lists every fault of every row.

    Parameters
    ----------
    english, chinese : str
        The messages.
    problems : tuple of RowProblem
        One entry a fault: `fault`, `row` (from 0), `other_row`, `code`, `message(lang)`.
    """

    def __init__(self, english: str, chinese: str = "", problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(english, chinese)
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the problems through pickle."""
        return type(self), (str(self), self._chinese, self.problems)


class InfeasibleError(Error):
    """A request that is proven to have no answer, raised only by calls that promise one."""


class InterruptedSearchError(Error):
    """The caller asked to stop and there is no partial answer to return."""


class MissingDependencyError(Error, ImportError):
    """An optional package is needed; the message says how to install it."""


@contextmanager
def optional_import(
    caller: str, package: str, install: str, *, caller_zh: str = "", instead: str = ""
) -> Iterator[None]:
    """Turn a failing import inside of the block into a MissingDependencyError that says how to install the package.

    Parameters
    ----------
    caller, caller_zh : str
        What needs the package, in English and, where it is no name of a function, in Chinese.
    package, install : str
        Its name, and what follows ``pip install``.
    instead : str, optional
        What works without the package.
    """
    try:
        yield
    except ImportError as error:
        raise MissingDependencyError(
            f"{caller} needs {package}: pip install {install}" + (f", or use {instead}" if instead else ""),
            f"{caller_zh or caller} 需要 {package}：pip install {install}" + (f"，也可用 {instead}" if instead else ""),
        ) from error
