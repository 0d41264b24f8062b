"""What a process keeps from one build to the next saves time, and nothing else: `digest serve` shows what a build makes."""

import tempfile
from pathlib import Path

import pytest
from changes import Day, days, make
from hypothesis import Phase, example, given, settings
from sites import Site, article, difference, tree
from test_same_bytes import filled

from digest import build as building


@given(days(6))
@settings(max_examples=4, phases=[Phase.explicit, Phase.generate])  # `make soak` looks for a short example
@example([Day([("edit_article", 0, 0)]), Day([("change_words", 0, 0)]), Day([("edit_article", 0, 1)])])
@example([Day([("edit_article", 0, 0)]), Day([("forget", 0, 0)]), Day([("delete_article", 0, 1)])])
def test_a_build_that_kept_something_equals_a_clean_one(days: list[Day]) -> None:
    kept_equals_clean(days)


@pytest.mark.soak
@given(days(16))
@settings(max_examples=120)
def test_a_build_that_kept_something_equals_a_clean_one_for_long(days: list[Day]) -> None:
    kept_equals_clean(days)


def kept_equals_clean(days: list[Day]) -> None:
    """Do the same to a digest that is served and to one that starts from nothing each day: both stay the same."""
    with tempfile.TemporaryDirectory() as folder:
        served = filled(Site.make(Path(folder) / "served"))
        forgetful = filled(Site.make(Path(folder) / "forgetful"))
        _, kept = served.rebuild(None, None)
        forgetful.build()
        for number, day in enumerate(days):
            fresh = Path(folder) / f"site of day {number}"
            asked = {"drafts": day.drafts, "future": day.future}
            before = sources(served)
            make(served, day.changes)
            make(forgetful, day.changes)
            forgetful.forget()
            touched = any(name == "damage_output" for name, _, _ in day.changes)
            changed = None if touched else differing(served, before)
            result, kept = served.rebuild(kept, changed, **asked)
            clean = forgetful.build(output=fresh, **asked)
            assert difference(served.content(), forgetful.content()) == []
            assert difference(served.output(), tree(fresh)) == []
            assert sorted(result.problems) == sorted(clean.problems)


def sources(site: Site) -> dict[str, tuple[int, int]]:
    """Return when each file that a build reads was changed, and where it is: no two that follow each other are alike."""
    return {
        path: (status.st_ctime_ns, status.st_ino)
        for path in site.files(".")
        if not path.startswith("site/")
        for status in [(site.root / path).stat()]
    }


def differing(site: Site, before: dict[str, tuple[int, int]]) -> list[str]:
    """Return what a watch tells: absolute paths, with what an editor left for a moment beside each file."""
    now = sources(site)
    names = [path for path in before.keys() | now.keys() if before.get(path) != now.get(path)]
    return [str(site.root / name) for path in names for name in (path, f"{path}.tmp")]


def test_a_site_that_is_up_to_date_leaves_something_to_keep_at_the_second_look(site: Site) -> None:
    """So the first change that `digest serve` sees takes no longer than those after it."""
    for _ in range(2):  # the first leaves files behind that are too fresh to be sure of
        filled(site).build()
    _, kept = site.rebuild(None, None)
    assert not kept.results
    result, kept = site.rebuild(kept, None)
    assert kept.results
    assert kept.articles
    assert result.written == 0


def test_another_process_that_built_meanwhile_is_noticed(site: Site) -> None:
    """Its build wrote to the memory: what this process read of it before is no longer so."""
    _, kept = filled(site).rebuild(None, None)
    site.write("content/2025/08/17/by-hand.md", article("Changed by hand"))
    site.build()
    site.replace("content/2025/08/17/by-hand.md", "Changed by hand", "Changed again")
    result, kept = site.rebuild(kept, [str(site.root / "content/2025/08/17/by-hand.md")])
    assert list(result.problems) == []
    assert b"Changed again" in site.output()["2025/08/17/by-hand/index.html"]
    again, _ = site.rebuild(kept, None)
    assert (again.written, again.deleted) == (0, 0)


def test_nothing_kept_is_changed_by_the_next_build(site: Site) -> None:
    _, kept = filled(site).rebuild(None, None)
    found, articles = dict(kept.found.content), dict(kept.articles)
    outputs = {folder: dict(rows) for folder, rows in kept.tables.outputs.items()}
    site.write("content/2025/08/17/by-hand.md", article("Changed by hand"))
    site.rebuild(kept, [str(site.root / "content/2025/08/17/by-hand.md")])
    assert (found, articles) == (kept.found.content, kept.articles)
    assert outputs == kept.tables.outputs


def test_only_what_is_said_to_be_changed_is_looked_at(site: Site) -> None:
    """That is what it saves; so who says so must be sure, and `digest serve` looks at everything a moment later."""
    _, kept = filled(site).rebuild(None, None)
    site.write("content/2025/08/17/by-hand.md", article("Changed by hand"))
    site.write("content/2025/08/17/rtl.md", article("Changed too"))
    one, kept = site.rebuild(kept, [str(site.root / "content/2025/08/17/by-hand.md")])
    other, _ = site.rebuild(kept, None)
    assert "2025/08/17/by-hand/index.html" in one.changed
    assert "2025/08/17/rtl/index.html" not in one.changed
    assert "2025/08/17/rtl/index.html" in other.changed
    assert isinstance(kept, building.Kept)
