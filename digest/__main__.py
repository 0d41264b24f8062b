"""The command `digest`, also as `python -m digest`."""

import contextlib
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command and exit at once: to take apart what it read of a large digest would cost as much as to read it."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts threads else, that nothing here uses
    os.environ["TZ"] = (
        "UTC"  # nothing here asks what time it is where the machine stands; Babel takes 10 ms to find out
    )
    from digest.cli import main

    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # closed, or its reader is gone
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
