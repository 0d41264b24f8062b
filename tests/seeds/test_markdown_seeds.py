"""Markdown seeds: front matter and text are taken as they are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import built, cases, check

from digest import seeds
from digest.frontmatter import load, split
from digest.intake.compose import compose
from digest.model import Article
from digest.seeds.encoding.characters import clean


@pytest.mark.parametrize("case", cases("seeds-markdown"), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    check(case)


def test_a_text_that_begins_with_a_rule_is_plain_text() -> None:
    (article,), _ = seeds.parse(b"---\n\n date 2025-08-17 Title\n\nText.", "seeds/x.txt")
    assert article.format == "text"


def test_a_seed_in_the_text_format_may_be_called_md() -> None:
    (article,), _ = seeds.parse(b" date 2025-08-17 Title\n\nText.", "seeds/x.md")
    assert article.format == "text"


def test_who_mends_a_topic_mends_the_article() -> None:
    text = b"---\ntitle: T\ndate: 2025-08-17\ntags: [a]\n---\nText."
    (one,), _ = seeds.parse(text, "seeds/x.md")
    (other,), _ = seeds.parse(text.replace(b"[a]", b"[b]"), "seeds/x.md")
    assert one.text_hash != other.text_hash


def test_a_first_line_without_end_takes_no_time() -> None:
    _, (problem,) = seeds.parse(b"# T" + b" " * 1_000_000 + b"x", "seeds/2025-08-17.md")
    assert "no title" in problem.message


KEYS = st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=8)
WRITTEN = st.sampled_from(
    [
        "1",
        "1.10",
        "007",
        "0x10",
        "1_000",
        "1e3",
        "yes",
        "NO",
        "true",
        "False",
        "~",
        "null",
        "2025-08-17",
        "2025-08-17T10:00:00",
        "12:30",
        ".inf",
        "'q'",
        '"1"',
        "é",
    ]
)


@given(st.dictionaries(KEYS, WRITTEN | st.lists(WRITTEN, max_size=3).map(lambda some: f"[{', '.join(some)}]")))
def test_every_front_matter_value_keeps_its_characters(values: dict[str, str]) -> None:
    header = "".join(f"x{key}: {value}\n" for key, value in values.items())
    (article,), problems = seeds.parse(f"---\ntitle: T\ndate: 2025-08-17\n{header}---\nText.".encode(), "seeds/x.md")
    assert not problems
    written = load(split(compose(article, "seeds/x.md", "", "urn:x:1")).header)
    assert {key: written[key] for key in load(header)} == load(header)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n"), min_size=1))
def test_the_text_below_the_front_matter_is_taken_as_it_is(text: str) -> None:
    articles, _ = seeds.parse(f"---\ntitle: The title\ndate: 2025-08-17\n---\n{text}".encode(), "seeds/x.md")
    for article in articles:
        assert article.body == clean(text)[0]
        assert isinstance(built(article), Article)


@given(
    st.sampled_from([case.read_bytes().partition(b"\n==========")[0] for case in cases("seeds-markdown")]),
    st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=4) | st.sampled_from([b"[", b"{", b"&a ", b"!!set "]))),
)
def test_a_mutated_file_never_raises(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    made = bytearray(data)
    for at, change in changes:
        made[at : at + len(change)] = change
    articles, problems = seeds.parse(bytes(made), "seeds/x.md")
    assert articles or problems
    for article in articles:
        compose(article, "seeds/x.md", "", "urn:x:1").encode()
