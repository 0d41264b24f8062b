"""The settings: what `digest.yml` may say beyond texts, and what is told of a mistake."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import config, feedlist
from digest.errors import DigestError
from digest.seeds.stated.columns import KNOWN


def test_lists_and_mappings() -> None:
    settings = config.parse(
        """\
title: T
languages: [de, pt-BR]
sources:
  times: {name: The Times, url: https://t.example/, rights: excerpt}
  seeds/wire/*.txt: {name: Wire, rights: link}
  blog: A Blog
columns: {title: Kopf, text: Inhalt}
rules: {read-also: off, byline: on}
"""
    )
    assert settings.languages == ("de", "pt-BR")
    assert config.source_of(settings.sources, "seeds/times/2025/a.txt") == config.SourceRule(
        "times", "The Times", "https://t.example/", "excerpt"
    )
    assert config.source_of(settings.sources, "seeds/wire/b.txt") == config.SourceRule("wire/*.txt", "Wire", "", "link")
    assert config.source_of(settings.sources, "seeds/blog/b.txt") == config.SourceRule("blog", "A Blog")
    assert config.source_of(settings.sources, "seeds/other/b.txt") is None
    assert settings.columns == (("title", "Kopf"), ("text", "Inhalt"))
    assert settings.rules == ("read-also",)


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("languages: de\n", "must be a list", "[de, en]"),
        ("languages: [deutsch!]\n", "not a language tag", "[de, en]"),
        ("sources: [a]\n", "`name: value` lines", "indent"),
        ("sources:\n  a: {nmae: x}\n", "unknown key `nmae`", "`name`"),
        ("sources:\n  a: {name: x, rights: ful}\n", "are 'ful'", "full, excerpt, link"),
        ("sources:\n  a: {name: x, url: t.example}\n", "no web address", "https://"),
        ("columns: {titel: x}\n", "no `titel`", "`title`"),
        ("columns: {title: [x]}\n", "must be a text", "quotes"),
        ("feeds: {a: b}\n", "`feeds` must be a list", "feeds: [https://"),
        ("feeds: [paper.example]\n", "entry 1 of `feeds` has no web address", "https://"),
        (
            "feeds: ['https://p.example/', 'ftp://ann:pass@p.example/']\n",
            "entry 2 of `feeds` has no web address",
            ".opml",
        ),
        ("feeds: ['https://p.example:99999/']\n", "entry 1 of `feeds` has no web address", "https://"),
        ("feeds: [{name: A}]\n", "entry 1 of `feeds` has no web address", "https://"),
        ("feeds: [[a]]\n", "entry 1 of `feeds` is no feed", "feeds: [https://"),
        ("feeds: [{url: 'https://p.example/', rigths: full}]\n", "unknown key `rigths`", "`rights`"),
        ("feeds: [{url: 'https://p.example/', rights: ful}]\n", "rights 'ful'", "full, excerpt, link"),
        ("feeds: [{url: 'https://p.example/', full: maybe}]\n", "`full` is 'maybe'", "`true` or `false`"),
        ("feeds: [{url: 'https://p.example/', name: [a]}]\n", "`name` must be a text", "quotes"),
        ("rules: {read-alos: off}\n", "no rule `read-alos`", "`read-also`"),
        ("rules: {read-also: maybe}\n", "'maybe'", "`on` or `off`"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_mend(text: str, says: str, hint: str) -> None:
    with pytest.raises(DigestError) as caught:
        config.parse(f"title: T\n{text}")
    assert caught.value.message.startswith("digest.yml:2: ")
    assert says in caught.value.message
    assert hint in caught.value.hint


def test_a_feed_says_what_may_be_shown_of_its_seeds() -> None:
    settings = config.parse(
        """\
feeds:
- https://paper.example/feed.xml
- {url: "https://Other.example:8443/news/?format=rss", name: The Other, rights: link, full: yes}
- lists/all.opml
sources:
  pulled/paper.example-feed.xml/2024-*: {name: The Paper, rights: full}
"""
    )
    paper, other, listed = settings.feeds
    assert paper == feedlist.Feed("https://paper.example/feed.xml")
    assert other == feedlist.Feed("https://Other.example:8443/news/?format=rss", "The Other", "link", True)
    assert listed == "lists/all.opml"

    def rights(seed: str) -> str:
        rule = config.source_of(settings.sources, f"seeds/pulled/{seed}")
        return rule.rights if rule else ""

    folders = feedlist.folders(feedlist.of_settings(settings.feeds))
    assert folders[paper.url] == "paper.example-feed.xml"
    assert re.fullmatch(r"other\.example-8443-news-[0-9a-f]{8}", folders[other.url])
    assert rights("paper.example-feed.xml/2025-08-17-a.atom") == "excerpt"
    assert rights("paper.example-feed.xml/2024-08-17-a.atom") == "full"
    assert rights(f"{folders[other.url]}/a.html") == "link"
    assert rights("from-a-list/a.atom") == "excerpt"


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_folder_of_a_feed_is_one_name(host: str, path: str) -> None:
    urls = [url for url in (f"https://{host}/{path}", f"https://{path}/{host}") if feedlist.is_address(url)]
    folders = feedlist.folders(feedlist.Feed(url) for url in urls)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name) for name in folders.values())
    assert len(set(folders.values())) == len(set(urls))


def test_every_column_that_is_known() -> None:
    assert set(config.COLUMNS) == KNOWN.keys()
