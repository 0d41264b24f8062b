"""Every feed of a site, against the rules: RFC 4287 by its schema, what validators warn of, JSON Feed 1.1, OPML."""

import json
import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import pytest
from checks import findings, told
from sites import Site, article

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
SCHEMA = str(Path(__file__).parent / "atom_rfc4287.rnc")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site.make(tmp_path_factory.mktemp("rules"), languages=["en", "ar"], hub="https://hub.example/", rss=True)
    site.write(
        "content/a.md", article("]]> & <b>", "2025-08-17", "[link](../b/) ![x](x.png)\n\n<script>alert(1)</script>")
    )
    site.write(
        "content/b.md",
        article(
            "B \U0001f600",
            "2025-08-17T14:05",
            lang="ar",
            kicker="Kick & er",
            authors=["Ann & Bob"],
            topics=["feed.xml", "Über uns", "feed.xml"],
            source={"name": "Times", "url": "https://t.example/1?a=1&b=2"},
            corrections=[{"date": "2025-09-01", "text": "It was <not> so."}, {"date": "2025-09-01", "text": "Nor so."}],
            enclosures=[{"url": "sound.mp3", "type": "audio/mpeg", "length": 1234}, {"url": "http://["}, 5],
            image="https://i.example/x.jpg",
            rights="All rights reserved.",
        ),
    )
    site.write("content/c.md", article("C", "2025-09-02", "x < y & z. " * 150_000))
    site.write("content/d.md", article("D", "1923-03-01"))
    site.write("content/e.md", article("E", "0001-01-02"))
    for number in range(100):
        site.write(f"content/s{number}.md", article(f"S {number}", "2025-07-01T12:00:00", topics=["All"]))
    site.write("content/f.md", article("F", "2025-07-02", rights="link", source="Paper"))
    assert not site.build().problems
    return site


def feeds(site: Site, suffix: str = ".xml") -> list[Path]:
    names = [path for path in site.files("site", suffix) if "sitemap" not in path and not path.endswith("rss.xml")]
    assert len(names) > 5
    return [site.root / name for name in names]


def missing(program: str) -> None:
    """Skip a test whose program is not there; where all must be tested, fail."""
    reason = f"{program} is not there"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def test_the_schema_of_the_rfc(site: Site) -> None:
    if not shutil.which("jing"):
        missing("jing")
    said = subprocess.run(["jing", "-c", SCHEMA, *map(str, feeds(site))], capture_output=True, text=True)
    assert (said.returncode, said.stdout) == (0, "")


def test_our_own_rules_and_the_schema_agree(site: Site) -> None:
    """`digest check` stands for the schema: it finds what the schema finds, and no fault of ours."""
    written_so = {"a href ", "img src ", "url ", "the enclosure has no type or no length"}
    assert {re.sub("'.*", "", problem.message) for problem in findings(site)} == written_so
    if not shutil.which("jing"):
        missing("jing")
    for case in sorted((Path(__file__).parent / "cases/check").glob("atom-*.xml")):
        valid = subprocess.run(["jing", "-c", SCHEMA, str(case)], capture_output=True).returncode == 0
        expected = case.with_name(f"{case.name}.txt")
        assert valid or "error" in expected.read_text("utf-8"), case


def test_the_html_of_entries_is_strict(site: Site) -> None:
    """The W3C's validator reads it with html5lib, and warns of whatever that forgives."""
    for path in [*feeds(site), site.folder / "rss.xml"]:
        for element in ET.parse(path).iter():  # noqa: S314 - our own feed
            if element.get("type") == "html" or element.tag in ("description", ENCODED):
                html5lib.HTMLParser(strict=True).parseFragment(element.text or "")


def test_what_the_rfc_and_validators_want(site: Site) -> None:
    for path in feeds(site):
        feed = ET.parse(path).getroot()  # noqa: S314 - our own feed
        for needed in ("id", "title", "updated", "author", "generator"):
            assert len(feed.findall(ATOM + needed)) == 1, path
        links = {one.get("rel"): one.get("href", "") for one in feed.findall(f"{ATOM}link")}
        relative = path.relative_to(site.folder).as_posix()
        assert links["self"] == f"https://example.org/news/{relative}"
        entries = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        times = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") for entry in entries]
        published = [datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "") for entry in entries]
        assert all(one >= other for one, other in zip(times, published, strict=True))
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "") == max(
            times, default=datetime.fromisoformat("2005-12-01T00:00:00Z")
        )
        for entry in entries:
            assert entry.get(f"{XML}lang")
            html = entry.findtext(f"{ATOM}content") or ""
            assert "<script" not in html
            assert not re.search(r' style="| on\w+="', html)
            for href in re.findall(r'(?:href|src)="([^"]+)"', html):
                assert urlsplit(href).scheme in ("http", "https"), href
        assert path.stat().st_size < 1_000_000


