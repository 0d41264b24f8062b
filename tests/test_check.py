"""`digest check`: a broken file is a case in `tests/cases/check/`, with the expected findings beside it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from checks import checked, findings, settings_of, told
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import NOW_TEXT, Site, article, seed

from digest import check
from digest.checking import atom, chains, links, pages, sitemaps
from digest.checking.atom import Entry, Feed

CASES = Path(__file__).parent / "cases" / "check"
BASE = "https://example.org/news/"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILES = ["index.html", "page/index.html", "topics/a b/index.html", "image.png", "image.svg", "feed.xml"]
FILES += ["static/style.css", "static/site.js"]


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.suffix != ".txt"))
def test_a_file(case: str) -> None:
    """What a case gives, a finding a line, is in the text file of its name; files without a mistake have none."""
    data = (CASES / case).read_bytes()
    site = links.files(BASE, [*FILES, case])
    if case.endswith(".html"):
        page = pages.read(data, case)
        found = [*page.problems, *links.check(page, case, site).problems]
    else:
        done = check.Read([], 0, [], [])
        if case.endswith(".xml"):
            root, wrong = check.values.parse(data, case)
            done.problems.extend(wrong)
            if root is not None:
                check._read_xml(root, data, case, site, NOW, done)
        else:
            check._read_json(data, case, site, NOW, done)
        found = done.problems
    assert all(problem.hint and problem.path == case for problem in found)
    lines = sorted(f"{problem.severity} {problem.line}: {problem.message}" for problem in found)
    expected = CASES / f"{case}.txt"
    assert lines == (expected.read_text("utf-8").splitlines() if expected.exists() else [])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A built digest that has something of everything."""
    site = Site.make(tmp_path_factory.mktemp("whole") / "digest", sources={"wire": {"name": "Wire", "rights": "link"}})
    for number in range(1, 8):
        site.write(
            f"seeds/{number}.txt", seed(f"The river rose {number} times", f"2025-08-{number + 10}", kicker="Flood")
        )
    site.write("seeds/wire/1.txt", seed("Nobody may show this", "2025-07-01"))
    text = "Text with [a link](https://times.example/1), ![a picture](https://times.example/1.png) and `<b>` code.\n\n## More\n"
    site.write(
        "content/2025/08/20/a.md",
        article(
            "Fish & <b> chips", "2025-08-20", text, topics=["Food & Drink", "Rivers"], authors=["Ann"], summary="S"
        ),
    )
    site.write(
        "content/2024/02/29/b.md", article("مرحبا", "2024-02-29", lang="ar", topics=["Rivers"], updated="2024-03-01")
    )
    assert not site.build().problems
    return site


def test_a_whole_site_has_no_finding(whole: Site) -> None:
    done = checked(whole)
    assert told(list(done.problems)) == []
    assert done.pages > 20
    assert done.feeds >= 1
    assert done.links > 100


def test_several_languages_have_no_finding(site: Site) -> None:
    site.configure(languages=["de", "en"])
    site.write("content/2025/08/20/a.md", article("Fish", "2025-08-20", lang="en"))
    site.write("content/2025/08/20/b.md", article("Fisch", "2025-08-20", lang="de"))
    site.build()
    assert told(findings(site)) == []


def test_a_digest_without_articles_has_no_finding(site: Site) -> None:
    site.build()
    assert told(findings(site)) == []


@settings(max_examples=25)
@given(st.data())
def test_one_broken_link_is_one_finding(whole: Site, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from([name for name in whole.files("site", ".html") if not name.endswith("404.html")]))
    before = whole.read(page)
    places = [
        at
        for at in range(len(before))
        if before.startswith(("<p", "<h", "<ul", "</main"), at) and "<main" in before[:at]
    ]
    at = data.draw(st.sampled_from(places))
    href = data.draw(
        st.sampled_from(
            ["gone.html", "../../../../../x", "#gone", "index.html#gone", "/root", "%FF.html", "Index.html"]
        )
    )
    whole.write(page, f'{before[:at]}<a href="{href}">x</a>{before[at:]}')
    try:
        (problem,) = findings(whole)
    finally:
        whole.write(page, before)
    assert (problem.severity, problem.path) == ("error", page)
    assert problem.line == before.count("\n", 0, at) + 1
    assert href in problem.message


@given(st.binary(max_size=200) | st.text("<>a=\"' /!-hrefid#&;imgscrptylx", max_size=200).map(str.encode))
def test_no_page_breaks_the_checker(data: bytes) -> None:
    page = pages.read(data, "x.html")
    links.check(page, "x.html", links.files(BASE, FILES))


