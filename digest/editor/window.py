"""The days within reach of a day: how rare terms are in them, and the groups that their articles are in."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import accumulate

from digest.editor.groups import SQUARE, UNIT, Group, Vector
from digest.editor.words import KINDS, WEIGHT_BITS, terms

DAYS = 14
"""Days that an article or a story waits for another."""
SAMPLE, SAMPLE_DAYS = 400, 10
"""Articles, and days that have articles, from which it is taken how rare terms are, at least."""
COMMON = 0.3
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
        self.rarity: Counter[int] = Counter()
        """In how many articles a term is."""
        self.on_days: Counter[int] = Counter()
        """On how many days a term is."""
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
        of_day: Counter[int] = Counter()
        for packed in texts:
            of_day.update([term >> WEIGHT_BITS for term in terms(packed)])
        self.days += sign
        self.articles += sign * len(texts)
        if sign > 0:
            self.rarity.update(of_day)
            self.on_days.update(of_day.keys())
            return
        for term, count in of_day.items():
            left = self.rarity[term] - count
            if left:
                self.rarity[term] = left
                self.on_days[term] -= 1
            else:
                del self.rarity[term], self.on_days[term]

    def weigh(self, features: Iterable[bytes]) -> list[Vector]:
        """Return the vectors of articles, by how rare terms now are."""
        logs: dict[int, float] = {}
        return [self._vector(packed, logs) for packed in features]

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
        group.dates += day
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
        group.dates -= day
        group.many -= 1
        if not group.many:
            del self.groups[number], self.by_story[group.story]

    def _vector(self, features: bytes, logs: dict[int, float]) -> Vector:
        found: list[int] = []
        weights: list[float] = []
        rarity = self.rarity
        on_days = self.on_days
        daily = DAILY * self.days if self.days >= KNOWN_DAYS else self.articles
        for packed in terms(features):
            term = packed >> WEIGHT_BITS
            count = rarity[term]
            case = count << 3 | term & 7
            log = logs.get(case)
            if log is None:
                ratio = COMMON * (self.articles + GUESSED) / (count + GUESSED * KINDS[term & 7])
                log = logs[case] = math.log(ratio) if ratio > 1 else 0.0
            if log and (count <= daily or on_days[term] <= daily):
                found.append(term)
                weights.append(log * (packed & 31))
        if not found:
            return []
        length = math.sqrt(sum([weight * weight for weight in weights]))
        scale = UNIT / length * math.sqrt(min(1.0, len(found) / SHORT))
        return [
            (term, rounded)
            for term, weight in zip(found, weights, strict=True)
            if (rounded := int(weight * scale + 0.5))
        ]


def shared(one: Vector, other: Vector) -> Mapping[int, int]:
    """Return what the terms that two articles share add to their product, the most first."""
    ours = dict(one)
    both = {term: weight * ours[term] for term, weight in other if term in ours}
    return {term: both[term] for term in sorted(both, key=lambda term: (-both[term], term))}
