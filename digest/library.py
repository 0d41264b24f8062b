"""The library: all articles that the site shows, sorted and indexed; it answers questions and changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import msgspec

from digest.dates import microseconds
from digest.errors import Problem
from digest.model import Article
from digest.pages.curation import Choice
from digest.urls import topic_slug


class Topic(NamedTuple):
    """What an editor called a topic, and its articles, newest first."""

    slug: str
    name: str
    articles: Sequence[Article]
    varies: bool = False
    """Whether articles spell it in several ways: then another article may change its name."""


class Story(NamedTuple):
    """What articles tell of one event."""

    slug: str
    articles: Sequence[Article]
    """Newest first."""


class Library(NamedTuple):
    """Everything is sorted newest first; topics by slug."""

    articles: Sequence[Article]
    days: Mapping[str, Sequence[Article]]
    """By `YYYY-MM-DD`."""
    months: Mapping[str, Sequence[str]]
    """The days of each `YYYY-MM`."""
    years: Mapping[str, Sequence[str]]
    """The months of each `YYYY`."""
    topics: Mapping[str, Topic]
    next_change: int | None
    """Microseconds since 1970 when time alone will change what is shown."""
    scheduled: int = 0
    """Articles that are not shown because their date is to come."""
    due: int | None = None
    """Microseconds since 1970 when the next of these is due."""
    stories: Mapping[str, Story] = {}
    """By slug, the one with the newest article first."""
    story_of: Mapping[str, str] = {}
    """The slug of the story that an article is in, by article id."""
    choices: Mapping[str, Choice] = {}
    """What a person chose for the edition of a day."""

    def stories_by_month(self) -> Mapping[str, Sequence[Story]]:
        """Return the stories by the month (`YYYY-MM`) in which they began."""
        found: dict[str, list[Story]] = {}
        for story in self.stories.values():
            found.setdefault(story.articles[-1].date[:7], []).append(story)
        return found


def is_shown(article: Article, now: int, drafts: bool, future: bool) -> bool:
    """Tell whether a site built at `now` (microseconds since 1970) shows `article`."""
    return (
        (drafts or not article.draft)
        and (future or article.due <= now)
        and (article.expires is None or article.expires > now)
    )


def assemble(
    articles: Iterable[Article], now: int, drafts: bool = False, future: bool = False
) -> tuple[Library, list[Problem]]:
    """Build the library of what is to be shown at `now`; of two articles with one address the first by file stays."""
    everything = listed = list(articles)
    if not future:
        everything = [_now(article, now) if article.updated else article for article in everything]
    shown: dict[str, Article] = {}
    ids: dict[str, Article] = {}
    problems = []
    for article in sorted([a for a in everything if is_shown(a, now, drafts, future)], key=attrgetter("body.file")):
        other = shown.get(article.href)
        if other is not None:
            problems.append(
                Problem(
                    "error",
                    article.body.file,
                    1,
                    f"its address /{article.href.removesuffix('index.html')} is taken by {other.body.file}",
                    "give one of them another `slug`",
                )
            )
        elif article.id in ids:
            problems.append(
                Problem(
                    "error",
                    article.body.file,
                    1,
                    f"its id {article.id} is that of {ids[article.id].body.file}",
                    "delete the `id` line in the copy",
                )
            )
        else:
            shown[article.href] = ids[article.id] = article
    newest_first = sorted(shown.values(), key=_newest_first)
    library = _index(newest_first, _next_change(listed, now, drafts, future))
    waiting = [a.due for a in everything if a.due > now and not future and (drafts or not a.draft)]
    return library._replace(scheduled=len(waiting), due=min(waiting, default=None)), problems


def with_stories(library: Library, story_of: Mapping[str, str]) -> Library:
    """Return the library with its articles' stories; `story_of` has their slugs by article id."""
    members: dict[str, list[Article]] = {}
    for article in library.articles if story_of else ():
        if slug := story_of.get(article.id):
            members.setdefault(slug, []).append(article)
    return library._replace(stories={slug: Story(slug, of) for slug, of in members.items()}, story_of=story_of)


def _newest_first(article: Article) -> tuple[int, str]:
    return -article.order, article.id


def _now(article: Article, now: int) -> Article:
    """Return an article without a change that is not due yet."""
    return article if _changed(article) <= now else msgspec.structs.replace(article, updated="")


def _changed(article: Article) -> int:
    return microseconds(datetime.fromisoformat(article.updated))


def _next_change(articles: Iterable[Article], now: int, drafts: bool, future: bool) -> int | None:
    moments = []
    for article in [a for a in articles if a.due > now or a.updated or a.expires is not None]:  # few
        if drafts or not article.draft:
            if article.due > now and not future:
                moments.append(article.due)
            if article.expires is not None and article.expires > now:
                moments.append(article.expires)
            if article.updated and not future and (changed := _changed(article)) > now:
                moments.append(changed)
    return min(moments, default=None)


def _index(articles: Sequence[Article], next_change: int | None) -> Library:
    days: dict[str, list[Article]] = {}
    named: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        days.setdefault(article.date, []).append(article)
        for name in article.topics:
            named[name].append(article)
    spellings: dict[str, list[str]] = {}
    for name in named:
        spellings.setdefault(topic_slug(name), []).append(name)
    months: dict[str, list[str]] = {}
    for day in sorted(days, reverse=True):
        months.setdefault(day[:7], []).append(day)
    years: dict[str, list[str]] = {}
    for month in months:
        years.setdefault(month[:4], []).append(month)
    return Library(
        articles=articles,
        days={day: days[day] for day in sorted(days, reverse=True)},
        months=months,
        years=years,
        topics={slug: _topic(slug, {name: named[name] for name in spellings[slug]}) for slug in sorted(spellings)},
        next_change=next_change,
    )


def _topic(slug: str, named: Mapping[str, Sequence[Article]]) -> Topic:
    """Return a topic; `named` are the articles that spell it so, by name, newest first."""
    usual = usual_name({name: len(articles) for name, articles in named.items()})
    if len(named) == 1:
        return Topic(slug, usual, named[usual])
    once = {article.id: article for article in chain.from_iterable(named.values())}  # one may spell it in two ways
    return Topic(slug, usual, sorted(once.values(), key=_newest_first), varies=True)


def usual_name(names: Mapping[str, int]) -> str:
    """Return the spelling most used; of equally used ones the first in code point order."""
    return min(names, key=lambda name: (-names[name], name))
