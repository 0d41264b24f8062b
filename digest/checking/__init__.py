"""What `digest check` looks at: each module takes the text of files and returns what it found wrong with them."""

from digest.errors import Problem


def error(path: str, line: int, message: str, hint: str) -> Problem:
    """Return a finding that a reader would suffer from."""
    return Problem("error", path, line, message, hint)


def warning(path: str, line: int, message: str, hint: str) -> Problem:
    """Return a finding that is worth a look."""
    return Problem("warning", path, line, message, hint)


def shown(text: object) -> str:
    """Return what a message quotes of a text: hostile files have long ones."""
    quoted = str(text)
    return repr(quoted if len(quoted) <= 100 else f"{quoted[:99]}…")
