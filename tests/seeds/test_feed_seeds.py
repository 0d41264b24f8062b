"""Feeds as seeds: RSS, Atom and JSON Feed; each entry is an article, and a broken one hurts only itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import cases, check

from digest import seeds
from digest.seeds import feed

ITEM = "<item><title>T {0}</title><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><description>Text {0}.</description></item>\n"
RSS = '<?xml version="1.0"{}?>\n<rss version="2.0"><channel><title>Elm Times</title>\n{}</channel></rss>'


@pytest.mark.parametrize("case", cases("seeds-feed"), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    check(case)


@pytest.mark.parametrize(
    ("data", "path", "is_feed"),
    [
        (b"<rss version='2.0'>", "seeds/x", True),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- c --><!DOCTYPE rss [\n]>\n<feed xmlns='http://www.w3.org/2005/Atom'>",
            "seeds/x.txt",
            True,
        ),
        (b"<rdf:RDF xmlns:rdf='x'>", "seeds/x.xml", True),
        ("<rss>".encode("utf-16"), "seeds/x.xml", True),
        (b'{"items": [], "version": "https://jsonfeed.org/version/1.1"}', "seeds/x.json", True),
        (b'{"version": "1.1", "items": []}', "seeds/x.json", False),
        (b"<!DOCTYPE html><html>", "seeds/x.rss", True),
        (b"<!DOCTYPE html><html>", "seeds/feed.xml", False),
        (b"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>", "seeds/x.xml", False),
        (b"The <rss> element", "seeds/x.txt", False),
        (b"<?" * 2000, "seeds/x.txt", False),
        (b" <!---->" * 500, "seeds/x.txt", False),
    ],
)
def test_a_feed_is_known_by_its_beginning_or_by_its_name(data: bytes, path: str, is_feed: bool) -> None:
    assert feed.recognises(data, path) is is_feed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_that_a_feed_declares_is_its_encoding(encoding: str) -> None:
    item = ITEM.format("über Küste und Straße, und was der Bürgermeister dazu gesagt hat")
    data = RSS.format(f' encoding="{encoding}"', item).encode(encoding)
    articles, problems = seeds.parse(data, "seeds/x.xml")
    assert problems == []
    assert articles[0].title.startswith("T über Küste und Straße")


def test_each_entry_has_its_own_bytes_and_line() -> None:
    data = RSS.format("", "".join(ITEM.format(number) for number in range(3))).encode()
    articles, _ = seeds.parse(data, "seeds/x.xml")
    assert [article.line for article in articles] == [3, 4, 5]
    assert len({article.sha256 for article in articles}) == 3
    more, _ = seeds.parse(data.replace(b"Elm Times", b"Elm News"), "seeds/x.xml")
    assert [article.sha256 for article in more] == [article.sha256 for article in articles]


def test_an_entry_without_a_date_has_the_feeds_and_says_so() -> None:
    data = RSS.format(
        "",
        "<pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><item><title>T</title><description>Text.</description></item>",
    )
    (article,), _ = seeds.parse(data.encode(), "seeds/x.xml")
    assert article.date == "2025-03-04T10:00:00+00:00"
    assert "feed-date" in [fired.rule for fired in article.fired]


@pytest.mark.parametrize("name", ["http://127.0.0.1:9/feed", "/etc/hostname", "file:///etc/hostname", "<rss"])
def test_nothing_is_fetched_or_opened(name: str) -> None:
    articles, problems = seeds.parse(name.encode(), "seeds/x.rss")
    assert articles == []
    assert [problem.severity for problem in problems] == ["error"]


PIECES = st.sampled_from(
    [
        *(
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<entry>",
            "</entry>",
            "<title>T</title>",
            "<pubDate>31 Feb</pubDate>",
            "<![CDATA[",
            "]]>",
        ),
        *(
            "<content:encoded>",
            "<media:content medium='image'/>",
            "<dc:creator>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "&#0;",
            "&bogus;",
        ),
        *(
            "<link href='http://[::1'/>",
            "<content type='xhtml'><div>",
            "<!DOCTYPE",
            "<?xml",
            "\0",
            "<category/>",
            "<source/>",
            "<author><name>",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=10), max_size=15).map("".join))
def test_no_feed_is_an_accident(text: str) -> None:
    data = b"<rss>" + text.encode("utf-8", "surrogatepass")
    assert seeds.parse(data, "seeds/x.xml") == seeds.parse(data, "seeds/x.xml")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "url", "mime_type", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = "title url image content_html content_text summary date_published date_modified authors author tags language attachments"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS.split()), VALUES) | VALUES, max_size=3), VALUES)
def test_no_shape_of_a_json_feed_is_an_accident(items: list[object], title: object) -> None:
    data = json.dumps({"version": "https://jsonfeed.org/version/1", "title": title, "authors": title, "items": items})
    assert all(problem.hint for problem in seeds.parse(data.encode(), "seeds/x.json")[1])


def test_a_deep_json_feed_is_a_problem() -> None:
    data = b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000
    articles, (problem,) = seeds.parse(data, "seeds/x.json")
    assert articles == []
    assert problem.severity == "error"


def test_an_element_with_very_many_attributes_is_a_problem() -> None:
    many = " ".join(f"a{number}='>'" for number in range(100_000))
    articles, (problem,) = seeds.parse(RSS.format("", f"<item {many}></item>").encode(), "seeds/x.xml")
    assert articles == []
    assert (problem.line, problem.message) == (3, "an element of the feed has more than 100 attributes")
