"""Stories as readers meet them: which articles each has, and under which address.

A story is called by its first article (`2025-08-17-flood-in-ulm`), or as a person called it: `story: NAME` in an article's
front matter. A name that is the address of another article's story puts it into that one.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digest.editor.calendar import Item
from digest.editor.stories import NONE
from digest.errors import Problem
from digest.model import Article
from digest.urls import slugify

_DATED = re.compile(r"\d{4}-\d\d-\d\d-.")


class Names(NamedTuple):
    """What people said of stories."""

    of: Mapping[str, str]
    """By article id: the address of the story that it belongs to, or NONE."""
    problems: Sequence[Problem]


def address(article: Article) -> str:
    """Return the address of the story that begins with `article`."""
    return f"{article.date}-{article.slug}"


def name_of(text: str) -> str:
    """Return what stands in an address for a story's name, or NONE."""
    if text.strip().casefold() == NONE:
        return NONE
    name = slugify(text)
    return f"story-{name}" if name == NONE else name


def names(articles: Iterable[Article]) -> Names:
    """Return which stories people put articles into, and what of it cannot be or looks like a mistake."""
    everything = list(articles)
    said = {article.id: name_of(article.story) for article in everything if article.story}
    if not said:
        return Names({}, ())
    first = {address(article): article for article in everything}
    problems: list[Problem] = []
    of: dict[str, str] = {}
    for article in everything:
        name = said.get(article.id)
        if name is None or name == NONE:
            of |= {article.id: NONE} if name else {}
            continue
        chain = [name]
        while (begun := first.get(chain[-1])) and (further := said.get(begun.id)) and further != chain[-1]:
            if further == NONE:
                hint = "take the `story: none` out of it, or give both articles a name of your own"
                problems.append(
                    _problem(article, f"the story `{chain[-1]}` is of {begun.body.file}, which is in none", hint)
                )
                break
            if further in chain:
                chain[-1] = min(chain[chain.index(further) :])
                hint = "give all of them one name of your own"
                problems.append(_problem(article, f"these stories name each other: {', '.join(chain)}", hint))
                break
            chain.append(further)
        of[article.id] = chain[-1]
        if chain[-1] in first and said.get(first[chain[-1]].id) is None:
            of[first[chain[-1]].id] = chain[-1]
    used = Counter(of.values())
    for article in everything:
        name = of.get(article.id, NONE)
        if article.story and name != NONE and used[name] == 1:
            near = difflib.get_close_matches(name, sorted({*used, *first} - {name, NONE}), 1, 0.8)
            if near or _DATED.match(name):
                hint = f"did you mean `{near[0]}`?" if near else "`digest stories` names those that there are"
                problems.append(_problem(article, f"no other article has the story `{article.story[:60]}`", hint))
    return Names(of, problems)


def items(articles: Sequence[Article], features: Sequence[bytes], names: Sequence[str]) -> list[Item]:
    """Return the articles of a day as they are compared, with what each is about, and the story that a person named."""
    return [
        Item(article.id, about, article.order, name)
        for article, about, name in zip(articles, features, names, strict=True)
    ]


def addresses(found: Mapping[str, str | None], articles: Iterable[Article]) -> dict[str, str]:
    """Return, by article id, the address of each story of more than one article; `found` is by `stories.stories`."""
    begin = set(found.values())
    address_of = {article.id: address(article) for article in articles if article.id in begin}
    return {key: story[1:] if story[0] == "=" else address_of[story] for key, story in found.items() if story}


def _problem(article: Article, message: str, hint: str) -> Problem:
    return Problem("warning", article.body.file, 1, message, hint)
