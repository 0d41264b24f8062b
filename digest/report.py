"""What the commands say: summaries, problems, progress."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from digest.build import Result
from digest.errors import DigestError, Problem
from digest.layout import TOPICS

if TYPE_CHECKING:
    from digest.check import Checked
    from digest.editor.vocabulary import Vocabulary
    from digest.intake.importing import Step
    from digest.seeds.record import SeedArticle
    from digest.topiclist import Renamed, Row

PATIENCE = 1.0
"""Seconds of work after which progress is shown."""
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Invisible signs that spell words, of Persian for example."""


def summary(result: Result, site: str, seconds: float, verbosity: int) -> str:
    """Return the closing lines of a build; with -v, what was imported file by file too."""
    counts = _count(result.imported)
    told = any(counts[action] for action in ("create", "refresh", "conflict", "orphan"))
    lines = [f"imported: {_counts(counts)}"] if told else []
    if verbosity > 0:
        lines[:0] = map(_step, result.imported)
    did = f"{result.written:,} written, {result.unchanged:,} unchanged, {result.deleted:,} deleted"
    if not result.written and not result.deleted:
        did = f"all {result.unchanged:,} files up to date"
    lines.append(
        f"{_plural(result.articles, 'article')}, {_plural(result.pages, 'page')} → {site}/: {did} ({seconds:.2f} s)"
    )
    if result.due is not None:
        lines.append(f"{_plural(result.scheduled, 'article')} scheduled, the next one is due at {_moment(result.due)}")
    return "\n".join(lines)


def imported(steps: Sequence["Step"], verbosity: int) -> str:
    """Return what an import did: counts, and with -v each file with the reason."""
    lines = [_step(step) for step in steps] if verbosity > 0 else []
    return "\n".join([*lines, _counts(_count(steps)) or "nothing to import"])


