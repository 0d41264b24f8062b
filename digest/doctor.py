"""Examines how a digest is set up: named checks, each in `doctoring/`, and what they found."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from digest import inputs, reader, store
from digest.build import read_settings
from digest.config import Settings
from digest.doctoring import Finding, Setup, articles, folders, memory, programs, settings, templates
from digest.errors import DigestError
from digest.frontmatter import FrontMatterError, line_of, load

Check = Callable[[Setup], Iterator[Finding]]

OF_SETTINGS: Mapping[str, Check] = {
    "names": settings.names,
    "base URL": settings.base_url,
    "time zone": settings.time_zone,
    "languages": settings.languages,
    "catalogues": templates.catalogue,
    "cards": programs.cards,
}
"""What cannot be looked at while the settings are wrong."""
OF_FILES: Mapping[str, Check] = {
    "content": folders.content,
    "seeds": folders.seeds,
    "records of imports": folders.records,
    "ids and addresses": articles.duplicates,
    "aliases": articles.aliases,
    "templates": templates.shadows,
    "version control": folders.version_control,
    "output": folders.output,
    "memory": memory.memory,
    "leftovers": memory.leftovers,
    "disk": memory.disk,
    "clock": memory.clock,
    "search": programs.search,
    "file names": programs.encoding,
    "environment": settings.environment,
}


class Examined(NamedTuple):
    """What was looked at, and what was found."""

    findings: Mapping[str, list[Finding]]
    """By the name of the check; empty where all is well."""

    @property
    def errors(self) -> int:
        """How many findings need mending."""
        return sum(finding.severity == "error" for found in self.findings.values() for finding in found)


def examine(root: Path, config: Path, output: Path, now: int, environment: Mapping[str, str]) -> Examined:
    """Look at the digest in `root`, and write nothing. `now` is in microseconds since 1970.

    Raises DigestError where there is no digest. Wrong settings are a finding, and all else is looked at with the usual ones.
    """
    wrong: list[Finding] = []
    lines: dict[str, int] = {}
    try:
        chosen = read_settings(config)
        lines = _lines(config)
    except DigestError as error:
        if not config.exists():
            raise
        chosen = Settings()
        wrong = [Finding("error", config.name, 0, error.message, error.hint)]
    with store.glanced(root) as known:
        found = inputs.find(root, config)
        contents = reader.glance(root, known, found, chosen)
        problems = [*found.problems, *contents.problems]
        setup = Setup(root, config, output, chosen, lines, found, known, contents.articles, problems, now, environment)
        checks = OF_FILES if wrong else {**OF_SETTINGS, **OF_FILES}
        findings = {name: list(check(setup)) for name, check in checks.items()}
    return Examined({"settings": wrong, **findings})


def _lines(config: Path) -> dict[str, int]:
    """Return the keys that the settings file states, each with its line."""
    text = config.read_text("utf-8-sig")
    try:
        return {key: max(line_of(text, key) - 1, 1) for key in load(text)}
    except FrontMatterError:  # told already
        return {}
