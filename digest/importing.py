"""The import: seeds in, content files out. It decides with `reconcile`, writes with `write`, and never overwrites an edit."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from digest import compose, content, frontmatter, language, reconcile, seeds, write
from digest.errors import Problem
from digest.layout import CONFLICTS, LEDGER
from digest.reconcile import Action, Index, Known, Record

MAX_EARLIER = 20
"""Earlier texts by which an article is known."""


class Step(NamedTuple):
    """What was decided for one content file."""

    action: Action
    path: str
    reason: str


class Imported(NamedTuple):
    """What an import did."""

    steps: Sequence[Step]
    problems: Sequence[Problem]
    unsettled: Collection[str]
    """Seeds that must be looked at again next time: something about them was told."""
    wrote: bool
    """Whether anything below `content/` was written."""


def run(
    root: Path,
    todo: Iterable[str],
    gone: Collection[str],
    existing: Collection[str],
    content_files: Collection[str],
    progress: Callable[[], None],
) -> Imported:
    """Import the seed files `todo` of the project `root`; tell what the seeds that are `gone` left behind.

    `existing` are all seed files, `content_files` all Markdown files and ledgers below `content/`; `progress`
    is told after each seed. Files are written before the ledger that speaks of them: a killed import
    finds them again by their id.
    """
    records, problems = read_records(root, content_files)
    known = reconcile.index(records)
    steps: list[Step] = []
    updated: dict[str, Record] = {}
    unsettled: set[str] = set()
    for seed in sorted(todo):
        data = read_seed(root, seed)
        articles, wrong = ([], [data]) if isinstance(data, Problem) else seeds.parse(data, seed)
        problems += wrong
        if wrong:
            unsettled.add(seed)
        pairs = reconcile.match(seed, articles, known, existing)
        if len(pairs) < len({article.text_hash for article in articles}):
            unsettled.add(seed)  # it holds an article that another seed has: should that go, this one stands in
        for pair in pairs:
            step, record, problem = _import_one(root, seed, pair, known, content_files)
            steps.append(step)
            if record is not None:
                updated[record.path] = known.by_path[record.path] = known.by_text[record.text] = record
                known.by_text.update(dict.fromkeys(record.earlier, record))
            if problem is not None:
                problems.append(problem)
                unsettled.add(seed)
        progress()
    _write_ledgers(root, known, updated)
    write.sweep(root)
    orphans = (
        Step(Action.ORPHAN, path, f"its seed {record.seed} is gone; the article stays")
        for path, record in sorted(known.by_path.items())
        if record.seed in gone
    )
    return Imported([*steps, *orphans], problems, unsettled, bool(updated))


def _import_one(
    root: Path, seed: str, pair: Known, known: Index, files: Collection[str]
) -> tuple[Step, Record | None, Problem | None]:
    """Import one article; return what was decided, the record to keep where it is another, and what to tell."""
    article, record = pair
    if record is not None and (record.text, record.importer, record.seed) == (
        article.text_hash,
        compose.IMPORTER,
        seed,
    ):
        on_disk = _fingerprint(root, record.path)
        action, reason = reconcile.decide(record, on_disk, record.wrote, article.text_hash)
        return Step(action, record.path, reason), None, None
    identifier = record.id if record else content.new_id(article.text_hash)
    lang = language.detect("\n".join(block.text for block in article.blocks))
    path = record.path if record else _free_path(root, pair, lang, identifier, known, files)
    data = compose.compose(article, seed, lang, identifier).encode()
    wrote = reconcile.fingerprint(data)
    on_disk = _fingerprint(root, path)
    acknowledged = on_disk is not None and names_version(root / path, article.sha256)
    action, reason = reconcile.decide(record, on_disk, wrote, article.text_hash, acknowledged)
    step = Step(action, path, reason)
    if action is Action.CONFLICT:
        write.put(root / CONFLICTS, path, data)
        return step, None, conflict(path, seed, article)
    if action in (Action.CREATE, Action.REFRESH):
        write.put(root, path, data)
    ours = record is None or action in (Action.CREATE, Action.REFRESH, Action.SAME)
    new = Record(
        path=path,
        id=identifier,
        seed=seed,
        text=article.text_hash,
        earlier=_earlier(record, article.text_hash),
        date=article.date,
        title=article.title,
        lead=reconcile.lead_of(article),
        wrote=wrote if record is None or ours else record.wrote,
        importer=compose.IMPORTER,
    )
    return step, new if new != record else None, None


def _earlier(record: Record | None, text: str) -> tuple[str, ...]:
    """Return the hashes of the texts that an article had before it had `text`, the last MAX_EARLIER of them."""
    if record is None or record.text == text:
        return record.earlier if record else ()
    return tuple(known for known in (*record.earlier, record.text) if known != text)[-MAX_EARLIER:]


def conflict(path: str, seed: str, article: seeds.SeedArticle) -> Problem:
    """Say that an edited file was kept though its seed changed, and how a person ends that."""
    hint = f"compare it with {CONFLICTS}/{path}: to keep yours, write `sha256: {article.sha256}` under its `seed:`; to take the seed's, copy that file over it"
    return Problem(
        "warning", path, 1, f"you edited this file, and {seed}:{article.line} changed since; yours was kept", hint
    )


def _free_path(root: Path, pair: Known, lang: str, identifier: str, known: Index, files: Collection[str]) -> str:
    """Return where a new article goes: the first path that is free, or that holds this very article already."""
    for path in reconcile.paths_for(pair.article, lang):
        if path in known.by_path:
            continue
        if path not in files and not (root / path).exists():
            return path
        if _front_matter(root / path).get("id") == identifier:
            return path
    raise AssertionError("paths_for never ends")


def names_version(path: Path, sha256: str) -> bool:
    """Tell whether the file says under `seed:` that it knows this version of its seed."""
    named = _front_matter(path).get("seed")
    return isinstance(named, dict) and named.get("sha256") == sha256


def _front_matter(path: Path) -> dict[str, object]:
    try:
        text = content.decode(path.read_bytes(), path.name)
        return {} if isinstance(text, Problem) else frontmatter.load(frontmatter.split(text).header)
    except (OSError, frontmatter.FrontMatterError):
        return {}


def _fingerprint(root: Path, path: str) -> str | None:
    try:
        return reconcile.fingerprint((root / path).read_bytes())
    except OSError:
        return None


def read_seed(root: Path, path: str) -> bytes | Problem:
    """Return the bytes of a seed, of one that is too large only the beginning."""
    try:
        with open(root / path, "rb") as file:
            return file.read(seeds.MAX_FILE + 1)
    except OSError as error:
        return Problem("error", path, 0, f"the file cannot be read: {error.strerror}", "mend its permissions")


def read_records(root: Path, content_files: Iterable[str]) -> tuple[list[Record], list[Problem]]:
    """Return the records of all ledgers among `content_files`, and what is wrong with them."""
    records: list[Record] = []
    problems: list[Problem] = []
    for path in sorted(path for path in content_files if path.endswith(LEDGER)):
        read, wrong = reconcile.read_ledger((root / path).read_bytes(), path)
        records += read
        problems += wrong
    return records, problems


def _write_ledgers(root: Path, known: Index, updated: dict[str, Record]) -> None:
    """Write the ledgers in which a record is new or another."""
    touched = {reconcile.ledger_of(path) for path in updated}
    of_ledger: dict[str, list[Record]] = {path: [] for path in touched}
    for path, record in known.by_path.items():
        if (ledger := reconcile.ledger_of(path)) in of_ledger:
            of_ledger[ledger].append(record)
    for ledger, records in sorted(of_ledger.items()):
        write.put(root, ledger, reconcile.write_ledger(records))
