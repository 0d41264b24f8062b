"""The search index: one for each month, made again only where the month's articles are others.

It comes after the site: a build that is stopped here, or has no Pagefind, leaves a site in which all but the search is new.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from digest import compressing, pagefind, urls, write
from digest.errors import Problem
from digest.pagefind import Engine, Index, PagefindError
from digest.store import Memory

FOLDER = "search"
LIST = f"{FOLDER}/index.json"
"""Names the indexes, newest first, each with its language, how many articles it has, and what searches it."""
_SEARCHERS = "pagefind"
"""In FOLDER: a folder for each language with what searches its indexes."""
_MONTH = re.compile(r"\d{4}-\d{2}")
_SCRIPT = "pagefind.js"
"""The one large text among the files: Pagefind compresses the others itself."""
_KINDS = (
    *(".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".pagefind", pagefind.ENTRY),
    *(_SCRIPT, *compressing.copies(_SCRIPT, compressing.CODINGS)),
)
_BODY = re.compile(r"<(\w+)\b([^>]*\sdata-pagefind-body\b[^>]*)>")
_LANG = re.compile(r"""\slang=["']?([A-Za-z0-9-]+)""")


class Work(NamedTuple):
    """What to do."""

    root: Path
    output: Path
    wanted: bool
    """Whether to make indexes."""
    full: bool
    """Whether to make all of them again."""
    jobs: int
    codings: Sequence[str] = ()
    """Which compressed copies the program that searches has."""


class Indexed(NamedTuple):
    """What was done to the search index."""

    files: int
    """How many files it has."""
    written: Sequence[str]
    deleted: Sequence[str]
    problems: Sequence[Problem]
    settled: bool
    """Whether the next build of the same inputs would do no better."""


class Part(NamedTuple):
    """What the memory knows of the index of a month, or of what searches a language."""

    source: str
    """Digest of all that the month's pages depend on."""
    fed: str
    """Digest of what was indexed."""
    version: str
    """Of Pagefind."""
    names: str
    """Digest of the names of its files."""
    languages: Mapping[str, tuple[str, int]]
    """Which program searches each, and how many articles it has."""


class _State(NamedTuple):
    """What is there, and what was done."""

    output: Path
    owned: set[str]
    """All files of the output folder that are ours."""
    used: set[str]
    """The files of the index as it shall be."""
    parts: dict[str, Part]
    written: list[str]
    problems: list[Problem]


def update(work: Work, memory: Memory, sections: Iterable[str], progress: Callable[[str, int, int], None]) -> Indexed:
    """Bring the index to the pages that are in the output folder.

    Where no index is `wanted`, or none can be made, those of months whose articles are others go: what
    the search finds is always there, and says what was found.
    """
    site = os.path.relpath(work.output, work.root)
    known = {} if work.full and work.wanted else _known(memory, site)
    complete = memory.sections(site)
    state = _State(work.output, write.owned(work.output), {LIST}, {}, [], [])
    sources = {month: complete.get(month, b"").hex() for month in sorted(filter(_MONTH.fullmatch, sections))[::-1]}
    stale = [month for month in sources if not _keep(state, known, month, source=sources[month])]
    settled = True
    if stale:
        try:
            _renew(state, work, memory, known, {month: sources[month] for month in stale}, progress)
        except PagefindError as error:
            settled = False
            _warn(state, str(error))
    settled = _add_searchers(state, known, work.wanted, work.codings) and settled
    deleted = _close(state)
    _remember(memory, site, state.parts)
    settled = settled and all(problem.severity != "error" for problem in state.problems)
    written = sorted(state.used.intersection(state.written))
    return Indexed(len(state.used), written, deleted, state.problems, settled)


def stands(root: Path, output: Path, memory: Memory) -> bool:
    """Tell whether the index still is what the last build left."""
    known = _known(memory, os.path.relpath(output, root))
    return (output / LIST).is_file() and all(part.names == _names(output, name) for name, part in known.items())


