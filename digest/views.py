"""What each kind of page shows: frozen values, and nothing that is not on the page.

A page's view is its dependency list: a page is made again if, and only if, its view is another.
"""

import msgspec

from digest.config import Settings, direction
from digest.model import Article, Body, Source

HOME_DAYS = 7
"""Editions on the front page beneath the latest."""
HOME_LINES = 8
"""Headlines of each of these."""
STORIES = 50
"""Stories on the page of them all; of older ones the articles and topics lead to them."""
TOPIC_STORIES = 6
"""Stories that a topic's page names."""
STORY_TEXTS = 12
"""Articles of a story of which the texts are read for its key passages, the weightiest of each day first."""
TOPIC_CARDS = 50
"""Articles that a topic's first page shows whole; the rest of their year are headlines there, years before have pages."""
TOPIC_NEIGHBOURS = 6
"""Topics that a topic's page names because they share most articles with it."""
FEED_ENTRIES = 50
TOPIC_ENTRIES = 20
"""Entries of a topic's feed."""
EDITIONS = 14
"""Entries of the feed of editions."""


class View(msgspec.Struct, frozen=True, gc=False, tag=True, array_like=True):
    """Base of all views. The tag tells which one it is, so that it can travel to another process."""


class Site(View, frozen=True):
    """What every page knows of the digest."""

    title: str
    description: str
    url: str
    """Where the site will be; ends with a slash. Links inside the site do not use it."""
    language: str
    dir: str
    author: str
    id: str
    version: str
    """Of the program, for the `generator` notices."""
    languages: tuple[str, ...] = ()
    """Those that have a front page and a feed of their own; none where the digest is in one language."""
    home: str = "index.html"
    """The front page: of a language's own pages, that of the language."""
    feed: str = "feed.xml"
    """The feed that belongs to it."""
    hub: str = ""
    """The WebSub hub that tells readers at once of what is new in a feed."""
    rss: bool = False
    """Whether there is an RSS feed too."""


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


class Front(View, frozen=True):
    """The front page of a language."""

    href: str
    lang: str
    dir: str


class Home(View, frozen=True):
    """The front page, or that of a language: the latest edition, and what came before."""

    site: Site
    date: str
    """Of the latest edition; empty in a digest without articles."""
    href: str
    cards: tuple[Card, ...]
    earlier: tuple[Day, ...]
    texts: tuple[Article, ...] = ()
    """The articles whose texts its numbers are taken from."""
    fronts: tuple[Front, ...] = ()
    """The front pages of all languages, in a digest that is in several."""


class ArticlePage(View, frozen=True):
    """An article, and what stands beside it in its edition."""

    site: Site
    article: Article
    topics: tuple[Link, ...]
    newer: Line | None
    older: Line | None
    story: str = ""
    """The page of its story."""
    related: tuple[Mention, ...] = ()
    """Older articles worth reading."""


class StoryPage(View, frozen=True):
    """A story: how it went, who reported it, and what its articles say."""

    site: Site
    id: str
    """A URI that stays while the story grows."""
    title: str
    """The headline of the weightiest article of its newest day."""
    lang: str
    dir: str
    count: int
    """Articles."""
    reporters: tuple[Reporter, ...]
    """Those with most articles first."""
    days: tuple[StoryDay, ...]
    """Oldest first."""
    texts: tuple[Article, ...]
    """The articles whose texts its key passages are taken from, oldest first."""


class Stories(View, frozen=True):
    """The newest stories."""

    site: Site
    stories: tuple[StoryLine, ...]


class DayPage(View, frozen=True):
    """The edition of a day."""

    site: Site
    date: str
    cards: tuple[Card, ...]
    newer: Link | None
    older: Link | None
    texts: tuple[Article, ...] = ()
    """The articles whose texts its numbers are taken from."""


class MonthPage(View, frozen=True):
    """All headlines of a month, day by day."""

    site: Site
    date: str
    days: tuple[Day, ...]
    newer: Link | None
    older: Link | None


