"""Findings: problems put together, of many that are alike only some."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from digest.checking import links
from digest.errors import Problem

ALIKE = 50
"""Findings with the same mend that are told one by one."""


class Findings:
    """Collects problems; of many that are alike it keeps some, and counts the others.

    A page's broken link comes before the same link in feeds, which have the page's text: those are named with it.
    """

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._gone: dict[str, tuple[Problem, set[str]]] = {}
        """Where each file that is not there is linked first, and the other files than pages that link to it."""

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep what there are not enough of yet."""
        for problem in problems:
            if target := links.gone(problem):
                first, others = self._gone.setdefault(target, (problem, set()))
                if first != problem and not problem.path.endswith(".html"):
                    others.add(problem.path)
                    continue
            kind = (problem.severity, re.sub(r"https?:\S+|'.*'", "", problem.hint))
            self._counts[kind] += 1
            if self._counts[kind] <= ALIKE:
                self._kept.append(problem)

    def all(self, name: str) -> list[Problem]:
        """Return the problems by place, their paths below `name`, and last how many more there are."""
        also = {first: sorted(others - {first.path}) for first, others in self._gone.values()}
        kept = [
            _with(problem, also.get(problem, []))._replace(path=_named(problem.path, name)) for problem in self._kept
        ]
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


def _with(problem: Problem, others: Sequence[str]) -> Problem:
    """Return a finding with the other files in which it was found."""
    if not others:
        return problem
    few = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    return problem._replace(message=f"{problem.message}; also in {few}")


def _named(path: str, name: str) -> str:
    """Return a path relative to the project: those of the site are below its folder, others begin with two slashes."""
    return path[2:] if path.startswith("//") else f"{name}/{path}" if path else name
