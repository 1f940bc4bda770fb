# SPDX-License-Identifier: BSD-3-Clause
"""Write files so that whoever stops the program halfway finds the old file whole."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

from shequ._errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["replacing"]


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its place once all is written.

    Parameters
    ----------
    path : path-like
        The file to write; its folder must exist.

    Yields
    ------
    binary file
        Written, flushed to the disk and renamed when the block ends; removed when it raises.

    Raises
    ------
    InvalidInputError
        The folder is missing or not writable, or the file is in use and cannot be replaced.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{uuid4().hex[:8]}.tmp")
    try:
        file = temporary.open("xb")
    except OSError as error:
        raise _refusal(target, error) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            temporary.replace(target)
        except OSError as error:
            raise _refusal(target, error) from error
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _refusal(target: Path, error: OSError) -> InvalidInputError:
    why = error.strerror or str(error)
    return InvalidInputError(
        f"path={target} must be writable: {why}; close it in other programs, or choose another folder",
        f"path={target} 必须可写：{why}；请关闭正在使用它的程序，或换一个文件夹",
    )
