"""What comes twice is one article, whatever the order in which its versions come, and nothing else is taken for one."""

import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Site, difference

from digest import frontmatter, inputs, layout
from digest.intake import importing
from digest.intake.reconcile import Action, natural

STORIES = ["fox", "owl", "hare", "wolf"]


def words(story: str, start: int, number: int) -> str:
    """Return some of a story's words, which no other story has."""
    letters = "abcdefghijklm"
    return " ".join(f"{story}{letters[at // 10]}{letters[at % 10]}" for at in range(start, start + number))


class Version(NamedTuple):
    """A version of a story: what was changed in it, and when it was sent."""

    story: str
    typo: bool = False
    sentence: bool = False
    paragraph: bool = False
    agency: bool = False
    headline: bool = False
    time: int = 0
    """Days after the first."""
    column: bool = False
    """Whether it has the headline that all have."""

    @property
    def title(self) -> str:
        if self.column:
            return "News of the day"
        return f"The {self.story} returns" + (" at last" if self.headline else "")

    @property
    def paragraphs(self) -> list[str]:
        found = [f"{words(self.story, at, 40)}." for at in (0, 40, 80)]
        if self.typo:
            found[0] = found[0].replace("ab ", "abb ")
        if self.sentence:
            found[1] += f" Yes, {words(self.story, 120, 4)}."
        if self.paragraph:
            found.append(f"{words(self.story, 124, 6)}.")
        if self.agency:
            found.append("The agency says so.")
        return found

    @property
    def seed(self) -> str:
        return f" date 2025-08-{17 + self.time} {self.title}\n\n" + "\n\n".join(self.paragraphs) + "\n"


Seeds = dict[str, list[Version]]
"""Files, and what is in them."""

NAMES = ["1.txt", "2.txt", "10.txt", "more/a.txt", "more/b.txt", "z.txt"]


def seeds(versions: st.SearchStrategy[Version]) -> st.SearchStrategy[Seeds]:
    """Draw seed files with a few articles each."""
    return st.dictionaries(st.sampled_from(NAMES), st.lists(versions, min_size=1, max_size=3), min_size=1)


