"""The settings: what `digest.yml` may say beyond texts, and what is told of a mistake."""

import pytest

from digest import config
from digest.errors import DigestError
from digest.seeds.stated.columns import KNOWN


def test_lists_and_mappings() -> None:
    settings = config.parse(
        """\
title: T
languages: [de, pt-BR]
sources:
  times: {name: The Times, url: https://t.example/, rights: excerpt}
  seeds/wire/*.txt: {name: Wire, rights: link}
  blog: A Blog
columns: {title: Kopf, text: Inhalt}
rules: {read-also: off, byline: on}
"""
    )
    assert settings.languages == ("de", "pt-BR")
    assert config.source_of(settings.sources, "seeds/times/2025/a.txt") == config.SourceRule(
        "times", "The Times", "https://t.example/", "excerpt"
    )
    assert config.source_of(settings.sources, "seeds/wire/b.txt") == config.SourceRule("wire/*.txt", "Wire", "", "link")
    assert config.source_of(settings.sources, "seeds/blog/b.txt") == config.SourceRule("blog", "A Blog")
    assert config.source_of(settings.sources, "seeds/other/b.txt") is None
    assert settings.columns == (("title", "Kopf"), ("text", "Inhalt"))
    assert settings.rules == ("read-also",)


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("languages: de\n", "must be a list", "[de, en]"),
        ("languages: [deutsch!]\n", "not a language tag", "[de, en]"),
        ("sources: [a]\n", "`name: value` lines", "indent"),
        ("sources:\n  a: {nmae: x}\n", "unknown key `nmae`", "`name`"),
        ("sources:\n  a: {name: x, rights: ful}\n", "are 'ful'", "full, excerpt, link"),
        ("sources:\n  a: {name: x, url: t.example}\n", "no web address", "https://"),
        ("columns: {titel: x}\n", "no `titel`", "`title`"),
        ("columns: {title: [x]}\n", "must be a text", "quotes"),
        ("rules: {read-alos: off}\n", "no rule `read-alos`", "`read-also`"),
        ("rules: {read-also: maybe}\n", "'maybe'", "`on` or `off`"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_mend(text: str, says: str, hint: str) -> None:
    with pytest.raises(DigestError) as caught:
        config.parse(f"title: T\n{text}")
    assert caught.value.message.startswith("digest.yml:2: ")
    assert says in caught.value.message
    assert hint in caught.value.hint


def test_every_column_that_is_known() -> None:
    assert set(config.COLUMNS) == KNOWN.keys()
