# SPDX-License-Identifier: BSD-3-Clause
"""The texts that planners read, in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import shequ
import shequ.cli
import shequ.report
from shequ._messages import TEXTS, check_lang, default_lang, text


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_say_the_same_values(key: str) -> None:
    chinese, english = TEXTS[key]
    assert chinese
    assert english
    assert names(english) - {"s"} == names(chinese)  # only English has a plural


def test_chinese_texts_are_chinese() -> None:
    plain = {key for key, (chinese, _) in TEXTS.items() if not re.search("[\u4e00-\u9fff，；。、：]", chinese)}
    assert plain == set()


def test_every_key_in_the_code_has_a_text() -> None:
    used: set[str] = set()
    for path in [path for module in (shequ, shequ.cli, shequ.report) for path in Path(module.__path__[0]).glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'\btext\(\s*"([a-z_.0-9]+)",', source))
        used |= set(re.findall(r'\.say\(\s*"([a-z_.0-9]+)"', source))
    assert len(used) > 40
    assert used <= TEXTS.keys()


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_system(environment: dict[str, str], lang: str) -> None:
    assert default_lang(environment) == lang


def test_a_text_is_filled_in() -> None:
    assert text("staff.short", "zh", n=3) == "缺3人"
    assert text("staff.short", "en", n=3) == "short of 3"


def test_another_language_is_refused() -> None:
    with pytest.raises(shequ.InvalidInputError, match='lang="fr" must be "zh" or "en"'):
        check_lang("fr")
