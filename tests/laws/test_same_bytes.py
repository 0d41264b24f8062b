"""Same input, same bytes: no clock, machine, order of files, number of processes or memory shows in the output."""

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from changes import Day, days, make
from hypothesis import Phase, example, given, settings
from sites import NOW, NOW_TEXT, Site, article, difference, seed, tree

from digest.errors import Problem


def filled(site: Site) -> Site:
    """Return the site with some of everything: seeds, hand-written articles, topics, a draft, languages."""
    for number in range(4):
        site.write(f"seeds/{number}.txt", seed(f"Seed number {number}", f"2025-08-{number // 2 + 16}"))
    site.write("seeds/many.txt", "\n".join(seed(f"One of many, {number}", "2025-07-01") for number in range(3)))
    site.write("content/2025/08/17/by-hand.md", article("By hand", topics=["Craft", "Łódź"], authors=["A. Author"]))
    site.write("content/2025/08/17/rtl.md", article("مرحبا", "2025-08-17T08:00:00+03:00", lang="ar", topics=["craft"]))
    site.write("content/2025/08/17/edition.yml", "lead: rtl\norder: [by-hand]\nnote: Two were *written* by hand.\n")
    site.write("content/2024/01/01/draft.md", article("Not yet", "2024-01-01", draft=True))
    return site


def large(site: Site, count: int = 300) -> Site:
    """Return the site with enough articles that several processes are worth while."""
    for number in range(count):
        day = f"2025-{number % 4 + 5:02}-{number % 28 + 1:02}"
        site.write(
            f"content/{day.replace('-', '/')}/story-{number}.md", article(f"Story {number}", day, topics=["All"])
        )
    return site


# Nothing is done twice.


def test_a_second_build_writes_nothing(site: Site) -> None:
    filled(site).build()
    times = site.times()
    again = site.build()
    assert (again.written, again.deleted, again.changed) == (0, 0, ())
    assert site.times() == times


def test_a_build_that_changes_nothing_loads_no_heavy_library(site: Site) -> None:
    filled(site)
    for _ in range(2):  # the first leaves files behind that are too fresh to be sure of
        loaded_by_a_build(site)
    out, loaded = loaded_by_a_build(site)
    assert "up to date" in out
    heavy = {
        "yaml",
        "jinja2",
        "markdown_it",
        "feedgen",
        "lxml",
        "numpy",
        "babel",
        "PIL",
        "rich",
        "msgspec",
        "digest.views",
    }
    assert sorted(loaded & heavy) == []


def test_an_edit_that_leaves_all_stories_as_they_are_loads_no_numpy(site: Site) -> None:
    filled(site)
    loaded_by_a_build(site)
    site.write("content/2025/08/17/by-hand.md", article("By hand", topics=["Craft"], authors=["Another"]))
    out, loaded = loaded_by_a_build(site)
    assert "up to date" not in out
    assert "numpy" not in loaded