def explanation(reasons: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a line for each file that was made again, with the reasons."""
    for path in sorted(reasons):
        yield f"{path}: {'; '.join(reasons[path])}"


def problems(found: Iterable[Problem]) -> Iterator[str]:
    """Yield the lines that name each problem and how to mend it."""
    for problem in found:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        yield f"{problem.severity}: {clean(place)}: {clean(problem.message)}"
        yield f"  {clean(problem.hint)}"


def failure(error: DigestError) -> Iterator[str]:
    """Yield the lines that say why a command could not go on."""
    yield f"digest: {error.message}"
    if error.hint:
        yield f"  {error.hint}"


def as_json(result: Result, seconds: float) -> str:
    """Return the JSON object that `--json` prints."""
    fields = ("articles", "pages", "written", "unchanged", "deleted", "changed")
    values = {name: getattr(result, name) for name in fields}
    return json.dumps(
        {**values, "problems": [problem._asdict() for problem in result.problems], "seconds": round(seconds, 3)},
        ensure_ascii=False,
    )


def checked(done: "Checked", seconds: float) -> str:
    """Return the closing line of a check."""
    found = Counter(problem.severity for problem in done.problems)
    told = [_plural(found[severity], severity) for severity in ("error", "warning") if found[severity]]
    looked = [_plural(done.pages, "page"), _plural(done.feeds, "feed"), _plural(done.links, "link")]
    elsewhere = f", {_plural(done.asked, 'link')} to elsewhere" if done.asked else ""
    return f"{', '.join(looked)}{elsewhere}: {' and '.join(told) or 'no mistake found'} ({seconds:.2f} s)"


def checked_as_json(done: "Checked", seconds: float) -> str:
    """Return the JSON object that `digest check --json` prints."""
    values = done._asdict() | {
        "problems": [problem._asdict() for problem in done.problems],
        "seconds": round(seconds, 3),
    }
    return json.dumps(values, ensure_ascii=False)


def seed_explanation(seed: str, article: "SeedArticle") -> Iterator[str]:
    """Yield what was made of an article of a seed: its head, its blocks, and the rules that said so."""
    place = f"{seed}:{article.line}" if article.line else seed
    yield clean(f"{place}: {article.title}")
    head = {
        "format": article.format,
        "kicker": article.kicker,
        "date": article.date,
        "updated": article.updated,
        "language": article.lang,
        "authors": ", ".join(article.authors),
        "topics": ", ".join(article.topics),
        "source": f"{article.source.name} {article.source.url}".strip() if article.source else "",
        "summary": article.summary,
        "image": article.image.url if article.image else "",
    }
    yield from (clean(f"  {name}: {_short(text)}") for name, text in head.items() if text)
    if article.body is not None:
        yield f"  the text is taken as it is: {len(article.body):,} characters of Markdown"
    for block in article.blocks:
        kind = f"heading {block.level}" if block.kind == "heading" else block.kind
        marked = f", {block.mark}" if block.mark else ""
        yield clean(f"  {f'line {block.line}: ' if block.line else ''}{kind}{marked}: {_short(block.text)}")
    for fired in article.fired:
        where = f", line {fired.line}" if fired.line else ""
        yield clean(f"  rule {fired.rule} ({fired.confidence:.0%}{where}): {_short(fired.text)}")


def topics(rows: Sequence["Row"]) -> Iterator[str]:
    """Yield a line for each topic, then one for each name that could become one: how many articles, and the name."""
    for row in rows:
        if not row.candidate:
            yield clean(f"{row.count:>7,}  {row.name}{'  (topics.yml)' if row.vocabulary else ''}")
    if not any(not row.candidate for row in rows):
        yield "there are no topics yet"
    if any(row.candidate for row in rows):
        yield "\nno topics yet, but often in the newest articles (name them in topics.yml, or write them into articles):"
    for row in rows:
        if row.candidate:
            yield clean(f"{row.count:>7,}  {row.name}")


def topics_as_json(rows: Sequence["Row"]) -> str:
    """Return the JSON array that `digest topics --json` prints."""
    fields = ("name", "slug", "count", "vocabulary", "candidate")
    return json.dumps([{name: getattr(row, name) for name in fields} for row in rows], ensure_ascii=False)


def renamed(done: "Renamed", old: str, new: str, own: "Vocabulary", verbosity: int) -> Iterator[str]:
    """Yield what a renaming did, with -v file by file, and what is left for a person to do in `topics.yml`."""
    from digest.urls import topic_slug

    yield clean(f"{_plural(len(done.changed), 'file')} changed: {old} → {new}")
    yield from (clean(f"  {path}") for path in done.changed if verbosity > 0)
    slug = topic_slug(old)
    if slug == topic_slug(new):
        return
    if any(topic_slug(topic.name) == slug for topic in own.topics):
        yield clean(f"`{old}` is in {TOPICS}: make it an alias of `{new}` there, or new articles get it again")
    elif not any(topic_slug(alias) == slug for topic in own.topics for _, alias in topic.aliases):
        yield clean(f"so that new articles follow, write into {TOPICS}: `{new}: {{aliases: [{old}]}}`")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 100 else f"{text[:99]}…"


def next_steps(target: Path, made: Sequence[str]) -> str:
    """Return what to do after `digest init`."""
    if not made:
        return f"{target} is a digest already; nothing was changed"
    return "next: set `title`, `url` and `language` in digest.yml, put articles into seeds/, and run `digest build`"


@contextmanager
def progress(verbosity: int) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that is told of work done: bars on a terminal, a line a step elsewhere, nothing for quick work."""
    if verbosity < 0:
        yield lambda step, done, total: None
    elif sys.stderr.isatty():
        with _bars() as told:
            yield told
    else:
        yield _lines()


def _lines() -> Callable[[str, int, int], None]:
    started: dict[str, float] = {}
    told: set[str] = set()

    def tell(step: str, done: int, total: int) -> None:
        begun = started.setdefault(step, time.monotonic())
        if step not in told and time.monotonic() - begun > PATIENCE:
            told.add(step)
            print(f"{step}: {total:,}", file=sys.stderr)

    return tell


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    started: dict[str, float] = {}
    done_of: Counter[str] = Counter()
    shown: list = []  # type: ignore[type-arg]
    tasks: dict[str, int] = {}

    def tell(step: str, done: int, total: int) -> None:
        begun = started.setdefault(step, time.monotonic())
        done_of[step] += done
        if not shown and time.monotonic() - begun > PATIENCE:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            shown.append(
                Progress(
                    TextColumn("{task.description}"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TimeRemainingColumn(),
                    console=Console(stderr=True),
                    transient=True,
                    auto_refresh=False,  # by a thread, beside which no process should be forked
                )
            )
            shown[0].start()
        if shown:
            if step not in tasks:
                tasks[step] = shown[0].add_task(step, total=total)
            shown[0].update(tasks[step], completed=done_of[step], refresh=True)

    try:
        yield tell
    finally:
        for bars in shown:
            bars.stop()


def _moment(microseconds: int) -> str:
    """Return a moment as cron's readers know it: in UTC, to the second after which it has come."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(-(-microseconds // 1_000_000)))


def _step(step: "Step") -> str:
    return clean(f"{step.action.value}: {step.path} ({step.reason})")


def _count(steps: Iterable["Step"]) -> Counter[str]:
    return Counter(step.action.value for step in steps)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()) if count)


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def clean(text: str) -> str:
    """Return `text` without what could steer a terminal: problems quote hostile files."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in _JOINERS else repr(sign)[1:-1] for sign in text)