@given(st.text("<>a=\"' /feedntryilkcoxms:#&;", max_size=200))
def test_no_feed_breaks_the_checker(text: str) -> None:
    data = f'<feed xmlns="{atom.NS[1:-1]}">{text}</feed>'.encode()
    root, _ = check.values.parse(data, "x.xml")
    if root is not None:
        atom.check(root, data, "x.xml", links.files(BASE, FILES), NOW)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["items", "id", "url", "authors", "tags", "title", "content_html", "hubs", "x"]), inner
            )
        ),
    )
)
def test_no_json_feed_breaks_the_checker(value: object) -> None:
    text = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": value, "authors": value, "hubs": [value]}
    )
    check._read_json(text.encode(), "x.json", links.files(BASE, FILES), NOW, check.Read([], 0, [], []))


def test_a_page_that_nothing_links_to(whole: Site) -> None:
    page = whole.read("site/2025/08/11/index.html")
    whole.write("site/lost/index.html", page.replace("../../../", "../"))
    try:
        found = [problem.message for problem in findings(whole) if problem.path == "site/lost/index.html"]
    finally:
        whole.delete("site/lost")
    assert "no way leads here from the front page" in found
    assert "the page is in no sitemap" in found


def test_a_style_sheet_that_names_a_file_that_is_gone(whole: Site) -> None:
    whole.write("site/static/own.css", "/* url(x.png) */\n@import 'style.css';\nbody { background: url(gone.png) }\n")
    try:
        assert told(findings(whole)) == [
            "error: site/static/own.css:3: url(gone.png): there is no such file in the site"
        ]
    finally:
        whole.delete("site/static/own.css")


def test_an_alias_that_no_page_answers_to(site: Site) -> None:
    site.write(
        "content/2025/08/20/a.md", article("Fish", "2025-08-20", aliases=["/old/", "/old/fish.d/", "/index.html"])
    )
    site.write("content/2025/08/20/b.md", article("Later", "2025-08-20", draft=True, aliases=["/old/later/"]))
    site.build()
    assert told(findings(site)) == [
        "warning: content/2025/08/20/a.md:4: no page of the site answers to the alias '/old/fish.d/'"
    ]


def test_many_findings_that_are_alike_are_counted(whole: Site) -> None:
    page = whole.read("site/index.html")
    whole.write("site/index.html", page.replace("</main>", '<a href="gone.html">x</a>\n' * 60 + "</main>"))
    try:
        found = findings(whole)
    finally:
        whole.write("site/index.html", page)
    assert len(found) == 51
    assert found[-1].message == "and 10 more with this mend"


def test_the_command(site: Site) -> None:
    site.write("content/2025/08/20/a.md", article("Fish", "2025-08-20", "[x](gone.html)", aliases=["/old.d/"]))
    assert site.run("check").returncode == 2
    site.build()
    done = site.run("check", "--now", NOW_TEXT)
    assert done.returncode == 1
    assert "error: site/2025/08/20/a/index.html:" in done.stderr
    assert "1 error and 1 warning" in done.stdout
    assert "in the site; also in feed.json, feed.xml, feeds/2025-08.xml" in " ".join(done.stderr.split())
    told = json.loads(site.run("check", "--json").stdout)
    assert told["pages"] == len(site.files("site", ".html"))
    assert [problem["severity"] for problem in told["problems"]] == ["warning", "error"]
    site.replace("content/2025/08/20/a.md", "[x](gone.html)", "x")
    site.build()
    assert site.run("-q", "check", "-j2").returncode == 0
    assert site.run("check", "--strict").returncode == 1
    assert site.run("check", "--base-url", "https://elsewhere.example/").returncode == 1


def test_more_processes_find_the_same(whole: Site) -> None:
    from digest.workers import workers

    options = check.Options(whole.root, whole.folder, settings_of(whole), 0)
    with workers(2) as mapper:
        assert check.check(options, mapper) == check.check(options)


def feed(path: str, links: dict[str, str], entries: tuple[str, ...] = (), archive: bool = True) -> Feed:
    return Feed(
        path,
        {rel: BASE + href for rel, href in links.items()},
        archive,
        False,
        [Entry(f"urn:{name}", "", f"{BASE}{name}/") for name in entries],
    )


def chain(*feeds: Feed, articles: tuple[str, ...] = ()) -> list[str]:
    site = links.files(BASE, [feed.path for feed in feeds])
    return told(chains.check(feeds, site, [f"{BASE}{name}/" for name in articles]))


CURRENT = feed("feed.xml", {"self": "feed.xml", "prev-archive": "2.xml"}, ("c",), archive=False)
SECOND = feed("2.xml", {"current": "feed.xml", "prev-archive": "1.xml"}, ("b",))
FIRST = feed("1.xml", {"current": "feed.xml", "next-archive": "2.xml"}, ("a",))


