"""Every kind of page as readers meet it: light, dark, mirrored, by keyboard, and with what axe and the Nu checker find."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from kinds import KINDS, TOOLS, tool
from sites import Site, article

AXE = TOOLS / "axe-core" / "axe.min.js"
NU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1280), ("en", "dark", 360), ("ar", "light", 768)]
)
def test_axe_finds_nothing_on_any_kind_of_page(
    full: Callable[..., Site],
    open_page: Callable[..., Any],
    serve: Callable[..., str],
    language: str,
    scheme: str,
    width: int,
) -> None:
    axe = tool(AXE).read_text("utf-8")
    address = serve(full(language).folder, "/news/")  # where its 404 page expects it
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    for kind in KINDS:
        page.goto(f"{address}{kind}")
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run()).violations")
        told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
        assert told == [], kind
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{kind} is wider than the screen"


def test_nu_finds_no_error(full: Callable[..., Site]) -> None:
    jar = tool(NU)
    tool(Path(shutil.which("java") or "java"))
    folder = full().folder
    for command in (
        [*map(str, (folder / kind for kind in KINDS))],
        ["--css", *map(str, folder.glob("static/style.*.css"))],
    ):
        done = subprocess.run(
            ["java", "-jar", str(jar), "--errors-only", *command], capture_output=True, text=True, check=False
        )
        assert done.stderr == ""


@pytest.mark.parametrize("where", ["/", "/some/news/", "file"])
def test_every_kind_of_page_works_at_the_root_below_a_path_and_as_a_file(
    full: Callable[..., Site], page: Any, serve: Callable[..., str], where: str
) -> None:
    folder = full("en", f"https://example.org{'/' if where == 'file' else where}").folder
    base = f"{folder.as_uri()}/" if where == "file" else serve(folder, where)
    missing = []
    page.on("response", lambda got: missing.append(got.url) if got.status >= 400 else None)
    # A host shows the page for addresses that are none at any of them, so its links start at the root of the host.
    for kind in KINDS if where != "file" else KINDS[:-1]:
        page.goto(f"{base}{kind}")
        found = page.evaluate(
            "[...document.querySelectorAll('a[href], link[href]')].map(one => new URL(one.getAttribute('href'), document.baseURI).href)"
        )
        own = [urlsplit(address)._replace(fragment="", query="").geturl() for address in found]
        assert [
            address
            for address in own
            if address.startswith(("file:", "http://")) and not in_site(address, base, folder)
        ] == [], kind
    assert missing == []


def in_site(address: str, base: str, folder: Path) -> bool:
    """Tell whether an address leads to a file of the site."""
    return address.startswith(base) and (folder / unquote(address.removeprefix(base))).is_file()


def test_the_browser_complains_of_no_page_that_is_opened_as_a_file(full: Callable[..., Site], chromium: str) -> None:
    """As a reader's browser does it, which unlike one that is remotely controlled asks for the manifest."""
    page = (full().folder / "index.html").as_uri()
    options = ["--headless", "--no-sandbox", "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom"]
    done = subprocess.run([chromium, *options, page], capture_output=True, text=True, check=True)
    assert "</html>" in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []


def test_a_served_page_has_its_manifest(full: Callable[..., Site], page: Any, serve: Callable[..., str]) -> None:
    address = serve(full().folder, "/news/")
    page.goto(f"{address}2025/08/index.html")
    assert page.evaluate("document.querySelector('link[rel=manifest]').href") == f"{address}manifest.webmanifest"


def test_a_quotation_that_stands_large_is_read_out_once(site: Site, page: Any, serve: Callable[..., str]) -> None:
    said = "We had never seen water as high as that in this town"
    text = f"The storm came.\n\nIt rained.\n\n“{said},” said Mayor Jo Hill.\n\n" + "And no more of it.\n\n" * 400
    site.write("content/a.md", article("Storm", slug="a", text=text))
    site.build()
    page.goto(f"{serve(site.folder)}2025/08/17/a/index.html")
    shown = page.evaluate("getComputedStyle(document.querySelector('[data-pull]'), '::before')['content']")
    assert "attr(" in shown or said in shown
    assert page.locator("main").aria_snapshot().count(said) == 1
    assert page.locator("main").inner_text().count(said) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_the_contrast_of_good_print(
    full: Callable[..., Site], open_page: Callable[..., Any], serve: Callable[..., str], scheme: str
) -> None:
    """WCAG 2.2, success criterion 1.4.6: 7 to 1."""
    axe = tool(AXE).read_text("utf-8")
    address = serve(full().folder)
    page = open_page(color_scheme=scheme)
    for kind, part in (("index.html", ".summary"), ("2025/08/17/lead/index.html", ".e-content")):
        page.goto(f"{address}{kind}")
        page.evaluate(axe)
        found = page.evaluate(f"async () => axe.run('{part}', {{runOnly: ['color-contrast-enhanced']}})")
        assert found["violations"] == []
        assert found["passes"]


