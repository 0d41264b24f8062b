"""Cases of a format as files: a seed, a line of `=`, and what it becomes, in words."""

from pathlib import Path
from zoneinfo import ZoneInfo

from digest import content, seeds
from digest.errors import Problem
from digest.intake.compose import compose
from digest.model import Article

FIELDS = ("date", "updated", "kicker", "summary", "lang", "authors", "topics", "source", "image", "header", "body")


def cases(folder: str) -> list[Path]:
    """Return the case files in a folder of `tests/cases/`."""
    return sorted((Path(__file__).parents[1] / "cases" / folder).iterdir())


def check(case: Path, reading: seeds.Reading = seeds.READING) -> None:
    """Hold what a case's seed becomes to what the case says."""
    seed, _, expected = case.read_text("utf-8").partition("\n==========\n")
    assert tell(seed.encode(), f"seeds/{case.name}", reading) == expected


def tell(data: bytes, path: str, reading: seeds.Reading = seeds.READING) -> str:
    """Say what a seed becomes: articles with what is known of them and their blocks, then problems."""
    articles, problems = seeds.parse(data, path, reading)
    lines = []
    for article in articles:
        assert isinstance(built(article), Article)
        lines.append(f"title: {article.title}")
        for field in FIELDS:
            value = getattr(article, field)
            if value:
                lines.append(f"{field}: {value if isinstance(value, str) and field != 'body' else _shown(value)}")
        for block in article.blocks:
            kind = f"{block.kind} {block.level if block.kind in ('heading', 'item') else ''} {block.number}".split()
            lines.append(f"{' '.join([*kind, *([f'({block.mark})'] if block.mark else [])])}: {block.text!r}")
    for problem in problems:
        place = problem.path.removeprefix(path) + (f" line {problem.line}" if problem.line else "")
        lines += [f"{problem.severity}{place and ' in '}{place.strip()}: {problem.message}", f"  {problem.hint}"]
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = {key: item for key, item in value._asdict().items() if item}
    elif hasattr(value, "__struct_fields__"):
        value = {key: getattr(value, key) for key in value.__struct_fields__ if getattr(value, key)}
    return repr(list(value) if isinstance(value, tuple) else value)


def built(article: seeds.SeedArticle) -> Article | Problem:
    """Return what a build reads from the content file of a seed's article."""
    text = compose(article, "seeds/x", article.lang, "urn:x:1")
    return content.parse(text.encode(), "content/2025/08/17/x.md", ZoneInfo("UTC"), "en")