def test_an_entry_is_complete(site: Site) -> None:
    feed = ET.parse(site.folder / "feed.xml").getroot()  # noqa: S314
    (entry,) = [one for one in feed.iter(f"{ATOM}entry") if (one.findtext(f"{ATOM}title") or "").startswith("B")]
    assert entry.get(f"{XML}lang") == "ar"
    assert entry.findtext(f"{ATOM}rights") == "All rights reserved."
    assert entry.findtext(f"{ATOM}source/{ATOM}title") == "Times"
    (category, other) = entry.findall(f"{ATOM}category")
    assert other.attrib == {"term": "ueber-uns", "scheme": "https://example.org/news/topics/", "label": "Über uns"}
    assert category.get("term") == "feed-xml"
    links = [
        (one.get("rel"), one.get("href"), one.get("type"), one.get("length")) for one in entry.findall(f"{ATOM}link")
    ]
    assert ("enclosure", "https://example.org/news/2025/08/17/b/sound.mp3", "audio/mpeg", "1234") in links
    assert ("enclosure", "https://i.example/x.jpg", "image/jpeg", None) in links
    assert ("via", "https://t.example/1?a=1&b=2", None, None) in links
    assert ("hub", "https://hub.example/") in [(one.get("rel"), one.get("href")) for one in feed.findall(f"{ATOM}link")]


def test_a_giant_is_there_with_its_summary(site: Site) -> None:
    feed = ET.parse(site.folder / "feed.xml").getroot()  # noqa: S314
    (entry,) = [one for one in feed.iter(f"{ATOM}entry") if one.findtext(f"{ATOM}title") == "C"]
    assert entry.find(f"{ATOM}content") is None
    assert entry.findtext(f"{ATOM}summary").startswith("x &lt; y &amp; z.")
    assert entry.find(f"{ATOM}summary").get("type") == "html"


def test_a_parser_of_feeds_finds_nothing_odd(site: Site) -> None:
    for path in [*feeds(site), site.folder / "rss.xml"]:
        found = feedparser.parse(path.read_bytes())
        assert not found.bozo, (path, found.get("bozo_exception"))
        assert found.version in ("atom10", "rss20")


def test_rss_has_the_same_articles(site: Site) -> None:
    rss = feedparser.parse((site.folder / "rss.xml").read_bytes())
    atom = feedparser.parse((site.folder / "feed.xml").read_bytes())
    assert [entry.id for entry in rss.entries] == [entry.id for entry in atom.entries]
    assert [entry.title for entry in rss.entries] == [entry.title for entry in atom.entries]


def test_summaries_in_rss_are_html(tmp_path: Path) -> None:
    site = Site.make(tmp_path, rss=True)
    site.write(
        "content/a.md", article("<Atco Ltd> & S&P500", text="<Atco Ltd> said that 1 < 2 & 3 > 2.", topics=["R&D"])
    )
    site.write("content/b.md", article("Long ago", "0001-01-02"))
    site.build()
    rss = site.read("site/rss.xml")
    assert "<title>&#x3C;Atco Ltd&gt; &#x26; S&#x26;P500</title>" in rss
    assert ">R&#x26;D</category>" in rss
    first, last = ET.fromstring(rss).iter("item")  # noqa: S314 - our own feed
    assert first.findtext("description") == "&lt;Atco Ltd&gt; said that 1 &lt; 2 &amp; 3 &gt; 2."
    assert last.find("pubDate") is None  # RSS has no such year
    assert told(findings(site)) == []


def test_addresses_are_ascii_in_feeds(tmp_path: Path) -> None:
    """As not everything that reads feeds knows others (RFC 3987, section 3.1)."""
    site = Site.make(tmp_path, url="https://bücher.example/für/", rss=True)
    source = {"name": "Ü", "url": "https://ü.example/ü?ä={x}#ß"}
    site.write("content/a.md", article("A", source=source, image="https://ü.example/ü [1].png"))
    site.build()
    for path in (*site.files("site", ".xml"), "site/feeds.opml", "site/feed.json"):
        for address in re.findall(
            r'(?:href|url|Url|\w+_url|image)"?[=:] ?"([^"]+)"|<(?:link|loc)>([^<]+)<', site.read(path)
        ):
            assert "".join(address).isascii(), (path, address)
    feed = site.read("site/feed.xml")
    assert 'href="https://xn--bcher-kva.example/f%C3%BCr/2025/08/17/a/"' in feed
    assert 'rel="via" href="https://xn--tda.example/%C3%BC?%C3%A4=%7Bx%7D#%C3%9F"' in feed
    assert 'href="https://xn--tda.example/%C3%BC%20%5B1%5D.png"' in feed


def test_the_list_of_feeds_is_what_validators_know(site: Site) -> None:
    root = ET.parse(site.folder / "feeds.opml").getroot()  # noqa: S314 - our own file
    assert [child.tag for child in root.iterfind("head/*")] == ["title"]
    for one in root.iter("outline"):
        assert one.keys() == ["type", "text", "title", "xmlUrl", "htmlUrl", "language"]


