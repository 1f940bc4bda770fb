# SPDX-License-Identifier: BSD-3-Clause
"""Every text that a planner reads, Chinese and English side by side, for the tables, the workbook and the commands.

Texts of the compiled core (errors, findings, reasons, relaxations) come from there in both languages already.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from shequ._errors import InvalidInputError
from shequ._messages._cli import CLI
from shequ._messages._doctor import DOCTOR
from shequ._messages._faults import FAULTS
from shequ._messages._map import MAP
from shequ._messages._norms import NORMS
from shequ._messages._report import REPORT
from shequ._messages._scenario import SCENARIO
from shequ._messages._sheet import SHEET
from shequ._messages._tables import TABLES
from shequ._messages._town import TOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shequ._errors import Lang

__all__ = ["TEXTS", "check_lang", "default_lang", "text"]

#: key: (Chinese, English); `{name}` is replaced by a value of the call.
TEXTS: dict[str, tuple[str, str]] = {
    **TABLES,
    **REPORT,
    **FAULTS,
    **CLI,
    **DOCTOR,
    **TOWN,
    **SHEET,
    **SCENARIO,
    **NORMS,
    **MAP,
}


def check_lang(lang: str) -> Lang:
    """Return `lang` where it is "zh" or "en"; raise InvalidInputError otherwise."""
    if lang == "zh":
        return "zh"
    if lang == "en":
        return "en"
    raise InvalidInputError(f'lang="{lang}" must be "zh" or "en"', f'lang="{lang}" 必须是 "zh" 或 "en"')


def default_lang(environment: Mapping[str, str] | None = None) -> Lang:
    """Choose the language of messages from LC_ALL, LC_MESSAGES, LANG, in this order: zh where it says so, else en."""
    variables = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if variables.get(name):
            return "zh" if variables[name].lower().startswith("zh") else "en"
    return "en"


def text(key: str, lang: Lang, /, **values: object) -> str:
    """Return the text of `key` in `lang`, with `values` filled in.

    Parameters
    ----------
    key : str
        Key of `TEXTS`; another one is a bug of the library and raises KeyError.
    lang : "zh" or "en"
        Language.
    **values : object
        One for each `{name}` of the text.

    Returns
    -------
    str
        The finished text.
    """
    chinese, english = TEXTS[key]
    return (chinese if lang == "zh" else english).format(**values)
