"""Publishing: bring the output folder to the plan, rendering only what is new, in an order that never breaks a link."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from digest import content, frontmatter, plan, views, write
from digest.errors import Problem
from digest.model import Body
from digest.plan import Output
from digest.store import Memory, Written
from digest.theme import Look
from digest.workers import Mapper
from digest.write import Put


class Place(NamedTuple):
    """Where to read and to write."""

    root: Path
    output: Path
    look: Look
    """What to render with."""


class Published(NamedTuple):
    """What was done to the output folder."""

    written: Sequence[str]
    deleted: Sequence[str]
    problems: Sequence[Problem]
    reasons: Mapping[str, Sequence[str]]
    """Why each file was rendered."""


class Work(NamedTuple):
    """A file to render and write."""

    output: Output
    ours: bool
    """Whether a file of this path may be replaced."""
    new: bool
    """Whether there is none."""


class Done(NamedTuple):
    """What became of some work."""

    puts: list[Put]
    problems: list[Problem]


def publish(
    place: Place,
    memory: Memory,
    outputs: Sequence[Output],
    keys: Mapping[str, bytes],
    full: bool,
    mapper: Mapper,
    progress: Callable[[str, int, int], None],
) -> Published:
    """Render and write the `outputs` whose key or file is not the one remembered; delete what is no longer planned.

    New files come first, then changed ones, then deletions: whenever it is stopped, no page that can be
    reached links to a file that is not there.
    """
    site = os.path.relpath(place.output, place.root)
    remembered = memory.outputs(site)
    on_disk = write.signatures(place.output, keys)
    reasons = {
        output.path: found
        for output in outputs
        if (found := _reasons(output, keys[output.path], remembered.get(output.path), on_disk.get(output.path), full))
    }
    ours = write.owned(place.output) | remembered.keys()
    stale = ours - keys.keys()
    if not reasons and not stale:
        return Published((), (), (), {})
    write.make_folder(place.output)
    memory.forget(site, [*reasons, *stale])
    write.sweep(place.output)
    missing = {path for path in reasons if path not in on_disk and not os.path.lexists(place.output / path)}
    ours |= missing
    write.own(place.output, ours)
    order = {role: number for number, role in enumerate(plan.ROLES)}
    todo = sorted((output for output in outputs if output.path in reasons), key=lambda output: order[output.role])
    puts: list[Put] = []
    problems: list[Problem] = []
    for step in (
        [output for output in todo if output.path in missing],
        [output for output in todo if output.path not in missing],
    ):
        for done in mapper(
            partial(produce, place), [Work(output, output.path in ours, output.path in missing) for output in step]
        ):
            puts += done.puts
            problems += done.problems
            progress("writing pages", len(done.puts), len(todo))
    deleted = write.delete(place.output, stale)
    foreign = {put.path for put in puts if put.foreign}
    write.own(place.output, keys.keys() - foreign)
    write.sweep(place.output)
    memory.set_outputs(site, {put.path: Written(keys[put.path], put.signature) for put in puts if not put.foreign})
    problems += [
        Problem(
            "error",
            f"{site}/{path}",
            0,
            "the build makes this file, but found one that it did not write",
            "move yours away, or delete it",
        )
        for path in sorted(foreign)
    ]
    return Published(sorted(put.path for put in puts if put.wrote), deleted, problems, reasons)


def produce(place: Place, works: Sequence[Work]) -> Done:
    """Render some files and write them; it may run in a worker process."""
    from digest.render import render

    done = Done([], [])
    for output, ours, new in works:
        texts: dict[Body, str] = {}
        for body in views.bodies(output.view):
            text = _read(place.root, body)
            if text is None:
                done.problems.append(
                    Problem("warning", body.file, 0, "the file was changed while the build ran", "build again")
                )
            else:
                texts[body] = text
        if len(texts) == len(views.bodies(output.view)):
            done.puts.append(write.put(place.output, output.path, render(output, place.look, texts), ours, new))
    return done


def _read(root: Path, body: Body) -> str | None:
    """Return the Markdown of an article, or None where its file is no longer the one that was parsed."""
    try:
        with open(f"{root}/{body.file}", "rb", buffering=0) as file:
            data = file.read()
    except OSError:
        return None
    if content.digest_of(data) != body.digest:
        return None
    text = content.decode(data, body.file)
    assert isinstance(text, str), "it was decoded before"
    return frontmatter.split(text).body


def _reasons(output: Output, key: bytes, remembered: Written | None, on_disk: str | None, full: bool) -> list[str]:
    """Say why an output must be made again; nothing where it need not be."""
    if full:
        return ["everything was asked for"]
    if remembered is None:
        return ["it is new" if on_disk is None else "nothing is remembered about it"]
    if key != remembered.key:
        return [
            _CHANGED.get(name, f"its {name.replace('_', ' ')} changed")
            for name in plan.difference(output, remembered.key, key)
        ]
    if on_disk is None:
        return ["the file is gone"]
    return [] if on_disk == remembered.signature else ["something else changed the file"]


_CHANGED = {
    "program": "the program changed, or a library that it uses",
    "template": "its template changed, or one that it includes",
    "site": "the settings changed",
    "article": "its article was edited",
    "newer": "what comes after it changed",
    "older": "what comes before it changed",
    "cards": "an article that it shows was added, edited or removed",
    "days": "a headline that it shows was added, edited or removed",
    "entries": "an entry was added, edited or removed",
    "earlier": "an earlier day that it shows changed",
    "addresses": "a page was added or removed, or has a new date",
}