def loaded_by_a_build(site: Site) -> tuple[str, set[str]]:
    """Build, and return what was said and which modules were loaded."""
    program = (
        "import sys\nfrom digest import cli\ntry:\n    cli.main()\n"
        "finally:\n    print('loaded', *sorted(sys.modules), file=sys.stderr)"
    )
    epoch = str(NOW // 1_000_000)  # `--now` asks the settings for the time zone
    out, err = site.start("build", program=program, SOURCE_DATE_EPOCH=epoch).communicate()
    return out, set(err.rpartition("loaded ")[2].split())


def test_a_second_build_writes_nothing_even_where_nothing_is_remembered(site: Site) -> None:
    filled(site).build()
    times = site.times()
    site.forget()
    assert site.build().written == 0
    assert site.times() == times


def test_a_second_build_writes_nothing_when_everything_is_made_again(site: Site) -> None:
    filled(site).build()
    times = site.times()
    assert site.build(full=True).written == 0
    assert site.times() == times


def test_a_second_command_says_that_nothing_was_to_do(site: Site) -> None:
    first = filled(site).run("build", "--now", NOW_TEXT)
    times = site.times()
    second = site.run("build", "--now", NOW_TEXT)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "up to date" in second.stdout
    assert site.times() == times


def test_an_edit_that_keeps_size_and_time_is_seen(site: Site) -> None:
    site.write("content/one.md", article("One", text="Before."))
    site.build()
    times = os.stat(site.root / "content/one.md")
    site.replace("content/one.md", "Before.", "After!.")
    os.utime(site.root / "content/one.md", ns=(times.st_atime_ns, times.st_mtime_ns))
    site.build()
    assert b"After!." in site.output()["2025/08/17/one/index.html"]


def test_a_changed_template_is_seen(site: Site) -> None:
    """Also by a process that builds more than once, and when compiled templates are at hand."""
    for text in ("One", "Two", "One"):
        filled(site).write("templates/partials/footer.html", f"<footer>{text}</footer>\n")
        site.build()
        assert f"<footer>{text}</footer>".encode() in site.output()["index.html"]


# An incremental build equals a clean one.


@given(days(8))
@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])  # `make soak` looks for a short example
@example([Day([("add_seed", 4, 0)]), Day([("copy_seed", 4, 0)]), Day([("edit_seed", 4, 0)]), Day([("forget", 0, 0)])])
@example([Day([("change_words", 0, 0)]), Day([], drafts=True), Day([("change_words", 0, 2)])])
@example([Day([("edit_article", 1, 1), ("arrive", 0, 0), ("damage_output", 5, 0)]), Day([("arrive", 0, 0)])])
def test_an_incremental_build_equals_a_clean_one(days: list[Day]) -> None:
    incremental_equals_clean(days)


@pytest.mark.soak
@given(days(16))
@settings(max_examples=120)
def test_an_incremental_build_equals_a_clean_one_for_long(days: list[Day]) -> None:
    incremental_equals_clean(days)


def is_of_an_import(problem: Problem) -> bool:
    """Tell whether a problem is a warning about what was imported just now."""
    return problem.severity == "warning" and (
        problem.path.startswith("seeds/") or problem.message.startswith("the article came late")
    )


def incremental_equals_clean(days: list[Day]) -> None:
    """Do the same to a digest that remembers and to one that starts from nothing each day: both stay the same."""
    with tempfile.TemporaryDirectory() as folder:
        remembering = filled(Site.make(Path(folder) / "remembering"))
        forgetful = filled(Site.make(Path(folder) / "forgetful"))
        remembering.build()
        forgetful.build()
        for number, day in enumerate(days):
            fresh = Path(folder) / f"site of day {number}"
            asked = {"drafts": day.drafts, "future": day.future}
            make(remembering, day.changes)
            make(forgetful, day.changes)
            forgetful.forget()
            incremental, clean = remembering.build(**asked), forgetful.build(output=fresh, **asked)
            assert difference(remembering.content(), forgetful.content()) == []
            assert difference(remembering.output(), tree(fresh)) == []
            assert sorted(incremental.problems) == sorted(clean.problems)
            again = remembering.build(**asked)
            assert (again.written, again.deleted) == (0, 0)
            told_once = set(clean.problems) - set(again.problems)
            assert set(again.problems) <= set(clean.problems)
            assert all(map(is_of_an_import, told_once)), "nothing else is told once"
        clone = remembering.clone(Path(folder) / "clone")
        clone.build(**asked)
        assert difference(remembering.output(), clone.output()) == []
        assert difference(remembering.content(), clone.content()) == []


# The machine does not show.


def test_any_number_of_processes_gives_the_same(site: Site, tmp_path: Path) -> None:
    several = large(filled(site)).clone(tmp_path / "several")
    assert site.build(jobs=1).written == several.build(jobs=3).written
    assert difference(site.output(), several.output()) == []
    for one in (site, several):
        one.configure(title="Another title, on every page")
    assert site.build(jobs=1).written == several.build(jobs=3).written
    assert difference(site.output(), several.output()) == []


