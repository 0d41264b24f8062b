"""Text in = text out: what a seed says is what a reader sees, and nothing in it becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest import markdown

# Whatever a seed block may hold: one line or more, none blank, no control characters.
LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60
).filter(lambda line: line.strip(" \t") != "" and line.strip() != "" and line == line.strip(" \t"))
MARKUP = st.text(st.sampled_from("#*_`<>[]()!&;\\-+=|~:.)1234 ab\tä\u3000\u00a0\"'"), min_size=1, max_size=25).map(
    lambda line: line.strip(" \t")
)
BLOCKS = st.lists(st.one_of(LINES, MARKUP.filter(bool)), min_size=1, max_size=3).map("\n".join)


class Text(HTMLParser):
    """Collects the text of each block, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in ("p", "h2"):
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.blocks:
            self.blocks[-1] += data


def shown(html: str) -> list[str]:
    return [block.rstrip("\n") if block.endswith("\n") else block for block in Text(html).blocks]


@given(st.lists(BLOCKS, min_size=1, max_size=4))
@example(["# no heading", "1. no list", "- no list", "> no quotation", "    no code"[4:]])
@example(["a\n---", "a\n===", "| a | b |\n|---|---|\n| c | d |", "***", "```\ncode\n```", "~~~"])
@example(["[a]: https://x.example", "[a](b) ![c](d) <https://x.example> <b>bold</b> &amp; &#65;"])
@example(["*a* _b_ __c__ snake_case_word `d` \\* \\", "a\\\nb", "12345678901. x", "1) y"])
@example(["\u3000全角の字下げ", "a\u00a0", "\u2028x"])
def test_paragraphs_render_as_exactly_their_text(blocks: list[str]) -> None:
    page = Text(markdown.render("\n\n".join(map(markdown.escape, blocks))))
    assert shown(markdown.render("\n\n".join(map(markdown.escape, blocks)))) == blocks
    assert set(page.tags) == {"p"}


@given(st.one_of(LINES, MARKUP.filter(bool)))
@example("Ende ##")
@example("# 1")
def test_headings_render_as_exactly_their_text(text: str) -> None:
    html = markdown.render(markdown.heading(text, 2))
    assert shown(html) == [text]
    assert Text(html).tags == ["h2"]


@given(st.lists(st.one_of(LINES, MARKUP), max_size=6), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
@example(["## Heading", "Text & more > less \"quoted\" 'single'"], "\n\n")
@example(["## Heading ##", "##", "## "], "\n\n")
def test_the_short_way_gives_what_the_parser_gives(lines: list[str], between: str) -> None:
    text = between.join(lines)
    short = markdown._render_plain(text)
    assert short is None or short == str(markdown._parser().render(text))


@given(st.lists(MARKUP, max_size=8), st.sampled_from(["\n", "\n\n"]))
def test_the_plain_rules_keep_commonmarks_meaning(lines: list[str], between: str) -> None:
    from markdown_it import MarkdownIt

    text = between.join(lines)
    reference = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    assert str(markdown._parser().render(text)) == reference.replace("<h1>", "<h2>").replace("</h1>", "</h2>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "{{ 7 * 7 }} {% raw %}",
        "<!-- -->",
    ],
)
def test_content_cannot_bring_code(hostile: str) -> None:
    page = Text(markdown.render(hostile))
    assert set(page.tags) <= {"p"}


def test_links_in_feeds_are_absolute() -> None:
    html = markdown.render("[a](../b/) ![c](d.png) [e](https://e.example/)", "https://x.example/2025/08/17/s/")
    assert 'href="https://x.example/2025/08/17/b/"' in html
    assert 'src="https://x.example/2025/08/17/s/d.png"' in html
    assert 'href="https://e.example/"' in html


def test_a_page_has_one_h1_and_it_is_not_the_bodys() -> None:
    assert markdown.render("# Big\n\n## Small") == "<h2>Big</h2>\n<h2>Small</h2>\n"


def test_escaping_leaves_ordinary_text_as_it_is() -> None:
    text = "Er sagte: „Nein“ (laut dpa) – 5 % mehr, am 3. Mai; AT&T, snake_case, 1:0! Wirklich?"
    assert markdown.escape(text) == text
