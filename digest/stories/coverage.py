"""Coverage: which of the articles tell of one event. What days gave is remembered, so that a day costs a day's work."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from digest.editor import stories
from digest.editor.calendar import Item
from digest.editor.stories import Known, Placed
from digest.errors import Problem
from digest.library import Library
from digest.memo import Memo
from digest.store import Memory
from digest.stories import story
from digest.workers import Mapper, serial

SLICE = 12_500
"""Articles that a worker compares at a time."""


class Coverage(NamedTuple):
    """The stories of a library."""

    story_of: Mapping[str, str]
    """By article id, the slug of its story; articles that stand alone are not in it."""
    problems: Sequence[Problem]
    """What people wrote of stories that cannot be."""
    items: Mapping[str, Sequence[Item]]
    """The articles of each day as they were compared."""
    known: Mapping[str, Known]
    """What was found of each day."""


def find(
    memory: Memory, library: Library, features: Mapping[str, bytes], mapper: Mapper, memo: Memo | None = None
) -> Coverage:
    """Return the stories of a library; `features` are by content file. Days that are as they were are remembered."""
    memo = memo or Memo()
    remembered = memory.days()
    covered = glance(remembered, library, features, mapper, memo)
    changed = {
        day: now for day, now in covered.known.items() if day not in remembered or now.digest != remembered[day][0]
    }
    gone = remembered.keys() - covered.known.keys()
    if changed or gone:
        encode = msgspec.msgpack.Encoder().encode
        memory.set_days({day: (now.digest, encode(now.placed)) for day, now in changed.items()}, gone)
    return covered


def glance(
    remembered: Mapping[str, tuple[bytes, bytes]],
    library: Library,
    features: Mapping[str, bytes],
    mapper: Mapper,
    memo: Memo | None = None,
) -> Coverage:
    """Return the stories of a library, of which days are `remembered`, and remember nothing."""
    memo = memo or Memo()
    names = story.names(library.articles)
    items = {
        day: memo(
            story.items,
            day,
            articles,
            [features.get(article.body.file, b"") for article in articles],
            [names.of.get(article.id, "") for article in articles],
        )
        for day, articles in library.days.items()
    }
    decode = msgspec.msgpack.Decoder(tuple[Placed, ...]).decode
    old = {day: Known(digest, memo(decode, day, placed)) for day, (digest, placed) in remembered.items()}
    slices = [] if mapper is serial else stories.slices(items, old, SLICE)
    for guessed in mapper(_place, slices, 1) if len(slices) > 1 else ():
        old |= guessed
    known = stories.place(items, old, memo)
    found = story.addresses(memo(stories.stories, "", items, known), library.articles)
    return Coverage(found, names.problems, items, known)


def _place(slices: Sequence[stories.Slice]) -> dict[str, Known]:
    """Place a slice's days by what is in the slice; it may run in a worker process."""
    return {day: known for one in slices for day, known in stories.place(one.days).items() if day >= one.begin}
