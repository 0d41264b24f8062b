"""Seeds: raw articles, in whatever form they came, read into one record. A format is one module here."""

from digest.errors import Problem
from digest.seeds import archive
from digest.seeds.archive import MAX_FILE
from digest.seeds.record import Block, Fired, Image, Reading, SeedArticle

__all__ = ["MAX_ARTICLES", "MAX_FILE", "Block", "Fired", "Image", "Reading", "SeedArticle", "parse"]

MAX_ARTICLES = 1000
"""Articles in one file; the rest is named and left out."""
MAX_ARCHIVE = 10_000
"""Articles in one archive."""
MAX_PROBLEMS = 1000
"""Things left out of one file: with more, it is not what it seems."""
READING = Reading()


def parse(data: bytes, path: str, reading: Reading = READING) -> tuple[list[SeedArticle], list[Problem]]:
    """Read the bytes of a seed file into its articles, in their order, and what was left out of it.

    Of an archive, these are the articles of all files in it; problems name the file in the archive.
    """
    if len(data) > MAX_FILE:
        message = f"the file has more than {MAX_FILE:,} bytes"
        return [], [Problem("error", path, 0, message, "split it, or take out what is no text")]
    articles, problems = (_parse_archive if archive.recognises(data, path) else _parse_file)(data, path, reading)
    if not articles and not problems:
        problems.append(Problem("error", path, 0, "there is no article in it", "put one in, or delete the file"))
    return articles, problems


def _parse_archive(data: bytes, path: str, reading: Reading) -> tuple[list[SeedArticle], list[Problem]]:
    articles: list[SeedArticle] = []
    problems: list[Problem] = []
    for member in archive.members(data, path):
        if isinstance(member, Problem):
            problems.append(member)
        elif archive.recognises(member[1], member[0]):
            hint = "unpack it, and put its files into `seeds/`"
            problems.append(Problem("error", member[0], 0, "an archive in an archive is not read", hint))
        else:
            read, wrong = _parse_file(member[1], member[0], reading)
            articles += read
            problems += wrong
        if len(articles) > MAX_ARCHIVE or len(problems) > MAX_PROBLEMS:
            message = f"the archive holds more than {MAX_ARCHIVE:,} articles or {MAX_PROBLEMS:,} problems; the rest was left out"
            problems = [*problems[:MAX_PROBLEMS], Problem("error", path, 0, message, "split the archive")]
            return articles[:MAX_ARCHIVE], problems
    return articles, problems


def _parse_file(data: bytes, path: str, reading: Reading) -> tuple[list[SeedArticle], list[Problem]]:
    from digest.seeds import formats  # all of them: only where a seed is new

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
        if len(problems) == MAX_PROBLEMS:
            message = f"the file has {MAX_PROBLEMS:,} problems; the rest of it was left out"
            problems.append(Problem("error", path, 0, message, "mend those that are named, or take the file out"))
            break
    return articles, problems
