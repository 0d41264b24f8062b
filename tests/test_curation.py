"""Curation: a person composes the edition of a day, and everything else of the site stays as it was."""

import json
import os
import pty
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import NOW_TEXT, Site, article, broken_links, difference

from digest import arranging, frontmatter
from digest.content import parse
from digest.model import Article
from digest.pages import curation, edition
from digest.pages.curation import Choice

FILE = "content/2025/08/17/edition.yml"
DATE = "2025-08-17"
DAY = "2025/08/17/index.html"
FLOOD = [
    "The Danube flooded the old town of Ulm after three days of rain. Firefighters evacuated 400 residents of Fischerviertel.",
    "Ulm: 400 residents of the Fischerviertel were evacuated by firefighters when the Danube flooded the old town.",
]


@pytest.fixture
def week(site: Site) -> Site:
    """A digest of two days; the later one has an article by itself, a long one, and a flood that two articles report."""
    texts = {"rain": "Rain.", "sun": "Sun. " * 400, "flood-a": FLOOD[0], "flood-b": FLOOD[1]}
    for hour, (name, text) in enumerate(texts.items(), 8):
        site.write(f"content/2025/08/17/{name}.md", article(f"About {name}", f"2025-08-17T{hour:02}:00", text))
    site.write("content/2025/08/16/moon.md", article("About moon", "2025-08-16T08:00", "Craters."))
    site.write("content/2025/08/16/stars.md", article("About stars", "2025-08-16T09:00", "Seven sisters, " * 20))
    return site


def page(site: Site, path: str = DAY) -> str:
    return site.read(f"site/{path}")


def shown(site: Site, path: str = DAY) -> list[str]:
    """Return which articles a page names, in their order."""
    return ordered(page(site, path))


def ordered(text: str) -> list[str]:
    names = ["rain", "sun", "flood-a", "flood-b", "moon", "stars"]
    places = {name: text.find(f"About {name}<") for name in names}
    return sorted((name for name in names if places[name] >= 0), key=places.__getitem__)


def made(name: str, text: str = "Text.", date: str = "2025-08-17T08:00", **keys: object) -> Article:
    path = f"content/{date[:10].replace('-', '/')}/{name}.md"
    found = parse(article(f"About {name}", date, text, **keys).encode(), path, ZoneInfo("UTC"), "en")
    assert isinstance(found, Article), found
    return found


ARTICLES = [
    made("rain"),
    made("sun", "Sun. " * 400),
    made("flood-a", FLOOD[0]),
    made("flood-b", FLOOD[1], f"{DATE}T09:00"),
]
STORIES = {article.id: "2025-08-17-flood-a" for article in ARTICLES[2:]}


def told(text: str | bytes) -> curation.Found:
    """Return what a file chooses for these articles, with all that is wrong in it."""
    written, wrong = curation.read(text.encode() if isinstance(text, str) else text, FILE)
    everything = [*ARTICLES, made("moon", date="2025-08-16")]
    found = curation.choices([written] if written else [], everything, {DATE: ARTICLES}, STORIES)
    return curation.Found(found.choices, [*wrong, *found.problems])


# What a person chooses


def test_without_a_file_weight_decides(week: Site) -> None:
    week.build()
    assert shown(week) == ["sun", "flood-b", "flood-a", "rain"]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("order: [rain, sun]", ["rain", "sun", "flood-b", "flood-a"]),
        ("order: [flood-a]", ["flood-a", "flood-b", "sun", "rain"]),
        ("order: [rain, flood-b, sun, flood-a]", ["rain", "flood-b", "flood-a", "sun"]),
        ("order: [rain, 2025-08-17-flood-a]", ["rain", "flood-b", "flood-a", "sun"]),
        ("order: rain", ["rain", "sun", "flood-b", "flood-a"]),
        ("lead: rain", ["rain", "sun", "flood-b", "flood-a"]),
        ("lead: flood-a\norder: [rain]", ["flood-a", "flood-b", "rain", "sun"]),
        ("lead: 2025-08-17-flood-a\norder: [sun, flood-a, flood-b]", ["flood-a", "flood-b", "sun", "rain"]),
        ("pin: [rain, flood-a]\norder: [sun]", ["rain", "flood-a", "flood-b", "sun"]),
        ("lead: sun\npin: [rain]", ["sun", "rain", "flood-b", "flood-a"]),
        ("hide: [sun]", ["flood-b", "flood-a", "rain"]),
        ("hide: [flood-b]", ["sun", "flood-a", "rain"]),
        ("hide: 2025-08-17-flood-a\norder: [flood-b, rain]", ["rain", "sun"]),
        ("order:\n- # rain\n- sun\n", ["sun", "flood-b", "flood-a", "rain"]),
        ("", ["sun", "flood-b", "flood-a", "rain"]),
    ],
)
def test_a_person_orders_leads_pins_and_hides(text: str, order: list[str]) -> None:
    found = told(text)
    assert found.problems == []
    choice = found.choices[DATE]
    pieces = edition.pieces([one for one in ARTICLES if one.id not in choice.hide], STORIES, choice)
    assert [one.slug for piece in pieces for one in (piece.lead, *piece.others)] == order


