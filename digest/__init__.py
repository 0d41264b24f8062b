"""Turn raw news articles into a daily digest: Markdown, HTML pages and an Atom feed, as plain files."""

__version__ = "0.1.0"
