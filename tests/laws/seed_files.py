"""A small, whole file of every kind of seed, and what must hold for whatever becomes of any bytes."""

import io
import json
import re
import tarfile
import unicodedata
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

from digest import content, seeds
from digest.config import is_language
from digest.dates import moment_of
from digest.errors import Problem
from digest.intake.compose import compose
from digest.model import Article

CASES = Path(__file__).parents[1] / "cases"
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
KINDS = ("paragraph", "heading", "quotation", "question", "item", "table")
READING = seeds.Reading(timezone="Europe/Berlin", languages=("de", "en"), date="2025-08-17")

TEXT = """\
 date 2025-08-17 "Brücke gesperrt": Rat entscheidet

Der Rat hat entschieden, wie es mit der Brücke weitergeht.

Zwei Jahre Bauzeit

„Wir fangen im März an“, sagte die Bürgermeisterin.

- Stein
- Stahl

Von Ute Beispiel

 date 2025-08-18 Noch ein Artikel

Mit einem Absatz.
"""
MARKDOWN = """\
---
title: Die Brücke
date: 2025-08-17T10:00:00+02:00
tags: [Bau, Rat]
author: Ute Beispiel
---

Der **Rat** hat [entschieden](https://example.org/rat).

## Bauzeit

> „Im März.“

| a | b |
|---|---|
| 1 | 2 |
"""
HTML = """\
<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Die Brücke - Beispielblatt</title>
<meta property="og:title" content="Die Brücke"><meta property="og:site_name" content="Beispielblatt">
<meta property="article:published_time" content="2025-08-17T10:00:00+02:00"><meta name="author" content="Ute Beispiel">
<meta property="og:image" content="https://example.org/bild.jpg"><link rel="canonical" href="https://example.org/bruecke">
<link rel="stylesheet" href="https://example.org/style.css"><script src="https://example.org/script.js"></script></head>
<body><nav><a href="/">Start</a></nav><article><h1>Die Brücke</h1>
<p class="lead">Der Rat hat entschieden, wie es mit der alten Brücke über den Fluss nun weitergeht.</p>
<img src="https://example.org/bild.jpg" alt="Brücke"><h2>Zwei Jahre Bauzeit</h2>
<p>„Wir fangen im März an“, sagte die <a href="/rat">Bürgermeisterin</a> am Dienstag nach der Sitzung des Rates.</p>
<ul><li>Stein</li><li>Stahl</li></ul><blockquote><p>Länger warten können wir nicht.</p></blockquote>
<iframe src="https://example.org/frame"></iframe></article><footer>Impressum</footer></body></html>
"""
RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/xsl" href="https://example.org/feed.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Beispielblatt</title>
<link>https://example.org/</link><language>de</language>
<item><title>Die Brücke</title><link>https://example.org/bruecke</link><guid>https://example.org/bruecke</guid>
<pubDate>Sun, 17 Aug 2025 10:00:00 +0200</pubDate><description>Der Rat hat entschieden.</description>
<content:encoded><![CDATA[<p>Der Rat hat entschieden.</p><p>Im <b>März</b> geht es los.</p>]]></content:encoded>
<category>Bau</category></item></channel></rss>
"""
ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Beispielblatt</title><id>urn:x:feed</id>
<updated>2025-08-17T10:00:00Z</updated><entry><title>Die Brücke</title><id>urn:x:1</id>
<published>2025-08-17T10:00:00Z</published><updated>2025-08-17T12:00:00Z</updated><author><name>Ute Beispiel</name></author>
<link href="https://example.org/bruecke"/><content type="html">&lt;p&gt;Der Rat hat entschieden.&lt;/p&gt;</content>
</entry></feed>
"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Beispielblatt",
    "items": [
        {
            "id": "1",
            "url": "https://example.org/bruecke",
            "title": "Die Brücke",
            "content_html": "<p>Der Rat hat entschieden.</p>",
            "date_published": "2025-08-17T10:00:00+02:00",
            "tags": ["Bau"],
        }
    ],
}
MAIL = """\
From: Beispielblatt <post@example.org>
To: leser@example.org
Subject: =?utf-8?q?Die_Br=C3=BCcke?=
Date: Sun, 17 Aug 2025 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="grenze"