def test_every_page_with_the_edition_is_as_chosen(week: Site) -> None:
    week.write(FILE, "lead: rain\nhide: [sun]\norder: [flood-a]\n")
    assert not week.build().problems
    order = ["rain", "flood-a", "flood-b"]
    assert shown(week) == order
    assert shown(week, "index.html") == [*order, "stars", "moon"]
    assert ordered(json.loads(page(week, "editions.json"))["items"][0]["content_html"]) == order
    assert broken_links(week.folder) == []


def test_what_the_file_names_goes_before_the_pin_of_an_article(week: Site) -> None:
    week.replace("content/2025/08/17/rain.md", "date:", "pin: true\ndate:")
    week.write(FILE, "order: [sun]")
    week.build()
    assert shown(week)[:2] == ["rain", "sun"]
    week.write(FILE, "order: [sun, rain]")
    week.build()
    assert shown(week)[:2] == ["sun", "rain"]


def test_what_is_hidden_is_in_no_edition_and_everywhere_else(week: Site) -> None:
    week.replace("content/2025/08/17/sun.md", "date:", "topics: [Weather]\ndate:")
    week.write(FILE, "hide: [sun, flood-a]")
    assert not week.build().problems
    for path in (DAY, "index.html", "editions.xml"):
        assert "About sun" not in page(week, path), path
        assert "topics/weather/" not in page(week, path), path
    for path in ("2025/08/index.html", "topics/weather/index.html", "feed.xml", "2025/08/17/sun/index.html"):
        assert "About sun" in page(week, path), path
    assert "2025/08/17/sun/" in page(week, "sitemaps/2025-08.xml")
    assert "About flood-a" in page(week, "stories/2025-08-17-flood-a/index.html")
    assert "stories/2025-08-17-flood-a/" in page(week)  # of the article that is left
    check = week.run("check")
    assert (check.returncode, check.stderr) == (0, "")


def test_an_earlier_edition_on_the_front_page_is_as_chosen_too(week: Site) -> None:
    week.write("content/2025/08/16/edition.yml", "hide: [moon]\n")
    week.build()
    assert shown(week, "index.html")[-1] == "stars"
    assert "About moon" not in page(week, "index.html")


def test_where_all_is_hidden_the_front_page_shows_the_edition_before(week: Site) -> None:
    week.write("content/2025/08/17/edition.yml", "hide: [sun, rain, flood-a, flood-b]\ntitle: Nothing\n")
    (problem,) = week.build().problems
    assert (problem.severity, problem.line) == ("warning", 1)
    assert "all articles of the day are hidden" in problem.message
    assert shown(week, "index.html") == ["stars", "moon"]
    assert (shown(week), "<h1" in page(week)) == ([], True)


