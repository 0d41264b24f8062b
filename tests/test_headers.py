"""`_headers`: what Netlify, Cloudflare Pages and others are told of the files of a site."""

import re
from collections.abc import Mapping

import pytest
from sites import Site, article

from digest import headers

FOR_EVER, SEALED = headers.FOR_EVER, headers.SEALED


def rules(site: Site) -> Mapping[str, Mapping[str, str]]:
    """Return the rules of the file: the headers of each path, below the site's address."""
    found: dict[str, dict[str, str]] = {}
    for line in site.read("site/_headers").splitlines():
        if line.startswith("/"):
            path = line.removeprefix("/news/")
            found[path] = {}
        elif not line.startswith("#"):
            name, value = line.strip().split(": ")
            found[path][name] = value
    return found


def told(site: Site, path: str) -> dict[str, str]:
    """Return the headers of a file, as hosts find them: `*` is anything, `:name` anything in a folder."""
    merged: dict[str, str] = {}
    for rule, said in rules(site).items():
        pattern = re.sub(r":\w+", "[^/]+", re.escape(rule).replace(r"\*", ".*").replace(r"\:", ":"))
        if re.fullmatch(pattern, path):
            assert not merged.keys() & said.keys(), f"hosts would join what two rules say of {path}"
            merged |= said
    return merged


@pytest.fixture
def site(site: Site) -> Site:
    """A digest of three months in two years."""
    site.configure(headers=True, rss=True, languages=["en", "de"])
    for day in ("2024-12-30", "2025-06-01", "2025-08-17"):
        site.write(f"content/{day}.md", article(f"Of {day}", day, topics=["Rain"]))
    return site


def test_what_may_be_kept_for_how_long_and_what_feeds_are(site: Site) -> None:
    site.build(search=True)
    output = site.output()
    for path in output:
        kept = told(site, path).get("Cache-Control", "")
        hashed = re.search(r"\.[0-9a-f]{8}\.\w+$", path) or re.match(r"search/\d{4}-\d\d/(fragment|index)/", path)
        sealed = path in ("feeds/2024-12.xml", "feeds/2025-06.xml")
        assert kept == (FOR_EVER if hashed else SEALED if sealed else ""), path
        kind = told(site, path).get("Content-Type", "").partition(";")[0]
        data = output[path][:2000]
        if b"<feed" in data:
            assert kind == "application/atom+xml", path
        elif b"https://jsonfeed.org/version" in data and path.endswith(".json"):
            assert kind == "application/feed+json", path
        elif path == "rss.xml":
            assert kind == "application/rss+xml"
        else:
            assert kind in ("", "text/x-opml", "application/manifest+json"), path
    assert len(rules(site)) <= 100


def test_it_is_a_file_of_the_build(site: Site) -> None:
    assert "_headers" in site.build().changed
    assert site.build().written == 0
    site.write("content/new.md", article("New", "2025-08-18"))
    assert "_headers" not in site.build().changed
    site.write("content/newer.md", article("Newer", "2025-09-01"))
    assert "_headers" in site.build().changed
    assert told(site, "feeds/2025-08.xml")["Cache-Control"] == SEALED
    site.configure()
    site.build()
    assert "_headers" not in site.output()


def test_a_long_archive_stays_within_what_cloudflare_reads() -> None:
    months = [f"{year}-{month:02}" for year in range(1925, 2026) for month in range(1, 13)]
    periods = list(headers._sealed(months))
    assert (periods[0], periods[-1], len(periods)) == ("1995", "2025-11", 41)


def test_a_digest_without_articles_has_one_too(site: Site) -> None:
    empty = Site.make(site.root.parent / "empty", headers=True)
    assert empty.build().problems == []
    assert told(empty, "feed.xml") == {"Content-Type": headers.ATOM}
    assert not any("feeds/2" in path for path in rules(empty))