def test_a_chain_is_walked_to_its_end() -> None:
    assert chain(CURRENT, SECOND, FIRST, articles=("a", "b", "c")) == []
    assert chain(CURRENT._replace(relations={}), articles=("a", "b")) == []


def test_a_part_that_still_grows_begins_no_chain() -> None:
    growing = feed("3.xml", {"current": "feed.xml", "prev-archive": "2.xml"}, archive=False)
    assert (
        chain(CURRENT, growing, SECOND._replace(relations=SECOND.relations | {"next-archive": BASE + "3.xml"}), FIRST)
        == []
    )


def test_a_chain_that_loses_an_article() -> None:
    (found,) = chain(CURRENT, SECOND, FIRST, articles=("a", "b", "c", "d"))
    assert "the article https://example.org/news/d/ is in neither this feed nor its archives" in found


@pytest.mark.parametrize(
    ("feeds", "expected"),
    [
        ([CURRENT, SECOND], "2.xml:0: prev-archive 'https://example.org/news/1.xml' is no feed of the site"),
        ([CURRENT, SECOND, FIRST._replace(archive=False)], "1.xml:0: an archive is not marked with fh:archive"),
        ([CURRENT, SECOND, FIRST._replace(relations=FIRST.relations | {"prev-archive": BASE + "2.xml"})], "1.xml:0: prev-archive leads back to 2.xml"),
        ([CURRENT, SECOND, FIRST._replace(relations={"next-archive": BASE + "2.xml"})], "1.xml:0: the archive has no link of rel=current"),
        ([CURRENT, SECOND, FIRST._replace(relations=FIRST.relations | {"next-archive": BASE + "1.xml"})], "1.xml:0: next-archive is 1.xml, but 2.xml leads here"),
        ([CURRENT, SECOND, FIRST._replace(relations={"current": BASE + "feed.xml"})], "1.xml:0: the archive has neither prev-archive nor next-archive"),
        ([CURRENT, SECOND, FIRST._replace(relations=FIRST.relations | {"current": BASE + "2.xml"})], "1.xml:0: rel=current is not feed.xml, from which the chain begins"),
        ([CURRENT._replace(relations={}), FIRST], "1.xml:0: no chain of feeds leads to this archive"),
        ([CURRENT, SECOND, FIRST._replace(complete=True)], "1.xml:0: the feed is both complete and an archive"),
        ([CURRENT._replace(relations=CURRENT.relations | {"next-archive": BASE + "1.xml"}), SECOND, FIRST], "feed.xml:0: a feed that is no archive has a next-archive"),
    ],
)  # fmt: skip
def test_a_chain_that_is_broken(feeds: list[Feed], expected: str) -> None:
    assert expected in "\n".join(chain(*feeds))


def test_crawlers_find_every_page() -> None:
    site = links.files(BASE, ["index.html", "a/index.html", "sitemap.xml", "1.xml", "2.xml"])
    maps = [
        sitemaps.Sitemap("sitemap.xml", True, ("1.xml", "a/index.html")),
        sitemaps.Sitemap("1.xml", False, ("index.html",)),
    ]
    robots = f"User-agent: *\nnonsense\nSitemap: {BASE}sitemap.xml\n"
    assert told(sitemaps.check_all(maps, ["index.html"], f"Sitemap: {BASE}sitemap.xml", site)) == [
        "error: sitemap.xml:0: a/index.html is no sitemap"
    ]
    lost = [*maps, sitemaps.Sitemap("2.xml", False, ())]
    assert told(sitemaps.check_all(lost, ["index.html", "a/index.html"], robots, site)) == [
        "error: robots.txt:2: 'nonsense' is no rule",
        "error: sitemap.xml:0: a/index.html is no sitemap",
        "warning: 2.xml:0: no sitemap leads to this one",
        "warning: a/index.html:0: the page is in no sitemap",
    ]
    assert told(sitemaps.check_all(maps, [], "", site))[0] == "warning: robots.txt:0: it names no sitemap of the site"


def test_a_sitemap_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = f"<url><loc>{BASE}</loc></url>" * 3
    root, _ = check.values.parse(f'<urlset xmlns="{sitemaps.NS[1:-1]}">{rows}</urlset>'.encode(), "sitemap.xml")
    monkeypatch.setattr(sitemaps, "MAX_ADDRESSES", 2)
    _, problems = sitemaps.check(root, "sitemap.xml", sitemaps.MAX_SIZE + 1, links.files(BASE, ["index.html"]))
    assert [problem.message for problem in problems[:2]] == [
        "the sitemap has 52,428,801 bytes",
        "the sitemap lists 3 addresses",
    ]
