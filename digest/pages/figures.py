"""Figures: how many articles there were when, as places on a page."""

import calendar as months
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from digest.views import Day, Period, Tally

Counted = TypeVar("Counted", Period, Day)
LETTERS, SIGNS = 1200, 500
"""Characters read in a minute, and those of Chinese, Japanese and Korean."""
_DENSE = frozenset(["zh", "ja", "ko"])
LEVELS = 4
CELL = 10
"""Side of a day's square."""
HEAD = 6
"""Height of the names of the days of the week."""


class Cell(NamedTuple):
    """A day of a calendar."""

    x: int
    y: int
    number: int
    """Of the day in its month."""
    level: int
    """From 1 to 4: how many articles it has, compared with the day that has most; 0 for none."""
    day: Period | Day | None
    """Where it leads, if it has articles."""


class Calendar(NamedTuple):
    """A month, a week a line."""

    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    """The place and name of each day of the week."""
    cells: tuple[Cell, ...]


class Bar(NamedTuple):
    """A month of a bar chart."""

    x: int
    articles: int
    date: str


class Bars(NamedTuple):
    """Articles by month, without gaps in time."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def most(periods: Iterable[Counted]) -> int:
    """Return the count of the period that has most articles."""
    return max((period.count for period in periods), default=0)


def level(count: int, largest: int) -> int:
    """Return how dark a count is shown, 1 to 4: each level is so many times the one below, so that one busy day hides no other."""
    return 1 + sum(count**LEVELS > largest**step for step in range(1, LEVELS)) if count else 0


def calendar(
    month: str, days: Sequence[Counted], largest: int, week: Sequence[tuple[int, str]], mirrored: bool = False
) -> Calendar:
    """Return the calendar of a `month` (`YYYY-MM`); `week` has the days as the language begins it, Monday being 0."""
    column = {number: place for place, (number, _) in enumerate(week)}
    places = [(len(week) - 1 - place if mirrored else place) * CELL for place in range(len(week))]
    year, number = map(int, month.split("-"))
    first, length = months.monthrange(year, number)
    known = {int(day.date[8:]): day for day in days}
    cells = []
    for day in range(1, length + 1):
        line, place = divmod(column[first] + day - 1, len(week))
        found = known.get(day)
        cells.append(Cell(places[place], HEAD + line * CELL, day, level(found.count, largest) if found else 0, found))
    heads = tuple((places[place] + CELL // 2, name) for place, (_, name) in enumerate(week))
    return Calendar(len(week) * CELL, cells[-1].y + CELL, heads, tuple(cells))


def minutes(length: int, language: str) -> int:
    """Return how long it takes to read a text of so many characters, in minutes."""
    pace = SIGNS if language[:2] in _DENSE else LETTERS
    return (length + pace // 2) // pace or 1


def twelve(year: Period) -> list[tuple[str, Period | None]]:
    """Return the months of a year with what came in each, January first."""
    known = {month.date: month for month in year.parts}
    dates = [f"{year.date}-{number:02d}" for number in range(1, 13)]
    return [(date, known.get(date)) for date in dates]


def bars(coverage: Sequence[Tally], mirrored: bool = False) -> Bars:
    """Return months and their counts, oldest first, as places in a chart."""
    places = [int(one.date[:4]) * 12 + int(one.date[5:7]) for one in coverage]
    width = places[-1] - places[0] + 1
    made = [
        Bar(width - 1 - (place - places[0]) if mirrored else place - places[0], one.count, one.date)
        for place, one in zip(places, coverage, strict=True)
    ]
    return Bars(width, max(one.count for one in coverage), tuple(made))
