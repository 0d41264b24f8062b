"""The days within reach of a day: how rare terms are in them, and the groups that their articles are in."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import nlargest
from itertools import accumulate, pairwise

import numpy as np

from digest.editor.groups import SQUARE, UNIT, Group, Vector
from digest.editor.words import KIND_BITS, KINDS, WEIGHT_BITS, Numbers

DAYS = 14
"""Days that an article or a story waits for another."""
SAMPLE, SAMPLE_DAYS = 400, 10
"""Articles, and days that have articles, from which it is taken how rare terms are, at least."""
COMMON = 0.5
"""Share of the articles from which on a term says nothing."""
GUESSED = 30
"""Articles that the first guess of how rare a term is counts for (see words.KINDS)."""
SHORT = 40
"""Terms below which a text is too short to be as much alike as its few words say."""
DAILY, KNOWN_DAYS = 0.7, 5
"""A term on more than this share of the days, of so many at least, belongs to what comes daily and not to an event:
weather, stock prices, dividends, birthdays; and a theme that lasts."""
HITS = 300
"""Places of an article's terms in other groups that are looked at, those of its rarest terms first."""
LIKELY = 16
"""Groups, those that have most of these, with which an article is then compared as a whole."""
SLOTS = 1 << 21
"""Places where terms are counted, by the last bits of their hash: of 30,000 terms a few hundred share one."""
FINE = 1000
"""Parts of a logarithm: whole numbers have the same sum on every machine."""
_UNLIKELY = SQUARE // 50
"""Likeness by the rarest terms alone below which a group is not looked at further."""


def reach(sizes: Sequence[int]) -> list[int]:
    """Return for each day, of so many articles, the first day, by index, from which it is taken how rare terms are."""
    starts = []
    start = total = 0
    for at, size in enumerate(sizes):
        total += size
        while at - start >= SAMPLE_DAYS and total - sizes[start] >= SAMPLE:
            total -= sizes[start]
            start += 1
        starts.append(start)
    return starts


def first_in_window(ordinals: Sequence[int], at: int) -> int:
    """Return the first day, by index, whose articles wait for those of the day at index `at`."""
    first = at
    while first > 0 and ordinals[first - 1] >= ordinals[at] - DAYS:
        first -= 1
    return first


