"""Score what the program makes of articles whose structure, or whose stories, are known.

    python bench/score.py [--misses] FOLDER|FILE.jsonl...

A folder holds articles as seed files and a `truth.json`: a list of objects with `file`, `title`, `title_real`,
`date`, `lang`, `lead_real` and `blocks`, a list of `[kind, text]` where `kind` is `lead`, `p` or `h`. Where
`title_real` or `lead_real` is false, that part is not scored. A `kicker` may be stated.

A FILE.jsonl holds articles with `id`, `date`, `title`, `text` and `cluster`, the story that each is of: see
`score_stories.py`.

The exit code is 1 where a folder is unusable; a bad score is no error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import score_stories

from digest import frontmatter, seeds
from digest.intake import compose, language
from digest.seeds import encoding

ROUNDS = 3
"""Times that everything is read; the quickest counts."""
_BULLET = re.compile(r"^(?:[-–—•*·▪►○●■・‣◦]|\d{1,3}\.)\s+", re.MULTILINE)


class Miss(NamedTuple):
    """Something in an article that is not as its truth says."""

    file: str
    what: str
    text: str


class Score(NamedTuple):
    """The figures of a folder: for each, how many there were and how many were right."""

    folder: str
    articles: int
    right: Counter[str]
    of: Counter[str]
    milliseconds: float
    misses: list[Miss]

    def share(self, figure: str) -> str:
        of = self.of[figure]
        return f"{self.right[figure] / of:.2%}" if of else "–"

    def f1(self) -> tuple[str, str, str]:
        """Precision, recall and F1 of sub-headings."""
        right, found, true = self.right["heading"], self.of["found"], self.of["heading"]
        if not found and not true:
            return "–", "–", "–"
        precision, recall = right / found if found else 1.0, right / true if true else 1.0
        return f"{precision:.2%}", f"{recall:.2%}", f"{2 * right / (found + true):.4f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Score what the program makes of articles whose structure, or whose stories, are known."
    )
    parser.add_argument("places", nargs="+", type=Path, metavar="FOLDER|FILE.jsonl")
    parser.add_argument("--misses", action="store_true", help="name each miss")
    options = parser.parse_args(arguments)
    scores, stories = [], []
    for folder in options.places:
        try:
            if folder.suffix == ".jsonl":
                stories.append(score_stories.score_of(folder))
                continue
            truths = json.loads((folder / "truth.json").read_bytes())
            scores.append(score(folder, truths))
        except (OSError, ValueError, KeyError, TypeError) as error:
            wanted = "file of articles with clusters" if folder.suffix else "folder of articles with a truth.json"
            print(f"{folder}: not a {wanted}: {error!r}", file=sys.stderr)
            return 1
    if options.misses:
        for miss in (miss for one in scores for miss in one.misses):
            print(f"{miss.file}: {miss.what}: {miss.text[:160]!r}")
    print("\n".join([*(table(scores) if scores else ()), *([""] if scores and stories else ()), *stories]))
    return 0


def score(folder: Path, truths: list[dict[str, Any]]) -> Score:
    """Read all articles of a folder and compare them with their truths."""
    files = {truth["file"]: (folder / truth["file"]).read_bytes() for truth in truths}
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    misses = []
    for truth in truths:
        articles, _ = seeds.parse(files[truth["file"]], truth["file"])
        for figure, is_right, text in compare(cleaned(truth), articles[0] if articles else None):
            of[figure] += 1
            right[figure] += is_right
            if not is_right:
                misses.append(Miss(truth["file"], figure, text))
    return Score(folder.name, len(truths), right, of, clock(files), misses)


def compare(truth: dict[str, Any], article: seeds.SeedArticle | None) -> Iterator[tuple[str, bool, str]]:
    """Yield `(figure, right, text)` for everything that the truth says about an article, and for what was invented."""
    yield "read", article is not None, truth["title"]
    if article is None:
        return
    if truth.get("title_real", True):
        yield "title", article.title == truth["title"], article.title
    yield "no kicker invented", article.kicker == truth.get("kicker", ""), article.kicker
    yield "date", article.date[:10] == truth["date"][:10], article.date
    yield "language", language.detect("\n".join(block.text for block in article.blocks)) == truth["lang"], truth["lang"]
    leads = [text for kind, text in truth["blocks"] if kind == "lead"]
    if truth.get("lead_real") and leads:
        yield "lead", begins(leads[0], summary_of(article)), leads[0]
    true = Counter(squeeze(text) for kind, text in truth["blocks"] if kind == "h")
    for text in (squeeze(block.text) for block in article.blocks if block.kind == "heading"):
        yield "found", true[text] > 0, text
        if true[text]:
            true[text] -= 1
            yield "heading", True, text
    for text in true.elements():
        yield "heading", False, text
    texts = {squeeze(block.text) for block in article.blocks}
    whole = squeeze("".join(block.text for block in article.blocks))
    for _, text in truth["blocks"]:
        yield "kept", squeeze(text) in texts or squeeze(_BULLET.sub("", text)) in whole, text


def cleaned(truth: dict[str, Any]) -> dict[str, Any]:
    """Return a truth without the characters that nobody sees, which the reader takes out by its own rules."""
    blocks = [[kind, encoding.clean(text)[0]] for kind, text in truth["blocks"]]
    return truth | {"title": encoding.clean(truth["title"])[0], "blocks": blocks}


def summary_of(article: seeds.SeedArticle) -> str:
    text = compose.compose(article, "seed.txt", "", "id")
    return str(frontmatter.load(frontmatter.split(text).header).get("summary", ""))


def begins(lead: str, summary: str) -> bool:
    return bool(summary) and squeeze(lead).startswith(squeeze(summary).removesuffix("…"))


def squeeze(text: str) -> str:
    """Return `text` without blank space: it may stand elsewhere, the characters may not."""
    return "".join(text.split())


def clock(files: dict[str, bytes]) -> float:
    """Return the milliseconds that reading and composing takes an article, on one core."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for name, data in files.items():
            for article in seeds.parse(data, name)[0]:
                compose.compose(article, name, "", "id")
        best = min(best, time.process_time() - started)
    return 1000 * best / max(len(files), 1)


def table(scores: Sequence[Score]) -> Iterator[str]:
    """Yield the lines of a table: a column for each folder, a row for each figure."""
    rows = [["", *(one.folder for one in scores)], ["articles", *(f"{one.articles:,}" for one in scores)]]
    for figure, name in {
        "read": "read",
        "title": "title exact",
        "no kicker invented": "no kicker invented",
        "date": "date right",
        "lead": "lead found",
        "kept": "texts kept",
        "language": "language right",
    }.items():
        rows.append([name, *(one.share(figure) for one in scores)])
    for place, name in enumerate(("sub-headings: precision", "sub-headings: recall", "sub-headings: F1")):
        rows.append([name, *(one.f1()[place] for one in scores)])
    rows.append(["sub-headings: true / found", *(f"{one.of['heading']} / {one.of['found']}" for one in scores)])
    rows.append(["ms an article", *(f"{one.milliseconds:.3f}" for one in scores)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


if __name__ == "__main__":
    sys.exit(main())
