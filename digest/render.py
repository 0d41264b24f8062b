"""Rendering: an output and the texts that it shows in, its bytes out."""

import re
import traceback
from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from digest import locales, markdown, urls, views, words
from digest.config import direction
from digest.errors import DigestError
from digest.model import Body
from digest.outputs import Output
from digest.pages import figures, linked, manuscript, quoting, social
from digest.theme import DEFAULT, Look

MOST = (
    "article.html",
    "day.html",
    "topic.html",
    "base.html",
    "partials/cards.html",
    "partials/edition.html",
    "partials/head.html",
    "partials/header.html",
    "partials/footer.html",
    "partials/today.html",
    "partials/numbers.html",
    "partials/neighbours.html",
)
"""The templates that most pages are made with."""
_TO_ESCAPE = re.compile("[&<>\"']").search


def prepare(look: Look, language: str) -> None:
    """Load what makes most pages, so that the first of them need not wait for it."""
    from digest.feeds import formats  # noqa: F401 - lxml and feedgen

    for name in MOST:
        _template(look, language, name)


def render(output: Output, look: Look, texts: Mapping[Body, str]) -> bytes:
    """Return the bytes of an output; `texts` is the Markdown of `outputs.bodies(output.view)`.

    Raises DigestError where a template is wrong.
    """
    view = output.view
    if isinstance(view, views.Asset):
        return _asset(look.folders, view.name)
    if isinstance(view, views.Text):
        return view.text.encode()
    if isinstance(view, views.Poster):
        from digest.pages import posters  # Pillow: only where a picture is new

        return posters.png(view, locales.date(view.date, locales.locale_of(view.language)))
    if isinstance(view, views.Manuscript):
        return manuscript.markdown(view.article, texts[view.article.body], view.address)
    if isinstance(view, views.Feed):
        from digest.feeds import formats  # feedgen and lxml: only where a feed is new

        return formats.make(view, texts, _words(look, view.site.language))
    site: views.Site = view.site
    body, passages = _told(view, texts, urls.root_of(output.path))
    root = urlsplit(site.url).path if isinstance(view, views.NotFound) else urls.root_of(output.path)
    try:
        template = _template(look, site.language, output.template)
        known: dict[str, Any] = {"view": view, "site": site, "path": output.path, "root": root, "passages": passages}
        if output.path.endswith(".html"):
            spoken: Any = template.globals["t"]
            told = linked.script(view, output.path, spoken, template.environment.filters["date"])
            known["linked"] = Markup(told)  # noqa: S704 - escaped there
        # The body is our own renderer's HTML.
        return template.render(known, body=Markup(body)).encode()  # noqa: S704
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        said = f"there is no template `{error.name}`" if isinstance(error, TemplateNotFound) else error
        message = f"templates/{_place_of(error, look, output.template)}: {said}"
        raise DigestError(message, f"it was rendering {output.path}") from error


def _told(view: views.View, texts: Mapping[Body, str], root: str) -> tuple[str, quoting.Passages]:
    """Return the HTML of an article or of an editor's note, and what a page quotes; nothing where rights allow no text."""
    if isinstance(view, views.ArticlePage) and view.article.body in texts:
        text = texts[view.article.body]
        passages = quoting.of_article(view.article, text)
        return _with_pulled(markdown.render(text, anchors=True), passages.quotations), passages
    if isinstance(view, views.StoryPage):
        return "", quoting.of_story((one, texts[one.body]) for one in view.texts if one.body in texts)
    if isinstance(view, (views.DayPage, views.Home)):
        note = markdown.render(view.note, root + urls.period(view.date)) if view.note else ""
        return note, quoting.of_edition((one, texts[one.body]) for one in view.texts if one.body in texts)
    return "", quoting.NOTHING


def _with_pulled(html: str, quotations: Iterable[quoting.Key]) -> str:
    """Return the HTML of an article whose paragraphs are told what the style shall set large beside them.

    It is an attribute, not text, so that nobody is told it twice who has the page read out, copies it or searches it.
    """
    for said in quotations:
        begin = f'<p id="{said.anchor}"'
        html = html.replace(begin, f'{begin} data-pull="{escape(said.text)}" data-speaker="{escape(said.speaker)}"', 1)
    return html


