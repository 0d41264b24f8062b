"""The theme: the built-in templates, shadowed file by file by the project's own `templates/`."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from digest.errors import DigestError

if TYPE_CHECKING:  # a build that changes nothing looks at the theme's files, and needs no views
    from digest import views

_REFERENCE = re.compile(r"(?:\{%[-+]?\s*(?:extends|include|import|from)\s+|\bshared\()(?:\"([^\"]+)\"|'([^']+)'|(\S))")
_ASSET = re.compile(r"\basset\(\s*(?:\"([^\"]+)\"|'([^']+)'|(\S))")
_TEMPLATES = (".html", ".xml", ".txt", ".webmanifest", ".opml")
MAX_FILE = 10 * 1024 * 1024


DEFAULT = "default"
"""`default/article.html` is the built-in file, for a project's own `article.html` to extend."""


class Theme(NamedTuple):
    """The files of a theme, by name with forward slashes."""

    folders: tuple[str, ...]
    """The one whose files win first."""
    files: Mapping[str, Path]
    hashes: Mapping[str, bytes]
    texts: Mapping[str, str]
    """The templates."""
    lasting: Mapping[str, str]
    """The static files that a template names with `asset(…)`, and their names with a hash: `style.8f3a2b1c.css`."""


class Look(NamedTuple):
    """Which theme to render with."""

    folders: tuple[str, ...]
    """Of the templates, the one whose files win first."""
    version: bytes
    """Hash of all its files: an environment of other files is made anew."""
    cache: str
    """Folder of Jinja's compiled templates."""
    assets: tuple[tuple[str, str], ...] = ()
    """The static files that have a name with their hash in it, which may be cached for ever, and these names."""


def builtin() -> Path:
    """Return the folder of the default theme: in the wheel inside the package, in a checkout beside it."""
    packed = Path(__file__).with_name("theme")
    return packed if packed.is_dir() else Path(__file__).parent.parent / "templates"


def folders(project_templates: Path) -> list[Path]:
    """Return the theme's folders, first the one whose files win; a checkout's own two are one."""
    own = builtin()
    if project_templates.is_dir() and not project_templates.samefile(own):
        return [project_templates, own]
    return [own]


def load(folders: Sequence[Path]) -> Theme:
    """Read which files a theme has, and the hash of each; a file of an earlier folder shadows later ones.

    The last folder is the built-in theme: its templates go by the name `default/…` too.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if (
                path.is_file()
                and _stays_inside(folder.parent, path)
                and not any(part.startswith(".") for part in name.split("/"))
            ):
                files.setdefault(name, path)
                if folder == folders[-1] and not name.startswith("static/"):
                    files[f"{DEFAULT}/{name}"] = path
    data = {name: path.read_bytes() for name, path in files.items()}
    hashes = {name: hashlib.blake2b(of_file, digest_size=8).digest() for name, of_file in data.items()}
    templates = [name for name in sorted(files) if name.endswith(_TEMPLATES) and not name.startswith("static/")]
    texts = {name: _text(name, data[name]) for name in templates}
    return Theme(tuple(map(str, folders)), files, hashes, texts, _lasting(hashes, texts))


def _stays_inside(project: Path, path: Path) -> bool:
    """Tell whether a link in a project's theme leads to a file of the project: others are not published."""
    return not path.is_symlink() or path.resolve().is_relative_to(project.resolve())


def look(theme: Theme, cache: Path) -> Look:
    """Return what renders with `theme`; compiled templates are kept in `cache`."""
    everything = b"".join(name.encode() + digest for name, digest in sorted(theme.hashes.items()))
    version = hashlib.blake2b(everything, digest_size=8).digest()
    return Look(theme.folders, version, str(cache), tuple(sorted(theme.lasting.items())))


def closures(theme: Theme) -> dict[str, bytes]:
    """Return for each template the hash of it and of everything that it extends, includes or imports, or names as an asset.

    A reference that is computed may lead anywhere: such a template depends on the whole theme. The
    messages belong to every template.
    """
    everything = sorted(theme.files)
    texts = theme.texts
    messages = [name for name in everything if name.startswith("messages/")]

    @cache
    def references(name: str) -> tuple[str, ...]:
        found = _REFERENCE.findall(texts.get(name, ""))
        shown = _assets_of(texts.get(name, ""))
        if any(computed for _, _, computed in (*found, *shown)):
            return tuple(everything)
        named = [double or single for double, single, _ in found]
        return (*named, *(f"static/{double or single}" for double, single, _ in shown))

    def reached(name: str) -> list[str]:
        seen = {name}
        waiting = [name]
        while waiting:
            for other in references(waiting.pop()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return sorted(seen.union(messages))

    return {
        name: hashlib.blake2b(
            b"".join(other.encode() + theme.hashes.get(other, b"") for other in reached(name)), digest_size=8
        ).digest()
        for name in texts
    }


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"templates/{name} is not UTF-8: the byte at {error.start} is 0x{error.object[error.start]:02X}"
        raise DigestError(message, "save the file with the encoding UTF-8") from error


def _assets_of(text: str) -> list[tuple[str, str, str]]:
    """Return what a template calls `asset(…)` with: between double quotes, single ones, or computed."""
    return _ASSET.findall(text) if "asset(" in text else []


def assets(theme: Theme) -> "dict[str, views.Asset]":
    """Return the static files by their name in the site, below `static/`: all by their own, some by a lasting one too."""
    from digest import views

    plain = {name: views.Asset(name, digest) for name, digest in _static(theme.hashes).items()}
    return {lasting: plain[name] for name, lasting in theme.lasting.items()} | plain


def _static(hashes: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix("static/"): digest for name, digest in hashes.items() if name.startswith("static/")}


def _lasting(hashes: Mapping[str, bytes], texts: Mapping[str, str]) -> dict[str, str]:
    static = _static(hashes)
    calls = [call for text in texts.values() for call in _assets_of(text)]
    named = static.keys() if any(computed for _, _, computed in calls) else {one or two for one, two, _ in calls}
    return {name: _with_hash(name, static[name]) for name in sorted(named & static.keys())}


def _with_hash(name: str, digest: bytes) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{digest.hex()[:8]}{path.suffix}"))