ANY = st.builds(
    Version,
    st.sampled_from(STORIES[:3]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
    st.just(False),
)
AT_ONE_ADDRESS = ANY.map(lambda version: version._replace(headline=False, time=0))


def put(site: Site, name: str, versions: Sequence[Version]) -> None:
    site.write(f"seeds/{name}", "\n".join(version.seed for version in versions))


def bring(site: Site, todo: Collection[str] | None = None, gone: Collection[str] = ()) -> importing.Imported:
    """Import the seeds `todo`, or all that are there."""
    existing, _ = inputs.scan(site.root, layout.SEEDS)
    files, _ = inputs.scan(site.root, layout.CONTENT, (".md", layout.LEDGER))
    return importing.run(site.root, existing if todo is None else todo, gone, existing, files, lambda: None)


def brought(folder: str, runs: Iterable[Seeds], name: str) -> Site:
    """Return a digest to which some seeds came in each of several runs."""
    site = Site(Path(folder) / name)
    for run in runs:
        for file, versions in run.items():
            put(site, file, versions)
        imported = bring(site, [f"seeds/{file}" for file in run])
        assert imported.problems == []
        assert imported.unsettled == set()
    return site


def split(found: Seeds, order: Sequence[str], cuts: Collection[int]) -> list[Seeds]:
    """Return the seeds in that order, as several runs."""
    names = [name for name in order if name in found]
    runs: list[Seeds] = [{}]
    for number, name in enumerate(names):
        runs[-1][name] = found[name]
        if number in cuts:
            runs.append({})
    return runs


def articles(site: Site) -> dict[str, dict[str, Any]]:
    """Return the front matter of every content file, with its body, by path."""
    found = {}
    for path in site.files("content", ".md"):
        parts = frontmatter.split(site.read(path))
        found[path] = {**frontmatter.load(parts.header), "body": parts.body.strip()}
    return found


def newest(found: Seeds, story: str) -> Version:
    """Return the version of a story that counts: the latest; of one day's, that in the last file, and there the last."""
    versions = [
        (version.time, natural(f"seeds/{name}"), place, version)
        for name, of_file in found.items()
        for place, version in enumerate(of_file)
        if version.story == story
    ]
    return max(versions, key=lambda found: found[:3])[3]


orders = st.permutations(NAMES)
cuts = st.sets(st.integers(0, len(NAMES)))


@given(seeds(AT_ONE_ADDRESS), orders, cuts)
@settings(max_examples=30)
def test_the_order_in_which_versions_come_does_not_show(found: Seeds, order: list[str], cuts: set[int]) -> None:
    """Not in one byte, where all have the same headline and day: these give an article its address."""
    with tempfile.TemporaryDirectory() as folder:
        at_once = brought(folder, [found], "at once")
        in_turn = brought(folder, split(found, order, cuts), "in turn")
        assert difference(at_once.content(), in_turn.content()) == []


@given(seeds(ANY), orders, cuts)
@settings(max_examples=30)
def test_the_order_in_which_versions_come_shows_in_the_address_only(
    found: Seeds, order: list[str], cuts: set[int]
) -> None:
    """An address is not changed when an older version comes late; the text is that of the newest all the same."""
    with tempfile.TemporaryDirectory() as folder:
        sites = [brought(folder, [found], "at once"), brought(folder, split(found, order, cuts), "in turn")]
        for site in sites:
            of_title = {article["title"]: article for article in articles(site).values()}
            stories = {version.story for of_file in found.values() for version in of_file}
            assert len(of_title) == len(stories) == len(site.files("content", ".md"))
            for story in stories:
                version = newest(found, story)
                article = of_title[version.title]
                assert article["body"] == "\n\n".join(version.paragraphs)
                named = {article["seed"]["file"], *(also["file"] for also in article["seed"].get("also", ()))}
                assert named == {
                    f"seeds/{name}"
                    for name, versions in found.items()
                    if any(version.story == story for version in versions)
                }
        first, second = (
            sorted(
                ({**article, "date": 0, "updated": 0, "id": 0} for article in articles(site).values()),
                key=lambda article: str(article["title"]),
            )
            for site in sites
        )
        assert first == second


@given(seeds(AT_ONE_ADDRESS.map(lambda version: version._replace(column=True))), orders, cuts)
@settings(max_examples=20)
def test_a_headline_and_a_day_alone_make_no_article_the_same(found: Seeds, order: list[str], cuts: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = brought(folder, split(found, order, cuts), "site")
        stories = {version.story for versions in found.values() for version in versions}
        bodies = [article["body"] for article in articles(site).values()]
        assert sorted(bodies) == sorted("\n\n".join(newest(found, story).paragraphs) for story in stories)


@given(seeds(ANY), st.booleans())
@settings(max_examples=20)
def test_a_second_import_writes_nothing(found: Seeds, all_at_once: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runs = [found] if all_at_once else [{name: versions} for name, versions in found.items()]
        site = brought(folder, runs, "site")
        times = site.times()
        again = bring(site)
        assert (again.wrote, again.problems) == (False, [])
        assert {step.action for step in again.steps} == {Action.SAME}
        assert site.times() == times


# A digest that remembers and one that forgets decide the same, whatever people do.

Change = tuple[str, str, list[Version], int]
changes = st.tuples(
    st.sampled_from(["put", "put", "delete", "rename", "copy", "edit", "remove", "write"]),
    st.sampled_from(NAMES),
    st.lists(ANY, min_size=1, max_size=2),
    st.integers(0, 9),
)


def make(site: Site, change: Change) -> None:
    """Do what a person does to seeds or content files."""
    what, name, versions, number = change
    path = f"seeds/{name}"
    there = site.files("seeds")
    files = site.files("content", ".md")
    if what == "put":
        put(site, name, versions)
    elif what in ("delete", "rename", "copy") and there:
        old = there[number % len(there)]
        if what == "copy":
            site.copy(old, path)
        elif what == "rename":
            site.rename(old, path)
        else:
            site.delete(old)
    elif what == "write" and there:
        old = there[number % len(there)]
        site.write(old, site.read(old).replace("aa ", f"a{'abcdefghij'[number]} ", 1))
    elif what == "edit" and files:
        site.write(files[number % len(files)], site.read(files[number % len(files)]) + f"\nEdited, time {number}.\n")
    elif what == "remove" and files:
        site.delete(files[number % len(files)])


def as_build_does(site: Site, remembered: dict[str, bytes]) -> importing.Imported:
    """Import what changed since the last time, as a build does that remembers."""
    now = {path: (site.root / path).read_bytes() for path in site.files("seeds")}
    todo = [path for path, data in now.items() if remembered.get(path) != data]
    imported = bring(site, todo, remembered.keys() - now.keys())
    for path in remembered.keys() - now.keys():
        del remembered[path]
    remembered.update(now)
    for path in imported.unsettled:
        remembered.pop(path, None)
    return imported


def remembers_as_forgets(days: list[list[Change]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        remembering, forgetful = Site(Path(folder) / "remembering"), Site(Path(folder) / "forgetful")
        remembered: dict[str, bytes] = {}
        for day in days:
            before = articles(remembering)
            for change in day:
                make(remembering, change)
                make(forgetful, change)
            edited = {path: text for path, text in remembering.content().items() if b"Edited, time" in text}
            one, other = as_build_does(remembering, remembered), bring(forgetful)
            assert difference(remembering.content(), forgetful.content()) == []
            assert sorted(one.problems) == sorted(other.problems)
            assert {path: remembering.content()[path] for path in edited} == edited
            removed = before.keys() - articles(remembering).keys()
            assert not removed or any(change[0] == "remove" for change in day)
            times = remembering.times()
            again = as_build_does(remembering, remembered)
            assert (again.wrote, sorted(again.problems)) == (False, sorted(one.problems))
            assert remembering.times() == times


@given(st.lists(st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=6))
@settings(max_examples=30)
def test_an_import_that_remembers_equals_one_that_forgets(days: list[list[Change]]) -> None:
    remembers_as_forgets(days)


@pytest.mark.soak
@given(st.lists(st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=15))
@settings(max_examples=400)
def test_an_import_that_remembers_equals_one_that_forgets_for_long(days: list[list[Change]]) -> None:
    remembers_as_forgets(days)
