"""Publishing: bring the output folder to the plan, rendering only what is new, in an order that never breaks a link."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from digest import compressing, content, frontmatter, inputs, outputs, urls, views, write
from digest.errors import DigestError, Problem
from digest.model import Body
from digest.outputs import Output
from digest.pages import redirects
from digest.plan import Section
from digest.store import Memory, Written
from digest.theme import Look
from digest.workers import Mapper
from digest.write import Put

RECENT = 128
"""Texts that are kept while files are made: editions and archives are of articles whose pages were made just before."""


class Place(NamedTuple):
    """Where to read and to write."""

    root: Path
    output: Path
    look: Look
    """What to render with."""
    program: str
    """Hash of the program."""
    templates: Mapping[str, bytes]
    """Hash of each template with all that it includes."""
    codings: Sequence[str] = ()
    """Which compressed copies files of text have."""


class Published(NamedTuple):
    """What was done to the output folder."""

    files: int
    """How many files the site has, pages and others."""
    pages: int
    written: Sequence[str]
    deleted: Sequence[str]
    problems: Sequence[Problem]
    reasons: Mapping[str, Sequence[str]]
    """Why each file was rendered."""


class Work(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file to render and write."""

    output: Output
    ours: bool
    """Whether a file of this path may be replaced."""
    new: bool
    """Whether there is none."""
    copies: tuple[str, ...] = ()
    """The compressed copies to make of it."""
    outdated: tuple[str, ...] = ()
    """Those that the build made of it before: they go before it is replaced."""

    def __reduce__(self) -> tuple[Callable[[bytes], "Work"], tuple[bytes]]:
        """Travel to a worker as MessagePack, which takes a quarter of the time of pickling each value in it."""
        return _unpack, (msgspec.msgpack.encode(self),)


def _is_archive(work: Work) -> bool:
    return isinstance(work.output.view, views.Feed) and bool(work.output.view.current)


def _unpack(data: bytes) -> Work:
    return _decoder()(data)


@cache
def _decoder() -> Callable[[bytes], Work]:
    return msgspec.msgpack.Decoder(Work).decode


class Done(NamedTuple):
    """What became of some work."""

    keys: dict[str, bytes]
    puts: list[Put]
    problems: list[Problem]


class Todo(NamedTuple):
    """What must be done to the output folder."""

    section_of: Mapping[str, str]
    """The section of every file that the site shall have."""
    outputs: Sequence[Output]
    """What must be rendered."""
    reasons: Mapping[str, Sequence[str]]
    """Why, by path."""
    copies: Mapping[str, Sequence[str]]
    """The compressed copies of these."""
    unsettled: Mapping[str, bytes]
    """The sections that were planned, with their digests."""
    untouched: Set[str]
    """The files that still are what the last build wrote."""
    clashes: Sequence[Problem]
    """Aliases where a page stands."""


def prepare(place: Place, language: str) -> None:
    """Load what most pages are made with, for this process and those forked from it; `language` is the site's."""
    from digest import render

    write.make_folder(Path(place.look.cache))
    render.prepare(place.look, language)


