"""What a first search loads: at most 400 kB over the wire, however many articles there are."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from sites import Site, article

from digest import pagefind

pytestmark = pytest.mark.skipif(pagefind.find() is None, reason="Pagefind is not installed")
LIMIT = 400_000
SEARCHED = 7
"""Months of thirty articles a day that a first search asks at most: it takes two at a time, until it had 4,000 articles."""
MONTH = 31 * 30
SOUNDS = [
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "we",
    "zi",
    "kra",
    "schle",
    "stro",
    "tren",
    "wand",
]
LEXICON = [f"{a}{b}{c}" for a in SOUNDS for b in SOUNDS for c in ("", *SOUNDS)] + [
    f"{a}{b}{c}{d}" for a in SOUNDS for b in SOUNDS for c in SOUNDS for d in SOUNDS[:8]
]
"""As many words as German news use, and (`WEIGHTS`) as often: few in all articles, most in hardly any."""
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(LEXICON) + 1)))
QUERIES = {
    "in all articles": LEXICON[3],
    "in few articles": LEXICON[20_000],
    "nowhere": "xylophon",
    "three words": " ".join(LEXICON[40:43]),
}


def filled(site: Site, articles: int) -> Site:
    """Build a digest of made-up articles of 250 words that can be searched."""
    site.configure(language="de")
    dice = Random(1)  # noqa: S311 - no secret
    for number in range(articles):
        words = dice.choices(LEXICON, cum_weights=WEIGHTS, k=250)
        day = date(2024, 1, 1) + timedelta(days=number // 30)
        text = "\n\n".join(" ".join(words[start : start + 50]).capitalize() + "." for start in range(8, 250, 50))
        site.write(f"content/{day}/{number}.md", article(" ".join(words[:8]).capitalize(), str(day), text, lang="de"))
    site.build(search=True, jobs=2)
    return site


def loaded(page: Any, address: str, query: str) -> dict[str, int]:
    """Return how many bytes a first search loads, by path: bodies as they were sent, and headers."""
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks what it calls
    page.goto(f"{address}search/index.html?q={quote(query)}")
    page.get_by_role("status").filter(has_text="efunden").wait_for()
    sizes = [(urlsplit(answer.url).path, answer.request.sizes()) for answer in answers]
    return {path: size["responseBodySize"] + size["responseHeadersSize"] for path, size in sizes}


def test_a_first_search_is_light_in_as_many_full_months_as_it_asks(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    address = serve(filled(site, MONTH).folder)
    for name, query in QUERIES.items():
        of = loaded(open_page(), address, query)
        month = sum(size for path, size in of.items() if path.startswith("/search/2024-01/") and "fragment" not in path)
        assert month > 5_000, name  # else nothing was searched
        assert sum(of.values()) + (SEARCHED - 1) * month <= LIMIT, (name, of)


@pytest.mark.soak
def test_a_first_search_among_ten_thousand_articles_is_light(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    address = serve(filled(site, 10_000).folder)
    weights = {name: loaded(open_page(), address, query) for name, query in QUERIES.items()}
    for name, of in weights.items():
        months = {path.split("/")[2] for path in of if path.endswith(".pf_meta")}
        assert len(months) <= SEARCHED
        assert sum(of.values()) <= LIMIT, (name, of)
