"""Deciding: what must be done to the output folder, by the plan, what is remembered of the last build, and what is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from digest import compressing, outputs, store, views
from digest.errors import DigestError, Problem
from digest.outputs import Output
from digest.pages import redirects
from digest.plan import Section
from digest.store import Written


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
    settled: Set[str]
    """The sections that the memory knows and that are as they were."""
    untouched: Set[str]
    """The files that still are what the last build wrote."""
    clashes: Sequence[Problem]
    """Aliases where a page stands."""


def decide(
    program: str,
    templates: Mapping[str, bytes],
    codings: Sequence[str],
    sections: Sequence[Section],
    remembered: Mapping[str, Written],
    complete: Mapping[str, bytes],
    on_disk: Mapping[str, str],
    full: bool,
) -> Todo:
    """Plan the sections that are not as the last build left them, and compare keys and files."""
    untouched = {path for path, row in remembered.items() if on_disk.get(path) == row.signature}
    touched = with_months(remembered[path].section for path in remembered.keys() - untouched)
    same = {name for name, digest in complete.items() if digest and name not in touched and not full}
    settled: set[str] = set()
    unsettled: dict[str, bytes] = {}

    def work_out(sections: Iterable[Section]) -> Iterator[tuple[str, Output]]:
        for section in sections:
            if section.name in same and complete[section.name] == section.digest:
                settled.add(section.name)
                continue
            unsettled[section.name] = section.digest
            for one in section.outputs():
                if isinstance(one, Section):
                    yield from work_out([one])
                else:
                    yield section.name, one

    worked_out = list(work_out(sections))
    settled.update([name for name in complete if store.whole(name) in settled])
    section_of = {path: row.section for path, row in remembered.items() if row.section in settled}
    planned = []
    clashes: list[Problem] = []
    for name, output in worked_out:
        if output.path in section_of and isinstance(output.view, views.Redirect):
            clashes.append(redirects.taken(output.path, output.view))
            continue
        if output.path in section_of:
            hint = "this is a mistake in the program: please report it"
            raise DigestError(f"two pages want to be {output.path}", hint)
        planned.append(output)
        section_of[output.path] = name
    copies = {output.path: compressing.copies(output.path, codings) for output in planned if codings}
    for path, of_path in copies.items():
        copies[path] = [copy for copy in of_path if copy not in section_of]  # a theme may bring its own
        section_of.update(dict.fromkeys(copies[path], section_of[path]))
    known = (output for output in planned if output.path in remembered)  # the others' keys come when they are made
    keys = outputs.keys(known, program, templates)
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
    return Todo(
        section_of,
        todo,
        reasons,
        {path: copies[path] for path in reasons if path in copies},
        unsettled,
        settled,
        untouched,
        clashes,
    )


def with_months(names: Iterable[str]) -> set[str]:
    """Return these names of sections, and those of the months that they are part of."""
    found = set(names)
    return found.union(map(store.whole, found))


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
