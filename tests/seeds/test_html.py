"""Web pages: the article is found, what stands around it is left, and nothing that it says is lost."""

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import cases, check

from digest import seeds
from digest.seeds import Reading, SeedArticle, html

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rain again | Elm Times</title>
<meta property="article:published_time" content="2025-08-17T06:30:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<div class="cookies"><p>We use cookies to make this page better for you. Please agree to all of them.</p></div>
<article><h1>Rain again</h1>{}</article>
<footer><p>Elm Times is a member of the Association of Small Papers.</p></footer></body></html>"""
TEXT = "<p>It rained again on the hills, and the river rose by a hand before noon.</p>"


def parse(page: str | bytes, path: str = "seeds/page.html", reading: Reading = seeds.READING) -> SeedArticle:
    articles, problems = seeds.parse(page.encode() if isinstance(page, str) else page, path, reading)
    assert problems == []
    return articles[0]


@pytest.mark.parametrize("case", cases("seeds-html"), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    check(case)


@pytest.mark.parametrize(
    ("data", "path", "is_page"),
    [
        (b"<!DOCTYPE html><p>x", "seeds/x", True),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- a > b --><html xmlns='x'>", "seeds/x.txt", True),
        ("<html>".encode("utf-16"), "seeds/x", True),
        (b"<p>Only a part of a page", "seeds/x.html", True),
        (b"<p>Only a part of a page", "seeds/x.txt", False),
        (b" date 2025-08-17 We write <html> by hand\n\nText", "seeds/x.txt", False),
        (b"No tag at all", "seeds/x.html", False),
        (b"<?xml version='1.0'?><rss><channel>", "seeds/x.xml", False),
    ],
)
def test_a_page_is_known_by_its_beginning_or_by_its_name(data: bytes, path: str, is_page: bool) -> None:
    assert html.recognises(data, path) is is_page


def test_a_date_with_its_time_and_zone_wins_over_a_bare_day() -> None:
    data = '<script type="application/ld+json">{"@type":"Article","datePublished":"2025-08-16"}</script>'
    assert parse(PAGE.format(TEXT + data)).date == "2025-08-17T06:30:00+02:00"


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ('<p class="d">17 August 2025</p>', "2025-08-17"),
        ("<p>Published on August 17, 2025</p>", "2025-08-17"),
        ("<p>Ann Lee | 17.08.2025, 14:05 Uhr</p>", "2025-08-17T14:05:00"),
        ('<time datetime="2025-08-17T14:05:00Z">an hour ago</time>', "2025-08-17T14:05:00+00:00"),
        ("<p>On August 17, 2025, it rained in the hills for the first time in a month and a half.</p>", ""),
        ("<p>Yesterday</p>", ""),
    ],
)
def test_a_date_that_is_only_shown_is_read_without_a_clock(shown: str, date: str) -> None:
    page = re.sub("<meta property.*", "</head><body>", PAGE).format(shown + TEXT)
    assert parse(page, reading=Reading(date="1999-01-01")).date == (date or "1999-01-01")


def test_a_rule_that_is_off_marks_nothing() -> None:
    page = PAGE.format(TEXT + '<div class="promo"><p>Get our app.</p><p><a href="/x">Here</a></p></div>' + TEXT * 2)
    marks = [block.mark for block in parse(page).blocks if block.text == "Get our app."]
    assert marks == ["furniture: beside"]
    off = parse(page, reading=Reading(off=frozenset({"beside"})))
    assert [(block.text, block.mark) for block in off.blocks[1:3]] == [("Get our app.", ""), ("Here", "")]


def test_the_language_and_the_rules_of_a_page_are_told() -> None:
    article = parse(PAGE.format(TEXT))
    assert article.lang == "en"
    assert [fired.rule for fired in article.fired] == ["html-title-heading", "html-date-meta", "html-text"]
    assert all(0 < fired.confidence <= 1 for fired in article.fired)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<!DOCTYPE html>", "empty"),
        (b"<!DOCTYPE html>" + b"<div>" * 5000 + b"text", "too deep"),
        (b"<!DOCTYPE html>" + b"<i></i>" * 250_000, "elements"),
        (b"<!DOCTYPE html><title>T</title><p>" + b"word " * 250_000, "characters"),
    ],
)
def test_what_is_no_page_is_a_problem_with_its_mend(data: bytes, says: str) -> None:
    articles, (problem,) = seeds.parse(data, "seeds/2025-08-17.html")
    assert articles == []
    assert problem.severity == "error"
    assert says in problem.message + problem.hint
    assert problem.hint


WORDS = st.text(st.sampled_from("abcdeé漢字ß  .,!?–*_[]<&'“”0123\u00a0\n"), min_size=1, max_size=80)
ELEMENTS = st.sampled_from(
    [
        "<p>{}</p>",
        "<h2>{}</h2>",
        "<p><b>{}</b></p>",
        "<ul><li>{}</li></ul>",
        "<blockquote>{}</blockquote>",
        "<p>It was <time>{}</time> when it began.</p>",
        "<p>He <cite>read</cite>, <q>{}</q>",
        "<pre>{}</pre>",
        "<p>see <a href='/x'>{}</a> there",
        "<table><tr><th>a<th>b<tr><td>{}<td>c</table>",
        "<p>{}<br>and a line",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ELEMENTS, WORDS), max_size=8))
def test_all_that_stands_between_the_paragraphs_of_an_article_is_kept(parts: list[tuple[str, str]]) -> None:
    body = "".join(form.format(escape(words)) for form, words in parts)
    said = re.sub(r"\W+", "", " ".join(block.text for block in parse(PAGE.format(TEXT + body + TEXT)).blocks))
    for _, words in parts:
        assert re.sub(r"\W+", "", words) in said
    assert "cookies" not in said
    assert "Association" not in said


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<h1>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "<a href='http://[::1'>",
            "<form>",
            "<base href='//['>",
        ),
        *(
            "<title>",
            "<time datetime='2025-99-99'>",
            "<script type='application/ld+json'>",
            "</script>",
            '{"@type":"Article",',
        ),
        *(
            '"author":[1,null,{"name":[]}]}',
            "[[[[",
            "<meta name=date content='",
            "<!--",
            "\0",
            "&#0;&#xD800;",
            "<li>",
            "<svg>",
            "<rt>",
        ),
        *(
            "<link rel=canonical href='http://a.example/1'>",
            "<html lang='\u202e'>",
            "<figure><figcaption>",
            "<ol start=-1>",
            "text " * 20,
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=10), max_size=20).map("".join))
def test_no_page_is_an_accident(page: str) -> None:
    data = b"<!DOCTYPE html>" + page.encode("utf-8", "surrogatepass")
    first, second = (seeds.parse(data, "seeds/2025-08-17.html") for _ in range(2))
    assert first == second
