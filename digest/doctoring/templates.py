"""The digest's own templates: what they shadow, what nobody shows of them, and the words that they use."""

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from digest import locales, words
from digest.doctoring import Finding, Setup, some
from digest.errors import DigestError
from digest.layout import TEMPLATES
from digest.theme import DEFAULT, builtin, folders

_MAX_FILE = 1024 * 1024
_WORD = re.compile(r"\bt(?:\.(\w+)|\[\s*[\"'](\w+)[\"']\s*\])")


def shadows(setup: Setup) -> Iterator[Finding]:
    """Files that stand in the place of built-in ones, and are the same, or broken, or perhaps of an older version."""
    own, built_in = _own(setup.root), _built_in()
    for name, path in own.items():
        other = built_in.get(name)
        if (
            other is not None
            and path.stat().st_size == other.stat().st_size
            and path.read_bytes() == other.read_bytes()
        ):
            hint = "delete it, and it changes with the program"
            yield setup.notice(path, "it is the built-in file, word for word", hint)
        elif name.endswith(".html"):
            yield from _template(setup, name, path, own)


def _template(setup: Setup, name: str, path: Path, own: Mapping[str, Path]) -> Iterator[Finding]:
    built_in = _built_in()
    try:
        tree = _parsed(path)
    except TemplateSyntaxError as error:
        yield setup.error(path, str(error.message), "mend the template; docs/templates.md shows how", error.lineno)
        return
    except UnicodeDecodeError:
        yield setup.error(path, "it is not UTF-8", "save the file with the encoding UTF-8")
        return
    parents = [node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)]
    if not parents and name in built_in:
        lost = sorted(_blocks(built_in[name]) - _blocks(path))
        if lost:
            message = f"the built-in file has the blocks {some(lost)}, and this has not: is it a copy of an older one?"
            hint = f'begin it with `{{% extends "{DEFAULT}/{name}" %}}`, and keep only the blocks that you change'
            yield setup.notice(path, message, hint)
    for parent in parents:
        known = _inherited(str(parent), own)
        if known is None:
            hint = f"built-in ones are named `{DEFAULT}/…`: {some(n for n in built_in if n.endswith('.html'))}"
            yield setup.error(path, f"it extends {str(parent)[:60]!r}, and there is no such template", hint)
            continue
        for block in tree.find_all(nodes.Block):
            if block.name not in known and not _inside_block(tree, block):
                near = difflib.get_close_matches(block.name, sorted(known), 1, 0.6)
                hint = f"did you mean `{near[0]}`?" if near else f"it has the blocks {some(sorted(known), 10)}"
                message = f"{parent} has no block `{block.name}`, so this one is shown nowhere"
                yield setup.error(path, message, hint, block.lineno)


def _inside_block(tree: nodes.Template, block: nodes.Block) -> bool:
    """Tell whether a block is new inside another one, and shown there."""
    return any(inner is block for outer in tree.find_all(nodes.Block) for inner in outer.find_all(nodes.Block))


def _inherited(name: str, own: Mapping[str, Path], seen: frozenset[Path] = frozenset()) -> set[str] | None:
    """Return the blocks of a template and of all that it extends; nothing where there is no such template."""
    built_in = _built_in()
    plain = name.removeprefix(f"{DEFAULT}/")
    path = built_in.get(plain) if name != plain else own.get(name, built_in.get(name))
    if path is None or path in seen:
        return None
    try:
        tree = _parsed(path)
    except (TemplateSyntaxError, UnicodeDecodeError):
        return set()
    found = _blocks(path)
    for node in tree.find_all(nodes.Extends):
        if isinstance(node.template, nodes.Const):
            found |= _inherited(str(node.template.value), own, seen | {path}) or set()
    return found


def catalogue(setup: Setup) -> Iterator[Finding]:
    """Words of the digest's own catalogues and templates."""
    places = [str(folder) for folder in folders(setup.root / TEMPLATES)]
    if len(places) < 2:
        return
    tags = dict.fromkeys([setup.settings.language, *setup.settings.languages])
    known = {}
    for tag in tags:
        try:
            known[tag] = words.words(places, tag)
        except DigestError as error:
            yield setup.error(f"{TEMPLATES}/{words.FOLDER}", error.message, error.hint)
            return
    for name, path in _own(setup.root).items():
        if not name.endswith(".html") or path.stat().st_size > _MAX_FILE:
            continue
        used = {one or two for one, two in _WORD.findall(path.read_text("utf-8", "replace"))}
        for tag, spoken in known.items():
            if missing := sorted(used - spoken.keys()):
                hint = f'write `msgid "{missing[0]}"` and its `msgstr` to {TEMPLATES}/{words.FOLDER}/{tag}.po'
                yield setup.error(path, f"no catalogue has the words {some(missing)}", hint)
                break
            mine = _words_of(places, tag)
            if english := sorted(word for word in used & spoken.keys() if word not in mine):
                hint = f"translate them in {TEMPLATES}/{words.FOLDER}/{tag}.po"
                yield setup.notice(path, f"the words {some(english)} are not there in {tag}, and will be English", hint)


def _words_of(places: list[str], tag: str) -> set[str]:
    """Return the words that a language has itself, without those that English stands in for."""
    names = [name for name in locales.chain(tag) if name != "en" or tag.lower().split("-")[0] == "en"]
    files = [Path(place, words.FOLDER, f"{name}.po") for place in places for name in names]
    texts = [file.read_text("utf-8-sig", "replace") for file in files if file.is_file()]
    return {word for text in texts for word in re.findall(r'^msgid "(\w+)"', text, re.MULTILINE)}


def _own(root: Path) -> dict[str, Path]:
    """Return the digest's own templates; none where they are the built-in ones."""
    places = folders(root / TEMPLATES)
    return _files(places[0]) if len(places) > 1 else {}


@cache
def _built_in() -> dict[str, Path]:
    return _files(builtin())


def _files(folder: Path) -> dict[str, Path]:
    names = ((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())
    return {name: path for name, path in names if not any(part.startswith(".") for part in name.split("/"))}


def _parsed(path: Path) -> nodes.Template:
    # A broken or huge file tells of itself; nothing of it is run.
    return Environment(autoescape=True).parse(path.read_text("utf-8-sig")[:_MAX_FILE])


def _blocks(path: Path) -> set[str]:
    return {block.name for block in _parsed(path).find_all(nodes.Block)}
