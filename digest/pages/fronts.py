"""The languages of a digest in several: what is in each, for a front page and a feed of its own."""

import uuid
from collections.abc import Iterator, Sequence

import msgspec

from digest import urls
from digest.config import direction
from digest.content import NAMESPACE
from digest.intake.language import tag_of
from digest.library import Library
from digest.model import Article
from digest.pages import limits
from digest.views import Front, Site


def links(site: Site) -> tuple[Front, ...]:
    """Return the front page of each language, in the order of the settings."""
    return tuple(Front(urls.front(language), language, direction(language)) for language in site.languages)


def by_language(library: Library, site: Site) -> Iterator[tuple[Site, Library]]:
    """Yield for each language what its pages know of the digest, and its articles with the newest of their days.

    An article in `de-AT` belongs to `de`, where the settings have no `de-AT`. What a person wrote of an edition is in the
    language of the digest, so only the pages in that have it.
    """
    articles: dict[str, list[Article]] = {language: [] for language in site.languages}
    tags: dict[str, str] = {}
    for article in library.articles if articles else ():
        tag = tags.get(article.lang)
        if tag is None:
            tag = tags[article.lang] = _tag(article.lang, site.languages)
        if tag:
            articles[tag].append(article)
    own = _tag(site.language, site.languages) if articles else ""
    wordless = {
        day: msgspec.structs.replace(choice, title="", note="") for day, choice in library.choices.items() if articles
    }
    for language, theirs in articles.items():
        days: dict[str, list[Article]] = {}
        for article in theirs:
            if article.date not in days and len(days) > limits.HOME_DAYS:
                break
            days.setdefault(article.date, []).append(article)
        choices = library.choices if language == own else wordless
        yield _site(site, language), library._replace(articles=theirs, days=days, choices=choices)


def _tag(lang: str, languages: Sequence[str]) -> str:
    """Return which of the languages `lang` belongs to: itself, that of its script or of its base, or the first like it."""
    from digest import locales  # with it comes Babel: only in a digest of several languages

    stated = {language.lower(): language for language in languages}
    nearest = [lang, *(name for name in locales.chain(lang) if name != "en" or lang.startswith("en-"))]
    return next((stated[name.lower()] for name in nearest if name.lower() in stated), "") or tag_of(lang, languages)


def _site(site: Site, language: str) -> Site:
    return msgspec.structs.replace(
        site,
        language=language,
        dir=direction(language),
        id=uuid.uuid5(NAMESPACE, f"{site.id} in {language.lower()}").urn,
        home=urls.front(language),
        feed=urls.feed(language),
    )
