"""Topics from seed to page: who decides them, what `digest topics` says and changes, and what a topic's page shows."""

import json

import pytest
from sites import Site, article, seed

from digest import frontmatter, layout
from digest.build import Result
from digest.intake import ledger

OWN = """
Asia:
  description: All of the east.
Japan:
  parent: Asia
  aliases: {en: [Nippon, Japanese], de: Nihon}
Weather: [Storm, Rain]
"""
PLACES = ["Portland", "Lisbon", "Kyoto", "Quito", "Nairobi", "Oslo"]


def visit(number: int) -> str:
    """Return a seed that speaks of one of six places, as four of 24 do."""
    place = PLACES[number % len(PLACES)]
    text = f"The mayor of {place} met guest number {number}. Many people in {place} came. They like {place} a lot."
    return seed(f"A guest comes to {place} on visit {number}", f"2025-08-{number % 20 + 1:02}", text)


def topics(site: Site, path: str) -> list[str] | None:
    found = frontmatter.load(frontmatter.split(site.read(path)).header).get("topics")
    assert found is None or isinstance(found, list)
    return found


def all_topics(site: Site) -> dict[str, list[str] | None]:
    return {path: topics(site, path) for path in site.files("content", ".md")}


def told(result: Result) -> list[tuple[str, str, int]]:
    return [(problem.severity, problem.path, problem.line) for problem in result.problems]


# What an article gets.


def test_the_vocabulary_names_the_topics_of_a_new_article(site: Site) -> None:
    site.write("topics.yml", OWN)
    site.write("seeds/1.txt", seed("Storm over Nippon"))
    assert told(site.build()) == []
    assert topics(site, "content/2025/08/17/storm-over-nippon.md") == ["Japan", "Weather"]


def test_what_a_seed_says_comes_first_by_the_names_of_the_vocabulary(site: Site) -> None:
    site.write("topics.yml", OWN)
    site.write(
        "seeds/1.md", "---\ntitle: Storm\ndate: 2025-08-17\nlang: en\ntags: [Trade, japanese, Nihon]\n---\nText.\n"
    )
    site.write("seeds/2.md", "---\ntitle: Rain\ndate: 2025-08-17\ntopics: []\n---\nText.\n")
    site.build()
    assert "tags:\n- Trade\n- Japan\n- Nihon\n" in site.read("content/2025/08/17/storm.md")
    assert "topics: []\n" in site.read("content/2025/08/17/rain.md")
    (first, _) = records(site)
    assert (first.topics, first.stated) == ((), ())
    assert first.path.endswith("rain.md")


def test_names_that_recur_become_topics_without_a_vocabulary(site: Site) -> None:
    for number in range(24):
        site.write(f"seeds/{number}.txt", visit(number))
    site.build()
    assert sorted({str(found) for found in all_topics(site).values()}) == sorted(str([place]) for place in PLACES)


def test_a_topic_that_articles_have_is_given_to_new_ones(site: Site) -> None:
    """Though it is no name that recurs in texts."""
    for number in range(24):
        said = "Fishery" if number % 6 == 0 else f"Other {number}"
        site.write(
            f"seeds/{number}.md", f"---\ntitle: No {number}\ndate: 2025-08-17\ntags: [{said}]\n---\nA {number}.\n"
        )
    site.build()
    site.write("seeds/new.txt", seed("New law on fishery", text="The fishery must change, and fishery will."))
    site.build()
    assert topics(site, "content/2025/08/17/new-law-on-fishery.md") == ["Fishery"]


# It is decided once.


def records(site: Site) -> list[ledger.Record]:
    found = []
    for path in sorted((site.root / layout.CONTENT).rglob(layout.LEDGER)):
        read, problems = ledger.read_ledger(path.read_bytes(), path.relative_to(site.root).as_posix())
        assert problems == []
        found += read
    return found


@pytest.mark.parametrize("forgets", [False, True])
def test_a_vocabulary_that_changes_leaves_the_articles_that_are_there(site: Site, forgets: bool) -> None:
    site.write("seeds/1.txt", seed("Storm over Nippon"))
    site.build()
    before = site.content()
    site.write("topics.yml", OWN)
    if forgets:
        site.forget()
    site.build(full=True)
    assert site.content() == before
    site.replace("seeds/1.txt", "And no more.", "And a little more.")
    site.build()
    assert topics(site, "content/2025/08/17/storm-over-nippon.md") is None


