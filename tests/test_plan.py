"""The plan: which files there are, what they show, and how few of them one article touches."""

import pytest
from sites import planned

from digest import config, content, library, plan, views
from digest import outputs as made
from digest.model import Article
from digest.outputs import Output
from digest.stories import related

SETTINGS = config.parse("title: The Digest\nurl: https://x.example/\ntimezone: Europe/Berlin\n")
SITE = views.site(SETTINGS, "1")


def article(number: int, day: str, title: str = "", topics: str = "[one, two, three]") -> Article:
    header = f"title: {title or f'Article {number}'}\ndate: {day}\ntopics: {topics}\n"
    path = f"content/{day.replace('-', '/')}/a{number}.md"
    found = content.parse(f"---\n{header}---\nText.\n".encode(), path, SETTINGS.zone, "en")
    assert isinstance(found, Article), found
    return found


def outputs(articles: list[Article]) -> dict[str, Output]:
    shelf, problems = library.assemble(articles, 2**62)
    assert not problems
    sections = plan.sections(shelf, SITE, {"style.css": views.Asset("style.css", b"x")}, "basis")
    return {output.path: output for output in planned(sections)}


def keys(articles: list[Article]) -> dict[str, bytes]:
    return made.keys(outputs(articles).values(), "program", {})


def archive(days: int, a_day: int = 4) -> list[Article]:
    dates = [f"2024-{1 + day // 28 % 12:02}-{1 + day % 28:02}" for day in range(days)]
    return [article(number, day) for number, day in enumerate(day for day in dates for _ in range(a_day))]


def test_every_page_of_a_small_digest() -> None:
    assert sorted(outputs([article(1, "2025-08-17", topics="[Über uns]")])) == [
        "2025/08/17/a1/index.html",
        "2025/08/17/index.html",
        "2025/08/index.html",
        "2025/index.html",
        "404.html",
        "archive/index.html",
        "corrections.json",
        "corrections.xml",
        "editions.json",
        "editions.xml",
        "feed.json",
        "feed.xml",
        "feeds.opml",
        "feeds/2025-08.xml",
        "index.html",
        "llms.txt",
        "manifest.webmanifest",
        "robots.txt",
        "search/index.html",
        "sitemap.xml",
        "sitemaps/2025-08.xml",
        "sitemaps/news.xml",
        "sitemaps/pages.xml",
        "static/style.css",
        "stories/index.html",
        "subscribe/index.html",
        "topics/index.html",
        "topics/ueber-uns/feed.json",
        "topics/ueber-uns/feed.xml",
        "topics/ueber-uns/index.html",
    ]


def test_a_topic_shows_its_newest_month_and_has_a_page_for_each_year_before() -> None:
    paths = outputs([*archive(28), *(article(number, "2023-05-01") for number in range(1000, 1003))])
    assert "topics/one/2023/index.html" in paths
    assert "topics/one/2024/index.html" not in paths
    view = paths["topics/one/index.html"].view
    assert isinstance(view, views.TopicPage)
    assert (len(view.cards), view.count, [year.count for year in view.years]) == (50, 115, [3])
    assert sum(day.count for month in view.months for day in month.days) == 112 - 50


def test_the_months_before_the_newest_of_a_topic_are_on_the_page_of_their_year() -> None:
    few, many = outputs(archive(40, 1)), outputs(archive(70, 1))  # in two months, and in three
    assert "topics/one/2024/index.html" not in few, "the newest fifty are all that there are"
    topic, year = many["topics/one/index.html"].view, many["topics/one/2024/index.html"].view
    assert isinstance(topic, views.TopicPage)
    assert isinstance(year, views.TopicYear)
    assert (len(topic.cards), topic.months, [one.count for one in topic.years]) == (50, (), [56])
    assert [month.date for month in year.months] == ["2024-02", "2024-01"]
    shown = {card.href for card in topic.cards} | {
        line.href for month in year.months for day in month.days for line in day.lines
    }
    assert len(shown) == 70


@pytest.mark.parametrize("days", [20, 100, 300])
def test_one_article_more_touches_as_few_files_in_any_archive(days: int) -> None:
    before = archive(days)
    newest = max(a.date for a in before)
    old, new = keys(before), keys([*before, article(9_999_999, f"{newest}T23:59")])
    assert len([path for path in new if old.get(path) != new[path]]) == 24