def test_a_title_and_a_note_stand_above_the_edition(week: Site) -> None:
    week.write(
        FILE,
        'title: "Water & <b>Light</b>"\nnote: |\n  Good *morning*.\n\n  - [Rain](rain/) <script>x</script>\n'
        "  - [Before](../16/moon/#p1)\n  - [Elsewhere](https://example.com/) or [write](mailto:me@example.org)\n",
    )
    assert not week.build().problems
    for path in (DAY, "index.html"):
        text = page(week, path)
        assert '<h1 class="edition-title p-name" dir="auto">Water &amp; &lt;b&gt;Light&lt;/b&gt;</h1>' in text
        assert text.count("<h1") == 1
        assert "Editor’s note" in text
        assert "<p>Good <em>morning</em>.</p>" in text
        assert "&lt;script&gt;x&lt;/script&gt;" in text
        assert text.index("Good <em>") < text.index("About sun")
        assert 'href="https://example.com/"' in text
        assert 'href="mailto:me@example.org"' in text
    assert 'href="../../../2025/08/17/rain/index.html"' in page(week)
    assert 'href="2025/08/17/rain/index.html"' in page(week, "index.html")
    assert 'href="2025/08/16/moon/index.html#p1"' in page(week, "index.html")
    assert "<title>Water &amp; &lt;b&gt;Light&lt;/b&gt; – Sunday, August 17, 2025 – Little Digest</title>" in page(week)
    assert "<title>Little Digest</title>" in page(week, "index.html")
    feed = page(week, "editions.xml")
    assert "<title>Water &#x26; &#x3C;b&gt;Light&#x3C;/b&gt; – Sunday, August 17, 2025</title>" in feed
    assert "https://example.org/news/2025/08/17/rain/" in feed
    items = json.loads(page(week, "editions.json"))["items"]
    assert items[0]["title"] == "Water & <b>Light</b> – Sunday, August 17, 2025"
    assert "Good <em>morning</em>" in items[0]["content_html"]
    assert "<script" not in items[0]["content_html"]
    assert week.run("check").returncode == 0


def test_a_note_is_on_the_front_page_of_the_digests_language_only(week: Site) -> None:
    week.configure(languages=["de", "en"])
    week.write("content/2025/08/17/regen.md", article("About moon", "2025-08-17T06:00", lang="de"))
    week.write("content/2025/08/17/sonne.md", article("About stars", "2025-08-17T07:00", lang="de"))
    week.write(FILE, "title: A title\nnote: '[A note](rain/).'\norder: [regen, rain]\n")
    assert not week.build().problems
    english, german = page(week, "en/index.html"), page(week, "de/index.html")
    assert shown(week, "en/index.html")[0] == "rain"
    assert shown(week, "de/index.html") == ["moon", "stars"]
    assert "A title" in english
    assert '<a href="../2025/08/17/rain/index.html">A note</a>' in english
    assert "A title" not in german
    assert "A note" not in german


# What it costs


def test_a_file_changes_the_pages_of_its_day_and_nothing_else(week: Site) -> None:
    week.build()
    before = week.output()
    for text in ("title: One\n", "title: Two\n", "order: [rain]\n", "hide: [rain]\n"):
        week.write(FILE, text)
        assert week.build().changed == [DAY, "editions.json", "editions.xml", "index.html"]
    week.delete(FILE)
    assert week.build().changed == [DAY, "editions.json", "editions.xml", "index.html"]
    assert difference(before, week.output()) == []
    for number in range(1, 18):
        week.write(f"content/2025/09/{number}.md", article(f"Of September {number}", f"2025-09-{number:02}"))
    week.build()
    week.write(FILE, "order: [rain]\n")
    assert week.build().changed == [DAY]
    again = week.build()
    assert (again.written, again.changed) == (0, ())


def test_an_edition_like_the_one_that_is_there_changes_nothing(week: Site) -> None:
    week.build()
    assert week.run("edition", "--now", NOW_TEXT).returncode == 0
    assert week.build().written == 0


