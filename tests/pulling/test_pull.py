"""From feeds to pages: what is new comes once, what was changed is refreshed, and what a person did stays."""

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hosts import QUICK, Host, answer, atom, conditional, counts, entry, pull, send, serving, told
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Site

from digest import layout, locks, seeds
from digest.errors import DigestError
from digest.pulling import reading, seedfile
from digest.seeds import feed as feeds

CASES = sorted((Path(__file__).parents[1] / "cases" / "seeds-feed").iterdir())
LONG = "It stood since 1911, and many will miss it. The new one is wider, and has a lane for bicycles on either side."
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="windows-1252"><title>Bridge – The Paper</title></head>
<body><nav><a href="/">Home</a></nav><article><h1>Bridge</h1>
<p>The bridge is “open” since Sunday. Thousands came, and the mayor cut the ribbon at noon.</p>
<p>{}</p><p><a href="more.html">More of it</a> is told elsewhere on these pages, with pictures.</p></article></body></html>"""


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as host:
        yield host


def seed_of(site: Site, name: str = "") -> str:
    """Return the path of the one seed with such a name."""
    (found,) = [path for path in site.files("seeds") if name in path]
    return found


# The whole way


def test_from_a_feed_to_the_page(site: Site, host: Host) -> None:
    text = "The bridge is open. It was a long wait.&lt;/p>&lt;p>The mayor spoke.&lt;/p>&lt;p>A third paragraph."
    host.pages["/feed.xml"] = atom(entry("bridge", text).replace("<content>", '<content type="html">&lt;p>'))
    pull(site, {"url": f"{host.url}/feed.xml", "rights": "full", "name": "My Paper"})
    result = site.build()
    assert not result.problems
    page = site.read("site/2025/08/17/bridge/index.html")
    assert "A third paragraph." in page
    assert 'href="https://paper.example/bridge"' in page
    assert "My Paper" in page
    site.configure(feeds=[f"{host.url}/feed.xml"])
    site.build()
    page = site.read("site/2025/08/17/bridge/index.html")
    assert "A third paragraph." not in page, "unless the settings say so, it is an excerpt"
    assert 'href="https://paper.example/bridge"' in page
    site.configure(feeds=[{"url": f"{host.url}/feed.xml", "rights": "link"}])
    site.build()
    assert "The bridge is open" not in site.read("site/2025/08/17/bridge/index.html")
    site.configure()
    site.build()
    assert "A third paragraph." not in site.read("site/2025/08/17/bridge/index.html"), "nor where the feed is gone"
    folder = f"pulled/{host.name}-feed.xml"
    site.configure(sources={folder: {"name": "Mine", "rights": "full"}}, feeds=[f"{host.url}/feed.xml"])
    site.build()
    assert "A third paragraph." in site.read("site/2025/08/17/bridge/index.html"), "`sources` count before `feeds`"


def test_nothing_comes_twice_and_what_was_changed_is_refreshed(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge"), entry("river"))
    assert counts(pull(site, f"{host.url}/feed")) == (2, 0)
    before = site.times()
    assert counts(pull(site)) == (0, 0)
    assert site.times() == before, "nothing is written where nothing is new"
    site.build()
    later = entry("bridge", "It was not opened on Sunday, as we wrote, but on Monday.", updated="2025-08-18T08:00:00Z")
    host.pages["/feed"] = atom(later, entry("river"), entry("wood"))
    assert counts(pull(site)) == (1, 1)
    result = site.build()
    assert sorted(step.action.value for step in result.imported) == ["create", "refresh"]
    text = site.read("content/2025/08/17/bridge.md")
    assert "but on Monday" in text
    assert "updated: '2025-08-18T08:00:00+00:00'" in text
    assert len(site.files("content", ".md")) == 3


@pytest.mark.parametrize("is_built", [True, False])
def test_a_lost_memory_brings_nothing_twice(site: Site, host: Host, is_built: bool) -> None:
    host.pages["/feed"] = atom(entry("bridge"), entry("undated", published="", updated=""))
    pull(site, f"{host.url}/feed")
    if is_built:
        site.build()
    seen, content = site.files("seeds"), site.files("content")
    site.forget()
    assert counts(pull(site, hours=50)) == (0, 0)
    for record in (site.root / "seeds/pulled").glob(".*.jsonl"):
        record.unlink()  # even that which is committed
    assert counts(pull(site, hours=100)) == (0, 0)
    assert site.files("seeds") == seen
    site.build()
    assert len(site.files("content", ".md")) == 2
    assert not is_built or site.files("content") == content


def test_a_deleted_seed_does_not_come_again(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge"), entry("river"))
    pull(site, f"{host.url}/feed")
    site.build()
    site.delete(seed_of(site, "bridge"))
    site.delete("content/2025/08/17/bridge.md")
    site.forget()
    assert counts(pull(site)) == (0, 0)
    host.pages["/feed"] = atom(entry("bridge", "Another text, and a longer one, too."), entry("river"))
    assert counts(pull(site)) == (0, 0)
    site.build()
    assert site.files("content", ".md") == ["content/2025/08/17/river.md"]
    site.delete(f"seeds/pulled/{host.name}-feed")
    assert counts(pull(site)) == (0, 0)


def test_a_seed_that_a_person_edited_is_kept(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge"))
    pull(site, f"{host.url}/feed")
    seed = seed_of(site, "bridge")
    site.replace(seed, "All that", "Nearly all that")
    mine = site.read(seed)
    host.pages["/feed"] = atom(entry("bridge", "Another text."))
    (line,) = told(pull(site))
    assert line.startswith(f"warning: {seed}: the entry was changed, but you edited its seed; yours was kept")
    assert "compare it with https://paper.example/bridge" in line
    assert site.read(seed) == mine
    assert not told(pull(site)), "it is told once"


def test_line_ends_of_a_checkout_are_no_edit(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge"))
    pull(site, f"{host.url}/feed")
    seed = seed_of(site, "bridge")
    site.write(seed, site.read(seed).replace("\n", "\r\n"))
    host.pages["/feed"] = atom(entry("bridge", "Another text."))
    assert counts(pull(site)) == (0, 1)


# Which entry is which


def test_an_entry_that_two_feeds_of_a_site_have_comes_once(site: Site, host: Host) -> None:
    host.pages |= {"/all": atom(entry("bridge"), entry("river")), "/local": atom(entry("bridge"))}
    assert counts(pull(site, f"{host.url}/all", f"{host.url}/local")) == (2, 0)
    host.pages["/sport"] = atom(entry("river"))
    assert counts(pull(site, f"{host.url}/all", f"{host.url}/local", f"{host.url}/sport")) == (0, 0)


def test_the_same_number_in_two_feeds_is_not_the_same_entry(site: Site, host: Host) -> None:
    host.pages |= {"/a": atom(entry("bridge", id="1")), "/b": atom(entry("river", id="1"))}
    assert counts(pull(site, f"{host.url}/a", f"{host.url}/b")) == (2, 0)


def test_an_entry_whose_id_was_changed_is_known_by_its_link(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge", link="http://paper.example/bridge"))
    pull(site, f"{host.url}/feed")
    host.pages["/feed"] = atom(entry("bridge", id="urn:other", link="https://paper.example/bridge/?utm_source=rss#top"))
    assert counts(pull(site)) == (0, 1)
    assert len(site.files("seeds", ".atom")) == 1


def test_entries_that_all_link_to_one_page_are_several(site: Site, host: Host) -> None:
    """A picture of the day, a log of changes: id, headline and date tell them apart."""
    for day in range(1, 4):
        one = entry(f"day{day}", link="https://paper.example/", published=f"2025-08-0{day}T00:00:00Z")
        host.pages["/feed"] = atom(one)
        assert counts(pull(site, f"{host.url}/feed")) == (1, 0)
    assert len(site.files("seeds", ".atom")) == 3


def test_entries_of_one_moment_and_one_page_are_several_where_they_have_ids(site: Site, host: Host) -> None:
    names = ["a", "b", "c"]
    for shown in (names[:2], names):
        host.pages["/feed"] = atom(*(entry(name, link="https://paper.example/news") for name in shown))
        pull(site, f"{host.url}/feed")
    assert len(site.files("seeds", ".atom")) == 3


def test_without_ids_the_link_tells(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge", id=""), entry("river", id=""))
    assert counts(pull(site, f"{host.url}/feed")) == (2, 0)
    other = entry("bridge", "Now with a longer text and with another headline.", id="", title="The bridge, reopened")
    host.pages["/feed"] = atom(other, entry("river", id=""))
    assert counts(pull(site)) == (0, 1)


def test_without_id_and_link_the_text_tells(site: Site, host: Host) -> None:
    bare = entry("bridge", id="").replace('<link href="https://paper.example/bridge"/>', "")
    host.pages["/feed"] = atom(bare, bare)
    assert counts(pull(site, f"{host.url}/feed")) == (1, 0)
    assert counts(pull(site)) == (0, 0)


def test_one_id_twice_in_a_feed_is_one_entry(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge", "The newer text."), entry("bridge", "The older text."))
    assert counts(pull(site, f"{host.url}/feed")) == (1, 0)
    assert "newer" in site.read(seed_of(site, "bridge"))
    assert counts(pull(site)) == (0, 0)


def test_what_a_feed_says_of_itself_changes_no_entry(site: Site, host: Host) -> None:
    undated = entry("bridge", published="", updated="")
    host.pages["/feed"] = atom("<updated>2025-08-17T10:00:00Z</updated>", undated)
    pull(site, f"{host.url}/feed")
    host.pages["/feed"] = atom("<updated>2025-08-19T10:00:00Z</updated>", undated, title="The New Paper")
    assert counts(pull(site)) == (0, 0)


# What is stored


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_entry_reads_as_in_its_feed(case: Path) -> None:
    data = case.read_text("utf-8").partition("\n==========\n")[0].encode()
    found = feeds.entries_of(data, "seeds/x")
    if not isinstance(found, feeds.Entries):
        return
    for each, raw in zip(found.found, alone(data, found), strict=True):
        if isinstance(each, str) or not raw:
            continue
        (article,) = seeds.parse(raw, "seeds/x")[0] or [None]
        mine = seeds.parse(seedfile.atom(each, "2025-08-17", "https://x.example/", ""), "seeds/x")[0]
        if article is not None:
            assert [same(one) for one in mine] == [same(article)]


def alone(data: bytes, found: feeds.Entries) -> list[bytes]:
    """Return a feed for each entry, with nothing else in it; empty where the feed is broken."""
    if found.broken or not found.found:
        return [b""] * len(found.found)
    text = found.text
    if text.lstrip().startswith("{"):
        whole = json.loads(text)
        return [json.dumps({**whole, "items": [item]}).encode() for item in whole["items"]]
    starts = [piece.start() for piece in re.finditer(r"<(?:\w+:)?(?:item|entry)[\s>]", text)]
    ends = [piece.end() for piece in re.finditer(r"</(?:\w+:)?(?:item|entry)\s*>", text)]
    if not len(starts) == len(ends) == len(found.found):
        return [b""] * len(found.found)
    head, tail = text[: starts[0]], text[ends[-1] :]
    return [f"{head}{text[start:end]}{tail}".encode() for start, end in zip(starts, ends, strict=True)]


def same(article: seeds.SeedArticle) -> seeds.SeedArticle:
    """Return an article without what its place in a file says of it."""
    fired = tuple(rule for rule in article.fired if rule.rule not in ("feed-date", "encoding"))
    blocks = tuple(block._replace(line=0) for block in article.blocks)
    return article._replace(line=0, sha256="", fired=fired, blocks=blocks)


@settings(max_examples=60)
@given(st.text(min_size=1), st.text(), st.text())
def test_any_entry_makes_a_seed(title: str, text: str, address: str) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": address, "title": title, "url": address}]}
    feed["items"][0]["content_html"] = f"<p>{text}</p>"  # type: ignore[index]
    found = feeds.entries_of(json.dumps(feed).encode(), "x")
    assert isinstance(found, feeds.Entries)
    for each in found.found:
        assert isinstance(each, feeds.Entry)
        assert re.fullmatch(r"2025-08-17-[a-z0-9-]+-[a-p]{8}", seedfile.stem_of(each, "2025-08-17"))
        seeds.parse(seedfile.atom(each, "2025-08-17", address, text), "seeds/x")
        page = seedfile.page(text.encode("utf-8", "replace"), address, "", each, title)
        assert page is None or seeds.parse(page, "seeds/x.html")


def test_relative_links_are_made_whole(site: Site, host: Host) -> None:
    inside = '&lt;p>See &lt;a href="../more.html">this text&lt;/a> about it, if you have time.&lt;/p>'
    relative = entry("bridge", inside, link="/news/bridge").replace("<content>", '<content type="html">')
    based = entry("river", inside, link="river").replace("<content>", '<content type="html" xml:base="/deep/er/">')
    host.pages["/feeds/news/all.xml"] = atom(relative, based)
    pull(site, f"{host.url}/feeds/news/all.xml")
    assert not site.build().problems
    assert f"]({host.url}/feeds/more.html)" in site.read("content/2025/08/17/bridge.md")
    assert f"url: {host.url}/news/bridge" in site.read("content/2025/08/17/bridge.md")
    assert f"]({host.url}/deep/more.html)" in site.read("content/2025/08/17/river.md")
    assert f"url: {host.url}/feeds/news/river" in site.read("content/2025/08/17/river.md")


def test_json_feeds_too(site: Site, host: Host) -> None:
    item = {"id": 7, "title": "Bridge", "url": "/bridge", "content_text": "It is open.", "date_published": "2025-08-17"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": [item]}
    host.pages["/feed.json"] = json.dumps(feed).encode()
    assert counts(pull(site, f"{host.url}/feed.json")) == (1, 0)
    site.build()
    assert f"url: {host.url}/bridge" in site.read("content/2025/08/17/bridge.md")


def test_entries_that_are_no_articles_are_told_once(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("a", title=""), entry("b", title=""), entry("c").replace("content", "ignored"))
    place = f"warning: {host.url}/feed:"
    assert told(pull(site, f"{host.url}/feed")) == [
        f"{place} 1 entry was left out: the article has no text | with `full: true` the page of each entry is fetched",
        f"{place} 2 entries were left out: the article has no title"
        " | nothing: it is not told again, unless the entry is changed",
    ]
    assert not told(pull(site))
    host.pages["/feed"] = atom(entry("a"))
    assert counts(pull(site)) == (1, 0)


def test_an_empty_feed_is_no_mistake_and_a_broken_one_gives_what_it_has(site: Site, host: Host) -> None:
    host.pages |= {"/empty": atom(), "/broken": atom(entry("bridge"))[:-7] + b"<entry><title>Half"}
    broken, half = told(pull(site, f"{host.url}/empty", f"{host.url}/broken"))
    assert broken.startswith(f"warning: {host.url}/broken: the feed is broken here")
    assert "1 entry was left out: the article has no title" in half
    assert "bridge" in seed_of(site, "bridge")


def test_a_day_in_the_time_zone_of_the_digest(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(
        entry("late", published="2025-08-17T23:30:00Z"), entry("undated", published="", updated="")
    )
    pull(site, f"{host.url}/feed")
    assert "/2025-08-18-late-" in seed_of(site, "late-")
    assert "/2026-01-01-undated-" in seed_of(site, "undated")


def test_no_name_leads_out_of_the_folder(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("x", title="../../../etc/passwd", id="/../../x"))
    pull(site, f"{host.url}/feed")
    assert seed_of(site, "passwd").startswith(f"seeds/pulled/{host.name}-feed/2025-08-17-etc-passwd-")


# Whole pages


def test_the_page_of_an_entry_is_fetched_where_its_feed_says_so(site: Site, host: Host) -> None:
    link = f"{host.url}/news/bridge?a=1&amp;b=2"
    host.pages["/news/bridge?a=1&b=2"] = answer(
        PAGE.format(LONG).encode("windows-1252"), Content_Type="text/html; charset=windows-1252"
    )
    host.pages["/feed"] = atom(entry("bridge", "Only a teaser.", link=link))
    assert not told(pull(site, {"url": f"{host.url}/feed", "full": True, "rights": "full", "name": "Mine"}))
    assert seed_of(site, "bridge").endswith(".html")
    assert not site.build().problems
    text = site.read("content/2025/08/17/bridge.md")
    assert "“open” since Sunday" in text
    assert LONG in text
    assert f"({host.url}/news/more.html)" in text
    assert "Home" not in text
    assert f"url: {host.url}/news/bridge?a=1&b=2" in text
    assert "name: Mine" in text, "the page does not say who publishes it"
    assert "date: '2025-08-17T10:00:00+00:00'" in text, "nor when"
    host.asked()
    assert counts(pull(site)) == (0, 0)
    assert host.asked() == ["/feed"], "a page is fetched once"
    host.pages["/news/bridge?a=1&b=2"] = answer(PAGE.format(f"{LONG} And more.").encode(), Content_Type="text/html")
    host.pages["/feed"] = atom(entry("bridge", "Another teaser.", link=link))
    assert counts(pull(site)) == (0, 1)
    assert [step.action.value for step in site.build().imported] == ["refresh"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (answer(status=404), "the host answers 404"),
        (answer(b"%PDF-1.7", Content_Type="application/pdf"), "it is no page, but application/pdf"),
        (answer(b"<html><body><script>app()</script>", Content_Type="text/html"), "no article is found in it"),
        (answer(b"\x00\x01\x02\xff" * 99, Content_Type="text/html"), "it is no text"),
        (answer(b"x" * (3 << 20), Content_Type="text/html"), "more than 2,097,152 bytes"),
        (answer(status=302, Location="/news/bridge"), "without end"),
    ],
)
def test_where_there_is_no_page_the_feed_has_a_text(site: Site, host: Host, page: object, message: str) -> None:
    host.pages |= {"/feed": atom(entry("bridge", link=f"{host.url}/news/bridge")), "/news/bridge": page}
    done = pull(site, {"url": f"{host.url}/feed", "full": True})
    (line,) = told(done)
    assert line.startswith(f"warning: {host.url}/feed: the page of 1 entry was not fetched ({host.url}/news/bridge): ")
    assert message in line
    assert counts(done) == (1, 0)
    assert seed_of(site, "bridge").endswith(".atom")
    host.asked()
    assert not told(pull(site))
    assert host.asked() == ["/feed"]


def test_robots_txt_counts_for_pages(site: Site, host: Host) -> None:
    host.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /news/", "/news/a": PAGE.format(LONG).encode()}
    host.pages["/feed"] = atom(*(entry(name, link=f"{host.url}/news/{name}") for name in "ab"))
    (line,) = told(pull(site, {"url": f"{host.url}/feed", "full": True}))
    assert "the pages of 2 entries were not fetched" in line
    assert "robots.txt" in line
    assert host.asked() == ["/feed"]


def test_entries_without_text_come_when_their_pages_may_be_fetched(site: Site, host: Host) -> None:
    bare = entry("bridge", link=f"{host.url}/a").replace("content", "ignored")
    host.pages |= {"/feed": conditional(atom(bare), etag='"1"'), "/a": PAGE.format(LONG).encode()}
    (line,) = told(pull(site, f"{host.url}/feed"))
    assert line.endswith("with `full: true` the page of each entry is fetched")
    assert counts(pull(site, {"url": f"{host.url}/feed", "full": True})) == (1, 0)
    assert pull(site).feeds[0].state == "unchanged"


def test_a_page_that_says_less_than_the_feed_is_not_taken(site: Site, host: Host) -> None:
    host.pages |= {
        "/feed": atom(entry("bridge", LONG * 9, link=f"{host.url}/a")),
        "/a": PAGE.format("Buy it.").encode(),
    }
    assert not told(pull(site, {"url": f"{host.url}/feed", "full": True}))
    assert LONG in site.read(seed_of(site, ".atom"))


def test_a_page_that_fails_is_tried_again_and_then_the_feed_must_do(site: Site, host: Host) -> None:
    host.pages["/feed"] = answer(atom(entry("bridge", link=f"{host.url}/a")), ETag='"1"')
    host.pages["/a"] = answer(status=500)
    done = pull(site, {"url": f"{host.url}/feed", "full": True})
    assert (counts(done), done.feeds[0].left) == ((0, 0), 1)
    assert "it is asked for again with the next `digest pull`" in told(done)[0]
    assert not any("if-none-match" in said.headers for said in host.said)
    assert pull(site).feeds[0].left == 1
    assert counts(pull(site)) == (1, 0)
    assert seed_of(site, "bridge").endswith(".atom")


def test_many_pages_come_in_several_goes(site: Site, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PAGES", 2)
    host.pages |= {f"/{name}": PAGE.format(LONG).encode() for name in "abcde"}
    host.pages["/feed"] = answer(atom(*(entry(name, link=f"{host.url}/{name}") for name in "abcde")), ETag='"1"')
    done = pull(site, {"url": f"{host.url}/feed", "full": True})
    assert (counts(done), done.feeds[0].left) == ((2, 0), 3)
    (line,) = told(done)
    assert "3 entries were left for the next time: these were 2 pages | run `digest pull` again" in line
    assert counts(pull(site)) == (2, 0)
    assert counts(pull(site)) == (1, 0)
    assert len(site.files("seeds", ".html")) == 5


def test_a_host_whose_pages_are_slow_is_waited_for_once(site: Site, host: Host) -> None:
    host.pages |= {f"/{name}": lambda to: host.over.wait(9) for name in "abc"}
    host.pages["/feed"] = atom(*(entry(name, link=f"{host.url}/{name}") for name in "abc"))
    done = pull(site, {"url": f"{host.url}/feed", "full": True}, manners=QUICK._replace(wait=0.2, total=0.3))
    assert host.asked() == ["/feed", "/a"]
    assert (counts(done), done.feeds[0].left) == ((0, 0), 3)


# Lists of feeds


def test_an_opml_file_names_feeds(site: Site, host: Host) -> None:
    host.pages |= {"/a": atom(entry("bridge")), "/b": atom(entry("river"))}
    outline = f'<outline text="All"><outline type="rss" text="Paper A" xmlUrl="{host.url}/a"/></outline>'
    site.write("feeds.opml", f'<opml version="2.0"><head/><body>{outline}</body></opml>')
    assert counts(pull(site, "feeds.opml", f"{host.url}/b")) == (2, 0)
    assert "<title>Paper A</title>" in site.read(seed_of(site, "bridge"))
    site.write("other.opml", f'<opml version="2.0"><body>{outline}</body></opml>')
    site.configure(feeds=[{"url": f"{host.url}/a", "rights": "full"}])
    host.asked()
    said = site.run("pull", "--opml", str(site.root / "other.opml"), "--json")
    assert said.returncode == 0, said.stderr
    assert [feed["url"] for feed in json.loads(said.stdout)["feeds"]] == [f"{host.url}/a"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is no list of feeds (OPML)"),
        (b"<rss/>", "the file is no list of feeds (OPML)"),
        (b"<opml><body/></opml>", "the list names no feed"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "the list declares entities of its own"),
        (b'<opml><body>\n<outline xmlUrl="file:///etc/passwd"/></body></opml>', "this line has no web address"),
        (b'<opml><body>\n<outline xmlUrl="http://h.invalid/?a&b"/>\n</opml', "the list is broken here"),
        (None, "the list of feeds cannot be read: No such file or directory"),
    ],
)
def test_a_list_that_is_none(site: Site, data: bytes | None, message: str) -> None:
    if data is not None:
        site.write("feeds.opml", data)
    line = told(pull(site, "feeds.opml"))[0]
    assert ": feeds.opml: " in line
    assert message in line


# The command


def test_what_the_command_says(site: Site, host: Host) -> None:
    host.pages["/feed.xml"] = atom(entry("bridge"), entry("river"))
    site.configure(feeds=[f"{host.url}/feed.xml", f"{host.url}/none.xml"])
    said = site.run("pull")
    assert said.returncode == 1
    first, last = said.stdout.splitlines()
    assert first == f"{host.url}/feed.xml: 2 new → seeds/pulled/{host.name}-feed.xml/"
    assert re.fullmatch(r"2 feeds: 2 new, 0 updated, 1 failed \(\d+\.\d\d s\)", last)
    assert said.stderr == (
        f"error: {host.url}/none.xml: the host answers 404\n  find out where it is now, and write that address\n"
    )
    site.configure(feeds=[f"{host.url}/feed.xml"])
    values = json.loads(site.run("pull", "--json").stdout)
    assert values["feeds"][0]["folder"] == f"seeds/pulled/{host.name}-feed.xml"
    assert (values["new"], values["updated"], values["changed"], values["problems"]) == (0, 0, [], [])


def test_the_documentation_shows_what_is_printed(site: Site) -> None:
    page = (Path(__file__).parents[2] / "docs" / "pull.md").read_text("utf-8")
    (block,) = re.findall(r"```console\n\$ digest pull\n(.+?)```", page, re.DOTALL)
    with serving() as paper, serving() as agency, serving() as friend:
        paper.pages["/feed.xml"] = atom(*(entry(f"p{number}") for number in range(12)))
        friend.pages["/feed.json"] = atom(*(entry(f"f{number}") for number in range(3)))
        urls = [f"{paper.url}/feed.xml", f"{agency.url}/rss", f"{friend.url}/feed.json"]
        site.configure(feeds=urls)
        said = site.run("pull")
        printed = said.stdout + said.stderr
        for host, name in ((paper, "paper"), (agency, "agency"), (friend, "friend")):
            printed = printed.replace(host.url, f"https://{name}.example").replace(host.name, f"{name}.example")
    assert re.sub(r"[\d.]+ s", "0 s", printed) == re.sub(r"[\d.]+ s", "0 s", block)


def test_ctrl_c_waits_for_no_host(site: Site, host: Host) -> None:
    host.pages["/feed"] = lambda to: host.over.wait(99)
    site.configure(feeds=[f"{host.url}/feed"])
    process = site.start("pull")
    while not any(said.path == "/feed" for said in host.said):
        assert process.poll() is None
        host.over.wait(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=15)  # less than the host would have
    assert process.returncode == 130
    assert "interrupted" in err


def test_no_feeds(site: Site) -> None:
    said = site.run("pull")
    assert (said.returncode, said.stdout) == (2, "")
    assert "name them under `feeds:` in the settings, or give a list with `--opml FILE`" in said.stderr


def test_one_pull_at_a_time(site: Site) -> None:
    with locks.open_lock(locks.make_folder(site.root) / "pull.lock") as lock:
        assert locks.try_lock(lock)
        with pytest.raises(DigestError, match="another pull of this digest is running"):
            pull(site, "https://paper.example/")


def test_a_build_may_run_meanwhile(site: Site, host: Host) -> None:
    built = []

    def page(to: object) -> None:
        built.append(site.build().articles)
        send(to, atom(entry("bridge")))  # type: ignore[arg-type]

    host.pages["/feed"] = page
    assert counts(pull(site, f"{host.url}/feed")) == (1, 0)
    assert built == [0]


def test_a_record_that_was_merged_badly_is_told(site: Site, host: Host) -> None:
    host.pages["/feed"] = atom(entry("bridge"))
    pull(site, f"{host.url}/feed")
    path = f"seeds/pulled/.{host.name}-feed.jsonl"
    evil = '{"id":"x","said":"y","seed":"../../digest.yml"}'
    site.write(path, f"<<<<<<< HEAD\n{site.read(path)}{evil}\n")
    assert [line.partition(" | ")[0] for line in told(pull(site))] == [
        f"error: {path}: the line is no record of an entry"
    ] * 2


def test_the_result_does_not_depend_on_time(tmp_path: Path) -> None:
    """Many hosts with the same entries: whoever is quicker, the first feed has them."""
    trees = []
    for number in range(2):
        site = Site.make(tmp_path / str(number))
        with serving() as one, serving() as other:
            first, second = (one, other) if number else (other, one)
            first.pages["/a"] = second.pages["/a"] = atom(entry("bridge"), entry("river"))
            urls = [f"{first.url}/a", f"{second.url}/a"]
            pull(site, *urls, manners=QUICK._replace(hosts=1 + number))
            found = {
                path.replace(first.name, "first").replace(second.name, "second"): site.read(path).replace(first.url, "")
                for path in site.files("seeds")
            }
        assert all("first" in path for path in found)
        trees.append({path: re.sub("<id>urn:digest:.*</id>", "", text) for path, text in found.items()})
    assert trees[0] == trees[1]
    assert layout.SEEDS in next(iter(trees[0]))
