"""HTML elements as blocks: what each tag becomes, and that what a reader sees is what was there."""

import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from digest import markdown
from digest.intake import compose
from digest.seeds import markup
from digest.seeds.record import Block

CASES = sorted((Path(__file__).parents[1] / "cases" / "seeds-markup").glob("*.txt"))
INVISIBLE = re.compile("[\\s\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]+")


def shown(blocks: tuple[Block, ...]) -> str:
    """Return the text of the page that the blocks become, without blank space."""
    return INVISIBLE.sub("", unescape(re.sub("<[^>]*>", "", markdown.render(compose.body_of(blocks)))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    """A case is HTML, a line of `=`, and the Markdown that it becomes."""
    source, _, expected = case.read_text("utf-8").partition("\n==========\n")
    assert compose.body_of(markup.of_html(source, "https://example.org/news/")) + "\n" == expected


def test_the_tags_of_an_article_become_the_kinds_of_blocks() -> None:
    source = "<h1>A</h1><p>B<blockquote>C</blockquote><h3>D</h3><ol start=7><li>E<ul><li>F</ul></ol><h5>G</h5>"
    assert [(block.kind, block.text, block.level, block.number) for block in markup.of_html(source)] == [
        ("heading", "A", 2, ""),
        ("paragraph", "B", 2, ""),
        ("quotation", "C", 2, ""),
        ("heading", "D", 3, ""),
        ("item", "E", 1, "7"),
        ("item", "F", 2, ""),
        ("heading", "G", 4, ""),
    ]


def test_text_without_markup_stays_in_its_own_characters() -> None:
    (block,) = markup.of_html("<p>2 * 3 &lt; 7 [sic] _x_</p>")
    assert block == Block("paragraph", "2 * 3 < 7 [sic] _x_")


def test_namespaces_and_prefixes_of_tags_do_not_matter() -> None:
    prefixed = "<x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>A <x:em>b</x:em></x:p><!-- c --><x:p>D</x:p></x:div>"
    blocks = markup.blocks(etree.fromstring(prefixed))
    assert [block.text for block in blocks] == ["A *b*", "D"]


def test_the_text_after_an_element_is_not_part_of_it() -> None:
    paragraph = html.fragment_fromstring("<div><p>in</p>out</div>")[0]
    assert [block.text for block in markup.blocks(paragraph)] == ["in"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a/b?c=d", "https://example.org/news/a/b?c=d"),
        ("//other.example/x", "https://other.example/x"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://e.example/Fluss_(Tal) <1>", "https://e.example/Fluss_%28Tal%29%20%3C1%3E"),
        ("https://e.example/?a=1&copy;=2", "https://e.example/?a=1&amp;copy;=2"),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("#note-1", ""),
        ("ftp://e.example/", ""),
        ("http://[::1", ""),
        ("https://e.example/" + "x" * 5000, ""),
        ("", ""),
    ],
)
def test_a_link_is_kept_where_a_reader_can_follow_it(href: str, address: str) -> None:
    node = etree.Element("p")
    etree.SubElement(node, "a", href=href).text = "link"
    (block,) = markup.blocks(node, "https://example.org/news/")
    assert block.text == (f"[link]({address})" if address else "link")


def test_without_a_base_a_relative_link_is_its_text() -> None:
    (block,) = markup.of_html('<p><a href="/x">link</a>')
    assert block == Block("paragraph", "link")


@pytest.mark.parametrize("source", ["", " ", "<!-- only -->", "<p> <b>\u00a0</b>\u200b<p>", "<script>x</script>", "\0"])
def test_what_shows_nothing_has_no_blocks(source: str) -> None:
    assert markup.of_html(source) == ()


def test_deep_and_large_documents_take_linear_time() -> None:
    root = node = etree.Element("div")
    for tag in ["ul", "li", "b", "table", "tr", "td", "blockquote"] * 3000:
        node = etree.SubElement(node, tag)
    node.text = "deep"
    start = time.process_time()
    (block,) = markup.blocks(root)
    assert shown((block,)) == "deep"
    spaces = etree.Element("p")
    spaces.text = "a" + "\u00a0" * 200_000 + "b" + " " * 200_000
    etree.SubElement(spaces, "b").text = "c" * 200_000
    markup.blocks(spaces)
    assert time.process_time() - start < 5


TEXT = st.text(
    st.sampled_from("ab Zß1.)-+#>*_`[]()<&!|\\=~:\"'„“—😀漢「」\u00a0\u3000\u200b\u00ad\n\t$;")
    | st.characters(codec="utf-8"),
    max_size=12,
)
NAMES = "p div span b strong i em a h1 h2 h4 ul ol li blockquote table tr td th br pre figure figcaption sup hr x:y"
TAGS = st.sampled_from(NAMES.split())


LINKS = st.sampled_from(["http://e.example/_x_", "/a_b*c", "x)y", ""])
STEPS = st.lists(st.tuples(TAGS, st.integers(0, 3), TEXT, TEXT, LINKS), min_size=1, max_size=12)


def tree(steps: list[tuple[str, int, str, str, str]]) -> Any:
    """Return an element: each step opens a tag, and closes some before it."""
    root = node = etree.Element("div")
    for name, closed, text, tail, href in steps:
        for _ in range(closed):
            if node is not root:
                node.tail = xml_text(tail)
                node = node.getparent()
        node = etree.SubElement(node, "{urn:x}y" if name == "x:y" else name)
        node.text = xml_text(text)
        if name == "a":
            node.set("href", href)
    return root


def xml_text(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", text)


@settings(max_examples=200, deadline=None)
@given(STEPS.map(tree))
def test_visible_text_in_is_visible_text_out(node: Any) -> None:
    blocks = markup.blocks(node, "https://example.org/")
    assert all("\n\n" not in block.text for block in blocks)
    assert shown(blocks) == INVISIBLE.sub("", "".join(node.itertext()))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "b", "i", "a", "b/i", "a/b", "b/a"]), TEXT.map(xml_text)), max_size=8))
def test_emphasis_never_shows_as_asterisks(pieces: list[tuple[str, str]]) -> None:
    paragraph = etree.Element("p")
    for tags, text in pieces:
        node = paragraph
        for tag in tags.split("/") if tags else ["span"]:
            node = etree.SubElement(node, tag, href="http://e.example/_x_")
        node.text = text
    blocks = markup.blocks(paragraph)
    assert shown(blocks) == INVISIBLE.sub("", "".join(text for _, text in pieces))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_as_html_is_no_accident(source: str) -> None:
    shown(markup.of_html(source))
