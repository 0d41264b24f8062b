"""Redirects: other addresses of articles, from the `aliases` in their front matter."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from digest.errors import Problem
from digest.model import Article
from digest.outputs import Output
from digest.views import Redirect, Site

MAX_PART = 120
"""Bytes of a part of an address."""
MAX_PATH = 500
"""Characters of an address."""
_PART = re.compile(r"[^\\?#:*\"<>|\x00-\x20\x7f.]+")


def find(articles: Iterable[Article]) -> tuple[dict[str, Article], list[Problem]]:
    """Return which output paths lead to which article, and the aliases that cannot be.

    Of two articles with one alias, the first by file has it. Whether a page of the site stands there
    is found out where all of them are known.
    """
    found: dict[str, Article] = {}
    problems = []
    for article in sorted((article for article in articles if article.aliases), key=lambda one: one.body.file):
        for alias in article.aliases:
            path = path_of(alias)
            other = found.get(path)
            if not path:
                message = f"the alias {alias[:80]!r} is no address in the site"
                hint = (
                    "write a path such as `/old/address/` or `/old.html`, without host, dots or what stands after `?`"
                )
                problems.append(Problem("error", article.body.file, 1, message, hint))
            elif other is None:
                found[path] = article
            elif other is not article:
                message = f"its alias /{path.removesuffix('index.html')} is one of {other.body.file} too"
                problems.append(Problem("error", article.body.file, 1, message, "delete it in one of them"))
    return {path: article for path, article in sorted(found.items()) if path != article.href}, problems


def outputs(articles: Iterable[Article], site: Site) -> Iterator[Output]:
    """Plan a page for each alias, which leads to its article."""
    for path, article in find(articles)[0].items():
        view = Redirect(site, article.href, article.title, article.lang, article.dir, article.body.file)
        yield Output(path, "page", "redirect.html", view)


def path_of(alias: str) -> str:
    """Return the output path of an alias; nothing where it is no address in the site."""
    try:
        path = unquote(alias.strip(), errors="strict").removeprefix("/").removesuffix("/")
    except UnicodeDecodeError:
        return ""
    path = path.removesuffix("/index.html")
    *folders, last = path.split("/")
    page = last.removesuffix(".html")
    fits = all(_PART.fullmatch(part) and len(part.encode()) <= MAX_PART for part in (*folders, page))
    if not fits or len(path) > MAX_PATH or not path.isprintable():
        return ""
    return path if page != last else f"{path}/index.html"


def taken(path: str, view: Redirect) -> Problem:
    """Return what is wrong with an alias where a page of the site stands."""
    message = f"its alias /{path.removesuffix('index.html')} is a page of the site"
    return Problem("error", view.file, 1, message, "delete the alias")
