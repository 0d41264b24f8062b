"""The settings: what would leave readers with a wrong address, a wrong day, or nobody's name."""

import re
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from babel.core import get_global

from digest import locales
from digest.doctoring import Finding, Setup, count, some
from digest.scaffold import PLACEHOLDERS
from digest.theme import builtin

_PLACEHOLDER = re.compile(r"(^|\.)(example\.(com|net|org)|(example|test|invalid))$")
"""Names that are nobody's (RFC 2606)."""


def names(setup: Setup) -> Iterator[Finding]:
    """Tell what readers and feeds call the digest, and who makes it."""
    settings = setup.settings
    for key, value in (("title", settings.title), ("description", settings.description)):
        if key not in setup.lines or not value or value == PLACEHOLDERS[key]:
            said = f"`{key}` still is {value!r}" if value else f"there is no `{key}`"
            path, line = setup.of_key(key)
            yield setup.notice(path, f"{said}; pages and feeds show it", f"write what your digest is to `{key}`", line)
    if not settings.author:
        path, line = setup.of_key("author")
        hint = "write to `author` who makes the digest"
        yield setup.notice(path, "there is no `author`; feeds name the title in its place", hint, line)


def base_url(setup: Setup) -> Iterator[Finding]:
    """Where the site will be: feeds, sitemaps and cards hold whole addresses."""
    path, line = setup.of_key("url")
    if "url" not in setup.lines:
        message = f"there is no `url`: feeds, sitemap and cards would lead to {setup.settings.url}"
        yield setup.error(path, message, "write where the site will be, for example `url: https://news.example.org/`")
        return
    parts = urlsplit(setup.settings.url)
    host = parts.hostname or ""
    mend = "write the address under which readers find the site"
    if _PLACEHOLDER.search(host):
        yield setup.error(path, f"`url` still is the example {setup.settings.url}", mend, line)
    elif _is_this_machine(host):
        message = f"`url` {setup.settings.url} is an address that only this machine or network knows"
        yield setup.error(path, message, f"{mend}; `digest serve` and `--base-url` are for previews", line)
    elif "." not in host:
        yield setup.error(path, f"`url` names the host {host!r}, which has no dot", mend, line)
    elif parts.scheme == "http":
        hint = "write https:// if your host has it; most give a certificate for nothing"
        yield setup.notice(path, "`url` is http: browsers warn of it, and some feed readers refuse it", hint, line)
    if re.search(r"//|/index\.html?/$", parts.path):
        yield setup.error(path, f"`url` has the path {parts.path!r}", "write it without `//` and `index.html`", line)
    elif parts.path != "/":
        message = f"the site is below the path {parts.path}: crawlers look for robots.txt at the root of the host only"
        hint = "nothing, if that is meant; name the sitemap in the host's own robots.txt"
        yield setup.notice(path, message, hint, line)


def _is_this_machine(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))
    return address.is_private or address.is_loopback or address.is_unspecified or address.is_link_local


def time_zone(setup: Setup) -> Iterator[Finding]:
    """In which zone the days begin and end."""
    settings = setup.settings
    path, line = setup.of_key("timezone")
    near = _zone_of(settings.language)
    example = near or "Europe/Berlin"
    if settings.timezone in ("UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu") and near != settings.timezone:
        said = "`timezone` is UTC" if line else "there is no `timezone`, so days begin at midnight UTC"
        because = f", and the language is {locales.own_name(settings.language)}" if near else ""
        yield setup.notice(path, f"{said}{because}", f"write where your readers are, for example `{example}`", line)
    elif "/" not in settings.timezone or settings.timezone.startswith("Etc/"):
        message = f"`timezone` {settings.timezone} is an offset or an old name, and knows no summer time"
        yield setup.notice(path, message, f"write a place, for example `{example}`", line)


def _zone_of(language: str) -> str:
    """Return the time zone of most people who speak a language; nothing where there are several, or one is not known."""
    territory = locales.locale_of(language).territory
    if not territory:
        territory = str(get_global("likely_subtags").get(language.split("-")[0].lower(), "")).rpartition("_")[2]
    zones = get_global("territory_zones").get(territory, [])
    return str(zones[0]) if 0 < len(zones) <= 2 else ""


def languages(setup: Setup) -> Iterator[Finding]:
    """Which languages the interface has words for, and in which there are articles."""
    settings = setup.settings
    catalogues = {file.stem for file in (builtin() / "messages").glob("*.po")}
    catalogues |= {file.stem for file in (setup.root / "templates" / "messages").glob("*.po")}

    def has_words(tag: str) -> bool:
        spoken = [name for name in locales.chain(tag) if name != "en" or tag.lower().split("-")[0] == "en"]
        return not catalogues.isdisjoint(spoken)

    mend = "copy the built-in messages/en.po to templates/messages/{}.po and translate it"
    for key, tags in (("language", (settings.language,)), ("languages", settings.languages)):
        path, line = setup.of_key(key)
        for tag in tags:
            if not has_words(tag) and (key == "language" or tag != settings.language):
                message = f"`{key}` has {tag}, for which the interface has no words: they will be English"
                yield setup.error(path, message, mend.format(tag), line)
    written = Counter(article.lang for article in setup.articles)
    path, line = setup.of_key("languages")
    listed = [tag.lower() for tag in settings.languages]
    unlisted = [tag for tag in written if not any(f"{tag.lower()}-".startswith(f"{one}-") for one in listed)]
    if listed and unlisted:
        number = sum(written[tag] for tag in unlisted)
        message = f"{count(number, 'article is', 'articles are')} in {some(sorted(unlisted))}, not in `languages`"
        hint = f"add to `languages`, or mend `lang` in the articles; `digest list --lang {min(unlisted)}` shows them"
        yield setup.error(path, message, hint, line)
    elif len({tag.lower().split("-")[0] for tag in written}) > 1 and not listed:
        message = f"there are articles in {some(f'{tag} ({number:,})' for tag, number in written.most_common())}"
        hint = "list them in `languages`, and each gets a front page and a feed of its own"
        yield setup.notice(path, message, hint, line)
    for tag in settings.languages if setup.articles else ():
        if not any(f"{one.lower()}-".startswith(f"{tag.lower()}-") for one in written):
            yield setup.notice(
                path, f"`languages` has {tag}, and no article is in it", "take it out if none will be", line
            )


def environment(setup: Setup) -> Iterator[Finding]:
    """Name what stands in for options, and is easily forgotten."""
    for name in sorted(setup.environment):
        if name.startswith("DIGEST_") or name == "SOURCE_DATE_EPOCH":
            what = "the moment that counts" if name == "SOURCE_DATE_EPOCH" else "an option"
            message = f"it stands in for {what} in every command"
            yield setup.notice(f"${name}", message, f"nothing, if that is meant; else `unset {name}`")
