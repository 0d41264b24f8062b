"""Groups of articles, of which the most alike become one, until none are alike enough: agglomerative clustering.

An article is a vector of length 1, in whole numbers, so that sums do not depend on an order. Of a group only sums are
kept: the product of two groups' sums, over the number of pairs, is the mean cosine between their articles. Two groups
become one where

- the mean cosine between their articles, less with every day between them, is THRESHOLD at least, and
- it is TIGHT times as much at least as within each of the groups: a story is closer to itself than to its neighbours.
"""

import math
from collections.abc import Mapping
from heapq import heappop, heappush

THRESHOLD = 0.11
TIGHT = 0.5
TIGHTEST = 0.5
"""Groups more alike than this are taken to be as alike as this: copies of one text must not shut out all others."""
SMALL = 4
"""Articles up to which a group must be TIGHT; of larger ones less is asked, by the square."""
DECAY = 0.1
"""How much of the likeness is lost with a day, as an exponent."""
UNIT = 1000
"""The length of a vector."""
SQUARE = UNIT * UNIT
LOOSE = SQUARE // 20
"""Likeness below which a pair is passed over."""

Vector = list[tuple[int, int]]
"""Terms and their weights."""


class Group:
    """A story within reach, or an article that may become one."""

    __slots__ = ("begun", "dates", "many", "named", "squares", "story", "total")

    def __init__(self, story: str, begun: int, named: bool) -> None:
        self.story = story
        self.begun = begun
        self.named = named
        """Whether a person gave it its name."""
        self.many = 0
        self.dates: dict[int, int] = {}
        """How many of its articles are of a day."""
        self.squares = 0
        """Sum of the squared lengths of its articles' vectors."""
        self.total = 0
        """Squared length of the sum of its articles' vectors."""

    def add(self, other: "Group", product: int) -> None:
        """Take in another group; `product` is that of their sums."""
        self.many += other.many
        for day, many in other.dates.items():
            self.dates[day] = self.dates.get(day, 0) + many
        self.squares += other.squares
        self.total += other.total + 2 * product

    def copy(self) -> "Group":
        """Return a group that may change while this one stays."""
        same = Group(self.story, self.begun, self.named)
        same.add(self, 0)
        return same

    def tightness(self) -> float:
        """Return how alike its articles are; of a large group less is asked."""
        if self.many < 2:
            return 0.0
        mean = (self.total - self.squares) / (self.many * (self.many - 1) * SQUARE)
        return mean * min(1.0, SMALL / self.many) ** 2


def gap(one: Mapping[int, int], other: Mapping[int, int]) -> int:
    """Return the days between the last of the earlier and the first of the later; 0 where they overlap."""
    if len(one) == len(other) == 1:
        return abs(next(iter(one)) - next(iter(other)))
    return max(0, min(one) - max(other), min(other) - max(one))


def likeness(one: Group, other: Group, product: int) -> float:
    """Return the mean likeness between two groups; the days between them take some of it."""
    mean = product / (one.many * other.many * SQUARE)
    apart = gap(one.dates, other.dates)
    return mean * math.exp(-DECAY * apart) if apart else mean


def needed(one: Group, other: Group) -> float:
    """Return the mean likeness below which one of two groups is too tight for the other."""
    return TIGHT * min(TIGHTEST, max(one.tightness(), other.tightness()))


class Grouping:
    """Groups of one day, numbered from -1 downwards, and those before them, with numbers from 0, which stay apart."""

    def __init__(self) -> None:
        self.groups: dict[int, Group] = {}
        self.links: dict[int, dict[int, int]] = {}
        """Products between groups."""
        self.strength: dict[int, int] = {}
        """Likeness, in thousandths, by which a group came together last."""
        self.parent: dict[int, int] = {}

    def add(self, number: int, group: Group) -> None:
        """Let a group take part."""
        self.groups[number] = group
        self.links[number] = {}

    def link(self, one: int, other: int, product: int) -> None:
        """Add to what two groups have in common."""
        self.links[one][other] = self.links[other][one] = self.links[one].get(other, 0) + product

    def top(self, number: int) -> int:
        """Return the group that a group became part of."""
        while number in self.parent:
            number = self.parent[number]
        return number

    def merge(self) -> None:
        """Join groups, the most alike first."""
        heap: list[_Proposal] = []
        for one, links in self.links.items():
            for other in links:
                if one < other:
                    self._propose(heap, one, other)
        while heap:
            negative, one, _, other = heappop(heap)
            product = self.links.get(one, {}).get(other)
            if product is None:
                continue
            ours, theirs = self.groups[one], self.groups[other]
            link = likeness(ours, theirs, product)
            if link != -negative or (ours.named and theirs.named) or link < needed(ours, theirs):
                continue
            if self._comes_first(other, one):
                one, other = other, one
            self.join(one, other)
            self.strength[one] = max(1, round(1000 * link))
            for near in self.links[one]:
                self._propose(heap, min(one, near), max(one, near))

    def join(self, one: int, other: int) -> None:
        """Put group `other` into group `one`."""
        self.groups[one].add(self.groups[other], self.links[one].pop(other, 0))
        self.parent[other] = one
        for near, product in self.links.pop(other).items():
            if near != one:
                del self.links[near][other]
                if one < 0 or near < 0:
                    self.link(one, near, product)

    def _propose(self, heap: "list[_Proposal]", one: int, other: int) -> None:
        """Note two groups that are alike enough; equal ones by what does not depend on where the counting of groups began."""
        theirs = self.groups[other]
        link = likeness(self.groups[one], theirs, self.links[one][other])
        if link >= THRESHOLD:
            heappush(heap, (-link, one, theirs.story, other))

    def _comes_first(self, one: int, other: int) -> bool:
        """Tell whether `one` gives the story its name: one of an earlier day, what a person named, the earlier."""
        return (one >= 0, self.groups[one].named, one) > (other >= 0, self.groups[other].named, other)


_Proposal = tuple[float, int, str, int]


def shared(one: Vector, other: Vector) -> Mapping[int, int]:
    """Return what the terms that two articles share add to their product, the most first."""
    ours = dict(one)
    both = {term: weight * ours[term] for term, weight in other if term in ours}
    return {term: both[term] for term in sorted(both, key=lambda term: (-both[term], term))}
