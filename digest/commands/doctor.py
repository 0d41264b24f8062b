"""`digest doctor`."""

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest import report
from digest.commands import LEFT_OUT, Project, output_option

if TYPE_CHECKING:
    from digest.doctor import Examined


@click.command()
@output_option("The site's folder.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_DOCTOR_JSON", help="Print one JSON object on stdout.")
@click.pass_obj
def doctor(project: Project, output: Path | None, as_json: bool) -> None:
    """Say what is odd in the set-up, and how to mend it.

    It looks at settings, languages, templates, articles, the output, the memory and this machine; nothing is asked of
    the network, and nothing written. The exit code is 1 where something needs mending.
    """
    from digest import doctor as examining

    gc.disable()  # as in a build
    examined = examining.examine(project.root, project.config, project.site(output), time.time_ns() // 1000, os.environ)
    if as_json:
        click.echo(_as_json(examined))
    else:
        for line in _lines(examined, project.verbosity):
            click.echo(line)
    if examined.errors:
        sys.exit(LEFT_OUT)


def _lines(examined: "Examined", verbosity: int) -> list[str]:
    """Return what a person reads: what needs mending first, and with -v the checks that found nothing."""
    lines: list[str] = []
    findings = [(name, finding) for name, found in examined.findings.items() for finding in found]
    for severity in ("error", "notice") if verbosity >= 0 else ("error",):
        for name, finding in findings:
            if finding.severity == severity:
                place = f"{finding.path}:{finding.line}" if finding.line else finding.path
                lines += [f"{severity}: {report.clean(f'{name}: {place}: {finding.message}')}"]
                lines += [f"  {report.clean(finding.hint)}"]
    if verbosity > 0:
        lines += [f"well: {name}" for name, found in examined.findings.items() if not found]
    if verbosity >= 0:
        notices = len(findings) - examined.errors
        needs = f"{examined.errors} {'needs' if examined.errors == 1 else 'need'} mending" if examined.errors else ""
        worth = f"{notices} worth a look" if notices else ""
        lines.append(f"{len(examined.findings)} checks: {', '.join(filter(None, (needs, worth))) or 'all is well'}")
    return lines


def _as_json(examined: "Examined") -> str:
    findings = [{"check": name, **finding._asdict()} for name, found in examined.findings.items() for finding in found]
    return json.dumps({"checks": list(examined.findings), "findings": findings}, ensure_ascii=False)