def test_a_file_is_read_once(week: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    week.write(FILE, "order: [rain]\n")
    week.build()
    week.write("content/2025/08/16/late.md", article("Late", "2025-08-16"))
    with monkeypatch.context() as patch:
        patch.setattr(curation, "read", None)
        week.build()
    assert shown(week)[0] == "rain"


def test_what_is_wrong_is_told_by_every_build(week: Site) -> None:
    week.write(FILE, "order: [nowhere]\n")
    first = week.build().problems
    week.write("content/2025/08/16/late.md", article("Late", "2025-08-16"))
    assert week.build().problems == first != ()
    assert list(week.build().problems) == first


# What is wrong


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("lead: sun\ntitel: x\n", 2, "unknown key `titel`", "did you mean `title`?"),
        ("lead: sun\nend-note: x\n", 2, "unknown key `end-note`", "did you mean `note`?"),
        ("zzz: x\n", 1, "unknown key `zzz`", "known keys: title, note, lead, order, pin, hide"),
        (
            "order:\n- sun\n- rian # rian\n",
            3,
            "`order` names `rian`, which is no article or story of 2025-08-17",
            "`rain`",
        ),
        ("hide:\n- rain.md\n", 2, "`hide` names `rain.md`", "did you mean `rain`?"),
        ("pin: [/2025/08/17/rain/]\n", 1, "`pin` names `/2025/08/17/rain/`", "did you mean `rain`?"),
        ("lead: moon\n", 1, "`lead` names `moon`", "that is an article of 2025-08-16"),
        ("lead: xyzzy\n", 1, "`lead` names `xyzzy`", "the last part of an article's"),
        ("hide: [rain]\nlead: rain\n", 2, "the lead `rain` is hidden", "take it out of `hide`"),
        ("hide: [flood-a, flood-b]\nlead: 2025-08-17-flood-a\n", 2, "the lead `2025-08-17-flood-a` is hidden", "hide"),
        ("order:\n- rain\n- sun\n- rain\n", 2, "`order` names `rain` twice", "delete one"),
        ("lead: [rain, sun]\n", 1, "`lead` must be one article or story", "write `lead: SLUG`"),
        ("order: {rain: 1}\n", 1, "`order` must be a list of articles or stories", "`- SLUG`"),
        ("order:\n- rain: 1\n", 1, "`order` must be a list", "`- SLUG`"),
        ("title: [a]\n", 1, "`title` must be a text", "on one line"),
        ("\nnote: {a: b}\n", 2, "`note` must be a text", "note: |"),
        (f"title: {'x' * 201}\n", 1, "`title` has 201 characters, more than 200", "shorten it"),
        (f"note: {'x' * 20_001}\n", 1, "`note` has 20,001 characters, more than 20,000", "shorten it"),
        ('note: "a\\x07b"\n', 1, "`note` holds U+0007", "take it out"),
        ("title: a\ntitle: b\n", 2, "the key `title` stands twice", "delete one"),
        ("- rain\n", 1, "the file is a sequence", "key: value"),
        ("title: a\norder: [rain\n", 3, "the file is not valid YAML", "quotes"),
        ("order: &a [rain]\npin: *a\n", 1, "YAML references", "write the value out"),
        (f"order: {'[' * 50}{']' * 50}\n", 1, "nested more than 20 deep", "simple lists"),
        (b"title: \xff\n", 1, "the byte 0xFF is not UTF-8", "UTF-8"),
        ("title: a\n".encode("utf-16"), 1, "is not UTF-8", "UTF-8"),
        (b"#" * (curation.MAX_FILE + 1), 0, "the file has more than 1,048,576 bytes", "the others follow"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_mend(text: str | bytes, line: int, message: str, hint: str) -> None:
    (problem,) = told(text).problems
    assert message in problem.message
    assert hint in problem.hint
    assert (problem.path, problem.line, problem.severity) == (FILE, line, "error")


def test_what_is_right_beside_a_mistake_counts(week: Site) -> None:
    week.write(FILE, "titel: x\norder: [nowhere, rain]\nlead: moon\nnote: Good morning.\n")
    assert [problem.line for problem in week.build().problems] == [1, 2, 3]
    assert shown(week)[0] == "rain"
    assert "Good morning." in page(week)


def test_a_file_that_cannot_be_read_leaves_the_old_order(week: Site) -> None:
    week.write(FILE, "order: [rain\n")
    assert len(week.build().problems) == 1
    assert shown(week)[0] == "sun"


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("content/edition.yml", "this folder is none", "content/2025/08/17/edition.yml"),
        ("content/2025/08/edition.yml", "this folder is none", "content/2025/08/17/edition.yml"),
        ("content/2025/02/30/edition.yml", "this folder is none", "move it"),
        ("content/2025/08/17/more/edition.yml", "this folder is none", "move it"),
        ("content/2025/08/17/edition.yaml", "is not read", "rename it to edition.yml"),
        ("content/2025/08/15/edition.yml", "there are no articles of 2025-08-15", "delete the file"),
    ],
)
def test_a_file_in_the_wrong_place_is_told(week: Site, path: str, message: str, hint: str) -> None:
    week.write(path, "title: x\n")
    (problem,) = week.build().problems
    assert (problem.path, problem.severity) == (path, "error")
    assert message in problem.message
    assert hint in problem.hint


