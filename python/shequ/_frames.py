# SPDX-License-Identifier: BSD-3-Clause
"""Tables as pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shequ._errors import optional_import

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

__all__ = ["frame_of"]


def frame_of(
    rows: Sequence[dict[str, object]] | Sequence[Sequence[object]],
    columns: Sequence[str] | None = None,
    *,
    whole: Iterable[str] = (),
) -> pd.DataFrame:
    """Return rows as a frame, what a method `to_dataframe` is for.

    Parameters
    ----------
    rows : sequence of dict or of sequences
    columns : sequence of str, optional
        Names, also where there is no row; by default the keys of the rows.
    whole : iterable of str
        Columns of whole numbers, some missing: Int64, where the frame has them.

    Raises
    ------
    MissingDependencyError
        pandas is not installed.
    """
    with optional_import("to_dataframe()", "pandas", "pandas"):
        import pandas as pd
    frame: pd.DataFrame = pd.DataFrame(rows, columns=None if columns is None else list(columns))
    typed: pd.DataFrame = frame.astype({name: "Int64" for name in whole if name in frame})
    return typed
