"""The command `digest`, also as `python -m digest`."""

import os
import sys

INTERRUPTED = 130
"""Exit code: Ctrl-C, as shells count (128 and the number of the signal)."""


def run() -> None:
    """Run the command and exit at once: to take apart what it read of a large digest would cost as much as to read it."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts threads else, that nothing here uses
    try:
        from digest.cli import main  # where Ctrl-C already counts: to load it takes a moment

        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # closed, or its reader is gone
            continue
    os._exit(code)


if __name__ == "__main__":
    run()