def test_a_seed_that_is_corrected_keeps_its_topics(site: Site) -> None:
    site.write("topics.yml", OWN)
    site.write("seeds/1.txt", seed("Storm over Nippon"))
    site.build()
    site.delete("topics.yml")
    site.replace("seeds/1.txt", "And no more.", "And a little more.")
    site.build()
    assert topics(site, "content/2025/08/17/storm-over-nippon.md") == ["Japan", "Weather"]


def test_a_seed_that_states_other_topics_now_gets_these(site: Site) -> None:
    site.write("topics.yml", OWN)
    header = "---\ntitle: Storm\ndate: 2025-08-17\ntopics: [Rain]\n---\n"
    site.write("seeds/1.md", f"{header}Text.\n")
    site.build()
    assert topics(site, "content/2025/08/17/storm.md") == ["Weather"]
    site.delete("topics.yml")
    site.write("seeds/1.md", f"{header}Another text.\n")
    site.build()
    assert topics(site, "content/2025/08/17/storm.md") == ["Weather"], "it was decided what it calls Rain"
    site.write("seeds/1.md", f"{header.replace('Rain', 'Hail')}Another text.\n")
    site.build()
    assert topics(site, "content/2025/08/17/storm.md") == ["Hail"]


def test_what_a_person_wrote_wins(site: Site) -> None:
    site.write("topics.yml", OWN)
    site.write("seeds/1.txt", seed("Storm over Nippon"))
    site.build()
    path = "content/2025/08/17/storm-over-nippon.md"
    site.replace(path, "- Japan\n- Weather\n", "- Mine\n")
    site.forget()
    site.build(full=True)
    assert topics(site, path) == ["Mine"]


def test_an_article_imported_before_there_were_topics_stays_as_it_is(site: Site) -> None:
    site.write("seeds/1.md", "---\ntitle: Storm\ndate: 2025-08-17\ntopics: [Rain]\n---\nText.\n")
    site.write("seeds/2.txt", seed("Storm over Nippon"))
    site.build()
    old = [
        ledger.Record(**{name: getattr(one, name) for name in one.__struct_fields__} | {"topics": (), "terms": b""})
        for one in records(site)
    ]
    site.write(f"content/2025/08/{layout.LEDGER}", ledger.write_ledger(old))
    before = all_topics(site)
    site.write("topics.yml", OWN)
    site.copy("seeds/1.md", "seeds/1b.md")
    site.copy("seeds/2.txt", "seeds/2b.txt")
    result = site.build()
    assert sorted(step.action.value for step in result.imported) == ["refresh", "refresh"]
    assert all_topics(site) == before


# What is wrong in topics.yml.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Asia: {parnt: x}\n", 1),
        ("Asia:\n  parent: Europe\nEurope:\n  parent: Asia\n", 2),
        ("Asia: [East]\nEurope: [East]\n", 1),
        ("Asia:\n../x:\n", 2),
        ("- a list\n", 1),
        ("Asia: [\n", 2),
        (b"Asia: [\xff]\n", 0),
    ],
)
def test_a_bad_vocabulary_is_told_and_the_rest_is_built(site: Site, text: str | bytes, line: int) -> None:
    site.write("topics.yml", text)
    site.write("seeds/1.txt", seed("Storm over Asia"))
    for _ in range(2):
        assert told(site.build()) == [("error", "topics.yml", line)]
    assert "2025/08/17/storm-over-asia/index.html" in site.output()
    assert site.run("import").returncode == 1
    site.delete("topics.yml")
    assert told(site.build()) == []


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeffAsia:\r\n"])
def test_an_empty_vocabulary_is_fine(site: Site, text: str) -> None:
    site.write("topics.yml", text)
    site.write("seeds/1.txt", seed("Storm over Asia"))
    assert told(site.build()) == []


def test_a_folder_of_that_name_is_told(site: Site) -> None:
    site.write("topics.yml/x", "")
    assert told(site.build()) == [("error", "topics.yml", 0)]


def test_a_large_vocabulary_with_odd_names(site: Site) -> None:
    site.write(
        "topics.yml", "feed.xml:\n2025:\n" + "".join(f"Topic {number}: [Alias {number}x]\n" for number in range(5000))
    )
    site.write("seeds/1.txt", seed("What feed.xml said in 2025 of Alias 17x"))
    assert told(site.build()) == []
    (found,) = all_topics(site).values()
    assert found is not None
    assert {"feed.xml", "Topic 17"} <= set(found)
    assert "topics/feed-xml/index.html" in site.output()


