"""The search index: which files it has, and when they are made again."""

import json
import signal
import sys
from pathlib import Path

import pytest
from sites import NOW_TEXT, Site, article, difference, tree

from digest import pagefind, search
from digest.pagefind import Engine, PagefindError

ENGINE = pagefind.find()
pytestmark = pytest.mark.skipif(ENGINE is None, reason="Pagefind is not installed")


def filled(site: Site, months: int = 3) -> Site:
    for month in range(1, months + 1):
        for day in (3, 4):
            title = f"Lighthouse {month} {day}"
            site.write(f"content/{month}-{day}.md", article(title, f"2025-{month:02}-{day:02}"))
    return site


def index(site: Site) -> dict[str, bytes]:
    """Return the files of the index."""
    return {path: data for path, data in tree(site.folder / "search").items() if path != "index.html"}


def months(site: Site) -> list[str]:
    """Return the months that can be searched."""
    return [month for month, *_ in json.loads(index(site)["index.json"])["indexes"]]


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the folders of the index that changed."""
    return {path.split("/")[0] for path in difference(before, after)}


def test_each_month_has_an_index(site: Site) -> None:
    result = filled(site).build(search=True)
    assert result.problems == []
    listed = json.loads(index(site)["index.json"])["indexes"]
    assert [row[:4] for row in listed] == [[f"2025-0{month}", "en", 2, "en"] for month in (3, 2, 1)]
    assert {"2025-03/pagefind-entry.json", "pagefind/en/pagefind.js", "pagefind/en/wasm.en.pagefind"} <= index(
        site
    ).keys()
    assert set(result.changed) == site.output().keys() - {".digest-manifest"}
    assert sum(path.endswith(".pf_fragment") for path in index(site)) == 6


def test_each_language_of_a_month_is_listed_with_what_searches_it(site: Site) -> None:
    for lang in ("de", "en", "ja", "pt-BR"):
        site.write(f"content/{lang}.md", article(f"About {lang}", lang=lang))
    site.build(search=True)
    listed = json.loads(index(site)["index.json"])["indexes"]
    assert [(lang, program) for _, lang, _, program, _ in listed] == [
        ("de", "de"),
        ("en", "en"),
        ("ja", "unknown"),
        ("pt-br", "pt-br"),
    ]
    assert {path.split("/")[1] for path in index(site) if path.startswith("pagefind/")} == {
        "de",
        "en",
        "pt-br",
        "unknown",
    }


@pytest.mark.parametrize("archive", [2, 8])
def test_an_article_touches_its_month_only_however_large_the_archive(site: Site, archive: int) -> None:
    filled(site, archive).build(search=True)
    before = index(site)
    site.write("content/new.md", article("New", f"2025-{archive:02}-05"))
    result = site.build(search=True)
    after = index(site)
    assert changed(before, after) == {f"2025-{archive:02}", "index.json"}
    assert len(difference(before, after)) == 7  # its fragment; words, meta (old and new each); entry and list
    assert {f"search/{path}" for path in difference(before, after) if path in after} <= set(result.changed)


def test_a_month_is_indexed_again_only_where_what_is_indexed_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(site).build(search=True)
    before = index(site)
    asked = []
    monkeypatch.setattr(pagefind, "index", lambda *args: asked.append(args))
    site.write("templates/partials/footer.html", "<footer>New</footer>\n")
    assert "2025/01/03/1-3/index.html" in site.build(search=True).changed
    assert (asked, index(site)) == ([], before)


def test_a_build_that_changes_nothing_says_so_until_the_index_is_touched(site: Site) -> None:
    filled(site).build(search=True)
    before = index(site)
    assert site.build(search=True).written == 0
    lost = next(path for path in before if path.endswith(".pf_fragment"))
    site.delete(f"site/search/{lost}")
    assert site.build(search=True).changed == [f"search/{lost}"]
    assert index(site) == before


def test_a_month_without_articles_has_no_index(site: Site) -> None:
    filled(site).build(search=True)
    for day in (3, 4):
        site.delete(f"content/2-{day}.md")
    result = site.build(search=True)
    assert months(site) == ["2025-03", "2025-01"]
    assert not [path for path in index(site) if path.startswith("2025-02")]
    assert result.deleted > 2


def test_no_search_keeps_what_is_right_and_removes_what_is_not(site: Site) -> None:
    filled(site).build(search=True)
    before = index(site)
    site.write("content/2-3.md", article("Taken back", "2025-02-03"))
    assert site.build().problems == []
    assert months(site) == ["2025-03", "2025-01"]
    assert changed(before, index(site)) == {"2025-02", "index.json"}
    site.build(search=True)
    assert months(site) == ["2025-03", "2025-02", "2025-01"]


def test_without_search_there_is_a_list_of_no_index(site: Site) -> None:
    filled(site).build()
    assert index(site) == {"index.json": b'{"indexes":[]}'}


def test_the_command_makes_an_index_unless_told_not_to(site: Site) -> None:
    assert filled(site).run("build", "--now", NOW_TEXT, "--no-search").returncode == 0
    assert months(site) == []
    assert site.run("build", "--now", NOW_TEXT).returncode == 0
    assert len(months(site)) == 3


# Same articles, same files.


def test_the_same_articles_give_the_same_index(site: Site, tmp_path: Path) -> None:
    for lang in ("de", "en", "ja", "tr"):
        site.write(f"content/{lang}.md", article(f"About {lang}", lang=lang))
    filled(site).build(search=True)
    other = site.clone(tmp_path / "other")
    other.build(search=True, jobs=2)
    assert difference(site.output(), other.output()) == []
    site.forget()
    site.build(search=True)
    assert difference(site.output(), other.output()) == []
    site.build(search=True, full=True)
    assert difference(site.output(), other.output()) == []


def test_an_incremental_index_equals_a_clean_one(site: Site, tmp_path: Path) -> None:
    filled(site).build(search=True)
    site.write("content/new.md", article("New", "2025-02-05"))
    site.write("content/1-3.md", article("Edited", "2025-01-03"))
    site.delete("content/3-4.md")
    site.build(search=True)
    other = site.clone(tmp_path / "other")
    other.build(search=True)
    assert difference(site.output(), other.output()) == []


# What goes wrong.

KILLED = """
import os, signal
from digest import cli, search
put, left = search._put, [2]
def killing(*args):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    put(*args)
search._put = killing
cli.main()
"""


def test_a_build_that_is_killed_while_it_indexes_leaves_the_site_whole(site: Site, tmp_path: Path) -> None:
    process = filled(site).start("build", "--now", NOW_TEXT, program=KILLED)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    other = site.clone(tmp_path / "other")
    other.build()
    assert [path for path in difference(site.output(), other.output()) if not path.startswith("search/")] == [
        ".digest-manifest",
        ".digest-tmp/",
    ]
    other.build(search=True)
    site.build(search=True)
    assert difference(site.output(), other.output()) == []


@pytest.mark.parametrize("program", ["", "print('AAAA,' * 9)", "import sys; sys.stdin.read(1)"])
def test_where_pagefind_fails_the_site_is_built_and_the_next_build_tries_again(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    broken = tmp_path / "broken"
    broken.write_text(f"#!{sys.executable}\n{program}\n")
    broken.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(pagefind, "find", lambda: Engine(str(broken), "broken"))
        result = filled(site).build(search=True)
    (problem,) = result.problems
    assert (problem.severity, problem.path) == ("warning", "search/index.json")
    assert months(site) == []
    assert site.build(search=True).problems == []
    assert len(months(site)) == 3


def test_without_pagefind_a_build_says_how_to_get_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "find", lambda: None)
    for _ in range(2):
        (problem,) = filled(site).build(search=True).problems
        assert "Pagefind is not installed" in problem.message
        assert "pip install pagefind-bin-extended" in problem.hint


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(PagefindError, match="does not start"):
        pagefind.index(Engine("/nowhere/pagefind", ""), [("a/index.html", "<p>A</p>")])


def test_files_of_people_in_the_folder_are_left_alone(site: Site) -> None:
    filled(site).write("site/search/notes.txt", "Mine.")
    site.write("site/search/2025-02/pagefind-entry.json", "Mine, too.")
    (problem,) = site.build(search=True).problems
    assert (problem.severity, problem.path) == ("error", "search/2025-02/pagefind-entry.json")
    site.delete("content/2-3.md")
    site.delete("content/2-4.md")
    site.build(search=True)
    assert site.read("site/search/notes.txt") == "Mine."
    assert site.read("site/search/2025-02/pagefind-entry.json") == "Mine, too."


def test_clean_removes_the_index(site: Site) -> None:
    filled(site).build(search=True)
    assert site.run("clean").returncode == 0
    assert index(site) == {}


def test_a_page_that_no_theme_marks_is_not_indexed(site: Site) -> None:
    filled(site).write("templates/article.html", "<p>{{ view.article.title }}</p>\n")
    assert site.build(search=True).problems == []
    assert months(site) == []
    assert search.LIST.removeprefix("search/") in index(site)
