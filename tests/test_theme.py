"""The theme: what an edition shows, figures of the archive, what `theme:` in the settings changes, and a theme of one's own."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from sites import Site, article

from digest import config, look
from digest.errors import DigestError
from digest.pages import figures
from digest.views import Period, Tally

EXAMPLE = Path(__file__).parent.parent / "examples" / "broadsheet"
MONDAYS = tuple((day, str(day)) for day in range(7))
SUNDAYS = (MONDAYS[6], *MONDAYS[:6])


def edition(site: Site, count: int) -> str:
    for number in range(count):
        site.write(
            f"content/{number}.md", article(f"News {number}", f"2025-08-17 {number % 24:02}:00", "What happened.")
        )
    site.build()
    return (site.folder / "2025/08/17/index.html").read_text("utf-8")


@pytest.mark.parametrize(("count", "seconds", "briefs"), [(1, 0, 0), (3, 2, 0), (10, 9, 0), (11, 6, 4), (80, 9, 70)])
def test_an_edition_has_a_lead_seconds_and_briefs(site: Site, count: int, seconds: int, briefs: int) -> None:
    html = edition(site, count)
    assert html.count('class="card lead h-entry"') == 1
    assert html.count('class="card h-entry"') == seconds
    assert html.count('class="brief h-entry"') == briefs


def test_an_edition_names_the_topics_of_most_of_its_articles(site: Site) -> None:
    for number, topics in enumerate([["Sea"], ["Sea", "Air"], ["Air", "Sea"], ["Fire"]]):
        site.write(f"content/{number}.md", article(f"News {number}", "2025-08-17", topics=topics))
    site.build()
    for page in ("index.html", "2025/08/17/index.html"):
        (nav,) = re.findall(r'<nav aria-label="Topics of the day">(.+?)</nav>', (site.folder / page).read_text(), re.S)
        assert re.findall(r"<bdi>(\w+)</bdi>", nav) == ["Sea", "Air", "Fire"]


def test_the_lead_names_all_articles_of_its_story_and_others_three_before_the_rest_is_unfolded(site: Site) -> None:
    for story, count in (("flood", 9), ("fire", 7), ("frost", 5)):
        for number in range(count):
            title = f"{story.capitalize()} {number}"
            site.write(f"content/{story}{number}.md", article(title, f"2025-08-17 08:{number:02}", story=story))
    site.build()
    lead, fire, frost = (site.folder / "2025/08/17/index.html").read_text("utf-8").split("<article")[1:]
    assert ("<details" in lead, lead.count("<li>")) == (False, 8)
    shown, folded = fire.split("<details")
    assert (shown.count("<li>"), folded.count("<li>")) == (3, 3)
    assert "<summary>+ 3 articles</summary>" in folded
    assert ("<details" in frost, frost.count("<li>")) == (False, 4)


def test_topics_stand_where_readers_look_for_them(site: Site) -> None:
    names = ["Ärzte", "Zoo", "arbeit", "Ålesund", "Straße", "Österreich", "Ostsee", "Strand"]
    site.write("content/a.md", article("A", topics=names))
    site.build()
    expected = ["Ålesund", "arbeit", "Ärzte", "Österreich", "Ostsee", "Strand", "Straße", "Zoo"]
    for page in ("topics/index.html", "subscribe/index.html"):
        (found,) = re.findall(r'<ul class="topic-list">(.+?)</ul>', (site.folder / page).read_text("utf-8"), re.S)
        assert re.findall(r"<bdi>(\w+)</bdi>", found) == expected


def test_pages_are_light(site: Site) -> None:
    for number in range(30):
        text = " ".join(f"Sentence {number * place} tells of something else." for place in range(20))
        site.write(f"content/{number}.md", article(f"News of the harbour {number}", "2025-08-17", text, kicker="Port"))
    site.build()
    assert len(gzip.compress((site.folder / "index.html").read_bytes())) < 35_000
    assert len(gzip.compress((site.folder / "static/style.css").read_bytes())) < 12_000


def test_a_month_is_a_calendar() -> None:
    days = [Period("", "2025-08-17", 4), Period("", "2025-08-01", 1)]
    made = figures.calendar("2025-08", days, 4, MONDAYS)
    assert len(made.cells) == 31
    assert (made.width, made.height) == (70, figures.HEAD + 5 * 10)
    first, last = made.cells[0], made.cells[-1]
    assert (first.x, first.y, first.level) == (40, figures.HEAD, 1)  # a Friday
    assert (last.x, last.y, last.level, last.day) == (60, figures.HEAD + 40, 0, None)  # a Sunday
    assert made.cells[16].level == 4
    assert figures.calendar("2025-08", days, 4, SUNDAYS).cells[0].x == 50
    assert figures.calendar("2025-08", days, 4, MONDAYS, mirrored=True).cells[0].x == 20


@pytest.mark.parametrize(("counts", "most"), [([0, 1], 1), ([0, 1, 2, 3, 9, 10], 10), ([1, 40, 300, 1000], 1000)])
def test_more_articles_are_darker(counts: list[int], most: int) -> None:
    levels = [figures.level(count, most) for count in counts]
    assert levels == sorted(levels)
    assert all(0 <= level <= figures.LEVELS for level in levels)
    assert levels[-1] == (figures.LEVELS if most > 1 else 1)


def test_bars_keep_the_gaps_of_time() -> None:
    coverage = [Tally("2024-11", 2), Tally("2025-02", 5)]
    made = figures.bars(coverage)
    assert (made.width, made.height, [bar.x for bar in made.bars]) == (4, 5, [0, 3])
    assert [bar.x for bar in figures.bars(coverage, mirrored=True).bars] == [3, 0]


def test_signs_take_longer_to_read_than_letters() -> None:
    assert figures.minutes(0, "en") == 1
    assert figures.minutes(6000, "en") == 5
    assert figures.minutes(6000, "zh-Hant") == 12


def test_the_settings_change_the_look(site: Site) -> None:
    site.write("content/a.md", article("News", "2025-08-17"))
    site.build()
    assert "static/theme." not in (site.folder / "index.html").read_text().replace("static/theme.js", "").replace(
        next(path.name for path in site.folder.glob("static/theme.*.js")), ""
    )
    links = {"About": "https://example.org/about", "August": "/2025/08/index.html"}
    site.configure(
        theme={"accent": "#0b5d5e", "faces": "sans", "columns": "2", "footer": "Imprint & more", "navigation": links}
    )
    site.build()
    (style,) = site.folder.glob("static/theme.*.css")
    assert style.read_text() == (
        ":root {\n  --accent: light-dark(#0b5d5e, color-mix(in oklab, #0b5d5e 38%, #fff));\n  --columns: 2;\n}\n"
        ":root, [lang] {\n  --text: var(--sans);\n  --heads: var(--sans);\n}\n"
    )
    html = (site.folder / "2025/08/index.html").read_text()
    assert f'<link rel="stylesheet" href="../../static/{style.name}">' in html
    assert '<a href="https://example.org/about"><bdi>About</bdi></a>' in html
    assert '<a href="../../2025/08/index.html"><bdi>August</bdi></a>' in html
    assert "Imprint &amp; more" in html
    assert '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#0b5d5e">' in html
    assert json.loads((site.folder / "manifest.webmanifest").read_text())["theme_color"] == "#0b5d5e"


def test_a_colour_in_which_small_words_are_hard_to_read_is_told_with_one_that_is_not(site: Site) -> None:
    site.configure(theme={"accent": "#f90", "accent_dark": "#8c1c13"})
    light, dark = site.build().problems
    assert (light.severity, light.path, light.line) == ("warning", "digest.yml", 0)
    assert light.message == (
        "`theme: accent` #f90 has a contrast of 2.1 to the light paper: small words in it are hard to read"
    )
    assert light.hint == 'take a darker one, such as "#a86400": the contrast should be 4.5 or more'
    assert "`theme: accent_dark` #8c1c13 has a contrast of 1.9 to the dark paper" in dark.message
    assert "take a lighter one" in dark.hint
    assert list(site.build().problems) == [light, dark], "told again though nothing changed"
    site.configure(theme={"accent": "#000", "accent_dark": "#fff"})
    assert list(site.build().problems) == []


def test_the_colours_of_the_program_are_those_of_the_style_sheet() -> None:
    style = (EXAMPLE.parent.parent / "templates/static/style.css").read_text("utf-8")
    assert f"--paper: light-dark({look.PAPER}, {look.DARK_PAPER});" in style
    assert f"--accent: light-dark({look.ACCENT}, {look.DARK_ACCENT});" in style
    assert look.contrast(look.ACCENT, look.PAPER) > 7 < look.contrast(look.DARK_ACCENT, look.DARK_PAPER)
    assert look.contrast("#000", "#fff") == look.contrast("#fff", "#000") == 21


def test_a_logo_stands_for_the_title(site: Site) -> None:
    site.configure(theme={"logo": "logo.svg"})
    with pytest.raises(DigestError, match=r"no templates/static/logo\.svg"):
        site.build()
    site.write("templates/static/logo.svg", "<svg/>")
    site.build()
    assert '<img src="static/logo.svg" alt="Little Digest">' in (site.folder / "index.html").read_text()


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("theme: dark\n", "`name: value` lines", "faces"),
        ("theme: {zebra: red}\n", "unknown key `zebra`", "known keys"),
        ("theme: {acent: red}\n", "unknown key `acent`", "`accent`"),
        ("theme: {accent: red}\n", "is no colour", "#8c1c13"),
        ("theme: {accent: }\n", "must be a text", "in quotes"),
        ('theme: {accent: "#12;}"}\n', "is no colour", "#8c1c13"),
        ("theme: {faces: comic}\n", "is 'comic'", "serif, sans"),
        ("theme: {columns: 9}\n", "is '9'", "1 to 4"),
        ("theme: {logo: ../a.svg}\n", "no name of a picture", "templates/static/"),
        ("theme: {navigation: [a]}\n", "must be at most", "About us"),
        ("theme: {navigation: {a: 'javascript:alert(1)'}}\n", "leads nowhere", "root"),
    ],
)
def test_a_mistake_in_the_theme_is_told_with_its_mend(text: str, says: str, hint: str) -> None:
    with pytest.raises(DigestError) as raised:
        config.parse(text)
    assert raised.value.message.startswith("digest.yml:1: ")
    assert says in raised.value.message
    assert hint in raised.value.hint
    assert look.css(None) == ""


def test_the_example_is_another_theme_and_builds(tmp_path: Path) -> None:
    site = Site(tmp_path / "digest")
    shutil.copytree(EXAMPLE, site.root, ignore=shutil.ignore_patterns("site", ".digest"))
    assert site.build().problems == []
    assert '<ol class="wire">' in (site.folder / "index.html").read_text()
    assert '<p class="stamp">Aug 17, 2025 / Ada Lindqvist</p>' in "".join(
        path.read_text() for path in site.folder.glob("2025/08/17/*/index.html")
    )
    assert "broadsheet." in (site.folder / "search/index.html").read_text()
