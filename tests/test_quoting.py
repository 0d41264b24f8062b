"""What pages quote stands word for word where they link to, and nothing is taken from what may not be quoted."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import escape
from sites import Site, article

from digest import content, markdown, theme
from digest.config import parse
from digest.model import Article
from digest.pages import quoting
from digest.pages.quoting import Key, Passages
from digest.render import _environment
from digest.views import Site as Shown
from digest.views import site as shown_site

SETTINGS = parse("title: Little Digest\nurl: https://d.example/\nlanguage: en\n")


VOID = ("img", "br", "hr", "meta", "link")


class Anchors(HTMLParser):
    """Collects what a reader sees in each element with an id, and the ids in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.words: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or ""
        if name:
            self.ids.append(name)
            self.words[name] = ""
        if tag not in VOID:
            self._open.append(name)
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.words[name] += data


def seen(text: str) -> str:
    return " ".join(text.split())


def made(title: str = "Storm over the harbour", lang: str = "en", rights: str = "full", name: str = "a") -> Article:
    head = f"---\ntitle: {title}\ndate: 2025-08-17\nlang: {lang}\nrights: {rights}\n---\nText.\n"
    found = content.parse(head.encode(), f"content/2025/08/17/{name}.md", SETTINGS.zone, "en", {})
    assert isinstance(found, Article)
    return found


STORM = """\
The storm closed the harbour of Elmtown on Sunday, and 3,000 people had to leave their houses.

[//]: # (byline)
By Ann Lee, who was in the harbour of Elmtown when the storm came on Sunday.

“We had never seen water as high as that in this town,” said Mayor Jo Hill on Monday.

## The harbour of Elmtown after the storm of Sunday

[Read also: the harbour of Elmtown before the storm came on Sunday](https://x.example/).

![Boats](boats.jpg) The harbour of Elmtown after the storm of Sunday in a *picture*.

Engineers of Elmtown said the *harbour* wall had held the storm & most of the water back.

- The harbour of Elmtown closed on Sunday because of the storm.
- The harbour of Elmtown opens on Tuesday after the storm.

> The harbour of Elmtown is our home, and the storm will not change that.

Repairs of the harbour will cost $3.5 million, and the town of Elmtown has asked for help.

[//]: # (furniture)
Sign up for our letter about the harbour of Elmtown and never miss a storm again.
"""


def all_keys(found: Passages) -> list[Key]:
    return [*found.sentences, *found.quotations, *found.numbers]


def test_a_story_in_its_articles_words() -> None:
    found = quoting.of_story([(made(), STORM)])
    assert [(key.anchor, key.text) for key in found.sentences] == [
        ("p1", "The storm closed the harbour of Elmtown on Sunday, and 3,000 people had to leave their houses."),
        ("p7", "Engineers of Elmtown said the harbour wall had held the storm & most of the water back."),
        ("p10", "Repairs of the harbour will cost $3.5 million, and the town of Elmtown has asked for help."),
    ]
    assert [(key.anchor, key.speaker, key.text) for key in found.quotations] == [
        ("p3", "Mayor Jo Hill", "We had never seen water as high as that in this town")
    ]
    assert [(key.anchor, key.figure) for key in found.numbers] == [("p1", "3,000 people")]
    first = found.sentences[0]
    assert first.href == f"{made().href}#p1"
    assert (first.title, first.lang, first.dir, first.source) == ("Storm over the harbour", "en", "ltr", "")


def test_nothing_comes_from_an_article_that_may_not_be_quoted() -> None:
    closed = [made(rights=rights, name=rights) for rights in ("excerpt", "link")]
    long = STORM * 9
    for one in closed:
        assert quoting.text_of(one, long).blocks == ()
        assert not quoting.text_of(one, long).may_quote
        assert quoting.of_article(one, long) == quoting.NOTHING
        assert quoting.of_story([(one, long)]) == quoting.of_edition([(one, long)]) == quoting.NOTHING
    among = quoting.of_story([(closed[0], STORM), (made(), STORM), (closed[1], STORM)])
    assert {key.href.partition("#")[0] for key in all_keys(among)} == {made().href}


@pytest.mark.parametrize(("lang", "length", "long"), [("en", 5999, False), ("en", 6000, True), ("ja", 2500, True), ("ja-JP", 2499, False)])  # fmt: skip
def test_which_articles_are_long(lang: str, length: int, long: bool) -> None:
    assert quoting.is_long(made(lang=lang), "x" * length) == long
    assert not quoting.is_long(made(lang=lang, rights="excerpt"), "x" * length)


def test_a_long_article_does_not_begin_twice_with_the_same_words() -> None:
    found = quoting.of_article(made(), STORM + "\nNo word of this is of any weight.\n" * 200)
    assert found.sentences
    assert "p1" not in {key.anchor for key in found.sentences}
    assert found.numbers == ()


