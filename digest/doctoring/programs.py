"""What is installed beside the program, for what the settings ask."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from digest import pagefind
from digest.doctoring import Finding, Setup


def search(setup: Setup) -> Iterator[Finding]:
    """Whether there is a Pagefind to make the search index with."""
    if pagefind.find() is None:
        message = "Pagefind is not installed: the site has no search"
        hint = "`pip install pagefind-bin-extended` brings it where it can; or build with `--no-search`"
        yield setup.error("pagefind", message, hint)


def cards(setup: Setup) -> Iterator[Finding]:
    """Whether there is what draws cards, where the settings ask for them."""
    missing = [name for name in ("PIL", "fontpkg_source_serif_4") if find_spec(name) is None]
    if setup.settings.cards != "none" and missing:
        path, line = setup.of_key("cards")
        message = f"`cards` is {setup.settings.cards}, and Pillow and its font are not installed"
        yield setup.error(path, message, "`pip install pillow fontpkg-source-serif-4`, or take `cards` out", line)


def encoding(setup: Setup) -> Iterator[Finding]:
    """Whether names of files can be written in every script."""
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        message = f"names of files are {sys.getfilesystemencoding()} here, which has no letters for many languages"
        yield setup.error("python", message, "set `PYTHONUTF8=1`, or a locale with UTF-8")
