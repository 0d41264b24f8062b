"""Two texts, one article: what counts as sent again (`cases/twice/`), and what becomes of it in a digest."""

import datetime as dt
import re
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import Site, difference, seed

from digest import layout
from digest.build import Result
from digest.intake import twice
from digest.seeds import SeedArticle, parse

CASES = Path(__file__).parent / "cases" / "twice"


def versions(case: Path) -> list[SeedArticle]:
    """Return the two articles of a case."""
    found = []
    for text in case.read_text("utf-8").split("==========\n"):
        (article,), problems = parse(text.encode(), case.name)
        assert not problems
        found.append(article)
    return found


def are_same(older: SeedArticle, newer: SeedArticle) -> bool:
    days = abs(dt.date.fromisoformat(older.date) - dt.date.fromisoformat(newer.date)).days
    texts = twice.text_of(older), twice.text_of(newer)
    assert texts[0] is not None
    assert texts[1] is not None
    return twice.same(texts[0], texts[1], days)


@pytest.mark.parametrize("case", sorted((CASES / "same").glob("*.txt")), ids=lambda case: case.stem)
def test_a_text_that_was_sent_again(case: Path) -> None:
    older, newer = versions(case)
    assert twice.may_be_same(twice.hashes_of(older), twice.hashes_of(newer))
    assert are_same(older, newer)


@pytest.mark.parametrize("case", sorted((CASES / "other").glob("*.txt")), ids=lambda case: case.stem)
def test_a_text_that_only_resembles_another(case: Path) -> None:
    older, newer = versions(case)
    assert not are_same(older, newer)


def test_a_text_too_long_to_compare_is_none() -> None:
    (article,), _ = parse(f" date 2025-08-17 Long\n\n{'word ' * twice.LONGEST}".encode(), "x")
    assert twice.text_of(article) is None
    assert twice.hashes_of(article)


# In a digest.

BODY = """The river rose by two metres in the night and flooded the meadows below the mill.

Helpers filled sandbags until the morning, says the fire brigade.
"""
MORE = "\nThe water has been falling again since noon.\n"
FIRST = f" date 2025-08-17 Rivers rise\n\n{BODY}"
AGAIN = f" date 2025-08-18 Rivers rise\n\n{BODY}{MORE}"
FILE = "content/2025/08/17/rivers-rise.md"


@pytest.fixture
def twofold(site: Site) -> Site:
    """A digest with an article that was sent again a day later."""
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.write("seeds/later.txt", AGAIN)
    assert done(site.build()) == ["refresh"]
    return site


def done(result: Result) -> list[str]:
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    return sorted(step.action.value for step in result.imported)


def named(site: Site, path: str = FILE) -> list[str]:
    """Return the seeds that a content file names, the one whose text it has first."""
    return [name.removeprefix("seeds/") for name in re.findall(r"file: (\S+)", site.read(path))]


def test_a_text_that_was_sent_again_takes_the_place_of_the_first(twofold: Site) -> None:
    assert twofold.files("content", ".md") == [FILE]
    text = twofold.read(FILE)
    assert "date: 2025-08-17\nupdated: 2025-08-18\n" in text
    assert text.endswith(MORE)
    assert named(twofold) == ["later.txt", "first.txt"]


def test_its_address_and_id_stay(site: Site) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    before = re.findall("id: .*", site.read(FILE))
    site.write("seeds/later.txt", FIRST.replace("Rivers rise", "Rivers fall again"))
    site.build()
    assert site.files("content", ".md") == [FILE]
    assert re.findall("id: .*", site.read(FILE)) == before


def test_the_same_text_again_is_no_update(site: Site) -> None:
    site.write("seeds/first.txt", FIRST)
    site.write("seeds/later.txt", FIRST.replace("17", "19"))
    site.build()
    assert site.files("content", ".md") == [FILE]
    assert "updated" not in site.read(FILE)
    assert named(site) == ["later.txt", "first.txt"]