class YearPage(View, frozen=True):
    """A year's months and days."""

    site: Site
    year: Period
    newer: Link | None
    older: Link | None


class Archive(View, frozen=True):
    """All years and months."""

    site: Site
    years: tuple[Period, ...]


class Topics(View, frozen=True):
    """All topics."""

    site: Site
    topics: tuple[TopicLink, ...]


class TopicPage(View, frozen=True):
    """The newest articles of a topic, the rest of their year, and links to the years before and to other topics."""

    site: Site
    name: str
    description: str
    above: tuple[Link, ...]
    below: tuple[Link, ...]
    neighbours: tuple[TopicLink, ...]
    """Those that share most articles with it; their `count` is that of these articles."""
    count: int
    cards: tuple[Card, ...]
    months: tuple[Group, ...]
    """What the cards leave of the newest article's year."""
    years: tuple[Period, ...]
    stories: tuple[StoryLine, ...] = ()
    """Those that its newest articles are in."""


class TopicYear(View, frozen=True):
    """All headlines of a topic in one year."""

    site: Site
    name: str
    href: str
    """Of the topic."""
    date: str
    months: tuple[Group, ...]


class Search(View, frozen=True):
    """The page to search on."""

    site: Site


class NotFound(View, frozen=True):
    """The page that a host shows for an address that is none."""

    site: Site


class Address(View, frozen=True):
    """A page in a sitemap."""

    href: str
    changed: str
    """RFC 3339 or a day; empty where it is not worth telling."""


class Sitemap(View, frozen=True):
    """A part of the sitemap, or their index."""

    site: Site
    addresses: tuple[Address, ...]


class Robots(View, frozen=True):
    """What crawlers may read: everything."""

    site: Site


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
    cards: tuple[Card, ...] = ()


class Feed(View, frozen=True):
    """A feed, or an archive of one."""

    site: Site
    href: str
    """A JSON Feed ends with `.json`; RSS is `rss.xml`."""
    id: str
    updated: str
    """RFC 3339: when an entry was last changed; that of the first article where there is none."""
    entries: tuple[Article, ...] = ()
    name: str = ""
    """Of its topic."""
    word: str = ""
    """The interface's word for what is in it, where that is not all articles."""
    page: str = "index.html"
    """The page that shows the same."""
    brief: bool = False
    """Whether entries have a summary, and no text."""
    older: str = ""
    newer: str = ""
    """The archives before and after this one."""
    current: str = ""
    """Of an archive: the feed that it belongs to."""
    notes: tuple[Note, ...] = ()


class Subscribe(View, frozen=True):
    """All feeds."""

    site: Site
    topics: tuple[TopicLink, ...]
    fronts: tuple[Front, ...] = ()
    """The languages that have a feed."""


class Asset(View, frozen=True):
    """A file that is copied from the theme as it is."""

    name: str
    """Of the theme's file, below `static/`."""
    digest: bytes


Shown = (
    Home
    | ArticlePage
    | StoryPage
    | Stories
    | DayPage
    | MonthPage
    | YearPage
    | Archive
    | Topics
    | TopicPage
    | TopicYear
    | Search
    | NotFound
    | Sitemap
    | Robots
    | Subscribe
    | Feed
    | Asset
)
"""What a file of the site can show."""


def site(settings: Settings, version: str) -> Site:
    """Return what every page knows of a digest with these settings."""
    known = {name: getattr(settings, name) for name in ("title", "description", "url", "language", "author", "id", "hub", "rss")}
    languages = settings.languages if len(settings.languages) > 1 else ()
    return Site(**known, dir=direction(settings.language), version=version, languages=languages)


def bodies(view: View) -> tuple[Body, ...]:
    """Return the texts that a page with this view shows, and that must be read to render it."""
    if isinstance(view, ArticlePage):
        return (view.article.body,) if view.article.rights == "full" else ()
    if isinstance(view, (StoryPage, DayPage, Home)):
        return tuple(article.body for article in view.texts)
    if isinstance(view, Feed):
        return () if view.brief else tuple(entry.body for entry in view.entries if entry.rights == "full")
    return ()
