"""How well articles of one event are found: score_stories.py FILE.jsonl… of articles with `id`, `date`, `title`, `text`, `cluster`.

Prints B-cubed and pairwise precision, recall and F1 of the stories (Bagga and Baldwin, 1998), and the time they take.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from digest.editor import stories, words


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
    for row in rows:
        item = stories.Item(row["id"], words.features(row["title"], "", row["text"]))
        days.setdefault((row["date"] or "1970-01-01")[:10], []).append(item)
    placed = stories.stories(days, stories.place(days))
    return {key: story or key for key, story in placed.items()}


def main(files: list[str]) -> None:
    for file in files:
        rows = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
        start = time.process_time()
        found = grouped(rows)
        seconds = time.process_time() - start
        values = score({row["id"]: row["cluster"] for row in rows}, found)
        told = "  ".join(f"{name} {value:.4f}" for name, value in values.items())
        print(f"{Path(file).stem}: {len(rows)} articles  {told}  {len(rows) / seconds:,.0f} articles/s")


if __name__ == "__main__":
    main(sys.argv[1:])
