"""What is measured: each function fills in the samples of one kind of work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import engines
import formats
import measure
import served
from corpus import article, late_article
from engines import Engine
from measure import BenchError

CLEAN = "clean build"
MEMORY = "clean build, peak memory"
SAME = "nothing changed"
EDITED = "one article edited"
ADDED = "one article added on the newest day"
CHANGED = "files changed by that one article"
INDEXED = "search: index of all articles"
INDEXED_AGAIN = "search: one article added, built and indexed"
INDEX_CHANGED = "search: files changed by that one article"
RELOADED = "serve: one article edited, from saved to reloaded"
IMPORTED = "seeds to content, per article on one core"
IMPORTED_GROSS = "seeds to content, start-up included"
WORKS = (
    CLEAN,
    MEMORY,
    SAME,
    EDITED,
    ADDED,
    CHANGED,
    RELOADED,
    INDEXED,
    INDEXED_AGAIN,
    INDEX_CHANGED,
    IMPORTED,
    IMPORTED_GROSS,
)

LARGE = 20_000
"""From here on a peer takes minutes: one run each, and no run that only repeats another."""
SEEDS = 2000
ADDENDUM = "\nNachtrag der Redaktion: Die Angaben wurden um {} Uhr ergänzt.\n"


@dataclass
class Samples:
    """Every figure taken, by (work, number of articles) and by engine."""

    figures: dict[tuple[str, int], dict[str, list[float]]] = field(default_factory=dict)
    changed_files: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def add(self, work: str, size: int, engine: str, figure: float) -> None:
        self.figures.setdefault((work, size), {}).setdefault(engine, []).append(figure)


Action = Callable[[Engine, Path], float]


class Contest:
    """One corpus, built by several programs in turn, so that a slow minute hits them alike."""

    def __init__(self, size: int, contestants: Sequence[Engine], work: Path, samples: Samples):
        self.size = size
        self.samples = samples
        self.trash = work / "trash"
        self.sites = {engine: work / f"{engine.name}-{size}" for engine in contestants}
        for engine, site in self.sites.items():
            engine.make_site(site)
        for index in range(size):
            text = article(index)
            for engine, site in self.sites.items():
                engine.write(text, site)

    def run(self, runs: int) -> None:
        """All kinds of work; each leaves the output up to date for the next."""
        large = self.size > LARGE
        runs = 1 if large else runs
        everyone = list(self.sites)
        # A peer that rebuilds all after any change tells nothing new with these.
        incremental = [e for e in everyone if e.name == "digest"] if large else everyone
        for _ in range(runs):
            self._round(CLEAN, self._clean, everyone)
        self._round(MEMORY, self._memory, everyone)
        for _ in range(runs):
            self._round(SAME, lambda engine, site: measure.seconds(engine.build, site), incremental)
        for number in range(runs):
            self._round(EDITED, partial(self._edited, number), incremental)
        for number in range(runs):
            self._round(ADDED, partial(self._added, number), everyone)
        for engine in everyone:
            if engine.serve:
                self._reloaded(engine, self.sites[engine], runs)
        searchable = [engine for engine in everyone if engine.index]
        for _ in range(runs):
            self._round(INDEXED, self._indexed, searchable)
        for number in range(runs):
            self._round(INDEXED_AGAIN, partial(self._indexed_again, runs + number), searchable)

    def run_clean_only(self) -> None:
        """For peers too slow to take part in the rest."""
        self._round(CLEAN, self._clean, list(self.sites))

    def discard(self) -> None:
        for site in self.sites.values():
            measure.discard(site, self.trash)

    def _round(self, work: str, action: Action, contestants: Sequence[Engine]) -> None:
        """Let each have a go; one that fails is named and leaves the others undisturbed."""
        for engine in contestants:
            print(f"{self.size:,} articles, {work}: {engine.name}", file=sys.stderr)
            try:
                figure = action(engine, self.sites[engine])
            except BenchError as error:
                print(error, file=sys.stderr)
            else:
                self.samples.add(work, self.size, engine.name, figure)

    def _clean(self, engine: Engine, site: Path) -> float:
        self._forget(engine, site)
        spent = measure.seconds(engine.build, site)
        pages = sum(1 for _ in (site / engine.output).rglob("index.html"))
        if pages < self.size:
            raise BenchError(f"{engine.name} wrote {pages} pages for {self.size} articles")
        return spent

    def _memory(self, engine: Engine, site: Path) -> float:
        self._forget(engine, site)
        return measure.peak_memory(engine.build, site)

    def _edited(self, number: int, engine: Engine, site: Path) -> float:
        self._edit(number, engine, site)
        return measure.seconds(engine.build, site)

    def _edit(self, number: int, engine: Engine, site: Path) -> None:
        path = engine.write(article(self.size // 2 + number), site)
        with path.open("a", encoding="utf-8") as file:
            file.write(ADDENDUM.format(number + 1))

    def _reloaded(self, engine: Engine, site: Path, runs: int) -> None:
        """One server for all runs, as people keep it open all morning."""
        print(f"{self.size:,} articles, {RELOADED}: {engine.name}", file=sys.stderr)
        try:
            waits = served.reloads(engine.serve, site, lambda number: self._edit(100 + number, engine, site), runs)
        except BenchError as error:
            print(error, file=sys.stderr)
        else:
            for wait in waits:
                self.samples.add(RELOADED, self.size, engine.name, wait)

    def _added(self, number: int, engine: Engine, site: Path) -> float:
        """The first article to join also tells how many files it touches."""
        output = site / engine.output
        before = measure.fingerprint(output) if number == 0 else {}
        engine.write(late_article(self.size, number), site)
        spent = measure.seconds(engine.build, site)
        if number == 0:
            changed = measure.differences(before, measure.fingerprint(output))
            self.samples.add(CHANGED, self.size, engine.name, len(changed))
            self.samples.changed_files[engine.name, self.size] = changed
        return spent

    def _indexed(self, engine: Engine, site: Path) -> float:
        """The index alone: the site is there already."""
        measure.discard(site / engine.output / "search", self.trash)
        os.sync()
        spent = measure.seconds(engine.index, site)
        indexed = sum(1 for _ in (site / engine.output / "search").rglob("*.pf_fragment"))
        if indexed < self.size:
            raise BenchError(f"{engine.name} indexed {indexed} of {self.size} articles")
        return spent

    def _indexed_again(self, number: int, engine: Engine, site: Path) -> float:
        output = site / engine.output / "search"
        before = measure.fingerprint(output)
        engine.write(late_article(self.size, number), site)
        spent = measure.seconds(engine.index, site)
        changed = measure.differences(before, measure.fingerprint(output))
        self.samples.add(INDEX_CHANGED, self.size, engine.name, len(changed))
        return spent

    def _forget(self, engine: Engine, site: Path) -> None:
        for name in (engine.output, *engine.memory):
            measure.discard(site / name, self.trash)
        os.sync()  # what earlier runs still had to write must not be charged to this one


def seeds_to_content(work: Path, runs: int, samples: Samples) -> None:
    """Import many seeds, and a single one to know what the start of the program costs."""
    for run in range(runs):
        print(f"{SEEDS:,} seeds, import {run + 1} of {runs}", file=sys.stderr)
        try:
            one, all_of_them = (_import(count, work / f"seeds-{run}-{count}") for count in (1, SEEDS))
        except BenchError as error:
            print(error, file=sys.stderr)
            return
        samples.add(IMPORTED, SEEDS, "digest", (all_of_them - one) / (SEEDS - 1))
        samples.add(IMPORTED_GROSS, SEEDS, "digest", all_of_them / SEEDS)


def _import(count: int, root: Path) -> float:
    engines.make_digest(root)
    for index in range(count):
        formats.write(article(index), formats.raw_seed, root / "seeds")
    with measure.one_core():
        spent = measure.seconds([str(engines.digest_program()), "--root", ".", "import"], root)
    written = sum(1 for _ in (root / "content").rglob("*.md"))
    if written != count:
        raise BenchError(f"digest made {written} articles of {count} seeds")
    return spent
