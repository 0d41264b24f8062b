"""Composing: a seed's article as the content file that people then edit."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from digest import frontmatter, markdown
from digest.content import excerpt
from digest.seeds.record import Block, Image, SeedArticle

IMPORTER = 3
"""Counted up when `compose` would write another file for the same seed: then all seeds are read again."""


def compose(
    article: SeedArticle,
    seed: str,
    lang: str,
    identifier: str,
    also: Sequence[tuple[str, str]] = (),
    date: str = "",
    updated: str = "",
) -> str:
    """Return the content file of a seed's `article`; it renders as exactly the seed's text.

    `seed` is the seed file's path in the project, `lang` a language code or empty where it is not known, `also` are
    path and SHA-256 of other seeds that have the article; `date` and `updated`, if given, stand for the seed's own.
    """
    article = article._replace(date=date or article.date, updated=updated or article.updated)
    header = _header(article, lang)
    header["id"] = identifier
    header["seed"] = _provenance(article, seed, also)
    ours = {"id", "seed", *(["date"] if date else []), *(["updated"] if updated else [])}
    for key, value in (article.header or {}).items():  # front matter of a Markdown seed is taken as it is
        header[key] = value if key not in ours else header[key]
    body = article.body if article.body is not None else body_of(article.blocks)
    return frontmatter.dump(header, f"\n{body.strip(chr(10))}\n")


def _header(article: SeedArticle, lang: str) -> dict[str, Any]:
    """Return the front matter that an article's own words give, in the contract's order."""
    first = next((block for block in article.blocks if not block.mark and block.kind != "heading"), None)
    values = {
        "title": article.title,
        "kicker": article.kicker,
        "date": _moment(article.date),
        "updated": _moment(article.updated),
        "summary": article.summary or (excerpt(_words(first)) if first else ""),
        "lang": lang,
        "authors": list(article.authors),
        "topics": list(article.topics),
        "source": {key: value for key, value in _source(article).items() if value},
        "image": _image(article.image),
    }
    return {key: value for key, value in values.items() if value}


def _moment(text: str) -> dt.date | str:
    """Return a bare day as a YAML date, which needs no quotes."""
    return dt.date.fromisoformat(text) if len(text) == 10 else text


def _source(article: SeedArticle) -> dict[str, str]:
    return {"name": article.source.name, "url": article.source.url} if article.source else {}


def _image(image: Image | None) -> dict[str, str]:
    return {key: value for key, value in image._asdict().items() if value} if image else {}


def _provenance(article: SeedArticle, seed: str, also: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Say where the article comes from, and which rules made what of it, each with its lowest confidence."""
    rules: dict[str, float] = {}
    for fired in article.fired:
        rules[fired.rule] = min(fired.confidence, rules.get(fired.rule, 1.0))
    known = {
        "file": seed,
        "sha256": article.sha256,
        "format": article.format,
        "rules": rules,
        "also": [{"file": path, "sha256": sha256} for path, sha256 in also],
    }
    return {key: value for key, value in known.items() if value}


def _words(block: Block) -> str:
    return markdown.first_paragraph(block.text) if block.markup else block.text


def body_of(blocks: tuple[Block, ...]) -> str:
    """Return the Markdown of an article's blocks."""
    parts = []
    for is_list, run in groupby(blocks, lambda block: block.kind == "item"):
        if is_list:
            parts.append("\n".join(_item(block) for block in run))
        else:
            parts += map(_block, run)
    return "\n\n".join(parts)


def _block(block: Block) -> str:
    text = block.text if block.markup or block.kind == "table" else markdown.escape(block.text)
    if block.kind == "heading":
        text = f"{'#' * block.level} {text}" if block.markup else markdown.heading(block.text, block.level)
    elif block.kind == "quotation":
        text = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    elif block.kind == "question":
        text = f"**{text}**"
    return markdown.mark(text, block.mark)


def _item(block: Block) -> str:
    marker = f"{block.number}." if block.number else "-"
    indent = "    " * (block.level - 1)
    text = block.text if block.markup else markdown.escape(block.text)
    return f"{indent}{marker} " + text.replace("\n", f"\n{indent}{' ' * (len(marker) + 1)}")