@pytest.mark.parametrize("below", ["/", "/some/news/"])
def test_the_keyboard_leads_past_the_header_and_shows_where_it_is(
    full: Callable[..., Site], page: Any, serve: Callable[..., str], below: str
) -> None:
    page.goto(f"{serve(full().folder, below)}index.html")
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


def test_a_day_of_the_calendar_opens_by_keyboard(
    full: Callable[..., Site], page: Any, serve: Callable[..., str]
) -> None:
    page.goto(f"{serve(full().folder)}2025/index.html")
    day = page.get_by_role("link", name="Sunday, August 17, 2025: 17 articles")
    day.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2025/08/17/index.html")


def test_the_choice_of_light_or_dark_is_remembered(
    full: Callable[..., Site], open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    address = serve(full().folder)
    page = open_page(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    page.goto(f"{address}index.html")
    light = page.evaluate(paper)
    page.get_by_label("Appearance").select_option("dark")
    assert page.evaluate(paper) != light
    page.goto(f"{address}archive/index.html")
    assert page.evaluate(paper) != light
    assert page.get_by_label("Appearance").input_value() == "dark"
    page.get_by_label("Appearance").select_option("")
    assert page.evaluate(paper) == light


def test_without_javascript_there_is_no_switch_and_all_else(
    full: Callable[..., Site], open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    page = open_page(java_script_enabled=False, color_scheme="dark")
    page.goto(f"{serve(full().folder)}index.html")
    assert page.locator("#look").is_hidden()
    assert page.locator("article").count() > 10


@pytest.mark.parametrize(
    ("kind", "most"), [("index.html", 1), ("2025/08/17/index.html", 1), ("2025/08/17/lead/index.html", 1)]
)
def test_paper_has_no_navigation(
    full: Callable[..., Site], page: Any, serve: Callable[..., str], kind: str, most: int
) -> None:
    page.goto(f"{serve(full().folder)}{kind}")
    page.emulate_media(media="print")
    assert page.locator("nav:visible").count() == 0
    assert sheets(page.pdf(format="A4")) <= most


def test_an_edition_of_eighty_articles_is_a_paper_of_four_pages(
    site: Site, page: Any, serve: Callable[..., str]
) -> None:
    text = (
        "The council met in the evening, and what it decided will be known to everybody in the town before long. " * 3
    )
    for number in range(80):
        title = f"What the council decided of the harbour in its meeting {number}"
        site.write(f"content/{number}.md", article(title, "2025-08-17", text, slug=f"a{number}", kicker="Harbour"))
    site.build()
    page.goto(f"{serve(site.folder)}index.html")
    assert 2 <= sheets(page.pdf(format="A4")) <= 4


def sheets(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("width", [360, 1280])
def test_whatever_an_article_holds_it_is_no_wider_than_the_screen(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str], width: int
) -> None:
    word, topics = "Donau" + "dampfschifffahrts" * 17, [f"Topic {number}" for number in range(60)]
    wide = f"|{'a|' * 20}\n|{'-|' * 20}\n|{'some words|' * 20}\n\n```\n{'code ' * 80}\n```\n\n{word}"
    site.write("content/a.md", article(word, slug="a", text=wide, topics=topics, kicker=word[:99], authors=[word]))
    site.write("content/b.md", article("The council met again " * 18, slug="b", source={"name": word}))
    site.write("content/c.md", article("Ships 🚢 قالت Apple and שלום", slug="c", text="-", lang="ar"))
    site.write("content/d.md", article("Nothing", slug="d", text=" "))
    site.build()
    address = serve(site.folder)
    page = open_page(viewport={"width": width, "height": 900})
    for kind in ("index.html", *(f"2025/08/17/{name}/index.html" for name in "abcd"), "topics/index.html"):
        page.goto(f"{address}{kind}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind


def test_a_headline_that_is_too_long_for_the_front_page_ends_where_it_is_cut(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    for number in range(5):
        site.write(f"content/{number}.md", article("The council met again " * 18, slug=f"a{number}", story="council"))
    site.build()
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{serve(site.folder)}index.html")
    lines = "{ const one = getComputedStyle(e); return (e.clientHeight - parseFloat(one.paddingBottom)) / parseFloat(one.lineHeight); }"
    assert round(page.locator(".lead h2").evaluate(f"e => {lines}"), 1) == 8
