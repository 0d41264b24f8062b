"""Publishing: bring the output folder to the plan, rendering only what is new, in an order that never breaks a link."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from digest import compressing, content, fingerprints, frontmatter, inputs, outputs, urls, views, write
from digest.deciding import decide, with_months
from digest.errors import Problem
from digest.model import Body
from digest.outputs import Output
from digest.plan import Section
from digest.store import Memory, Written
from digest.theme import Look
from digest.workers import Mapper
from digest.write import Put

RECENT = 128
"""Texts that are kept while files are made: editions and archives are of articles whose pages were made just before."""
LARGE = 50_000
"""Files from which on pages of many articles are packed for the process that makes them: their headlines are all over the
memory, most of which that process would hold twice after touching them."""


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
        return _unpack, (self.packed(),)

    def packed(self) -> bytes:
        """Return it as MessagePack."""
        return msgspec.msgpack.encode(self)


def _is_archive(work: Work | bytes) -> bool:
    return isinstance(work, Work) and isinstance(work.output.view, views.Feed) and bool(work.output.view.current)


def _unpack(data: bytes) -> Work:
    return _decoder()(data)


@cache
def _decoder() -> Callable[[bytes], Work]:
    return msgspec.msgpack.Decoder(Work).decode


class Done(NamedTuple):
    """What became of some work."""

    made: dict[str, tuple[bytes, bytes]]
    """Key and digest of each file."""
    puts: list[Put]
    problems: list[Problem]


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
    if trusted:
        on_disk: Mapping[str, str] = {path: row.signature for path, row in remembered.items()}
    else:
        on_disk = write.signatures(place.output, remembered)
        if not full and (copied := _copied(place.output, remembered, on_disk)):
            memory.set_outputs(site, copied, {})
            remembered = memory.outputs(site)
    todo = decide(place.program, place.templates, place.codings, sections, remembered, complete, on_disk, full)
    listed = write.owned(place.output)
    ours = listed | todo.untouched
    others = ours - todo.section_of.keys()
    indexed = set(filter(urls.of_index, others))  # they have their own step, after this one
    stale = others - indexed
    wanted = [*todo.reasons, *chain.from_iterable(todo.copies.values())]
    memory.forget(site, [*wanted, *stale], complete.keys() - todo.settled)
    made: dict[str, tuple[bytes, bytes]] = {}
    puts: list[Put] = []
    problems = list(todo.clashes)
    deleted: list[str] = []
    if wanted or stale:
        write.make_folder(place.output)
        write.make_folder(Path(place.look.cache))
        write.sweep(place.output)
        missing = write.missing(place.output, wanted)
        doomed = set(filter(write.is_plain, stale))
        doomed -= write.missing(place.output, doomed)
        ours |= missing
        if ours != listed:
            write.own(place.output, ours)
        # What a killed build had made before all of its new files stood, or had not yet deleted, is linked from
        # nowhere and may link to nothing: it counts as new.
        fresh = missing | set(memory.note(f"unlinked {site}").split("\n"))
        memory.set_note(f"unlinked {site}", "\n".join(sorted(fresh)))
        inner = [output for output in todo.outputs if output.role != "entrance"]
        new = [output for output in inner if output.path in fresh]
        new.sort(key=lambda output: todo.section_of[output.path] != "")  # what is much work, begun last, is waited for
        changed = [output for output in inner if output.path not in fresh]
        changed.sort(key=lambda output: outputs.ROLES.index(output.role))
        entrance = [output for output in todo.outputs if output.role == "entrance"]
        copies_of = _copies_of(todo.copies, stale, ours)
        for step in (new, changed, entrance):
            works = [
                Work(output, output.path in ours, output.path in missing, *copies_of(output.path)) for output in step
            ]
            given: Sequence[Work | bytes] = works
            if len(works) > LARGE:
                given = [work.packed() if work.output.role == "index" else work for work in works]
            for done in mapper(partial(produce, place), given, ends=_is_archive):
                made.update(done.made)
                puts += done.puts
                problems += done.problems
                progress("writing pages", len(done.puts), len(todo.outputs))
            memory.set_note(f"unlinked {site}", "")
        memory.set_note(f"unlinked {site}", "\n".join(sorted(stale)))
        write.delete(place.output, stale)
        deleted = sorted(write.missing(place.output, doomed))  # outdated copies went before their pages were replaced
        memory.set_note(f"unlinked {site}", "")
        foreign = {put.path for put in puts if put.foreign}
        foreign.update(copy for path in [*foreign] for copy in todo.copies.get(path, ()))
        if (stand := indexed | todo.section_of.keys() - foreign) != ours:
            write.own(place.output, stand)
        write.sweep(place.output)
    written = {put.path: put.signature for put in puts if not put.foreign}
    unfinished = with_months(todo.section_of[path] for path in wanted if path not in written)
    memory.set_outputs(
        site,
        {path: Written(*made[path], signed, todo.section_of[path]) for path, signed in written.items()},
        {name: digest for name, digest in todo.unsettled.items() if digest and name not in unfinished},
    )
    problems += [_foreign(f"{site}/{put.path}") for put in puts if put.foreign]
    wrote = sorted(put.path for put in puts if put.wrote)
    return Published(len(todo.section_of), _count_pages(todo.section_of), wrote, deleted, problems, todo.reasons)


def _copied(output: Path, remembered: Mapping[str, Written], on_disk: Mapping[str, str]) -> dict[str, Written]:
    """Return what to remember of files that are what was written, though not when it was: restored from a copy."""
    return {
        path: row._replace(signature=signed)
        for path, row in remembered.items()
        if (signed := on_disk.get(path, row.signature)) != row.signature
        and fingerprints.is_same(str(output), path, signed, row.signature, row.digest)
    }


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


def produce(place: Place, given: Sequence[Work | bytes]) -> Done:
    """Render some files and write them; it may run in a worker process."""
    from digest.render import render

    works = [_unpack(work) if isinstance(work, bytes) else work for work in given]
    keys = outputs.keys((work.output for work in works), place.program, place.templates)
    done = Done({}, [], [])
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
            poster = isinstance(output.view, views.Poster)
            data = _poster(place, output) if poster else render(output, place.look, texts)
            put = write.put(place.output, output.path, data, work.ours, work.new, work.outdated)
            done.puts.append(put)
            done.made[output.path] = keys[output.path], fingerprints.digest_of(data)
            for copy in () if put.foreign else work.copies:
                packed = compressing.compress(data, copy)
                done.puts.append(write.put(place.output, copy, packed, copy in work.outdated))
                done.made[copy] = keys[output.path], fingerprints.digest_of(packed)
    return done


def _poster(place: Place, output: Output) -> bytes:
    """Return a picture: the one that stands, where it is sure to be the same, though nothing is remembered of it."""
    from digest.pages import seal
    from digest.render import render

    assert isinstance(output.view, views.Poster)
    key = seal.key(output.view)
    try:
        data = inputs.read(f"{place.output}/{output.path}", seal.LARGEST)
    except OSError:
        data = b""
    return data if seal.holds(data, key) else seal.sealed(render(output, place.look, {}), key)


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
