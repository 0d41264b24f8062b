"""Front matter: what is written is read again, and no header can hurt."""

import datetime as dt
import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest import frontmatter
from digest.frontmatter import MAX_HEADER, FrontMatterError, dump, line_of, load, load_typed, split

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=40)
VALUES = st.recursive(
    st.one_of(WORDS, st.booleans(), st.integers(-(10**9), 10**9), st.dates(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(WORDS.filter(lambda key: key.strip() != ""), VALUES, max_size=6), st.text(max_size=60))
def test_what_is_written_is_read_again(mapping: dict[str, object], body: str) -> None:
    parts = split(dump(mapping, body))
    assert parts.body == body
    assert load_typed(parts.header) == mapping


@given(st.dictionaries(WORDS.filter(lambda key: key.strip() != ""), WORDS, max_size=6))
def test_texts_are_read_as_they_were_written(mapping: dict[str, str]) -> None:
    assert load(split(dump(mapping, "")).header) == mapping


SIGNS = st.sampled_from(list("aZ09 :#-?,[]{}&*!|>'\"%@`=~.<_+/é漢„—\xa0\u200d\u2028\x85\t\n\ufeff😀"))
TRICKY = st.sampled_from(
    [
        "yes",
        "No",
        "null",
        "~",
        "1",
        "1.5",
        "1e5",
        "2025-08-17",
        "12:30",
        ".inf",
        "=",
        "<<",
        "---",
        "...",
        "0x1f",
        "1_000",
        "a:",
        "a:b",
        ":a",
        "-",
    ]
)
LINES = st.lists(TRICKY | st.text(SIGNS, max_size=6) | WORDS, max_size=3).map("".join)
PARTS = st.recursive(
    LINES | st.dates() | st.floats() | st.booleans() | st.none() | st.lists(LINES, max_size=3),
    lambda inner: st.dictionaries(LINES | st.sampled_from(["file", "no"]), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(LINES | st.sampled_from(["title", "kicker", "seed"]), PARTS, min_size=1, max_size=3))
def test_what_is_written_is_what_pyyaml_writes(mapping: dict[str, object]) -> None:
    dumper = yaml.SafeDumper if re.search("[\U00010000-\U0010ffff]", str(mapping)) else yaml.CSafeDumper
    header = yaml.dump(
        mapping, Dumper=dumper, allow_unicode=True, sort_keys=False, width=2**31 - 1, default_flow_style=False
    )
    assert dump(mapping, "") == f"---\n{header}---\n"


INDENTS = st.sampled_from(["", "", "", " ", "  ", "  ", "    "])
BEGINNINGS = st.sampled_from(["a:", "b:", "seed:", "a: ", "b: ", "file: ", "- ", "- ", "-", "a :", "? ", "# "])
VALUES_AS_WRITTEN = st.lists(
    st.sampled_from([*"az09 :#'\"-[]{}&*!|>%@`,\\~?=.ä„\u00a0\u2028\t", ": ", " #", "null", "- ", "''"]), max_size=6
).map("".join)


@settings(max_examples=1000)
@given(st.lists(st.tuples(INDENTS, BEGINNINGS, VALUES_AS_WRITTEN).map("".join), max_size=6).map("\n".join))
@example("a:\n- x\nb: y")
@example("a:\n  b:\n- x")
@example("a:\n  b:\n    c: 'x'\n  d: \"y\"\ne:\n  - null\n  - 'null'")
def test_what_is_read_quickly_is_what_pyyaml_reads(header: str) -> None:
    quick = frontmatter._simple(header)
    if quick is not None:
        node = yaml.compose(header, frontmatter._TextLoader)
        assert quick == (frontmatter._mapping(node) if node else {})


def test_what_the_import_writes_is_read_quickly() -> None:
    header = (
        "title: Rain\ndate: 2025-08-17\ntopics:\n- A\n- 'B: C'\nseed:\n  file: seeds/x.txt\n  rules:\n    lead: 0.97\n"
    )
    assert frontmatter._simple(header) == {
        "title": "Rain",
        "date": "2025-08-17",
        "topics": ["A", "B: C"],
        "seed": {"file": "seeds/x.txt", "rules": {"lead": "0.97"}},
    }


def test_a_value_that_stands_twice_is_written_as_pyyaml_does() -> None:
    day = dt.date(2025, 8, 17)
    assert dump({"date": day, "updated": day}, "") == "---\ndate: &id001 2025-08-17\nupdated: *id001\n---\n"


def test_a_title_is_never_a_number_a_date_or_a_truth() -> None:
    assert load("title: 1984\nkicker: No\ntopics: [NO, 007, 1:30]\ndate: 2025-08-17\nslug: null\n") == {
        "title": "1984",
        "kicker": "No",
        "topics": ["NO", "007", "1:30"],
        "date": "2025-08-17",
        "slug": None,
    }


def test_comments_in_the_body_are_kept() -> None:
    assert split("---\ntitle: x\n---\n<!-- a note -->\n\n# a\n").body == "<!-- a note -->\n\n# a\n"


@pytest.mark.parametrize(
    ("header", "line", "says"),
    [
        ("title: a: b\n", 2, "not valid YAML"),
        ("a: 1\nb: [1, 2\nc: 3\n", 4, "not valid YAML"),
        ("- a\n- b\n", 2, "not `key: value` lines"),
        ("just words\n", 2, "not `key: value` lines"),
        ("a: 1\na: 2\n", 3, "stands twice"),
        ("a: &x [1]\nb: *x\n", 2, "references"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 2, "references"),
        ("[" * 60_000, 2, "nested"),
        ("- " * 30_000, 2, "nested"),
        ("? " * 30_000, 2, "nested"),
        ("{a: " * 15_000, 2, "nested"),
        ("? [a]\n: b\n", 2, "not a word"),
    ],
)
def test_a_wrong_header_is_named_with_its_line(header: str, line: int, says: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        load(header)
    assert says in caught.value.message
    assert caught.value.line == line
    assert caught.value.hint


def test_no_object_is_made_of_yaml() -> None:
    with pytest.raises(FrontMatterError):
        load_typed("a: !!python/object/apply:os.system ['true']\n")


def test_a_header_without_end_or_without_limit_is_refused() -> None:
    with pytest.raises(FrontMatterError, match="no end"):
        split("---\ntitle: x\n\nText\n")
    with pytest.raises(FrontMatterError, match="characters"):
        split("---\n" + "a: b\n" * MAX_HEADER + "---\n")


def test_line_of() -> None:
    assert line_of("title: x\ndate: 2025-13-01\n", "date") == 3
    assert line_of("title: x\n", "date") == 1


def test_emoji_stay_readable() -> None:
    assert "😀" in dump({"title": "Heute 😀", "date": dt.date(2025, 8, 17)}, "")


@given(st.lists(st.sampled_from(["---", "...", "--- ", "...\t", "a: b", "", "----", "--"]), max_size=8), st.booleans())
def test_the_first_closing_line_ends_the_header(lines: list[str], ended: bool) -> None:
    text = "---\n" + "\n".join(lines) + "\n" * ended
    closing = next((place for place, line in enumerate(lines) if line.rstrip(" \t") in ("---", "...")), None)
    if closing is None:
        with pytest.raises(FrontMatterError, match="no end"):
            split(text)
    else:
        parts = split(text)
        assert parts.header == "".join(f"{line}\n" for line in lines[:closing])
        assert parts.body == ("\n".join(lines[closing + 1 :]) + "\n" * ended if lines[closing + 1 :] else "")
        assert parts.body_line == closing + 3
