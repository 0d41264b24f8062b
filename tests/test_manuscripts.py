"""The Markdown of articles beside their pages, where the settings want it."""

import pytest
from sites import Site, article

from digest.frontmatter import load

HREF = "2025/08/17/ferry/index"


def test_the_markdown_of_an_article_stands_beside_its_page_word_for_word(site: Site) -> None:
    site.configure(markdown="true")
    text = "The *ferry* sails <b>again</b>.\n\n## What we know\n\n- One & two\n- ---"
    keys = {"slug": "ferry", "kicker": "Harbour", "topics": ["Sea"], "authors": ["Ann Hill"], "secret": "of mine"}
    site.write("content/a.md", article('Ferry: "here"', "2025-08-17 09:20", text, **keys))
    site.build()
    beside = (site.folder / f"{HREF}.md").read_text("utf-8")
    header, _, body = beside.removeprefix("---\n").partition("\n---\n\n")
    assert body == f"{text}\n"
    assert load(f"{header}\n") == {
        "title": 'Ferry: "here"',
        "kicker": "Harbour",
        "date": "2025-08-17T09:20:00+02:00",
        "lang": "en",
        "authors": ["Ann Hill"],
        "topics": ["Sea"],
        "canonical": f"https://example.org/news/{HREF}.html".removesuffix("index.html"),
    }
    page = (site.folder / f"{HREF}.html").read_text("utf-8")
    assert '<link rel="alternate" type="text/markdown" href="index.md">' in page


@pytest.mark.parametrize("keys", [{"rights": "link"}, {"rights": "excerpt"}, {"retracted": "It was wrong."}])
def test_of_what_may_not_be_shown_whole_there_is_none(site: Site, keys: dict[str, str]) -> None:
    site.configure(markdown="true")
    site.write("content/a.md", article("Ferry", text="Shown.\n\nNot to be shown.", slug="ferry", **keys))
    site.build()
    assert not (site.folder / f"{HREF}.md").exists()
    assert "text/markdown" not in (site.folder / f"{HREF}.html").read_text("utf-8")


def test_it_changes_and_goes_with_its_article_and_with_the_setting(site: Site) -> None:
    site.configure(markdown="true")
    site.write("content/a.md", article("Ferry", text="One.", slug="ferry"))
    site.build()
    beside = site.folder / f"{HREF}.md"
    site.write("content/a.md", article("Ferry", text="Two.", slug="ferry"))
    assert f"{HREF}.md" in site.build().changed
    assert beside.read_text("utf-8").endswith("\n\nTwo.\n")
    site.delete("content/a.md")
    site.build()
    assert not beside.exists()
    site.write("content/a.md", article("Ferry", slug="ferry"))
    site.build()
    assert beside.exists()
    site.configure()
    site.build()
    assert not beside.exists()
