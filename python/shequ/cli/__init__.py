# SPDX-License-Identifier: BSD-3-Clause
"""The command `shequ`; its parts are imported only when it runs, since typer and rich are optional."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence

from shequ._messages import default_lang, text

__all__ = ["main"]

UNUSABLE = 2  # exit code: nothing could be done


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows `shequ`; that of the process by default.

    Raises
    ------
    SystemExit
        Always: 0 done, 1 done and something must be mended, 2 nothing could be done.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character must not end the program
    if any(importlib.util.find_spec(name) is None for name in ("typer", "rich")):
        sys.stderr.write(text("cli.not_installed", default_lang()) + "\n")
        raise SystemExit(UNUSABLE)
    from shequ.cli._app import create_app, language_of

    create_app(language_of(given))(args=given, prog_name="shequ")
