"""Whatever a feed shows, in whatever order, again and again: each of its entries is stored once, and as it was last."""

from hypothesis import given
from hypothesis import strategies as st

from digest.pulling.entries import decide
from digest.pulling.record import Known, read, write
from digest.seeds import feed
from digest.seeds.stated import Stated

ENTRIES = st.builds(
    lambda number, text, has_id, has_link: feed.Entry(
        Stated(title=f"T{number}", date="2025-08-17", url=f"https://x.example/{number}" if has_link else ""),
        (feed.Text(text),),
        "",
        (),
        f"urn:{number}" if has_id or not has_link else "",
    ),
    st.integers(0, 5),
    st.sampled_from(["one", "two"]),
    st.booleans(),
    st.booleans(),
)


def shown(entries: list[feed.Entry], own: list[Known]) -> list[Known]:
    """Return the record after a feed showed these entries."""
    decided = decide(entries, own, set())
    gone = [one.before for one in decided]
    return [*(known for known in own if known not in gone), *(one.known for one in decided)]


@given(st.lists(st.lists(ENTRIES, max_size=8, unique_by=lambda entry: entry.known.title), max_size=6))
def test_each_entry_is_stored_once_and_as_it_was_last(feeds: list[list[feed.Entry]]) -> None:
    own: list[Known] = []
    for entries in feeds:
        own = shown(entries, own)
        assert shown(entries, own) == own, "what is there already changes nothing"
        assert shown(entries[::-1], own) == own, "nor does the order"
        records, problems = read(write(own), "x")
        assert (sorted(map(repr, records)), problems) == (sorted(map(repr, own)), [])


@given(st.lists(st.lists(ENTRIES.filter(lambda entry: entry.id), max_size=8), max_size=6))
def test_an_id_stands_for_one_entry(feeds: list[list[feed.Entry]]) -> None:
    own: list[Known] = []
    for entries in feeds:
        own = shown(entries, own)
    ids = [known.id for known in own]
    assert sorted(ids) == sorted({entry.id for entries in feeds for entry in entries})
