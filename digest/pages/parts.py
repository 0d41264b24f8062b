"""What pages are made of: frozen values, each an article, a day, a topic as it stands on a page."""

import msgspec

from digest.model import Article, Source


class View(msgspec.Struct, frozen=True, gc=False, tag=True, array_like=True):
    """Base of all views. The tag tells which one it is, so that it can travel to another process."""


class Link(View, frozen=True):
    """A link to a page of the site: `href` starts at the site's root."""

    href: str
    text: str


class Line(View, frozen=True):
    """An article in a list of headlines."""

    href: str
    title: str
    kicker: str
    lang: str
    dir: str
    time: str


class Mention(View, frozen=True):
    """An article beside others, with what tells it from them: when it came, and from whom."""

    href: str
    title: str
    lang: str
    dir: str
    date: str
    time: str
    source: str
    """Its name, or nothing."""


class Card(View, frozen=True):
    """An article as the editions show it."""

    href: str
    title: str
    kicker: str
    summary: str
    lang: str
    dir: str
    date: str
    time: str
    source: Source | None
    authors: tuple[str, ...]
    story: str = ""
    """The page of its story."""
    others: tuple[Mention, ...] = ()
    """In an edition: the articles of the same story, the weightiest first."""


class Day(View, frozen=True):
    """A day and some of its headlines."""

    href: str
    date: str
    count: int
    lines: tuple[Line, ...]


class Period(View, frozen=True):
    """A day, month or year with its number of articles and what is in it."""

    href: str
    date: str
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    count: int
    parts: tuple["Period", ...] = ()


class Tally(View, frozen=True):
    """How many articles there were in a month."""

    date: str
    count: int


class Group(View, frozen=True):
    """Headlines of one month."""

    date: str
    days: tuple[Day, ...]


class TopicLink(View, frozen=True):
    """A topic in a list."""

    href: str
    name: str
    count: int


class StoryLine(View, frozen=True):
    """A story in a list: the headline of the article that leads it."""

    href: str
    title: str
    lang: str
    dir: str
    date: str
    """Of its newest article."""
    count: int
    """Articles."""


class Reporter(View, frozen=True):
    """Who reported a story, and with how many articles."""

    name: str
    count: int


class StoryDay(View, frozen=True):
    """What came of a story on one day, the oldest first."""

    date: str
    href: str
    """The day's edition."""
    since: int
    """Days since the story began."""
    total: int
    """Articles so far, those of the day among them."""
    mentions: tuple[Mention, ...]


class Address(View, frozen=True):
    """A page in a sitemap."""

    href: str
    changed: str
    """RFC 3339 or a day; empty where it is not worth telling."""


class Headline(View, frozen=True):
    """An article in the sitemap of news."""

    href: str
    title: str
    lang: str
    published: str
    """RFC 3339, or a day where no time is known."""


class Note(View, frozen=True):
    """An entry of a feed that is no article: an edition, or a correction."""

    id: str
    article: Article | None
    """What was corrected."""
    date: str
    href: str
    published: str
    updated: str
    text: str = ""
    """Of a correction, its words; of an edition, an editor's note in Markdown."""
    cards: tuple[Card, ...] = ()
    title: str = ""
    """What a person called an edition."""


class Front(View, frozen=True):
    """The front page of a language."""

    href: str
    lang: str
    dir: str


class Poster(View, frozen=True):
    """The picture that stands for a page where others link to it."""

    title: str
    """Of the digest."""
    language: str
    date: str
    headline: str
    accent: str = ""
    """Colour of what stands out, as the settings say it."""


class Manuscript(View, frozen=True):
    """The Markdown of an article, beside its page."""

    article: Article
    address: str
    """Of the page, whole."""


class Asset(View, frozen=True):
    """A file that is copied from the theme as it is."""

    name: str
    """Of the theme's file, below `static/`."""
    digest: bytes


class Text(View, frozen=True):
    """A file that the settings make, whole: a style sheet, rules for a host."""

    text: str
