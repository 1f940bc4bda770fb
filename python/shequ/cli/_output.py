# SPDX-License-Identifier: BSD-3-Clause
"""What the commands share: options, tables, progress, files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from shequ._errors import InvalidInputError, Lang
from shequ._messages import text
from shequ._repr_text import format_value, is_number, text_width
from shequ._save_table import write_csv

__all__ = [
    "Printer",
    "Register",
    "argument",
    "check_out",
    "existing",
    "lang_option",
    "option",
    "progress_bar",
    "write_csv",
]

#: Columns of a page where the output is no terminal: tables in a log keep their rows on one line.
_PAGE_WIDTH = 132

_COLOURS = {"head": "bold", "good": "green", "warn": "yellow", "bad": "bold red"}


#: Decorator that makes a function the command of a name.
Register = Callable[[str], Callable[[Callable[..., None]], Callable[..., None]]]


def argument(lang: Lang, key: str, metavar: str) -> Any:
    """Return an argument whose help is the text of `key`."""
    panel = text("cli.arguments", lang)
    return typer.Argument(metavar=metavar, help=text(key, lang), show_default=False, rich_help_panel=panel)


def option(lang: Lang, key: str, *names: str, metavar: str | None = None) -> Any:
    """Return an option whose help is the text of `key`; the text itself names the default."""
    panel = text("cli.options", lang)
    return typer.Option(*names, help=text(key, lang), metavar=metavar, show_default=False, rich_help_panel=panel)


def lang_option(lang: Lang) -> Any:
    """Return the option for the language."""
    return option(lang, "cli.lang_option", "--lang", metavar="zh|en")


class Printer:
    """Writes headings, sentences and tables to the standard output.

    Parameters
    ----------
    lang : "zh" or "en"
        Language of the texts of `say`.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        terminal = sys.stdout.isatty()
        self.console = Console(file=sys.stdout, width=None if terminal else _PAGE_WIDTH, highlight=False, emoji=False)

    def line(self, sentence: str = "", style: str = "") -> None:
        """Print a sentence as it is: nothing in it is markup."""
        self.console.print(Text(sentence, style=style), soft_wrap=not self.console.is_terminal)

    def say(self, key: str, *, style: str = "", **values: object) -> None:
        """Print the text of `key`."""
        self.line(text(key, self.lang, **values), style)

    def heading(self, sentence: str) -> None:
        """Print a heading below an empty line."""
        self.line()
        self.line(sentence, "bold")

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[object]],
        *,
        states: dict[tuple[int, int], str] | None = None,
        total: Sequence[object] | None = None,
    ) -> None:
        """Print rows below their headers, numbers right-aligned, `states` coloured, `total` set apart."""
        every = [*rows, *([] if total is None else [total])]
        no_number = {"", text("staff.unknown", self.lang)}
        view = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
        for c, header in enumerate(headers):
            numeric = bool(every) and all(is_number(row[c]) or row[c] in no_number for row in every)
            numeric = numeric and any(is_number(row[c]) for row in every)
            # headers may take several lines, numbers may not
            least = max(text_width(format_value(row[c])) for row in every) if numeric else None
            view.add_column(header, justify="right" if numeric else "left", overflow="fold", min_width=least)
        for r, row in enumerate(every):
            last = r == len(rows)
            if last:
                view.add_section()
            styles = [_COLOURS.get((states or {}).get((r, c), ""), "bold" if last else "") for c in range(len(row))]
            view.add_row(*(Text(format_value(v), style=style) for v, style in zip(row, styles, strict=True)))
        self.console.print(view)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[..., None] | None]:
    """Show a bar on the standard error while the block runs; yield its callback (done, all, ...), None without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=None)
        yield lambda done, every, *_: bar.update(task, completed=done, total=every)


def existing(path: Path) -> Path:
    """Return a path that leads to a file; raise InvalidInputError otherwise."""
    if not path.is_file():
        raise InvalidInputError(
            text("cli.no_file", "en", path=path),
            text("cli.no_file", "zh", path=path),
        )
    return path


def check_out(path: Path | None, source: Path | None, *allowed: str, name: str = "--out") -> None:
    """Raise InvalidInputError where a path ends in none of `allowed` or is `source` itself, before any work is done."""
    if path is not None and source is not None and path.exists() and source.exists() and path.samefile(source):
        values = {"name": name, "path": path}
        raise InvalidInputError(text("cli.out_is_input", "en", **values), text("cli.out_is_input", "zh", **values))
    if path is not None and path.suffix.lower() not in allowed:
        values = {"name": name, "path": path, "allowed": ", ".join(allowed)}
        raise InvalidInputError(text("cli.bad_out", "en", **values), text("cli.bad_out", "zh", **values))
