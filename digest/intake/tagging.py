"""Topics at import: what a new article is about is decided once, and stands in the record from then on.

There are two passes. First all new articles of an import are read, each once: their terms, with those of the newest
articles of the record, tell what is rare. Then topics are chosen against that, so that the order of files does not matter.
"""

import heapq
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from digest.editor import terms, topics
from digest.editor.topics import Archive
from digest.editor.vocabulary import Vocabulary
from digest.intake import language, reconcile
from digest.intake.ledger import Record, Version
from digest.intake.reconcile import Index
from digest.seeds.record import Reading, SeedArticle

MAX_STATED = 100
"""Topics of an article that a vocabulary is asked for."""
AT_ONCE, CHARACTERS = 64, 1_000_000
"""New articles that are kept in mind to be looked at together, and their characters."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENCODE = msgspec.msgpack.Encoder().encode
_TERMS = msgspec.msgpack.Decoder(tuple[terms.Term, ...])


class Found(NamedTuple):
    """What was found out about a new text when it was read."""

    lang: str
    terms: bytes
    """Encoded: of a large import, many are kept."""
    marks: bytes
    stated: tuple[str, ...] | None
    """See `stated_of`."""


class Tagger(NamedTuple):
    """What the topics of an import's articles are chosen by."""

    own: Vocabulary
    found: Mapping[str, Found]
    """By the hash of the text."""
    known: Archive

    def lang(self, version: Version) -> str:
        """Return the language of a version; empty where it was not asked for yet, or nobody can tell."""
        found = self.found.get(version.text)
        return found.lang if found else ""


class Tags(NamedTuple):
    """What the record is to hold of an article's topics; the fields are those of `Record`."""

    topics: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    terms: bytes = b""


class Reader:
    """Finds out about new texts, many at once: what the processor has at hand for a step, it uses again then."""

    def __init__(self, known: Index, reading: Reading) -> None:
        self._known = known
        self._reading = reading
        self._waiting: dict[str, SeedArticle] = {}
        self._characters = 0
        self._found: dict[str, Found] = {}

    def read(self, articles: Iterable[SeedArticle]) -> None:
        """Take in the articles of a seed that was matched; those that are known are passed over."""
        for article in articles:
            text = article.text_hash
            draft = self._known.drafts.get(self._known.by_text.get(text, ""))
            if draft is not None and draft.record is None and text not in self._found:
                self._waiting[text] = article
                self._characters += sum(len(block.text) for block in article.blocks) + len(article.body or "")
        if len(self._waiting) >= AT_ONCE or self._characters >= CHARACTERS:
            self._find()

    def found(self) -> Mapping[str, Found]:
        """Return what was found out, by the hash of the text."""
        self._find()
        return self._found

    def _find(self) -> None:
        languages = [language_of(article, self._reading) for article in self._waiting.values()]
        told = [
            terms.terms(*parts_of(article), lang)
            for article, lang in zip(self._waiting.values(), languages, strict=True)
        ]
        for (text, article), lang, of_text in zip(self._waiting.items(), languages, told, strict=True):
            self._found[text] = Found(lang, _ENCODE(of_text), _marks(of_text), stated_of(article))
        self._waiting.clear()
        self._characters = 0


def tagger(found: Mapping[str, Found], known: Index, seeds: Collection[str], own: Vocabulary) -> Tagger:
    """Return what to choose topics by, once all seeds are read: all new articles, and the newest of the record."""
    if not found:
        return Tagger(own, found, Archive(0, {}, ()))
    paths = heapq.nlargest(topics.WINDOW, (path for path, record in known.by_path.items() if record.terms))
    records = [known.by_path[path] for path in paths]
    used = Counter(name for record in records for name in record.topics)
    marks = [record.terms for record in records]
    for draft in known.drafts.values():
        if draft.record is None and draft.versions:
            of_main = found.get(reconcile.ranked(draft, seeds, known.zone)[0][0].text)
            if of_main is not None:
                marks.append(of_main.marks)
                used.update(topics.named(own, of_main.stated or (), of_main.lang))
    return Tagger(own, found, topics.archive(marks, used))


def language_of(article: SeedArticle, reading: Reading) -> str:
    """Return the language of an article, empty where nobody can tell."""
    text = "\n".join(block.text for block in article.blocks) or article.body or ""
    return language.detect(f"{article.title}\n{text}", reading.languages, article.lang)


