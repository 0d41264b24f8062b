"""Which articles are in which state."""

from pathlib import Path

from digest.build import read_content
from digest.config import Settings
from digest.errors import Problem
from digest.importing import conflict, names_version, read_records, read_seed
from digest.inputs import Inputs
from digest.library import assemble
from digest.reconcile import Record, fingerprint, index, match
from digest.seeds import parse
from digest.store import Memory
from digest.workers import serial

Row = tuple[str, ...]


def find(
    root: Path, memory: Memory, found: Inputs, settings: Settings, now: int, state: str | None
) -> tuple[list[Row], list[Problem]]:
    """Return the articles in `state` (None: all) as rows of state, date, file and title, and what could not be read.

    For `problems` there are no rows, but everything that a build would tell. `now` is in microseconds since 1970.
    """
    articles, problems = read_content(root, memory, found, settings, serial, lambda *_: None)
    problems = [*found.problems, *problems]
    if state == "problems":
        _, clashes = assemble(articles, now, drafts=True, future=True)
        return [], [*problems, *clashes, *_seed_problems(root, found)]
    edited = {record.path for record in _edited(root, found)}
    rows: list[Row] = []
    for article in sorted(articles, key=lambda article: (-article.order, article.id)):
        states = ["draft"] * article.draft + ["future"] * (article.due > now)
        states += ["expired"] * (article.expires is not None and article.expires <= now)
        states += ["edited"] * (article.body.file in edited)
        if state is None or state.removesuffix("s") in states:
            rows.append((",".join(states) or "published", article.date, article.body.file, article.title))
    return rows, problems


def _seed_problems(root: Path, found: Inputs) -> list[Problem]:
    """Return what is wrong with seeds, and the edited files whose seed changed since."""
    records, problems = read_records(root, found.content)
    known = index(records)
    edited = {record.path for record in _edited(root, found)}
    for seed in found.seeds:
        data = read_seed(root, seed)
        articles, wrong = ([], [data]) if isinstance(data, Problem) else parse(data, seed)
        problems += wrong
        for article, record in match(seed, articles, known, found.seeds):
            changed = record is not None and record.path in edited and record.text != article.text_hash
            if record is not None and changed and not names_version(root / record.path, article.sha256):
                problems.append(conflict(record.path, seed, article))
    return problems


def _edited(root: Path, found: Inputs) -> list[Record]:
    """Return the imports whose file a person changed since."""
    records, _ = read_records(root, found.content)
    present = (record for record in records if record.path in found.content)
    return [record for record in present if fingerprint((root / record.path).read_bytes()) != record.wrote]
