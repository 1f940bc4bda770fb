# SPDX-License-Identifier: BSD-3-Clause
"""Identity numbers and telephones: never needed, so never read, and masked wherever a cell is quoted."""

from __future__ import annotations

import re

__all__ = ["is_personal", "mask"]

_PERSONAL = re.compile(
    r"身份证|证件号|公民身份|电话|手机|联系方式|银行卡|银行账号|idcard|idnumber|identitynumber|phone|mobile|telephone"
)
# 18 digits of an identity number (GB 11643), the last of which may be X, or the 15 of the older one.
_IDENTITY = re.compile(r"(?<![0-9])([1-9][0-9]{5})(?:[0-9]{11}[0-9Xx]|[0-9]{9})(?![0-9])")
_BIRTH = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_SHORT_BIRTH = re.compile(r"[2-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])(0[0-9]{2,3})-([0-9]{3,4})[0-9]{4}(?![0-9])")


def is_personal(header: str) -> bool:
    """Tell whether a header, as `normalise` returns it, is one of identity numbers, telephones or bank accounts."""
    return _PERSONAL.search(header) is not None


def _mask_identity(match: re.Match[str]) -> str:
    number = match[0]
    dated = _BIRTH.fullmatch(number[6:14]) if len(number) == 18 else _SHORT_BIRTH.fullmatch(number[6:12])
    # Codes of units may have as many digits; numbers of persons hold a date of birth.
    return match[1] + "*" * (len(number) - 6) if dated else number


def mask(text: str) -> str:
    """Return a text with identity numbers and telephones masked: 138****0000."""
    if len(text) < 7 or not any(map(str.isdigit, text)):
        return text
    text = _IDENTITY.sub(_mask_identity, text)
    return _LANDLINE.sub(r"\1-\2****", _MOBILE.sub(r"\1****\2", text))
