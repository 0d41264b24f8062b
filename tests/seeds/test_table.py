"""Tables: CSV, JSON Lines and JSON, with an article a row."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import built, cases, check, tell

from digest import seeds
from digest.model import Article
from digest.seeds import stated, table
from digest.seeds.encoding.characters import clean

WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n"), max_size=80)


@pytest.mark.parametrize("case", cases("seeds-table"), ids=lambda case: case.name)
def test_a_case(case: Path) -> None:
    check(case)


def test_the_settings_name_the_columns() -> None:
    data = b"Kopf,Tag,Was,Wo,title\nT,2025-08-17,Text.,Berlin,no headline\n"
    mapping = seeds.Reading(columns={"title": "Kopf", "date": "Tag", "text": "Was", "topics": "Wo"})
    (article,), problems = seeds.parse(data, "seeds/x.csv", mapping)
    assert not problems
    assert (article.title, article.date, article.topics) == ("T", "2025-08-17", ("Berlin",))
    assert article.blocks[0].text == "Text."


def test_a_column_that_the_settings_name_need_not_be_in_every_table() -> None:
    mapping = seeds.Reading(columns={"title": "Kopf"})
    (article,), _ = seeds.parse(b"title,date,text\nT,2025-08-17,Text.\n", "seeds/x.csv", mapping)
    assert article.title == "T"


def test_what_is_read_from_which_column_is_told() -> None:
    (article,), _ = seeds.parse(b"id,Titel,datum,text\n1,T,2025-08-17,Text.\n", "seeds/x.csv")
    (fired,) = [fired for fired in article.fired if fired.rule == "columns"]
    assert fired.text == "title: Titel, date: datum, text: text; not used: id"


def test_the_lines_of_rows_are_those_of_the_file() -> None:
    data = b'title,date,text\n\nOne,2025-08-17,"Two\nlines"\nTwo,2025-08-17,Text.\n'
    articles, _ = seeds.parse(data, "seeds/x.csv")
    assert [article.line for article in articles] == [3, 5]


def test_the_date_may_stand_in_the_name_or_on_the_command_line() -> None:
    (article,), _ = seeds.parse(b"title,text\nT,Text.\n", "seeds/2025-08-17.csv")
    assert article.date == "2025-08-17"
    (article,), _ = seeds.parse(b"title,text\nT,Text.\n", "seeds/x.csv", seeds.Reading(date="2025-08-18"))
    assert article.date == "2025-08-18"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "example.org/x",
        "https://exa\x11mple.org",
        "https://[",
        "https://a b",
        f"https://{'a' * 300}.org",
    ],
)
def test_what_is_no_web_address_is_passed_over(url: str) -> None:
    (article,), _ = seeds.parse(
        json.dumps({"title": "T", "date": "2025-08-17", "text": "Text.", "url": url}).encode(), "x.json"
    )
    assert article.source is None


def test_rows_are_read_as_they_are_asked_for() -> None:
    data = b"title,date,text\n" + b"T,2025-08-17,Text.\n" * 100_000
    rows = table.read(data, "seeds/x.csv", seeds.READING)
    assert sum(1 for _, article in zip(range(3), rows, strict=False)) == 3
    articles, (problem,) = seeds.parse(data, "seeds/x.csv")
    assert len(articles) == seeds.MAX_ARTICLES
    assert problem.line == seeds.MAX_ARTICLES + 2


def test_a_long_cell_is_read_and_the_limit_of_csv_is_as_before() -> None:
    before = csv.field_size_limit()
    text = "word " * 50_000
    (article,), _ = seeds.parse(f"title,date,text\nT,2025-08-17,{text}\n".encode(), "seeds/x.csv")
    assert article.blocks[0].text == text.strip()
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("data", [b'{"title":' * 100_000, b"[" * 100_000, b'{"title": "T", "text": ' + b"[" * 100_000])
def test_deep_json_is_refused(data: bytes) -> None:
    _, (problem,) = seeds.parse(data, "seeds/x.json")
    assert problem.hint


def test_a_column_holds_one_thing_though_its_name_means_two() -> None:
    (swedish,), _ = seeds.parse(b"Rubrik,Datum,Text\nT,2025-08-17,Text.\n", "seeds/x.csv")
    (german,), _ = seeds.parse(b"Titel,Rubrik,Datum,Text\nT,Politik,2025-08-17,Text.\n", "seeds/x.csv")
    assert (swedish.title, swedish.topics) == ("T", ())
    assert (german.title, german.topics) == ("T", ("Politik",))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=3), st.sampled_from(",;\t|"))
def test_what_the_cells_say_is_what_the_articles_say(rows: list[tuple[str, str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("title", "date", "text"), *((title, "2025-08-17", text) for title, text in rows)])
    articles, problems = seeds.parse(out.getvalue().encode(), "seeds/x.csv")
    assert len(articles) + len(problems) == max(len(rows), 1)
    rows = [(clean(title)[0], clean(text)[0]) for title, text in rows]
    said = [(title.split(), text.split()) for title, text in rows if title.split() and text.split()]
    plain = [("".join(block.text for block in article.blocks), article) for article in articles]
    assert [article.title.split() for _, article in plain] == [title for title, _ in said]
    for (text, article), (_, words) in zip(plain, said, strict=True):
        if not stated.is_html(" ".join(words)):
            shown = "".join(text.split())  # a first line that repeats the headline is left out
            assert "".join(words) in (shown, "".join(article.title.split()) + shown)
        assert isinstance(built(article), Article)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.sampled_from(["2025-08-17", "<p>x</p>"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "rendered", "x"]), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(["title", "date", "text", "author", "tags", "url", "source", "summary", "image", "items", ""])


@given(st.recursive(st.dictionaries(KEYS, VALUES), lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_json_of_any_shape_is_read_or_named(value: object) -> None:
    data = json.dumps(value).encode()
    articles, problems = seeds.parse(data, "seeds/x.json")
    assert articles or problems
    for article in articles:
        assert isinstance(built(article), Article)


@given(
    st.sampled_from([case for case in cases("seeds-table") if case.stat().st_size > 100]),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=3) | st.sampled_from([b'"', b"\n", b"{", b",", b"["]))),
    st.integers(0, 1000),
)
def test_a_mutated_table_never_raises(case: Path, changes: list[tuple[int, bytes]], end: int) -> None:
    made = bytearray(case.read_bytes().partition(b"\n==========")[0])
    for at, change in changes:
        made[at : at + len(change)] = change
    assert tell(bytes(made[:end] if end % 2 else made), f"seeds/{case.name}")
