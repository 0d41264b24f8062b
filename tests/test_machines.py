"""What machines read: linked data, cards, microformats, sitemaps, the guide, the manifest; and what pages may load."""

import json
import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import mf2py
import pytest
from PIL import Image
from sites import Site, article

from digest import views
from digest.errors import DigestError
from digest.pages import posters, seal

URL = "https://example.org/news/"
HOSTILE = '</script><script>alert("1")</script><!-- &\u2028“x” \\'
FIRST = "2025/08/17/first/index.html"
FIRST_LEVEL = ("index.html", "archive/index.html", "topics/index.html", "stories/index.html")
CORRECTION = {"date": "2025-08-18", "text": "The river is the Main. </script>"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes, and the texts of its scripts."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "script" and "src" not in dict(attrs):
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if (
            self.elements
            and self.elements[-1][0] == "script"
            and "src" not in self.elements[-1][1]
            and not self.scripts[-1]
        ):
            self.scripts[-1] = data

    def meta(self, name: str) -> list[str]:
        """Return the contents of the `meta` elements with a name or property."""
        found = [attrs for tag, attrs in self.elements if tag == "meta"]
        return [attrs["content"] for attrs in found if name in (attrs.get("name"), attrs.get("property"))]

    def link(self, rel: str) -> list[str]:
        """Return where the `link` elements of a relation lead."""
        return [attrs["href"] for tag, attrs in self.elements if tag == "link" and attrs.get("rel") == rel]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The output of a digest that has every kind of page."""
    site = Site.make(tmp_path_factory.mktemp("machines") / "digest", cards="editions")
    first = {
        "updated": "2025-08-18T09:00:00+02:00",
        "kicker": "Harbour",
        "summary": "The harbour is open.",
        "authors": ["Ann Weber", "Bo"],
        "topics": ["Ships & sea", "Storm"],
        "source": {"name": "The Times", "url": "https://times.example/1"},
        "corrections": [CORRECTION],
        "story": "harbour",
        "lang": "de",
        "slug": "first",
    }
    table = "A text.\n\n| a | b | c |\n|:-:|--:|:--|\n| 1 | 2 | 3 |\n"
    site.write("content/1.md", article("First", "2025-08-17T14:05:00+02:00", table, **first))
    site.write("content/2.md", article("Second", "2025-08-17", topics=["Storm"], story="harbour", slug="second"))
    site.write("content/3.md", article(HOSTILE, "2025-08-15", topics=[HOSTILE[:60]], slug="third", summary=HOSTILE))
    site.write("content/4.md", article("Fourth", "2025-08-14", slug="fourth", image="https://x.example/i.jpg"))
    site.write("content/5.md", article("Fifth", "2024-02-14", topics=["Storm"], slug="fifth"))
    assert not site.build().problems
    return site.output()


def htmls(pages: dict[str, bytes]) -> Iterator[tuple[str, Page]]:
    for path, data in pages.items():
        if path.endswith(".html"):
            yield path, Page(data)


def graph(page: Page) -> dict[str, Any]:
    """Return the things that a page tells of, by their type."""
    (script,) = page.scripts
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


# Linked data.


def test_every_page_but_404_tells_what_it_is_and_what_it_leads_to(pages: dict[str, bytes]) -> None:
    for path, page in htmls(pages):
        if path in ("404.html", "search/index.html", "subscribe/index.html"):
            assert not "".join(page.scripts).strip()
            continue
        things = graph(page)
        assert ("NewsArticle" in things) != ("CollectionPage" in things), path
        assert ("BreadcrumbList" in things) == (path not in FIRST_LEVEL), path
        addresses = re.findall(r'"(?:@id|item|url)":"([^"]+)"', page.scripts[0])
        own = {address.removeprefix(URL) for address in addresses if address.startswith(URL)}
        assert {f"{address}index.html" for address in own} <= pages.keys(), path
        for trail in filter(None, [things.get("BreadcrumbList")]):
            steps = trail["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert (steps[0]["item"], steps[-1]["item"]) == (URL, page.link("canonical")[0])


def test_an_article_says_all_that_its_page_shows(pages: dict[str, bytes]) -> None:
    things = graph(Page(pages[FIRST]))
    url = f"{URL}2025/08/17/first/"
    assert things["NewsArticle"] == {
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": "First",
        "alternativeHeadline": "Harbour",
        "description": "The harbour is open.",
        "inLanguage": "de",
        "datePublished": "2025-08-17T14:05:00+02:00",
        "dateModified": "2025-08-18T09:00:00+02:00",
        "author": [{"@type": "Person", "name": "Ann Weber"}, {"@type": "Person", "name": "Bo"}],
        "publisher": {"@type": "Organization", "name": "Little Digest", "url": URL},
        "isBasedOn": {
            "@type": "CreativeWork",
            "publisher": {"@type": "Organization", "name": "The Times"},
            "url": "https://times.example/1",
        },
        "articleSection": "Ships & sea",
        "keywords": ["Ships & sea", "Storm"],
        "correction": [{"@type": "CorrectionComment", "text": CORRECTION["text"], "datePublished": CORRECTION["date"]}],
    }
    names = [step["name"] for step in things["BreadcrumbList"]["itemListElement"]]
    assert names == ["Little Digest", "Sunday, August 17, 2025", "First"]


def test_an_article_that_says_little_has_no_empty_words(pages: dict[str, bytes]) -> None:
    said = graph(Page(pages["2025/08/17/second/index.html"]))["NewsArticle"]
    assert said["datePublished"] == "2025-08-17"
    assert not {"author", "dateModified", "isBasedOn", "correction", "alternativeHeadline"} & said.keys()


def test_no_title_ends_the_script(pages: dict[str, bytes]) -> None:
    html = pages["2025/08/15/third/index.html"]
    said = graph(Page(html))["NewsArticle"]
    assert said["headline"] == said["description"] == HOSTILE
    assert said["keywords"] == [HOSTILE[:60].strip()]
    assert html.count(b"<script") == html.count(b"</script>") == 2
    assert "\u2028" not in Page(html).scripts[0]


def test_an_edition_lists_its_articles(pages: dict[str, bytes]) -> None:
    for path in ("index.html", "2025/08/17/index.html"):
        listed = graph(Page(pages[path]))["CollectionPage"]["mainEntity"]
        assert listed["numberOfItems"] == 1, "both articles are one story"
        assert listed["itemListElement"][0]["url"].startswith(f"{URL}2025/08/17/")


# Open Graph, canonical, microformats.


def test_every_page_has_what_a_card_needs_once(pages: dict[str, bytes]) -> None:
    names = ("og:type", "og:title", "og:description", "og:url", "og:site_name", "og:locale", "twitter:card")
    for path, page in htmls(pages):
        for name in names:
            assert len(page.meta(name)) == 1, f"{path}: {name}"
        canonical = URL + path.removesuffix("index.html")
        assert page.link("canonical") == page.meta("og:url") == [canonical]


def test_the_card_of_an_article_and_of_an_edition(pages: dict[str, bytes]) -> None:
    page = Page(pages[FIRST])
    assert page.meta("og:type") == ["article"]
    assert page.meta("og:locale") == ["de_DE"]
    assert page.meta("article:published_time") == ["2025-08-17T14:05:00+02:00"]
    assert page.meta("article:modified_time") == ["2025-08-18T09:00:00+02:00"]
    assert page.meta("article:section") == ["Ships & sea"]
    assert page.meta("article:tag") == ["Ships & sea", "Storm"]
    assert (page.meta("og:image"), page.meta("twitter:card")) == ([], ["summary"])
    for path in ("index.html", "2025/08/17/index.html"):
        page = Page(pages[path])
        assert page.meta("og:image") == [f"{URL}2025/08/17/card.png"]
        assert (page.meta("og:image:width"), page.meta("og:image:height")) == (["1200"], ["630"])
        assert page.meta("og:image:alt") == ["Little Digest, 2025-08-17"]
        assert page.meta("twitter:card") == ["summary_large_image"]
    page = Page(pages["2025/08/14/fourth/index.html"])
    assert page.meta("og:image") == ["https://x.example/i.jpg"]
    assert graph(page)["NewsArticle"]["image"] == "https://x.example/i.jpg"


def test_pages_name_those_before_and_after(pages: dict[str, bytes]) -> None:
    page = Page(pages["2025/08/15/index.html"])
    assert page.link("prev") == ["../../../2025/08/14/index.html"]
    assert page.link("next") == ["../../../2025/08/17/index.html"]


def test_microformats_of_an_article(pages: dict[str, bytes]) -> None:
    (entry,) = mf2py.parse(doc=pages[FIRST].decode(), url=f"{URL}2025/08/17/first/")["items"]
    said = entry["properties"]
    assert entry["type"] == ["h-entry"]
    assert (said["name"], said["url"]) == (["First"], [f"{URL}2025/08/17/first/"])
    assert (said["published"], said["updated"]) == (["2025-08-17T14:05:00+0200"], ["2025-08-18T09:00:00+0200"])
    assert [author["properties"]["name"] for author in said["author"]] == [["Ann Weber"], ["Bo"]]
    assert said["category"] == ["Ships & sea", "Storm"]
    assert said["content"][0]["value"].startswith("A text.")


@pytest.mark.parametrize("path", ["index.html", "2025/08/17/index.html", "topics/storm/index.html"])
def test_microformats_of_a_feed(pages: dict[str, bytes], path: str) -> None:
    (feed,) = mf2py.parse(doc=pages[path].decode(), url=urljoin(URL, path))["items"]
    assert feed["type"] == ["h-feed"]
    assert len(feed["properties"]["name"]) == 1
    entries = feed["children"]
    assert entries
    for entry in entries:
        assert entry["type"] == ["h-entry"]
        assert entry["properties"]["name"][0] in ("First", "Second", "Fifth")
        assert entry["properties"]["published"][0][:4] in ("2025", "2024")
        assert entry["properties"]["url"][0].startswith(URL)


# What pages may load.


def test_pages_obey_a_strict_policy(pages: dict[str, bytes]) -> None:
    for path, page in htmls(pages):
        policies = [attrs for tag, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, path
        allowed = policies[0]["content"].replace(" 'wasm-unsafe-eval'", "" if path == "search/index.html" else "…")
        assert allowed.startswith("default-src 'self';" if path == "search/index.html" else "default-src 'none';")
        assert "…" not in allowed
        assert "unsafe" not in allowed
        order = [tag if tag != "meta" else "meta " + next(iter(attrs)) for tag, attrs in page.elements]
        assert order.index("meta http-equiv") < min(order.index(tag) for tag in ("link", "title")), path
        for tag, attrs in page.elements:
            assert tag not in ("style", "iframe", "object", "embed", "base"), path
            assert not [name for name in attrs if name == "style" or name.startswith("on")], path
            assert tag != "script" or "src" in attrs or attrs == {"type": "application/ld+json"}, path
            assert not any(attrs.get(name, "").startswith("javascript:") for name in ("href", "src")), path


def test_cells_of_a_table_are_aligned_by_classes(pages: dict[str, bytes]) -> None:
    cells = [attrs.get("class") for tag, attrs in Page(pages[FIRST]).elements if tag == "td"]
    assert cells == ["align-center", "align-right", "align-left"]


def test_what_templates_name_with_asset_has_its_hash_in_its_name(site: Site) -> None:
    site.write("content/1.md", article("One"))
    site.build()
    (old,) = Page(site.output()["index.html"]).link("stylesheet")
    assert re.fullmatch(r"static/style\.[0-9a-f]{8}\.css", old)
    assert site.output()[old] == site.output()["static/style.css"]
    site.write("templates/static/style.css", "p { color: red }\n")
    result = site.build()
    (new,) = Page(site.output()["index.html"]).link("stylesheet")
    assert site.output()[new] == b"p { color: red }\n"
    assert old not in site.output()
    assert result.reasons["index.html"] == ["its template changed, or one that it includes"]
    assert "feed.xml" not in result.reasons


def test_a_project_names_an_asset_of_its_own(site: Site) -> None:
    site.write("templates/static/js/mine.js", "1\n")
    site.write(
        "templates/404.html", '{% extends "default/404.html" %}{% block head %}{{ asset("js/mine.js") }}{% endblock %}'
    )
    site.build()
    (path,) = [path for path in site.output() if path.startswith("static/js/mine.") and path.count(".") == 2]
    assert path in site.output()["404.html"].decode()
    site.delete("templates/static/js/mine.js")
    with pytest.raises(DigestError, match=r"templates/404\.html:1: there is no `static/js/mine\.js`"):
        site.build()


# Files for machines.


def test_the_sitemap_of_news_holds_the_two_newest_days(pages: dict[str, bytes]) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
    found = []
    for url in ET.fromstring(pages["sitemaps/news.xml"]).findall("s:url", names):  # noqa: S314 - our own file
        news = url.find("n:news", names)
        assert news is not None
        path = (url.findtext("s:loc", "", names)).removeprefix(URL)
        assert f"{path}index.html" in pages
        assert news.findtext("n:publication/n:name", "", names) == "Little Digest"
        language = news.findtext("n:publication/n:language", "", names)
        found.append((news.findtext("n:title", "", names), language, news.findtext("n:publication_date", "", names)))
    assert found == [
        ("First", "de", "2025-08-17T14:05:00+02:00"),
        ("Second", "en", "2025-08-17"),
        (HOSTILE, "en", "2025-08-15"),
    ]
    assert f"Sitemap: {URL}sitemaps/news.xml" in pages["robots.txt"].decode().splitlines()


def test_the_guide_for_language_models_leads_to_pages(pages: dict[str, bytes]) -> None:
    text = pages["llms.txt"].decode()
    lines = text.splitlines()
    assert lines[:4] == ["# Little Digest", "", "> What happened.", ""]
    links = re.findall(r"^- \[(?:[^\]\\]|\\.)+\]\((\S+)\)$", text, re.MULTILINE)
    assert len(links) == len([line for line in lines if line.startswith("- ")])
    for link in links:
        path = link.removeprefix(URL)
        assert (f"{path}index.html" if path.endswith("/") or not path else path) in pages
    assert "<script>" not in text.replace("\\<script", "")


def test_the_manifest_names_icons_of_their_sizes(pages: dict[str, bytes]) -> None:
    manifest = json.loads(pages["manifest.webmanifest"])
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == ("Little Digest", "en", "ltr")
    assert manifest["start_url"] == "./"
    sizes = {icon["src"]: icon["sizes"] for icon in manifest["icons"]}
    for src, named in [*sizes.items(), ("static/apple-touch-icon.png", "180x180")]:
        if src.endswith(".png"):
            assert named == "x".join(map(str, size_of(pages[src])))
        assert src in pages
    assert {icon.get("purpose") for icon in manifest["icons"]} == {None, "maskable"}


def size_of(png: bytes) -> tuple[int, ...]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


# Pictures.


def test_pictures_of_pages_as_the_settings_say(tmp_path: Path) -> None:
    expected = {
        "none": [],
        "latest": ["2025/08/17/card.png"],
        "editions": ["2025/08/16/card.png", "2025/08/17/card.png"],
        "articles": ["2025/08/16/b/card.png", "2025/08/16/card.png", "2025/08/17/a/card.png", "2025/08/17/card.png"],
    }
    for cards, paths in expected.items():
        site = Site.make(tmp_path / cards, cards=cards)
        site.write("content/1.md", article("One", "2025-08-17", slug="a"))
        site.write("content/2.md", article("Two", "2025-08-16", slug="b"))
        site.build()
        made = site.output()
        assert sorted(path for path in made if path.endswith("card.png")) == paths
        named = [image for _, page in htmls(made) for image in page.meta("og:image")]
        assert {image.removeprefix(URL) for image in named} == set(paths)
        assert {size_of(made[path]) for path in paths} <= {(1200, 630)}


def test_a_word_of_the_settings_that_is_none(site: Site) -> None:
    site.configure(cards="all")
    with pytest.raises(DigestError, match="`cards` is 'all'"):
        site.build()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Headlines of the pictures that were drawn."""
    headlines, draw = [], posters.png

    def noted(poster: views.Poster, date: str) -> bytes:
        headlines.append(poster.headline)
        return draw(poster, date)

    monkeypatch.setattr(posters, "png", noted)
    return headlines


def pictures(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.output().items() if path.endswith("card.png")}


def test_the_picture_of_an_edition_is_drawn_again_only_when_its_lead_changes(site: Site, drawn: list[str]) -> None:
    site.configure(cards="editions")
    site.write("content/long.md", article("Long", "2025-08-17", "Much is said. " * 30))
    assert "2025/08/17/card.png" in site.build().changed
    before = pictures(site)
    site.write("content/short.md", article("Short", "2025-08-17", "Little."))
    assert "2025/08/17/card.png" not in site.build().changed
    assert drawn == ["Long"]
    site.write("content/longer.md", article("Longer", "2025-08-17", "More is said. " * 90))
    assert "2025/08/17/card.png" in site.build().changed
    assert drawn == ["Long", "Longer"]
    assert pictures(site) != before


def test_pictures_that_stand_are_not_drawn_again_when_nothing_is_remembered(site: Site, drawn: list[str]) -> None:
    site.configure(cards="articles")
    for number in range(3):
        site.write(f"content/{number}.md", article(f"Title {number}", "2025-08-17", slug=f"a{number}"))
    site.build()
    before = pictures(site)
    damaged, other = "site/2025/08/17/a0/card.png", "site/2025/08/17/a1/card.png"
    site.write(damaged, before["2025/08/17/a0/card.png"].replace(b"IDAT", b"IDAX"))
    site.copy("site/2025/08/17/a2/card.png", other)
    site.forget()
    drawn.clear()
    assert sorted(site.build().changed) == sorted(path.removeprefix("site/") for path in (damaged, other))
    assert (drawn, pictures(site)) == (["Title 0", "Title 1"], before)


def test_a_seal_is_a_part_of_a_valid_picture_and_of_one_poster() -> None:
    def key(**changes: str) -> bytes:
        about = {"title": "Digest", "language": "en", "date": "2025-08-17", "headline": "One", "accent": ""}
        return seal.key(views.Poster(**about | changes))

    plain = posters.png(views.Poster("Digest", "en", "2025-08-17", "One"), "Sunday")
    made = seal.sealed(plain, key())
    with Image.open(BytesIO(made)) as image:
        image.load()
        assert image.text.keys() == {"digest"}
    assert seal.holds(made, key())
    assert not any(
        seal.holds(data, key()) for data in (plain, made[:-1], made + b"x", b"", made.replace(b"digest", b"DIGEST"))
    )
    assert not any(seal.holds(made, key(**{name: "2025-08-18"})) for name in ("title", "date", "headline", "accent"))


def test_a_picture_is_the_same_every_time_and_shows_its_headline() -> None:
    def drawn(headline: str = "", title: str = "Digest", accent: str = "") -> bytes:
        return posters.png(views.Poster(title, "en", "2025-08-17", headline, accent), "Sunday")

    assert drawn("One") == drawn("One")
    assert len({drawn("One"), drawn("Two"), drawn(), drawn("One", title="Another")}) == 4
    assert drawn("日本語の見出し") == drawn(), "what the font cannot write is left out"
    assert drawn("🔥 One\u00ad") == drawn("One"), "signs are left out of a headline, letters are not"
    assert drawn("Cafe\u0301") == drawn("Caf\u00e9")
    assert drawn(title="日本語") != drawn()
    assert drawn("One", accent="#005") == drawn("One", accent="#000055") != drawn("One")
    assert b"\x00\x00\x55" in drawn("One", accent="#005"), "the palette has the accent"


@pytest.mark.parametrize(
    "text", ["W" * 400, "word " * 400, "x", "…", "-", "a-" * 200, "Ураган «Марія» наближається", "a\u00a0b\tc\n"]
)
def test_any_headline_has_room(text: str) -> None:
    assert size_of(posters.png(views.Poster(text, "en", "2025-08-17", text), text)) == (1200, 630)


def test_a_headline_breaks_after_hyphens_and_becomes_smaller_rather_than_break_a_word() -> None:
    face, lines = posters._fitted("Russland akzeptiert offenbar Ukraine-Sicherheitsgarantien", 1056, 440)
    assert lines == ["Russland akzeptiert", "offenbar Ukraine-", "Sicherheitsgarantien"]
    smaller, lines = posters._fitted("Landesverteidigungsratsvorsitzende tritt ab", 1056, 440)
    assert lines[0] == "Landesverteidigungsratsvorsitzende"
    assert smaller.size < face.size