def test_json_feeds_say_the_same(site: Site) -> None:
    for path in feeds(site, ".json"):
        if "search" in path.parts:
            continue
        made = json.loads(path.read_text("utf-8"))
        assert made["version"] == "https://jsonfeed.org/version/1.1"
        assert made["feed_url"].endswith(path.relative_to(site.folder).as_posix())
        assert made["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        beside = ET.parse(path.with_suffix(".xml")).getroot()  # noqa: S314
        assert made["title"] == beside.findtext(f"{ATOM}title")
        assert [one["id"] for one in made["items"]] == [
            one.findtext(f"{ATOM}id") for one in beside.iter(f"{ATOM}entry")
        ]
        for one in made["items"]:
            assert "content_html" in one or "content_text" in one
            assert isinstance(one["id"], str)
            assert not one.keys() - {
                "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
                "date_published", "date_modified", "authors", "tags", "language", "attachments",
            }  # fmt: skip


def test_the_list_of_feeds_and_the_page_name_feeds_that_are_there(site: Site) -> None:
    listed = [one.get("xmlUrl", "") for one in ET.parse(site.folder / "feeds.opml").iter("outline")]  # noqa: S314
    names = {address.removeprefix("https://example.org/news/") for address in listed}
    assert {"feed.xml", "feeds/ar.xml", "editions.xml", "corrections.xml", "topics/feed-xml/feed.xml"} <= names
    assert all((site.folder / name).is_file() for name in names)
    page = (site.folder / "subscribe" / "index.html").read_text("utf-8")
    assert set(re.findall(r'<input type="url" readonly dir="ltr" value="([^"]+)"', page)) <= {
        *listed,
        "https://example.org/news/rss.xml",
    }
    assert 'value="https://example.org/news/feed.xml"' in page


def test_every_page_names_its_own_feeds(site: Site) -> None:
    for path in site.files("site", ".html"):
        page = site.read(path)
        found = re.findall(
            r'<link rel="alternate" type="application/(?:atom\+xml|feed\+json)"[^>]* href="([^"]+)"', page
        )
        assert len(found) >= 3
        if not path.endswith("404.html"):
            folder = (site.root / path).parent
            assert all((folder / href).resolve().is_file() for href in found), path
        if path.startswith("site/topics/") and path.count("/") == 3:
            assert {"feed.xml", "feed.json"} <= set(found)


def test_editions_and_corrections(site: Site) -> None:
    editions = ET.parse(site.folder / "editions.xml").getroot()  # noqa: S314
    first = editions.find(f"{ATOM}entry")
    assert first is not None
    assert (first.findtext(f"{ATOM}title"), first.findtext(f"{ATOM}published")) == (
        "Tuesday, September 2, 2025",
        "2025-09-03T00:00:00+02:00",
    )
    corrections = ET.parse(site.folder / "corrections.xml").getroot()  # noqa: S314
    assert len(corrections.findall(f"{ATOM}entry")) == 2
    assert "It was &lt;not&gt; so." in (site.folder / "corrections.xml").read_text("utf-8").replace("&amp;", "&")


def test_an_edition_comes_when_its_day_is_over(tmp_path: Path) -> None:
    site = Site.make(tmp_path)
    site.write("content/a.md", article("A", "2025-12-30"))
    site.write("content/b.md", article("B", "2026-01-01"))
    site.build()
    assert (site.folder / "editions.xml").read_text().count("<entry") == 1
    assert site.build(now=1_767_225_600_000_000 + 86_400_000_000).written == 2
    assert (site.folder / "editions.xml").read_text().count("<entry") == 2


def test_a_thousand_topics(tmp_path: Path) -> None:
    site = Site.make(tmp_path)
    for number in range(100):
        site.write(
            f"content/{number}.md", article(f"A {number}", topics=[f"T {number * 10 + one}" for one in range(10)])
        )
    assert not site.build().problems
    assert len(site.files("site/topics", "feed.xml")) == 1000


def test_an_archive_of_giants_loses_none(tmp_path: Path) -> None:
    site = Site.make(tmp_path)
    for number in range(12):
        text = "word " * (1_000_000 if number % 4 == 0 else 30_000)
        site.write(f"content/{number}.md", article(f"A {number}", f"2025-08-{number + 1:02}", text))
    site.build()
    entries = [
        entry
        for path in site.files("site/feeds", ".xml")
        for entry in ET.parse(site.root / path).iter(f"{ATOM}entry")  # noqa: S314
    ]
    assert sorted(entry.findtext(f"{ATOM}title") or "" for entry in entries) == sorted(f"A {n}" for n in range(12))
    assert sum(entry.find(f"{ATOM}content") is None for entry in entries) == 3
