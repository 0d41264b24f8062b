"""Made-up German news, the same on every machine: article i depends on (seed, i) alone.

A corpus of n + 1 articles is therefore the corpus of n and one newer article, which
is what the rows "one article added" need.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from itertools import accumulate, product
from random import Random
from typing import Literal

import phrases

ARTICLES_A_DAY = 30
TOPICS_EACH = 3
FIRST_DAY = date(2016, 1, 1)
ZONE = timezone(timedelta(hours=1))
PLAIN = str.maketrans("äöüß", "aous")


def _topics() -> tuple[str, ...]:
    """Two hundred names; the first five are plain ASCII, so that any site can link to them."""
    pairs = product(phrases.SUBJECTS[:12], phrases.PLACES[:10])
    mixed = [
        *phrases.SUBJECTS[5:],
        *phrases.PLACES,
        *(f"{subject} in {place}" for subject, place in pairs),
    ]
    Random(0).shuffle(mixed)
    return (*phrases.SUBJECTS[:5], *mixed)


TOPICS = _topics()
ZIPF = tuple(accumulate(1 / rank for rank in range(1, len(TOPICS) + 1)))

Block = tuple[Literal["paragraph", "heading"], str]


@dataclass(frozen=True, slots=True)
class Article:
    """What every output format needs to know of one article."""

    name: str
    moment: datetime
    slug: str
    title: str
    kicker: str
    summary: str
    topics: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def urn(self) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, self.name).urn


def article(index: int, seed: int = 1) -> Article:
    """The article of this number, whatever else the corpus holds."""
    dice = Random(f"{seed}/{index}")
    words = _words(dice)
    day, place = divmod(index, ARTICLES_A_DAY)
    title = dice.choice(phrases.TITLES).format_map(words)
    lead = dice.choice(phrases.LEADS).format_map(words)
    return Article(
        name=f"{seed}/{index}",
        moment=_at(FIRST_DAY + timedelta(days=day), minute=300 + 32 * place + dice.randrange(30)),
        slug=f"{slugify(title)[:60].rstrip('-')}-{index:06d}",
        title=title,
        kicker=dice.choice(phrases.KICKERS).format_map(words),
        summary=lead,
        topics=_pick_topics(dice),
        blocks=(("paragraph", lead), *_body(dice, words)),
    )


def late_article(size: int, number: int, seed: int = 1) -> Article:
    """An article that joins a corpus of this size in the evening of its newest day."""
    newest = article(size - 1, seed).moment.date()
    return replace(article(size + number, seed), moment=_at(newest, minute=22 * 60 + number))


def slugify(text: str) -> str:
    """A simple address; the article's number, added later, makes it unique."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(PLAIN)).strip("-")


def _at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZONE)


def _pick_topics(dice: Random) -> tuple[str, ...]:
    chosen: dict[str, None] = {}
    while len(chosen) < TOPICS_EACH:
        chosen[dice.choices(TOPICS, cum_weights=ZIPF)[0]] = None
    return tuple(chosen)


def _words(dice: Random, subject: str = "") -> dict[str, str]:
    def name() -> str:
        return f"{dice.choice(phrases.FIRST_NAMES)} {dice.choice(phrases.LAST_NAMES)}"

    place, place2 = dice.sample(phrases.PLACES, 2)
    body = dice.choice(phrases.BODIES)
    return {
        "subject": subject or dice.choice(phrases.SUBJECTS),
        "place": place,
        "place2": place2,
        "person": name(),
        "person2": name(),
        "office": dice.choice(phrases.OFFICES),
        "body": body,
        "Body": body[0].upper() + body[1:],
        "day": dice.choice(phrases.DAYS),
        "quote": dice.choice(phrases.QUOTES),
        "number": str(dice.randint(11, 98)),
        "few": str(dice.randint(2, 9)),
    }


def _body(dice: Random, words: dict[str, str]) -> list[Block]:
    """Five to seven paragraphs to follow the lead, one or two headings between them."""
    paragraphs = dice.randint(5, 7)
    places = dice.sample(range(1, paragraphs), dice.choice((1, 1, 2)))
    headings = dict(zip(places, dice.sample(phrases.HEADINGS, 2), strict=False))
    templates: Sequence[str] = dice.sample(phrases.SENTENCES, len(phrases.SENTENCES))
    blocks: list[Block] = []
    for number in range(paragraphs):
        if number in headings:
            blocks.append(("heading", headings[number].format_map(words)))
        length = dice.choice((2, 3, 3, 3))
        sentences, templates = templates[:length], templates[length:]
        text = " ".join(s.format_map(_words(dice, words["subject"])) for s in sentences)
        blocks.append(("paragraph", text))
    return blocks