def test_a_quotation_of_a_long_article_stands_large_beside_its_paragraph() -> None:
    rest = "\nNo word of this is of any weight.\n" * 200
    said = "“We had <never> seen water as high as that in this town,” said Mayor Jo Hill on Sunday."
    long = f"The storm closed the harbour.\n\nIt rained.\n\n{said}\n{rest}"
    (pulled,) = quoting.of_article(made(), long).quotations
    assert (pulled.anchor, pulled.speaker) == ("p3", "Mayor Jo Hill")
    assert pulled.text == "We had <never> seen water as high as that in this town"
    assert quoting.of_article(made(), f"{said}\n{rest}").quotations == (), "the first paragraph is read anyway"
    assert quoting.of_article(made(), long.replace("We had", f"We had {'never ' * 30}")).quotations == ()
    assert quoting.of_article(made(), long.replace("said Mayor Jo Hill", "said somebody")).quotations == ()
    two = f"{long}\n{said.replace('Jo Hill', 'Ann Lee').replace('water', 'fire')}\n"
    assert len(quoting.of_article(made(), two).quotations) == 1
    assert len(quoting.of_article(made(), two + rest * 2).quotations) == 2


def test_of_many_articles_the_first_ones_are_read() -> None:
    read = 0

    def articles():  # type: ignore[no-untyped-def]
        nonlocal read
        for number in range(99):
            read += 1
            yield made(name=str(number)), STORM

    quoting.of_story(articles())
    assert read == quoting.MOST_ARTICLES


def test_what_the_blocks_are() -> None:
    text = f"{STORM}\n| a | b |\n|---|---|\n| c | d |\n\n    code\n\n---\n\nA line\nand\\\nanother\n"
    found = markdown.blocks(text)
    assert [kind for kind, _ in found] == [
        "paragraph", "byline", "paragraph", "heading", "paragraph", "picture", "paragraph", "list", "quotation",
        "paragraph", "furniture", "table", "code", "rule", "paragraph",
    ]  # fmt: skip
    assert found[-1] == ("paragraph", "A line and\nanother")
    assert markdown.blocks("[All of it is a *link*](x)") == [("link", "All of it is a link")]
    assert markdown.blocks("") == []


# Whatever Markdown may hold: words, signs of markup, and sentences that are worth a quotation.
LINES = st.one_of(
    st.text(st.sampled_from("#*_`<>[]()!&;\\-+=|~:.)1 aäb\t漢か„“”\"«»,'?"), max_size=30),
    st.sampled_from(
        [*STORM.split("\n"), "```", "[a]: /x", "The [harbour][a] of Elmtown held 500 people in the storm.", "  \\"]
    ),
)
BODIES = st.lists(LINES, max_size=14).map("\n".join)
LANGS = st.sampled_from(["en", "de", "ja", "vi", "ar"])


def assert_stands(key: Key, bodies: dict[str, str]) -> None:
    href, _, anchor = key.href.partition("#")
    assert anchor == key.anchor
    words = seen(Anchors(markdown.render(bodies[href], anchors=True)).words[anchor])
    assert seen(key.text) in words
    assert all(word in words for word in key.speaker.split())
    assert key.figure in key.text


@given(st.lists(BODIES, min_size=1, max_size=3), LANGS)
def test_whatever_is_quoted_stands_where_its_link_leads(bodies: list[str], lang: str) -> None:
    articles = [(made(lang=lang, name=str(number)), body) for number, body in enumerate(bodies)]
    known = {one.href: body for one, body in articles}
    found = quoting.of_story(articles)
    for key in [*all_keys(found), *quoting.of_edition(articles).numbers]:
        assert_stands(key, known)
    padding = "\n\nThe harbour of Elmtown was closed by the storm." * 200
    one, body = articles[0]
    for key in quoting.of_article(one, body + padding).sentences:
        assert_stands(key, {one.href: body + padding})
    assert quoting.of_story(articles) == found


@given(BODIES, st.integers(1, 400))
@example("See [//] and [a].\n\nMore.\n\n[//]: # (byline)\nBy A\n\n[a]: /x", 5)
def test_the_beginning_of_a_body_has_the_blocks_of_the_whole(body: str, limit: int) -> None:
    whole, read = quoting.text_of(made(), body).blocks, quoting.text_of(made(), body, limit).blocks
    shortened = bool(read) and read[-1] != whole[len(read) - 1]
    same = len(read) - 1 if shortened else len(read)
    assert read[:same] == whole[:same]
    assert not shortened or whole[same].text.startswith(read[same].text.rstrip())


