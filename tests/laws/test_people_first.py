"""What a person wrote, edited or deleted stays so: in `content/`, in `site/`, and in a fresh clone."""

import os
import re
from pathlib import Path

import pytest
from sites import Site, article, difference, seed

from digest import inputs, layout, scaffold
from digest.build import Result
from digest.fingerprints import signature
from digest.intake import compose

SEED = "seeds/storm.txt"
FILE = "content/2025/08/17/storm-hits-coast.md"
PAGE = "2025/08/17/storm-hits-coast/index.html"
CONFLICT = f"{layout.CONFLICTS}/{FILE}"


@pytest.fixture
def imported(site: Site) -> Site:
    """A digest in which one seed was imported."""
    site.write(SEED, seed("Storm hits coast"))
    assert done(site.build()) == ["create"]
    return site


@pytest.fixture
def conflict(imported: Site) -> Site:
    """A digest in which a person edited an article, and its seed changed after that."""
    imported.replace(FILE, "And no more.", "And it was cold.")
    imported.build()
    imported.replace(SEED, "And no more.", "And no more, says the agency.")
    return imported


def done(result: Result) -> list[str]:
    """Return what was decided about the articles of the seeds that were looked at."""
    return sorted(step.action.value for step in result.imported)


def told(result: Result) -> list[tuple[str, str]]:
    """Return what was told: how bad it is, and where."""
    return [(problem.severity, problem.path) for problem in result.problems]


# Edited files.


def test_an_unedited_file_follows_its_seed(imported: Site) -> None:
    imported.replace(SEED, "And no more.", "And a little more.")
    assert done(imported.build()) == ["refresh"]
    assert "And a little more." in imported.read(FILE)
    assert b"And a little more." in imported.output()[PAGE]


def test_an_edited_file_stays(imported: Site) -> None:
    imported.replace(FILE, "And no more.", "And it was cold.")
    edited = imported.read(FILE)
    imported.build()
    imported.forget()
    imported.build(full=True)
    assert imported.read(FILE) == edited
    assert b"And it was cold." in imported.output()[PAGE]


@pytest.mark.parametrize("forgets", [False, True])
def test_an_edited_file_stays_when_its_seed_changes_and_the_person_is_told(conflict: Site, forgets: bool) -> None:
    edited = conflict.read(FILE)
    for _ in range(2):  # it is told until it is settled
        if forgets:
            conflict.forget()
        result = conflict.build()
        assert told(result) == [("warning", FILE)]
        assert conflict.read(FILE) == edited
        assert "And no more, says the agency." in conflict.read(CONFLICT)
        assert b"And it was cold." in conflict.output()[PAGE]
        (problem,) = result.problems
        assert CONFLICT in problem.hint
        assert "sha256: " in problem.hint


def test_a_conflict_is_a_warning(conflict: Site) -> None:
    usual, strict = conflict.run("build"), conflict.run("build", "--strict")
    assert (usual.returncode, strict.returncode) == (0, 1)
    assert usual.stderr == strict.stderr
    assert usual.stderr.startswith(f"warning: {FILE}:1: you edited this file, and {SEED}:1 changed since")


def test_a_conflict_ends_when_the_file_names_the_version_of_the_seed(conflict: Site) -> None:
    hint = conflict.build().problems[0].hint
    (named,) = re.findall("sha256: [0-9a-f]{64}", hint)
    conflict.write(FILE, re.sub("sha256: [0-9a-f]{64}", named, conflict.read(FILE)))
    kept = conflict.read(FILE)
    settled(conflict, kept)
    conflict.replace(SEED, "says the agency", "says another agency")
    assert told(conflict.build()) == [("warning", FILE)]
    assert conflict.read(FILE) == kept


def test_a_conflict_ends_when_the_version_of_the_seed_is_taken(conflict: Site) -> None:
    conflict.build()
    conflict.copy(CONFLICT, FILE)
    settled(conflict, conflict.read(CONFLICT))
    conflict.replace(SEED, "says the agency", "says another agency")
    assert told(conflict.build()) == []
    assert "says another agency" in conflict.read(FILE)


