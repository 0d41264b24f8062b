"""Which articles are in which state."""

from pathlib import Path

from digest import reconcile, seeds
from digest.build import read_content
from digest.config import Settings
from digest.errors import Problem
from digest.importing import read_records
from digest.inputs import Inputs
from digest.store import Memory
from digest.workers import serial

Row = tuple[str, ...]


def find(
    root: Path, memory: Memory, found: Inputs, settings: Settings, now: int, state: str | None
) -> tuple[list[Row], list[Problem]]:
    """Return the articles in `state` (None: all) as rows of state, date, file and title; and for `problems`, these.

    `now` is in microseconds since 1970.
    """
    articles, problems = read_content(root, memory, found, settings, serial, lambda step, done, total: None)
    if state == "problems":
        for seed in found.seeds:
            problems += seeds.parse((root / seed).read_bytes()[: seeds.MAX_FILE + 1], seed)[1]
        return [], [*found.problems, *problems]
    edited = _edited(root, found)
    rows: list[Row] = []
    for article in sorted(articles, key=lambda article: (-article.order, article.id)):
        states = (
            ["draft"] * article.draft + ["future"] * (article.due > now) + ["edited"] * (article.body.file in edited)
        )
        if state is None or state.removesuffix("s") in states:
            rows.append((",".join(states) or "published", article.date, article.body.file, article.title))
    return rows, []


def _edited(root: Path, found: Inputs) -> set[str]:
    """Return the imported files that a person changed since."""
    records, _ = read_records(root, found.content)
    present = (record for record in records if record.path in found.content)
    return {
        record.path for record in present if reconcile.fingerprint((root / record.path).read_bytes()) != record.wrote
    }
