"""What can go wrong, as values: a problem hurts one file, an error stops the command."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One thing that was left out (error) or looks wrong (warning), and how to mend it."""

    severity: Severity
    path: str
    """Relative to the project, with forward slashes."""
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    message: str
    hint: str


class DigestError(Exception):
    """The command cannot go on (exit code 2): wrong usage or settings, or a disk that refuses."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)  # both, so that it travels between processes
        self.message = message
        self.hint = hint
