"""The build, from top to bottom: seeds → content → library → plan → site, and at each step only what is new."""

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from digest import __version__, inputs, layout, store, write
from digest.errors import DigestError, Problem
from digest.inputs import Inputs
from digest.memo import Memo, Results
from digest.store import Memory

if TYPE_CHECKING:  # imported where they are used: a build that changes nothing needs none of them
    from digest.config import Settings
    from digest.editor.vocabulary import Vocabulary
    from digest.intake.importing import Imported, Step
    from digest.model import Article
    from digest.seeds.record import Reading
    from digest.workers import Mapper

    Working = Callable[[int], AbstractContextManager[Mapper]]

MAX_TOPICS = 4 * 1024 * 1024
"""Bytes of the digest's own topics."""
Progress = Callable[[str, int, int], None]
"""Is told a step, how much of it was done just now, and how much there is in all."""


class Options(NamedTuple):
    """How to build, as the command line says it."""

    root: Path
    config: Path
    output: Path
    now: int
    """Microseconds since 1970: what is due later is not shown."""
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    jobs: int = 1
    full: bool = False
    search: bool = False
    """Whether to make a search index."""
    compress: bool = True
    """Whether to make the compressed copies that the settings name."""

    @property
    def site(self) -> str:
        """The output folder as the memory knows it."""
        return os.path.relpath(self.output, self.root)


class Result(NamedTuple):
    """What a build did."""

    articles: int = 0
    pages: int = 0
    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    changed: Sequence[str] = ()
    """The files written, relative to the output folder."""
    problems: Sequence[Problem] = ()
    imported: Sequence["Step"] = ()
    """What the import decided."""
    reasons: Mapping[str, Sequence[str]] = {}
    """Why each file was made again."""
    until: int | None = None
    """Microseconds since 1970 when time alone will change the site."""
    scheduled: int = 0
    """Articles that wait for their date."""
    due: int | None = None
    """Microseconds since 1970 when the next of these is due."""


class Kept(NamedTuple):
    """What a build leaves for the next one of the same process: it saves time, and decides nothing."""

    found: Inputs
    tables: store.Tables
    articles: "Mapping[str, tuple[bytes, Article]]"
    """See `reader.Contents.decoded`."""
    results: Results


def build(
    options: Options, progress: Progress, waiting: Callable[[], None], workers: "Working | None" = None
) -> Result:
    """Build the site of the project `options.root` into `options.output`, with `workers` or with its own.

    A second build of the project waits for this one, after it called `waiting`. Raises DigestError
    where it cannot go on; what is wrong with single files is in the result.
    """
    return rebuild(options, progress, waiting, workers)[0]


