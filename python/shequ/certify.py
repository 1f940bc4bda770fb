# SPDX-License-Identifier: BSD-3-Clause
"""Check certificates: ``python -m shequ.certify FILE...``.

The check itself lies in `shequ.checker`, which shares nothing with the compiled core. The function ``shequ.certify``
stands in the place where an import of this module puts the module: so the module can be called in its stead.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from shequ.checker.__main__ import main

if TYPE_CHECKING:
    from shequ._problem import Labels
    from shequ.certificate import Certificate
    from shequ.districting import Plan, Problem

__all__ = ["main"]


class _CallableModule(ModuleType):
    def __call__(self, problem: Problem, labels: Plan | Labels) -> Certificate:
        """Check a plan: see `shequ.districting.certify`."""
        from shequ.districting import certify

        return certify(problem, labels)


if __name__ == "__main__":
    sys.exit(main())
sys.modules[__name__].__class__ = _CallableModule