def test_a_conflict_ends_when_the_seed_is_as_it_was(conflict: Site) -> None:
    conflict.build()
    edited = conflict.read(FILE)
    conflict.replace(SEED, "And no more, says the agency.", "And no more.")
    settled(conflict, edited)


def settled(site: Site, text: str) -> None:
    """Check that the conflict is over, and that the file holds `text`: at once, for good, and in a fresh clone."""
    for number in range(3):
        assert told(site.build()) == []
        assert site.read(FILE) == text
        clone = site.clone(site.root.parent / f"clone {number}")
        assert told(clone.build()) == []
        assert clone.read(FILE) == text


def test_a_conflict_hurts_no_other_article_of_the_seed(conflict: Site) -> None:
    conflict.write(SEED, conflict.read(SEED) + "\n" + seed("Rain hits city"))
    assert done(conflict.build()) == ["conflict", "create"]


# Deleted files.


def test_a_deleted_file_stays_deleted(imported: Site, tmp_path: Path) -> None:
    imported.delete(FILE)
    imported.build()
    assert PAGE not in imported.output()
    imported.replace(SEED, "And no more.", "And a little more.")
    imported.build()
    imported.forget()
    imported.build()
    clone = imported.clone(tmp_path / "clone")
    clone.build()
    for site in (imported, clone):
        assert site.files("content", ".md") == []
        assert PAGE not in site.output()


def test_a_deleted_file_stays_deleted_when_its_seed_is_renamed(imported: Site) -> None:
    imported.delete(FILE)
    imported.rename(SEED, "seeds/renamed.txt")
    assert done(imported.build()) == ["stay deleted"]
    assert imported.files("content", ".md") == []


def test_a_deleted_file_comes_back_when_its_record_is_deleted_too(imported: Site) -> None:
    imported.delete(FILE)
    imported.delete("content/2025/08/.imported.jsonl")
    assert done(imported.build()) == ["create"]
    assert imported.files("content", ".md") == [FILE]


# Seeds that go, move and come twice.


def test_an_article_stays_when_its_seed_goes(imported: Site, tmp_path: Path) -> None:
    before = imported.content()
    imported.delete(SEED)
    imported.build()
    clone = imported.clone(tmp_path / "clone")
    clone.build()
    for site in (imported, clone):
        assert difference(before, site.content()) == []
        assert PAGE in site.output()


@pytest.mark.parametrize("edited", [False, True])
def test_a_renamed_seed_is_the_same_article(imported: Site, edited: bool) -> None:
    if edited:
        imported.replace(FILE, "And no more.", "And it was cold.")
    imported.rename(SEED, "seeds/2025/storm and sea.txt")
    result = imported.build()
    assert done(result) == ["keep edited" if edited else "refresh"]
    assert imported.files("content", ".md") == [FILE]
    assert ("And it was cold." in imported.read(FILE)) == edited


def test_a_seed_that_is_filled_anew_takes_no_article_away(imported: Site) -> None:
    for day in range(18, 21):
        imported.write(SEED, seed(f"News of the {day}th", f"2025-08-{day}"))
        assert done(imported.build()) == ["create"]
    assert len(imported.files("content", ".md")) == 4
    assert "Storm hits coast" in imported.read(FILE)


def test_an_article_that_came_twice_is_there_once(imported: Site) -> None:
    imported.copy(SEED, "seeds/again.txt")
    imported.build()
    assert imported.files("content", ".md") == [FILE]


@pytest.mark.parametrize("forgets", [False, True])
def test_an_article_that_came_twice_is_there_once_when_it_is_corrected(imported: Site, forgets: bool) -> None:
    imported.copy(SEED, "seeds/twice.txt")
    imported.build()
    for old, new in [("And no more.", "And a little more."), ("And a little more.", "And much more.")]:
        imported.replace(SEED, old, new)
        for _ in range(2):
            if forgets:
                imported.forget()
            assert told(imported.build()) == []
            assert imported.files("content", ".md") == [FILE]
            assert new in imported.read(FILE)


