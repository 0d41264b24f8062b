"""How well articles of one event are found, in a file of articles with `id`, `date`, `title`, `text` and `cluster`.

B-cubed and pairwise precision, recall and F1 of the stories (Bagga and Baldwin, 1998), and the time they take.
"""

import json
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from digest.editor import many, stories


def score(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Return B-cubed and pairwise precision, recall and F1 of a grouping."""
    both = Counter((gold[key], found[key]) for key in gold)
    real, made = Counter(gold.values()), Counter(found[key] for key in gold)
    pairs = sum(n * (n - 1) for n in both.values())
    in_real, in_made = (sum(n * (n - 1) for n in sizes.values()) for sizes in (real, made))
    values = {
        "B³ P": sum(n * n / made[group] for (_, group), n in both.items()) / len(gold),
        "B³ R": sum(n * n / real[group] for (group, _), n in both.items()) / len(gold),
        "pair P": pairs / in_made if in_made else 1.0,
        "pair R": pairs / in_real if in_real else 1.0,
    }
    for kind in ("B³", "pair"):
        p, r = values[f"{kind} P"], values[f"{kind} R"]
        values[f"{kind} F1"] = 2 * p * r / (p + r) if p + r else 0.0
    return values


def grouped(rows: list[dict[str, str]]) -> dict[str, str]:
    """Return the story of each article; one that stands alone is its own."""
    days: dict[str, list[stories.Item]] = {}
    features = many.features_of([(row["title"], "", row["text"]) for row in rows])
    for row, about in zip(rows, features, strict=True):
        item = stories.Item(row["id"], about)
        days.setdefault((row["date"] or "1970-01-01")[:10], []).append(item)
    placed = stories.stories(days, stories.place(days))
    return {key: story or key for key, story in placed.items()}


def score_of(file: Path) -> str:
    """Return a line with the figures of a file. Raises OSError, ValueError or KeyError where it is not of use."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    start = time.process_time()
    found = grouped(rows)
    seconds = time.process_time() - start
    values = score({row["id"]: row["cluster"] for row in rows}, found)
    told = "  ".join(f"{name} {value:.4f}" for name, value in values.items())
    return f"stories of {file.stem}: {len(rows)} articles  {told}  {len(rows) / seconds:,.0f} articles/s"