@pytest.mark.parametrize("seed_of_order", range(4))
def test_the_order_of_files_does_not_show(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed_of_order: int
) -> None:
    """Neither that in which they were made, nor that in which the file system names them."""
    order = random.Random(seed_of_order)  # noqa: S311 - any order will do
    files = list(tree(filled(site).root).items())
    order.shuffle(files)
    other = Site(tmp_path / "other")
    for path, data in files:
        other.write(path, data)
    site.build()
    with monkeypatch.context() as patch:
        name_files_in(order, patch)
        other.build()
    assert difference(site.output(), other.output()) == []
    assert difference(site.content(), other.content()) == []


def name_files_in(order: random.Random, patch: pytest.MonkeyPatch) -> None:
    """Let the file system name the files of a folder in another order each time."""
    scandir, listdir = os.scandir, os.listdir

    class Shuffled:
        def __init__(self, path: Any = ".") -> None:
            with scandir(path) as entries:
                self.entries = list(entries)
            order.shuffle(self.entries)

        def __enter__(self) -> "Shuffled":
            return self

        def __exit__(self, *error: object) -> None:
            self.entries = []

        def __iter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self.entries)

    patch.setattr(os, "scandir", Shuffled)
    patch.setattr(os, "listdir", lambda path=".": order.sample(names := listdir(path), len(names)))


MACHINES = [
    ("digest", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}, "2026-01-01T00:00"),
    (
        "a folder/with % Ünïcode",
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        "2026-01-01T23:59:59",
    ),
    ("d", {"TZ": "America/Los_Angeles", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}, "2026-01-02"),
]


def test_paths_timezones_locales_and_times_of_day_do_not_show(site: Site, tmp_path: Path) -> None:
    filled(site)
    outputs, contents = [], []
    for folder, environment, now in MACHINES:
        other = site.clone(tmp_path / "machines" / folder)
        built = other.run("build", "--jobs", "1", "--now", now, **environment)
        assert (built.returncode, built.stderr) == (0, "")
        outputs.append(other.output())
        contents.append(other.content())
    assert outputs[0]["index.html"]
    assert [difference(outputs[0], output) for output in outputs] == [[], [], []]
    assert [difference(contents[0], content) for content in contents] == [[], [], []]


def test_where_the_output_goes_does_not_show(site: Site, tmp_path: Path) -> None:
    filled(site).build()
    site.build(output=tmp_path / "elsewhere" / "public")
    assert difference(site.output(), tree(tmp_path / "elsewhere" / "public")) == []


# A base URL is only a base URL.


def test_a_base_url_changes_only_absolute_links(site: Site) -> None:
    filled(site).build()
    usual = site.output()
    site.build(base_url="https://mirror.example.net/far/away/")
    moved = site.output()
    assert usual.keys() == moved.keys()
    back = {
        path: data.replace(b"https://mirror.example.net/far/away/", b"https://example.org/news/")
        for path, data in moved.items()
    }
    # A host shows 404.html at any depth: its links start at the host's root.
    back["404.html"] = back["404.html"].replace(b'="/far/away/', b'="/news/')
    assert difference(usual, back) == []
    touched = difference(usual, moved)
    assert "feed.xml" in touched
    assert all(b"example.org" in usual[path] for path in touched)


def test_a_base_url_leaves_the_ids_of_the_feed_alone(site: Site) -> None:
    filled(site).build()
    ids = [line for line in site.output()["feed.xml"].split(b"\n") if b"<id>" in line]
    site.build(base_url="https://mirror.example.net/")
    assert [line for line in site.output()["feed.xml"].split(b"\n") if b"<id>" in line] == ids
    assert len(ids) == len(set(ids)) > 5
