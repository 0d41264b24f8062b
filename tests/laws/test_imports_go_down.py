"""Modules import only from layers below their own, and what decides does not touch the world."""

import ast
from functools import cache
from pathlib import Path

import pytest

import digest

LAYERS = [
    "__main__",
    "cli",
    "commands.build commands.check commands.clean commands.correct commands.doctor commands.import_ commands.init",
    "commands.list_ commands.new commands.ping commands.pull commands.serve commands.edition commands.stories commands.topics",
    "commands",
    "report",
    "arranging",
    "check doctor listing stories.covered topiclist serve writing pulling",
    "doctoring.articles doctoring.folders doctoring.memory doctoring.programs doctoring.settings doctoring.templates",
    "doctoring",
    "pulling.reading",
    "pulling.memory pulling.entries",
    "pulling.fetch pulling.record pulling.seedfile pulling.opml",
    "build scaffold serve.server serve.watching",
    "publish search intake.importing intake.settled stories.coverage reader ping serve.answers",
    "deciding inputs write intake.shelf",
    "store",
    "locks fingerprints",
    "render",
    "feeds.formats pages.posters pages.seal workers theme pagefind words checking.external",
    "headers web",
    "plan",
    "feeds.subscriptions pages.sitemaps",
    "pages.redirects pages.shown pages.families pages.fronts pages.figures",
    "pages.linked feeds.entries",
    "outputs pages.edition stories.related feeds.archives pages.social",
    "views library",
    "pages.parts",
    "pages.curation",
    "stories.story",
    "intake.compose pages.manuscript pages.quoting intake.tagging",
    "content intake.reconcile",
    "intake.ledger intake.twice",
    "seeds",
    "seeds.formats",
    "seeds.text seeds.archive seeds.markdown seeds.table seeds.ninjs seeds.newsml seeds.feed seeds.mail",
    "seeds.html",
    "seeds.html.page seeds.html.locate",
    "seeds.nitf",
    "seeds.stated",
    "seeds.stated.columns seeds.stated.rows seeds.markup.bold seeds.markup",
    "seeds.markup.grid",
    "seeds.markup.inline seeds.markup.elements",
    "seeds.structure.header seeds.structure",
    "seeds.structure.talk",
    "seeds.structure.headings",
    "seeds.structure.forms seeds.structure.lines",
    "seeds.when",
    "seeds.encoding",
    "seeds.encoding.legacy seeds.encoding.characters",
    "seeds.record intake.language",
    "editor.topics editor.quotations editor.renaming editor.correcting editor.stories",
    "editor.terms editor.vocabulary editor.highlights editor.numbers",
    "editor.tokens editor.passages editor.window editor.calendar editor.many",
    "editor.signs",
    "editor.inflection editor.sentences editor.groups editor.words",
    "editor.abbreviations editor.grammar editor.speech",
    "editor.stopwords",
    "editor",
    "checking.chains checking.findings",
    "checking.atom checking.jsonfeed checking.rss checking.sitemaps checking.copies",
    "checking.warned",
    "checking.contents",
    "checking.links",
    "checking.pages checking.values",
    "checking",
    "markdown config",
    "frontmatter urls dates feedlist cut locales look",
    "compressing model",
    "errors layout pages.limits memo intake.langid seeds.structure.rules",
    "feeds intake pages stories",
    "__init__",
]
"""From top to bottom. A new module gets its place here: the line says what it may know."""
PURE = " ".join(LAYERS[LAYERS.index("plan") : -1]).split()
"""The functional core takes values and returns values: no file, clock, environment, logging or printing."""
WORLD = {
    "logging",
    "os",
    "pathlib",
    "random",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "time",
}
WORLDLY_CALLS = {"now", "today", "utcnow", "open", "print", "input", "uuid1", "uuid4"}
LONGEST = 400

FOLDER = Path(digest.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(FOLDER).with_suffix("").parts).removesuffix(".__init__") for path in FOLDER.rglob("*.py")
)
HEIGHT = {module: -row for row, layer in enumerate(LAYERS) for module in layer.split()}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_below(module: str) -> None:
    assert module in HEIGHT, f"give {module} its place in LAYERS"
    assert not {other for other in own_imports(module) if HEIGHT[other] >= HEIGHT[module]}


@pytest.mark.parametrize("module", PURE)
def test_what_decides_does_not_touch_the_world(module: str) -> None:
    assert not imports(module) & WORLD
    assert not calls(module) & WORLDLY_CALLS


@pytest.mark.parametrize(
    "module", [name for name in MODULES if name.partition(".")[0] not in ("cli", "commands", "report")]
)
def test_only_the_command_line_prints(module: str) -> None:
    assert not calls(module) & {"print", "echo", "exit", "input"}


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_short(module: str) -> None:
    assert len(source(module).splitlines()) <= LONGEST


def source(module: str) -> str:
    path = FOLDER / module.replace(".", "/")
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


@cache
def nodes(module: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(source(module))))


def imports(module: str) -> set[str]:
    """Return the full names of what `module` imports, at its top, inside functions and for types only."""
    found = set()
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: imports are absolute here"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in names if name.removeprefix("digest.") in MODULES}
            found |= modules or {str(node.module)}
    return found


def own_imports(module: str) -> set[str]:
    """Return the modules of the program that `module` imports."""
    names = {name.removeprefix("digest.") for name in imports(module) if name.startswith("digest.")}
    return {name if name in MODULES else "__init__" for name in names}


def calls(module: str) -> set[str]:
    """Return the names of the functions and methods that `module` calls."""
    called = (node.func for node in nodes(module) if isinstance(node, ast.Call))
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in called
        if hasattr(node, "attr") or hasattr(node, "id")
    }