def rebuild(
    options: Options,
    progress: Progress,
    waiting: Callable[[], None],
    workers: "Working | None" = None,
    kept: Kept | None = None,
    changed: Collection[str] | None = None,
) -> tuple[Result, Kept]:
    """Build like `build`, faster by what the last build of this process has `kept`, and return that for the next.

    `changed` are the absolute paths of all that changed since then, if that is known: then nothing else is looked at,
    and the output folder is taken to be as it was left.
    """
    if not (options.root / layout.MEMORY).is_dir():
        read_settings(options.config, options.base_url)  # wrong settings leave nothing behind, not even a memory
    with store.opened(options.root, waiting, *((kept.tables,) if kept else ())) as memory:
        found, hurried = None, False
        if kept and changed is not None and (options.output / layout.MANIFEST).is_file():
            found, hurried = inputs.find_again(options.root, kept.found, changed), True
        found = found or inputs.find(options.root, options.config)
        if not options.full and (done := _still_done(options, memory, found, hurried)):
            left = (kept.articles, kept.results) if kept else ({}, {})
            return done, Kept(found, memory.tables(options.root), *left)
        settings = read_settings(options.config, options.base_url)
        from digest import compressing, dates, headers, library, ping, plan, publish, reader, search, theme, views
        from digest.look import illegible
        from digest.pages import curation, families, redirects
        from digest.stories import coverage
        from digest.workers import workers as own_workers

        codings = settings.compress if options.compress else ()
        compressing.refuse_missing(codings)
        own, wrong_topics = read_topics(options.root)
        imported, found = import_seeds(options.root, memory, found, reading_of(settings), progress, own=own)
        templates = theme.load(theme.folders(options.root / layout.TEMPLATES))
        site = views.site(settings, __version__)
        closures = theme.closures(templates)
        look = theme.look(templates, options.root / layout.MEMORY / "templates")
        place = publish.Place(options.root, options.output, look, found.program, closures, codings)
        with (workers or own_workers)(options.jobs) as mapper:
            known, memo = (kept.articles, Memo(kept.results)) if kept else ({}, Memo())
            prepare = partial(publish.prepare, place, site.language)
            contents = reader.read(options.root, memory, found, settings, mapper, progress, known, prepare)
            shelf, clashes = library.assemble(contents.articles, options.now, options.drafts, options.future)
            covered = coverage.find(memory, shelf, contents.features, mapper)
            shelf = library.with_stories(shelf, covered.story_of)
            chosen = curation.choices(contents.editions, contents.articles, shelf.days, covered.story_of)
            shelf = shelf._replace(choices=chosen.choices)
            basis = f"{found.program} {reader.reading_of(settings)} {sorted(closures.items())} {codings}"
            kin = families.families(own, shelf) if own else {}
            today, midnight = dates.today(options.now, settings.zone)
            assets = views.assets(settings, theme.assets(templates))
            sections = plan.sections(shelf, site, assets, basis, kin, today, memo)
            sections += [headers.section(site, assets, shelf.months)] if settings.headers else []
            published = publish.publish(place, memory, sections, options.full, mapper, progress, hurried)
        work = search.Work(options.root, options.output, options.search, options.full, options.jobs, codings)
        indexed = search.update(work, memory, [section.name for section in sections], progress)
        made = sorted([*published.written, *indexed.written])
        ping.remember(memory, options.site, settings, [*made, *published.deleted])
        # An edition is whole when its day is over.
        ends = [midnight] if next(iter(shelf.days), "") >= today else []
        ends += [] if shelf.next_change is None else [shelf.next_change]
        result = Result(
            articles=len(shelf.articles),
            pages=published.pages,
            written=len(made),
            unchanged=published.files + indexed.files - len(made),
            deleted=len(published.deleted) + len(indexed.deleted),
            changed=made,
            problems=[
                *illegible(settings.theme, options.config.name),
                *found.problems,
                *wrong_topics,
                *(imported.problems if imported else ()),
                *contents.problems,
                *clashes,
                *redirects.find(shelf.articles)[1],
                *covered.problems,
                *chosen.problems,
                *published.problems,
                *indexed.problems,
            ],
            imported=imported.steps if imported else (),
            reasons=published.reasons,
            until=min(ends, default=None),
            scheduled=shelf.scheduled,
            due=shelf.due,
        )
        if not published.problems and indexed.settled:
            _remember_done(options, memory, found, result)
        return result, Kept(found, memory.tables(options.root), contents.decoded, memo.results)


def read_settings(path: Path, base_url: str = "") -> "Settings":
    """Read the settings file, with `base_url` in the place of its `url` if given. Raises DigestError."""
    from digest import config

    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        above = [folder for folder in path.parent.parents if (folder / path.name).is_file()]
        hint = "this folder is no digest: `digest init` makes one, `--root DIR` names another"
        hint = f"this folder is inside the digest {above[0]}: go there, or name it with `--root`" if above else hint
        raise DigestError(f"{path} does not exist", hint) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(f"{path} cannot be read: {error}", "it is a text file with the encoding UTF-8") from error
    settings = config.parse(text, path.name)
    return config.with_url(settings, base_url) if base_url else settings


