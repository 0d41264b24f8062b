"""Topics of an article are decided once: not by the order of files, nor anew after a kill, by other words or another memory."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Site, difference, seed

from digest import frontmatter, inputs, layout, write
from digest.editor import terms, topics, vocabulary
from digest.intake import compose, importing
from digest.intake.reconcile import Action

PLACES = ["Portland", "Lisbon", "Kyoto", "Quito", "Nairobi", "Oslo", "Cape Town", "Ulan Bator"]
VOCABULARIES = [
    "",
    "Portland: [Oregon]\nAfrica: [Nairobi, Cape Town]\n",
    "Visits: [guest, met]\nQuito: {parent: Visits}\n",
]


class Story(NamedTuple):
    """A seed of one article: where it plays, and when it comes."""

    places: tuple[str, ...]
    month: int
    stated: bool = False

    def seed(self, number: int) -> str:
        first = self.places[0]
        text = " ".join(f"The mayor of {place} met guest {number}. All in {place} know." for place in self.places)
        key = f"Topics: {', '.join(self.places)}\n" if self.stated else ""
        title, date = f"{first} has guest {number}", f"2025-0{self.month}-1{number % 10}"
        return f"Title: {title}\nDate: {date}\n{key}\n{text}\n" if self.stated else seed(title, date, text)


STORIES = st.lists(
    st.builds(
        Story,
        st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True).map(tuple),
        st.integers(1, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


def bring(site: Site, words: str = "") -> importing.Imported:
    """Import all seeds that are there, with a vocabulary."""
    existing, _ = inputs.scan(site.root, layout.SEEDS)
    files, _ = inputs.scan(site.root, layout.CONTENT, (".md", layout.LEDGER))
    own, problems = vocabulary.load(words)
    assert problems == ()
    return importing.run(site.root, existing, (), existing, files, lambda: None, own=own)


def put(site: Site, stories: Sequence[Story], names: Sequence[int], first: int = 0) -> None:
    for number, (story, name) in enumerate(zip(stories, names, strict=True), first):
        site.write(f"seeds/{name}.txt", story.seed(number))


def topics_of(site: Site) -> dict[str, object]:
    """Return the topics of every content file, by path."""
    headers = {
        path: frontmatter.load(frontmatter.split(site.read(path)).header) for path in site.files("content", ".md")
    }
    return {path: header.get("topics") for path, header in headers.items()}


@given(STORIES, st.randoms(use_true_random=False), st.sampled_from(VOCABULARIES))
@settings(max_examples=30)
def test_the_names_and_order_of_files_do_not_show(stories: list[Story], chance: object, words: str) -> None:
    names = list(range(len(stories)))
    shuffled = [*names]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        one, other = Site(Path(folder) / "one"), Site(Path(folder) / "other")
        for site, order in ((one, names), (other, shuffled)):
            put(site, stories, order)
            bring(site, words)
        assert topics_of(one) == topics_of(other)


def test_these_stories_have_topics(site: Site) -> None:
    """Else these laws would say nothing."""
    stories = [Story((PLACES[number % 8], PLACES[number % 3]), number % 3 + 1, number % 5 == 0) for number in range(30)]
    put(site, stories, range(30))
    bring(site)
    found = topics_of(site)
    assert sum(bool(listed) for listed in found.values()) > 20
    put(site, [Story(("Quito",), 1)], [99], 99)
    bring(site, VOCABULARIES[2])
    assert topics_of(site).items() > found.items()


class KilledError(Exception):
    """The import ends here."""


@contextmanager
def killed(after: int) -> Iterator[list[object]]:
    """End an import at its write number `after`; give a list that has an entry for each write."""
    writes: list[object] = []
    real = write.put

    def put(folder: Path, path: str, data: bytes) -> write.Put:
        if len(writes) == after:
            raise KilledError
        writes.append(path)
        return real(folder, path, data)

    with pytest.MonkeyPatch.context() as patch, suppress(KilledError):
        patch.setattr(write, "put", put)
        yield writes


@given(
    STORIES,
    STORIES,
    st.one_of(st.integers(0, 3), st.integers(0, 33)),
    st.sampled_from(VOCABULARIES),
    st.sampled_from([5, 2000]),
)
@settings(max_examples=40)
def test_an_import_that_was_killed_is_done_to_its_end(
    earlier: list[Story], stories: list[Story], last: int, words: str, window: int
) -> None:
    """Also where the record holds more articles than are looked at; it is killed before its `last` writes."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(topics, "WINDOW", window)
        whole, stopped = Site(Path(folder) / "whole"), Site(Path(folder) / "stopped")
        for site in (whole, stopped):
            put(site, earlier, range(len(earlier)))
            bring(site, words)
            put(site, stories, range(50, 50 + len(stories)), 50)
        with killed(-1) as writes:
            bring(whole, words)
        with killed(max(len(writes) - last, 0)):
            bring(stopped, words)
        if window == 2000:
            bring(stopped, words)
            assert difference(whole.content(), stopped.content()) == []
        else:  # a part of the archive may be in the record now: what is written stays all the same
            written = topics_of(stopped)
            again = bring(stopped, words)
            assert topics_of(stopped).items() >= written.items()
            assert Action.KEEP_EDITED not in {step.action for step in again.steps}
        before = stopped.times()
        assert not bring(stopped, words).wrote
        assert stopped.times() == before


