"""Content files: what front matter may say, in our words and in the neighbours'."""

from zoneinfo import ZoneInfo

import pytest

from digest import content, seeds
from digest.errors import Problem
from digest.intake import compose
from digest.model import Article, Correction, Source

BERLIN = ZoneInfo("Europe/Berlin")


def parse(header: str, body: str = "Text.\n", path: str = "content/2025/08/17/some-title.md") -> Article | Problem:
    return content.parse(f"---\n{header}---\n{body}".encode(), path, BERLIN, "de")


def article(header: str, body: str = "Text.\n") -> Article:
    found = parse(header, body)
    assert isinstance(found, Article), found
    return found


def problem(header: str, body: str = "Text.\n") -> Problem:
    found = parse(header, body)
    assert isinstance(found, Problem), found
    assert found.hint
    return found


def test_the_least_that_an_article_needs() -> None:
    found = article("title: Some title\ndate: 2025-08-17\n", "First paragraph\nin two lines.\n\nSecond.\n")
    assert (found.title, found.date, found.time, found.slug, found.lang) == (
        "Some title",
        "2025-08-17",
        "",
        "some-title",
        "de",
    )
    assert found.summary == "First paragraph in two lines."
    assert found.id.startswith("urn:uuid:")


def test_everything_that_the_contract_knows() -> None:
    found = article(
        """\
title: Title
kicker: Kicker
date: 2025-08-17T14:05:00+02:00
updated: 2025-08-18
summary: Summary
lang: ar
authors: [A, B]
topics: [One, Two]
source: {name: Example Times, url: https://example.org/x}
slug: my-slug
id: tag:example.org,2025:1
draft: true
expires: 2026-01-01
aliases: [/old/]
rights: full
corrections: [{date: 2025-08-18, text: Wrong name}]
story: the-story
seed: {file: seeds/x.txt, sha256: abc}
mood: {calm: true, level: 3, since: 2025-01-01}
"""
    )
    assert (found.date, found.time, found.published) == ("2025-08-17", "14:05", "2025-08-17T14:05:00+02:00")
    assert (found.lang, found.dir) == ("ar", "rtl")
    assert found.source == Source("Example Times", "https://example.org/x")
    assert found.corrections == (Correction("2025-08-18", "Wrong name"),)
    assert found.draft
    assert found.extra == {"mood": {"calm": True, "level": 3, "since": "2025-01-01"}}


def test_what_the_neighbours_write_is_understood() -> None:
    found = article("title: T\ndate: 2025-08-17\ntags: [a]\nauthor: Me\ndescription: D\nlastmod: 2025-08-18\n")
    assert (found.topics, found.authors, found.summary) == (("a",), ("Me",), "D")
    assert found.updated.startswith("2025-08-18T00:")
    assert found.extra == {}


def test_a_day_never_moves_and_a_time_is_the_digests() -> None:
    assert article("title: T\ndate: 2025-08-17\n").date == "2025-08-17"
    assert article("title: T\ndate: 2025-08-17T23:30:00Z\n").date == "2025-08-18"
    assert article("title: T\ndate: 2025-08-17 23:30\n").published == "2025-08-17T23:30:00+02:00"
    assert article("title: T\ndate: 2025-08-17 21:30:00 +00:00\n").time == "23:30"
    assert article("title: T\ndate: 1880-01-01\n").published.endswith("+00:00")  # the offset of then has seconds


def test_a_file_name_that_is_no_slug_becomes_one() -> None:
    found = parse("title: T\ndate: 2025-08-17\n", path="content/Mein schöner Text.md")
    assert isinstance(found, Article)
    assert found.slug == "mein-schoener-text"


def test_titles_keep_what_people_wrote() -> None:
    assert article("title: 1984\ndate: 2025-08-17\n").title == "1984"
    assert article("title: No\ndate: 2025-08-17\n").title == "No"


@pytest.mark.parametrize(
    ("header", "line", "says"),
    [
        ("date: 2025-08-17\n", 1, "no title"),
        ("title: T\n", 1, "no date"),
        ("title: T\ndate: 2025-02-30\n", 3, "not a date"),
        ("title: T\ndate: someday\n", 3, "not a date"),
        ("title: T\ndate: [2025]\n", 3, "not a date"),
        ("title: T\ndate: 0001-01-01T00:00:00+10:00\n", 3, "outside the years"),
        ("title: [a, b]\ndate: 2025-08-17\n", 2, "must be a text"),
        (f"title: {'x' * 5000}\ndate: 2025-08-17\n", 2, "5,000 characters"),
        ('title: "a\\ud800b"\ndate: 2025-08-17\n', 2, "Unicode character"),
        ('title: "a\\bb"\ndate: 2025-08-17\n', 2, "U+0008"),
        ("title: T\ndate: 2025-08-17\nslug: ../../etc/passwd\n", 4, "no part of an address"),
        ("title: T\ndate: 2025-08-17\nslug: Über\n", 4, "no part of an address"),
        ("title: T\ndate: 2025-08-17\ntopics: [ok, ../../x]\n", 4, "looks like a path"),
        ("title: T\ndate: 2025-08-17\ntags: ['..']\n", 4, "looks like a path"),
        ("title: T\ndate: 2025-08-17\nlang: not a language\n", 4, "not a language"),
        ("title: T\ndate: 2025-08-17\nid: no uri\n", 4, "not a URI"),
        ("title: T\ndate: 2025-08-17\ndraft: maybe\n", 4, "`true` or `false`"),
        ("title: T\ndate: 2025-08-17\nsource: {name: x, url: 'javascript:1'}\n", 4, "no web address"),
        ("title: T\ndate: 2025-08-17\ncorrections: yes\n", 4, "list"),
        ("title: T\ndate: 2025-08-17\nauthors: [{name: x}]\n", 4, "must be a text"),
        (f"title: T\ndate: 2025-08-17\ntopics: [{', '.join(map(str, range(300)))}]\n", 4, "300 entries"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(header: str, line: int, says: str) -> None:
    found = problem(header)
    assert says in found.message
    assert found.line == line


def test_a_file_that_is_no_text() -> None:
    found = content.parse(b"---\ntitle: \xff\n---\n", "content/x.md", BERLIN, "de")
    assert isinstance(found, Problem)
    assert found.line == 2


def test_control_characters_in_the_text() -> None:
    found = problem("title: T\ndate: 2025-08-17\n", "One.\n\nTwo\x0b.\n")
    assert found.line == 7


def test_a_generated_file_says_what_the_seed_said() -> None:
    text = b' date 2025-08-17 "A kicker of words" The title: with a colon\n\nLead # 1.\n\nHeading\n\n* no list.'
    (seed,), _ = seeds.parse(text, "seeds/a.txt")
    file = compose.compose(seed, "seeds/a.txt", "en", content.new_id(seed.text_hash))
    found = content.parse(file.encode(), "content/2025/08/17/the-title.md", BERLIN, "de")
    assert isinstance(found, Article)
    assert (found.kicker, found.title) == ("A kicker of words", "The title: with a colon")
    assert (found.date, found.summary, found.lang) == ("2025-08-17", "Lead # 1.", "en")
