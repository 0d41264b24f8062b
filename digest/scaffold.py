"""Making and removing: the files of a new digest, and all that a build made."""

import shutil
import uuid
from pathlib import Path

from digest import layout, write
from digest.errors import DigestError

PLACEHOLDERS = {"title": "My digest", "description": "What happened, every morning."}
"""What a new digest says of itself until somebody writes better."""
_SETTINGS = """\
# The settings of this digest; every key is explained in docs/settings.md of the program.
title: {title}
description: {description}
url: https://example.org/
language: en
timezone: UTC
author: ""
id: {id}
cards: editions
"""
_FILES = {
    layout.SETTINGS: _SETTINGS,
    ".gitignore": f"{layout.MEMORY}/\n{layout.TEMPORARY}/\n",
    f"{layout.SITE}/.gitignore": "*\n!.gitignore\n",
    f"{layout.SEEDS}/.gitkeep": "",
    f"{layout.CONTENT}/.gitkeep": "",
    f"{layout.TEMPLATES}/.gitkeep": "",
}


def init(folder: Path) -> list[str]:
    """Make a new digest in `folder` and return the files made; what is there stays as it is."""
    made = []
    try:
        for name, text in _FILES.items():
            path = folder / name
            if path.exists() or (name.endswith(".gitkeep") and path.parent.is_dir()):
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(id=uuid.uuid4().urn, **PLACEHOLDERS), "utf-8")
            made.append(name)
    except OSError as error:
        raise DigestError(f"{folder} cannot be made a digest: {error.strerror}", "name another folder") from error
    return made


def clean(root: Path, output: Path) -> int:
    """Remove the build's files from `output`, and the build memory of the project; return how many files of the site were removed."""
    removed = write.delete(output, [*write.owned(output), layout.MANIFEST])
    write.sweep(output)
    write.sweep(root)
    shutil.rmtree(root / layout.MEMORY, ignore_errors=True)
    return len(removed)
