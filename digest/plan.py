"""The plan: every file of the site as data, with the view that it shows."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from heapq import nlargest
from itertools import chain, islice, pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from digest import urls, views
from digest.content import NAMESPACE
from digest.feeds import archives, subscriptions
from digest.feeds.archives import Part
from digest.library import Library, Story, Topic
from digest.memo import Memo
from digest.model import Article
from digest.outputs import Output, part
from digest.pages import edition, fronts, limits, redirects, sitemaps
from digest.pages.families import Family
from digest.pages.shown import Shown, headline
from digest.stories import related
from digest.stories.related import Before
from digest.views import Address, Group, Link, Period, Site, Tally, TopicLink

T = TypeVar("T")
_DIGEST, _UPDATED = attrgetter("body.digest"), attrgetter("updated")


class Section(NamedTuple):
    """Outputs that depend on the same articles: a month, a topic, or all that looks at the whole library.

    A section whose digest and files are those of the last build need not be planned: that keeps a day's
    build at a day's work.
    """

    name: str
    digest: bytes
    """Hash of all that its outputs can depend on; empty for the one that must always be looked at."""
    outputs: Callable[[], Iterable[Output]]


def sections(
    library: Library,
    site: Site,
    assets: Mapping[str, views.Asset | views.Text],
    basis: str,
    families: Mapping[str, Family] = MappingProxyType({}),
    today: str = "9999-12-31",
    memo: Memo | None = None,
) -> list[Section]:
    """Return the plan of the whole site in sections, none of which is worked out yet.

    `assets` are the static files by their names below `static/`; `basis` tells the program, the templates and
    the settings with which content files are read: with a file's own hash it tells what its article is. `families`
    are what `topics.yml` says of topics, by slug; before `today`, editions are whole.
    """
    shown, memo = Shown(), memo or Memo()
    # A topic that is always spelt alike has the name that each of its articles has.
    names = [(topic.slug, topic.name) for topic in library.topics.values() if topic.varies]
    common = part((basis, site, names))
    made = []
    before = related.by_month(library.topics.values(), memo)
    parts, story_of = archives.chain(library), library.story_of
    # Topics are much work: begun last, the last of them would be waited for.
    for topic in library.topics.values():
        family = families.get(topic.slug, Family())
        digest = memo(_of_topic, topic.slug, (common, family), topic.articles, _stories_of(library, topic))
        made.append(Section(f"topics/{topic.slug}", digest, partial(_topic, library, site, shown, topic, family)))
    for newer, month, older in _neighbours(list(library.months)):
        days = library.months[month]
        edges = (newer and library.months[newer][-1], newer, older, older and library.months[older][0])
        articles = [article for day in days for article in library.days[day]]
        stories = [story_of.get(article.id, "") for article in articles]
        theirs = [story_of.get(one.id) for topic in before[month].values() for one in topic.recent]
        chosen = [(day, library.choices[day]) for day in days if day in library.choices] if library.choices else []
        rest = (common, edges, stories, chosen)
        digest = memo(_of_month, month, rest, articles, before[month], theirs, parts[month])
        planned = partial(_month, library, site, shown, month, newer, older, before[month], parts[month])
        made.append(Section(month, digest, planned))
    for month, of_month in library.stories_by_month().items():
        digest = part((basis, site, [(story.slug, _sources(story.articles)) for story in of_month]))
        made.append(Section(f"stories/{month}", digest, partial(_stories, site, shown, of_month)))
    return [*made, Section("", b"", partial(_whole, library, site, shown, assets, parts, today))]


def _of_month(
    rest: object,
    articles: Sequence[Article],
    before: Mapping[str, Before],
    theirs: Sequence[object],
    parts: Sequence[Part],
) -> bytes:
    """Return the digest of a month; `theirs` are the stories of the articles before."""
    shown, placed = Shown(), iter(theirs)
    earlier = [  # what a page can show or ask of an older article that it names
        (slug, topic.articles, [(one.id, one.order, shown.mention(one), next(placed)) for one in topic.recent])
        for slug, topic in before.items()
    ]
    kept = [(of.href, of.older, of.newer, _sources(of.entries)) for of in parts]
    return part((rest, _sources(articles), earlier, kept))


def _of_topic(rest: object, articles: Sequence[Article], stories: Sequence[Story]) -> bytes:
    """Return the digest of a topic with the stories that its page names."""
    return part((rest, _sources(articles), [(story.slug, _sources(story.articles)) for story in stories]))


def _sources(articles: Iterable[Article]) -> bytes:
    """Return what tells these articles from any others: what they say, and whether a change of theirs is due."""
    some = list(articles)
    return b"".join(map(_DIGEST, some)) + "".join(map(_UPDATED, some)).encode()


def _month(
    library: Library,
    site: Site,
    shown: Shown,
    month: str,
    newer_month: str | None,
    older_month: str | None,
    before: Mapping[str, Before],
    parts: Sequence[Part],
) -> Iterator[Output]:
    """Plan a month: its articles, its days, its own page and its part of the sitemap."""
    days = library.months[month]
    around = [
        library.months[newer_month][-1] if newer_month else None,
        *days,
        library.months[older_month][0] if older_month else None,
    ]
    addresses = []
    oldest_first = (article for day in reversed(days) for article in reversed(library.days[day]))
    near = {article.id: older for article, older in related.of_month(oldest_first, before, library.story_of)}
    # Where its articles were planned just before, an archive is made of texts that are at hand.
    waiting = list(parts)
    for newer, day, older in _triples(around):
        articles = library.days[day]
        for output in _articles(library, site, shown, articles, near):
            yield output
            while waiting and output.path == waiting[-1].entries[0].href:
                yield subscriptions.archive(site, waiting.pop())
        cards, texts = shown.edition(edition.of_day(library, day))
        topics = edition.topics(library, day)
        words = edition.words(library, day)
        view = views.DayPage(site, day, cards, _to(newer), _to(older), texts, topics, *words)
        yield Output(urls.period(day), "page", "day.html", view)
        if site.cards in ("editions", "articles"):
            yield _poster(site, urls.period(day), day, [card.title for card in cards])
        addresses.append(Address(urls.period(day), sitemaps.lastmod(archives.last_changed(articles))))
        addresses += [Address(article.href, sitemaps.lastmod(article)) for article in articles]
    of_days = tuple(shown.day(day, library.days[day]) for day in days)
    page = views.MonthPage(site, month, of_days, _to(newer_month), _to(older_month))
    yield Output(urls.period(month), "index", "month.html", page)
    yield Output(f"sitemaps/{month}.xml", "feed", "sitemap.xml", views.Sitemap(site, tuple(addresses)))
    yield from [subscriptions.archive(site, of) for of in waiting]


def _articles(
    library: Library, site: Site, shown: Shown, articles: Sequence[Article], near: Mapping[str, Sequence[Article]]
) -> Iterator[Output]:
    for newer, article, older in _neighbours(articles):
        slugs = dict.fromkeys(map(urls.topic_slug, article.topics))
        topics = tuple([Link(urls.topic(slug), library.topics[slug].name) for slug in slugs])
        after, before = shown.line(newer) if newer else None, shown.line(older) if older else None
        slug = library.story_of.get(article.id)
        others = tuple([shown.mention(one) for one in near[article.id]])
        page = views.ArticlePage(site, article, topics, after, before, urls.story(slug) if slug else "", others)
        yield Output(article.href, "page", "article.html", page)
        if site.markdown and article.rights == "full":
            beside = views.Manuscript(article, urls.absolute(site.url, article.href))
            yield Output(urls.manuscript(article.href), "page", "", beside)
        if site.cards == "articles":
            yield _poster(site, article.href, article.date, [article.title])


def _poster(site: Site, path: str, date: str, headlines: Sequence[str]) -> Output:
    view = views.Poster(site.title, site.language, date, tuple(headlines[: limits.POSTER_HEADLINES]), site.accent)
    return Output(urls.card(path), "asset", "", view)


def _stories(site: Site, shown: Shown, stories: Iterable[Story]) -> Iterator[Output]:
    """Plan the pages of stories."""
    for story in stories:
        href = urls.story(story.slug)
        oldest_first = story.articles[::-1]
        begun = date.fromisoformat(oldest_first[0].date)
        days = []
        ranked: list[tuple[int, Article]] = []
        total = 0
        for day, articles in _by_period(oldest_first, 10):
            total += len(articles)
            since = (date.fromisoformat(day) - begun).days
            mentions = tuple([shown.mention(article) for article in articles])
            days.append(views.StoryDay(day, urls.period(day), since, total, mentions))
            ranked += enumerate(sorted(articles, key=edition.order))
        full = [article for _, article in sorted(ranked, key=lambda one: one[0]) if article.rights == "full"]
        texts = sorted(full[: limits.STORY_TEXTS], key=lambda article: (article.order, article.id))
        lead = _leads(story)
        names = [article.source.name for article in oldest_first if article.source]
        reporters = tuple([views.Reporter(*row) for row in Counter(sorted(names)).most_common()])
        identifier = uuid.uuid5(NAMESPACE, f"story {story.slug}").urn
        page = views.StoryPage(
            site, identifier, lead.title, lead.lang, lead.dir, total, reporters, tuple(days), tuple(texts)
        )
        yield Output(href, "index", "story.html", page)


def _leads(story: Story) -> Article:
    """Return the article whose headline stands for the story: the weightiest of its newest day."""
    newest = story.articles[0].date
    return min((article for article in story.articles if article.date == newest), key=edition.order)


def _story_line(story: Story) -> views.StoryLine:
    lead = _leads(story)
    return views.StoryLine(
        urls.story(story.slug), lead.title, lead.lang, lead.dir, story.articles[0].date, len(story.articles)
    )


def _stories_of(library: Library, topic: Topic) -> list[Story]:
    """Return the stories that the newest articles of a topic are in."""
    slugs = (library.story_of.get(article.id) for article in topic.articles[: limits.TOPIC_CARDS])
    return [library.stories[slug] for slug in list(dict.fromkeys(filter(None, slugs)))[: limits.TOPIC_STORIES]]


def _topic(library: Library, site: Site, shown: Shown, topic: Topic, family: Family) -> Iterator[Output]:
    """Plan a topic: its newest articles with the rest of their year, and a page for each year before."""
    (latest, _), *earlier = _by_period(topic.articles, 4)
    years = tuple(Period(urls.topic(topic.slug, year), year, len(articles)) for year, articles in earlier)
    for period, (year, articles) in zip(years, earlier, strict=True):
        page = views.TopicYear(site, topic.name, urls.topic(topic.slug), year, _months(shown, articles))
        yield Output(period.href, "index", "topic-year.html", page)
    newest = tuple(shown.card(article) for article in topic.articles[: limits.TOPIC_CARDS])
    rest = [article for article in topic.articles[limits.TOPIC_CARDS :] if article.date.startswith(latest)]
    months = _months(shown, rest)
    others = _sharing(library, topic, family)
    stories = tuple(map(_story_line, _stories_of(library, topic)))
    count = len(topic.articles)
    coverage = tuple([Tally(month, len(of_month)) for month, of_month in _by_period(topic.articles[::-1], 7)])
    view = views.TopicPage(site, topic.name, *family, others, count, newest, months, years, stories, coverage)
    yield Output(urls.topic(topic.slug), "index", "topic.html", view)
    yield from subscriptions.of_topic(site, topic)


def _sharing(library: Library, topic: Topic, family: Family) -> tuple[TopicLink, ...]:
    """Return the topics that share most articles with a topic, but for those of its family."""
    names = Counter(chain.from_iterable([article.topics for article in topic.articles]))
    shared = {urls.topic_slug(name): count for name, count in names.items()}
    if len(shared) < len(names):  # an article may spell one in two ways
        slugs = [{urls.topic_slug(name) for name in article.topics} for article in topic.articles]
        shared = dict(Counter(chain.from_iterable(slugs)))
    for slug in (topic.slug, *(link.href.split("/")[1] for link in (*family.above, *family.below))):
        shared.pop(slug, None)
    least = min(nlargest(limits.TOPIC_NEIGHBOURS, shared.values()), default=0)
    links = [
        TopicLink(urls.topic(slug), library.topics[slug].name, count)
        for slug, count in shared.items()
        if count >= least
    ]
    links.sort(key=lambda link: (-link.count, link.name.casefold(), link.href))
    return tuple(links[: limits.TOPIC_NEIGHBOURS])


def _months(shown: Shown, articles: Sequence[Article]) -> tuple[Group, ...]:
    return tuple(
        Group(month, tuple(shown.day(day, of_day) for day, of_day in _by_period(of_month, 10)))
        for month, of_month in _by_period(articles, 7)
    )


def _whole(
    library: Library,
    site: Site,
    shown: Shown,
    assets: Mapping[str, views.Asset | views.Text],
    parts: Mapping[str, Sequence[Part]],
    today: str,
) -> Iterator[Output]:
    """Plan what looks at the whole library: the entrances, the archive, the feed, the sitemap's index, the assets."""
    for name, asset in sorted(assets.items()):
        yield Output(f"static/{name}", "asset", "", asset)
    home = _home(library, site, shown)
    yield Output(site.home, "entrance", "home.html", home)
    if site.cards == "latest" and home.date:
        yield _poster(site, home.href, home.date, [card.title for card in home.cards])
    for newer, year, older in _neighbours(list(library.years)):
        page = views.YearPage(site, _year(library, year, with_days=True), _to(newer), _to(older))
        yield Output(urls.period(year), "index", "year.html", page)
    years = tuple(_year(library, year, with_days=False) for year in library.years)
    yield Output("archive/index.html", "index", "archive.html", views.Archive(site, years))
    topics = [TopicLink(urls.topic(topic.slug), topic.name, len(topic.articles)) for topic in library.topics.values()]
    by_name = tuple(sorted(topics, key=lambda link: (link.name.casefold(), link.href)))
    yield Output("topics/index.html", "index", "topics.html", views.Topics(site, by_name))
    newest = tuple(map(_story_line, islice(library.stories.values(), limits.STORIES)))
    yield Output("stories/index.html", "index", "stories.html", views.Stories(site, newest))
    yield Output(urls.SEARCH, "index", "search.html", views.Search(site))
    yield Output("404.html", "page", "404.html", views.NotFound(site))
    yield Output("robots.txt", "feed", "robots.txt", views.Robots(site))
    if site.indexnow:
        yield Output(f"{site.indexnow}.txt", "feed", "indexnow.txt", views.Robots(site))
    of_days = [article for day in islice(library.days, limits.NEWS_DAYS) for article in library.days[day]]
    news = views.News(site, tuple(map(headline, of_days[: limits.NEWS_ARTICLES])))
    yield Output("sitemaps/news.xml", "feed", "sitemap-news.xml", news)
    largest = {link.href for link in sorted(by_name, key=lambda link: -link.count)[: limits.GUIDE_TOPICS]}
    told = tuple([Link(link.href, link.name) for link in by_name if link.href in largest])
    yield Output("llms.txt", "feed", "llms.txt", views.Guide(site, told))
    yield Output("manifest.webmanifest", "feed", "manifest.webmanifest", views.Manifest(site))
    yield from subscriptions.of_all(library, site, shown, parts, today)
    for of_language, its_library in fronts.by_language(library, site):
        yield Output(of_language.home, "index", "home.html", _home(its_library, of_language, shown))
    yield from sitemaps.of_all(library, site)
    yield from redirects.outputs(library.articles, site)  # last: where a page stands, none is made