@pytest.mark.parametrize("forgets", [False, True])
def test_an_article_that_came_twice_is_there_once_when_its_first_seed_goes(imported: Site, forgets: bool) -> None:
    imported.copy(SEED, "seeds/twice.txt")
    imported.build()
    imported.delete(SEED)
    if forgets:
        imported.forget()
    imported.build()
    imported.replace("seeds/twice.txt", "And no more.", "And a little more.")
    imported.build()
    assert imported.files("content", ".md") == [FILE]
    assert "And a little more." in imported.read(FILE)


# Another version of the program.


@pytest.mark.parametrize("forgets", [False, True])
def test_a_new_importer_refreshes_only_what_nobody_edited(
    imported: Site, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    imported.write("seeds/two.txt", seed("Rain hits city"))
    imported.write("seeds/three.txt", seed("Sun over sea"))
    imported.build()
    imported.replace("content/2025/08/17/rain-hits-city.md", "And no more.", "And it was cold.")
    imported.delete("content/2025/08/17/sun-over-sea.md")
    imported.build()
    use_next_version(monkeypatch)
    if forgets:
        imported.forget()
    result = imported.build()
    assert done(result) == ["keep edited", "refresh", "stay deleted"]
    assert told(result) == []
    assert imported.read(FILE).endswith("<!-- by the next version -->\n")
    assert imported.read("content/2025/08/17/rain-hits-city.md").endswith("And it was cold.\n")
    assert not (imported.root / "content/2025/08/17/sun-over-sea.md").exists()


def use_next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be its next version, whose importer writes another file for the same seed."""
    this_version = compose.compose
    monkeypatch.setattr(compose, "IMPORTER", compose.IMPORTER + 1)
    monkeypatch.setattr(compose, "compose", lambda *seed: f"{this_version(*seed)}<!-- by the next version -->\n")
    monkeypatch.setattr(inputs, "_program", lambda: "the next version")


# Files in `site/` that are people's.

PEOPLES = {
    "CNAME": "news.example.org\n",
    ".gitignore": "*\n",
    "2025/08/17/notes.txt": "mine\n",
    "topics/mine/index.html": "<p>mine</p>\n",
    "static/mine.css": "p {}\n",
    ".well-known/security.txt": "Contact: mailto:me@example.org\n",
}


@pytest.fixture
def shared(imported: Site) -> Site:
    """A digest in whose output folder a person put files before and after the first build."""
    for path, text in PEOPLES.items():
        imported.write(f"site/{path}", text)
    imported.build()
    return imported


def test_files_of_people_in_the_site_are_not_touched(shared: Site) -> None:
    times = {path: signature(os.stat(shared.folder / path)) for path in PEOPLES}
    shared.configure(title="Another title, on every page")
    shared.build()
    shared.delete(FILE)
    shared.build(full=True)
    shared.forget()
    shared.build()
    assert PAGE not in shared.output()
    assert {path: shared.output()[path].decode() for path in PEOPLES} == PEOPLES
    assert {path: signature(os.stat(shared.folder / path)) for path in PEOPLES} == times


def test_clean_leaves_what_people_made(shared: Site) -> None:
    before = shared.content()
    cleaned = shared.run("clean")
    assert (cleaned.returncode, cleaned.stderr) == (0, "")
    assert shared.output() == {path: text.encode() for path, text in PEOPLES.items()}
    assert shared.content() == before
    assert not (shared.root / layout.MEMORY).exists()


def test_clean_leaves_nothing_where_people_made_nothing(imported: Site) -> None:
    imported.run("clean")
    assert imported.output() == {}


STANDS_IN_THE_WAY = ["404.html", "index.html", PAGE, "feed.xml", "static/style.css", "sitemaps/2025-08.xml"]


@pytest.mark.parametrize("path", STANDS_IN_THE_WAY)
def test_a_file_of_people_that_stands_in_the_way_stays(site: Site, path: str) -> None:
    site.write(SEED, seed("Storm hits coast"))
    site.write(f"site/{path}", "mine\n")
    assert told(site.build()) == [("error", f"site/{path}")]
    site.forget()
    site.configure(title="Another title")
    for _ in range(2):
        assert told(site.build()) == [("error", f"site/{path}")]
        assert site.output()[path] == b"mine\n"
    assert {"index.html", "404.html", "feed.xml", PAGE} <= site.output().keys(), "the rest is built"
    scaffold.clean(site.root, site.folder)
    assert site.output() == {path: b"mine\n"}


def test_a_file_that_stands_in_the_way_is_named(site: Site) -> None:
    site.write("site/404.html", "mine\n")
    built = site.run("build")
    assert built.returncode == 1
    assert built.stderr.startswith("error: site/404.html: the build makes this file, but found one that it did not")


@pytest.mark.parametrize("path", STANDS_IN_THE_WAY)
def test_a_file_that_stood_in_the_way_is_made_once_it_is_gone(site: Site, path: str) -> None:
    site.write(SEED, seed("Storm hits coast"))
    site.write(f"site/{path}", "mine\n")
    site.build()
    site.delete(f"site/{path}")
    result = site.build()
    assert (told(result), list(result.changed)) == ([], [path])
    assert site.output()[path] != b"mine\n"


@pytest.mark.parametrize("path", ["404.html", "topics/index.html", PAGE])
def test_a_folder_of_people_that_stands_in_the_way_stays(site: Site, path: str) -> None:
    site.write(SEED, seed("Storm hits coast"))
    site.write(f"site/{path}/mine.txt", "mine\n")
    assert told(site.build()) == [("error", f"site/{path}")]
    assert site.output()[f"{path}/mine.txt"] == b"mine\n"
    assert "feed.xml" in site.output(), "the rest is built"


@pytest.mark.parametrize("path", ["topics", "2025/08", "static"])
def test_a_file_of_people_where_the_build_wants_a_folder_stays(site: Site, path: str) -> None:
    site.write(SEED, seed("Storm hits coast"))
    site.write(f"site/{path}", "mine\n")
    result = site.build()
    assert {severity for severity, _ in told(result)} == {"error"}
    assert all(place.startswith(f"site/{path}") for _, place in told(result))
    assert site.output()[path] == b"mine\n"
    assert "feed.xml" in site.output(), "the rest is built"


def test_a_new_site_in_the_place_of_the_old_one_is_peoples(imported: Site) -> None:
    """A person moved the output away and put something else there; the memory still speaks of the old files."""
    imported.delete("site")
    imported.write("site/index.html", "mine\n")
    assert told(imported.build()) == [("error", "site/index.html")]
    assert imported.output()["index.html"] == b"mine\n"


def test_a_manifest_that_names_other_files_deletes_none_of_them(imported: Site, tmp_path: Path) -> None:
    """It lies in the open, and may come from anywhere with the rest of a site."""
    outside = tmp_path / "precious.txt"
    outside.write_text("mine\n")
    names = ["../precious.txt", "../../precious.txt", str(outside), "../digest.yml", "..", ".", "/", f"../{FILE}"]
    manifest = layout.MANIFEST
    imported.write(f"site/{manifest}", imported.read(f"site/{manifest}") + "".join(f"{name}\n" for name in names))
    before = imported.content()
    imported.forget()
    imported.build()
    scaffold.clean(imported.root, imported.folder)
    assert outside.read_text() == "mine\n"
    assert imported.content() == before
    assert (imported.root / layout.SETTINGS).exists()


# Articles that people wrote.


def test_a_seed_never_takes_the_place_of_an_article_by_hand(site: Site) -> None:
    site.write(FILE, article("Storm hits coast", text="By hand."))
    site.write(SEED, seed("Storm hits coast"))
    site.build()
    assert "By hand." in site.read(FILE)
    assert site.files("content", ".md") == [FILE.replace(".md", "-2.md"), FILE]


def test_nothing_but_content_and_site_is_written(imported: Site) -> None:
    imported.write("notes/mine.md", "mine\n")
    imported.write("templates/partials/footer.html", "<footer>mine</footer>\n")
    imported.build()
    ours = (layout.MEMORY, layout.SITE, layout.CONTENT)
    left = [path for path in imported.times() if not path.startswith(ours)]
    assert sorted(left) == [
        "digest.yml",
        "notes",
        "notes/mine.md",
        "seeds",
        SEED,
        "templates",
        "templates/partials",
        "templates/partials/footer.html",
    ]
