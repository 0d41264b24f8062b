"""Turn samples into the table of ratios: one line for each kind of work and size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import trials
from trials import Samples

DIGEST, HUGO, PELICAN = "digest", "Hugo", "Pelican"


@dataclass(frozen=True)
class Goal:
    """The bar must be met, the aim is hoped for; both compare with Hugo unless `absolute`."""

    bar: float
    aim: float
    absolute: bool = False


GOALS = {
    (trials.CLEAN, 10_000): Goal(0.80, 0.5),
    (trials.CLEAN, 100_000): Goal(0.40, 0.25),
    (trials.MEMORY, 100_000): Goal(0.20, 0.10),
    (trials.SAME, 10_000): Goal(0.07, 0.03),
    (trials.EDITED, 10_000): Goal(0.14, 0.08),
    (trials.ADDED, 10_000): Goal(0.14, 0.08),
    (trials.RELOADED, 10_000): Goal(0.3, 0.2, absolute=True),
    (trials.IMPORTED, trials.SEEDS): Goal(0.0015, 0.0007, absolute=True),
}
GOAL_FOR_ANY_SIZE = {trials.CHANGED: Goal(25, 15, absolute=True)}

Cells = Sequence[str]
HEAD = ("work", DIGEST, HUGO, "ratio", "bar", "aim", "verdict")


def table(samples: Samples) -> str:
    """The Markdown table, its columns padded so that a terminal shows it well too."""
    rows = [
        HEAD,
        *(_row(*key, samples.figures[key]) for key in sorted(samples.figures, key=_place)),
    ]
    if same := _same_everywhere(samples):
        rows.append(same)
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    # All columns but the first hold figures, which line up on the right.
    rule = [("-" * w if column == 0 else "-" * (w - 1) + ":") for column, w in enumerate(widths)]
    return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]])


def pelican_lines(samples: Samples) -> list[str]:
    """Pelican has no column: it only builds clean, and far from the bars."""
    lines = []
    for (work, size), by_engine in samples.figures.items():
        if work == trials.CLEAN and PELICAN in by_engine:
            theirs = median(by_engine[PELICAN])
            line = f"Pelican, clean build of {size:,} articles: {_seconds(theirs)}"
            if DIGEST in by_engine:
                line += f"; digest takes {_ratio(median(by_engine[DIGEST]) / theirs)} of that"
            lines.append(line)
    return lines


def _place(key: tuple[str, int]) -> tuple[bool, int, int]:
    """By size, then in the order of the work; the import is apart, its size is its own."""
    work, size = key
    return work in (trials.IMPORTED, trials.IMPORTED_GROSS), size, trials.WORKS.index(work)


def _row(work: str, size: int, by_engine: Mapping[str, Sequence[float]]) -> Cells:
    show = _unit(work)
    medians = {engine: median(figures) for engine, figures in by_engine.items()}
    ours, theirs = medians.get(DIGEST), medians.get(HUGO)
    ratio = ours / theirs if ours is not None and theirs else None
    goal = GOALS.get((work, size)) or GOAL_FOR_ANY_SIZE.get(work)
    bar, aim, verdict = "", "", ""
    if goal:
        limit = show if goal.absolute else _ratio
        bar, aim = f"≤ {limit(goal.bar)}", limit(goal.aim)
        verdict = _verdict(ours if goal.absolute else ratio, goal.bar)
    return (
        f"{work}, {size:,}",
        "" if ours is None else show(ours),
        "" if theirs is None else show(theirs),
        "" if ratio is None else _ratio(ratio),
        bar,
        aim,
        verdict,
    )


def _same_everywhere(samples: Samples) -> Cells | None:
    """A day's work must cost the same however large the archive is."""
    figures = [by for (work, _), by in samples.figures.items() if work == trials.CHANGED]
    counts = [[str(int(by[who][0])) for by in figures if who in by] for who in (DIGEST, HUGO)]
    if len(figures) <= 1:
        return None
    ours = counts[0]
    verdict = "" if len(ours) <= 1 else "ok" if len(set(ours)) == 1 else "over"
    title = f"{trials.CHANGED}, at every size"
    return (title, ", ".join(ours), ", ".join(counts[1]), "", "the same", "the same", verdict)


def _verdict(figure: float | None, bar: float) -> str:
    if figure is None:
        return ""
    return "ok" if figure <= bar else "over"


def _unit(work: str) -> Callable[[float], str]:
    if work == trials.MEMORY:
        return _megabytes
    if work in (trials.CHANGED, trials.INDEX_CHANGED):
        return _count
    if work in (trials.IMPORTED, trials.IMPORTED_GROSS):
        return _milliseconds
    if work == trials.RELOADED:
        return _whole_milliseconds
    return _seconds


def _seconds(figure: float) -> str:
    return f"{figure:.2f} s"


def _milliseconds(figure: float) -> str:
    return f"{figure * 1000:.2f} ms"


def _whole_milliseconds(figure: float) -> str:
    return f"{figure * 1000:,.0f} ms"


def _megabytes(figure: float) -> str:
    return f"{figure / 1e6:,.0f} MB"


def _count(figure: float) -> str:
    return f"{figure:,.0f}"


def _ratio(figure: float) -> str:
    return f"{figure:.3f}"


def _line(row: Cells, widths: Sequence[int]) -> str:
    first, *rest = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return f"| {' | '.join([first, *rest])} |"