def _keep(
    state: _State,
    known: Mapping[str, Part],
    name: str,
    *,
    source: str,
    fed: str | None = None,
    engine: Engine | None = None,
) -> bool:
    """Keep an index that is there and still right: it is if its pages depend on the same, or (`fed`) say the same."""
    part = known.get(name)
    if not part or part.names != _names(state.output, name):
        return False
    if (not source or part.source != source) if fed is None else part.fed != fed:
        return False
    if engine and engine.version != part.version:
        return False
    state.parts[name] = part._replace(source=source)
    state.used.update(f"{FOLDER}/{name}/{file}" for file in _files(state.output, name))
    return True


def _drop(state: _State, name: str) -> None:
    """Let an index go."""
    del state.parts[name]
    state.used.difference_update([path for path in state.used if path.startswith(f"{FOLDER}/{name}/")])


def _renew(
    state: _State,
    work: Work,
    memory: Memory,
    known: Mapping[str, Part],
    sources: dict[str, str],
    progress: Callable[[str, int, int], None],
) -> None:
    """Make the indexes of months, given with what their pages depend on, where what is indexed is other than before."""
    site = os.path.relpath(work.output, work.root)
    engine = pagefind.find() if work.wanted else None
    for month, part in [*state.parts.items()]:
        if engine and part.version != engine.version:  # one Pagefind must search them all
            _drop(state, month)
            sources[month] = part.source
    todo = []
    looked_at = sources if work.wanted else sources.keys() & known.keys()  # the others have no index, and get none
    for month, paths in memory.paths(site, looked_at).items():
        pages = [path for path in state.owned.intersection(paths) if path.endswith(".html")]
        fed = _fed(_records(work.output, pages)) if month in known else ""
        if not _keep(state, known, month, source=sources[month], fed=fed, engine=engine):
            todo.append((month, pages))
    _remember(memory, site, state.parts)
    if engine:
        _make(state, engine, sources, todo, work.jobs, progress)
    elif work.wanted and any(pages for _, pages in todo):
        _warn(state, "Pagefind is not installed")