def tags_of(
    tagger: Tagger, record: Record | None, main: Version, article: SeedArticle, lang: str, on_disk: Mapping[str, Any]
) -> Tags:
    """Return the topics of an article, of which `main` counts.

    Those that its seed states come first, by the names that the vocabulary has for them. What was decided once stays;
    so does what stands in a file that an import wrote which did not come to its end (`on_disk` is its front matter).
    """
    found = tagger.found.get(main.text)
    stated = stated_of(article)
    if record is not None and not (record.terms or record.topics):
        return Tags(stated or ())  # it was imported before there were topics
    if stated is not None:
        if record is not None and stated and stated in (record.topics, record.stated):
            chosen = record.topics
        else:
            chosen = topics.named(tagger.own, stated, lang)
    elif record is not None:
        chosen = record.topics
    elif on_disk:
        chosen = _listed(_key_of(on_disk), on_disk) or ()
    else:
        chosen = _suggested(tagger, found, article, lang)
    if record is not None and record.text == main.text:
        marks = record.terms
    else:
        marks = found.marks if found else _marks(terms.terms(*parts_of(article), lang))
    kept = stated if stated and stated != chosen else record.stated if record is not None and stated is None else ()
    return Tags(chosen, kept, marks)


def _marks(of_text: Sequence[terms.Term]) -> bytes:
    """Return what is recorded of an article's terms; it is never empty, so that a record without is known to be old."""
    return terms.marks(of_text) or bytes(4)


def _suggested(tagger: Tagger, found: Found | None, article: SeedArticle, lang: str) -> tuple[str, ...]:
    parts = parts_of(article)
    of_text = _TERMS.decode(found.terms) if found else terms.terms(*parts, lang)
    names = [one.name for one in topics.candidates(of_text, *parts, lang, tagger.own, tagger.known)]
    return topics.named(tagger.own, names, lang)


def with_topics(article: SeedArticle, chosen: tuple[str, ...]) -> SeedArticle:
    """Return the article with other topics than those that its seed states."""
    stated = stated_of(article)
    if stated == chosen or (stated is None and not chosen):
        return article
    header = article.header or {}
    key = _key_of(header)
    if key in header:
        return article._replace(header={**header, key: list(chosen)})
    return article._replace(topics=chosen)


def stated_of(article: SeedArticle) -> tuple[str, ...] | None:
    """Return the topics that a seed states; None where it says nothing of topics."""
    header = article.header or {}
    if (key := _key_of(header)) in header:
        return _listed(key, header)
    return article.topics or None


def _key_of(header: Mapping[str, Any]) -> str:
    return next((key for key in ("topics", "tags") if key in header), "topics")


def _listed(key: str, header: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the topics in front matter, as a build would read them; none where it could not."""
    value = header.get(key)
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, (str, int, float)) for item in items):
        return ()
    written = (str(item).lower() if isinstance(item, bool) else str(item) for item in items[:MAX_STATED])
    texts = (" ".join(text.split("\n")).strip() for text in written)
    return tuple(dict.fromkeys(text for text in texts if text))


def parts_of(article: SeedArticle) -> tuple[str, str, str]:
    """Return title, lead and the rest of the text as an editor reads them: without marks, bylines and addresses."""
    if article.body is not None:
        title, lead, body = parts_of_file(article.title, article.body)
        return title, article.summary or lead, body
    blocks = [block for block in article.blocks if not block.mark]
    pieces = [block.text for block in blocks]
    first = next((place for place, block in enumerate(blocks) if block.kind != "heading"), 0)
    lead = article.summary or (pieces.pop(first) if pieces else "")
    body = "\n".join(pieces)
    if "](" in lead or "](" in body:
        lead, body = _LINK.sub(r"\1", lead), _LINK.sub(r"\1", body[: 2 * terms.READ])
    return article.title, lead, body


def parts_of_file(title: str, body: str) -> tuple[str, str, str]:
    """Return the same of Markdown."""
    text = _ESCAPE.sub(r"\1", _LINK.sub(r"\1", body[: 2 * terms.READ]))
    pieces = [piece for piece in text.split("\n\n") if piece.strip()]
    first = next((place for place, piece in enumerate(pieces) if not piece.lstrip().startswith("#")), 0)
    lead = pieces.pop(first) if pieces else ""
    return title, lead, "\n".join(pieces)