@given(st.lists(st.tuples(STORIES, st.sampled_from(VOCABULARIES), st.booleans()), min_size=2, max_size=4))
@settings(max_examples=25)
def test_later_imports_never_change_what_was_decided(days: list[tuple[list[Story], str, bool]]) -> None:
    """Neither by more articles, nor by another vocabulary, nor when the importer is another and composes all anew."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        site = Site(Path(folder))
        decided: dict[str, object] = {}
        for day, (stories, words, composes) in enumerate(days):
            put(site, stories, range(100 * day, 100 * day + len(stories)), 100 * day)
            if composes:
                patch.setattr(compose, "IMPORTER", compose.IMPORTER + 1)
            imported = bring(site, words)
            assert not any(problem.severity == "error" for problem in imported.problems), "an article may come late"
            now = topics_of(site)
            assert now.items() >= decided.items()
            decided = now


ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["One sentence.", "Gold 412.30 +1.2 pct; tin 6,120; oil 18-3/4", "☃ ☃ ☃", "A", "U.S. U.S. U.S.", "- - -"]
    ),
    st.sampled_from(["株価は上昇した。", "ราคาทองคำวันนี้", "الطقس اليوم", "2025 2025 2025", "[x](y) ../x feed.xml"]),
)


@given(
    st.lists(
        st.tuples(ODD, ODD, ODD, st.sampled_from(["", "de", "en", "ja", "vi", "ar", "xx"])), min_size=1, max_size=25
    )
)
@settings(max_examples=60)
def test_any_texts_have_topics_that_front_matter_can_hold_or_none(texts: list[tuple[str, str, str, str]]) -> None:
    """Lists of prices, a single sentence, the same text many times, and what is no text."""
    own, _ = vocabulary.load("feed.xml:\n2025:\nGold: [U.S.]\n")
    texts = [*texts, *texts, *texts]
    found = [terms.terms(*text) for text in texts]
    known = topics.archive([terms.marks(one) for one in found], {"Oil": 3, "../x": 1, "☃": 2})
    for text, of_text in zip(texts, found, strict=True):
        title, lead, body, lang = text
        chosen = topics.candidates(of_text, title, lead, body, lang, own, known)
        for one in chosen:
            assert one.name.strip()
            assert one.name.isprintable()
            assert ".." not in one.name.split("/")
            assert 0 <= one.confidence <= 1
        assert len(chosen) <= topics.MOST
