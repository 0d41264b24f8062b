"""What people do to a digest between two builds, as Hypothesis draws it and as the tests carry it out."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import strategies as st
from sites import Site, article, seed

from digest import layout

Change = tuple[str, int, int]
"""Its name, and two numbers that choose the file and what it becomes."""


class Day(NamedTuple):
    """What people do before a build, and how they ask for it."""

    changes: list[Change]
    drafts: bool = False
    future: bool = False


DAYS = ["2025-08-17", "2025-08-18", "2025-09-01", "2024-12-31", "2025-08-17T23:30:00+00:00", "2027-05-05"]
"""Few, so that articles meet; the last is in the future."""
TITLES = ["Rain", "Rain", "Sun & Moon", "Über Nacht", "ニュース", "Rain <b>again</b>"]
TOPICS: list[list[str]] = [[], ["Weather"], ["weather", "Sea"], ["Sea", "C++", "Łódź"]]
SETTINGS: list[dict[str, Any]] = [
    {},
    {"title": "Another Digest"},
    {"description": ""},
    {"timezone": "Pacific/Kiritimati"},
    {"language": "de"},
    {"language": "ar", "author": "Editors"},
    {"url": "https://example.net/"},
    {"languages": ["de", "en", "ar"]},
    {"languages": ["en", "ja"], "language": "ja"},
]
LANGUAGES = ["de", "en", "ar", "ja", "de-AT", "sw"]
VOCABULARIES = [
    "Weather: {aliases: [Rain, Sun], description: What it is like outside.}\nSea: {parent: Weather}\n",
    "Sea:\nWeather: {parent: Sea, aliases: [Late, news]}\nC++: {parent: Weather}\n",
    "Sea: [",
    None,
]
FOOTERS = [
    "<footer>{{ site.title }}</footer>\n",
    '<footer>{% include "partials/more.html" ignore missing %}</footer>\n',
]


EDITIONS = [
    "order: [story-3, rain, by-hand]\ntitle: Rain & sun\n",
    "lead: by-hand\nhide: [rtl, story-1]\nnote: |\n  # Today\n  [By hand](by-hand/)\n",
    "pin: [event-1-0, 2025-08-17-event-1-0]\nhide: event-0-0\n",
    "order: [by-hand\n",
    None,
]
EVENTS = [
    "The Danube flooded the old town of Ulm after three days of rain; firefighters evacuated 400 residents of Fischerviertel.",
    "The Louvre in Paris closed after thieves stole crown jewels of Empress Eugénie from the Galerie d'Apollon with a truck.",
]
ALIASES = ["/old/", "old", "[old.html, /2025/08/18/rain/]", "[2025, topics/sea, archive/index.html]", "../x", "[]"]
STORIES = ["none", "Rain", "rain!", "2025-08-17-story-1", "2025-08-17-nowhere"]


def add_coverage(site: Site, one: int, two: int) -> None:
    day = pick(DAYS, two)[:10]
    event = EVENTS[one % 2]
    text = f"{event} {event.split(';')[0]} was report {two}."
    site.write(f"content/{day.replace('-', '/')}/event-{one}-{two}.md", article(f"{event[:20]} {two}", day, text))


def change_story(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"story: {pick(STORIES, two)}")


def change_pin(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"pin: {pick(['true', 'false'], two)}")


def change_aliases(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"aliases: {pick(ALIASES, two)}")


def change_retracted(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"retracted: {pick(['It was wrong.', ''], two)}")


def add_article(site: Site, one: int, two: int) -> None:
    site.write(
        f"content/{pick(['2025/08/17', '2025/08/18', 'notes'], one)}/story-{two % 4}.md",
        article(pick(TITLES, two), pick(DAYS, one + two), topics=pick(TOPICS, one), **pick([{}, {"draft": True}], two)),
    )


def edit_article(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("content", ".md"), one):
        site.write(path, f"{site.read(path)}\nMore, for the {two}th time.\n")


def change_title(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"title: {pick(TITLES, two)!r}")


def change_date(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"date: {pick(DAYS, two)}")


def change_slug(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"slug: {pick(['rain', 'sun', '2025', '../../x'], two)}")


def change_language(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"lang: {pick(LANGUAGES, two)}")


def change_topics(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"topics: {pick(TOPICS, two)}")


def change_draft(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"draft: {pick(['true', 'false'], two)}")


def change_updated(site: Site, one: int, two: int) -> None:
    set_key(site, one, f"updated: 2025-10-{two % 9 + 1:02}T08:00:00+02:00")


def break_article(site: Site, one: int, two: int) -> None:
    set_key(site, one, pick(["summary: [", "id: no uri", "authors: &a [x]", "extra: 2025-99-99"], two))


def rename_article(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("content", ".md"), one):
        site.rename(path, f"{path.rpartition('/')[0]}/renamed-{two % 3}.md")


def copy_article(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("content", ".md"), one):
        site.copy(path, f"{path.rpartition('/')[0]}/copied-{two % 3}.md")


def delete_article(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("content", ".md"), one):
        site.delete(path)


def add_seed(site: Site, one: int, two: int) -> None:
    site.write(f"seeds/{one % 5}.txt", seed(pick(TITLES, two), pick(DAYS, one)[:10]))


def add_to_seed(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("seeds"), one):
        site.write(path, site.read(path) + "\n" + seed(f"Late {two % 3}", pick(DAYS, two)[:10]))


def edit_seed(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("seeds"), one):
        site.write(path, site.read(path).replace("no more", f"no more than {two}"))


def break_seed(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("seeds"), one):
        site.write(path, pick(["", "no header", " date 2025-02-31 Rain\n"], two))


def rename_seed(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("seeds"), one):
        site.rename(path, f"seeds/{pick(['', 'more/'], two)}renamed-{two % 3}.txt")


def copy_seed(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("seeds"), one):
        site.copy(path, f"seeds/copied-{two % 3}.txt")


def delete_seed(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("seeds"), one):
        site.delete(path)


def change_footer(site: Site, one: int, two: int) -> None:
    change_file(site, "templates/partials/footer.html", pick([*FOOTERS, None], two))


def change_what_the_footer_includes(site: Site, one: int, two: int) -> None:
    change_file(site, "templates/partials/more.html", pick(["one", "two", None], two))


def change_article_template(site: Site, one: int, two: int) -> None:
    extended = '{% extends "default/article.html" %}{% block head %}<!-- NUMBER -->{% endblock %}\n'
    change_file(site, "templates/article.html", pick([extended.replace("NUMBER", str(one)), None], two))


def change_style(site: Site, one: int, two: int) -> None:
    change_file(site, "templates/static/style.css", pick(["p { color: red }\n", "p { color: blue }\n", None], two))


def change_picture(site: Site, one: int, two: int) -> None:
    change_file(site, "templates/static/pictures/logo.svg", pick(["<svg/>\n", "<svg></svg>\n", None], two))


def change_words(site: Site, one: int, two: int) -> None:
    word = 'msgid "home"\nmsgstr "Start"\n'
    change_file(site, "templates/messages/en.po", pick([word, word.replace("Start", "Begin"), None], two))


def change_vocabulary(site: Site, one: int, two: int) -> None:
    change_file(site, "topics.yml", pick(VOCABULARIES, two))


def change_edition(site: Site, one: int, two: int) -> None:
    day = pick(["2025/08/17", "2025/08/18", "2025/09/01", "notes"], one)
    change_file(site, f"content/{day}/{layout.EDITION}", pick(EDITIONS, two))


def change_settings(site: Site, one: int, two: int) -> None:
    site.configure(**pick(SETTINGS, one))


def forget(site: Site, one: int, two: int) -> None:
    site.forget()


def damage_output(site: Site, one: int, two: int) -> None:
    if path := pick(site.files("site"), one):
        change_file(site, path, pick(["damaged", None], two))


def arrive(site: Site, one: int, two: int) -> None:
    site.arrive()


CHANGES: dict[str, Callable[[Site, int, int], None]] = {
    change.__name__: change
    for change in (
        add_article,
        add_coverage,
        change_story,
        change_pin,
        change_aliases,
        change_retracted,
        edit_article,
        change_title,
        change_date,
        change_slug,
        change_language,
        change_topics,
        change_draft,
        change_updated,
        break_article,
        rename_article,
        copy_article,
        delete_article,
        add_seed,
        add_to_seed,
        edit_seed,
        break_seed,
        rename_seed,
        copy_seed,
        delete_seed,
        change_footer,
        change_what_the_footer_includes,
        change_article_template,
        change_style,
        change_picture,
        change_words,
        change_vocabulary,
        change_edition,
        change_settings,
        forget,
        damage_output,
        arrive,
    )
}


def days(longest: int) -> st.SearchStrategy[list[Day]]:
    """Draw the days of a digest."""
    change = st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 9), st.integers(0, 9))
    day = st.builds(Day, st.lists(change, min_size=1, max_size=4), st.booleans(), st.booleans())
    return st.lists(day, min_size=1, max_size=longest)


def make(site: Site, changes: list[Change]) -> None:
    """Carry out `changes`, one after another."""
    for name, one, two in changes:
        CHANGES[name](site, one, two)


def pick(choices: list[Any], number: int) -> Any:
    """Return one of `choices`; None where there is none."""
    return choices[number % len(choices)] if choices else None


def change_file(site: Site, path: str, text: str | None) -> None:
    """Make a file hold `text`, or delete it."""
    if text is not None:
        site.write(path, text)
    elif (site.root / path).exists():
        site.delete(path)


def set_key(site: Site, number: int, line: str) -> None:
    """Put a line into the front matter of an article, in the place of the one with its key."""
    if path := pick(site.files(layout.CONTENT, ".md"), number):
        key = line.partition(":")[0]
        _, header, body = site.read(path).split("---\n", 2)
        header = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", header, flags=re.MULTILINE)
        site.write(path, f"---\n{header}{line}\n---\n{body}")
