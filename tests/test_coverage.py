"""Stories on the site: an event once in an edition, a page for it, and the editor's word above the machine's."""

import json
from zoneinfo import ZoneInfo

import pytest
from sites import Site, article

from digest.content import parse
from digest.library import Topic
from digest.memo import Memo
from digest.model import Article
from digest.pages import edition
from digest.stories import related, story
from digest.urls import topic_slug

FLOOD = [
    "The Danube flooded the old town of Ulm after three days of rain. Firefighters evacuated 400 residents of Fischerviertel.",
    "Ulm: 400 residents of the Fischerviertel were evacuated by firefighters when the Danube flooded the old town.",
    "After the Danube flooded Ulm, firefighters pumped out cellars in the Fischerviertel; 400 residents may go home.",
]
THEFT = "Thieves stole crown jewels of Empress Eugénie from the Louvre in Paris; police search for a truck."


@pytest.fixture
def flood(site: Site) -> Site:
    """A digest with a flood, reported thrice on two days, and a theft."""
    texts = {"a": ("2025-08-17T08:00", FLOOD[0]), "b": ("2025-08-17T10:00", FLOOD[1]), "c": ("2025-08-18", FLOOD[2])}
    for name, (moment, text) in texts.items():
        source = {"name": f"Paper {name}"}
        path = f"content/{moment[:10].replace('-', '/')}/{name}.md"
        site.write(path, article(f"Flood in Ulm, {name}", moment, text, source=source))
    site.write("content/2025/08/17/theft.md", article("Jewels stolen in Paris", "2025-08-17T09:00", THEFT))
    return site


def told(site: Site) -> dict[str, str | None]:
    rows = json.loads(site.run("stories", "--json").stdout)
    return {row["path"].rpartition("/")[2]: row["story"] for row in rows}


def test_an_event_is_one_story_across_sources_and_days(flood: Site) -> None:
    name = "2025-08-17-a"
    assert told(flood) == {"c.md": name, "b.md": name, "theft.md": None, "a.md": name}


def test_an_edition_shows_a_story_once_with_the_others_beneath(flood: Site) -> None:
    flood.build()
    page = flood.read("site/2025/08/17/index.html")
    assert page.count('<article class="card') == 2
    assert page.index("Flood in Ulm") < page.index("Jewels stolen")
    assert page.count("Flood in Ulm, a") == page.count("Flood in Ulm, b") == 1


def test_no_event_is_twice_on_the_front_page(flood: Site) -> None:
    flood.build()
    page = flood.read("site/index.html")
    assert page.count("Flood in Ulm") == 1
    assert "Jewels stolen" in page


def test_a_story_has_a_page_that_its_articles_lead_to(flood: Site) -> None:
    flood.build()
    page = flood.read("site/stories/2025-08-17-a/index.html")
    assert [page.index(f"Flood in Ulm, {name}</a>") for name in "abc"] == sorted(
        page.index(f"Flood in Ulm, {name}</a>") for name in "abc"
    )
    assert all(f"<li><bdi>Paper {name}</bdi></li>" in page for name in "abc")
    assert "<h1>Flood in Ulm, c</h1>" in page
    assert page.count("<rect") == 2
    for name in ("17/a", "17/b", "18/c"):
        assert 'href="../../../../stories/2025-08-17-a/index.html"' in flood.read(f"site/2025/08/{name}/index.html")
    assert "stories/2025" not in flood.read("site/2025/08/17/theft/index.html")
    assert "2025-08-17-a/index.html" in flood.read("site/stories/index.html")


def test_a_story_keeps_its_page_as_it_grows_and_old_pages_stay(flood: Site) -> None:
    flood.build()
    flood.write("content/2025/08/20/d.md", article("Flood in Ulm, d", "2025-08-20", FLOOD[1]))
    changed = set(flood.build().changed)
    assert "stories/2025-08-17-a/index.html" in changed
    assert not {path for path in changed if path.startswith(("2025/08/17/", "2025/08/18/c"))}


def test_a_person_frees_an_article(flood: Site) -> None:
    flood.replace("content/2025/08/17/b.md", "date:", "story: none\ndate:")
    assert told(flood) == {"c.md": "2025-08-17-a", "b.md": None, "theft.md": None, "a.md": "2025-08-17-a"}


def test_a_person_names_a_story(flood: Site) -> None:
    for name in ("17/a", "17/theft"):
        flood.replace(f"content/2025/08/{name}.md", "date:", "story: Water and Jewels!\ndate:")
    assert told(flood)["theft.md"] == told(flood)["a.md"] == "water-and-jewels"
    flood.build()
    assert (flood.folder / "stories/water-and-jewels/index.html").is_file()


def test_a_person_puts_an_article_into_a_story_by_its_address(flood: Site) -> None:
    flood.replace("content/2025/08/17/theft.md", "date:", "story: 2025-08-17-a\ndate:")
    assert set(told(flood).values()) == {"2025-08-17-a"}
    assert flood.build().problems == []


