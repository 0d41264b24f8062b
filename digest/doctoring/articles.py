"""The articles among each other: the same id, address or alias twice."""

from collections.abc import Iterator

from digest import library
from digest.doctoring import Finding, Setup
from digest.pages import redirects


def duplicates(setup: Setup) -> Iterator[Finding]:
    """Of two articles with one id or address, only one is shown."""
    _, clashes = library.assemble(setup.articles, setup.now, drafts=True, future=True)
    for problem in clashes:
        yield setup.error(problem.path, problem.message, problem.hint, problem.line)


def aliases(setup: Setup) -> Iterator[Finding]:
    """Other addresses of articles, where they cannot lead to them."""
    found, problems = redirects.find(setup.articles)
    for problem in problems:
        yield setup.error(problem.path, problem.message, problem.hint, problem.line)
    taken = {article.href: article for article in setup.articles}
    for path, article in found.items():
        if path in taken and taken[path] is not article:
            message = f"its alias /{path.removesuffix('index.html')} is the address of {taken[path].body.file}"
            yield setup.error(article.body.file, message, "delete the alias")