# digest topics


@pytest.fixture
def filled(site: Site) -> Site:
    """A digest with topics of seeds and of people."""
    site.write("topics.yml", OWN)
    for number in range(6):
        site.write(f"seeds/{number}.txt", seed(f"Storm number {number} over Nippon", f"2025-08-1{number}"))
    site.write("content/a.md", article("By hand", topics=["AI", "Japan"]))
    site.write("content/b.md", article("By hand too", topics=["Ai"]))
    site.build()
    return site


def test_topics_are_listed_with_their_counts(filled: Site) -> None:
    listed = filled.run("topics")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [line.split() for line in listed.stdout.splitlines()] == [
        ["7", "Japan", "(topics.yml)"],
        ["6", "Weather", "(topics.yml)"],
        ["2", "AI"],
        ["0", "Asia", "(topics.yml)"],
    ]


def test_topics_for_programs(filled: Site) -> None:
    rows = json.loads(filled.run("topics", "--json").stdout)
    assert rows[0] == {"name": "Japan", "slug": "japan", "count": 7, "vocabulary": True, "candidate": False}
    assert [row["name"] for row in rows] == ["Japan", "Weather", "AI", "Asia"]


def test_names_that_could_become_topics_are_listed(site: Site) -> None:
    for number in range(24):
        text = visit(number).split("\n", 2)[2]
        site.write(
            f"content/{number}.md", article(f"A guest comes to {PLACES[number % 6]}", text=text, slug=f"a-{number}")
        )
    rows = json.loads(site.run("topics", "--json").stdout)
    assert {row["name"] for row in rows if row["candidate"]} == set(PLACES)
    assert {row["count"] for row in rows} == {4}
    assert "Portland" in site.run("topics").stdout.partition("no topics yet")[2]


def test_a_digest_without_topics(site: Site) -> None:
    assert site.run("topics").stdout == "there are no topics yet\n"
    assert json.loads(site.run("topics", "--json").stdout) == []


def test_a_topic_is_renamed_everywhere_and_no_file_counts_as_edited(filled: Site) -> None:
    filled.replace("content/2025/08/11/storm-number-1-over-nippon.md", "And no more.", "Edited.")
    bodies = {path: filled.read(path).replace("Japan", "Nihon") for path in filled.files("content", ".md")}
    renamed = filled.run("topics", "--rename", "japan", "Nihon")
    assert (renamed.returncode, renamed.stderr) == (0, "")
    assert renamed.stdout.startswith("7 files changed: japan → Nihon\n")
    assert "`japan` is in topics.yml" in renamed.stdout
    changed = {path: text.replace("japan", "Nihon") for path, text in bodies.items()}
    assert {path: filled.read(path) for path in filled.files("content", ".md")} == changed
    assert filled.run("list", "edited").stdout.count("\n") == 1
    filled.replace("seeds/2.txt", "And no more.", "And a little more.")
    filled.build()
    refreshed = "content/2025/08/12/storm-number-2-over-nippon.md"
    assert "And a little more." in filled.read(refreshed)
    assert topics(filled, refreshed) == ["Nihon", "Weather"]


def test_a_renamed_topic_of_an_article_from_before_stays_renamed(site: Site) -> None:
    site.write("seeds/1.md", "---\ntitle: Storm\ndate: 2025-08-17\ntopics: [Rain, Sea]\n---\nText.\n")
    site.build()
    (one,) = records(site)
    values = {name: getattr(one, name) for name in one.__struct_fields__} | {"topics": (), "terms": b""}
    site.write(f"content/2025/08/{layout.LEDGER}", ledger.write_ledger([ledger.Record(**values)]))
    assert site.run("topics", "--rename", "Rain", "Weather").returncode == 0
    site.copy("seeds/1.md", "seeds/1b.md")
    assert [step.action.value for step in site.build().imported] == ["refresh"]
    assert topics(site, "content/2025/08/17/storm.md") == ["Weather", "Sea"]


def test_topics_are_merged(filled: Site) -> None:
    merged = filled.run("topics", "--merge", "Weather", "Asia")
    assert (merged.returncode, merged.stderr) == (0, "")
    assert topics(filled, "content/2025/08/10/storm-number-0-over-nippon.md") == ["Japan", "Asia"]
    merged = filled.run("topics", "--merge", "Japan", "Asia")
    assert topics(filled, "content/2025/08/10/storm-number-0-over-nippon.md") == ["Asia"]
    assert filled.run("list", "edited").stdout == ""
    hint = filled.run("topics", "--merge", "AI", "Asia").stdout
    assert "write into topics.yml: `Asia: {aliases: [AI]}`" in hint


