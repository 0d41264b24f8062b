"""Digests in any language, and in several: what readers of each meet."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sites import Site, article, broken_links

ATOM = "{http://www.w3.org/2005/Atom}"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TITLES = {
    "de": "Der Rat stimmt für die Brücke",
    "en": "The council votes for the bridge",
    "ar": "المجلس يصوّت لصالح الجسر",
    "he": "המועצה הצביעה בעד הגשר",
    "ja": "議会、橋の建設を可決",
}


class Texts(HTMLParser):
    """Collects each text of a page with the language and direction that its elements give it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            lang, direction = self.stack[-1]
            said = dict(attrs)
            self.stack.append((said.get("lang") or lang, said.get("dir") or ("auto" if tag == "bdi" else direction)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append((data.strip(), *self.stack[-1]))


def texts(site: Site, path: str) -> list[tuple[str, str, str]]:
    parser = Texts()
    parser.feed(site.output()[path].decode())
    return parser.found


def mixed(site: Site) -> Site:
    """Return the site with a day in five languages, and the day before."""
    for lang, title in TITLES.items():
        for day in (16, 17):
            text = article(f"{title} {day}", f"2025-08-{day}", f"{title}.", lang=lang, topics=["Brücke"], summary=title)
            site.write(f"content/{lang}-{day}.md", text)
    return site


def page(site: Site, path: str = "index.html") -> str:
    return site.output()[path].decode()


@pytest.mark.parametrize(
    ("language", "direction", "home", "date", "count"),
    [
        ("ar", "rtl", "اليوم", "الأحد، 17 أغسطس 2025", "3 مقالات"),
        ("he", "rtl", "היום", "יום ראשון, 17 באוגוסט 2025", "3 כתבות"),
        ("ja", "ltr", "今日", "2025年8月17日日曜日", "3件の記事"),
        ("pl", "ltr", "Dzisiaj", "niedziela, 17 sierpnia 2025", "3 artykuły"),
        ("zh-Hant", "ltr", "今日", "2025年8月17日 星期日", "3 篇文章"),
        ("fa", "rtl", "Today", "یکشنبه ۱۷ اوت ۲۰۲۵", "۳ articles"),
        ("sr-Latn", "ltr", "Today", "nedelja, 17. avgust 2025.", "3 articles"),
        ("pt-BR", "ltr", "Today", "domingo, 17 de agosto de 2025", "3 articles"),
    ],
)
def test_the_interface_speaks_the_language(
    site: Site, language: str, direction: str, home: str, date: str, count: str
) -> None:
    for number in range(3):
        site.write(f"content/{number}.md", article(f"Number {number}", "2025-08-17"))
    site.configure(language=language)
    assert site.build().problems == []
    assert page(site).startswith(f'<!doctype html>\n<html lang="{language}" dir="{direction}">')
    for text in (f'index.html">{home}</a>', f">{date}</time>"):
        assert text in page(site)
    assert f"<small>{count}</small>" in page(site, "archive/index.html")


def test_each_text_has_its_own_language_and_direction(site: Site) -> None:
    mixed(site).configure(language="ar")
    assert site.build().problems == []
    directions = {"ar": "rtl", "he": "rtl"}
    seen = set()
    for path in site.output():
        if path.endswith(".html"):
            for text, lang, direction in texts(site, path):
                owner = [code for code, title in TITLES.items() if text.startswith(title)]
                if owner and "–" not in text:
                    seen.add(owner[0])
                    assert (lang, path) == (owner[0], path)
                    assert direction in ("auto", directions.get(lang, "ltr")), (path, text)
    assert seen == TITLES.keys()


def test_an_arrow_points_where_its_page_reads(site: Site) -> None:
    mixed(site).build()
    before, after = '<span aria-hidden="true">←</span> <time', '</time> <span aria-hidden="true">→</span>'
    assert before in page(site, "2025/08/17/index.html")
    assert after in page(site, "2025/08/16/index.html")
    site.configure(language="he")
    site.build()
    assert before.replace("←", "→") in page(site, "2025/08/17/index.html")
    assert after.replace("→", "←") in page(site, "2025/08/16/index.html")


def test_styles_know_no_left_and_right() -> None:
    style = (Path(__file__).parent.parent / "templates/static/style.css").read_text("utf-8")
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    properties = set(re.findall(r"[{;]\s*([a-z-]+)\s*:", style))
    physical = re.compile(r"(^|-)(left|right|top|bottom|width|height)(-|$)")
    assert {name for name in properties if physical.search(name)} <= {"line-height", "stroke-width"}
    assert not re.search(r":\s*(left|right)\b", style)


def test_a_digest_in_one_language_has_one_front_page(site: Site) -> None:
    mixed(site).configure(languages=["de"])
    site.build()
    assert not {path for path in site.output() if path.startswith(("de/", "feeds/de"))}
    assert "hreflang" not in page(site)
    assert 'class="languages"' not in page(site)


def test_each_language_has_a_front_page_and_a_feed(site: Site) -> None:
    mixed(site).build()
    one = site.output()
    site.configure(languages=["de", "ar", "sw"])
    assert site.build().problems == []
    several = site.output()
    assert several.keys() - one.keys() == {
        *("de/index.html", "ar/index.html", "sw/index.html", "feeds/de.xml", "feeds/ar.xml", "feeds/sw.xml"),
        *("feeds/de.json", "feeds/ar.json", "feeds/sw.json"),
    }
    german, arabic = page(site, "de/index.html"), page(site, "ar/index.html")
    assert "<title>Little Digest (Deutsch)</title>" in german
    assert '<html lang="ar" dir="rtl">' in arabic
    assert ">Sonntag, 17. August 2025</time>" in german
    assert f">{TITLES['de']} 17</a>" in german
    assert not [title for lang, title in TITLES.items() if lang != "de" and title in german]
    assert "لا توجد مقالات بعد." not in arabic
    assert "There are no articles yet." in page(site, "sw/index.html")
    assert broken_links(site.folder) == []
    for title in TITLES.values():
        assert title in page(site)


def test_front_pages_name_each_other(site: Site) -> None:
    mixed(site).configure(languages=["de", "en"])
    site.build()
    for path in ("index.html", "de/index.html", "en/index.html"):
        found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page(site, path)))
        base = "https://example.org/news/"
        assert found == {"x-default": base, "de": f"{base}de/", "en": f"{base}en/"}
        assert f'<link rel="canonical" href="{base}{path.removesuffix("index.html")}">' in page(site, path)
        (current,) = re.findall(r'<a href="([^"]+)"[^>]* aria-current="page">', page(site, path))
        assert current.endswith(path)
    assert '<a href="../en/index.html" hreflang="en" lang="en" dir="ltr">English</a>' in page(site, "de/index.html")
    assert "hreflang" not in page(site, "2025/08/17/index.html")
    assert "https://example.org/news/de/" in page(site, "sitemaps/pages.xml")