def test_an_edition_may_be_prepared_before_its_articles_are_shown(week: Site) -> None:
    week.write("content/2026/03/01/soon.md", article("Soon", "2026-03-01"))
    week.write("content/2025/08/17/draft.md", article("Draft", draft=True, story="Water"))
    week.write("content/2026/03/01/edition.yml", "lead: soon\ntitle: A day to come\n")
    week.write(FILE, "order: [draft, rain]\nhide: [water]\n")
    assert not week.build().problems
    assert shown(week)[0] == "rain"
    assert not week.build(future=True).problems
    assert "A day to come" in page(week, "index.html")


def test_other_commands_pass_it_by(week: Site) -> None:
    week.write(FILE, "order: [nowhere]\ntitel: x\n")
    assert "unknown key `titel`" in week.run("list", "problems").stdout
    assert week.run("new", "Edition", "--publish", "--now", "2025-08-17").returncode == 0
    assert week.run("import").returncode == 0
    assert len(week.run("list", "--now", NOW_TEXT).stdout.splitlines()) == 7
    assert "edition.yml" not in week.run("topics", "--json").stdout
    assert week.run("clean").returncode == 0
    assert week.read(FILE) == "order: [nowhere]\ntitel: x\n"


# The order, by itself


NAMES = [*(one.id for one in ARTICLES), "2025-08-17-flood-a", "another-story"]
CHOICES = st.builds(
    Choice, first=st.lists(st.sampled_from(NAMES)).map(tuple), order=st.lists(st.sampled_from(NAMES)).map(tuple)
)


@given(CHOICES)
def test_an_order_loses_nothing_and_doubles_nothing(choice: Choice) -> None:
    pieces = edition.pieces(ARTICLES, STORIES, choice)
    found = [one.slug for piece in pieces for one in (piece.lead, *piece.others)]
    assert sorted(found) == sorted(one.slug for one in ARTICLES)


@given(st.permutations(ARTICLES))
def test_an_order_that_names_all_is_the_order(articles: list[Article]) -> None:
    pieces = edition.pieces(ARTICLES, {}, Choice(order=tuple(one.id for one in articles)))
    assert [piece.lead for piece in pieces] == articles


def test_a_choice_of_nothing_changes_nothing() -> None:
    assert edition.pieces(ARTICLES, STORIES, Choice("Title")) == edition.pieces(ARTICLES, STORIES)


# The command


def test_the_command_makes_the_file_with_the_days_articles_in_their_order(week: Site) -> None:
    done = week.run("edition", "--now", NOW_TEXT)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{FILE}\n", "")
    text = week.read(FILE)
    assert frontmatter.load(text) == {"order": ["sun", "flood-b", "flood-a", "rain"]}
    assert "  - flood-a  # About flood-a (the same story: 2025-08-17-flood-a)\n" in text
    for key in curation.KEYS:
        assert f"{key}:" in text or key == "pin"


def test_what_it_suggests_works_when_it_is_uncommented(week: Site) -> None:
    week.run("edition", "2025-08-16", "--now", NOW_TEXT)
    path = "content/2025/08/16/edition.yml"
    head, _, rest = week.read(path).partition("# title")
    week.write(
        path, head + f"# title{rest}".replace("\n# From", "\n## From").replace("# hide", "# pin").replace("\n# ", "\n")
    )
    week.replace(path, "# title", "title")
    written, problems = curation.read((week.root / path).read_bytes(), path)
    assert problems == []
    assert written is not None
    assert written.title == "A name for the edition"
    assert written.note.startswith("Words above it, in **Markdown**.")
    assert written.lead == written.pin == written.order[:1] != ()
    assert not week.build().problems


def test_the_command_never_overwrites_and_names_what_is_new(week: Site) -> None:
    text = "title: Mine\norder: [rain]\nlead: 2025-08-17-flood-a\n"
    week.write(FILE, text)
    done = week.run("edition", "2025-08-17", "--now", NOW_TEXT)
    assert (done.returncode, done.stdout) == (0, f"{FILE}\n")
    assert done.stderr.splitlines() == [
        "1 article is not named in it, and will follow by weight; to place them, add to `order`:",
        "  - sun  # About sun",
    ]
    assert week.read(FILE) == text
    assert "not named" not in week.run("-q", "edition", "2025-08-17", "--now", NOW_TEXT).stderr


