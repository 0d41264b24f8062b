"""Articles as pages show them beside others: cards, lines and mentions, each made once."""

from collections.abc import Sequence

import msgspec

from digest import urls, views
from digest.model import Article
from digest.pages import edition
from digest.pages.edition import Piece
from digest.views import Card, Headline, Line, Mention


class Shown:
    """Articles as lists show them, each made once however many pages show it."""

    def __init__(self) -> None:
        self._cards: dict[str, Card] = {}
        self._lines: dict[str, Line] = {}
        self._mentions: dict[str, Mention] = {}

    def card(self, article: Article) -> Card:
        """Return an article as editions show it."""
        found = self._cards.get(article.id)
        if found is None:
            found = self._cards[article.id] = _card(article)
        return found

    def line(self, article: Article) -> Line:
        """Return an article as lists of headlines show it."""
        found = self._lines.get(article.id)
        if found is None:
            found = self._lines[article.id] = _line(article)
        return found

    def mention(self, article: Article) -> Mention:
        """Return an article as it stands beside others."""
        found = self._mentions.get(article.id)
        if found is None:
            found = self._mentions[article.id] = _mention(article)
        return found

    def edition(self, pieces: Sequence[Piece]) -> tuple[tuple[Card, ...], tuple[Article, ...]]:
        """Return the pieces of an edition as it shows them, and the articles whose texts its numbers are taken from."""
        leads = [piece.lead for piece in pieces if piece.lead.rights == "full"]
        return tuple(map(self._piece, pieces)), tuple(leads[: edition.FIGURES])

    def _piece(self, piece: Piece) -> Card:
        card = self.card(piece.lead)
        if not piece.story:
            return card
        others = tuple([self.mention(article) for article in piece.others])
        return msgspec.structs.replace(card, story=urls.story(piece.story), others=others)

    def day(self, date: str, articles: Sequence[Article], count: int | None = None) -> views.Day:
        """Return a day with headlines; it has `count` articles, if not just these."""
        lines = tuple([self.line(article) for article in articles])
        return views.Day(urls.period(date), date, len(articles) if count is None else count, lines)


def _card(article: Article) -> Card:
    return Card(
        href=article.href,
        title=article.title,
        kicker=article.kicker,
        summary=article.summary,
        lang=article.lang,
        dir=article.dir,
        date=article.date,
        time=article.time,
        source=article.source,
        authors=article.authors,
    )


def _line(article: Article) -> Line:
    return Line(article.href, article.title, article.kicker, article.lang, article.dir, article.time)


def _mention(article: Article) -> Mention:
    source = article.source.name if article.source else ""
    return Mention(article.href, article.title, article.lang, article.dir, article.date, article.time, source)


def headline(article: Article) -> Headline:
    """Return an article as the sitemap of news shows it."""
    published = article.published if article.time else article.date
    return Headline(article.href, article.title, article.lang, published)
