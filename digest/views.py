"""What each kind of page shows: frozen values, and nothing that is not on the page.

A page's view is its dependency list: a page is made again if, and only if, its view is another.
"""

from collections.abc import Mapping

from digest import look
from digest.config import Settings, direction
from digest.errors import DigestError
from digest.model import Article
from digest.pages.parts import Address as Address
from digest.pages.parts import Asset as Asset
from digest.pages.parts import Card as Card
from digest.pages.parts import Day as Day
from digest.pages.parts import Front as Front
from digest.pages.parts import Group as Group
from digest.pages.parts import Headline as Headline
from digest.pages.parts import Line as Line
from digest.pages.parts import Link as Link
from digest.pages.parts import Manuscript as Manuscript
from digest.pages.parts import Mention as Mention
from digest.pages.parts import Note as Note
from digest.pages.parts import Period as Period
from digest.pages.parts import Poster as Poster
from digest.pages.parts import Reporter as Reporter
from digest.pages.parts import StoryDay as StoryDay
from digest.pages.parts import StoryLine as StoryLine
from digest.pages.parts import Tally as Tally
from digest.pages.parts import Text as Text
from digest.pages.parts import TopicLink as TopicLink
from digest.pages.parts import View as View


class Site(View, frozen=True, cache_hash=True):
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
    indexnow: str = ""
    """The key for IndexNow, which has a file of its own."""
    cards: str = "none"
    """Which pages have a picture of their own: `none`, `latest`, `editions` or `articles`."""
    markdown: bool = False
    """Whether the Markdown of articles stands beside their pages."""
    style: str = ""
    """The style sheet that the settings make; empty where the theme's own is enough."""
    accent: str = ""
    """Colour of what stands out, as the settings say it."""
    logo: str = ""
    """The picture in the place of the title; empty for none."""
    footer: str = ""
    navigation: tuple[Link, ...] = ()
    """Further entries of the main navigation; `href` is a web address, or starts at the site's root."""


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
    topics: tuple[TopicLink, ...] = ()
    """Those of most of the edition's articles."""
    title: str = ""
    note: str = ""


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
    topics: tuple[TopicLink, ...] = ()
    """Those of most of its articles."""
    title: str = ""
    """What a person called it."""
    note: str = ""
    """An editor's note, in Markdown."""


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
    """The newest articles of a topic, the rest of their month, and links to the months before, by year, and to other topics."""

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
    """What the cards leave of the newest article's month."""
    years: tuple[Period, ...]
    """Those before; of the newest article's year what is older than its month, unless the cards have it all."""
    stories: tuple[StoryLine, ...] = ()
    """Those that its newest articles are in."""
    coverage: tuple[Tally, ...] = ()
    """How many articles there were in each month that has any, oldest first."""


class TopicYear(View, frozen=True):
    """All headlines of a topic in one year; in that of its newest article those of the months before."""

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


class Redirect(View, frozen=True):
    """An old address of an article, which leads to it."""

    site: Site
    href: str
    title: str
    lang: str
    dir: str
    file: str
    """The content file that names the address."""


class Sitemap(View, frozen=True):
    """A part of the sitemap, or their index."""

    site: Site
    addresses: tuple[Address, ...]


class Robots(View, frozen=True):
    """What crawlers may read: everything."""

    site: Site


class News(View, frozen=True):
    """The sitemap of the newest articles, newest first."""

    site: Site
    articles: tuple[Headline, ...]


class Guide(View, frozen=True):
    """What language models are told of the site (llmstxt.org)."""

    site: Site
    topics: tuple[Link, ...]


class Manifest(View, frozen=True):
    """What a device is told that keeps the site like a program (w3.org/TR/appmanifest)."""

    site: Site


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
    topics: tuple[Link, ...]
    """Their feeds."""
    fronts: tuple[Front, ...] = ()
    """The languages that have a feed."""


# fmt: off
Shown = (
    Home | ArticlePage | StoryPage | Stories | DayPage | MonthPage
    | YearPage | Archive | Topics | TopicPage | TopicYear | Search
    | NotFound | Redirect | Sitemap | Robots | Subscribe | News
    | Guide | Manifest | Feed | Poster | Manuscript | Asset | Text
)
# fmt: on
"""What a file of the site can show."""


def site(settings: Settings, version: str) -> Site:
    """Return what every page knows of a digest with these settings."""
    names = ("title", "description", "url", "language", "author", "id", "cards", "markdown", "hub", "rss", "indexnow")
    known = {name: getattr(settings, name) for name in names}
    languages = settings.languages if len(settings.languages) > 1 else ()
    theme = settings.theme or look.Theme()
    return Site(
        **known,
        dir=direction(settings.language),
        version=version,
        languages=languages,
        style=look.name(look.css(theme)),
        accent=theme.accent,
        logo=theme.logo,
        footer=theme.footer,
        navigation=tuple(Link(href, text) for text, href in theme.navigation),
    )


def assets(settings: Settings, files: Mapping[str, Asset]) -> dict[str, Asset | Text]:
    """Return the static files of a site: the theme's `files`, and the style sheet that the settings make.

    Raises DigestError where the logo is not among them.
    """
    theme = settings.theme or look.Theme()
    if theme.logo and theme.logo not in files:
        message = f"digest.yml: there is no templates/static/{theme.logo} for `theme: logo`"
        raise DigestError(message, "put the file there, or take the line out")
    text = look.css(theme)
    return {**files, look.name(text).removeprefix("static/"): Text(text)} if text else dict(files)