--grenze
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Der Rat hat entschieden, wie es mit der Br=FCcke weitergeht.

--grenze
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><body><p>Der Rat hat entschieden, wie es mit der Brücke weitergeht.</p><img src="https://example.org/p.gif"></body></html>

--grenze--
"""
NINJS = {
    "uri": "urn:x:1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "language": "de",
    "versionCreated": "2025-08-17T10:00:00+02:00",
    "headlines": [{"value": "Die Brücke"}],
    "by": "Von Ute Beispiel",
    "bodies": [
        {"contentType": "text/html", "value": "<p>Der Rat hat entschieden.</p><h2>Bauzeit</h2><p>Zwei Jahre.</p>"}
    ],
    "subjects": [{"name": "Bau"}],
}
NITF = """\
<?xml version="1.0" encoding="utf-8"?>
<nitf><head><docdata><date.release norm="20250817T100000Z"/></docdata></head><body><body.head><hedline>
<hl1>Die Brücke</hl1></hedline><byline>Von Ute Beispiel</byline></body.head>
<body.content><p>Der Rat hat entschieden.</p><media media-type="image"><media-reference source="https://example.org/b.jpg"/>
<media-caption>Brücke</media-caption></media><p>Im <em>März</em> geht es los.</p></body.content></body></nitf>
"""
NEWSML = """\
<?xml version="1.0" encoding="utf-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" xml:lang="de"><itemMeta><itemClass qcode="ninat:text"/>
<versionCreated>2025-08-17T10:00:00+02:00</versionCreated></itemMeta><contentMeta><headline>Die Brücke</headline>
<by>Von Ute Beispiel</by></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Der Rat hat entschieden.</p></body></html>
</inlineXML></contentSet></newsItem>
"""
CSV = 'title,date,text,url\n"Die ""Brücke""",2025-08-17,"Der Rat.\n\nIm März.",https://example.org/1\nZwei,18.08.2025,Text,\n'
ROWS = [
    {"title": "Die Brücke", "date": "2025-08-17", "text": "Der Rat hat entschieden.", "url": "https://example.org/1"},
    {"title": "Zwei", "date": "2025-08-18T10:00:00Z", "text": "<p>Im März.</p>", "author": "Ute Beispiel"},
]
ENTITIES = """\
<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "https://example.org/nitf.dtd" [<!ENTITY file SYSTEM "file:///etc/passwd">
<!ENTITY net SYSTEM "https://example.org/x"><!ENTITY % all SYSTEM "https://example.org/all.dtd"> %all;
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<nitf><body><body.head><hedline><hl1>&file;&c;</hl1></hedline></body.head><body.content><p>&net;</p></body.content></body></nitf>
"""


def _zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("2025/08/17/one.txt", (2025, 8, 17, 0, 0, 0)), TEXT)
        archive.writestr(zipfile.ZipInfo("two.html", (2025, 8, 17, 0, 0, 0)), HTML)
    return data.getvalue()


def _tar() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        entry = tarfile.TarInfo("news/one.txt")
        entry.size = len(TEXT.encode())
        archive.addfile(entry, io.BytesIO(TEXT.encode()))
    return data.getvalue()