def _make(
    state: _State,
    engine: Engine,
    sources: Mapping[str, str],
    todo: Sequence[tuple[str, Sequence[str]]],
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> None:
    """Index months, several at a time."""
    from concurrent.futures import ThreadPoolExecutor  # here: a build that changes nothing needs none

    total = sum(len(paths) for _, paths in todo)
    with ThreadPoolExecutor(max(1, min(jobs, len(todo)))) as pool:
        made = pool.map(partial(_index, engine, state.output), [paths for _, paths in todo])
        for (month, paths), (fed, index) in zip(todo, made, strict=True):
            if index and _put(state, month, index.files):
                names = _digest(index.files, index.files[pagefind.ENTRY])
                state.parts[month] = Part(sources[month], fed, engine.version, names, index.languages)
            progress("indexing for search", len(paths), total)


def _index(engine: Engine, output: Path, paths: Sequence[str]) -> tuple[str, Index | None]:
    records = _records(output, paths)
    return _fed(records), pagefind.index(engine, records) if records else None


def _add_searchers(state: _State, known: Mapping[str, Part], wanted: bool, codings: Sequence[str]) -> bool:
    """See to it that there is what searches each index, with its compressed copies; return whether there is."""
    engine: Engine | None = None
    copies = compressing.copies(_SCRIPT, codings)
    fed = " ".join(copies)
    versions = {program: part.version for part in state.parts.values() for program, _ in part.languages.values()}
    for program, version in sorted(versions.items()):
        name = f"{_SEARCHERS}/{program}"
        if name in known and known[name].version == version and _keep(state, known, name, source="", fed=fed):
            continue
        engine = engine or (pagefind.find() if wanted else None)
        try:
            if engine is None:
                raise PagefindError("Pagefind is not installed")
            files = pagefind.searcher(engine, program)
            files.update({copy: compressing.compress(files[_SCRIPT], copy) for copy in copies})
        except PagefindError as error:
            for month, part in [*state.parts.items()]:
                if program in {needed for needed, _ in part.languages.values()}:
                    _drop(state, month)
            if wanted:
                _warn(state, str(error))
            return False
        if _put(state, name, files):
            state.parts[name] = Part("", fed, engine.version, _digest(files, files[pagefind.ENTRY]), {})
    return True


def _warn(state: _State, reason: str) -> None:
    hint = "`pip install pagefind-bin-extended` brings Pagefind where it can; or build with --no-search"
    state.problems.append(Problem("warning", LIST, 0, f"not all articles can be searched: {reason}", hint))


def _put(state: _State, name: str, files: Mapping[str, bytes]) -> bool:
    """Write the files of an index; the one that says what it holds comes last. Return whether all could be."""
    in_order = sorted(files, key=lambda file: (file == pagefind.ENTRY, file))
    return _write(state, {f"{FOLDER}/{name}/{file}": files[file] for file in in_order})


def _write(state: _State, files: Mapping[str, bytes]) -> bool:
    if missing := write.missing(state.output, files.keys() - state.owned):
        state.owned.update(missing)
        write.own(state.output, state.owned)
    foreign = []
    for path, data in files.items():
        copies = [copy for copy in compressing.copies(path, compressing.CODINGS) if copy in state.owned]
        done = write.put(state.output, path, data, path in state.owned, copies=copies)
        if done.foreign:
            foreign.append(path)
        elif done.wrote:
            state.written.append(path)
    message, hint = "the build makes this file, but found one that it did not write", "move yours away, or delete it"
    state.problems.extend(Problem("error", path, 0, message, hint) for path in foreign)
    if not foreign:
        state.used.update(files)
    return not foreign


def _close(state: _State) -> list[str]:
    """Write the list of indexes; then delete, and return, the files that none of them has."""
    indexes = [
        [month, language, count, program, part.fed[:8]]
        for month, part in sorted(state.parts.items(), reverse=True)
        for language, (program, count) in part.languages.items()
    ]
    _write(state, {LIST: json.dumps({"indexes": indexes}, separators=(",", ":")).encode()})
    stale = set(filter(urls.of_index, state.owned)) - state.used
    deleted = write.delete(state.output, stale)
    if stale:
        write.own(state.output, state.owned - stale)
    write.sweep(state.output)
    return deleted


def _records(output: Path, paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return what is indexed of some pages: the part that says so, in the language that it says."""
    records = []
    for path in sorted(paths):
        try:
            page = (output / path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if found := _BODY.search(page):
            lang = _LANG.search(found[2]) or _LANG.search(page)
            code = lang[1] if lang else pagefind.UNKNOWN
            about = f'<span data-pagefind-meta="lang:{code}"></span>'
            end = page.rfind(
                f"</{found[1]}>"
            )  # Pagefind finds the right one; the page's end would only be read in vain
            records.append((path, f'<html lang="{code}"><body>{about}{page[found.start() : end]}'))
    return records


def _fed(records: Iterable[tuple[str, str]]) -> str:
    """Return what changes when what is indexed does."""
    digest = hashlib.blake2b(digest_size=16)
    for path, html in records:
        digest.update(f"\0{path}\0{html}".encode())
    return digest.hexdigest()


def _files(output: Path, name: str) -> Iterator[str]:
    """Yield the files of an index, relative to its folder."""
    try:
        for entry in os.scandir(output / FOLDER / name):
            if entry.name.endswith(_KINDS):
                yield entry.name
            elif entry.is_dir():
                yield from (f"{entry.name}/{file}" for file in os.listdir(entry) if file.endswith(_KINDS))
    except OSError:
        return


def _names(output: Path, name: str) -> str:
    """Return the digest of the names of an index's files: but for one, they change with what is in the files."""
    try:
        entry = (output / FOLDER / name / pagefind.ENTRY).read_bytes()
    except OSError:
        return ""
    return _digest(_files(output, name), entry)


def _digest(files: Iterable[str], entry: bytes) -> str:
    return hashlib.blake2b("\n".join(sorted(files)).encode() + entry, digest_size=16).hexdigest()


def _known(memory: Memory, site: str) -> dict[str, Part]:
    note = memory.note(f"search {site}")
    return {name: Part(*row) for name, row in json.loads(note).items()} if note else {}


def _remember(memory: Memory, site: str, parts: Mapping[str, Part]) -> None:
    memory.set_note(f"search {site}", json.dumps(parts))
