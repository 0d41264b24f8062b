"""Quoting: what a page shows of the words of articles, with a link to the place where each stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from digest import markdown
from digest.model import Article

if TYPE_CHECKING:  # the machine editor is loaded where a page quotes: most builds make no such page again
    from digest.editor.passages import Passage, Text

LONG = 6000
"""Characters from which an article is a long one, whose page begins with its key sentences: five minutes to read."""
LONG_DENSE = {"ja": 2500, "zh": 2500, "ko": 3500}
"""The same where a sign says more than a letter."""
READ = 4000
"""Characters of each of several articles that are read for what they say: news begins with what matters."""
MOST_ARTICLES = 12
"""Articles of a story that are read."""
PULLED = 160
"""Characters that a quotation may have to be set large beside the text it is from."""
PULLED_DENSE = 70
"""The same where a sign says more than a letter."""
MOST_SENTENCES = 80
"""Sentences of a long article that are read."""
_BETWEEN = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"(?:\A|\n[ \t]*\n)\[//\]: # \([^()\\\n]*\)[ \t]*(?=\n|\Z)")


class Key(NamedTuple):
    """Words of an article that a page shows, and where they stand."""

    text: str
    """A sentence, or what somebody said, word for word."""
    href: str
    """The place in its article, from the site's root: `2025/08/17/slug/index.html#p3`."""
    anchor: str
    """The same on the article's own page: `p3`."""
    lang: str
    dir: str
    title: str
    """Of its article."""
    source: str
    """Who published its article; empty where that is not known."""
    speaker: str = ""
    """Who said it, in the article's words; of quotations only."""
    figure: str = ""
    """The number that the sentence holds, with its unit; of numbers only."""


class Passages(NamedTuple):
    """What a page quotes."""

    sentences: tuple[Key, ...] = ()
    quotations: tuple[Key, ...] = ()
    numbers: tuple[Key, ...] = ()


NOTHING = Passages()


def text_of(article: Article, body: str, limit: int = 0) -> "Text":
    """Return an article with the Markdown of its `body` as the machine editor reads it: blocks of words.

    Of a longer body than `limit` characters (0: no limit) the blocks that begin within them are read. Of an article
    whose rights are not `full` there is no text at all.
    """
    from digest.editor.passages import Block, Text

    if article.rights != "full":
        return Text(article.href, article.lang, article.title, (), may_quote=False)
    found = markdown.blocks(_beginning(body, limit) if 0 < limit < len(body) else body)
    blocks = tuple([Block(words, kind) for kind, words in found])
    return Text(article.href, article.lang, article.title, blocks, may_quote=True)


def _beginning(body: str, limit: int) -> str:
    """Return the first blocks of a body, which are the same blocks as in the whole of it."""
    end = _BETWEEN.search(body, limit)
    if end is None:
        return body
    beginning, rest = body[: end.start()], body[end.start() :]
    return body if _defines(rest, beginning) else beginning


def _defines(rest: str, beginning: str) -> bool:
    """Tell whether the rest of a body can hold the address of a link in its beginning, which then reads otherwise."""
    if "]:" in rest.replace("[//]:", ""):
        return True
    if "[//]" not in beginning or "[//]:" not in rest:
        return False
    return "```" in beginning or "~~~" in beginning or _MARK.search(beginning) is None


def is_long(article: Article, body: str) -> bool:
    """Tell whether a reader would want to know what an article says before reading it."""
    return len(body) >= LONG_DENSE.get(article.lang.partition("-")[0].lower(), LONG) and article.rights == "full"


def of_article(article: Article, body: str, count: int = 3) -> Passages:
    """Return the key sentences of a long article, none of its first paragraph, which its reader sees anyway.

    Its quotations are those that may stand large in the text: one, or of a very long article two, of paragraphs after the
    first and of none that is a key sentence.
    """
    if not is_long(article, body):
        return NOTHING
    from digest.editor.highlights import key_sentences
    from digest.editor.quotations import key_quotations

    text = text_of(article, body)
    first = next((place for place, block in enumerate(text.blocks) if block.kind == "paragraph"), 0)
    blocks = tuple(block._replace(kind="lead") if place == first else block for place, block in enumerate(text.blocks))
    known = {article.href: article}
    found = key_sentences([text._replace(blocks=blocks)], count, MOST_SENTENCES)
    taken = {passage.block for passage in found}
    free = [
        block if block.kind == "paragraph" and place not in taken else block._replace(kind="")
        for place, block in enumerate(blocks)
    ]
    dense = article.lang.partition("-")[0].lower() in LONG_DENSE
    most = 2 if len(body) >= 3 * (LONG_DENSE["ja"] if dense else LONG) else 1
    pulled = key_quotations([text._replace(blocks=tuple(free))], most, PULLED_DENSE if dense else PULLED)
    return Passages(_keys(found, known), tuple([_key(said.passage, known, speaker=said.speaker) for said in pulled]))


def of_story(articles: Iterable[tuple[Article, str]], count: int = 3) -> Passages:
    """Return the key sentences, quotations and numbers of some articles with their Markdown, the first ones first.

    At most the first MOST_ARTICLES are read.
    """
    from digest.editor.highlights import key_sentences
    from digest.editor.quotations import key_quotations

    texts, known = _read(articles, READ)
    return Passages(
        _keys(key_sentences(texts, count), known),
        tuple([_key(said.passage, known, speaker=said.speaker) for said in key_quotations(texts, count)]),
        _numbers(texts, known, count),
    )


def of_edition(articles: Iterable[tuple[Article, str]], count: int = 3) -> Passages:
    """Return the numbers of a day, each of another one of its articles; at most the first MOST_ARTICLES are read."""
    texts, known = _read(articles, READ // 2)
    return Passages(numbers=_numbers(texts, known, count))


def _read(articles: Iterable[tuple[Article, str]], limit: int) -> tuple[list["Text"], dict[str, Article]]:
    read = [(article, text_of(article, body, limit)) for article, body in islice(articles, MOST_ARTICLES)]
    return [text for _, text in read], {article.href: article for article, _ in read}


def _numbers(texts: Sequence["Text"], known: Mapping[str, Article], count: int) -> tuple[Key, ...]:
    from digest.editor.numbers import numbers

    return tuple([_key(number.sentence, known, figure=number.text) for number in numbers(texts, count)])


def _keys(passages: Iterable["Passage"], known: Mapping[str, Article]) -> tuple[Key, ...]:
    return tuple([_key(passage, known) for passage in passages])


def _key(passage: "Passage", known: Mapping[str, Article], speaker: str = "", figure: str = "") -> Key:
    article = known[passage.key]
    anchor = f"p{passage.block + 1}"
    source = article.source.name if article.source else ""
    return Key(
        passage.text,
        f"{article.href}#{anchor}",
        anchor,
        article.lang,
        article.dir,
        article.title,
        source,
        speaker,
        figure,
    )