@pytest.mark.parametrize(
    ("stories", "message"),
    [
        ({"17/theft": "2025-08-17-nobody"}, "no other article has the story `2025-08-17-nobody`"),
        ({"17/theft": "flood", "17/b": "floods"}, "no other article has the story `floods`"),
        ({"17/theft": "2025-08-17-a", "17/a": "none"}, "the story `2025-08-17-a` is of content/2025/08/17/a.md"),
        ({"17/a": "2025-08-17-theft", "17/theft": "2025-08-17-a"}, "these stories name each other"),
    ],
)
def test_what_a_person_must_decide_is_told(flood: Site, stories: dict[str, str], message: str) -> None:
    for name, value in stories.items():
        flood.replace(f"content/2025/08/{name}.md", "date:", f"story: {value}\ndate:")
    result = flood.build()
    assert any(message in problem.message for problem in result.problems), result.problems
    assert {problem.severity for problem in result.problems} == {"warning"}


def test_why_two_articles_are_one_story_is_told_in_words_and_numbers(flood: Site) -> None:
    ran = flood.run("stories", "--explain", "content/2025/08/17/a.md", "content/2025/08/18/c.md")
    assert "They are one story." in ran.stdout
    assert "Fischerviertel" in ran.stdout
    apart = flood.run("stories", "--explain", "content/2025/08/17/a.md", "content/2025/08/17/theft.md")
    assert "They are not one story." in apart.stdout
    unknown = flood.run("stories", "--explain", "content/2025/08/17/a.md", "content/none.md")
    assert (unknown.returncode, "no article of the site is there" in unknown.stderr) == (2, True)


def test_the_list_names_each_story_with_its_articles(flood: Site) -> None:
    assert flood.run("stories").stdout.splitlines() == [
        "2025-08-17-a: 3 articles, 2025-08-17 – 2025-08-18",
        "  content/2025/08/17/a.md\tFlood in Ulm, a",
        "  content/2025/08/17/b.md\tFlood in Ulm, b",
        "  content/2025/08/18/c.md\tFlood in Ulm, c",
        "1 story; 1 article stands alone",
    ]


def made(name: str, moment: str, text: str = "Text.", **keys: object) -> Article:
    header = "".join(f"{key}: {json.dumps(value)}\n" for key, value in {"title": name, "date": moment, **keys}.items())
    path = f"content/{moment[:10].replace('-', '/')}/{name}.md"
    found = parse(f"---\n{header}---\n{text}\n".encode(), path, ZoneInfo("UTC"), "en")
    assert isinstance(found, Article), found
    return found


def names(articles: list[Article], of: dict[str, str] | None = None) -> list[str]:
    return [piece.lead.title for piece in edition.pieces(articles, of or {})]


def test_an_edition_is_ordered_by_length_freshness_sources_and_pins() -> None:
    long = made("long", "2025-08-17T08:00", "x" * 5000)
    short = made("short", "2025-08-17T08:00")
    late = made("late", "2025-08-17T20:00")
    assert names([short, late, long]) == ["long", "late", "short"]
    pinned = made("pinned", "2025-08-17T00:00", pin=True)
    assert names([short, late, long, pinned])[0] == "pinned"
    twice = [made(name, "2025-08-17T08:00", source={"name": name}) for name in ("one", "two", "three")]
    assert names([long, *twice], {article.id: "s" for article in twice})[0] in ("one", "two", "three")


def test_an_article_is_related_to_older_ones_that_share_its_rarest_topics() -> None:
    old = [made(f"old{number}", f"2025-08-0{number + 1}", topics=["Common"]) for number in range(5)]
    rare = made("rare", "2025-07-01", topics=["Common", "Rare"])
    new = made("new", "2025-08-17", topics=["Rare", "Common"])
    shown = {one.title: [other.title for other in near] for one, near in related.of_month([rare, *old, new], {}, {})}
    assert shown["new"] == ["rare", "old4", "old3"]
    assert shown["rare"] == []


def test_the_months_of_related_articles_join_up() -> None:
    articles = [made(f"a{n}", f"2025-0{n // 4 + 1}-{n % 4 + 1:02}", topics=["T", f"U{n % 3}"]) for n in range(24)]
    months: dict[str, list[Article]] = {}
    for one in articles:
        months.setdefault(one.date[:7], []).append(one)
    of_topic: dict[str, list[Article]] = {}
    for one in articles[::-1]:
        for name in one.topics:
            of_topic.setdefault(name, []).append(one)
    before = related.by_month([Topic(topic_slug(name), name, of) for name, of in of_topic.items()], Memo())
    piecewise = [pair for month, of in months.items() for pair in related.of_month(of, before[month], {})]
    assert piecewise == list(related.of_month(articles, {}, {}))


def test_names_that_give_one_address_are_one_story() -> None:
    assert story.name_of("Water & Jewels") == story.name_of("water jewels")
    assert story.name_of(" NONE ") == "none"
    assert story.name_of("None!") != "none"
