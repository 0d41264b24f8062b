"""The article that the repository ships becomes what a careful person would have made of it."""

from pathlib import Path

from digest import compose, content, markdown
from digest.seeds import parse

SEED = "000_ef3c49121fa61ece.txt"


def test_the_shipped_seed_is_read_whole() -> None:
    data = (Path(__file__).parent.parent / "seeds" / SEED).read_bytes()
    (article,), problems = parse(data, f"seeds/{SEED}")
    assert not problems
    assert article.kicker == "Folgendes Zugeständnis konnten wir erreichen"
    assert article.title == "Russland akzeptiert offenbar Ukraine-Sicherheitsgarantien"
    assert article.date == "2025-08-17"
    assert len(article.blocks) == 7
    assert [block.text for block in article.blocks if block.kind == "heading"] == [
        "Russland wohl zu Zugeständnissen bereit"
    ]
    file = compose.compose(article, f"seeds/{SEED}", "de", content.new_id(article.text_hash))
    body = content.frontmatter.split(file).body
    assert markdown.first_paragraph(body) == article.blocks[0].text