def test_a_copy_is_named_and_the_first_file_stays_its_source(site: Site) -> None:
    for name in ("b", "c", "a"):
        site.write(f"seeds/{name}.txt", FIRST)
        site.build()
    assert named(site) == ["a.txt", "b.txt", "c.txt"]


def test_the_same_article_in_another_format_is_one(site: Site) -> None:
    site.write("seeds/plain.txt", FIRST)
    header = "title: Rivers rise\ndate: 2025-08-17T14:30:00+02:00\nauthors: [A. Author]\n"
    site.write("seeds/marked.md", f"---\n{header}---\n\n{BODY.replace('mill', '[mill](https://example.org/mill)')}")
    site.build()
    assert site.files("content", ".md") == [FILE]
    assert named(site) == ["marked.md", "plain.txt"]
    assert "A. Author" in site.read(FILE)


def test_twice_in_one_file_is_one(site: Site) -> None:
    site.write("seeds/all.txt", f"{AGAIN}\n{FIRST}\n{FIRST}")
    site.build()
    assert site.files("content", ".md") == [FILE]
    assert site.read(FILE).endswith(MORE)
    assert named(site) == ["all.txt", "all.txt"]


def test_another_text_with_the_same_headline_and_day_stays_its_own(site: Site) -> None:
    site.write("seeds/first.txt", FIRST)
    site.write("seeds/other.txt", " date 2025-08-17 Rivers rise\n\nFar away in the south it is the snow that melts.\n")
    site.build()
    assert site.files("content", ".md") == [FILE.replace(".md", "-2.md"), FILE]
    assert named(site) == ["first.txt"]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_order_of_arrival_does_not_show(site: Site, tmp_path: Path, order: tuple[int, ...]) -> None:
    longer = FIRST + MORE
    texts = [FIRST, longer, longer.replace("two metres", "three metres")]
    at_once = Site.make(tmp_path / "at once")
    for number in order:
        site.write(f"seeds/{number}.txt", texts[number])
        at_once.write(f"seeds/{number}.txt", texts[number])
        site.build()
    at_once.build()
    assert difference(site.content(), at_once.content()) == []
    assert "three metres" in site.read(FILE)
    assert named(site) == ["2.txt", "0.txt", "1.txt"]


def test_an_older_version_that_comes_late_changes_neither_text_nor_address(site: Site) -> None:
    site.write("seeds/later.txt", AGAIN)
    site.build()
    path = FILE.replace("17", "18")
    site.write("seeds/first.txt", FIRST)
    assert done(site.build()) == ["refresh"]
    assert site.files("content", ".md") == [path]
    assert site.read(path).endswith(MORE)
    assert "date: 2025-08-18\n" in site.read(path)
    assert "updated" not in site.read(path)
    assert named(site, path) == ["later.txt", "first.txt"]


# What people do stays.


@pytest.mark.parametrize("forgets", [False, True])
def test_an_edited_file_stays_when_the_text_is_sent_again(site: Site, forgets: bool) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.replace(FILE, "two metres", "a lot")
    edited = site.read(FILE)
    site.write("seeds/later.txt", AGAIN)
    for _ in range(2):
        if forgets:
            site.forget()
        result = site.build()
        assert site.read(FILE) == edited
        assert site.files("content", ".md") == [FILE]
        (problem,) = result.problems
        assert (problem.severity, problem.path) == ("warning", FILE)
        assert "seeds/later.txt:1 has a newer version since" in problem.message
    assert "falling again" in site.read(f"{layout.CONFLICTS}/{FILE}")
    listed = site.run("list", "problems")
    assert listed.stdout.startswith(
        f"warning\t{FILE}:1\tyou edited this file, and seeds/later.txt:1 has a newer version"
    )


