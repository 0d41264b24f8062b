"""What people begin or mend by hand: a new article, a correction."""

import datetime as dt
import uuid
from pathlib import Path

from digest import content, frontmatter, write
from digest.config import Settings
from digest.dates import EPOCH
from digest.editor import correcting
from digest.errors import DigestError, Problem
from digest.layout import CONTENT
from digest.urls import slugify


def begin(root: Path, settings: Settings, title: str, now: int, lang: str, draft: bool) -> str:
    """Make the content file of a new article, and return its path. Raises DigestError where it cannot be.

    It gets the day of `now` (microseconds since 1970) in the digest's time zone.
    """
    moment = _moment(settings, now)
    lang = lang or settings.language
    title = " ".join(title.split())
    path = f"{CONTENT}/{moment:%Y/%m/%d}/{slugify(title, lang)}.md"
    values = {"title": title, "date": moment.isoformat(timespec="minutes"), "lang": lang, "id": uuid.uuid4().urn}
    if draft:
        values["draft"] = "true"
    text = frontmatter.dump(values, "\n")
    _check(text.encode(), path, settings)
    target = root / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise DigestError(f"{path} is there already", "edit that, or choose another title") from error
    except OSError as error:
        raise DigestError(f"{path} cannot be made: {error.strerror}", "make the folder writable") from error
    return path


def correct(root: Path, settings: Settings, path: str, text: str, now: int) -> None:
    """Add a correction to a content file, and move its `updated`; all else in it stays. Raises DigestError."""
    moment = _moment(settings, now)
    text = " ".join(text.split())
    if not text:
        raise DigestError("the correction has no words", "say what was wrong, and what is right")
    try:
        with (root / path).open(encoding="utf-8", newline="") as file:
            before = file.read()
    except (OSError, UnicodeDecodeError) as error:
        hint = "name a Markdown file below content/"
        raise DigestError(f"{path} cannot be read: {error}", hint) from error
    _check(before.encode(), path, settings)
    after = correcting.in_file(before, f"{moment:%Y-%m-%d}", moment.isoformat(timespec="seconds"), text)
    if after is None:
        hint = "write it yourself, as `corrections: [{date: 2025-08-18, text: What was wrong}]`"
        raise DigestError(f"the front matter of {path} is written in a way that is not edited", hint)
    _check(after.encode(), path, settings)
    write.put(root, path, after.encode())
    write.sweep(root)


def _moment(settings: Settings, now: int) -> dt.datetime:
    moment = EPOCH + dt.timedelta(microseconds=now)
    return moment.replace(microsecond=0).astimezone(settings.zone)


def _check(data: bytes, path: str, settings: Settings) -> None:
    """Refuse what a build would leave out."""
    found = content.parse(data, path, settings.zone, settings.language, settings.sources)
    if isinstance(found, Problem):
        raise DigestError(f"{path}:{found.line}: {found.message}", found.hint)
