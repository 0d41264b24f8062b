"""Which articles tell of one event: stories, placed day by day, each day by what came before it.

An article is a vector of its terms (see `words`), weighted by how rare they are among the articles of the last days;
how alike two are is the cosine between them. A day's articles are grouped with each other and with the stories of the
last fortnight (see `groups`). Nothing of an earlier day changes then, save that an article which stood alone becomes the
first of a story; and a day depends only on the days within its reach. So the same articles give the same stories, in
whatever order they arrived, and a memory can keep what a day gave (see `place`).

`story: NAME` in an article's front matter puts it into the story of that name, whatever the texts say, and later articles
like it follow; `story: none` keeps it out of all. A name is no reference: one that nobody else uses makes a story of one
article, which is none, and there are no cycles.
"""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from digest.editor.calendar import DAYS, Calendar, Item, calendar_of, first_in_window, in_order
from digest.editor.groups import LOOSE, SQUARE, THRESHOLD, Group, Grouping, Vector, likeness, needed, shared
from digest.memo import Memo

if TYPE_CHECKING:
    from digest.editor.window import Window

SPAN = 60
"""Days after which a story ends: what comes later begins another."""
BATCH = 256
"""Articles of one day that are grouped at a time, the earliest first."""
NONE = "none"
"""The name that keeps an article out of all stories."""
FORMAT = 1
"""Counted up when the same articles give other stories: what was kept is then no longer used."""


class Placed(NamedTuple):
    """Where an article stands."""

    story: str
    """Key of the story's first article, or `=NAME` where a person gave it a name."""
    begun: int
    """The day of that article, as an ordinal."""
    strength: int
    """Likeness, in thousandths, by which its group came together last on its day; 0 where it was alone."""


class Known(NamedTuple):
    """What a day gave: to be kept, and handed to `place` again."""

    digest: bytes
    placed: tuple[Placed, ...]
    """In the order of `in_order`."""


class Explanation(NamedTuple):
    """Why two articles are, or are not, one story."""

    together: bool
    forced: tuple[str, str]
    """What a person said of each; empty where nothing."""
    days: int
    """Between them."""
    likeness: float
    """Of the two, from 0 to 1."""
    after_days: float
    """What is left of it over the days between them."""
    threshold: float
    """What is needed at least."""
    stories: float
    """Mean likeness of the groups that they are in, as they are within reach of the later one."""
    needed: float
    """What these must have: the more, the more alike each group is within itself."""
    shared: Mapping[int, float]
    """What each term that they share adds to `likeness`, the most first; `words.spelled` tells the words."""


def place(
    days: Mapping[str, Sequence[Item]], known: Mapping[str, Known] | None = None, memo: Memo | None = None
) -> dict[str, Known]:
    """Place the articles of all `days` (`YYYY-MM-DD`); a day whose digest is that of `known` is taken from there."""
    known, memo = known or {}, memo or Memo()
    calendar = calendar_of(days, memo)
    ordinals, items = calendar.ordinals, calendar.items
    inputs = [memo(_digest_of_items, name, of_day) for name, of_day in zip(calendar.names, items, strict=True)]
    result: dict[str, Known] = {}
    outputs: list[bytes] = []
    walk = _Walk(calendar)
    for at, name in enumerate(calendar.names):
        first = first_in_window(ordinals, at)
        parts = [b"%d %d" % (FORMAT, ordinals[at]), *inputs[calendar.starts[first] : at + 1], *outputs[first:at]]
        digest = hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()
        now = known.get(name)
        if now is None or now.digest != digest or len(now.placed) != len(items[at]):
            walk.go(at, first, [one.placed for one in result.values()])
            now = Known(digest, tuple(walk.group()))
        result[name] = now
        outputs.append(memo(_digest_of_placed, name, now.placed))
    return result


class Slice(NamedTuple):
    """Days to be placed apart from the rest."""

    days: Mapping[str, Sequence[Item]]
    begin: str
    """The first day that counts; those before it are what it builds on."""


