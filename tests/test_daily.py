"""The day of a person who writes: new articles, corrections, old addresses, what is taken back, what is still to come."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import NOW_TEXT, Site, article, broken_links

from digest import frontmatter
from digest.editor import correcting
from digest.pages import redirects

RAIN = "content/2025/08/17/rain.md"
PAGE = "2025/08/17/rain/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.make(tmp_path)


def page(site: Site, path: str) -> str:
    return (site.folder / path).read_text("utf-8")


def header(site: Site, path: str) -> dict[str, object]:
    return frontmatter.load(frontmatter.split(site.read(path)).header)


def test_a_new_article_is_a_draft_of_today_in_the_digest_s_zone(site: Site) -> None:
    done = site.run("new", "  Über   Nacht: Regen ", "--now", "2025-08-17T23:30:00Z", "--lang", "de")
    assert (done.returncode, done.stdout) == (0, "content/2025/08/18/ueber-nacht-regen.md\n")
    values = header(site, done.stdout.strip())
    assert str(values.pop("id")).startswith("urn:uuid:")
    assert values == {"title": "Über Nacht: Regen", "date": "2025-08-18T01:30+02:00", "lang": "de", "draft": "true"}
    assert site.build().articles == 0
    assert site.build(drafts=True).articles == 1


def test_a_new_article_may_be_published_at_once_and_never_overwrites(site: Site) -> None:
    assert site.run("new", "Rain", "--publish", "--now", "2025-08-17").returncode == 0
    before = site.read(RAIN)
    assert site.build().articles == 1
    again = site.run("new", "Rain", "--now", "2025-08-17")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert site.read(RAIN) == before


@pytest.mark.parametrize("arguments", [[""], ["x" * 1001], ["Rain", "--lang", "not a tag"]])
def test_a_new_article_that_no_build_would_take_is_refused(site: Site, arguments: list[str]) -> None:
    done = site.run("new", *arguments)
    assert done.returncode == 2
    assert not site.files("content")


def test_it_opens_the_editor(site: Site) -> None:
    editor = site.root / "editor.sh"
    site.write("editor.sh", '#!/bin/sh\necho "Written." >> "$1"\n')
    editor.chmod(0o700)
    done = site.run("new", "Rain", "--edit", "--now", "2025-08-17", EDITOR=str(editor), VISUAL=str(editor))
    assert done.returncode == 0
    assert site.read(RAIN).endswith("\nWritten.\n")


def test_a_correction_is_told_with_its_day_and_nothing_else_changes(site: Site) -> None:
    text = "---\r\ntitle: 'Rain' # a comment\r\ndate: 2025-08-17\r\n---\r\n\r\nIt rained.\r\n"
    site.write(RAIN, text)
    done = site.run("correct", str(site.root / RAIN), 'The river: "Main", not Rhine.', "--now", "2025-08-18T08:00")
    assert done.returncode == 0, done.stderr
    site.build()
    written = (site.root / RAIN).read_bytes().decode()
    added = 'updated: 2025-08-18T08:00:00+02:00\r\ncorrections:\r\n  - {date: 2025-08-18, text: "The river: \\"Main\\", not Rhine."}\r\n'
    assert sorted(written.split("\r\n")) == sorted(text.replace("---\r\n\r\n", f"{added}---\r\n\r\n").split("\r\n"))
    assert "&#34;Main&#34;, not Rhine." in page(site, PAGE)
    assert "<updated>2025-08-18T0" in page(site, "feed.xml")


@pytest.mark.parametrize(
    "before",
    [
        "title: Rain\n",
        "title: Rain\nupdated: 2025-08-17\n",
        "title: Rain\nlastmod: '2025-08-17' # then\n",
        "updated:\ntitle: Rain\n",
        "corrections:\ntitle: Rain\n",
        "corrections: []\ntitle: Rain\n",
        "corrections: [{date: 2025-01-01, text: a}] # one\ntitle: Rain\n",
        "corrections:\n- date: 2025-01-01\n  text: a\ntitle: Rain\n",
        "corrections:\n  - {date: 2025-01-01, text: a}\n\n# more\ntitle: Rain\n",
        "title: Rain\ncorrections:\n  - date: 2025-01-01\n    text: |\n      two\n      lines\n",
        "title: Rain\ncorrections:\n  - date: 2025-01-01\n    text: a",
    ],
)
def test_a_correction_in_every_form_of_front_matter(before: str) -> None:
    after = correcting.rewrite(before, "\n", "2025-08-18", "2025-08-18T08:00:00+02:00", "b: c")
    assert after is not None
    old, new = frontmatter.load(before), frontmatter.load(after)
    assert new.pop("corrections") == [*(old.pop("corrections", None) or []), {"date": "2025-08-18", "text": "b: c"}]
    key = next((key for key in correcting.UPDATED if key in new), "")
    assert new.pop(key) == "2025-08-18T08:00:00+02:00"
    old.pop(key, None)
    assert new == old
    assert [line for line in before.split("\n") if "#" in line and line.split("#")[1] not in after] == []


@given(st.text(max_size=40))
def test_any_words_of_a_correction_are_kept_or_refused(words: str) -> None:
    after = correcting.rewrite("title: Rain\n", "\n", "2025-08-18", "2025-08-18T08:00:00Z", words)
    if after is not None:
        assert frontmatter.load(after)["corrections"] == [{"date": "2025-08-18", "text": words}]


@pytest.mark.parametrize("arguments", [["content/none.md", "x"], ["digest.yml", "x"], [RAIN, " "]])
def test_a_correction_of_nothing_or_of_no_article_is_refused(site: Site, arguments: list[str]) -> None:
    site.write(RAIN, article("Rain"))
    before = site.content()
    done = site.run("correct", *arguments)
    assert done.returncode == 2
    assert "digest: " in done.stderr
    assert site.content() == before


def test_an_alias_leads_to_the_article(site: Site) -> None:
    site.write(RAIN, article("Rain & wind", aliases=["/old/rain/", "older.html", "/2025/08/17/rain/"], slug="rain"))
    result = site.build()
    assert not result.problems
    for path, link in (("old/rain/index.html", "../../2025/08/17/rain/"), ("older.html", "2025/08/17/rain/")):
        text = page(site, path)
        assert f'content="0; url={link}index.html"' in text
        assert '<link rel="canonical" href="https://example.org/news/2025/08/17/rain/">' in text
        assert ">Rain &amp; wind</a>" in text
        assert path.removesuffix("index.html") not in page(site, "sitemap.xml") + page(site, "sitemaps/2025-08.xml")
    assert "Rain &amp; wind" in page(site, PAGE)


def test_an_alias_goes_with_the_line_that_named_it(site: Site) -> None:
    site.write(RAIN, article("Rain", aliases=["old"]))
    site.build()
    site.write(RAIN, article("Rain"))
    site.build()
    assert not (site.folder / "old").exists()


def test_a_renamed_article_is_found_at_its_old_address(site: Site) -> None:
    site.write(RAIN, article("Rain"))
    site.build()
    site.write(RAIN, article("Rain", slug="wet", aliases=["/2025/08/17/rain/"]))
    assert not site.build().problems
    assert "wet/index.html" in page(site, PAGE)
    assert broken_links(site.folder) == []


@pytest.mark.parametrize("alias", ["/2025/08/", "topics/sea", "archive/index.html", "index.html", "2025/08/17/sun"])
def test_an_alias_never_takes_the_place_of_a_page(site: Site, alias: str) -> None:
    site.write("content/2025/08/17/sun.md", article("Sun", topics=["Sea"]))
    before = site.build() and site.output([".digest-manifest"])
    site.write(RAIN, article("Rain", "2025-08-16", aliases=[alias]))
    (problem,) = site.build().problems
    assert problem.path == RAIN
    assert "is a page of the site" in problem.message
    assert 'http-equiv="refresh"' not in "".join(text.decode("utf-8", "ignore") for text in site.output().values())
    assert before


def test_of_two_articles_with_one_alias_the_first_by_file_has_it(site: Site) -> None:
    site.write("content/a.md", article("First", aliases="old"))
    site.write("content/b.md", article("Second", aliases="/old/"))
    (problem,) = site.build().problems
    assert problem.path == "content/b.md"
    assert "First" in page(site, "old/index.html")


@pytest.mark.parametrize(
    "alias",
    ["../x", "/..", "https://example.com/x", "//example.com", "a//b", "", "/", "feed.xml", ".git/x", "a\\b", "x?y"],
)
def test_an_alias_outside_the_site_is_refused(alias: str) -> None:
    assert redirects.path_of(alias) == ""


@given(st.text(max_size=30))
def test_no_alias_leads_out_of_the_site(alias: str) -> None:
    path = redirects.path_of(alias)
    assert path == "" or (path.endswith(".html") and os.path.normpath(path) == path and path[0] not in "/.")


def test_a_retracted_article_says_so_and_is_in_no_feed(site: Site) -> None:
    site.write(RAIN, article("Rain", text="The secret is out.", retracted="The source was invented."))
    site.write("content/sun.md", article("Sun"))
    assert not site.build().problems
    assert "Retracted" in page(site, PAGE)
    assert "The source was invented." in page(site, PAGE)
    assert "The source was invented." in page(site, "2025/08/17/index.html")
    assert "<title>Sun</title>" in page(site, "feed.xml")
    assert "<title>Rain</title>" not in page(site, "feed.xml")
    assert not any(b"The secret is out" in data for data in site.output().values())


def test_a_build_says_when_the_next_article_is_due(site: Site) -> None:
    site.write("content/a.md", article("Soon", "2026-03-01T06:30"))
    site.write("content/b.md", article("Later", "2026-04-01"))
    site.write("content/c.md", article("Never", "2026-02-01", draft=True))
    for _ in range(2):  # the second has nothing to do, and says it too
        done = site.run("build", "--no-search", "--now", NOW_TEXT)
        assert "2 articles scheduled, the next one is due at 2026-03-01T05:30:00Z" in done.stdout
    assert "scheduled" not in site.run("build", "--no-search", "--now", "2027-01-01").stdout


def test_json_tells_a_deploy_what_to_delete_and_cron_when_to_come_again(site: Site) -> None:
    site.configure(compress=["gz"], timezone="UTC")
    site.write("content/rain.md", article("Rain", expires="2025-08-20"))
    site.write("content/sun.md", article("Sun", "2025-08-18T06:00:00.5Z"))
    before = {path for path in site.output() if not path.startswith(".")}

    def build(now: str) -> dict[str, Any]:
        nonlocal before
        told: dict[str, Any] = json.loads(site.run("build", "--json", "--no-search", "--now", now).stdout)
        after = {path for path in site.output() if not path.startswith(".")}
        assert set(told["deleted_paths"]) == before - after
        assert told["deleted"] == len(told["deleted_paths"])
        assert after - before <= set(told["changed"])
        before = after
        return told

    def moments(told: dict[str, Any]) -> tuple[int, str | None, str | None]:
        return told["scheduled"], told["due"], told["next_change"]

    assert moments(build("2025-08-17T12:00")) == (1, "2025-08-18T06:00:01Z", "2025-08-18T00:00:00Z")
    assert moments(build("2025-08-18T00:00")) == (1, "2025-08-18T06:00:01Z", "2025-08-18T06:00:01Z")
    assert moments(build("2025-08-19T00:00")) == (0, None, "2025-08-20T00:00:00Z")
    site.configure(timezone="UTC")
    told = build("2025-08-20T00:00")
    assert moments(told) == (0, None, None)
    assert {PAGE, f"{PAGE}.gz", "index.html.gz"} <= set(told["deleted_paths"])
    again = build("2025-08-20T00:00")
    assert (again["deleted_paths"], moments(again)) == ([], (0, None, None))