def test_a_feed_of_a_language_has_its_articles_and_an_id_of_its_own(site: Site) -> None:
    mixed(site).configure(languages=["de", "ar"])
    site.build()
    feeds = {path: ET.fromstring(site.output()[path]) for path in ("feed.xml", "feeds/de.xml", "feeds/ar.xml")}  # noqa: S314
    assert [entry.findtext(ATOM + "title") for entry in feeds["feeds/de.xml"].iter(ATOM + "entry")] == [
        f"{TITLES['de']} 17",
        f"{TITLES['de']} 16",
    ]
    assert len({feed.findtext(ATOM + "id") for feed in feeds.values()}) == 3
    assert feeds["feeds/ar.xml"].get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert feeds["feeds/ar.xml"].findtext(ATOM + "title") == "Little Digest (العربية)"
    links = {link.get("rel"): link.get("href") for link in feeds["feeds/de.xml"].findall(ATOM + "link")}
    assert links == {
        "self": "https://example.org/news/feeds/de.xml",
        "alternate": "https://example.org/news/de/",
    }
    ids = {path: feed.findtext(ATOM + "id") for path, feed in feeds.items()}
    site.build(base_url="https://mirror.example.net/")
    assert {path: ET.fromstring(site.output()[path]).findtext(ATOM + "id") for path in feeds} == ids  # noqa: S314


def test_a_region_belongs_to_its_language(site: Site) -> None:
    site.configure(languages=["de", "pt-BR", "PT-br", "zh-Hans", "zh-Hant"])
    site.write("content/a.md", article("Aus Wien", lang="de-AT"))
    site.write("content/b.md", article("De Lisboa", lang="pt-PT"))
    site.write("content/d.md", article("臺北的消息", lang="zh-TW"))
    site.write("content/e.md", article("北京的消息", lang="zh"))
    site.write("content/c.md", article("From London", lang="en-GB"))
    site.build()
    assert "Aus Wien" in page(site, "de/index.html")
    assert "De Lisboa" in page(site, "pt-br/index.html")
    assert "臺北的消息" in page(site, "zh-hant/index.html")
    assert "北京的消息" in page(site, "zh-hans/index.html")
    assert not [path for path in site.output() if path.startswith("en/")]
    assert "From London" in page(site)
    assert "From London" not in page(site, "de/index.html") + page(site, "pt-br/index.html")


@pytest.mark.parametrize("count", [5, 60])
def test_one_article_more_touches_as_few_files_in_any_archive(site: Site, count: int) -> None:
    site.configure(languages=["de", "en"])
    for number in range(count):
        day = f"2025-{number % 4 + 4:02}-{number % 5 + 1:02}"
        text = f"{'Etwas ganz anderes' if number % 2 else 'Something else'} {number}."
        site.write(f"content/{number}.md", article(f"Story {number}", day, text, lang="de" if number % 2 else "en"))
    site.build()
    site.write("content/more.md", article("Eine mehr", "2025-09-01", lang="de"))
    changed = set(site.build().changed)
    assert {"de/index.html", "feeds/de.xml", "index.html", "feed.xml"} <= changed
    assert not changed & {"en/index.html", "feeds/en.xml"}
    assert len(changed) == 21


def test_a_language_that_is_no_longer_named_goes(site: Site) -> None:
    mixed(site).configure(languages=["de", "en", "ja"])
    site.build()
    site.configure(languages=["de", "en"])
    site.build()
    assert "ja/index.html" not in site.output()
    assert "feeds/ja.xml" not in site.output()
    assert broken_links(site.folder) == []