class Window:
    """The days within reach, while going from day to day. All sums are of whole numbers, so that no order shows."""

    def __init__(self) -> None:
        self.days = self.articles = 0
        self.rarity = np.zeros(SLOTS, np.int32)
        """In how many articles a term is, by slot."""
        self.on_days = np.zeros(SLOTS, np.int32)
        """On how many days a term is, by slot."""
        self.groups: dict[int, Group] = {}
        self.by_story: dict[str, int] = {}
        self.places: dict[int, dict[int, int]] = {}
        """The weight that each term has in each group."""
        self.members: list[tuple[int, int, Vector]] = []
        """Day, group and vector of each article, oldest first."""
        self._next = 0

    def count(self, features: Iterable[bytes], sign: int = 1) -> None:
        """Count in how many articles and on how many days terms are, or forget it; the same text twice on a day is one."""
        texts = dict.fromkeys(features)
        slots = _slots(_packed(texts))
        self.days += sign
        self.articles += sign * len(texts)
        self.on_days[slots] += sign  # where a slot is named twice, it still is once
        np.add.at(self.rarity, slots, np.int32(sign))

    def weigh(self, features: Sequence[bytes]) -> list[Vector]:
        """Return the vectors of articles, by how rare terms now are."""
        packed = _packed(features)
        slots = _slots(packed)
        count = self.rarity[slots]
        logs = _logs(1 << int(count.max(initial=1)).bit_length())
        weight = (
            round(FINE * math.log(COMMON * (self.articles + GUESSED)))
            - logs[packed >> WEIGHT_BITS & (1 << KIND_BITS) - 1, count]
        )
        daily = DAILY * self.days if self.days >= KNOWN_DAYS else self.articles
        weight *= (weight > 0) & ((count <= daily) | (self.on_days[slots] <= daily))
        weight *= packed & (1 << WEIGHT_BITS) - 1
        ends = np.cumsum([0, *(len(one) // 4 for one in features)])
        squares = np.diff(np.concatenate([[0], np.cumsum(weight * weight)])[ends])
        found = np.diff(np.concatenate([[0], np.cumsum(weight > 0)])[ends])
        scale = UNIT / np.sqrt(np.maximum(squares, 1)) * np.sqrt(np.minimum(1.0, found / SHORT))
        rounded = (weight * np.repeat(scale, np.diff(ends)) + 0.5).astype(np.int64)
        told = np.nonzero(rounded)[0]
        pairs = list(zip((packed[told] >> WEIGHT_BITS).tolist(), rounded[told].tolist(), strict=True))
        bounds = np.searchsorted(told, ends).tolist()
        return [pairs[start:end] for start, end in pairwise(bounds)]

    def forget(self, before: int) -> None:
        """Take out the articles of days before this one."""
        gone = 0
        for day, number, vector in self.members:
            if day >= before:
                break
            self._take_out(day, number, vector)
            gone += 1
        del self.members[:gone]

    def put(self, story: str, begun: int, day: int, vector: Vector) -> None:
        """Put an article of `day` into a group."""
        number = self.by_story.get(story)
        if number is None:
            number = self.by_story[story] = self._next
            self.groups[number] = Group(story, begun, story.startswith("="))
            self._next += 1
        square = product = 0
        for term, weight in vector:
            place = self.places.setdefault(term, {})
            before = place.get(number, 0)
            product += before * weight
            square += weight * weight
            place[number] = before + weight
        group = self.groups[number]
        group.total += 2 * product + square
        group.squares += square
        group.dates[day] = group.dates.get(day, 0) + 1
        group.many += 1
        self.members.append((day, number, vector))

    def take_back(self, day: int) -> None:
        """Take out the articles of `day`, the newest."""
        while self.members and self.members[-1][0] == day:
            self._take_out(*self.members.pop())

    def alike(self, vector: Vector) -> dict[int, int]:
        """Return the product of a vector with each group's sum, where they share a term and may be alike."""
        find = self.places.get
        places = [(len(place), term, weight) for term, weight in vector if (place := find(term))]
        rest: list[tuple[int, int, int]] = []
        if sum([size for size, _, _ in places]) > HITS:
            places.sort()
            some = sum(reached <= HITS for reached in accumulate(size for size, _, _ in places))
            places, rest = places[:some], places[some:]
        products: dict[int, int] = {}
        get = products.get
        for _, term, weight in places:
            for number, other in self.places[term].items():
                products[number] = get(number, 0) + weight * other
        if rest:
            likely = [number for number, product in products.items() if product > _UNLIKELY]
            if len(likely) > LIKELY:
                groups = self.groups
                likely = nlargest(LIKELY, likely, key=lambda number: (products[number], groups[number].story))
            products = {number: products[number] for number in likely}
            for _, term, weight in rest:
                place = self.places[term]
                for number in products:
                    if number in place:
                        products[number] += weight * place[number]
        return products

    def _take_out(self, day: int, number: int, vector: Vector) -> None:
        square = product = 0
        for term, weight in vector:
            place = self.places[term]
            before = place[number]
            product += before * weight
            square += weight * weight
            if before > weight:
                place[number] = before - weight
            elif len(place) > 1:
                del place[number]
            else:
                del self.places[term]
        group = self.groups[number]
        group.total += square - 2 * product
        group.squares -= square
        group.dates[day] -= 1
        if not group.dates[day]:
            del group.dates[day]
        group.many -= 1
        if not group.many:
            del self.groups[number], self.by_story[group.story]


def _packed(features: Iterable[bytes]) -> Numbers:
    return np.frombuffer(b"".join(features), "<u4").astype(np.int64)


def _slots(packed: Numbers) -> Numbers:
    return packed >> WEIGHT_BITS + KIND_BITS & SLOTS - 1


@cache
def _logs(counts: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Return, by kind and count of a term, the logarithm of how many articles it is thought to be in, in FINE parts."""
    return np.array(
        [[round(FINE * math.log(count + GUESSED * share)) for count in range(counts)] for share in KINDS], np.int64
    )


def shared(one: Vector, other: Vector) -> Mapping[int, int]:
    """Return what the terms that two articles share add to their product, the most first."""
    ours = dict(one)
    both = {term: weight * ours[term] for term, weight in other if term in ours}
    return {term: both[term] for term in sorted(both, key=lambda term: (-both[term], term))}