def test_a_spelling_is_mended(filled: Site) -> None:
    assert filled.run("topics", "--rename", "ai", "AI").stdout == "1 file changed: ai → AI\n"
    assert '"AI"' in filled.read("content/b.md")


def test_a_renaming_that_was_stopped_is_done_to_its_end(filled: Site) -> None:
    whole = filled.clone(filled.root.parent / "whole")
    whole.run("topics", "--rename", "Weather", "Sky")
    left = dict(whole.content())
    # Stopped after the records and one file.
    for path, data in left.items():
        if path.endswith(layout.LEDGER) or "number-3" in path:
            filled.write(f"content/{path}", data)
    filled.build()
    assert "`--merge`" in filled.run("topics", "--rename", "Weather", "Sky").stderr
    assert filled.run("topics", "--merge", "Weather", "Sky").returncode == 0
    assert filled.content() == left
    assert filled.run("list", "edited").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--rename", "Wether", "Sky"], "did you mean 'Weather'?"),
        (["--rename", "Zzz", "Sky"], "`digest topics` lists them"),
        (["--rename", "Asia", "East"], "no article has the topic 'Asia'"),
        (["--rename", "AI", "Japan"], "there is a topic 'Japan' already"),
        (["--rename", "AI", "a/../b"], "is no name of a topic"),
        (["--rename", "AI", " "], "is no name of a topic"),
        (["--merge", "AI", "Japn"], "did you mean 'Japan'?"),
        (["--merge", "AI", "Ai"], "are the same topic already"),
        (["--merge", "AI", "Japan", "--json"], "choose one of"),
    ],
)
def test_wrong_names_are_told_and_nothing_is_written(filled: Site, arguments: list[str], says: str) -> None:
    before = filled.content()
    ran = filled.run("topics", *arguments)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert filled.content() == before


def test_a_file_that_cannot_be_changed_is_named(site: Site) -> None:
    site.write("content/a.md", "---\ntitle: T\ndate: 2025-08-17\ntopics: ! [Rain]\n---\nText.\n")
    site.write("content/b.md", article("T", topics=["Rain"], slug="b"))
    renamed = site.run("topics", "--rename", "Rain", "A: b")
    assert topics(site, "content/b.md") == ["A: b"]
    if renamed.returncode:
        assert "content/a.md" in renamed.stderr
    else:
        assert topics(site, "content/a.md") == ["A: b"]


def test_a_broken_record_is_not_overwritten(filled: Site) -> None:
    path = f"content/2025/08/{layout.LEDGER}"
    filled.write(path, filled.read(path) + "{no record\n")
    before = filled.content()
    renamed = filled.run("topics", "--rename", "Japan", "Nihon")
    assert renamed.returncode == 2
    assert layout.LEDGER in renamed.stderr
    assert filled.content() == before


# A topic's page.


def test_a_topic_names_those_above_below_and_beside_it(filled: Site) -> None:
    filled.write("content/c.md", article("East", topics=["Asia"]))
    filled.build()
    above = filled.output()["topics/asia/index.html"].decode()
    below = filled.output()["topics/japan/index.html"].decode()
    assert '<p class="summary p-summary" dir="auto">All of the east.</p>' in above
    assert '<a href="../../topics/japan/index.html"><bdi>Japan</bdi></a></dd>' in above
    assert '<a href="../../topics/asia/index.html"><bdi>Asia</bdi></a></dd>' in below
    assert '<a href="../../topics/weather/index.html"><bdi>Weather</bdi></a> <small>6 articles</small>' in below


def test_only_topics_with_a_page_are_linked(filled: Site) -> None:
    assert "topics/asia/" not in filled.output()["topics/japan/index.html"].decode()


def test_a_page_follows_its_vocabulary(filled: Site) -> None:
    filled.replace("topics.yml", "All of the east.", "The far east.")
    filled.write("content/c.md", article("East", topics=["Asia"]))
    assert "topics/asia/index.html" in filled.build().changed
    filled.replace("topics.yml", "The far east.", "The east.")
    assert list(filled.build().changed) == ["topics/asia/index.html"]
