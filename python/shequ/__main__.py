# SPDX-License-Identifier: BSD-3-Clause
"""``python -m shequ`` is the command line; ``python -m shequ config`` tells C++ builds where to look."""

import sys

from shequ import _config


def main() -> int:
    """Run ``config`` without the command line's packages, everything else through them."""
    if sys.argv[1:2] == ["config"]:
        return _config.main(sys.argv[2:])
    from shequ.cli import main as run_command_line

    run_command_line()
    return 0


if __name__ == "__main__":
    sys.exit(main())
