"""What may be shown of an article: its settings or its front matter say so, and nothing leaks elsewhere."""

import pytest
from sites import Site

from digest import content
from digest.config import parse
from digest.errors import Problem
from digest.model import Article

SEED = """\
 date 2025-08-17 Harbour opens after the storm

The harbour opened again on Sunday. Ships had waited for a day.

The harbour master spoke of luck. Nobody had been hurt.

A third paragraph that belongs to its publisher alone.
"""
SETTINGS = """\
title: Digest
url: https://d.example/
language: en
sources:
  paper/*: {name: The Paper, url: https://paper.example/, rights: RIGHTS}
"""


def built(site: Site, rights: str) -> dict[str, str]:
    """Return the text of every file of a site made of one seed whose source has these rights."""
    site.write("digest.yml", SETTINGS.replace("RIGHTS", rights))
    site.write("seeds/paper/a.txt", SEED)
    site.build()
    return {path: data.decode(errors="replace") for path, data in site.output().items()}


@pytest.mark.parametrize(
    ("rights", "lead", "rest"), [("full", True, True), ("excerpt", True, False), ("link", False, False)]
)
def test_no_page_and_no_feed_shows_more_than_may_be_shown(site: Site, rights: str, lead: bool, rest: bool) -> None:
    texts = built(site, rights)
    assert any("The harbour opened again" in text for text in texts.values()) == lead
    assert any("third paragraph" in text for text in texts.values()) == rest
    assert any("spoke of luck" in text for text in texts.values()) == rest
    page = texts["2025/08/17/harbour-opens-after-the-storm/index.html"]
    assert "Harbour opens after the storm</h1>" in page
    if rights != "full":
        article = page.partition("<article")[2]
        assert 'href="https://paper.example/"' in article
        assert rights == "link" or article.index("https://paper.example/") < article.index("The harbour opened")
        assert "https://paper.example/" in texts["feed.xml"]


def test_rights_that_change_in_the_settings_hold_at_once(site: Site) -> None:
    assert any("third paragraph" in text for text in built(site, "full").values())
    assert not any("third paragraph" in text for text in built(site, "link").values())
    assert any("third paragraph" in text for text in built(site, "full").values())


def article(
    header: str, body: str = "First sentence. Second one.\n\nThird, and more of it.\n", rights: str = "excerpt"
) -> Article | Problem:
    settings = parse(SETTINGS.replace("RIGHTS", rights))
    head = f"---\ntitle: T\ndate: 2025-08-17\nseed: {{file: seeds/paper/a.txt}}\n{header}---\n{body}"
    return content.parse(head.encode(), "content/a.md", settings.zone, "en", settings.sources)


def test_an_articles_own_front_matter_wins() -> None:
    own = article("rights: full\nsource: {name: Other, url: https://o.example/1}\n")
    assert isinstance(own, Article)
    assert own.rights == "full"
    assert own.source is not None
    assert own.source.name == "Other"


def test_an_excerpt_is_never_more_than_half_of_an_article() -> None:
    found = article("", "One single sentence of a short article that is all there is.\n")
    assert isinstance(found, Article)
    assert len(found.summary) <= len("One single sentence of a short article that is all there is.") // 2
    found = article("", "A word.\n")
    assert isinstance(found, Article)
    assert found.summary in ("", "A…")


def test_a_mode_misspelt_publishes_nothing() -> None:
    found = article("rights: exerpt\n")
    assert isinstance(found, Problem)
    assert found.line == 5
    assert "full, excerpt, link" in found.hint


def test_a_sentence_about_rights_is_a_notice() -> None:
    found = article("rights: © 2025 The Paper\n", rights="full")
    assert isinstance(found, Article)
    assert (found.rights, found.notice) == ("full", "© 2025 The Paper")
