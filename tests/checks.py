"""Checking a built site in a test: `findings(site)` is what `digest check` says of it."""

from typing import Any

from sites import NOW, Site

from digest import check, config, layout
from digest.errors import Problem


def checked(site: Site, **options: Any) -> check.Checked:
    """Check the output of a built digest, at NOW and with one process, unless `options` say otherwise."""
    defaults = {"root": site.root, "output": site.folder, "settings": settings_of(site), "now": NOW}
    return check.check(check.Options(**defaults | options))


def settings_of(site: Site) -> config.Settings:
    """Return the settings of a digest."""
    return config.parse(site.read(layout.SETTINGS))


def findings(site: Site, **options: Any) -> list[Problem]:
    """Return what is wrong with the output of a built digest."""
    return list(checked(site, **options).problems)


def told(problems: list[Problem]) -> list[str]:
    """Return findings as lines, so that a failing test can be read."""
    return [f"{problem.severity}: {problem.path}:{problem.line}: {problem.message}" for problem in problems]