def test_the_command_lists_drafts_and_what_is_not_due(week: Site) -> None:
    week.write("content/2025/08/17/soon.md", article("Soon", "2025-08-17T23:00"))
    week.write("content/2025/08/17/draft.md", article("Draft", draft=True))
    week.run("edition", "--now", "2025-08-17T20:00")
    lines = week.read(FILE).splitlines()
    assert lines[-2:] == ["  - soon  # Soon (not due yet)", "  - draft  # Draft (a draft)"]
    week.write("content/2026/05/05/later.md", article("Later", "2026-05-05"))
    assert week.run("edition", "2026-05-05", "--now", NOW_TEXT).returncode == 0
    assert frontmatter.load(week.read("content/2026/05/05/edition.yml")) == {"order": ["later"]}


def test_the_command_says_what_is_wrong_with_the_file_of_its_day_only(week: Site) -> None:
    week.write("content/2025/08/16/edition.yml", "nonsense: 1\n")
    week.write(FILE, "lead: nowhere\n")
    done = week.run("edition", "--now", NOW_TEXT)
    assert done.returncode == 1
    assert f"error: {FILE}:1: `lead` names `nowhere`" in done.stderr
    assert "nonsense" not in done.stderr


def test_the_command_tells_of_seeds_that_are_not_imported(week: Site) -> None:
    week.write("seeds/one.txt", " date 2025-08-18 One\n\nText.\n")
    assert "1 seed is not imported yet" in week.run("edition", "--now", NOW_TEXT).stderr
    week.run("import")
    assert "not imported" not in week.run("edition", "--now", NOW_TEXT).stderr


@pytest.mark.parametrize(
    ("argument", "message"),
    [("2025-08-15", "there are no articles of 2025-08-15"), ("yesterday", "DATE: 'yesterday' is no day")],
)
def test_the_command_refuses_a_day_without_an_edition(week: Site, argument: str, message: str) -> None:
    done = week.run("edition", argument)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (week.root / "content/2025/08/15").exists()


def test_the_command_in_a_digest_without_articles(site: Site) -> None:
    done = site.run("edition")
    assert (done.returncode, "there is no edition yet" in done.stderr) == (2, True)


def test_the_command_says_when_the_file_cannot_be_made(week: Site) -> None:
    week.write("content/2025/08/15", "a file where the folder should be")
    week.write("content/notes/x.md", article("X", "2025-08-15"))
    done = week.run("edition", "2025-08-15")
    assert (done.returncode, "cannot be made" in done.stderr) == (2, True)


def test_on_a_terminal_it_opens_the_editor_and_tells_what_is_wrong_then(week: Site) -> None:
    editor = week.root / "editor.sh"
    week.write("editor.sh", '#!/bin/sh\nprintf "lead: nowhere\\n" >> "$1"\n')
    editor.chmod(0o700)
    terminal, side = pty.openpty()
    command = [sys.executable, "-m", "digest", "--root", str(week.root), "edition", "--now", NOW_TEXT]
    environment = {**os.environ, "EDITOR": str(editor), "VISUAL": ""}
    done = subprocess.run(command, env=environment, stdin=side, stdout=side, stderr=subprocess.PIPE, check=False)
    os.close(side)
    os.close(terminal)
    assert week.read(FILE).endswith("lead: nowhere\n")
    assert (done.returncode, b"`lead` names `nowhere`" in done.stderr) == (1, True)
    piped = week.run("edition", "--now", NOW_TEXT, EDITOR=str(editor), VISUAL="")
    assert piped.stdout == f"{FILE}\n"
    assert week.read(FILE).count("nowhere") == 1


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=150),
    st.sampled_from(["null", "a-1", "2025"]),
)
def test_no_headline_breaks_out_of_its_comment(title: str, slug: str) -> None:
    one = made("a", slug=slug)
    line = arranging._line(
        Article(*[title if field == "title" else getattr(one, field) for field in one.__struct_fields__])
    )
    assert frontmatter.load(f"order:\n{line}  - next\n") == {"order": [slug, "next"]}


def test_a_file_of_the_largest_size_is_read_in_moments(week: Site) -> None:
    text = "order:\n" + "".join(f"- x{number}\n" for number in range(60_000))
    assert len(text) < curation.MAX_FILE
    written, problems = curation.read(text.encode(), FILE)
    assert (written is not None, problems) == (True, [])
    week.write(FILE, text)
    assert len(week.build().problems) == curation.MAX_PROBLEMS