def publish(
    place: Place,
    memory: Memory,
    sections: Sequence[Section],
    full: bool,
    mapper: Mapper,
    progress: Callable[[str, int, int], None],
    trusted: bool = False,
) -> Published:
    """Render and write the outputs whose key or file is not the one remembered; delete what is no longer planned.

    Where the folder is `trusted`, its files are taken to be as they were left.

    New files come first, then changed ones, the front page, then deletions: whenever it is stopped, no page that can be
    reached links to a file that is not there.
    """
    site = os.path.relpath(place.output, place.root)
    remembered, complete = memory.outputs(site), memory.sections(site)
    on_disk = (
        {path: row.signature for path, row in remembered.items()}
        if trusted
        else write.signatures(place.output, remembered)
    )
    todo = _decide(place, sections, remembered, complete, on_disk, full)
    listed = write.owned(place.output)
    ours = listed | todo.untouched
    indexed = set(filter(urls.of_index, ours))  # they have their own step, after this one
    stale = ours - todo.section_of.keys() - indexed
    settled = {section.name for section in sections} - todo.unsettled.keys()
    wanted = [*todo.reasons, *chain.from_iterable(todo.copies.values())]
    memory.forget(site, [*wanted, *stale], complete.keys() - settled)
    keys: dict[str, bytes] = {}
    puts: list[Put] = []
    problems = list(todo.clashes)
    deleted: list[str] = []
    if wanted or stale:
        write.make_folder(place.output)
        write.make_folder(Path(place.look.cache))
        write.sweep(place.output)
        missing = write.missing(place.output, wanted)
        ours |= missing
        if ours != listed:
            write.own(place.output, ours)
        # What a killed build had made before all of its new files stood, or had not yet deleted, is linked from
        # nowhere and may link to nothing: it counts as new.
        fresh = missing | set(memory.note(f"unlinked {site}").split("\n"))
        memory.set_note(f"unlinked {site}", "\n".join(sorted(fresh)))
        inner = [output for output in todo.outputs if output.role != "entrance"]
        new = [output for output in inner if output.path in fresh]
        changed = [output for output in inner if output.path not in fresh]
        changed.sort(key=lambda output: outputs.ROLES.index(output.role))
        entrance = [output for output in todo.outputs if output.role == "entrance"]
        copies_of = _copies_of(todo.copies, stale, ours)
        for step in (new, changed, entrance):
            works = [
                Work(output, output.path in ours, output.path in missing, *copies_of(output.path)) for output in step
            ]
            for done in mapper(partial(produce, place), works, ends=_is_archive):
                keys.update(done.keys)
                puts += done.puts
                problems += done.problems
                progress("writing pages", len(done.puts), len(todo.outputs))
            memory.set_note(f"unlinked {site}", "")
        memory.set_note(f"unlinked {site}", "\n".join(sorted(stale)))
        deleted = write.delete(place.output, stale)
        memory.set_note(f"unlinked {site}", "")
        foreign = {put.path for put in puts if put.foreign}
        foreign.update(copy for path in [*foreign] for copy in todo.copies.get(path, ()))
        if (stand := indexed | todo.section_of.keys() - foreign) != ours:
            write.own(place.output, stand)
        write.sweep(place.output)
    written = {put.path: put.signature for put in puts if not put.foreign}
    unfinished = {todo.section_of[path] for path in wanted if path not in written}
    memory.set_outputs(
        site,
        {path: Written(keys[path], signed, todo.section_of[path]) for path, signed in written.items()},
        {name: digest for name, digest in todo.unsettled.items() if digest and name not in unfinished},
    )
    problems += [_foreign(f"{site}/{put.path}") for put in puts if put.foreign]
    made = sorted(put.path for put in puts if put.wrote)
    return Published(len(todo.section_of), _count_pages(todo.section_of), made, deleted, problems, todo.reasons)


def _decide(
    place: Place,
    sections: Sequence[Section],
    remembered: Mapping[str, Written],
    complete: Mapping[str, bytes],
    on_disk: Mapping[str, str],
    full: bool,
) -> Todo:
    """Plan the sections that are not as the last build left them, and compare keys and files."""
    untouched = {path for path, row in remembered.items() if on_disk.get(path) == row.signature}
    touched = {remembered[path].section for path in remembered.keys() - untouched}
    settled = {
        section.name
        for section in sections
        if not full and section.digest and complete.get(section.name) == section.digest and section.name not in touched
    }
    section_of = {path: row.section for path, row in remembered.items() if row.section in settled}
    planned = []
    clashes: list[Problem] = []
    for section in sections:
        if section.name not in settled:
            for output in section.outputs():
                if output.path in section_of and isinstance(output.view, views.Redirect):
                    clashes.append(redirects.taken(output.path, output.view))
                    continue
                if output.path in section_of:
                    hint = "this is a mistake in the program: please report it"
                    raise DigestError(f"two pages want to be {output.path}", hint)
                planned.append(output)
                section_of[output.path] = section.name
    copies = {output.path: compressing.copies(output.path, place.codings) for output in planned if place.codings}
    for path, of_path in copies.items():
        copies[path] = [copy for copy in of_path if copy not in section_of]  # a theme may bring its own
        section_of.update(dict.fromkeys(copies[path], section_of[path]))
    known = (output for output in planned if output.path in remembered)  # the others' keys come when they are made
    keys = outputs.keys(known, place.program, place.templates)
    reasons = {}
    for output in planned:
        path = output.path
        found = _reasons(output, keys.get(path, b""), remembered.get(path), on_disk.get(path), full)
        if not found and not all(
            copy in untouched and remembered[copy].key == keys[path] for copy in copies.get(path, ())
        ):
            found = _NO_COPY
        if found:
            reasons[path] = found
    todo = [output for output in planned if output.path in reasons]
    unsettled = {section.name: section.digest for section in sections if section.name not in settled}
    return Todo(
        section_of,
        todo,
        reasons,
        {path: copies[path] for path in reasons if path in copies},
        unsettled,
        untouched,
        clashes,
    )