def read_topics(root: Path) -> tuple["Vocabulary | None", Sequence[Problem]]:
    """Read the digest's own topics, if it has any; what is wrong with them is left out and told."""
    path = root / layout.TOPICS
    if not os.path.lexists(path):
        return None, ()
    from digest.editor import vocabulary

    try:
        text = inputs.read(str(path), MAX_TOPICS).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        hint = "make it a text file with the encoding UTF-8, or delete it"
        return None, (Problem("error", layout.TOPICS, 0, f"the file cannot be read: {reason}", hint),)
    if len(text) > MAX_TOPICS:
        message = f"the file has more than {MAX_TOPICS:,} characters"
        return None, (Problem("error", layout.TOPICS, 0, message, "keep the topics that matter"),)
    return vocabulary.load(text.replace("\r\n", "\n").replace("\r", "\n"))


def reading_of(settings: "Settings", date: str = "") -> "Reading":
    """Return how to read seeds with these settings; `date` is for articles that have none."""
    from digest.seeds.record import Reading

    return Reading(settings.timezone, settings.languages, dict(settings.columns), frozenset(settings.rules), date)


def import_seeds(
    root: Path,
    memory: Memory,
    found: Inputs,
    reading: "Reading",
    progress: Progress,
    only: Sequence[str] | None = None,
    own: "Vocabulary | None" = None,
) -> tuple["Imported | None", Inputs]:
    """Import the seeds that are new or another since the last time, or `only` these; then look at the inputs again.

    `own` are the digest's own topics.
    Another importer, or another way of reading, makes all seeds new.
    """
    from digest.intake.compose import IMPORTER

    how = f"{IMPORTER} {reading.timezone} {reading.languages} {sorted(reading.columns.items())} {sorted(reading.off)}"
    remembered = memory.seeds()
    valid = remembered if memory.note("ledgers") == f"{how}\n{found.ledgers()}" else {}
    todo = (
        only
        if only is not None
        else [seed for seed, signed in found.seeds.items() if not signed or valid.get(seed) != signed]
    )
    gone = remembered.keys() - found.seeds.keys() if only is None else ()
    imported = None
    if todo or gone:
        from digest.intake import importing

        imported = importing.run(
            root,
            todo,
            gone,
            found.seeds,
            found.content,
            lambda: progress("importing seeds", 1, len(todo)),
            reading,
            own or importing.NO_TOPICS,
        )
        settled = {seed: found.seeds[seed] for seed in todo if found.seeds[seed] and seed not in imported.unsettled}
        memory.set_seeds(settled, {*imported.unsettled, *gone})
        if imported.wrote:
            found = inputs.find(root, found.config)
    broken = imported is not None and any(problem.path.endswith(layout.LEDGER) for problem in imported.problems)
    if only is None and not broken:
        memory.set_note("ledgers", f"{how}\n{found.ledgers()}")
    return imported, found


def _still_done(options: Options, memory: Memory, found: Inputs, trusted: bool) -> Result | None:
    """Return the last build's result, with nothing written, if the site still is what this build would make."""
    note = memory.note(f"done {options.site}")
    if not note or not found.settled:
        return None
    done = json.loads(note)
    asked = [options.base_url, options.drafts, options.future, options.search, options.compress]
    if (
        done["inputs"] != found.digest()
        or done["asked"] != asked
        or not done["from"] <= options.now < (done["until"] or options.now + 1)
    ):
        return None
    outputs = {} if trusted else memory.signatures(options.site)
    if write.signatures(options.output, outputs) != outputs:
        return None
    from digest import search

    if not search.stands(options.root, options.output, memory):
        return None
    problems = [Problem(*fields) for fields in done["problems"]]
    return Result(
        articles=done["articles"],
        pages=done["pages"],
        unchanged=done["files"],
        problems=problems,
        until=done["until"],
        scheduled=done["scheduled"],
        due=done["due"],
    )


def _remember_done(options: Options, memory: Memory, found: Inputs, result: Result) -> None:
    """Note that the site is complete, until time or a change of inputs make it another."""
    if not found.settled:
        return
    note = {
        "inputs": found.digest(),
        "asked": [options.base_url, options.drafts, options.future, options.search, options.compress],
        "from": options.now,
        "until": result.until,
        "scheduled": result.scheduled,
        "due": result.due,
        "articles": result.articles,
        "pages": result.pages,
        "files": result.written + result.unchanged,
        "problems": result.problems,
    }
    memory.set_note(f"done {options.site}", json.dumps(note))
