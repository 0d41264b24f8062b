"""Seeds: raw articles, in whatever form they came, read into one record. A format is one module here."""

from digest.errors import Problem
from digest.seeds import formats
from digest.seeds.record import Block, Fired, Image, Reading, SeedArticle

__all__ = ["MAX_ARTICLES", "MAX_FILE", "Block", "Fired", "Image", "Reading", "SeedArticle", "parse"]

MAX_FILE = 20 * 1024 * 1024
"""Bytes of a seed file; a larger one is no pile of articles."""
MAX_ARTICLES = 1000
"""Articles in one file; the rest is named and left out."""
READING = Reading()


def parse(data: bytes, path: str, reading: Reading = READING) -> tuple[list[SeedArticle], list[Problem]]:
    """Read the bytes of a seed file into its articles, in their order, and what was left out of it."""
    if len(data) > MAX_FILE:
        message = f"the file has more than {MAX_FILE:,} bytes"
        return [], [Problem("error", path, 0, message, "split it, or take out what is no text")]
    if not data.strip():
        return [], [Problem("error", path, 0, "the file is empty", "put an article in, or delete the file")]
    articles: list[SeedArticle] = []
    problems: list[Problem] = []
    for found in formats.of(data, path).read(data, path, reading):
        if isinstance(found, Problem):
            problems.append(found)
        elif len(articles) < MAX_ARTICLES:
            articles.append(found)
        else:
            message = f"the file holds more than {MAX_ARTICLES:,} articles; this one and those after it were left out"
            problems.append(Problem("error", path, found.line, message, "split the file"))
            break
    return articles, problems
