"""Findings: problems put together, of many that are alike only some."""

import re
from collections import Counter
from collections.abc import Iterable

from digest.errors import Problem

ALIKE = 50
"""Findings with the same mend that are told one by one."""


class Findings:
    """Collects problems; of many that are alike it keeps some, and counts the others."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep what there are not enough of yet."""
        for problem in problems:
            kind = (problem.severity, re.sub(r"https?:\S+|'.*'", "", problem.hint))
            self._counts[kind] += 1
            if self._counts[kind] <= ALIKE:
                self._kept.append(problem)

    def all(self, name: str) -> list[Problem]:
        """Return the problems by place, their paths below `name`, and last how many more there are."""
        kept = [problem._replace(path=_named(problem.path, name)) for problem in self._kept]
        more = [
            Problem(
                "error" if severity == "error" else "warning",
                name,
                0,
                f"and {count - ALIKE:,} more with this mend",
                hint,
            )
            for (severity, hint), count in self._counts.items()
            if count > ALIKE
        ]
        return sorted(set(kept), key=lambda problem: (problem.path, problem.line, problem.message)) + sorted(more)


def _named(path: str, name: str) -> str:
    """Return a path relative to the project: those of the site are below its folder, others begin with two slashes."""
    return path[2:] if path.startswith("//") else f"{name}/{path}" if path else name
