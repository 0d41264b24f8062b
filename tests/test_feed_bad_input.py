"""Input that breaks other feeds: what cannot be shown is named, and every feed stays whole and loses nobody."""

import json
from xml.etree import ElementTree as ET

import pytest
from checks import findings, told
from sites import Site, article

from digest.errors import DigestError

ATOM = "{http://www.w3.org/2005/Atom}"
LEFT_OUT = [
    ("noncharacter", "2025-08-17", "One \ufffe two"),
    ("last noncharacter", "2025-08-17", "One \uffff two"),
    ("bell", "2025-08-17", "One \x07 two"),
    ("five digits", "10000-01-01", "Text."),
    ("beyond the calendar", "9999-12-31T23:59:59-12:00", "Text."),
    ("year zero", "0000-01-01", "Text."),
]
KEPT = [
    ("the first day but one", "0001-01-02", "Text."),
    ("before all computers", "1969-12-31T23:59:59Z", "Text."),
    ("no text at all", "2025-08-17", "![](https://e.example/x.png)"),
    ("end of CDATA ]]>", "2025-08-17", "Text ]]> and &amp; `]]>`."),
    ("left to right \u200e, right to left \u200f, none \u200b", "2025-08-17", "Text."),
]


def test_what_no_feed_can_hold_is_named_and_all_else_is_in_every_feed(site: Site) -> None:
    for number, (title, date, text) in enumerate(LEFT_OUT):
        site.write(f"content/bad-{number}.md", article(title, date, text, topics=["feed.xml"]))
    for number, (title, date, text) in enumerate(KEPT):
        site.write(f"content/good-{number}.md", article(title, date, text, topics=["feed.xml"]))
    site.write("content/bad-title.md", '---\ntitle: "\\ud800"\ndate: 2025-08-17\n---\nText.\n')
    result = site.build()
    assert {problem.path for problem in result.problems} == {
        *(f"content/bad-{number}.md" for number in range(len(LEFT_OUT))),
        "content/bad-title.md",
    }
    assert all(problem.severity == "error" and problem.line and problem.hint for problem in result.problems)
    titles = sorted(title for title, _, _ in KEPT)
    for path in ("feed.xml", "topics/feed-xml/feed.xml"):
        feed = ET.parse(site.folder / path)  # noqa: S314 - our own feed
        assert sorted(entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")) == titles
        beside = json.loads((site.folder / path).with_suffix(".json").read_bytes())
        assert sorted(item["title"] for item in beside["items"]) == titles
    assert told(findings(site)) == []


def test_the_last_day_of_all_has_an_edition(site: Site) -> None:
    site.write("content/a.md", article("A", "9999-12-31"))
    assert not site.build(future=True).problems
    assert (site.folder / "feeds/9999-12.xml").is_file()


@pytest.mark.parametrize(
    "url", ["example.org", "//example.org/", "https://ex ample.org/", "https://e.org/a b/", "ftp://e.org/"]
)
def test_an_address_of_the_site_that_no_reader_could_open_is_refused(site: Site, url: str) -> None:
    site.configure(url=url)
    with pytest.raises(DigestError, match="is not the address of a site") as refused:
        site.build()
    assert "https://" in refused.value.hint
    assert not site.folder.exists()
