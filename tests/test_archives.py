"""The archives of the feed: a reader who was away for a year gets everything, and what is sealed stays."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import Site, article

from digest import config, content, library
from digest.feeds import archives
from digest.memo import Memo
from digest.model import Article
from digest.pages import limits

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
URL = "https://example.org/news/"
SETTINGS = config.parse("title: The Digest\nurl: https://x.example/\ntimezone: Europe/Berlin\n")
Build = Callable[[], None]


def read(site: Site, path: str) -> ET.Element:
    return ET.fromstring((site.folder / path).read_bytes())  # noqa: S314 - our own feed


def link(feed: ET.Element, rel: str) -> str:
    return next((one.get("href", "") for one in feed.findall(f"{ATOM}link") if one.get("rel") == rel), "")


def ids(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in feed.findall(f"{ATOM}entry")]


def walk(site: Site, known: set[str] | None = None) -> tuple[list[str], set[str]]:
    """Read the feed and the archives before it that are not known, as RFC 5005 has it; return ids and addresses."""
    feed = read(site, "feed.xml")
    found, seen = ids(feed), set(known or ())
    while (older := link(feed, "prev-archive")) and older not in seen:
        seen.add(older)
        feed = read(site, older.removeprefix(URL))
        assert feed.find(f"{HISTORY}archive") is not None
        assert link(feed, "self") == older
        assert link(feed, "current") == f"{URL}feed.xml"
        found += ids(feed)
    return found, seen


def months(site: Site, count: int, each: int = 3) -> None:
    for number in range(count):
        month = f"{2020 + number // 12}-{1 + number % 12:02}"
        for day in range(1, each + 1):
            site.write(
                f"content/{month}-{day}.md", article(f"A {month} {day}", f"{month}-{day:02}", id=f"urn:x:{month}:{day}")
            )


def test_a_reader_who_was_away_gets_every_article(site: Site) -> None:
    months(site, 30)
    site.build()
    found, _ = walk(site)
    assert set(found) == {f"urn:x:{2020 + n // 12}-{1 + n % 12:02}:{day}" for n in range(30) for day in (1, 2, 3)}
    for path in site.files("site/feeds", ".xml"):
        feed = read(site, path.removeprefix("site/"))
        for rel, back in (("prev-archive", "next-archive"), ("next-archive", "prev-archive")):
            if other := link(feed, rel):
                assert link(read(site, other.removeprefix(URL)), back) == link(feed, "self")


def test_what_is_sealed_stays_when_articles_come(site: Site) -> None:
    months(site, 6)
    site.build()
    before = {path: data for path, data in site.output().items() if re.match(r"feeds/\d", path)}
    months(site, 8)
    site.build()
    after = site.output()
    assert sorted(before) == [f"feeds/2020-{month:02}.xml" for month in range(1, 7)]
    assert [path for path in before if before[path] != after[path]] == ["feeds/2020-06.xml"], "it was not sealed yet"


def test_a_month_of_many_articles_has_parts_and_the_feed_what_is_in_none(site: Site) -> None:
    for number in range(250):
        day = f"2025-08-{1 + number // 10:02}T{number % 10:02}:00"
        site.write(f"content/{number:03}.md", article(f"A {number}", day, id=f"urn:x:{number}"))
    site.build()
    assert site.files("site/feeds", ".xml") == [f"site/feeds/2025-08{part}.xml" for part in ("-2", "-3", "")]
    feed = read(site, "feed.xml")
    assert link(feed, "prev-archive") == f"{URL}feeds/2025-08-2.xml"
    assert ids(feed) == [f"urn:x:{number}" for number in range(249, 199, -1)]
    assert set(walk(site)[0]) == {f"urn:x:{number}" for number in range(250)}
    assert read(site, "feeds/2025-08-3.xml").find(f"{HISTORY}archive") is None, "it still grows"


@pytest.mark.parametrize("change", ["corrections:\n- {date: 2021-02-10, text: Wrong}", "updated: 2021-02-10"])
def test_a_correction_of_an_old_article_reaches_who_has_its_archive(site: Site, change: str) -> None:
    months(site, 14, each=6)
    site.build()
    _, known = walk(site)
    times = {entry.findtext(f"{ATOM}id"): entry for entry in read(site, "feeds/2020-01.xml").iter(f"{ATOM}entry")}
    site.replace("content/2020-01-2.md", "title:", f"{change}\ntitle:")
    site.build()
    feed = read(site, "feed.xml")
    (entry,) = [one for one in feed.findall(f"{ATOM}entry") if one.findtext(f"{ATOM}id") == "urn:x:2020-01:2"]
    old = times["urn:x:2020-01:2"]
    assert entry.findtext(f"{ATOM}published") == old.findtext(f"{ATOM}published")
    assert (entry.findtext(f"{ATOM}updated") or "") > (old.findtext(f"{ATOM}updated") or "")
    for number in range(60):  # it leaves the feed, and is in an archive that the reader does not know
        site.write(f"content/n{number}.md", article(f"N {number}", f"2021-0{3 + number // 20}-{1 + number % 20:02}"))
    site.build()
    assert "urn:x:2020-01:2" not in ids(read(site, "feed.xml"))
    found, new = walk(site, known)
    assert "urn:x:2020-01:2" in found
    assert new - known


def test_an_article_more_changes_as_few_files_in_any_archive(site: Site) -> None:
    changed = []
    for count in (12, 36):
        months(site, count)
        site.build()
        month = f"{2019 + count // 12}-12"
        site.write("content/new.md", article("New", f"{month}-20"))
        changed.append(len(site.build().changed))
        site.delete("content/new.md")
    assert changed[0] == changed[1]


moments = st.integers(0, 400).map(lambda day: f"{2020 + day // 360}-{1 + day % 360 // 30:02}-{1 + day % 28:02}")


@given(st.lists(st.tuples(moments, st.none() | moments), max_size=60), st.integers(1, 7))
def test_every_article_is_in_the_chain_and_every_change_after_it(rows: list[tuple[str, str | None]], most: int) -> None:
    articles = []
    for number, (day, updated) in enumerate(rows):
        more = f"updated: {updated}\n" if updated else ""
        data = f"---\ntitle: A\ndate: {day}\n{more}---\nText.\n".encode()
        found = content.parse(data, f"content/{number}.md", SETTINGS.zone, "en")
        assert isinstance(found, Article)
        articles.append(found)
    shelf, _ = library.assemble(articles, 2**62)
    usual, archives.PART = archives.PART, most
    try:
        chain = archives.chain(shelf, Memo())
        newest, older = archives.newest(shelf, chain, 3)
    finally:
        archives.PART = usual
    parts = [part for month in chain.values() for part in month]
    assert {one.id for part in parts for one in part.entries} == {one.id for one in articles}
    assert [part.older for part in parts[1:]] == [part.href for part in parts[:-1]]
    assert older == (parts[-2].href if len(parts) > 1 else "")
    if parts:
        assert {one.id for one in parts[-1].entries} <= {one.id for one in newest}
        last = max(articles, key=archives.when)
        assert newest[0].id == last.id
        assert last.id in {one.id for one in parts[-1].entries}


texts = st.sampled_from(["Title", "Another", "<b>", "]]>", "x" * 300])


@given(st.lists(st.tuples(texts, st.sampled_from(["", "a", "b"]), st.integers(0, 4)), min_size=1, max_size=8))
def test_any_edits_keep_id_and_published_and_only_told_changes_are_updates(edits: list[tuple[str, str, int]]) -> None:
    last, count = "", 0
    seen = set()
    for title, slug, corrections in sorted(edits, key=lambda edit: edit[2]):
        listed = "".join(f"- {{date: 2025-09-0{1 + number // 2}, text: Wrong}}\n" for number in range(corrections))
        header = f"id: urn:x:1\ntitle: '{title}'\ndate: 2025-08-17\n"
        header += f"slug: {slug}\n" if slug else ""
        header += f"corrections:\n{listed}" if listed else ""
        found = content.parse(f"---\n{header}---\n{title}.\n".encode(), "content/x.md", SETTINGS.zone, "en")
        assert isinstance(found, Article)
        seen.add((found.id, found.published, found.order))
        assert found.updated >= last
        assert (found.updated != last) == (corrections != count)
        count = corrections
        last = found.updated
    assert len(seen) == 1


def test_each_correction_of_a_day_is_a_later_change() -> None:
    updates = []
    for count in range(4):
        listed = "".join("- {date: 2025-08-17, text: Wrong}\n" for _ in range(count))
        header = "title: T\ndate: 2025-08-17T14:00\n" + (f"corrections:\n{listed}" if count else "")
        found = content.parse(f"---\n{header}---\nText.\n".encode(), "content/x.md", SETTINGS.zone, "en")
        assert isinstance(found, Article)
        updates.append(found.updated)
    assert updates == ["", *(f"2025-08-17T14:00:0{count}+02:00" for count in (1, 2, 3))]


def test_no_change_is_told_before_its_time(site: Site) -> None:
    site.write("content/a.md", article("A", "2025-12-01", updated="2026-02-01T10:00"))
    site.build()
    assert b"2026-02-01" not in (site.folder / "feed.xml").read_bytes()
    site.build(now=1_770_000_000_000_000)
    assert b"2026-02-01T10:00" in (site.folder / "feed.xml").read_bytes()


def test_views_hold_every_feed_of_an_archive_small() -> None:
    assert archives.PART >= limits.FEED_ENTRIES