FILES: dict[str, bytes] = {
    "article.txt": TEXT.encode(),
    "latin-1.txt": TEXT.translate(str.maketrans("„“", '""')).encode("latin-1"),
    "utf-16.txt": TEXT.encode("utf-16"),
    "article.md": MARKDOWN.encode(),
    "page.html": HTML.encode(),
    "rss.xml": RSS.encode(),
    "atom.xml": ATOM.encode(),
    "feed.json": json.dumps(JSON_FEED, ensure_ascii=False).encode(),
    "letter.eml": MAIL.encode(),
    "ninjs.json": json.dumps(NINJS, ensure_ascii=False).encode(),
    "nitf.xml": NITF.encode(),
    "newsml.xml": NEWSML.encode(),
    "table.csv": CSV.encode(),
    "rows.jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode(),
    "rows.json": json.dumps(ROWS).encode(),
    "articles.zip": _zip(),
    "articles.tar": _tar(),
}
FORMATS = {
    "article.txt": "text",
    "article.md": "markdown",
    "page.html": "html",
    "rss.xml": "feed",
    "atom.xml": "feed",
    "feed.json": "feed",
    "letter.eml": "mail",
    "ninjs.json": "ninjs",
    "nitf.xml": "nitf",
    "newsml.xml": "newsml",
    "table.csv": "table",
    "rows.jsonl": "table",
    "rows.json": "table",
}
"""Which format reads which of them."""


def of_cases() -> dict[str, bytes]:
    """Return the seeds of all cases, by a name that ends as the file's does."""
    found = {}
    for case in sorted(CASES.glob("seeds*/*")):
        seed, _, _ = case.read_bytes().partition(b"\n==========\n")
        found[f"{case.parent.name}-{case.name}"] = seed
    return found


def read(data: bytes, name: str) -> tuple[list[seeds.SeedArticle], list[Problem]]:
    """Return what a seed becomes, and hold it to what must hold for any bytes under any name."""
    path = f"seeds/{name}"
    articles, problems = seeds.parse(data, path, READING)
    assert articles or problems, "nothing is lost without a word"
    lines = 2 + sum(len(end) * data.count(end) for end in (b"\n", b"\r", b"\v", b"\f", b"\x85", b"\xe2\x80"))
    is_archive = name.endswith(("zip", "tar", "gz"))
    size = max(len(data), seeds.MAX_FILE if is_archive else 0)
    for problem in problems:
        assert problem.severity in ("error", "warning")
        assert problem.path.startswith(path)
        assert problem.line >= 0
        assert problem.line <= lines or is_archive
        for said in (problem.message, problem.hint):
            assert said.strip()
            assert len(said) < 2000
            said.encode()  # control characters in what it quotes are cleaned where it is shown
    for article in articles:
        is_sane(article)
        assert sum(len(block.text) for block in article.blocks) <= 8 * size + 1000
    return articles, problems


def is_sane(article: seeds.SeedArticle) -> None:
    """Hold each field of an article to what may stand there."""
    assert article.title.strip() == article.title != ""
    for text in (article.title, article.kicker, *article.authors, *article.topics):
        is_shown(text, "\t")
        assert len(text) <= 1000
    assert len(article.authors) <= 200
    assert len(article.topics) <= 200
    is_shown(article.summary, "\n")
    for date in filter(None, (article.date, article.updated)):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?", date), date
        moment_of(date, ZoneInfo("UTC"))
    assert article.date
    assert not article.lang or is_language(article.lang)
    for address in filter(None, (article.source and article.source.url, article.image and article.image.url)):
        assert ADDRESS.fullmatch(address)
    assert re.fullmatch("[0-9a-f]{64}", article.sha256)
    assert re.fullmatch("[0-9a-f]{32,64}", article.text_hash)
    assert article.line >= 0
    for block in article.blocks:
        assert block.kind in KINDS
        assert block.text.strip()
        assert 1 <= block.level <= (100 if block.kind == "item" else 6)
        assert block.line >= 0
        is_shown(block.text + block.mark + block.number, "\n\t")
    for fired in article.fired:
        assert fired.rule
        assert 0 <= fired.confidence <= 1
        assert len(fired.text) <= 400
        fired.text.encode()
    text = compose(article, "seeds/x", article.lang, "urn:x:1")
    built = content.parse(text.encode(), "content/2025/08/17/x.md", ZoneInfo("UTC"), "en")
    if article.header is None and article.body is None:
        assert isinstance(built, Article), built


def is_shown(text: str, allowed: str = "") -> None:
    """Hold a text to characters that a page can show."""
    text.encode()
    odd = {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed}
    assert not odd, sorted(map(ascii, odd))