def test_the_page_of_a_topic_stays_light_however_long_its_year_is() -> None:
    def headlines(days: int) -> int:
        view = outputs(archive(days, 10))["topics/one/index.html"].view
        assert isinstance(view, views.TopicPage)
        return len(view.cards) + sum(len(day.lines) for month in view.months for day in month.days)

    assert headlines(28) == headlines(300 // 28 * 28) == 280


def test_an_edited_title_changes_only_what_shows_it() -> None:
    articles = archive(100)
    place = 200
    edited = [*articles]
    edited[place] = article(place, articles[place].date, "Another title")
    old, new = keys(articles), keys(edited)
    day = articles[place].date.replace("-", "/")
    changed = {path for path in new if old.get(path) != new[path]}
    naming = {path for path, output in outputs(edited).items() if "Another title" in _related(output)}
    assert changed <= {path for path in new if path.startswith((day, f"{day[:7]}/index", "topics/", "feeds/"))} | naming
    assert 1 <= len(naming) <= related.RECENT * 3
    assert len(changed - naming) <= 18


def _related(output: Output) -> list[str]:
    view = output.view
    return [older.title for older in view.related] if isinstance(view, views.ArticlePage) else []


def test_a_first_topic_of_its_name_needs_no_other_section() -> None:
    """Else the first article on something new would let the whole archive be planned again."""
    articles = archive(100)
    newest = max(a.date for a in articles)
    before, after = digests(articles), digests([*articles, article(9_999_999, f"{newest}T23:59", topics="[New]")])
    assert {name for name in after if before.get(name) != after[name]} == {newest[:7], "topics/new"}
    spelt = digests([*articles, article(9_999_999, f"{newest}T23:59", topics="[One]")])
    assert all(before[name] != spelt[name] for name in before if name), "one of its spellings is on many pages"


def test_an_edited_article_needs_no_other_day_of_its_month() -> None:
    articles = [article(number, f"2025-08-{1 + number % 20:02}", topics=f"[t{number}]") for number in range(60)]
    edited = [article(7, "2025-08-08", "Another title", "[t7]") if one.slug == "a7" else one for one in articles]
    before, after = digests(articles, of_days=True), digests(edited, of_days=True)
    archive = "2025-08/01"  # is planned with the day of its first article
    assert {name for name in after if before[name] != after[name]} == {"2025-08", "2025-08/08", archive, "topics/t7"}


def test_an_article_that_a_page_names_needs_the_day_of_that_page() -> None:
    articles = [article(number, f"2025-08-{number:02}", topics=f"[t{number // 2}]") for number in range(1, 9)]
    edited = [article(4, "2025-08-04", "Another title", "[t2]") if one.slug == "a4" else one for one in articles]
    before, after = digests(articles, of_days=True), digests(edited, of_days=True)
    assert {name for name in after if before[name] != after[name]} > {"2025-08/04", "2025-08/05"}
    assert before["2025-08/03"] == after["2025-08/03"]


def digests(articles: list[Article], of_days: bool = False) -> dict[str, bytes]:
    shelf, _ = library.assemble(articles, 2**62)
    sections = plan.sections(shelf, SITE, {}, "basis")
    if of_days:
        sections += [one for section in sections for one in section.outputs() if isinstance(one, plan.Section)]
    return {section.name: section.digest for section in sections}


def test_topics_beside_a_topic_are_those_that_share_most_articles() -> None:
    topics = ["[A, B, C]", "[A, B, c]", "[A, D]", "[A, E]", "[A, F]", "[A, G]", "[A, H]", "[B, H]"]
    found = outputs([article(number, "2025-08-17", topics=listed) for number, listed in enumerate(topics)])
    view = found["topics/a/index.html"].view
    assert isinstance(view, views.TopicPage)
    assert [(link.name, link.count) for link in view.neighbours] == [
        ("B", 2),
        ("C", 2),
        ("D", 1),
        ("E", 1),
        ("F", 1),
        ("G", 1),
    ]


def test_a_difference_is_named() -> None:
    one, other = article(1, "2025-08-17"), article(1, "2025-08-17", "Another title")
    path = "2025/08/17/a1/index.html"
    assert made.difference(outputs([one])[path], keys([one])[path], keys([other])[path]) == ["article"]


def test_articles_stand_newest_first_and_know_their_neighbours() -> None:
    view = outputs([article(1, "2025-08-17T10:00"), article(2, "2025-08-17T12:00"), article(3, "2025-08-17T11:00")])
    page = view["2025/08/17/a3/index.html"].view
    assert isinstance(page, views.ArticlePage)
    assert page.newer is not None
    assert page.older is not None
    assert (page.newer.title, page.older.title) == ("Article 2", "Article 1")


def test_two_articles_with_one_address_or_one_id_are_named() -> None:
    one = article(1, "2025-08-17")
    same_address = content.parse(
        b"---\ntitle: T\ndate: 2025-08-17\nslug: a1\n---\n", "content/z.md", SETTINGS.zone, "en"
    )
    same_id = content.parse(
        f"---\ntitle: T\ndate: 2025-08-17\nid: {one.id}\n---\n".encode(), "content/z2.md", SETTINGS.zone, "en"
    )
    assert isinstance(same_address, Article)
    assert isinstance(same_id, Article)
    shelf, problems = library.assemble([same_id, same_address, one], 2**62)
    assert [problem.path for problem in problems] == ["content/z.md", "content/z2.md"]
    assert [a.body.file for a in shelf.articles] == [one.body.file]


def test_what_is_due_and_what_is_not() -> None:
    noon = 1_755_424_800_000_000  # 2025-08-17T12:00 in Berlin
    articles = [
        article(1, "2025-08-17"),
        article(2, "2025-08-17T12:00"),
        article(3, "2025-08-17T12:01"),
        article(4, "2025-08-18"),
    ]
    shelf, _ = library.assemble(articles, noon, future=False)
    assert [a.slug for a in shelf.articles] == ["a2", "a1"]
    assert shelf.next_change == noon + 60_000_000
    assert len(library.assemble(articles, noon, future=True)[0].articles) == 4
