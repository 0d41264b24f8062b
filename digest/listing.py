"""Which articles are in which state."""

from pathlib import Path

from digest import coverage, curation, reader
from digest.build import read_topics
from digest.config import Settings
from digest.errors import Problem
from digest.importing import conflict, names_version
from digest.inputs import Inputs
from digest.ledger import Record, fingerprint
from digest.library import assemble
from digest.seeds import READING, Reading
from digest.shelf import main_of, meet, open_shelf, read_records
from digest.store import Memory
from digest.workers import serial

Row = tuple[str, ...]


def find(
    root: Path,
    memory: Memory,
    found: Inputs,
    settings: Settings,
    now: int,
    state: str | None,
    reading: Reading = READING,
) -> tuple[list[Row], list[Problem]]:
    """Return the articles in `state` (None: all) as rows of state, date, file and title, and what could not be read.

    For `problems` there are no rows, but everything that a build would tell. `now` is in microseconds since 1970,
    `reading` says how seeds are read.
    """
    contents = reader.read(root, memory, found, settings, serial, lambda *_: None)
    articles = contents.articles
    problems = [*found.problems, *contents.problems]
    if state == "problems":
        _, clashes = assemble(articles, now, drafts=True, future=True)
        shelf, _ = assemble(articles, now)
        covered = coverage.find(memory, shelf, contents.features, serial)
        chosen = curation.choices(contents.editions, articles, shelf.days, covered.story_of)
        problems += [*read_topics(root)[1], *clashes, *covered.problems, *chosen.problems]
        return [], [*problems, *_seed_problems(root, found, reading)]
    edited = {record.path for record in _edited(root, found)}
    rows: list[Row] = []
    for article in sorted(articles, key=lambda article: (-article.order, article.id)):
        states = ["draft"] * article.draft + ["future"] * (article.due > now)
        states += ["expired"] * (article.expires is not None and article.expires <= now)
        states += ["edited"] * (article.body.file in edited)
        if state is None or state.removesuffix("s") in states:
            rows.append((",".join(states) or "published", article.date, article.body.file, article.title))
    return rows, problems


def _seed_problems(root: Path, found: Inputs, reading: Reading) -> list[Problem]:
    """Return what is wrong with seeds, and the edited files whose seed changed since."""
    records, problems = read_records(root, found.content)
    shelf = open_shelf(root, records, found.seeds, found.seeds, reading)
    edited = {record.path for record in _edited(root, found)}
    met, wrong = meet(shelf, found.seeds)
    problems += [problem for of_seed in wrong.values() for problem in of_seed]
    for key in dict.fromkeys(key for keys in met.values() for key in keys):
        draft = shelf.known.drafts[key]
        if draft.record is None or not draft.changed or draft.record.path not in edited:
            continue
        newest = main_of(shelf, draft)
        if newest is None or newest[0].text == draft.record.text:
            continue
        main, article = newest
        if not names_version(root / draft.record.path, main.sha256):
            problems.append(conflict(draft.record, main, article))
    return problems


def _edited(root: Path, found: Inputs) -> list[Record]:
    """Return the imports whose file a person changed since."""
    records, _ = read_records(root, found.content)
    present = (record for record in records if record.path in found.content)
    return [record for record in present if fingerprint((root / record.path).read_bytes()) != record.wrote]
