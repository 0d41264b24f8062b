"""Give each article its neighbours in time; Pelican has no such notion of its own."""

from itertools import pairwise
from typing import Any

# Pelican lives in the benchmark's environment, not in the one that checks types.
from pelican import signals  # type: ignore[import-not-found]


def link(generator: Any) -> None:
    for newer, older in pairwise(generator.articles):
        newer.older = older
        older.newer = newer


def register() -> None:
    signals.article_generator_finalized.connect(link)
