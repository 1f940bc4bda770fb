# SPDX-License-Identifier: BSD-3-Clause
"""Runs the command line in this process, for the tests of its commands."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("typer", reason="the command line is optional")

from typer.testing import CliRunner, Result

from shequ.cli._app import create_app


def run(*arguments: str | Path, lang: str = "en") -> Result:
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(create_app(lang), given)  # type: ignore[arg-type]


def squeezed(result: Result) -> str:
    """Return the output without the line breaks that a narrow page brings."""
    return " ".join(result.output.split())
