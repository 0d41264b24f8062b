"""An article in, its Markdown as it stands beside its page: what programs read in the place of HTML."""

import json
from typing import Any

from digest.model import Article


def markdown(article: Article, body: str, address: str) -> bytes:
    """Return the text of an article whose page is at `address`, word for word, below what is known of it.

    The lines above it are front matter: each is a key and a value in JSON, which is YAML too.
    """
    known: dict[str, Any] = {
        "title": article.title,
        "kicker": article.kicker,
        "date": article.published if article.time else article.date,
        "updated": article.updated,
        "lang": article.lang,
        "authors": article.authors,
        "topics": article.topics,
        "source": article.source and {"name": article.source.name, "url": article.source.url},
        "corrections": [{"date": one.date, "text": one.text} for one in article.corrections],
        "rights": article.notice,
        "canonical": address,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in known.items() if value]
    return f"---\n{''.join(lines)}---\n\n{body.strip()}\n".encode()
