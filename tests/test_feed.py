"""The Atom feed: what a reader gets, and that it never loses its place."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import pytest
from sites import planned

from digest import config, content, library, outputs, plan, views
from digest.feeds.formats import make
from digest.model import Article, Body

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = config.parse("title: The Digest\nurl: https://x.example/d\ntimezone: Europe/Berlin\nid: urn:x:feed\n")
FAR = 2**62
WORDS = {"editions": "Editions", "corrections": "Corrections"}


def article(name: str, header: str = "date: 2025-08-17") -> Article:
    data = f"---\ntitle: {name}\n{header}\n---\nText of {name}.\n".encode()
    found = content.parse(data, f"content/{name}.md", SETTINGS.zone, "en")
    assert isinstance(found, Article), found
    return found


def feed(articles: Iterable[Article], texts: dict[Body, str] | None = None) -> ET.Element:
    return ET.fromstring(feed_bytes(articles, texts))  # noqa: S314 - our own feed


def feed_bytes(articles: Iterable[Article], texts: dict[Body, str] | None = None) -> bytes:
    shelf, problems = library.assemble(articles, FAR)
    assert not problems
    sections = plan.sections(shelf, views.site(SETTINGS, "1"), {}, "basis")
    (view,) = (output.view for output in planned(sections) if output.path == "feed.xml")
    assert isinstance(view, views.Feed)
    found = {body: f"Text of {body.file}.\n" for body in outputs.bodies(view)} | (texts or {})
    return make(view, found, WORDS)


def texts_of(root: ET.Element, name: str) -> list[str | None]:
    return [entry.findtext(ATOM + name) for entry in root.iter(ATOM + "entry")]


def test_an_entry_says_everything() -> None:
    header = (
        "date: 2025-08-17T14:05:00+02:00\nkicker: Kick & er\ntopics: [One]\nauthors: [Ann]\nsummary: In short\n"
        "lang: ar\nid: urn:x:1\nsource: {name: Times, url: https://t.example/1}"
    )
    root = feed([article("a", header)])
    (entry,) = root.iter(ATOM + "entry")
    assert entry.findtext(ATOM + "id") == "urn:x:1"
    assert entry.findtext(ATOM + "published") == "2025-08-17T14:05:00+02:00"
    assert (entry.findtext(ATOM + "updated") or "").startswith("2025-08-17T14:05:00.")
    assert entry.findtext(ATOM + "summary") == "In short"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ann"
    assert [link.get("href") for link in entry.findall(ATOM + "link")] == [
        "https://x.example/d/2025/08/17/a/",
        "https://t.example/1",
    ]
    html = entry.findtext(ATOM + "content") or ""
    assert html.startswith('<div lang="ar" dir="rtl">\n<p class="kicker">Kick &amp; er</p>\n<p>Text of')
    assert root.findtext(ATOM + "id") == "urn:x:feed"
    assert root.findtext(ATOM + "updated") == entry.findtext(ATOM + "updated")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The Digest"


def test_the_newest_fifty_newest_first() -> None:
    articles = [article(f"a{day:02}", f"date: 2025-07-{day:02}") for day in range(1, 32)]
    articles += [article(f"b{day:02}", f"date: 2025-08-{day:02}") for day in range(1, 32)]
    titles = texts_of(feed(articles), "title")
    assert titles == [f"b{day:02}" for day in range(31, 0, -1)] + [f"a{day:02}" for day in range(31, 12, -1)]


def test_articles_that_know_only_their_day_are_unique_and_never_renumbered() -> None:
    many = [article(f"a{number}") for number in range(40)]
    times = dict(zip(texts_of(feed(many), "id"), texts_of(feed(many), "updated"), strict=True))
    assert len(set(times.values())) == 40
    assert all((time or "").startswith("2025-08-17T00:") for time in times.values())
    fewer = feed(many[10:30])
    assert {id_: times[id_] for id_ in texts_of(fewer, "id")} == dict(
        zip(texts_of(fewer, "id"), texts_of(fewer, "updated"), strict=True)
    )


def test_articles_of_one_second_are_unique_and_never_renumbered() -> None:
    many = [article(f"a{number}", "date: 2025-08-17T12:00:00+02:00") for number in range(50)]
    many += [
        article(f"b{number}", f"date: 2025-07-{number + 1:02}\nupdated: 2025-08-17T12:00Z") for number in range(30)
    ]
    root = feed(many)
    times = dict(zip(texts_of(root, "id"), texts_of(root, "updated"), strict=True))
    assert len(set(times.values())) == len(times) == 80
    assert {(time or "")[:20] for time in times.values()} == {"2025-08-17T12:00:00.", "2025-08-17T14:00:00."}
    assert root.findtext(ATOM + "updated") == max(time or "" for time in times.values())
    assert {time for time in texts_of(root, "published") if time and time > "2025-08"} == {"2025-08-17T12:00:00+02:00"}
    fewer = feed(many[10:60])
    assert dict(zip(texts_of(fewer, "id"), texts_of(fewer, "updated"), strict=True)).items() <= times.items()


def test_a_moment_that_is_known_to_fractions_of_a_second_stays() -> None:
    root = feed([article("a", "date: 2025-08-17T12:00:00.5+02:00")])
    assert texts_of(root, "updated") == ["2025-08-17T12:00:00.500000+02:00"]


def test_updated_is_what_the_article_says() -> None:
    root = feed([article("a", "date: 2025-08-17\nupdated: 2025-08-19T10:00:00+02:00"), article("b")])
    last = max(time or "" for time in texts_of(root, "updated"))
    assert last == root.findtext(ATOM + "updated")
    assert last.startswith("2025-08-19T10:00:00.")


def test_a_feed_stays_under_a_megabyte_and_drops_texts_before_articles() -> None:
    articles = [article(f"a{number:02}") for number in range(50)]
    huge = {a.body: "<" * 5_000 + "x" * 25_000 for a in articles}
    data = feed_bytes(articles, huge)
    assert len(data) < 1_000_000
    root = ET.fromstring(data)  # noqa: S314 - our own feed
    contents = texts_of(root, "content")
    assert len(contents) == 50
    assert 10 < sum(content is not None for content in contents) < 50
    one_giant = feed(articles, {articles[0].body: "x" * 2_000_000})
    assert sum(content is None for content in texts_of(one_giant, "content")) == 1


def test_what_looks_like_html_in_plain_text_is_spelled_so_that_validators_know_better() -> None:
    data = feed_bytes([_titled("S&P500: <Atco> & &copy;")])
    assert b"<title>S&#x26;P500: &#x3C;Atco> &#x26; &#x26;copy;</title>".replace(b"o>", b"o&gt;") in data


def test_a_summary_with_markup_says_that_it_is_html_and_shows_it_letter_by_letter() -> None:
    root = feed([article("a", 'date: 2025-08-17\nsummary: "AT&T <b>won</b>"\nrights: "&copy; A"'), article("b")])
    for name, text in (("summary", "AT&amp;T &lt;b&gt;won&lt;/b&gt;"), ("rights", "&amp;copy; A")):
        (found,) = (one for one in root.iter(ATOM + name) if one.get("type") == "html")
        assert found.text == text


def test_an_address_of_e_mail_has_its_own_element() -> None:
    root = feed([article("a", 'date: 2025-08-17\nauthors: ["Ann Bee <ann@bees.example>", "<b@x.example>", "Ann <x>"]')])
    authors = [[(one.tag.removeprefix(ATOM), one.text) for one in author] for author in root.iter(ATOM + "author")][1:]
    assert authors == [
        [("name", "Ann Bee"), ("email", "ann@bees.example")],
        [("name", "b@x.example"), ("email", "b@x.example")],
        [("name", "Ann <x>")],
    ]


@pytest.mark.parametrize("title", ["<b>bold</b>", "]]>", "&amp; & &lt;", "{{ 7 * 7 }}", "\u202ex", "\U0001f600"])
def test_titles_are_text(title: str) -> None:
    data = feed_bytes([_titled(title)])
    assert texts_of(ET.fromstring(data), "title") == [title]  # noqa: S314 - our own feed


def _titled(title: str) -> Article:
    import msgspec

    return msgspec.structs.replace(article("a"), title=title)


def test_an_empty_digest_has_a_feed() -> None:
    root = feed([])
    assert root.findtext(ATOM + "updated") == "2005-12-01T00:00:00+00:00"  # validators warn of dates before 1990
    assert not list(root.iter(ATOM + "entry"))


def test_no_time_of_the_build_is_in_it() -> None:
    data = feed_bytes([article("a")]).decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", data)) == {"2025-08-17T"}