@given(BODIES)
def test_the_ids_and_the_blocks_are_in_step(body: str) -> None:
    html = markdown.render(body, anchors=True)
    assert re.sub(r' id="p\d+"', "", html) == markdown.render(body)
    assert Anchors(html).ids == [f"p{number}" for number in range(1, len(markdown.blocks(body)) + 1)]
    plain = markdown._plain_blocks(body)
    assert plain is None or plain == markdown._parsed_blocks(markdown._parser().parse(body))


LONG = "\n\n".join([STORM, *(f"In house {number} of Elmtown the water of the harbour stood." for number in range(120))])


def test_the_page_of_a_long_article_begins_with_its_key_sentences(site: Site) -> None:
    site.write("content/2025/08/17/long.md", article("Long", text=LONG))
    site.write("content/2025/08/17/short.md", article("Short", text=STORM))
    site.write("content/2025/08/17/closed.md", article("Closed", text=LONG, rights="excerpt"))
    site.build()
    page = site.read("site/2025/08/17/long/index.html")
    aside = page[page.index("<aside") : page.index("</aside>")]
    links = re.findall(r'<li><a href="#(p\d+)">(.*?)</a></li>', aside)
    assert len(links) == 3
    anchors = Anchors(page)
    assert len(anchors.ids) == len(set(anchors.ids))
    for anchor, text in links:
        assert unescape(text) in seen(anchors.words[anchor])
    assert page.index("</aside>") < page.index('class="e-content"')
    for name in ("short", "closed"):
        assert "<aside" not in site.read(f"site/2025/08/17/{name}/index.html")
    assert 'id="p3"' in site.read("site/2025/08/17/short/index.html")
    assert not re.search(r"id=&quot;p\d|id=\"p\d|<aside|&lt;aside", site.read("site/feed.xml"))


def partial(name: str, passages: Passages, tmp_path: Path, language: str = "en") -> str:
    look = theme.Look((str(theme.builtin()),), b"", str(tmp_path))
    shown: Shown = shown_site(SETTINGS, "0")
    template = _environment(look, language).get_template(f"partials/{name}.html")
    return template.render(passages=passages, site=shown, root="../../")


def test_the_partials_show_each_passage_with_a_link_to_its_place(tmp_path: Path) -> None:
    german = made("Sturm", "de", name="b")
    text = "„So hoch stand das Wasser <noch> nie in dieser Stadt“, sagte Jan Holm. Es kostet 12,5 Millionen Euro.\n"
    found = quoting.of_story([(made(), STORM), (german, text.replace("<", r"\<"))])
    html = partial("passages", found, tmp_path)
    for key in all_keys(found):
        assert f'href="../../{key.href}"' in html
        assert escape(key.text) in html
        assert escape(key.speaker) in html
        assert key.figure in html
    assert '<figure class="said" lang="de" dir="ltr">' in html
    assert "<noch>" not in html
    assert Anchors(html).ids == ["sentences", "quotations", "numbers"]
    assert ">Numbers</h2>" in html
    numbers = partial("numbers", quoting.of_edition([(made(), STORM), (german, text)]), tmp_path)
    assert ">The day in numbers</h2>" in numbers
    assert "3,000 people" in numbers
    assert "12,5 Millionen Euro" in numbers
    assert partial("passages", quoting.NOTHING, tmp_path).strip() == ""


FLOOD = """\
The Danube flooded the old town of Ulm after three days of rain, and firefighters evacuated 400 residents.

“We have not seen such a flood in Ulm for a hundred years,” said Mayor Ann Hill.

Firefighters of Ulm pumped the water of the Danube out of NAME cellars in the old town.
"""


def test_the_page_of_a_story_quotes_its_articles(site: Site) -> None:
    for name, rights in (("a", "full"), ("b", "full"), ("c", "link")):
        text = FLOOD.replace("NAME", f"{name}{name}{name}")
        source = {"name": f"Paper {name}", "url": "https://x.example/"}
        site.write(f"content/2025/08/17/{name}.md", article(f"Flood in Ulm {name}", "2025-08-17", text, rights=rights, source=source, story="flood"))  # fmt: skip
    site.build()
    (path,) = (path for path in site.files("site/stories", "index.html") if path.count("/") == 3)
    page = site.read(path)
    assert "“We have not seen such a flood in Ulm for a hundred years”" not in page  # the style sets the marks
    assert "<p>We have not seen such a flood in Ulm for a hundred years</p>" in page
    assert "Mayor Ann Hill" in page
    assert "<dt>400 residents</dt>" in page
    assert not re.search(r"ccc|/c/index.html#p\d", page)
    for target, anchor in re.findall(r'href="\.\./\.\./(2025/[^"#]+)#(p\d+)"', page):
        assert f'id="{anchor}"' in site.read(f"site/{target}")
    assert re.search(r'href="\.\./\.\./2025/08/17/\w+/index.html#p1"><bdi>Paper [ab]</bdi></a>', page)
