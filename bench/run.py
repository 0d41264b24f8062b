"""Measure digest against its neighbours on the same made-up news and print the ratios.

.venv/bin/python bench/run.py --sizes 1000,10000
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import engines
import measure
import report
from engines import Engine
from measure import BenchError
from trials import Contest, Samples, seeds_to_content

TMPFS = Path("/dev/shm")
BYTES_AN_ARTICLE = 120_000
"""Of memory, for all sites on a tmpfs and for the programs that read them."""
PELICAN_LIMIT = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    try:
        ours = [] if options.only_peers else [engines.digest()]
    except BenchError as error:
        print(error, file=sys.stderr)
        return 2
    hugo = _peer("hugo", engines.hugo, options.peers)
    pelican = _peer("pelican", engines.pelican, options.peers)
    parent = (options.work or _roomy_place(max(options.sizes))).resolve()
    parent.mkdir(parents=True, exist_ok=True)
    facts = _facts([*ours, *hugo, *pelican], parent, options.runs)
    samples = Samples()
    work = Path(tempfile.mkdtemp(prefix="digest-bench-", dir=parent))
    try:
        for size in options.sizes:
            contest = Contest(size, [*ours, *hugo], work, samples)
            contest.run(options.runs)
            contest.discard()
            if pelican and size <= PELICAN_LIMIT:
                contest = Contest(size, pelican, work, samples)
                contest.run_clean_only()
                contest.discard()
        if ours:
            seeds_to_content(work, options.runs, samples)
    finally:
        shutil.rmtree(work)
    print("\n".join([report.table(samples), "", *report.pelican_lines(samples), *facts]))
    if options.json:
        options.json.write_text(_as_json(samples, facts), encoding="utf-8")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    add = parser.add_argument
    add("--sizes", type=_sizes, default=[1000, 10_000], help="numbers of articles, with commas")
    add("--runs", type=int, default=3, help="of each timing; the median counts (default: 3)")
    add("--work", type=Path, help="where to build (default: memory if there is room)")
    add("--peers", type=_list, default=["hugo", "pelican"], help="default: hugo,pelican")
    add("--only-peers", action="store_true", help="leave out digest itself")
    add("--json", type=Path, metavar="FILE", help="save every single figure")
    return parser


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _sizes(text: str) -> list[int]:
    return sorted(int(part) for part in _list(text))


def _peer(name: str, make: Callable[[], Engine], wanted: Sequence[str]) -> list[Engine]:
    """The peer if wanted and installable; without it, digest's own figures still stand."""
    if name not in wanted:
        return []
    try:
        return [make()]
    except BenchError as error:
        print(f"going on without {name}: {error}", file=sys.stderr)
        return []


def _roomy_place(largest: int) -> Path:
    """Memory rather than disk, whose own habits would show in the figures."""
    needed = largest * BYTES_AN_ARTICLE
    if TMPFS.is_dir() and min(measure.free_memory(), shutil.disk_usage(TMPFS).free) > needed:
        return TMPFS
    return engines.HERE / ".work"


def _facts(measured: Sequence[Engine], work: Path, runs: int) -> list[str]:
    """What a reader needs to judge the figures."""
    versions = ", ".join(engine.version for engine in measured)
    return [
        f"{versions}; Python {platform.python_version()}",
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {measure.file_system(work)}, load {os.getloadavg()[0]:.2f} at the start",
        f"medians of {runs} runs, digest and Hugo in turn; above 20,000 articles one run each",
    ]


def _as_json(samples: Samples, facts: Sequence[str]) -> str:
    figures = [
        {"work": work, "articles": size, "engine": engine, "figures": values}
        for (work, size), by_engine in samples.figures.items()
        for engine, values in by_engine.items()
    ]
    changed = [
        {"engine": engine, "articles": size, "paths": paths} for (engine, size), paths in samples.changed_files.items()
    ]
    content = {"facts": facts, "figures": figures, "changed_files": changed}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
