"""Every kind of page as readers meet it: light, dark, mirrored, by keyboard, and with what axe and the Nu checker find."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sites import Site, article

TOOLS = Path(__file__).parent.parent.parent / ".ci" / "node_modules"
AXE = TOOLS / "axe-core" / "axe.min.js"
NU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
KINDS = [
    "index.html",
    "2025/08/17/index.html",
    "2025/08/17/lead/index.html",
    "2025/08/16/told/index.html",
    "2025/08/index.html",
    "2025/index.html",
    "archive/index.html",
    "topics/index.html",
    "topics/harbour/index.html",
    "topics/harbour/2024/index.html",
    "stories/index.html",
    "search/index.html",
    "404.html",
]
TEXTS = {
    "en": ("The harbour opens", "Ships come in again, one after the other.", "What we know"),
    "ar": ("الميناء يفتح أبوابه", "السفن تعود واحدة بعد أخرى إلى الميناء.", "ما نعرفه"),
}


def filled(site: Site, language: str = "en") -> Site:
    """Fill a digest so that it has every kind of page, and every part of an edition."""
    site.configure(language=language)
    title, text, heading = TEXTS[language]
    body = f"{text}\n\n## {heading}\n\n{text} {text}\n\n> {text}\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    correction = [{"date": "2025-08-18", "text": text}]
    site.write("content/lead.md", article(f"{title} 0", "2025-08-17", body, slug="lead", corrections=correction))
    for number in range(1, 15):
        site.write(
            f"content/a{number}.md",
            article(
                f"{title} {number}",
                f"2025-08-17 {number:02}:10",
                text,
                slug=f"a{number}",
                kicker=text[:20],
                topics=["Harbour"],
                source={"name": "The Times", "url": "https://example.org/a"},
            ),
        )
    for day in ("2025-08-16", "2025-07-02", "2024-12-31"):
        site.write(f"content/{day}.md", article(title, day, body, slug="told", topics=["Harbour", "Sea"], story="boat"))
    site.build()
    return site


def tool(path: Path) -> Path:
    """Skip where a tool is missing; where everything must be tested, fail."""
    if not path.is_file():
        reason = f"there is no {path.name}: `npm install --prefix .ci --no-save axe-core vnu-jar`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1280), ("en", "dark", 360), ("ar", "light", 768)]
)
def test_axe_finds_nothing_on_any_kind_of_page(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str], language: str, scheme: str, width: int
) -> None:
    axe = tool(AXE).read_text("utf-8")
    address = serve(filled(site, language).folder, "/news/")  # where its 404 page expects it
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    for kind in KINDS:
        page.goto(f"{address}{kind}")
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run()).violations")
        told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
        assert told == [], kind
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{kind} is wider than the screen"


def test_nu_finds_no_error(site: Site) -> None:
    jar = tool(NU)
    if not shutil.which("java"):
        pytest.skip("there is no Java")
    folder = filled(site).folder
    for command in (
        [*map(str, (folder / kind for kind in KINDS))],
        ["--css", *map(str, folder.glob("static/style.*.css"))],
    ):
        done = subprocess.run(
            ["java", "-jar", str(jar), "--errors-only", *command], capture_output=True, text=True, check=False
        )
        assert done.stderr == ""


@pytest.mark.parametrize("below", ["/", "/some/news/"])
def test_the_keyboard_leads_past_the_header_and_shows_where_it_is(
    site: Site, page: Any, serve: Callable[..., str], below: str
) -> None:
    page.goto(f"{serve(filled(site).folder, below)}index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    for _ in range(30):
        name, style = page.evaluate(
            "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"
        )
        if name == "BODY":  # behind the last
            break
        assert style == "solid", name
        page.keyboard.press("Tab")


def test_a_day_of_the_calendar_opens_by_keyboard(site: Site, page: Any, serve: Callable[..., str]) -> None:
    page.goto(f"{serve(filled(site).folder)}2025/index.html")
    day = page.get_by_role("link", name="Sunday, August 17, 2025: 15 articles")
    day.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2025/08/17/index.html")


def test_the_choice_of_light_or_dark_is_remembered(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    address = serve(filled(site).folder)
    page = open_page(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    page.goto(f"{address}index.html")
    light = page.evaluate(paper)
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(paper) != light
    page.goto(f"{address}archive/index.html")
    assert page.evaluate(paper) != light
    assert page.get_by_label("Colours").input_value() == "dark"
    page.get_by_label("Colours").select_option("")
    assert page.evaluate(paper) == light


def test_without_javascript_there_is_no_switch_and_all_else(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    page = open_page(java_script_enabled=False, color_scheme="dark")
    page.goto(f"{serve(filled(site).folder)}index.html")
    assert page.locator("#look").is_hidden()
    assert page.locator("article").count() == 15


def test_paper_has_no_navigation(site: Site, page: Any, serve: Callable[..., str]) -> None:
    page.goto(f"{serve(filled(site).folder)}index.html")
    page.emulate_media(media="print")
    assert page.locator("nav:visible").count() == 0
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 4
