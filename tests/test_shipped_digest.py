"""The article that the repository ships becomes what a careful person would have made of it."""

import shutil
from pathlib import Path

from sites import Site

from digest import content, markdown
from digest.intake import compose
from digest.seeds import parse

ROOT = Path(__file__).parent.parent
SEED = "000_ef3c49121fa61ece.txt"


def test_the_shipped_seed_is_read_whole() -> None:
    data = (ROOT / "seeds" / SEED).read_bytes()
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


def test_the_example_of_the_readme_builds_and_its_picture_is_small(tmp_path: Path) -> None:
    """`make screenshot` makes the picture of it."""
    shutil.copytree(ROOT / "examples" / "valley", tmp_path / "valley")
    result = Site(tmp_path / "valley").build()
    assert result.problems == []
    assert result.articles == 10
    picture = ROOT / "docs" / "front-page.webp"
    assert f"]({picture.relative_to(ROOT)})" in (ROOT / "README.md").read_text("utf-8")
    assert picture.stat().st_size < 150_000
