"""Headers: the file that tells Netlify, Cloudflare Pages and others what may be cached for how long, and what feeds are.

Its form: docs.netlify.com/manage/routing/headers, developers.cloudflare.com/pages/configuration/headers. No two rules set the
same header for a file: hosts would join the values.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from digest import urls
from digest.outputs import Output
from digest.plan import Section
from digest.views import Asset, Site, Text

PATH = "_headers"
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json"
FOR_EVER = "public, max-age=31536000, immutable"
"""For what changes its name with its content."""
SEALED = "public, max-age=604800, immutable"
"""For archives of the feed, which change only where somebody edits or takes back an old article: a week is the longest that
a reader may see what it said before."""
_MOST_ASSETS = 40
_MOST_YEARS = 30
"""Cloudflare reads 100 rules."""


def section(site: Site, assets: Mapping[str, Asset | Text], months: Collection[str]) -> Section:
    """Return the part of the plan that is the file of headers; the newest of `months` (`YYYY-MM`) can still grow."""
    return Section(PATH, b"", lambda: [Output(PATH, "feed", "", Text(text(site, assets, sorted(months))))])


def text(site: Site, assets: Mapping[str, Asset | Text], months: Sequence[str]) -> str:
    """Return what the file says; `months`, the oldest first, are those that have articles."""
    root = urlsplit(site.url).path
    lines = ["# Made by the build. What has no rule is asked for again each time, as these hosts do by themselves."]
    for path, headers in _rules(site, assets, months):
        lines += [root + path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def _rules(
    site: Site, assets: Mapping[str, Asset | Text], months: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    lasting = sorted(name for name, asset in assets.items() if isinstance(asset, Text) or name != asset.name)
    for name in lasting[:_MOST_ASSETS]:
        yield f"static/{quote(name)}", {"Cache-Control": FOR_EVER}
    for folder in ("fragment", "index", "filter"):
        yield f"search/:month/{folder}/*", {"Cache-Control": FOR_EVER}
    for period in _sealed(months):
        yield (
            f"feeds/{period}-*" if len(period) == 4 else f"feeds/{period}*",
            {
                "Content-Type": ATOM,
                "Cache-Control": SEALED,
            },
        )
    newest = [f"feeds/{month}*" for month in months[-1:]]
    feeds = ["feed.xml", *urls.FEEDS, *map(urls.feed, site.languages), urls.topic_feed(":topic")]
    for feed in (*feeds, *newest):
        yield feed, {"Content-Type": ATOM}
    for feed in feeds:
        yield urls.json_feed(feed), {"Content-Type": JSON}
    if site.rss:
        yield urls.RSS, {"Content-Type": "application/rss+xml; charset=utf-8"}
    yield "feeds.opml", {"Content-Type": "text/x-opml; charset=utf-8"}
    yield "manifest.webmanifest", {"Content-Type": "application/manifest+json"}


def _sealed(months: Sequence[str]) -> Iterable[str]:
    """Return the years and, of the last year, the months whose archives will not grow any more."""
    last = months[-1][:4] if months else ""
    years = dict.fromkeys(month[:4] for month in months if month[:4] != last)
    return [*list(years)[-_MOST_YEARS:], *(month for month in months[:-1] if month.startswith(last))]