def _place_of(error: Exception, look: Look, template: str) -> str:
    """Return `name:line` of the template in which `error` was raised."""
    named = None if isinstance(error, TemplateNotFound) else getattr(error, "name", None)
    place = f"{named or template}:{getattr(error, 'lineno', None) or 1}"
    for frame in traceback.extract_tb(error.__traceback__):
        for folder in look.folders:
            if frame.filename.startswith(f"{folder}/"):
                place = f"{frame.filename.removeprefix(f'{folder}/')}:{frame.lineno}"
    return place


@cache
def _template(look: Look, language: str, name: str) -> Template:
    return _environment(look, language).get_template(name)


class _Code(CodeGenerator):
    """Compiles templates so that text without a sign to escape is not marked as safe, only joined: that takes half the time.

    Should Jinja2 no longer ask this method, templates render the same, only slower.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates for the next build; where the disk is full, that build compiles them again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


class _Environment(Environment):
    code_generator_class = _Code

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows beside its view: a plain dictionary, for Jinja2's own is slow to copy for a page."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escaped(value: object) -> str:
        """Return a value as HTML."""
        if type(value) is str:
            return escape(value) if _TO_ESCAPE(value) else value
        return value if type(value) is Markup else escape(value)


@lru_cache(maxsize=32)
def _words(look: Look, language: str) -> words.Words:
    return words.words(look.folders, language)


@lru_cache(maxsize=32)
def _environment(look: Look, language: str) -> Environment:
    """Return the Jinja2 environment of a theme: everything is escaped, nothing undefined passes."""
    theme = look.folders
    made = _Environment(
        loader=ChoiceLoader([FileSystemLoader(theme), PrefixLoader({DEFAULT: FileSystemLoader(theme[-1])})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(look.cache),
    )
    lasting = dict(look.assets)

    def asset(name: str) -> str:
        """Return the path of a static file, with a name that changes with its content."""
        if name not in lasting:
            raise LookupError(f"there is no `static/{name}`")
        return f"static/{lasting[name]}"

    locale = locales.locale_of(language)
    messages = _words(look, language)

    def counted(count: int, what: str = "articles") -> str:
        """Say how many there are of what a word counts."""
        word = messages[what]
        if not isinstance(word, words.Counting):
            raise LookupError(f"the word `{what}` counts nothing")
        return word(count, locales.number(count, locale))

    @cache
    def shared(name: str, site: views.Site, root: str) -> Markup:
        """Render a partial that shows nothing of the page that it is on; once is enough for all pages of a depth."""
        return Markup(made.get_template(name).render(site=site, root=root))  # noqa: S704 - a template's output

    made.globals.update(
        asset=asset,
        social=social.tags,
        t=messages,
        number=counted,
        shared=shared,
        week=locales.week(locale),
        comma=locales.comma(locale),
    )
    mirrored = direction(language) == "rtl"
    # What was written is kept here, by the words alone: to look it up by locale too would cost more than all else of it.
    date = lru_cache(maxsize=4096)(lambda day, time="": locales.date(day, locale, time))
    short_date = lru_cache(maxsize=4096)(lambda day: locales.short_date(day, locale))
    digits = lru_cache(maxsize=4096)(lambda text: locales.digits(text, locale))
    minutes = cache(lambda count: locales.minutes(count, locale))
    made.globals.update(
        calendar=lambda month, days, most: figures.calendar(month, days, most, locales.week(locale), mirrored),
        bars=lambda coverage: figures.bars(coverage, mirrored),
        most=figures.most,
        level=figures.level,
        twelve=figures.twelve,
    )
    made.filters.update(
        date=date,
        short_month=lambda month: locales.short_month(month, locale),
        reading=lambda article: minutes(figures.minutes(article.length, article.lang)),
        short_date=short_date,
        numeral=lambda count: locales.number(count, locale),
        percent=lambda share: locales.percent(share, locale),
        digits=digits,
        news_language=social.news_language,
        markdown=_in_markdown,
        own_name=locales.own_name,
        absolute=lambda path, site: urls.absolute(site.url, path),
    )
    return made


def _in_markdown(text: str) -> Markup:
    """Write words into Markdown, on one line, so that they are read as these words."""
    return Markup(markdown.escape(" ".join(str(text).split())).replace("]", "\\]"))  # noqa: S704 - no HTML


def _asset(theme: tuple[str, ...], name: str) -> bytes:
    for folder in theme:
        path = Path(folder, "static", name)
        if path.is_file():
            return path.read_bytes()
    raise DigestError(f"templates/static/{name} vanished during the build", "run the build again")
