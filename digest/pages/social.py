"""What social networks are told of a page that somebody shares: Open Graph and Twitter cards, and a picture."""

import re
from functools import lru_cache
from typing import NamedTuple

from babel.core import get_global, parse_locale
from markupsafe import Markup, escape

from digest import urls, views
from digest.config import WEB_ADDRESS
from digest.model import Article
from digest.views import Site

_TO_ESCAPE = re.compile(r"[&<>\"']").search
WIDTH, HEIGHT = 1200, 630
"""Of a card, in pixels."""


class Picture(NamedTuple):
    """The picture that stands for a page where others show a link to it."""

    url: str
    alt: str
    width: int = 0
    """In pixels; 0 where it is not known."""
    height: int = 0


def picture(view: views.View, site: Site) -> Picture | None:
    """Return the picture of a page: what the front matter of its article names, or its card."""
    if isinstance(view, views.ArticlePage):
        if view.article.extra and (found := _chosen(view.article, site)):
            return found
        if site.cards == "articles":
            return _card(view.article.href, view.article.title, site)
    elif isinstance(view, views.DayPage) and site.cards in ("editions", "articles"):
        return _card(urls.period(view.date), f"{site.title}, {view.date}", site)
    elif isinstance(view, views.Home) and view.date and _has_card(site):
        return _card(view.href, f"{site.title}, {view.date}", site)
    return None


def _has_card(site: Site) -> bool:
    """Tell whether the edition that a front page shows has a picture; the newest in a language may be an older one."""
    return site.cards in ("editions", "articles") or (site.cards == "latest" and site.home == "index.html")


def _card(href: str, alt: str, site: Site) -> Picture:
    return Picture(urls.absolute(site.url, urls.card(href)), alt, WIDTH, HEIGHT)


def _chosen(article: Article, site: Site) -> Picture | None:
    """Return the `image` of the front matter: an address, or `url` with `alt` or `caption`."""
    image = article.extra.get("image")
    about = image if isinstance(image, dict) else {"url": image}
    url, alt = about.get("url"), about.get("alt") or about.get("caption") or article.title
    if not isinstance(url, str) or not isinstance(alt, str):
        return None
    if WEB_ADDRESS.match(url):
        return Picture(url, alt)
    path = url.removeprefix("/")
    plain = path and ":" not in path and not any(sign.isspace() or sign in '<>"\\' for sign in path)
    return Picture(site.url + path, alt) if plain else None


def tags(view: views.View, site: Site, path: str, title: Markup, description: Markup) -> Markup:
    """Return the `meta` elements for a page, which its template calls `title` and describes so."""
    article = view.article if isinstance(view, views.ArticlePage) else None
    shown = picture(view, site)
    lines = [
        f'<meta property="og:type" content="{"article" if article else "website"}">\n'
        f'<meta property="og:title" content="{title}">\n'
        f'<meta property="og:description" content="{description}">\n'
        f'<meta property="og:url" content="{escape(urls.absolute(site.url, path))}">\n'
        f'<meta name="twitter:card" content="{"summary_large_image" if shown else "summary"}">'
    ]
    if country := _territory(article.lang if article else site.language):
        lines.append(_meta("og:locale", country))
    if shown:
        lines.append(_meta("og:image", shown.url))
        if shown.width:
            lines += [_meta("og:image:width", str(shown.width)), _meta("og:image:height", str(shown.height))]
        lines.append(_meta("og:image:alt", shown.alt))
    if article:
        lines.append(_meta("article:published_time", article.published if article.time else article.date))
        if article.updated:
            lines.append(_meta("article:modified_time", article.updated))
        assert isinstance(view, views.ArticlePage)
        lines += [_meta("article:section", topic.text) for topic in view.topics[:1]]
        lines += [_meta("article:tag", topic.text) for topic in view.topics]
    return Markup("\n".join(lines))  # noqa: S704 - all is escaped


def _meta(name: str, content: str) -> str:
    safe = escape(content) if _TO_ESCAPE(content) else content
    return f'<meta property="{name}" content="{safe}">'


@lru_cache(maxsize=256)
def _territory(language: str) -> str:
    """Return a language with the country where most speak it, as Open Graph wants it: `de_DE`; empty where unknown."""
    name, country, script = parts(language)
    _, likely, _ = parts(get_global("likely_subtags").get(f"{name}_{script}" if script else name, ""))
    return f"{name}_{country or likely}" if country or likely else ""


def news_language(language: str) -> str:
    """Return how the sitemap of news names a language: by two letters, Chinese by where it is written so."""
    name, country, script = parts(language)
    if name == "zh":
        return "zh-tw" if script == "Hant" or (country in ("TW", "HK", "MO") and script != "Hans") else "zh-cn"
    return name or language


def parts(language: str) -> tuple[str, str, str]:
    """Return language, country and script of a tag; empty what it does not say."""
    try:
        name, country, script = parse_locale(language.replace("-", "_"))[:3]
    except ValueError:
        return "", "", ""
    return name, country or "", script or ""
