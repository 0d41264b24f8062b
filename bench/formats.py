"""One article as a file: for digest, for Hugo, for Pelican, and as the raw text it came from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from corpus import Article

Format = Callable[[Article], tuple[str, str]]


def digest_content(article: Article) -> tuple[str, str]:
    """Front matter as digest's own importer writes it, one folder a day."""
    head = _yaml_head(article, f"id: {article.urn}", "lang: de")
    return f"{article.moment:%Y/%m/%d}/{article.slug}.md", f"{head}\n{_markdown(article)}"


def hugo_content(article: Article) -> tuple[str, str]:
    """As for digest; Hugo makes its day pages of a taxonomy, so the day is named as a term."""
    head = _yaml_head(article, f"slug: {article.slug}", f'days: ["{article.moment:%Y-%m-%d}"]')
    return f"{article.moment:%Y/%m}/{article.slug}.md", f"{head}\n{_markdown(article)}"


def pelican_content(article: Article) -> tuple[str, str]:
    """Pelican's own metadata lines, which it reads faster than YAML."""
    fields = {
        "Title": article.title,
        "Kicker": article.kicker,
        "Date": f"{article.moment:%Y-%m-%d %H:%M}",
        "Slug": article.slug,
        "Summary": article.summary,
        "Tags": ", ".join(article.topics),
    }
    head = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"{article.moment:%Y/%m}/{article.slug}.md", f"{head}\n{_markdown(article)}"


def raw_seed(article: Article) -> tuple[str, str]:
    """The text as it would come from an agency: no markup, sub-headings are bare lines."""
    head = f' date {article.moment:%Y-%m-%d} "{article.kicker}" {article.title}'
    return f"{article.slug}.txt", "\n\n".join([head, *(text for _, text in article.blocks)]) + "\n"


def write(article: Article, form: Format, folder: Path) -> Path:
    """Write one article below the folder and say where it went."""
    name, text = form(article)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _yaml_head(article: Article, *more: str) -> str:
    lines = [
        f"title: {_quoted(article.title)}",
        f"kicker: {_quoted(article.kicker)}",
        f"date: {article.moment.isoformat()}",
        f"summary: {_quoted(article.summary)}",
        "topics:",
        *(f"  - {_quoted(topic)}" for topic in article.topics),
        *more,
    ]
    return "\n".join(["---", *lines, "---", ""])


def _quoted(text: str) -> str:
    """A JSON string is a YAML string too."""
    return json.dumps(text, ensure_ascii=False)


def _markdown(article: Article) -> str:
    marks = {"heading": "## ", "paragraph": ""}
    return "\n\n".join(marks[kind] + text for kind, text in article.blocks) + "\n"
