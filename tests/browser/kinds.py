"""A digest that has every kind of page, where each is, and the programs that judge them."""

import os
from pathlib import Path

import pytest
from sites import Site, article

TOOLS = Path(__file__).parent.parent.parent / ".ci" / "node_modules"
KINDS = [
    "index.html",
    "de/index.html",
    "2025/08/17/index.html",
    "2025/08/17/lead/index.html",
    "2025/08/17/elsewhere/index.html",
    "2025/08/17/gone/index.html",
    "2025/08/16/told/index.html",
    "2025/08/index.html",
    "2025/index.html",
    "archive/index.html",
    "topics/index.html",
    "topics/harbour/index.html",
    "topics/harbour/2024/index.html",
    "stories/index.html",
    "stories/boat/index.html",
    "search/index.html",
    "subscribe/index.html",
    "404.html",
]
TEXTS = {
    "en": ("The harbour opens", "Ships come in again, one after the other.", "What we know"),
    "ar": ("الميناء يفتح أبوابه", "السفن تعود واحدة بعد أخرى إلى الميناء.", "ما نعرفه"),
}


def fill(site: Site, language: str = "en", url: str = "https://example.org/news/") -> Site:
    """Fill a digest so that it has every kind of page, and every part of an edition."""
    site.configure(language=language, languages=[language, "de"], url=url, rss="true")
    title, text, heading = TEXTS[language]
    body = f"{text}\n\n## {heading}\n\n{text} {text}\n\n> {text}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```"
    correction = [{"date": "2025-08-18", "text": text}]
    source = {"name": "The Times", "url": "https://example.org/a"}
    keys = {"slug": "lead", "corrections": correction, "lang": language, "aliases": ["/old/"]}
    site.write("content/lead.md", article(f"{title} 0", "2025-08-17", body, **keys))
    site.write("content/gone.md", article("Taken back", "2025-08-17", body, slug="gone", lang="en", retracted="Wrong."))
    keys = {"slug": "elsewhere", "lang": "de", "rights": "link", "source": source, "notice": "© The Times"}
    site.write("content/elsewhere.md", article("Anderswo", "2025-08-17", body, **keys))
    for number in range(1, 15):
        keys = {"slug": f"a{number}", "kicker": text[:20], "topics": ["Harbour"], "source": source, "lang": language}
        site.write(f"content/a{number}.md", article(f"{title} {number}", f"2025-08-17 {number:02}:10", text, **keys))
    for day in ("2025-08-16", "2025-07-02", "2024-12-31"):
        keys = {"slug": "told", "topics": ["Harbour", "Sea"], "story": "boat", "lang": language}
        site.write(f"content/{day}.md", article(title, day, body, **keys))
    site.build()
    return site


def tool(path: Path) -> Path:
    """Skip where a tool is missing; where everything must be tested, fail."""
    if not path.is_file():
        reason = f"there is no {path.name}: .ci/run says how to get it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