def slices(days: Mapping[str, Sequence[Item]], known: Mapping[str, Known], size: int) -> list[Slice]:
    """Return the days that are not `known` in slices of about `size` articles at most, at least two if they are many.

    What `place` finds of a slice is, nearly always, what it finds of all days: handed to it as `known`, it is taken from
    there where it is, and found again where it is not. So days may be placed in several processes.
    """
    calendar = calendar_of(days)
    many = [len(items) for items in calendar.items]
    new = [at for at, name in enumerate(calendar.names) if name not in known]
    total = sum(many[at] for at in new)
    if 2 * total < size or not new:
        return []
    parts = max(2, -(-total // size))
    found = []
    begin, count = new[0], 0
    for at in range(new[0], len(many)):
        count += many[at]
        if count * parts >= total or at == len(many) - 1:
            earliest = calendar.ordinals[begin] - SPAN - DAYS
            first = calendar.starts[bisect_left(calendar.ordinals, earliest)]
            found.append(Slice({name: days[name] for name in calendar.names[first : at + 1]}, calendar.names[begin]))
            begin, count = at + 1, 0
    return found


def stories(days: Mapping[str, Sequence[Item]], known: Mapping[str, Known]) -> dict[str, str | None]:
    """Return the story of each article, by key; None where it stands alone."""
    found: dict[str, str] = {}
    for name in sorted(days):
        found.update(
            zip([item.key for item in in_order(days[name])], [one.story for one in known[name].placed], strict=True)
        )
    sizes = Counter(found.values())
    return {key: story if sizes[story] > 1 else None for key, story in found.items()}


def explain(days: Mapping[str, Sequence[Item]], known: Mapping[str, Known], one: str, other: str) -> Explanation | None:
    """Tell why two articles, by key, are or are not one story; None where there is no article of that key."""
    calendar = calendar_of(days)
    where = {item.key: (at, place) for at, items in enumerate(calendar.items) for place, item in enumerate(items)}
    if one not in where or other not in where:
        return None
    (earlier, first), (later, second) = sorted((where[one], where[other]))
    placed = [known[name].placed for name in calendar.names]
    a, b = calendar.items[earlier][first], calendar.items[later][second]
    walk = _Walk(calendar)
    vectors = []
    for at, place_of in ((earlier, first), (later, second)):
        walk.go(at, first_in_window(calendar.ordinals, at), placed)
        vectors.append(walk.vectors[place_of])
    apart = calendar.ordinals[later] - calendar.ordinals[earlier]
    common = shared(*vectors)
    product = sum(common.values())
    single, same_day, dated = (_group_of([(vectors[at], day)]) for at, day in ((0, 0), (1, 0), (1, apart)))
    walk.put(placed[later])
    in_groups = [
        [(vector, day) for day, number, vector in walk.window.members if walk.window.groups[number].story == story]
        for story in (placed[earlier][first].story, placed[later][second].story)
    ]
    together = placed[earlier][first].story == placed[later][second].story
    if together or not all(in_groups):  # then how it stood before they met is told by the two alone
        in_groups = [[(vectors[0], 0)], [(vectors[1], apart)]]
    ours, theirs = (_group_of(members) for members in in_groups)
    of_groups = sum(sum(shared(x, y).values()) for x, _ in in_groups[0] for y, _ in in_groups[1])
    return Explanation(
        together=together,
        forced=(_forced(a), _forced(b)),
        days=apart,
        likeness=likeness(single, same_day, product),
        after_days=likeness(single, dated, product),
        threshold=THRESHOLD,
        stories=likeness(ours, theirs, of_groups),
        needed=max(THRESHOLD, needed(ours, theirs)),
        shared={term: part / SQUARE for term, part in common.items()},
    )


def told(found: Explanation, spelled: Mapping[int, str], most: int = 12) -> list[str]:
    """Return an explanation in sentences; `spelled` tells how the articles write their terms."""
    lines = ["They are one story." if found.together else "They are not one story."]
    names = [f"`story: {name}`" for name in found.forced if name]
    if names:
        lines.append(f"A person wrote {' and '.join(dict.fromkeys(names))}, which the texts do not change.")
    lines.append(
        f"Likeness {found.likeness:.2f}; {found.days} days apart leave {found.after_days:.2f}; "
        f"{found.threshold:.2f} is needed."
    )
    if found.shared:
        parts = [f"{spelled.get(term, '…')} {part:.3f}" for term, part in list(found.shared.items())[:most]]
        lines.append(f"They share: {', '.join(parts)}; {len(found.shared)} in all.")
    else:
        lines.append("They share nothing that tells them from the articles of those days.")
    if found.together and found.after_days < found.threshold:
        lines.append("What joins them are the other articles of the story, which are like both.")
    elif not found.together and found.after_days >= found.threshold:
        lines.append(
            f"Their groups are {found.stories:.2f} alike, and {found.needed:.2f} is needed where the articles "
            "within each are so much more alike."
            if found.stories < found.needed
            else "Another group was nearer, or the story had ended or was too long ago."
        )
    return lines


def _digest_of_items(items: Iterable[Item]) -> bytes:
    parts: list[bytes] = []
    for key, features, order, forced in items:
        parts += key.encode(), b"%d %d" % (order, len(features)), forced.encode(), features
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


def _digest_of_placed(placed: Iterable[Placed]) -> bytes:
    told = "\0".join([f"{story}\0{begun}" for story, begun, _ in placed])
    return hashlib.blake2b(told.encode(), digest_size=16).digest()


def _forced(item: Item) -> str:
    """Return the name of the story that a person put an article into, NONE where into none, or nothing."""
    return " ".join(item.forced.split()).casefold() if item.forced else ""


def _group_of(members: Iterable[tuple[Vector, int]]) -> Group:
    """Return a group of these vectors and days."""
    group = Group("", 0, False)
    total: Counter[int] = Counter()
    for vector, day in members:
        total.update(dict(vector))
        group.many += 1
        group.dates[day] = group.dates.get(day, 0) + 1
        group.squares += sum(weight * weight for _, weight in vector)
    group.total = sum(weight * weight for weight in total.values())
    return group


class _Walk:
    """Goes through the calendar, and takes up again where days were left out because they are known."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.window: Window
        self.at = self.start = -1
        """The day that was begun last, and the first that is counted."""
        self.vectors: list[Vector] = []

    def go(self, at: int, first: int, placed: Sequence[Sequence[Placed]]) -> None:
        """Begin the day at index `at`, with those before it from index `first` on as they were `placed`."""
        starts = self.calendar.starts
        if self.at < 0 or self.at + 1 < starts[first]:
            from digest.editor.window import Window  # numpy: only where a day must be placed

            self.window = Window()
            self.at, self.start = starts[first] - 1, starts[first]
        elif self.at >= 0 and self.at < at:
            self.put(placed[self.at])
        while self.at < at:
            self.at += 1
            self._begin()
            if first <= self.at < at:
                self.put(placed[self.at])

    def put(self, placed: Sequence[Placed], begin: int = 0) -> None:
        """Put the day's articles, or those from `begin` on, into their groups."""
        day = self.calendar.ordinals[self.at]
        items = self.calendar.items[self.at]
        for item, one, vector in zip(items[begin:], placed[begin:], self.vectors[begin:], strict=False):
            if _forced(item) != NONE:
                self.window.put(one.story, one.begun, day, vector)

    def group(self) -> list[Placed]:
        """Find the groups of the day's articles; a later batch sees an earlier one as if it were of the day before."""
        day, items = self.calendar.ordinals[self.at], self.calendar.items[self.at]
        found: list[Placed] = []
        for begin in range(0, len(items), BATCH):
            if begin:
                self.put(found, begin - BATCH)
            batch = slice(begin, begin + BATCH)
            found += _group(self.window, day, items[batch], self.vectors[batch])
        self.window.take_back(day)
        return found

    def _begin(self) -> None:
        """Go on to a day: count its terms, forget what is out of reach, and weigh its articles."""
        items, starts = self.calendar.items, self.calendar.starts
        self.window.count(item.features for item in items[self.at])
        while self.start < starts[self.at]:
            self.window.count((item.features for item in items[self.start]), -1)
            self.start += 1
        self.window.forget(self.calendar.ordinals[self.at] - DAYS)
        self.vectors = self.window.weigh([item.features for item in items[self.at]])


def _group(window: "Window", day: int, items: Sequence[Item], vectors: Sequence[Vector]) -> list[Placed]:
    """Group a day's articles with each other and with the groups in the window."""
    grouping = Grouping()
    units: dict[bytes | str, int] = {}
    unit_of: list[int] = []
    inside: dict[int, dict[int, int]] = {}
    for item, vector in zip(items, vectors, strict=True):
        name = _forced(item)
        same = item.features if not name else item.key if name == NONE else f"={name}"
        unit = units.get(same)
        is_new = unit is None
        if unit is None:
            unit = units[same] = -1 - len(units)
            named = bool(name) and name != NONE
            grouping.add(unit, Group(f"={name}" if named else item.key, day, named))
        unit_of.append(unit)
        if name != NONE and (is_new or name):  # a copy of a text adds nothing
            _grow(grouping, unit, day, vector, window, inside)
    for unit in units.values():  # what a person named goes where that name is
        existing = window.by_story.get(grouping.groups[unit].story) if grouping.groups[unit].named else None
        if existing is not None:
            _adopt(grouping, existing, window)
            grouping.join(existing, unit)
    grouping.merge()
    found = []
    for item, unit in zip(items, unit_of, strict=True):
        top = grouping.top(unit)
        group = grouping.groups[top]
        found.append(
            Placed(item.key, day, 0)
            if _forced(item) == NONE
            else Placed(group.story, group.begun, grouping.strength.get(top, 0))
        )
    return found


def _adopt(grouping: Grouping, number: int, window: "Window") -> None:
    """Let a group of an earlier day take part."""
    if number not in grouping.groups:
        grouping.add(number, window.groups[number].copy())


def _grow(
    grouping: Grouping, unit: int, day: int, vector: Vector, window: "Window", inside: dict[int, dict[int, int]]
) -> None:
    """Add an article to a unit, and link it to what is like it in the window and inside the day."""
    for number, product in window.alike(vector).items():
        other = window.groups[number]
        if product > LOOSE * other.many and (other.named or other.begun >= day - SPAN):
            _adopt(grouping, number, window)
            grouping.link(unit, number, product)
    square = 0
    near: dict[int, int] = {}
    get = near.get
    for term, weight in vector:
        square += weight * weight
        place = inside.setdefault(term, {})
        for number, weight_there in place.items():
            near[number] = get(number, 0) + weight * weight_there
        place[unit] = place.get(unit, 0) + weight
    mine = near.pop(unit, 0)
    for number, product in near.items():
        if product > LOOSE * grouping.groups[number].many:
            grouping.link(unit, number, product)
    group = grouping.groups[unit]
    group.total += 2 * mine + square
    group.squares += square
    group.dates[day] = group.dates.get(day, 0) + 1
    group.many += 1
