"""The documentation knows every key, option, template and view, and nothing that is gone."""

import json
import re
from pathlib import Path

import click
import jinja2.defaults
import jinja2.filters
import msgspec
import pytest
from sites import Site

from digest import build, check, content, doctor, errors, model, render, report, theme, views
from digest.cli import cli
from digest.config import Settings
from digest.doctoring import Finding
from digest.feedlist import Feed
from digest.pages import curation, quoting
from digest.seeds import formats
from digest.seeds.structure.rules import RULES

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench" / "README.md"])
COMMANDS = {"digest": cli, **{f"digest {name}": command for name, command in cli.commands.items()}}
VIEWS = [view for view in vars(views).values() if isinstance(view, type) and issubclass(view, views.View)]
NO_TEMPLATE = (views.View, views.Feed, views.Note, views.Poster, views.Manuscript, views.Asset, views.Text)
PAGE_VIEWS = [view for view in VIEWS if "site" in view.__struct_fields__ and view not in NO_TEMPLATE]
VALUES = [view for view in VIEWS if view not in (*NO_TEMPLATE, *PAGE_VIEWS)]


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def sections(name: str) -> dict[str, str]:
    """Return the text below each heading, without that of deeper headings."""
    parts = re.split(r"^#+ (.+)$", read(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words(text: str) -> set[str]:
    """Return what stands in backquotes."""
    return set(re.findall(r"`([^`\n]+)`", text))


def first_column(text: str) -> set[str]:
    return words("\n".join(re.findall(r"^\|([^|]+)\|", text, re.MULTILINE)))


def options(command: click.Command) -> set[str]:
    own = {name for param in command.params if isinstance(param, click.Option) for name in param.opts}
    return own | {"-h", "--help"}


def anchors(page: Path) -> set[str]:
    """Return the names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_setting_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", sections("settings.md")["Settings"], re.MULTILINE))
    assert rows.keys() == set(Settings.__struct_fields__)
    for field in msgspec.structs.fields(Settings):
        documented = rows[field.name].strip()
        assert documented == (f"`{field.default}`" if field.default else "empty") or field.name == "id"


def test_every_front_matter_key_and_no_other() -> None:
    table = sections("front-matter.md")["Front matter"]
    assert first_column(table) == content._KNOWN
    for neighbour, own in content._RENAMED.items():
        (row,) = re.findall(rf"^\| `{own}` \|.*$", table, re.MULTILINE)
        assert neighbour in words(row.split(" | ")[-1])


def test_every_key_of_an_edition_and_no_other() -> None:
    assert first_column(sections("editions.md")["The file"]) == set(curation.KEYS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_and_no_other(name: str) -> None:
    text = sections("commands.md")[name]
    documented = {word.split()[0] for word in first_column(text) if word.startswith("-")}
    assert documented | {"-h", "--help"} == options(COMMANDS[name])


def test_no_command_or_option_that_is_gone() -> None:
    text = read("commands.md")
    assert {title for title in sections("commands.md") if title.startswith("digest")} == COMMANDS.keys()
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= set().union(*map(options, COMMANDS.values()))
    for page in PAGES:
        used = re.findall(r"`digest ([a-z]+)", page.read_text("utf-8"))
        assert set(used) <= cli.commands.keys(), page


def test_every_state_of_a_list() -> None:
    (argument,) = (param for param in cli.commands["list"].params if isinstance(param, click.Argument))
    assert isinstance(argument.type, click.Choice)
    named = {word for word in first_column(sections("commands.md")["digest list"]) if not word.startswith("-")}
    assert named == set(argument.type.choices)


def test_every_field_of_a_list(site: Site) -> None:
    site.write("content/a.md", "---\ntitle: A\ndate: 2025-08-17\n---\n")
    (article,) = json.loads(site.run("list", "--json").stdout)["articles"]
    assert article.keys() <= words(sections("commands.md")["digest list"])


def test_every_json_field_and_no_other() -> None:
    fields = json.loads(report.as_json(build.Result(), 0.0)).keys()
    text = sections("commands.md")["JSON"]
    assert first_column(text) == fields
    assert set(errors.Problem._fields) <= words(text)


def test_every_json_field_of_a_check_and_no_other() -> None:
    done = check.Checked(0, 0, 0, 0, 0, 0, [])
    assert (
        first_column(sections("commands.md")["JSON of a check"]) == json.loads(report.checked_as_json(done, 0.0)).keys()
    )


def test_every_check_of_the_doctor() -> None:
    named = {word for word in first_column(sections("commands.md")["digest doctor"]) if not word.startswith("-")}
    assert named == {"settings", *doctor.OF_SETTINGS, *doctor.OF_FILES}
    assert {"check", *Finding._fields} <= words(sections("commands.md")["digest doctor"])


def test_every_json_field_of_a_pull_and_no_other() -> None:
    from digest.commands import pull
    from digest.pulling import FeedPulled, Pulled

    text = sections("commands.md")["JSON of a pull"]
    assert first_column(text) == json.loads(pull._as_json(Pulled([], [], []), 0.0)).keys()
    assert set(FeedPulled._fields) <= words(text)


def test_every_key_of_a_feed_and_no_other() -> None:
    assert first_column(sections("pull.md")["What is said of a feed"]) == set(Feed.__struct_fields__)


def test_every_import_decision() -> None:
    from digest.intake.reconcile import Action

    assert first_column(sections("seeds.md")["What you edit stays"]) == {action.value for action in Action}


def test_every_rule_of_the_import_with_its_confidence() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+)\. \| (\d+%) \|$", sections("seeds.md")["Rules"], re.MULTILINE)
    assert {name: (says.lower(), sure) for name, says, sure in rows} == {
        name: (rule.says.lower(), f"{rule.confidence:.0%}") for name, rule in RULES.items()
    }


def test_every_format_of_seeds() -> None:
    named = {form.NAME for form in (*formats._formats(), formats.text)}
    assert named <= first_column(sections("seeds.md")["Formats"])


def test_every_file_of_the_theme_and_no_other() -> None:
    shipped = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}
    assert first_column(sections("templates.md")["The files"]) == shipped


def test_every_block_of_the_theme() -> None:
    table = sections("templates.md")["The files"]
    for path in TEMPLATES.rglob("*.html"):
        for block in re.findall(r"\{% block (\w+)", path.read_text("utf-8")):
            assert block in words(table), f"{path.name}: {block}"


@pytest.mark.parametrize("view", PAGE_VIEWS, ids=lambda view: view.__name__)
def test_every_field_of_a_page(view: type[views.View]) -> None:
    rows = {row.split("`")[1]: row for row in sections("templates.md")["Pages"].splitlines() if row.startswith("| `")}
    assert rows.keys() == {page.__name__ for page in PAGE_VIEWS}
    assert set(view.__struct_fields__) <= words(rows[view.__name__].split(" | ", 2)[2])


@pytest.mark.parametrize(
    "value", [*VALUES, model.Article, model.Source, model.Correction, model.Body], ids=lambda value: value.__name__
)
def test_every_field_of_a_value(value: type[msgspec.Struct]) -> None:
    text = sections("templates.md")[value.__name__]
    documented = first_column(text) or words(text)
    assert set(value.__struct_fields__) <= documented
    assert {word for word in documented if word.isidentifier()} <= set(value.__struct_fields__)


@pytest.mark.parametrize("value", [quoting.Passages, quoting.Key], ids=lambda value: value.__name__)
def test_every_field_of_what_is_quoted(value: type[quoting.Passages | quoting.Key]) -> None:
    text = sections("templates.md")[value.__name__]
    assert (first_column(text) or words(text)) == set(value._fields)


def test_every_module() -> None:
    modules = {path.stem for path in (ROOT / "digest").glob("*.py")} - {"__init__", "__main__"}
    folders = {path.parent.name for path in (ROOT / "digest").glob("*/__init__.py")}
    named = first_column(sections("design.md")["The modules"])
    assert modules <= named <= modules | folders
    for folder in ("checking", "feeds", "intake", "pages", "pulling", "stories"):
        within = {path.stem for path in (ROOT / "digest" / folder).glob("*.py")} - {"__init__"}
        assert within <= words(sections("design.md")[f"The folder `{folder}/`"]), folder
    of_seeds = {path.stem for path in (ROOT / "digest" / "seeds").rglob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (ROOT / "digest" / "seeds").glob("*/__init__.py")}
    assert words(sections("design.md")["The folder `seeds/`"]) >= of_seeds | packages


def test_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))) == targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text)
    for path, anchor in links:
        target = page.parent / path if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


def test_every_page_is_in_the_index() -> None:
    index = read("README.md")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if f"]({page})" not in index] == ["README.md"]


def test_every_language_of_the_interface() -> None:
    languages = {path.stem for path in (TEMPLATES / "messages").iterdir()}
    assert first_column(sections("templates.md")["Words"]) == languages


def test_every_name_that_all_templates_know() -> None:
    """Globals and filters of the program's own are in the table."""
    made = render._environment(theme.look(theme.load([TEMPLATES]), ROOT / ".digest" / "templates"), "en")
    names = (made.globals.keys() - jinja2.defaults.DEFAULT_NAMESPACE) | (made.filters.keys() - jinja2.filters.FILTERS)
    table = words(
        "\n".join(re.findall(r"^\| (`.+?`) \|", sections("templates.md")["What a template sees"], re.MULTILINE))
    )
    assert names <= {name.strip("\\| ").partition("(")[0] for name in table}
