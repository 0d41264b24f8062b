"""The same articles give the same stories, in whatever order they came, and whatever is remembered."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editor import calendar, stories, window, words
from digest.editor.calendar import Item

EVENTS = ("Flood Passau Danube dam sandbags", "Train Celle derailed tank wagon", "Strike Hamburg port crane union", "Vote Riga coalition seats ballot")  # fmt: skip
DAYS = [f"2025-{month:02}-{day:02}" for month in (7, 8, 9) for day in range(1, 29, 3)]

articles = st.builds(
    lambda key, day, event, words_of, order, forced: (key, day, event, tuple(words_of), order, forced),
    st.integers(0, 30),
    st.sampled_from(DAYS),
    st.sampled_from(EVENTS),
    st.lists(st.integers(0, 40), min_size=2, max_size=9),
    st.integers(0, 3),
    st.sampled_from(["", "", "", "", "none", "Harbour", "harbour", "Flood"]),
)


@pytest.fixture(autouse=True, scope="module")
def _short_reach() -> Iterator[None]:
    """Let few articles fill the reach of a day, and few a batch, so that both move on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendar, "SAMPLE", 5)
        patch.setattr(calendar, "SAMPLE_DAYS", 3)
        patch.setattr(window, "HITS", 30)
        patch.setattr(window, "LIKELY", 2)
        patch.setattr(stories, "BATCH", 3)
        patch.setattr(stories, "SPAN", 20)
        yield


def days_of(all_articles: dict[int, tuple[int, str, str, tuple[int, ...], int, str]]) -> dict[str, list[Item]]:
    days: dict[str, list[Item]] = {}
    for key, day, event, extra, order, forced in all_articles.values():
        names = event.split()
        text = " ".join([*(names[number % len(names)] for number in extra), *(f"extra{number}" for number in extra)])
        days.setdefault(day, []).append(Item(f"a{key}", words.features(event, "", text), order, forced))
    return days


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(articles, st.booleans()), min_size=1, max_size=40), st.integers(1, 5))
def test_what_is_remembered_changes_nothing(changes: list[tuple[tuple, bool]], every: int) -> None:  # type: ignore[type-arg]
    now: dict[int, tuple] = {}  # type: ignore[type-arg]
    known: dict[str, stories.Known] = {}
    for number, (article, stays) in enumerate(changes):
        now[article[0]] = article
        if not stays:
            del now[article[0]]
        if number % every == 0:
            known = stories.place(days_of(now), known)
            assert known == stories.place(days_of(now))


@settings(max_examples=80, deadline=None)
@given(st.lists(articles, min_size=4, max_size=40), st.integers(2, 12))
def test_slices_placed_apart_change_nothing(found: list[tuple], size: int) -> None:  # type: ignore[type-arg]
    days = days_of({article[0]: article for article in found})
    slices = stories.slices(days, {}, size)
    assert not slices or [day for one in slices for day in sorted(one.days) if day >= one.begin] == sorted(days)
    guessed = {day: known for one in slices for day, known in stories.place(one.days).items() if day >= one.begin}
    assert stories.place(days, guessed) == stories.place(days)


@settings(max_examples=50, deadline=None)
@given(st.lists(articles, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_no_order_shows(found: list[tuple], dice) -> None:  # type: ignore[no-untyped-def,type-arg]
    by_key = {article[0]: article for article in found}
    shuffled = list(by_key.values())
    dice.shuffle(shuffled)
    assert stories.place(days_of(by_key)) == stories.place(days_of({article[0]: article for article in shuffled}))


@settings(max_examples=50, deadline=None)
@given(st.lists(articles, min_size=2, max_size=40))
def test_what_comes_later_changes_nothing_before(found: list[tuple]) -> None:  # type: ignore[type-arg]
    days = days_of({article[0]: article for article in found})
    last = max(days)
    before = stories.place({day: items for day, items in days.items() if day != last})
    after = stories.place(days)
    assert before == {day: known for day, known in after.items() if day != last}


@settings(max_examples=50, deadline=None)
@given(st.lists(articles, min_size=1, max_size=40))
def test_a_story_is_named_by_its_first_article_or_by_a_person(found: list[tuple]) -> None:  # type: ignore[type-arg]
    days = days_of({article[0]: article for article in found})
    placed = stories.stories(days, stories.place(days))
    in_order = [item for day in sorted(days) for item in stories.in_order(days[day])]
    for story in {*placed.values()} - {None}:
        members = [item for item in in_order if placed[item.key] == story]
        assert len(members) > 1
        assert (
            story == members[0].key
            or story == "=" + " ".join(members[0].forced.casefold().split())
            or story.startswith("=")
        )
    for item in in_order:
        if item.forced == "none":
            assert placed[item.key] is None