def _home(library: Library, site: Site, shown: Shown) -> views.Home:
    days = list(islice((day for day in library.days if edition.articles(library, day)), limits.HOME_DAYS + 1))
    if not days:
        return views.Home(site, "", "", (), (), (), fronts.links(site))
    day, earlier, words = days[0], tuple(_earlier(library, shown, days)), edition.words(library, days[0])
    cards, texts = shown.edition(edition.of_day(library, day))
    topics = edition.topics(library, day)
    return views.Home(site, day, urls.period(day), cards, earlier, texts, fronts.links(site), topics, *words)


def _earlier(library: Library, shown: Shown, days: Sequence[str]) -> Iterator[views.Day]:
    """Yield the days before the latest, each with its weightiest headlines; no story is named twice."""
    told = {library.story_of.get(article.id) for day in days[:1] for article in edition.articles(library, day)} - {None}
    for day in days[1:]:
        new = [piece for piece in edition.of_day(library, day) if piece.story not in told]
        told |= {piece.story for piece in new if piece.story}
        leads = [piece.lead for piece in new[: limits.HOME_LINES]]
        yield shown.day(day, leads, len(edition.articles(library, day)))


def _year(library: Library, year: str, with_days: bool) -> Period:
    months = []
    for month in library.years[year]:
        days = tuple(Period(urls.period(day), day, len(library.days[day])) for day in library.months[month])
        months.append(Period(urls.period(month), month, sum(day.count for day in days), days if with_days else ()))
    return Period(urls.period(year), year, sum(month.count for month in months), tuple(months))


def _by_period(articles: Sequence[Article], length: int) -> list[tuple[str, list[Article]]]:
    """Group articles by the first `length` characters of their date: 4 a year, 7 a month, 10 a day."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(article.date[:length], []).append(article)
    return list(groups.items())


def _neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item with the one before and the one after it."""
    return _triples([None, *items, None])


def _triples(items: Sequence[T | None]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item but the first and the last with the one before and the one after it."""
    for (before, item), (_, after) in pairwise(pairwise(items)):
        assert item is not None
        yield before, item, after


def _to(date: str | None) -> Link | None:
    return Link(urls.period(date), date) if date else None