def _copies_of(
    wanted: Mapping[str, Sequence[str]], stale: Set[str], ours: Set[str]
) -> Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return what tells the compressed copies to make of a file, and those of them that are `ours`, with what is `stale`."""
    had = any(map(compressing.original, stale))

    def find(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        copies = tuple(wanted.get(path, ()))
        gone = [copy for copy in compressing.copies(path, compressing.CODINGS) if copy in stale] if had else ()
        return copies, (*[copy for copy in copies if copy in ours], *gone)

    return find


def _count_pages(paths: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in paths)


def _foreign(path: str) -> Problem:
    message = "the build makes this file, but found one that it did not write"
    return Problem("error", path, 0, message, "move yours away, or delete it")


def produce(place: Place, works: Sequence[Work]) -> Done:
    """Render some files and write them; it may run in a worker process."""
    from digest.render import render

    done = Done(outputs.keys((work.output for work in works), place.program, place.templates), [], [])
    read = lru_cache(maxsize=RECENT)(partial(_read, place.root))
    for work in works:
        output = work.output
        texts: dict[Body, str] = {}
        for body in outputs.bodies(output.view):
            text = read(body)
            if text is None:
                done.problems.append(
                    Problem("warning", body.file, 0, "the file was changed while the build ran", "build again")
                )
            else:
                texts[body] = text
        if len(texts) == len(outputs.bodies(output.view)):
            data = render(output, place.look, texts)
            put = write.put(place.output, output.path, data, work.ours, work.new, work.outdated)
            done.puts.append(put)
            for copy in () if put.foreign else work.copies:
                packed = compressing.compress(data, copy)
                done.puts.append(write.put(place.output, copy, packed, copy in work.outdated))
                done.keys[copy] = done.keys[output.path]
    return done


def _read(root: Path, body: Body) -> str | None:
    """Return the Markdown of an article, or None where its file is no longer the one that was parsed."""
    try:
        data = inputs.read(f"{root}/{body.file}", content.MAX_FILE)
    except OSError:
        return None
    if content.digest_of(data, body.file) != body.digest:
        return None
    text = content.decode(data, body.file)
    assert isinstance(text, str), "it was decoded before"
    return frontmatter.split(text).body


def _reasons(output: Output, key: bytes, remembered: Written | None, on_disk: str | None, full: bool) -> list[str]:
    """Say why an output must be made again; nothing where it need not be."""
    if full:
        return _ASKED_FOR
    if remembered is None:
        return _NEW if on_disk is None else _FORGOTTEN
    if key != remembered.key:
        return [
            _CHANGED.get(name, f"its {name.replace('_', ' ')} changed")
            for name in outputs.difference(output, remembered.key, key)
        ]
    if on_disk is None:
        return ["the file is gone"]
    return [] if on_disk == remembered.signature else ["something else changed the file"]


_ASKED_FOR = ["everything was asked for"]
_NEW = ["it is new"]
_NO_COPY = ["a compressed copy of it is missing, or is not what the build made"]
_FORGOTTEN = ["nothing is remembered about it"]
_CHANGED = {
    "program": "the program changed, or a library that it uses",
    "template": "its template changed, or one that it includes",
    "site": "the settings changed",
    "article": "its article was edited",
    "newer": "what comes after it changed",
    "older": "what comes before it changed",
    "cards": "an article that it shows was added, edited, moved or removed",
    "texts": "an article whose words it quotes was edited, or another is quoted",
    "story": "its article became part of a story, or of none",
    "stories": "a story that it shows has another article",
    "related": "an older article that it names was edited or removed",
    "days": "a headline that it shows was added, edited or removed",
    "entries": "an entry was added, edited or removed",
    "earlier": "an earlier day that it shows changed",
    "addresses": "a page was added or removed, or has a new date",
}
