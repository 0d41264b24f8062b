"""What `digest doctor` looks at: each module takes how a digest is set up, and yields what is odd about it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from digest.config import Settings
from digest.errors import Problem
from digest.inputs import Inputs
from digest.model import Article
from digest.store import Memory


class Finding(NamedTuple):
    """One thing that is odd."""

    severity: Literal["error", "notice"]
    """An error needs mending; a notice may be as it should be."""
    path: str
    """Relative to the project where it is inside."""
    line: int
    """Counted from 1; 0 where no line is meant."""
    message: str
    hint: str


class Setup(NamedTuple):
    """How a digest is set up, as it was found."""

    root: Path
    config: Path
    output: Path
    settings: Settings
    lines: Mapping[str, int]
    """The keys that the settings file states, with their lines."""
    found: Inputs
    memory: Memory
    articles: Sequence[Article]
    """All that can be read."""
    problems: Sequence[Problem]
    """Of what cannot."""
    now: int
    """Microseconds since 1970."""
    environment: Mapping[str, str]

    def error(self, path: str | Path, message: str, hint: str, line: int = 0) -> Finding:
        """Return a finding that needs mending."""
        return Finding("error", self._name(path), line, message, hint)

    def notice(self, path: str | Path, message: str, hint: str, line: int = 0) -> Finding:
        """Return a finding that may be as it should be."""
        return Finding("notice", self._name(path), line, message, hint)

    def of_key(self, key: str) -> tuple[str, int]:
        """Return the name of the settings file, and the line of a key in it (0 where it is not there)."""
        return self._name(self.config), self.lines.get(key, 0)

    def _name(self, path: str | Path) -> str:
        place = Path(path)
        return place.relative_to(self.root).as_posix() if place.is_relative_to(self.root) else str(path)


def some(names: Iterable[str], many: int = 3) -> str:
    """Name a few of many: `a, b, c and 4 more`."""
    listed = list(names)
    shown = ", ".join(listed[:many])
    return f"{shown} and {len(listed) - many:,} more" if len(listed) > many else shown


def count(number: int, noun: str, plural: str = "") -> str:
    """Say how many: `1 article`, `2 articles`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
