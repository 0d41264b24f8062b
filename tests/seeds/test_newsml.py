"""NITF and NewsML-G2: what their elements become, and what hostile XML cannot do."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import built, cases, check, tell

from digest import seeds
from digest.model import Article
from digest.seeds import newsml

HEAD = "<head><docdata><date.issue norm='20250817'/></docdata></head>"
STORY = (
    f"<nitf>{HEAD}<body><body.head><hedline><hl1>T</hl1></hedline></body.head>"
    "<body.content><p>%s</p></body.content></body></nitf>"
)


@pytest.mark.parametrize("case", cases("seeds-newsml"), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    check(case)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso-8859-1", "Größe"),
        ("windows-1252", "„Größe“"),
        ("utf-16", "Größe"),
        ("koi8-r", "размер"),
        ("gb18030", "大小"),
    ],
)
def test_the_declared_encoding_counts(encoding: str, text: str) -> None:
    data = (f'<?xml version="1.0" encoding="{encoding}"?>\n' + STORY % text).encode(encoding)
    (article,), problems = seeds.parse(data, "seeds/x.xml")
    assert not problems
    assert article.blocks[0].text == text


def test_the_entities_of_html_are_known_though_no_document_type_is_read() -> None:
    doctype = '<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">'
    (article,), _ = seeds.parse(
        (doctype + STORY % "Gr&ouml;&szlig;e&hellip; &lt;1&gt; &amp;amp;").encode(), "seeds/x.xml"
    )
    assert article.blocks[0].text == "Größe… <1> &amp;"


BOMB = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        '<!ENTITY a "x">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;',
        f'<!ENTITY a "{"x" * 100_000}">',
    ],
)
def test_entities_are_refused_and_nothing_is_opened(doctype: str) -> None:
    began = time.process_time()
    story = STORY % ("&a;" * 1000)
    _, (problem,) = seeds.parse(f"<!DOCTYPE nitf [\n{doctype}]>{story}".encode(), "seeds/x.xml")
    assert problem.line == 2 or "entity" in problem.message.lower()
    assert problem.hint
    assert time.process_time() - began < 2


@pytest.mark.parametrize("tag", ["p", "block", "bq", "ul", "media", "table"])
def test_deep_nesting_is_refused_or_read(tag: str) -> None:
    for depth in (100, 100_000):
        data = (STORY % f"{f'<{tag}>' * depth}x{f'</{tag}>' * depth}").encode()
        articles, problems = seeds.parse(data, "seeds/x.xml")
        assert articles or "depth" in problems[0].message


def test_a_document_of_too_many_elements_is_refused() -> None:
    _, (problem,) = seeds.parse((STORY % ("<em/>" * 200_000)).encode(), "seeds/x.xml")
    assert "200,000 elements" in problem.message


def test_a_comment_as_long_as_you_like_does_not_hide_the_root_for_ever() -> None:
    began = time.process_time()
    assert not newsml.recognises(b"<!---->" * 100_000, "x")
    assert newsml.recognises(b"<?xml version='1.0'?>" + b"<!-- -->" * 100 + b"<nitf>", "x")
    assert time.process_time() - began < 1


def test_other_xml_is_left_to_others() -> None:
    for root in ("rss", "feed", "html", "nitfs", "svg"):
        assert not newsml.recognises(f"<?xml version='1.0'?><{root}><nitf>".encode(), "x.xml")


def test_each_item_of_a_message_hurts_only_itself() -> None:
    item = (
        "<newsItem><itemMeta><versionCreated>2025-08-17</versionCreated></itemMeta><contentMeta><headline>{}</headline>"
        "</contentMeta><contentSet><inlineData>{}</inlineData></contentSet></newsItem>"
    )
    items = "\n".join(item.format(f"T{number}", "" if number == 1 else "Text.") for number in range(3))
    articles, (problem,) = seeds.parse(f"<newsMessage><itemSet>{items}</itemSet></newsMessage>".encode(), "seeds/x.xml")
    assert [article.title for article in articles] == ["T0", "T2"]
    assert problem.line == 2
    assert len({article.sha256 for article in articles}) == 2


WORDS = st.text(st.characters(exclude_categories=["C"], include_characters="\n&<>]"), max_size=60)


@given(st.lists(st.tuples(st.sampled_from(["p", "hl2", "li", "media-caption", "pre", "em", "q"]), WORDS), max_size=6))
def test_what_a_story_says_is_what_the_article_says(parts: list[tuple[str, str]]) -> None:
    text = "".join(
        f"<{tag}>{words.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</{tag}>"
        for tag, words in parts
    )
    data = STORY.replace("<p>%s</p>", f"<block>{text}</block>").encode()
    articles, _ = seeds.parse(data, "seeds/x.xml")
    for article in articles:
        assert isinstance(built(article), Article)
        said = "".join(block.text for block in article.blocks if not block.markup)
        if not any(block.markup for block in article.blocks) and said != "T":
            assert "".join(said.split()) == "".join("".join(words for _, words in parts).split())


NAMES = [
    "nitf",
    "newsMessage",
    "itemSet",
    "newsItem",
    "itemMeta",
    "contentMeta",
    "contentSet",
    "headline",
    "inlineXML",
    "inlineData",
    "html",
    "body",
    "header",
    "p",
    "h1",
    "subject",
    "name",
    "by",
    "link",
    "media",
    "media-reference",
    "block",
    "hl2",
    "hedline",
    "hl1",
    "byline",
    "person",
    "table",
    "tr",
    "td",
    "packageItem",
]


@given(
    st.sampled_from(cases("seeds-newsml")),
    st.lists(
        st.tuples(
            st.integers(0, 3000),
            st.binary(max_size=3)
            | st.sampled_from(NAMES).map(lambda name: f"<{name}>".encode())
            | st.sampled_from(NAMES).map(lambda name: f"</{name}>".encode())
            | st.sampled_from([b"&#0;", b"&x;", b"<![CDATA[", b"]]>", b"<!ENTITY x 'y'>"]),
        ),
        max_size=4,
    ),
    st.integers(0, 5000),
)
def test_a_mutated_file_never_raises(case: Path, changes: list[tuple[int, bytes]], end: int) -> None:
    made = bytearray(case.read_bytes().partition(b"\n==========")[0])
    for at, change in changes:
        made[at : at + len(change)] = change
    assert tell(bytes(made[:end] if end % 3 == 0 else made), f"seeds/{case.name}")


TREES = st.recursive(
    st.text(st.characters(exclude_categories=["C"], exclude_characters="<&"), max_size=8),
    lambda inner: st.builds(
        lambda name, inside: f"<{name}>{''.join(inside)}</{name}>", st.sampled_from(NAMES), st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(st.sampled_from(["nitf", "newsMessage", "newsItem", "packageItem"]), st.lists(TREES, max_size=4))
def test_elements_in_any_order_are_read_or_named(root: str, inside: list[str]) -> None:
    articles, problems = seeds.parse(f"<{root}>{''.join(inside)}</{root}>".encode(), "seeds/2025-08-17.xml")
    assert articles or problems