@pytest.mark.parametrize("takes", [False, True])
def test_such_a_conflict_ends_as_any_other(site: Site, takes: bool) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.replace(FILE, "two metres", "a lot")
    site.write("seeds/later.txt", AGAIN)
    (problem,) = site.build().problems
    if takes:
        site.copy(f"{layout.CONFLICTS}/{FILE}", FILE)
    else:
        (sha256,) = re.findall("sha256: [0-9a-f]{64}", problem.hint)
        site.write(FILE, re.sub("sha256: [0-9a-f]{64}", sha256, site.read(FILE)))
    kept = site.read(FILE)
    for number in range(2):
        assert site.build().problems == []
        clone = site.clone(site.root.parent / f"clone {number}")
        assert clone.build().problems == []
        assert site.read(FILE) == clone.read(FILE) == kept


def test_an_edited_file_stays_without_a_word_when_the_very_text_comes_again(site: Site) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.replace(FILE, "two metres", "a lot")
    edited = site.read(FILE)
    site.write("seeds/copy.txt", FIRST)
    result = site.build()
    assert (done(result), result.problems) == (["keep edited"], [])
    assert site.read(FILE) == edited


@pytest.mark.parametrize("forgets", [False, True])
def test_a_deleted_file_stays_deleted_when_the_text_is_sent_again(site: Site, forgets: bool) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.delete(FILE)
    site.write("seeds/later.txt", AGAIN)
    for _ in range(2):
        if forgets:
            site.forget()
        site.build()
        assert site.files("content", ".md") == []


def test_the_text_of_the_newest_stays_when_its_seed_goes(twofold: Site, tmp_path: Path) -> None:
    before = twofold.content()
    twofold.delete("seeds/later.txt")
    assert done(twofold.build()) == ["orphan"]
    twofold.forget()
    twofold.build()
    clone = twofold.clone(tmp_path / "clone")
    clone.build()
    assert difference(before, twofold.content()) == []
    assert difference(before, clone.content()) == []


@pytest.mark.parametrize("forgets", [False, True])
def test_a_copy_stands_in_when_the_first_seed_goes(site: Site, forgets: bool) -> None:
    site.write("seeds/first.txt", FIRST)
    site.write("seeds/second.txt", FIRST)
    site.build()
    site.delete("seeds/first.txt")
    if forgets:
        site.forget()
    assert done(site.build()) == ["refresh"]
    assert named(site) == ["second.txt", "first.txt"]
    site.replace("seeds/second.txt", "two metres", "three metres")
    site.build()
    assert site.files("content", ".md") == [FILE]
    assert "three metres" in site.read(FILE)


def test_a_correction_in_a_seed_is_followed(twofold: Site) -> None:
    twofold.replace("seeds/first.txt", "two metres", "three metres")
    assert done(twofold.build()) == ["refresh"]
    assert "two metres" in twofold.read(FILE), "the newer version has it so"
    twofold.replace("seeds/later.txt", "two metres", "three metres")
    assert done(twofold.build()) == ["refresh"]
    assert "three metres" in twofold.read(FILE)
    assert "date: 2025-08-17\nupdated: 2025-08-18\n" in twofold.read(FILE)
    assert twofold.files("content", ".md") == [FILE]


def test_a_fresh_clone_decides_the_same(twofold: Site, tmp_path: Path) -> None:
    clone = twofold.clone(tmp_path / "clone")
    assert done(clone.build()) == ["same"]
    assert difference(twofold.content(), clone.content()) == []
    for site in (twofold, clone):
        site.write("seeds/third.txt", AGAIN.replace("18", "19").replace("noon", "morning"))
        assert done(site.build()) == ["refresh"]
        assert "updated: 2025-08-19" in site.read(FILE)
    assert difference(twofold.content(), clone.content()) == []


# An import that was killed after it wrote a content file, and before it wrote the record.


