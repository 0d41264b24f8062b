"""ninjs: what IPTC's three versions of it become, and odd shapes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import built, cases, check, tell

from digest import seeds
from digest.model import Article

ITEM = {"uri": "urn:x:1", "versioncreated": "2025-08-17T10:00:00Z", "headline": "T", "body_text": "Text."}


@pytest.mark.parametrize("case", cases("seeds-ninjs"), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    check(case)


def test_other_json_is_not_ninjs() -> None:
    (article,), _ = seeds.parse(b'{"title": "T", "date": "2025-08-17", "text": "versioncreated"}', "seeds/x.json")
    assert article.format == "table"


def test_items_may_stand_one_a_line() -> None:
    data = "\n".join(json.dumps({**ITEM, "headline": title}) for title in ("One", "Two"))
    articles, _ = seeds.parse(data.encode(), "seeds/x.jsonl")
    assert [(article.title, article.line) for article in articles] == [("One", 1), ("Two", 2)]


def test_an_address_of_another_scheme_is_no_web_address() -> None:
    data = json.dumps({**ITEM, "uri": "javascript:alert(1)", "body_html": '<p><a href="javascript:x">Text</a></p>'})
    (article,), _ = seeds.parse(data.encode(), "seeds/x.json")
    assert article.source is None
    assert article.blocks[0].text == "Text"


def test_deep_json_is_refused() -> None:
    _, (problem,) = seeds.parse(b'{"versioncreated": ' + b'{"a":' * 100_000, "seeds/x.json")
    assert "too deep" in problem.message


def test_a_list_without_end_is_cut() -> None:
    data = json.dumps({**ITEM, "subject": [{"name": str(number)} for number in range(5000)]}).encode()
    (article,), (problem,) = seeds.parse(data, "seeds/x.json")
    assert len(article.topics) == 10
    assert "1,000 entries" in problem.message


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["2025-08-17T10:00:00Z", "<p>x</p>", "https://example.org/a.jpg", "picture", "main", "text/html", "<nitf/>"]
    )
)
KEYS = st.sampled_from(
    [
        "uri",
        "type",
        "headline",
        "headlines",
        "body_text",
        "body_xhtml",
        "bodies",
        "byline",
        "by",
        "language",
        "subject",
        "associations",
        "renditions",
        "role",
        "value",
        "name",
        "href",
        "width",
        "contentType",
        "firstcreated",
        "embargoed",
        "pubstatus",
        "keywords",
        "authors",
        "located",
    ]
)
SHAPES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=12
)


@given(st.dictionaries(KEYS, SHAPES))
def test_an_item_of_any_shape_is_read_or_named(item: dict[str, object]) -> None:
    data = json.dumps({**ITEM, **item}).encode()
    articles, problems = seeds.parse(data, "seeds/x.json")
    assert articles or problems
    for article in articles:
        assert isinstance(built(article), Article)
    for problem in problems:
        assert problem.hint


@given(
    st.sampled_from(cases("seeds-ninjs")),
    st.lists(st.tuples(st.integers(0, 1500), st.binary(max_size=3) | st.sampled_from([b'"', b"{", b"[", b"null"]))),
)
def test_a_mutated_file_never_raises(case: Path, changes: list[tuple[int, bytes]]) -> None:
    made = bytearray(case.read_bytes().partition(b"\n==========")[0])
    for at, change in changes:
        made[at : at + len(change)] = change
    assert tell(bytes(made), f"seeds/{case.name}")