def test_what_a_killed_import_wrote_is_found_again(twofold: Site) -> None:
    before = twofold.content()
    twofold.delete("content/2025/08/.imported.jsonl")
    twofold.forget()
    assert done(twofold.build()) == ["same"]
    assert difference(before, twofold.content()) == []


def test_what_a_killed_import_wrote_is_found_again_when_another_version_came_since(site: Site) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.delete("content/2025/08/.imported.jsonl")
    site.write("seeds/later.txt", AGAIN)
    assert done(site.build()) == ["refresh"]
    assert site.files("content", ".md") == [FILE]
    assert site.read(FILE).endswith(MORE)


def test_a_file_that_a_person_edited_after_a_killed_import_stays(site: Site) -> None:
    site.write("seeds/first.txt", FIRST)
    site.build()
    site.replace(FILE, "two metres", "a lot")
    site.delete("content/2025/08/.imported.jsonl")
    edited = site.read(FILE)
    site.write("seeds/later.txt", AGAIN)
    assert done(site.build()) == ["keep edited"]
    assert site.read(FILE) == edited


def test_a_text_in_another_encoding_is_the_same(site: Site) -> None:
    text = FIRST.replace("mill", "Mühle am Großen Bächle")
    site.write("seeds/one.txt", text)
    site.write("seeds/two.txt", text.encode("cp1252"))
    site.build()
    assert site.files("content", ".md") == [FILE]
    assert named(site) == ["one.txt", "two.txt"]


# Other settings.


@pytest.mark.parametrize("forgets", [False, True])
def test_other_settings_refresh_only_what_nobody_edited(twofold: Site, forgets: bool) -> None:
    twofold.write("seeds/edited.txt", " date 2025-08-17 Bees are back\n\nBy A. Author\n\nThe bees are back in town.\n")
    twofold.write("seeds/plain.txt", " date 2025-08-17 Snow melts\n\nBy A. Author\n\nThe snow in the hills melts.\n")
    twofold.build()
    twofold.replace("content/2025/08/17/bees-are-back.md", "in town", "in the town")
    twofold.build()
    assert "authors" in twofold.read("content/2025/08/17/snow-melts.md")
    with (twofold.root / layout.SETTINGS).open("a") as file:
        file.write("rules: {byline: off}\n")
    if forgets:
        twofold.forget()
    result = twofold.build()
    assert done(result) == ["keep edited", "refresh", "same"]
    assert result.problems == []
    assert "authors" not in twofold.read("content/2025/08/17/snow-melts.md")
    assert "in the town" in twofold.read("content/2025/08/17/bees-are-back.md")
    times = twofold.times()
    twofold.build()
    assert {path: at for path, at in twofold.times().items() if path.startswith("content")} == {
        path: at for path, at in times.items() if path.startswith("content")
    }


# What is told of a seed.

LETTER = """From: Valley News <news@example.org>
Date: Sun, 17 Aug 2025 08:00:00 +0200
Subject: Bees are back
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

The bees are back in the old lime trees.

--x
Content-Type: application/pdf
Content-Disposition: attachment; filename=bees.pdf

%PDF
--x--
"""


def test_a_seed_with_a_warning_is_not_read_again_and_one_with_an_error_is(site: Site) -> None:
    site.write("seeds/letter.eml", LETTER)
    site.write("seeds/wrong.txt", " date 2025-02-31 Wrong\n\nText.\n")
    told = [(problem.severity, problem.path) for problem in site.build().problems]
    assert sorted(told) == [("error", "seeds/wrong.txt"), ("warning", "seeds/letter.eml")]
    site.write("seeds/new.txt", seed("Something else"))
    result = site.build()
    assert [(problem.severity, problem.path) for problem in result.problems] == [("error", "seeds/wrong.txt")]
    assert [step.action.value for step in result.imported] == ["create"]


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_words_are_the_same_whatever_else_a_text_holds(text: str) -> None:
    assert twice.words(f"{text} é") == [*twice.words(text), "é"]
